#include "hub/journal/block.h"

#include <lz4.h>
#include <xxhash.h>

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

std::string encode_block(Sequence first, std::span<const BlockEntry> entries, std::span<const SourcePosition> positions) {
  DONGBO_ASSERT(!entries.empty() && entries.size() <= kBlockEntriesMax);
  const auto base = entries.front().recorded_at.value();
  std::string lengths;
  std::string raw;
  std::size_t raw_size = 0;
  for (const auto& entry : entries) raw_size += entry.entry.size();
  DONGBO_ASSERT(raw_size <= kRawBytesMax);
  raw.reserve(raw_size);
  for (const auto& entry : entries) {
    put_varint(lengths, entry.entry.size());
    put_varint(lengths, zigzag(entry.recorded_at.value() - base));
    raw.append(entry.entry);
  }
  std::string packed(static_cast<std::size_t>(LZ4_compressBound(static_cast<int>(raw.size()))), '\0');
  const int packed_size =
      LZ4_compress_default(raw.data(), packed.data(), static_cast<int>(raw.size()), static_cast<int>(packed.size()));
  const bool smaller = packed_size > 0 && static_cast<std::size_t>(packed_size) < raw.size();
  packed.resize(smaller ? static_cast<std::size_t>(packed_size) : 0);
  const auto& stored = smaller ? packed : raw;

  std::string out;
  out.reserve(64 + entries.size() * 40 + stored.size());
  put_u32(out, kMagic);
  out.push_back(static_cast<char>(smaller ? kLz4 : kStored));
  out.append(3, '\0');
  put_u64(out, first.value());
  put_u64(out, static_cast<std::uint64_t>(base));
  put_u32(out, static_cast<std::uint32_t>(entries.size()));
  put_u32(out, static_cast<std::uint32_t>(raw.size()));
  for (const auto& entry : entries) {
    out.append(entry.identity.view());
    out.append(entry.content.view());
  }
  put_varint(out, positions.size());
  for (const auto& position : positions) {
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
  Block block;
  block.first_ = Sequence(in.u64());
  const auto base = static_cast<std::int64_t>(in.u64());
  const std::size_t count = in.u32();
  const std::size_t raw_size = in.u32();
  const auto identities = in.raw(count * 32);
  const auto positions = in.varint();
  for (std::uint64_t i = 0; i < positions && in.ok(); ++i) {
    SourcePosition position;
    position.topic = in.string();
    position.partition = static_cast<std::int32_t>(unzigzag(in.varint()));
    position.next = Offset(unzigzag(in.varint()));
    block.positions_.push_back(std::move(position));
  }
  ByteReader lengths(in.string());
  const auto stored = in.string();
  if (!in.ok() || !in.at_end() || count == 0 || count > kBlockEntriesMax || raw_size > kRawBytesMax)
    return Error::poison("block members do not fit its length");
  block.payload_.resize(raw_size);
  if (codec == kStored) {
    if (stored.size() != raw_size) return Error::poison("block payload has another length than its header says");
    std::copy(stored.begin(), stored.end(), block.payload_.begin());
  } else if (codec != kLz4 || LZ4_decompress_safe(stored.data(), block.payload_.data(), static_cast<int>(stored.size()),
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
                              std::string_view(block.payload_.data() + at, length)});
    at += length;
  }
  if (at != raw_size || !lengths.at_end()) return Error::poison("block entry lengths do not fill its payload");
  return block;
}

}  // namespace dongbo::journal
