#pragma once
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hub/event/canonical.h"
#include "hub/event/entry_source.h"
#include "hub/event/entry_view.h"
#include "hub/event/identity.h"
#include "hub/event/json_parser.h"
#include "hub/event/timestamp.h"
#include "hub/projection/memory_rows.h"
#include "hub/projection/projection.h"
#include "hub/projection/row_json.h"

namespace dongbo::testing {

using projection::MemoryRows;

// An event as publishers send it, for tests: a type without "vn.dongbo." and ".v1", a moment, and data as JSON.
//   event("invitation.issued", "gm-1", "2023-05-22T09:00:00+07:00", R"({"meeting":"M","invitation":"gm-1","delegate":"7"})")
struct EventOptions {
  std::string source = "/simulated/test";
  std::string sequence;  // the source's own; empty: none
};
inline std::string event(std::string_view type, std::string_view id, std::string_view time, std::string_view data,
                         const EventOptions& options = {}) {
  std::string out = fmt::format(R"({{"specversion":"1.0","id":"{}","source":"{}","type":"vn.dongbo.{}.v1","time":"{}")", id,
                                options.source, type, time);
  if (!options.sequence.empty()) out += fmt::format(R"(,"sequence":"{}")", options.sequence);
  out += fmt::format(R"(,"data":{}}})", data);
  return out;
}

// One projection over rows in memory, driven as the fold engine drives it: canonical entries, one sequence after the
// other, a refused event leaves no trace. One thread.
//
//   FoldFixture fixture(make_points());
//   fixture.fold(R"({"specversion":"1.0", …})");
//   ASSERT_NE(fixture.row(kPoints, "M", "dc-502"), nullptr);
class FoldFixture {
 public:
  explicit FoldFixture(std::unique_ptr<projection::Projection> projection)
      : projection_(std::move(projection)), earlier_(entries_, ShardId(0)), tables_(projection_->tables(rows_)) {
    tables_.look_in(earlier_);
  }

  // When the hub journaled what is folded from now on.
  void recorded_at(std::string_view moment) { recorded_at_ = event::parse_timestamp(moment).value(); }
  // Writes go to the store after so many events (1: each); folding must not depend on it.
  void commit_every(std::size_t events) { commit_every_ = events; }

  // Folds one event, in any spelling of JSON; the test fails when the projection does not take its type or refuses it.
  void fold(std::string_view json) {
    const auto result = offer(json);
    ASSERT_TRUE(result.has_value()) << result.error().message << "\n" << json;
    ASSERT_TRUE(*result) << "the projection does not take " << json;
  }
  // The same without failing: true: folded, false: not a type of this projection, error: set aside.
  Result<bool> offer(std::string_view json) {
    sequence_ = sequence_.next();
    const std::string entry = canonical(json);
    const auto identity = identity_in(entry);
    entries_.keep(identity, {sequence_, recorded_at_, entry});
    auto view = reader_.read(ShardId(0), sequence_, recorded_at_, identity, entry);
    if (!view) return std::move(view).error();
    if (!projection_->takes(view->type)) return false;
    tables_.at(sequence_);
    auto folded = projection_->fold(*view, tables_);
    if (auto error = tables_.take_error()) return std::move(*error);
    if (!folded) {
      // Back to the last commit; with commit_every(1), the default, that is exactly without this event.
      open_ = 0;
      for (const auto& table : tables_.all()) table->discard_changes();
      return folded.error();
    }
    if (++open_ >= commit_every_) commit();
    return true;
  }

  // nullptr: no such row. Lives until the next fold.
  template <class Row, class... Parts>
  const Row* row(const projection::TableSpec<Row>& spec, const Parts&... parts) {
    return tables_[spec].find(projection::key(parts...));
  }
  // All rows of a table by key, as they are stored.
  template <class Row>
  std::map<std::string, Row> rows(const projection::TableSpec<Row>& spec) {
    commit();
    std::map<std::string, Row> out;
    for (const auto& [stored_key, value] : rows_.all()) {
      if (projection::TableMark::of(stored_key).number() != spec.number) continue;
      auto row = decode_record<Row>(value);
      EXPECT_TRUE(row.has_value());
      if (row) out.emplace(stored_key.substr(1), std::move(*row));
    }
    return out;
  }
  // Every row of every table, in bytes: two folds are the same when these are.
  const std::map<std::string, std::string, std::less<>>& stored() {
    commit();
    return rows_.all();
  }
  // A row as readers get it; null: no such row.
  template <class Row, class... Parts>
  nlohmann::ordered_json shown(const projection::TableSpec<Row>& spec, const Parts&... parts) {
    const auto* found = row(spec, parts...);
    return found == nullptr ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json::parse(projection::json_of(*found));
  }
  const projection::Projection& projection() const { return *projection_; }

