#pragma once
#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <xxhash.h>
#include <boost/unordered/unordered_flat_set.hpp>

#include "hub/base/assert.h"
#include "hub/base/in_both.h"
#include "hub/base/record_codec.h"
#include "hub/base/result.h"
#include "hub/base/short_bytes.h"
#include "hub/projection/appended_records.h"
#include "hub/projection/key_order.h"
#include "hub/projection/row_json.h"
#include "hub/projection/row_key.h"

namespace dongbo::projection {

// The first byte of a stored key: the table's number, and whether nearly every commit writes rows of the table again. Those
// lie apart from the others, see Family.
class TableMark {
 public:
  constexpr TableMark(std::uint8_t number, bool rewritten)
      : byte_(static_cast<std::uint8_t>(number | (rewritten ? kRewritten : 0))) {}
  // REQUIRES: not empty.
  static constexpr TableMark of(std::string_view stored_key) { return TableMark(static_cast<std::uint8_t>(stored_key.front())); }
  constexpr std::uint8_t number() const { return byte_ & (kRewritten - 1); }
  constexpr bool rewritten() const { return (byte_ & kRewritten) != 0; }
  constexpr char byte() const { return static_cast<char>(byte_); }

 private:
  static constexpr std::uint8_t kRewritten = 0x80;
  explicit constexpr TableMark(std::uint8_t byte) : byte_(byte) {}
  std::uint8_t byte_;
};

// A table of a projection: declared once, as a constant, beside its row.
//   inline const TableSpec<PointRow> kPoints{"points", "points", 0, {"meeting", "point"}};
template <class Row>
struct TableSpec {
  std::string_view projection;
  std::string_view name;
  std::uint8_t number;  // unique in the projection, below 128
  std::vector<std::string_view> key_names;
  bool announced = true;  // do its changes go to the feed?
  bool recalled = true;   // are its rows worth keeping in memory after the batch that wrote them?
  bool rewritten = false;

  // The same, of rows that nearly every commit writes again.
  TableSpec rewritten_often() && {
    rewritten = true;
    return std::move(*this);
  }
  TableMark mark() const { return {number, rewritten}; }
  std::string stored_key(std::string_view row_key) const {
    std::string out(1, mark().byte());
    out.append(row_key);
    return out;
  }
};

inline Error undecodable(std::string_view table) {
  return Error::fatal(in_both("không giải mã được một dòng của bảng " + std::string(table) + "; hãy chạy dongbo verify",
                              "a row of table " + std::string(table) + " cannot be decoded; run dongbo verify"));
}

// Where a table's rows lie when they are not in memory. Keys include the table number.
class RowStore {
 public:
  virtual ~RowStore() = default;
  virtual Result<std::optional<std::string>> get(std::string_view stored_key) const = 0;
  // Is there no row whose key starts with this?
  virtual Result<bool> none_under(std::string_view stored_prefix) const = 0;
};

// A changed row, as the store and the feed get it.
struct RowWrite {
  std::string_view stored_key;
  std::optional<std::string_view> value;  // nullopt: erased
  Sequence last_changed;
  bool announced = false;
  bool merges = false;      // `value` is to be merged into what the store holds, see RecordBag
  bool may_be_new = false;  // false: the store has a row of this key
};
// Takes a write; what it points to is the taker's for the time of the call.
using TakeWrite = std::function<void(const RowWrite&)>;

// The event being folded, and what went wrong meanwhile: shared by the tables of a projection. Folds do not see errors of the
// store, the engine does.
struct FoldCursor {
  Sequence sequence;
  std::optional<Error> error;  // the first

  void failed(Error what) {
    if (!error) error = std::move(what);
  }
};

// The side of a table that the engine uses, whatever the row.
class TableBase {
 public:
  virtual ~TableBase() = default;
  virtual std::string_view name() const = 0;
  virtual TableMark mark() const = 0;
  virtual const std::vector<std::string_view>& key_names() const = 0;
  // Hands on all changed rows in key order and forgets that they are changed.
  virtual void take_writes(const TakeWrite& take) = 0;
  // Forgets every changed row: back to what the store holds.
  virtual void discard_changes() = 0;
  // Of the rows in memory, changed or not: about what they take there.
  virtual std::size_t bytes_held() const = 0;
  // Of the changed ones: about what take_writes() will hand on.
  virtual std::size_t bytes_changed() const = 0;
  // When more than `bytes_max` are held: forgets a quarter of that and what is too much, those first that were not asked for
  // since the last time. REQUIRES: no row is changed.
  virtual void trim(std::size_t bytes_max) = 0;
  // A stored row as people read it, see row_json.h; "null" when the bytes are not a row.
  virtual std::string render(std::string_view value) const = 0;
};

// Rows in memory in front of a RowStore: hot rows are decoded once and encoded once a batch. Owned by the fold engine and
// used on its thread only.
template <class Row>
class Table final : public TableBase {
  static constexpr bool kIsBag = std::same_as<Row, RecordBag>;

