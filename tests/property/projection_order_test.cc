// Random events of every kind, in random orders: the rows of every projection are a function of the set of events.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "hub/projection/attendance.h"
#include "hub/projection/registry.h"
#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using Json = nlohmann::json;

// Few identifiers, moments and values, so that events meet: same thing, same moment, one before what it refers to.
template <class T>
T one_of(std::initializer_list<T> values) {
  return *rc::gen::elementOf(std::vector<T>(values));
}
std::string small_text(std::string_view prefix, int kinds = 3) {
  return std::string(prefix) + std::to_string(*rc::gen::inRange(0, kinds));
}
void maybe(Json& data, const char* name, Json value) {
  if (*rc::gen::inRange(0, 2) == 1) data[name] = std::move(value);
}
std::string day() {
  return fmt::format("202{}-0{}-01", *rc::gen::inRange(3, 6), *rc::gen::inRange(1, 5));
}
std::string moment() {
  return fmt::format("2023-05-{:02}T{:02}:00:00+07:00", *rc::gen::inRange(10, 16), *rc::gen::inRange(7, 10));
}
int small_number(int up_to = 4) {
  return *rc::gen::inRange(0, up_to);
}

// The event that is being made. One refers only to those made before it: events that correct each other in a ring are
// refused by whichever closes the ring, and that does depend on the order.
std::size_t making = 0;
Json earlier_event() {
  const auto number = *rc::gen::inRange<std::size_t>(0, making + 1);
  return {{"source", small_text("/simulated/s")}, {"id", number == making ? "of another hub" : fmt::format("e{}", number)}};
}

struct Kind {
  const char* type;
  Json (*data)();
};

Json in_meeting() {
  return {{"meeting", small_text("m", 2)}};
}
Json with_seat(Json data) {
  maybe(data, "point", small_text("dc-"));
  maybe(data, "unit", small_text("u"));
  maybe(data, "composition", small_text("g"));
  maybe(data, "name", small_text("name"));
  return data;
}
Json unit_fact() {
  Json data = {{"unit", small_text("u", 2)}};
  maybe(data, "code", small_text("code"));
  maybe(data, "name", small_text("name"));
  maybe(data, "parent", *rc::gen::inRange(0, 2) == 0 ? Json(nullptr) : Json(small_text("u")));
  maybe(data, "valid_from", day());
  maybe(data, "successors", Json::array({{{"unit", small_text("u")}, {"kind", one_of<std::string>({"merge", "split"})}}}));
  maybe(data, "predecessors", Json::array({small_text("u")}));
  return data;
}
Json unit_established() {
  auto data = unit_fact();
  data["valid_from"] = day();
  return data;
}
Json unit_dissolved() {
  auto data = unit_fact();
  data["valid_until"] = day();
  return data;
}
Json meeting_fact() {
  auto data = in_meeting();
  data["title"] = small_text("title");
  data["day"] = day();
  maybe(data, "place", small_text("place"));
  maybe(data, "starts_at", moment());
  maybe(data, "chair", small_text("chair"));
  maybe(data, "items", Json::array({{{"title", small_text("item")}, {"order", small_number()}}}));
  return data;
}
Json point_planned() {
  auto data = with_seat(in_meeting());
  data["point"] = small_text("dc-");
  maybe(data, "capacity", small_number(50));
  return data;
}
Json readiness() {
  auto data = in_meeting();
  data["point"] = small_text("dc-");
  data["picture"] = one_of<std::string>({"ok", "degraded"});
  maybe(data, "line", one_of<std::string>({"connected", "connecting", "disconnected"}));
  maybe(data, "sound", one_of<std::string>({"ok", "failed"}));
  maybe(data, "rehearsal", true);
  return data;
}
Json invitation() {
  auto data = with_seat(in_meeting());
  data["invitation"] = small_text("gm-");
  if (*rc::gen::inRange(0, 3) == 0) {
    data["headcount"] = small_number(20);
  } else {
    data["delegate"] = small_text("d");
  }
  maybe(data, "reason", small_text("reason"));
  return data;
}
Json registration() {
  auto data = with_seat(in_meeting());
  data["delegate"] = small_text("d");
  maybe(data, "invitation", small_text("gm-"));
  maybe(data, "state", one_of<std::string>({"confirmed", "declined", "delegated"}));
  maybe(data, "leave", one_of<bool>({true, false}));
  maybe(data, "reason", small_text("reason"));
  maybe(data, "substitute", small_text("d"));
  return data;
}
Json delegated() {
  auto data = registration();
  data["substitute"] = small_text("d");
  return data;
}
Json scan() {
  auto data = with_seat(in_meeting());
  data["point"] = small_text("dc-");
  data["delegate"] = small_text("d");
  return data;
}
Json counted() {
  auto data = with_seat(in_meeting());
  data["point"] = small_text("dc-");
  data["headcount"] = small_number(20);
  return data;
}
Json revoked() {
  auto data = in_meeting();
  data["corrects"] = earlier_event();
  return data;
}
Json corrected() {
  auto data = revoked();
  Json replacement = Json::object();
  maybe(replacement, "point", small_text("dc-"));
  maybe(replacement, "delegate", small_text("d"));
  maybe(replacement, "name", small_text("name"));
  maybe(replacement, "time", moment());
  data["replacement"] = replacement;
  return data;
}
Json paper() {
  auto data = in_meeting();
  data["paper"] = small_text("tl-", 2);
  data["unit"] = small_text("u");
  maybe(data, "title", small_text("title"));
  maybe(data, "minutes", small_number());
  maybe(data, "document", small_text("doc"));
  return data;
}
Json budget() {
  auto data = in_meeting();
  data["estimate"] = small_text("kp-", 2);
  maybe(data, "items", Json::array({{{"item", small_text("i")}, {"amount", small_number(9) * 0.1}}}));
  maybe(data, "total", small_number(9));
  maybe(data, "currency", one_of<std::string>({"VND", "USD"}));
  maybe(data, "outcome", one_of<std::string>({"agreed", "returned"}));
  return data;
}
Json feedback() {
  Json data = {
      {"feedback", small_text("gy-", 2)}, {"text", small_text("text")}, {"to", small_text("u")}, {"unit", small_text("u", 2)}};
  maybe(data, "meeting", small_text("m", 2));
  maybe(data, "by", small_text("u"));
  return data;
}
Json survey() {
  Json data = {{"unit", small_text("u", 2)}, {"survey", "ks"}, {"index", "SIPAS"}};
  data["factors"] = Json::array({{{"factor", small_text("s", 2)}, {"score", small_number(50) * 0.1}}});
  maybe(data, "response", small_text("r", 2));
  maybe(data, "from", small_text("group", 2));
  return data;
}
Json figure() {
  Json data = {
      {"index", small_text("index", 2)}, {"year", 2022}, {"method", small_text("method", 2)}, {"unit", small_text("u", 2)}};
  maybe(data, "component", "c1");
  maybe(data, "score", std::to_string(small_number()));
  maybe(data, "rank", 1 + small_number());
  maybe(data, "quality", one_of<std::string>({"stated", "derived"}));
  return data;
}
Json figure_corrected() {
  auto data = figure();
  maybe(data, "corrects", earlier_event());
  maybe(data, "reason", small_text("reason"));
  return data;
}
Json conclusion() {
  auto data = in_meeting();
  data["conclusion"] = small_text("kl-", 2);
  data["text"] = small_text("text");
  maybe(data, "number", small_text("number"));
  return data;
}
Json commitment() {
  auto data = in_meeting();
  data["commitment"] = small_text("nv-", 2);
  data["unit"] = small_text("u");
  data["task"] = small_text("task");
  maybe(data, "due", day());
  maybe(data, "percent", small_number(100));
  maybe(data, "completed_on", day());
  maybe(data, "value", small_number());
  return data;
}