 private:
  void commit() {
    open_ = 0;
    for (const auto& table : tables_.all()) table->take_writes([&](const projection::RowWrite& write) { rows_.apply(write); });
    for (const auto& table : tables_.all()) table->trim(0);  // the next fold reads what was stored
  }
  std::string canonical(std::string_view json) {
    simdjson::dom::element root;
    std::string out;
    EXPECT_EQ(parser_.parse(json, root), simdjson::SUCCESS) << json;
    EXPECT_TRUE(writer_.append(out, root)) << writer_.trouble().detail << "\n" << json;
    return out;
  }
  event::Digest identity_in(std::string_view entry) {
    simdjson::dom::element root;
    std::string_view source, id;
    if (parser_.parse(entry, root) == simdjson::SUCCESS) {
      if (root["source"].get(source) != simdjson::SUCCESS || root["id"].get(id) != simdjson::SUCCESS) return {};
    }
    return event::identity_of(source, id);
  }

  // What was offered, by identity: as the journal.
  class Entries final : public event::EntrySource {
   public:
    void keep(const event::Digest& identity, event::FoundEntry entry) { entries_.emplace(identity, std::move(entry)); }
    Result<void> read(Sequence, Sequence, const std::function<bool(const event::EntryRecord&)>&,
                      const std::function<void(Sequence, Sequence, const std::string&)>&) const override {
      return Error::fatal("folds do not read runs");
    }
    Result<std::optional<event::FoundEntry>> find(const event::Digest& identity, Sequence before) const override {
      const auto found = entries_.find(identity);
      if (found == entries_.end() || found->second.sequence >= before) return std::optional<event::FoundEntry>();
      return std::optional(found->second);
    }

   private:
    std::map<event::Digest, event::FoundEntry> entries_;
  };

  std::unique_ptr<projection::Projection> projection_;
  MemoryRows rows_;
  Entries entries_;
  projection::EarlierEvents earlier_;
  projection::Tables tables_;
  event::JsonParser parser_;
  event::CanonicalWriter writer_;
  event::EntryReader reader_;
  Sequence sequence_;
  Millis recorded_at_ = event::parse_timestamp("2023-06-01T00:00:00Z").value();
  std::size_t commit_every_ = 1;
  std::size_t open_ = 0;
};

using MakeProjection = std::function<std::unique_ptr<projection::Projection>()>;

// Folds the same events in every order (up to 5 of them; beyond that in 150 random orders), committed one by one and
// many at once, and expects equal rows, byte for byte. Events that the projection does not take are passed by.
inline void expect_same_rows_in_any_order(const MakeProjection& make, std::vector<std::string> events,
                                          std::uint32_t seed = 20230530) {
  std::optional<std::map<std::string, std::string, std::less<>>> expected;
  const auto try_order = [&](std::size_t number) {
    FoldFixture fixture(make());
    fixture.commit_every(number % 2 == 0 ? 1 : events.size() + 1);
    for (const auto& one : events) {
      const auto folded = fixture.offer(one);
      ASSERT_TRUE(folded.has_value()) << folded.error().message << "\n" << one;
    }
    if (!expected) {
      expected = fixture.stored();
      ASSERT_FALSE(expected->empty()) << "no event left a row";
    } else if (fixture.stored() != *expected) {
      std::string order;
      for (const auto& one : events) order += one + "\n";
      FAIL() << "other rows in this order (seed " << seed << "):\n" << order;
    }
  };
  if (events.size() <= 5) {
    std::sort(events.begin(), events.end());
    std::size_t number = 0;
    do {
      try_order(number++);
      if (::testing::Test::HasFatalFailure()) return;
    } while (std::next_permutation(events.begin(), events.end()));
    return;
  }
  std::mt19937 random(seed);
  for (std::size_t number = 0; number < 150; ++number) {
    try_order(number);
    if (::testing::Test::HasFatalFailure()) return;
    std::shuffle(events.begin(), events.end(), random);
  }
}

}  // namespace dongbo::testing
