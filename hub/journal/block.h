#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/ids.h"
#include "hub/base/result.h"
#include "hub/event/entry_source.h"
#include "hub/event/identity.h"

namespace dongbo::journal {

// How far a source topic's partition has been taken: the next offset to read.
struct SourcePosition {
  std::string topic;
  std::int32_t partition = 0;
  Offset next;
};

// What goes into one block: entries in their order and the source positions that hold once they are journaled.
struct BlockEntry {
  std::string_view entry;  // canonical JSON
  event::Digest identity;
  event::Digest content;
  Millis recorded_at;
};

// The bytes of a block (FORMAT.md): a checked unit of up to kBlockEntriesMax entries, compressed together. Pure.
inline constexpr std::size_t kBlockEntriesMax = 16384;
// REQUIRES: 1 to kBlockEntriesMax entries.
std::string encode_block(Sequence first, std::span<const BlockEntry> entries, std::span<const SourcePosition> positions);

// A block read back. Owns the decompressed bytes; the records point into it.
class Block {
 public:
  // Poison error when checksum, lengths or sequence do not agree with the bytes.
  static Result<Block> decode(std::string_view bytes);

  Sequence first() const { return first_; }
  Sequence last() const { return Sequence(first_.value() + records_.size() - 1); }
  const std::vector<event::EntryRecord>& records() const { return records_; }
  const std::vector<SourcePosition>& positions() const { return positions_; }

 private:
  Block() = default;
  Sequence first_;
  std::vector<char> payload_;  // a vector, not a string: its bytes do not move when the Block does
  std::vector<event::EntryRecord> records_;
  std::vector<SourcePosition> positions_;
};

}  // namespace dongbo::journal