constexpr Kind kKinds[] = {{"unit.established", unit_established},
                           {"unit.changed", unit_fact},
                           {"unit.dissolved", unit_dissolved},
                           {"meeting.planned", meeting_fact},
                           {"meeting.rescheduled", meeting_fact},
                           {"meeting.cancelled", in_meeting},
                           {"meeting.opened", meeting_fact},
                           {"meeting.closed", in_meeting},
                           {"meeting.agenda_set", meeting_fact},
                           {"meeting.point_planned", point_planned},
                           {"readiness.reported", readiness},
                           {"invitation.issued", invitation},
                           {"invitation.withdrawn", invitation},
                           {"registration.confirmed", registration},
                           {"registration.declined", registration},
                           {"registration.delegated", delegated},
                           {"registration.changed", registration},
                           {"attendance.checked_in", scan},
                           {"attendance.checked_out", scan},
                           {"attendance.counted", counted},
                           {"attendance.corrected", corrected},
                           {"attendance.revoked", revoked},
                           {"paper.requested", paper},
                           {"paper.submitted", paper},
                           {"paper.approved", paper},
                           {"paper.presented", paper},
                           {"budget.estimated", budget},
                           {"budget.appraised", budget},
                           {"budget.approved", budget},
                           {"feedback.submitted", feedback},
                           {"feedback.routed", feedback},
                           {"feedback.answered", feedback},
                           {"feedback.survey_answered", survey},
                           {"index.published", figure},
                           {"index.corrected", figure_corrected},
                           {"conclusion.issued", conclusion},
                           {"commitment.assigned", commitment},
                           {"commitment.progressed", commitment},
                           {"commitment.completed", commitment}};

std::vector<std::string> some_events(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) {
    making = i;
    const auto& kind = kKinds[*rc::gen::inRange<std::size_t>(0, std::size(kKinds))];
    out.push_back(testing::event(kind.type, fmt::format("e{}", i), moment(), kind.data().dump(),
                                 {small_text("/simulated/s"), fmt::format("{:06}", small_number(60))}));
  }
  return out;
}

