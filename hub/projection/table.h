#pragma once
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <xxhash.h>
#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <nlohmann/json.hpp>

#include "hub/base/assert.h"
#include "hub/base/record_codec.h"
#include "hub/base/result.h"
#include "hub/projection/row_json.h"

namespace dongbo::projection {

// A row's key: its parts joined by a zero byte, so rows of one meeting lie together and sort by their parts. Parts never
// hold a zero byte: the codec refuses it in every string of an event. Short ones need no memory of their own: several are
// made for every event.
class RowKey {
 public:
  RowKey(std::initializer_list<std::string_view> parts) {
    for (const auto& part : parts) {
      if (&part != parts.begin()) bytes_.push_back('\0');
      bytes_.insert(bytes_.end(), part.begin(), part.end());
    }
  }
  operator std::string_view() const { return {bytes_.data(), bytes_.size()}; }

 private:
  boost::container::small_vector<char, 96> bytes_;
};
template <class... Parts>
RowKey key(const Parts&... parts) {
  return {std::string_view(parts)...};
}

// The prefix of all keys that start with these parts and have more.
template <class... Parts>
std::string prefix(const Parts&... parts) {
  auto out = std::string(key(parts...));
  out.push_back('\0');
  return out;
}

std::vector<std::string_view> key_parts(std::string_view key);

// A key as it is stored: the table's number, then the key.
inline std::string stored_key(std::uint8_t table_number, std::string_view row_key) {
  std::string out(1, static_cast<char>(table_number));
  out.append(row_key);
  return out;
}

// A table of a projection: declared once, as a constant, beside its row.
//   inline const TableSpec<PointRow> kPoints{"points", "points", 0, {"meeting", "point"}};
template <class Row>
struct TableSpec {
  std::string_view projection;
  std::string_view name;
  std::uint8_t number;  // unique in the projection; first byte of the stored key
  std::vector<std::string_view> key_names;
  bool announced = true;  // do its changes go to the feed?
  bool recalled = true;   // are its rows worth keeping in memory after the batch that wrote them?
};

// Where a table's rows lie when they are not in memory. Keys include the table number.
class RowStore {
 public:
  virtual ~RowStore() = default;
  virtual Result<std::optional<std::string>> get(std::string_view stored_key) const = 0;
  // Is there no row whose key starts with this?
  virtual Result<bool> none_under(std::string_view stored_prefix) const = 0;
};

// What tables wrote since the last commit, for the store and for the feed, in key order. All bytes lie in one buffer.
class RowWrites {
 public:
  struct Write {
    std::string_view stored_key;
    std::optional<std::string_view> value;  // nullopt: erased
    Sequence last_changed;
    bool announced = false;
  };

  // Adds a write: its key, then, when `erased` is false, whatever `encode` appends to the buffer.
  template <class Encode>
  void add(std::uint8_t table_number, std::string_view row_key, bool erased, Sequence last_changed, bool announced,
           Encode encode) {
    const auto key_at = bytes_.size();
    bytes_.push_back(static_cast<char>(table_number));
    bytes_.append(row_key);
    const auto value_at = bytes_.size();
    if (!erased) encode(bytes_);
    places_.push_back({key_at, value_at, bytes_.size(), last_changed, erased, announced});
  }
  std::size_t size() const { return places_.size(); }
  // Valid until the next add().
  Write operator[](std::size_t i) const {
    const auto& place = places_[i];
    const std::string_view bytes(bytes_);
    return {bytes.substr(place.key_at, place.value_at - place.key_at),
            place.erased ? std::nullopt : std::optional(bytes.substr(place.value_at, place.end - place.value_at)),
            place.last_changed, place.announced};
  }
  void clear() {
    bytes_.clear();
    places_.clear();
  }

 private:
  struct Place {
    std::size_t key_at, value_at, end;
    Sequence last_changed;
    bool erased, announced;
  };
  std::string bytes_;
  std::vector<Place> places_;
};

// The side of a table that the engine uses, whatever the row.
class TableBase {
 public:
  virtual ~TableBase() = default;
  virtual std::string_view name() const = 0;
  virtual std::uint8_t number() const = 0;
  virtual const std::vector<std::string_view>& key_names() const = 0;
  // Appends the writes of all changed rows in key order and forgets that they are changed.
  virtual void take_writes(RowWrites& writes) = 0;
  // Forgets every changed row: back to what the store holds.
  virtual void discard_changes() = 0;
  // Forgets rows that were not asked for lately, so that about `rows_max` are held. REQUIRES: no row is changed.
  virtual void trim(std::size_t rows_max) = 0;
  // A stored row as people read it; null when the bytes are not a row.
  virtual nlohmann::ordered_json render(std::string_view value) const = 0;
};

// Rows in memory in front of a RowStore: hot rows are decoded once and encoded once a batch. Owned by the fold engine and
// used on its thread only.
template <class Row>
class Table final : public TableBase {
 public:
  Table(const TableSpec<Row>& spec, const RowStore& store) : spec_(spec), store_(store) {}

