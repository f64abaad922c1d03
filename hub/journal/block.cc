#include "hub/journal/block.h"

#include <lz4.h>
#include <xxhash.h>

#include <algorithm>

#include "hub/base/bytes.h"

namespace dongbo::journal {
namespace {

constexpr std::uint32_t kMagic = 0x31424244;  // "DBB1"
constexpr std::uint8_t kStored = 0;
constexpr std::uint8_t kLz4 = 1;
constexpr std::size_t kChecksumBytes = 8;
constexpr std::size_t kRawBytesMax = 1u << 30;

std::uint64_t checksum(std::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace

Block Block::of(Sequence first, std::span<const BlockEntry> entries, std::span<const SourcePosition> positions,
                Millis not_before) {
  DONGBO_ASSERT(!entries.empty() && entries.size() <= kBlockEntriesMax);
  std::size_t size = 0;
  for (const auto& entry : entries) size += entry.entry.size();
  DONGBO_ASSERT(size <= kRawBytesMax);
  Block block(first, size);
  block.records_.reserve(entries.size());
  auto* at = block.payload_.get();
  for (const auto& entry : entries) {
    const std::string_view kept(at, entry.entry.size());
    at = std::copy(entry.entry.begin(), entry.entry.end(), at);
    not_before = std::max(not_before, entry.recorded_at);
    block.records_.push_back({Sequence(first.value() + block.records_.size()), not_before, entry.identity, entry.content, kept});
  }
  block.positions_.assign(positions.begin(), positions.end());
  return block;
}

std::string Block::encode() const {
  const std::string_view raw(payload_.get(), payload_size_);
  const auto bound = LZ4_compressBound(static_cast<int>(raw.size()));
  const auto packed = std::make_unique_for_overwrite<char[]>(static_cast<std::size_t>(bound));
  const int packed_size = LZ4_compress_default(raw.data(), packed.get(), static_cast<int>(raw.size()), bound);
  const bool smaller = packed_size > 0 && static_cast<std::size_t>(packed_size) < raw.size();
  const auto stored = smaller ? std::string_view(packed.get(), static_cast<std::size_t>(packed_size)) : raw;

  const auto base = records_.front().recorded_at.value();
  std::string lengths;
  for (const auto& record : records_) {
    put_varint(lengths, record.entry.size());
    put_varint(lengths, zigzag(record.recorded_at.value() - base));
  }
  std::string out;
  out.reserve(64 + records_.size() * 40 + stored.size());
  put_u32(out, kMagic);
  out.push_back(static_cast<char>(smaller ? kLz4 : kStored));
  out.append(3, '\0');
  put_u64(out, first_.value());
  put_u64(out, static_cast<std::uint64_t>(base));
  put_u32(out, static_cast<std::uint32_t>(records_.size()));
  put_u32(out, static_cast<std::uint32_t>(raw.size()));
  for (const auto& record : records_) {
    out.append(record.identity.view());
    out.append(record.content.view());
  }
  put_varint(out, positions_.size());
  for (const auto& position : positions_) {
    put_string(out, position.topic);
    put_varint(out, zigzag(position.partition));
    put_varint(out, zigzag(position.next.value()));
  }
  put_string(out, lengths);
  put_string(out, stored);
  put_u64(out, checksum(out));
  return out;
}

Result<Block> Block::decode(std::string_view bytes) {
  if (bytes.size() < 32 + kChecksumBytes) return Error::poison("block is shorter than its header");
  const auto body = bytes.substr(0, bytes.size() - kChecksumBytes);
  if (ByteReader(bytes.substr(body.size())).u64() != checksum(body))
    return Error::poison("block checksum does not agree with its bytes");
  ByteReader in(body);
  if (in.u32() != kMagic) return Error::poison("block has an unknown format (magic number)");
  const auto codec = in.u8();
  in.raw(3);
  const Sequence first(in.u64());
  const auto base = static_cast<std::int64_t>(in.u64());
  const std::size_t count = in.u32();
  const std::size_t raw_size = in.u32();
  const auto identities = in.raw(count * 32);
  std::vector<SourcePosition> positions;
  const auto positions_count = in.varint();
  for (std::uint64_t i = 0; i < positions_count && in.ok(); ++i) {
    SourcePosition position;
    position.topic = in.string();
    position.partition = static_cast<std::int32_t>(unzigzag(in.varint()));
    position.next = Offset(unzigzag(in.varint()));
    positions.push_back(std::move(position));
  }
  ByteReader lengths(in.string());
  const auto stored = in.string();
  if (!in.ok() || !in.at_end() || count == 0 || count > kBlockEntriesMax || raw_size > kRawBytesMax)
    return Error::poison("block members do not fit its length");
  Block block(first, raw_size);
  block.positions_ = std::move(positions);
  if (codec == kStored) {
    if (stored.size() != raw_size) return Error::poison("block payload has another length than its header says");
    std::copy(stored.begin(), stored.end(), block.payload_.get());
  } else if (codec != kLz4 || LZ4_decompress_safe(stored.data(), block.payload_.get(), static_cast<int>(stored.size()),
                                                  static_cast<int>(raw_size)) != static_cast<int>(raw_size)) {
    return Error::poison("block payload cannot be decompressed");
  }
  block.records_.reserve(count);
  std::size_t at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t length = lengths.varint();
    const auto recorded_at = Millis(base + unzigzag(lengths.varint()));
    if (!lengths.ok() || length > raw_size - at) return Error::poison("block entry lengths do not fit its payload");
    block.records_.push_back({Sequence(block.first_.value() + i), recorded_at, event::Digest::from(identities.substr(i * 32, 16)),
                              event::Digest::from(identities.substr(i * 32 + 16, 16)),
                              std::string_view(block.payload_.get() + at, length)});
    at += length;
  }
  if (at != raw_size || !lengths.at_end()) return Error::poison("block entry lengths do not fill its payload");
  return block;
}

}  // namespace dongbo::journal
