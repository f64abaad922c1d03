#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/ids.h"
#include "hub/base/record_codec.h"
#include "hub/event/identity.h"

namespace dongbo::journal {

// Where something came in. `ordinal` is the offset (kafka) or the line (file); -1 when there is none.
struct Origin {
  std::string door;  // "http", "kafka", "file"
  std::string topic;
  std::int32_t partition = -1;
  std::string file;
  std::int64_t ordinal = -1;

  static void fields(auto& row, auto&& visit) {
    visit("door", row.door);
    visit("topic", row.topic);
    visit("partition", row.partition);
    visit("file", row.file);
    visit("ordinal", row.ordinal);
  }
};

enum class QuarantineState : std::uint8_t { kHeld = 0, kRedriven = 1, kDiscarded = 2 };
std::string_view text_of(QuarantineState state);

struct QuarantineFault {
  std::string pointer;
  std::string detail;
  static void fields(auto& row, auto&& visit) {
    visit("pointer", row.pointer);
    visit("detail", row.detail);
  }
};

// Something that was not taken, kept whole with its reason until an administrator re-drives or discards it.
struct QuarantineEntry {
  std::string reason;  // "unreadable", "invalid", "unknown_type", "conflict"
  std::vector<QuarantineFault> faults;
  Origin origin;
  Millis received_at;
  std::uint8_t state = 0;  // QuarantineState
  std::string state_note;  // why it was discarded, what a re-drive came to
  std::string source;
  std::string event_id;
  std::string subject;
  std::string raw;           // the bytes as they came (conflicts: the canonical entry)
  std::string content_type;  // of raw: structured unless a binary-mode record
  std::string attributes;    // binary mode: "name\nvalue\n…" of its attributes

  static void fields(auto& row, auto&& visit) {
    visit("reason", row.reason);
    visit("faults", row.faults);
    visit("origin", row.origin);
    visit("received_at", row.received_at);
    visit("state", row.state);
    visit("state_note", row.state_note);
    visit("source", row.source);
    visit("event_id", row.event_id);
    visit("subject", row.subject);
    visit("raw", row.raw);
    visit("content_type", row.content_type);
    visit("attributes", row.attributes);
  }
};

// What two entries have in common that are the same thing sent again: its bytes and the door, topic or file it came in by;
// of a conflict its event alone.
event::Digest likeness_of(const QuarantineEntry& entry);

struct NumberedQuarantineEntry {
  QuarantineNumber number;
  QuarantineEntry entry;
};

}  // namespace dongbo::journal
