#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/ids.h"
#include "hub/base/result.h"
#include "hub/event/identity.h"

namespace simdjson::dom {
class object;
}  // namespace simdjson::dom

namespace dongbo::event {

// Reads members of a JSON object of an entry without ceremony. Absent or of another type = empty / nullopt: entries are
// validated before they are journaled, so what a schema requires is there.
class DataView {
 public:
  DataView() = default;
  explicit DataView(const simdjson::dom::object& object);

  bool present() const { return present_; }
  bool has(std::string_view name) const;
  std::string_view text(std::string_view name) const;
  std::optional<std::int64_t> integer(std::string_view name) const;
  std::optional<bool> boolean(std::string_view name) const;
  DataView object(std::string_view name) const;
  // The objects, the texts of an array in their order; what else stands in it is passed over.
  std::vector<DataView> objects(std::string_view name) const;
  std::vector<std::string_view> texts(std::string_view name) const;
  // A decimal given as text ("42.2377") or number, as text; empty when absent.
  std::string decimal(std::string_view name) const;

 private:
  template <class Value>
  bool get(std::string_view name, Value& value) const;

  // A simdjson::dom::object in its bytes: half of the program folds entries or answers from them, and need not read simdjson.h.
  std::array<std::uintptr_t, 2> object_{};
  bool present_ = false;
};

// Clocks of systems that are looked after differ by less.
inline constexpr std::int64_t kClocksDifferMillis = 10 * 60 * 1000;

// A journal entry as folds see it. Points into the parser's and the entry's memory: valid until the EntryReader reads
// the next entry.
struct EntryView {
  ShardId shard;
  Sequence sequence;
  Millis recorded_at;  // when the hub journaled it
  std::string_view entry;
  std::string_view id;
  std::string_view source;
  std::string_view type;
  std::string_view subject;
  std::string_view time_text;
  Millis time;                     // it happened
  std::string_view sequence_text;  // the source's own `sequence`, may be empty
  Digest identity;
  DataView data;

  // Is it said to have happened after the hub journaled it? Then a clock is wrong, and its time says nothing of how fresh the
  // figures are.
  bool is_ahead() const { return time.value() - recorded_at.value() > kClocksDifferMillis; }
};

// The `type` of a canonical entry without parsing it; empty when there is none. Members are in order and only `data`, which
// comes before, holds members of its own: the last "type" is the entry's, and in a string the quotes would be escaped.
std::string_view type_of_entry(std::string_view entry);

// Parses journal entries, one at a time, with its own buffers: one a thread.
class EntryReader {
 public:
  EntryReader();
  ~EntryReader();
  EntryReader(EntryReader&&) noexcept;
  // Poison error when the bytes are not a canonical entry (a damaged or foreign journal).
  Result<EntryView> read(ShardId shard, Sequence sequence, Millis recorded_at, const Digest& identity, std::string_view entry);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dongbo::event