  // nullptr: no such row. The pointer lives until the next commit.
  const Row* find(std::string_view row_key) {
    if (changed_.empty() && is_empty()) return nullptr;
    const auto& slot = load(row_key);
    return slot.row ? &*slot.row : nullptr;
  }
  // The row for changing it, made when it is not there.
  Row& upsert(std::string_view row_key) {
    auto& slot = load(row_key);
    if (!slot.row) slot.row.emplace();
    mark(slot);
    return *slot.row;
  }
  // The row becomes `row`, whatever the store holds: without reading it.
  void put(std::string_view row_key, Row row) {
    auto& slot = slot_of(row_key).first;
    slot.row = std::move(row);
    mark(slot);
  }
  void erase(std::string_view row_key) {
    auto& slot = load(row_key);
    if (!slot.row) return;
    slot.row.reset();
    mark(slot);
  }

  // The engine says which event is being folded before it folds it.
  void at(Sequence sequence) { sequence_ = sequence; }
  // The first store or decoding error since the last call; folds do not see it, the engine does.
  std::optional<Error> take_error() { return std::exchange(error_, std::nullopt); }

  std::string_view name() const override { return spec_.name; }
  std::uint8_t number() const override { return spec_.number; }
  const std::vector<std::string_view>& key_names() const override { return spec_.key_names; }

  void take_writes(RowWrites& writes) override {
    if (!changed_.empty()) stored_ = Stored::kSome;
    std::sort(changed_.begin(), changed_.end(), [](const Slot* a, const Slot* b) { return a->key < b->key; });
    for (auto* slot : changed_) {
      writes.add(spec_.number, slot->key, !slot->row, slot->last_changed, spec_.announced,
                 [&](std::string& out) { record_codec::write(out, *slot->row); });
      slot->changed = false;
    }
    changed_.clear();
  }
  void discard_changes() override {
    for (auto* slot : changed_) slots_.erase(slots_.find(slot->key));
    changed_.clear();
    last_ = nullptr;
  }
  void trim(std::size_t rows_max) override {
    DONGBO_ASSERT(changed_.empty());
    if (!spec_.recalled) rows_max = 0;
    if (slots_.size() <= rows_max / 2) return;
    older_ = std::move(slots_);  // who is asked for again comes back to slots_; the rest goes at the next turn
    slots_ = {};
    last_ = nullptr;
    if (rows_max == 0) older_ = {};
  }
  nlohmann::ordered_json render(std::string_view value) const override {
    const auto row = decode_record<Row>(value);
    return row ? to_json(*row) : nlohmann::ordered_json(nullptr);
  }

 private:
  struct Slot {
    std::string key;
    std::optional<Row> row;
    bool changed = false;
    Sequence last_changed;
  };
  struct KeyHash {
    using is_avalanching = void;
    std::size_t operator()(std::string_view key) const { return XXH3_64bits(key.data(), key.size()); }
  };
  // By the key that lies in the slot.
  using Slots = boost::unordered_flat_map<std::string_view, std::unique_ptr<Slot>, KeyHash>;

  // The row's place in memory, and whether it is new there.
  std::pair<Slot&, bool> slot_of(std::string_view row_key) {
    if (last_ != nullptr && last_->key == row_key) return {*last_, false};  // folds ask for a row, then change it
    if (const auto found = slots_.find(row_key); found != slots_.end()) {
      last_ = found->second.get();
      return {*last_, false};
    }
    std::unique_ptr<Slot> slot;
    if (const auto found = older_.find(row_key); found != older_.end()) {
      slot = std::move(found->second);
      older_.erase(found);
    }
    const bool is_new = slot == nullptr;
    if (is_new) slot = std::make_unique<Slot>(Slot{std::string(row_key), std::nullopt, false, Sequence(0)});
    last_ = slot.get();
    slots_.emplace(last_->key, std::move(slot));
    return {*last_, is_new};
  }
  Slot& load(std::string_view row_key) {
    auto [slot, is_new] = slot_of(row_key);
    if (!is_new || is_empty()) return slot;
    auto stored = store_.get(stored_key(spec_.number, row_key));
    if (!stored) {
      if (!error_) error_ = stored.error();
    } else if (*stored) {
      slot.row = decode_record<Row>(**stored);
      if (!slot.row && !error_) error_ = Error::fatal("row of table " + std::string(spec_.name) + " cannot be decoded");
    }
    return slot;
  }
  // A table that holds nothing at all (corrections that came too early) costs no reading.
  bool is_empty() {
    if (stored_ == Stored::kUnknown) {
      const auto none = store_.none_under(stored_key(spec_.number, {}));
      stored_ = none && *none ? Stored::kNone : Stored::kSome;
    }
    return stored_ == Stored::kNone;
  }
  void mark(Slot& slot) {
    slot.last_changed = sequence_;
    if (slot.changed) return;
    slot.changed = true;
    changed_.push_back(&slot);
  }

  const TableSpec<Row>& spec_;
  const RowStore& store_;
  Slots slots_;  // asked for lately; all changed rows are here
  Slots older_;  // asked for before that
  enum class Stored { kUnknown, kNone, kSome } stored_ = Stored::kUnknown;
  Slot* last_ = nullptr;  // asked for last
  std::vector<Slot*> changed_;
  Sequence sequence_;
  std::optional<Error> error_;
};

}  // namespace dongbo::projection