 public:
  Table(const TableSpec<Row>& spec, const RowStore& store, FoldCursor& cursor) : spec_(spec), store_(store), cursor_(cursor) {}

  // nullptr: no such row. The pointer lives until the next commit.
  const Row* find(std::string_view row_key) {
    settle();
    if (changed_.empty() && is_empty()) return nullptr;
    const auto& slot = load(row_key);
    return slot.exists ? &slot.row : nullptr;
  }
  // The row for changing it, made when it is not there.
  Row& upsert(std::string_view row_key) {
    auto& slot = load(row_key);
    slot.exists = true;
    mark(slot);
    return slot.row;
  }
  // The row becomes `row`, whatever the store holds: without reading it.
  void put(std::string_view row_key, Row row) {
    settle();
    auto& slot = slot_of(row_key).first;
    slot.row = std::move(row);
    slot.exists = true;
    slot.is_part = false;
    mark(slot);
  }
  // Adds a record to a row, whatever the store holds: without reading it.
  void append(std::string_view row_key, const RecordBag::Record& record) requires kIsBag {
    appended_.add(row_key, record, cursor_.sequence);
  }
  void erase(std::string_view row_key) {
    auto& slot = load(row_key);
    if (!slot.exists) return;
    slot.forget_row();
    mark(slot);
  }

  std::string_view name() const override { return spec_.name; }
  TableMark mark() const override { return spec_.mark(); }
  const std::vector<std::string_view>& key_names() const override { return spec_.key_names; }

  void take_writes(const TakeWrite& take) override {
    std::string key, value;
    const auto set_key = [&](std::string_view row_key) {
      key.assign(1, spec_.mark().byte());
      key.append(row_key);
      value.clear();
    };
    if constexpr (kIsBag) {
      if (slots_.empty() && !appended_.empty()) {  // mostly: nobody asked, and they need no places in memory
        stored_ = Stored::kSome;
        appended_.take([&](std::string_view row_key, RecordBag records, Sequence last) {
          set_key(row_key);
          records.encode(value);
          take({key, value, last, spec_.announced, true, true});
        });
      }
    }
    settle();
    if (!changed_.empty()) stored_ = Stored::kSome;
    sort_by_key(changed_, [](const Slot* slot) { return slot->key.view(); });
    for (auto* slot : changed_) {
      set_key(slot->key.view());
      if (slot->exists) record_codec::write(value, slot->row);
      const bool may_be_new = slot->encoded == 0;
      measured(*slot, value.size());
      take({key, slot->exists ? std::optional<std::string_view>(value) : std::nullopt, slot->last_changed, spec_.announced,
            slot->is_part, may_be_new});
      slot->changed = false;
      if (slot->is_part) slot->forget_row();
    }
    changed_.clear();
    bytes_changed_ = 0;
  }
  void discard_changes() override {
    for (auto* slot : changed_) {
      bytes_held_ -= slot->cost();
      slots_.erase(slots_.find(slot->key.view()));
    }
    changed_.clear();
    bytes_changed_ = 0;
    last_ = nullptr;
    if constexpr (kIsBag) appended_.clear();
  }
  std::size_t bytes_held() const override { return bytes_held_ + bytes_appended(); }
  std::size_t bytes_changed() const override { return bytes_changed_ + bytes_appended(); }
  void trim(std::size_t bytes_max) override {
    DONGBO_ASSERT(changed_.empty());
    if (!spec_.recalled) bytes_max = 0;  // of what is only written nothing is kept
    const auto turn = turn_++;
    last_ = nullptr;  // so that it is stamped when it is asked for in the next turn
    if (bytes_held_ <= bytes_max) return;
    const auto forget = [&](const Slot& slot) {
      if (bytes_held_ <= bytes_max / 4 * 3) return false;
      bytes_held_ -= slot.cost();
      return true;
    };
    boost::unordered::erase_if(slots_, [&](const auto& slot) { return slot->asked != turn && forget(*slot); });
    boost::unordered::erase_if(slots_, [&](const auto& slot) { return forget(*slot); });
  }
  std::string render(std::string_view value) const override {
    const auto row = decode_record<Row>(value);
    return row ? json_of(*row) : "null";
  }