std::map<std::string, std::string, std::less<>> rows_after(std::size_t projection, const std::vector<std::string>& events,
                                                           std::size_t commit_every) {
  testing::FoldFixture fixture(std::move(all_projections()[projection]));
  fixture.commit_every(commit_every);
  for (const auto& one : events) {
    const auto folded = fixture.offer(one);
    RC_ASSERT(folded.has_value());
  }
  return fixture.stored();
}

// Folds the same random events in two orders through the projections that `chosen` names.
bool same_rows_in_any_order(const std::function<bool(std::string_view)>& chosen) {
  const auto projections = all_projections().size();
  return rc::check("same events in another order leave the same rows", [&] {
    const auto events = some_events(40);
    auto shuffled = events;
    std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    for (std::size_t i = 0; i < projections; ++i) {
      const std::string name(all_projections()[i]->name());
      if (!chosen(name) || rows_after(i, events, 1) == rows_after(i, shuffled, 7)) continue;
      std::string story = name;
      for (const auto& one : shuffled) {
        if (testing::FoldFixture(std::move(all_projections()[i])).offer(one).value()) story += "\n" + one;
      }
      RC_FAIL(story);
    }
  });
}

TEST(ProjectionOrder, TheRowsOfAProjectionAreAFunctionOfTheSetOfEvents) {
  EXPECT_TRUE(same_rows_in_any_order([](std::string_view name) { return name != "attendance"; }));
}

TEST(ProjectionOrder, TheRowsOfAttendanceAreAFunctionOfTheSetOfEvents) {
  EXPECT_TRUE(same_rows_in_any_order([](std::string_view name) { return name == "attendance"; }));
}

// Many scans of few persons at few places, some taken back: the rows are those of the scans that stand, whatever came when.
TEST(ProjectionOrder, WhatScansLeaveIsWhatThoseThatStandWouldLeaveAlone) {
  EXPECT_TRUE(rc::check("taken back is as if it had never been", [] {
    std::vector<std::string> standing, all;
    for (std::size_t i = 0; i < 80; ++i) {
      Json data = {{"meeting", "m"}, {"point", small_text("dc-", 2)}, {"delegate", small_text("d", 2)}};
      maybe(data, "unit", small_text("u", 2));
      const auto* kind = *rc::gen::inRange(0, 4) == 0 ? "attendance.checked_out" : "attendance.checked_in";
      const auto id = fmt::format("e{}", i);
      const testing::EventOptions envelope{"/simulated/s", fmt::format("{:06}", i)};
      all.push_back(testing::event(kind, id, moment(), data.dump(), envelope));
      if (*rc::gen::inRange(0, 3) == 0) {
        const Json back = {{"meeting", "m"}, {"corrects", {{"source", "/simulated/s"}, {"id", id}}}};
        all.push_back(testing::event("attendance.revoked", "r" + id, moment(), back.dump(), envelope));
      } else {
        standing.push_back(all.back());
      }
    }
    std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
    std::shuffle(all.begin(), all.end(), random);
    testing::FoldFixture folded(make_attendance()), alone(make_attendance());
    folded.commit_every(*rc::gen::inRange<std::size_t>(1, 20));
    for (const auto& one : all) RC_ASSERT(folded.offer(one).has_value());
    for (const auto& one : standing) RC_ASSERT(alone.offer(one).has_value());
    const auto same = [&](const auto& table) {
      const auto shown = [&](auto& fixture) {
        std::map<std::string, std::string> out;
        for (const auto& [key, row] : fixture.rows(table)) record_codec::write(out[key], row);
        return out;
      };
      RC_ASSERT(shown(folded) == shown(alone));
    };
    same(kAttendancePersons);
    same(kAttendanceFurtherScans);
    same(kAttendanceTotals);
    same(kAttendanceUnits);
    same(kAttendanceArrivals);
    same(kAttendanceAttention);
  }));
}

// A canary: rows that remember the arrival must be caught by the comparison above.
struct CanaryRow {
  std::string last;
  static void fields(auto& row, auto&& visit) { visit("last", row.last); }
};
const TableSpec<CanaryRow> kCanary{"canary", "canary", 0, {"x"}};

class Canary final : public Projection {
 public:
  std::string_view name() const override { return "canary"; }
  std::uint32_t version() const override { return 1; }
  bool takes(std::string_view /*type*/) const override { return true; }
  Tables tables(const RowStore& store) const override { return Tables::make(store, kCanary); }
  Result<void> fold(const event::EntryView& event, Tables& tables) const override {
    tables[kCanary].upsert(key("x")).last = event.id;
    return {};
  }
};

TEST(ProjectionOrder, AFoldThatKeepsWhatArrivedLastIsFoundOut) {
  const auto first = testing::event("meeting.closed", "1", "2023-05-30T11:00:00+07:00", R"({"meeting":"M"})");
  const auto second = testing::event("meeting.closed", "2", "2023-05-30T11:30:00+07:00", R"({"meeting":"M"})");
  testing::FoldFixture one(std::make_unique<Canary>()), other(std::make_unique<Canary>());
  one.fold(first);
  one.fold(second);
  other.fold(second);
  other.fold(first);
  EXPECT_NE(one.stored(), other.stored());
}

}  // namespace
}  // namespace dongbo::projection
