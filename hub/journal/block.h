#pragma once
#include <memory>
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

inline constexpr std::size_t kBlockEntriesMax = 16384;

// A checked unit of up to kBlockEntriesMax entries, compressed together. Owns the entries' bytes; the records point into it.
class Block {
 public:
  // An entry recorded earlier than the one before it, or than `not_before`, gets that time: see Journal.
  // REQUIRES: 1 to kBlockEntriesMax entries.
  static Block of(Sequence first, std::span<const BlockEntry> entries, std::span<const SourcePosition> positions,
                  Millis not_before = Millis(INT64_MIN));
  // As it is stored, see FORMAT.md. Pure.
  std::string encode() const;
  // Poison error when checksum, lengths or sequence do not agree with the bytes.
  static Result<Block> decode(std::string_view bytes);

  Sequence first() const { return first_; }
  Sequence last() const { return Sequence(first_.value() + records_.size() - 1); }
  const std::vector<event::EntryRecord>& records() const { return records_; }
  const std::vector<SourcePosition>& positions() const { return positions_; }

 private:
  Block(Sequence first, std::size_t payload_size)
      : first_(first), payload_(std::make_unique_for_overwrite<char[]>(payload_size)), payload_size_(payload_size) {}
  Sequence first_;
  std::unique_ptr<char[]> payload_;  // its bytes do not move when the Block does
  std::size_t payload_size_;
  std::vector<event::EntryRecord> records_;
  std::vector<SourcePosition> positions_;
};

}  // namespace dongbo::journal