 private:
  static constexpr std::uint32_t kNewRowBytes = 100;
  // What is asked first lies in front, the key before its row: finding one touches no other memory.
  struct Slot {
    explicit Slot(std::string_view row_key) : key(row_key) {}
    Sequence last_changed;
    std::uint32_t asked = 0;    // in which turn, the last time
    std::uint32_t encoded = 0;  // bytes, when it was read or written last; 0: never, or erased
    bool changed = false;
    bool exists = false;   // otherwise `row` is as it was made
    bool is_part = false;  // `row` is only what was appended to what the store holds
    ShortBytes<28> key;
    Row row;

    void forget_row() {
      row = Row();
      exists = false;
    }

    // About what it takes in memory: a decoded row's own memory is half as much again as its bytes.
    std::size_t cost() const { return sizeof(Slot) + std::size_t{encoded} * 3 / 2; }
  };
  static std::string_view key_of(std::string_view key) { return key; }
  static std::string_view key_of(const std::unique_ptr<Slot>& slot) { return slot->key.view(); }
  struct KeyHash {
    using is_transparent = void;
    using is_avalanching = void;
    std::size_t operator()(const auto& of) const {
      const auto key = key_of(of);
      return XXH3_64bits(key.data(), key.size());
    }
  };
  struct KeyEqual {
    using is_transparent = void;
    bool operator()(const auto& a, const auto& b) const { return key_of(a) == key_of(b); }
  };

  // The row's place in memory, and whether it is new there.
  std::pair<Slot&, bool> slot_of(std::string_view row_key) {
    if (last_ != nullptr && last_->key.view() == row_key) return {*last_, false};  // folds ask for a row, then change it
    if (const auto found = slots_.find(row_key); found != slots_.end()) {
      last_ = found->get();
      last_->asked = turn_;
      return {*last_, false};
    }
    last_ = slots_.insert(std::make_unique<Slot>(row_key)).first->get();
    last_->asked = turn_;
    bytes_held_ += last_->cost();
    return {*last_, true};
  }
  void measured(Slot& slot, std::size_t encoded) {
    bytes_held_ -= slot.cost();
    slot.encoded = static_cast<std::uint32_t>(encoded);
    bytes_held_ += slot.cost();
  }
  std::size_t bytes_appended() const {
    if constexpr (kIsBag) return appended_.bytes();
    return 0;
  }
  // Somebody asks for a row: what was appended to it must be found. As parts of rows; the others are not read for it.
  void settle() {
    if constexpr (kIsBag) {
      if (appended_.empty()) return;
      appended_.take([&](std::string_view row_key, const RecordBag& records, Sequence last) {
        auto [slot, is_new] = slot_of(row_key);
        if (is_new) slot.is_part = !is_empty();
        slot.exists = true;
        slot.row.merge(records);
        mark(slot, last);
      });
    }
  }
  Slot& load(std::string_view row_key) {
    settle();
    auto [slot, is_new] = slot_of(row_key);
    if ((!is_new && !slot.is_part) || is_empty()) return slot;
    auto stored = store_.get(spec_.stored_key(row_key));
    if (!stored) {
      cursor_.failed(stored.error());
    } else if (*stored) {
      auto row = decode_record<Row>(**stored);
      measured(slot, (*stored)->size());
      if (!row) cursor_.failed(undecodable(spec_.name));
      if constexpr (kIsBag)
        if (row && slot.exists) row->merge(slot.row);
      slot.exists = row.has_value();
      slot.row = row ? std::move(*row) : Row();
    }
    slot.is_part = false;
    return slot;
  }
  // A table that holds nothing at all (corrections that came too early) costs no reading.
  bool is_empty() {
    if (stored_ == Stored::kUnknown) {
      const auto none = store_.none_under(spec_.stored_key({}));
      stored_ = none && *none ? Stored::kNone : Stored::kSome;
    }
    return stored_ == Stored::kNone;
  }
  void mark(Slot& slot) { mark(slot, cursor_.sequence); }
  void mark(Slot& slot, Sequence changed_at) {
    slot.last_changed = std::max(slot.last_changed, changed_at);
    if (slot.changed) return;
    slot.changed = true;
    bytes_changed_ += slot.key.view().size() + std::max(slot.encoded, kNewRowBytes);
    changed_.push_back(&slot);
  }

  const TableSpec<Row>& spec_;
  const RowStore& store_;
  FoldCursor& cursor_;
  boost::unordered_flat_set<std::unique_ptr<Slot>, KeyHash, KeyEqual> slots_;
  enum class Stored { kUnknown, kNone, kSome } stored_ = Stored::kUnknown;
  Slot* last_ = nullptr;  // asked for last
  std::vector<Slot*> changed_;
  std::conditional_t<kIsBag, AppendedRecords, std::monostate> appended_;
  std::size_t bytes_held_ = 0;
  std::size_t bytes_changed_ = 0;
  std::uint32_t turn_ = 0;  // of trim()
};

}  // namespace dongbo::projection
