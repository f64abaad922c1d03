#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "hub/base/result.h"
#include "hub/event/entry_view.h"
#include "hub/projection/earlier_events.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

// The tables of one projection (one generation of it) during a fold: `tables[kPoints].upsert(key(meeting, point))`.
class Tables {
 public:
  template <class... Rows>
  static Tables make(const RowStore& store, const TableSpec<Rows>&... specs) {
    Tables out;
    (out.add(specs, store), ...);
    return out;
  }

  template <class Row>
  Table<Row>& operator[](const TableSpec<Row>& spec) {
    DONGBO_ASSERT(spec.number < specs_.size() && specs_[spec.number] == &spec);
    return static_cast<Table<Row>&>(*tables_[spec.number]);
  }

  // Where earlier() looks; must outlive the tables.
  void look_in(EarlierEvents& events) { events_ = &events; }
  // The event of this identity, if it came before the one being folded; see EarlierEvents.
  Result<bool> earlier(const event::Digest& identity, const std::function<void(const event::EntryView&)>& take) {
    DONGBO_ASSERT(events_ != nullptr);
    return events_->find(identity, cursor_->sequence, take);
  }

  // The engine says which event is being folded before it folds it, and asks afterwards what went wrong with the store.
  void at(Sequence sequence) { cursor_->sequence = sequence; }
  std::optional<Error> take_error() { return std::exchange(cursor_->error, std::nullopt); }
  const std::vector<std::unique_ptr<TableBase>>& all() const { return tables_; }

 private:
  template <class Row>
  void add(const TableSpec<Row>& spec, const RowStore& store) {
    DONGBO_ASSERT(spec.number == tables_.size());
    tables_.push_back(std::make_unique<Table<Row>>(spec, store, *cursor_));
    specs_.push_back(&spec);
  }
  EarlierEvents* events_ = nullptr;
  std::unique_ptr<FoldCursor> cursor_ = std::make_unique<FoldCursor>();  // the tables know where it is
  std::vector<std::unique_ptr<TableBase>> tables_;
  std::vector<const void*> specs_;  // where each table's was declared: the same place, so the same type of row
};

// projection = fold(events): a pure, versioned function. An implementation holds no state of its own; everything it
// knows is in its tables and in the events before, and what they hold depends on the events in journal order only: no clock, no
// randomness, no other shard. The same object folds live and in a rebuild.
//
// Life: made once (registry.h), then `tables` once for each generation that is built, then `fold` for each event of its
// types in journal order, always on the thread that owns those tables.
class Projection {
 public:
  virtual ~Projection() = default;
  virtual std::string_view name() const = 0;
  // Grows whenever fold or a row's members change; the engine then rebuilds.
  virtual std::uint32_t version() const = 0;
  // Does it fold events of this type? Asked once a type, remembered by the engine.
  virtual bool takes(std::string_view type) const = 0;
  virtual Tables tables(const RowStore& store) const = 0;
  // Poison error: this event cannot be taken (the rows changed so far in this event are undone by the engine); the
  // projection sets it aside and goes on.
  virtual Result<void> fold(const event::EntryView& event, Tables& tables) const = 0;
};

}  // namespace dongbo::projection
