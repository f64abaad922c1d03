#pragma once
#include <algorithm>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "hub/event/entry_view.h"
#include "hub/projection/history.h"
#include "hub/projection/latest.h"
#include "hub/projection/projection.h"

namespace dongbo::projection {

// What most projections share: a fact read from an event, and rows whose members are each said by the latest event that
// said them. Rows name members that are only the fold's bookkeeping with a leading underscore; readers do not get them.

// "vn.dongbo.invitation.issued.v1" -> "invitation.issued"; empty for any other shape or version.
std::string_view fact_name(std::string_view type);

// Is it simulated: does the event say so, or its source by its name ("/simulated/…")?
bool is_simulated(const event::EntryView& event);

// One fact during a fold. Points into the event.
struct Fact {
  const event::EntryView& event;
  const event::DataView& data;
  std::string_view name;  // "invitation.issued"
  Stamp stamp;
  bool simulated = false;

  explicit Fact(const event::EntryView& view)
      : event(view), data(view.data), name(fact_name(view.type)), stamp(Stamp::of(view)), simulated(is_simulated(view)) {}
  std::string text(std::string_view member) const { return std::string(data.text(member)); }
  std::vector<std::string> texts(std::string_view member) const;
};

// Who said each member of a row last: sets of members by the event that said them. Members are numbered by an enum of
// the projection (0 to 63); the numbers are part of the stored row, so a new member comes last and raises the version.
class Said {
 public:
  // True when no later event said the member; from now on `when` said it.
  bool claim(unsigned member, const Stamp& when);

  struct Entry {
    Stamp stamp;
    std::uint64_t members = 0;
    static void fields(auto& row, auto&& visit) {
      visit("time", row.stamp.time);
      visit("_identity", row.stamp.identity);
      visit("members", row.members);
    }
  };
  static void fields(auto& row, auto&& visit) { visit("entries", row.entries_); }

 private:
  std::vector<Entry> entries_;  // ascending by stamp, none without members: equal knowledge gives equal bytes
};

// Takes members of an event's data into a row, each only where no later event said it.
class Fill {
 public:
  enum class Mode {
    kGiven,  // the event says only the members it has
    kWhole,  // the event is a whole statement: a member it lacks is said to be absent
  };
  Fill(const Fact& fact, Said& said, Mode mode) : data_(fact.data), stamp_(fact.stamp), said_(said), mode_(mode) {}

  // What an event mentions by the way (the unit in a report of progress) counts only until an event says it properly,
  // at whatever time.
  static Fill hint(const Fact& fact, Said& said) {
    Fill out(fact, said, Mode::kGiven);
    out.stamp_.time = Millis(out.stamp_.time.value() - (std::int64_t{1} << 60));
    return out;
  }

  void text(unsigned member, std::string_view name, std::string& into) const {
    if (takes(member, name)) into = data_.text(name);
  }
  void decimal(unsigned member, std::string_view name, std::string& into) const {
    if (takes(member, name)) into = data_.decimal(name);
  }
  void integer(unsigned member, std::string_view name, std::optional<std::int64_t>& into) const {
    if (takes(member, name)) into = data_.integer(name);
  }
  void flag(unsigned member, std::string_view name, bool& into) const {
    if (takes(member, name)) into = data_.boolean(name).value_or(false);
  }
  void texts(unsigned member, std::string_view name, std::vector<std::string>& into) const;
  // For a value that the fold makes itself.
  template <class T>
  void value(unsigned member, T&& said, std::same_as<std::remove_cvref_t<T>> auto& into) const {
    if (said_.claim(member, stamp_)) into = std::forward<T>(said);
  }

 private:
  bool takes(unsigned member, std::string_view name) const {
    return (mode_ == Mode::kWhole || data_.has(name)) && said_.claim(member, stamp_);
  }
  const event::DataView& data_;
  Stamp stamp_;
  Said& said_;
  Mode mode_;
};

// A moment kept by its extreme: the first or the last time something was said.
inline void keep_first(std::optional<Millis>& moment, Millis said) {
  if (!moment || said < *moment) moment = said;
}
inline void keep_last(std::optional<Millis>& moment, Millis said) {
  if (!moment || said > *moment) moment = said;
}

// A projection whose fold is a function of a fact and whose types are a list of fact names.
using FoldFact = Result<void> (*)(const Fact& fact, Tables& tables);

template <class... Rows>
class FactProjection final : public Projection {
 public:
  FactProjection(std::string_view called, std::uint32_t row_version, std::vector<std::string_view> facts, FoldFact fold_fact,
                 const TableSpec<Rows>&... specs)
      : name_(called), version_(row_version), facts_(std::move(facts)), fold_(fold_fact), specs_(specs...) {}

  std::string_view name() const override { return name_; }
  std::uint32_t version() const override { return version_; }
  bool takes(std::string_view type) const override {
    return std::find(facts_.begin(), facts_.end(), fact_name(type)) != facts_.end();
  }
  Tables tables(const RowStore& store) const override {
    return std::apply([&store](const auto&... specs) { return Tables::make(store, specs...); }, specs_);
  }
  Result<void> fold(const event::EntryView& event, Tables& tables) const override { return fold_(Fact(event), tables); }

 private:
  std::string_view name_;
  std::uint32_t version_;
  std::vector<std::string_view> facts_;
  FoldFact fold_;
  std::tuple<const TableSpec<Rows>&...> specs_;
};

template <class... Rows>
std::unique_ptr<Projection> define(std::string_view name, std::uint32_t version, std::vector<std::string_view> facts,
                                   FoldFact fold, const TableSpec<Rows>&... specs) {
  return std::make_unique<FactProjection<Rows...>>(name, version, std::move(facts), fold, specs...);
}

}  // namespace dongbo::projection
