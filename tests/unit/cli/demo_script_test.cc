#include "hub/cli/demo_script.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "hub/event/codec.h"
#include "hub/event/schema_set.h"

namespace dongbo::cli {
namespace {

const std::filesystem::path kSchemas = std::filesystem::path(DONGBO_SOURCE_DIR) / "schemas";

const DemoFacts& facts() {
  static const auto loaded = load_demo_facts(kSchemas / "catalogues");
  EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
  return *loaded;
}
const DemoScript& script() {
  static const auto written = write_demo_script(facts(), kDemoSeed);
  return written;
}
std::string all(const DemoScript& written) {
  std::string out;
  for (const auto& event : written.events) out += event.json() + std::to_string(event.sent.value()) + "\n";
  return out;
}
std::string text(const DemoEvent& event, const char* member) {
  return event.data.contains(member) ? event.data[member].get<std::string>() : "";
}

TEST(DemoScript, IsTheSameForTheSameSeed) {
  EXPECT_EQ(all(write_demo_script(facts(), kDemoSeed)), all(script()));
  EXPECT_NE(all(write_demo_script(facts(), kDemoSeed + 1)), all(script()));
}

TEST(DemoScript, HoldsOnlyEventsThatTheSchemasTake) {
  const auto schemas = event::SchemaSet::load(kSchemas / "events");
  ASSERT_TRUE(schemas.has_value()) << schemas.error().message;
  event::Codec codec(*schemas);
  const auto check = [&](const std::vector<DemoEvent>& events) {
    for (const auto& event : events) {
      const auto decoded = codec.decode(event.json());
      const auto* refused = std::get_if<event::Refusal>(&decoded);
      ASSERT_EQ(refused, nullptr) << event.json() << "\n"
                                  << refused->faults.front().pointer << " " << refused->faults.front().detail;
    }
  };
  check(facts().events);
  check(script().events);
  check(write_demo_script(facts(), 7).events);
}

TEST(DemoScript, InvitesEveryPostThatThePlanNames) {
  std::map<std::string, std::set<std::string>> posts;
  std::map<std::string, int> counted;
  for (const auto& event : script().events) {
    if (event.fact != "invitation.issued") continue;
    if (event.data.contains("delegate"))
      posts[text(event, "composition")].insert(text(event, "unit") + text(event, "invitation"));
    else
      ++counted[text(event, "composition")];
  }
  EXPECT_EQ(posts["chu_tich_ubnd_xa"].size() + posts["chu_tich_mttq_xa"].size(), 482u);
  EXPECT_EQ(posts["bi_thu_cap_huyen"].size() + posts["chu_tich_mttq_huyen"].size() + posts["chu_tich_ubnd_huyen"].size() +
                posts["chanh_van_phong_huyen"].size(),
            72u);
  EXPECT_EQ(posts["thu_truong_so_ban_nganh"].size() + posts["thu_truong_nganh_doc"].size(), 25u);
  for (const auto& group : facts().province_groups) EXPECT_TRUE(posts.contains(group) || counted.contains(group)) << group;
  for (const auto& group : facts().district_groups) EXPECT_TRUE(posts.contains(group) || counted.contains(group)) << group;
  EXPECT_EQ(counted["truong_phong_chuyen_mon"], 18);
}

TEST(DemoScript, MarksNumbersThatThePlanDoesNotGive) {
  for (const auto& event : script().events) {
    if (event.fact != "invitation.issued" || !event.data.contains("headcount")) continue;
    EXPECT_NE(text(event, "note").find("số lượng mô phỏng"), std::string::npos);
  }
}

TEST(DemoScript, SaysEverywhereThatItIsSimulated) {
  for (const auto& event : script().events) {
    EXPECT_TRUE(event.source.starts_with("/simulated/")) << event.source;
    EXPECT_EQ(event.data.value("simulated", false), true) << event.json();
    for (const char* member : {"name", "substitute_name", "author", "speaker", "task", "target"})
      if (event.data.contains(member)) {
        EXPECT_NE(text(event, member).find("mô phỏng"), std::string::npos) << event.json();
      }
    if ((event.fact.starts_with("feedback.") || event.fact.starts_with("conclusion.")) && event.data.contains("text")) {
      EXPECT_NE(text(event, "text").find("mô phỏng"), std::string::npos) << event.json();
    }
  }
  for (const auto& event : facts().events) {
    EXPECT_FALSE(event.source.starts_with("/simulated")) << event.source;
    EXPECT_FALSE(event.data.contains("simulated"));
  }
}

TEST(DemoFacts, HoldTheRegisterThePlanAndTheFigures) {
  std::map<std::string, int> levels, kinds;
  std::set<std::string> points;
  std::map<std::string, const DemoEvent*> by_id;
  for (const auto& event : facts().events) {
    ++kinds[event.fact];
    if (event.fact == "unit.established") ++levels[text(event, "level")];
    if (event.fact == "meeting.point_planned") points.insert(text(event, "point"));
    EXPECT_TRUE(by_id.emplace(event.source + event.id, &event).second) << event.id;
    if (event.fact == "index.published") {
      EXPECT_FALSE(text(event, "quality").empty()) << event.json();
      EXPECT_FALSE(text(event, "origin").empty()) << event.json();
      EXPECT_LE(event.data["year"].get<int>(), 2022);
    }
  }
  EXPECT_EQ(levels["province"], 63);
  EXPECT_EQ(levels["district"], 18);
  EXPECT_EQ(levels["commune"], 241);
  EXPECT_EQ(levels["agency"], 28);
  EXPECT_EQ(points.size(), 19u);
  EXPECT_TRUE(points.contains("dc-49") && points.contains("dc-502"));
  const auto* papi = by_id.at("/publishers/cecodespapi-2022-49-tong");
  EXPECT_EQ(text(*papi, "score"), "42.2377");
  EXPECT_EQ(papi->data["rank"], 31);
  EXPECT_EQ(papi->data["population"], 61);
  const auto* band = by_id.at("/publishers/bo-noi-vusipas-2022-04-tong");
  EXPECT_EQ(band->data["rank_min"], 59);
  EXPECT_EQ(band->data["rank_max"], 63);
  EXPECT_FALSE(band->data.contains("score"));
  const auto* area = by_id.at("/publishers/bo-noi-vupar-2022-49-c3");
  EXPECT_EQ(text(*area, "score"), "9.66");
  EXPECT_EQ(text(*area, "max"), "13");
}

TEST(DemoScript, SendsNothingBeforeItHappenedAndInOrder) {
  for (const auto& event : script().events) EXPECT_GE(event.sent, event.time) << event.json();
  EXPECT_TRUE(std::is_sorted(script().events.begin(), script().events.end(),
                             [](const auto& a, const auto& b) { return a.sent < b.sent; }));
}

TEST(DemoScript, RepeatsSixEventsAndContradictsOne) {
  EXPECT_EQ(script().repeated, 6u);
  EXPECT_EQ(script().contradicted, 1u);
}

TEST(DemoScript, LeavesOneGapInOneSource) {
  std::map<std::string, std::set<int>> sequences;
  for (const auto& event : script().events)
    if (!event.sequence.empty()) sequences[event.source].insert(std::stoi(event.sequence));
  EXPECT_EQ(sequences.size(), 19u);
  for (const auto& [source, held] : sequences) {
    const auto missing = *held.rbegin() - static_cast<int>(held.size());
    EXPECT_EQ(missing, source == "/simulated/districts/517/checkin" ? 1 : 0) << source;
  }
}

TEST(DemoScript, HasAPointThatWasOfflineAndSendsItsScansLate) {
  std::size_t late = 0;
  for (const auto& event : script().events)
    if (event.source == "/simulated/districts/504/checkin" && event.fact == "attendance.checked_in") {
      ++late;
      EXPECT_GE(event.sent, on_the_day(9, 38));
      EXPECT_LT(event.time, on_the_day(9, 38));
      EXPECT_LE(event.recorded.value() - event.time.value(), 5'000);
      EXPECT_EQ(text(event, "origin"), "offline");
    }
  EXPECT_GT(late, 10u);
}

TEST(DemoScript, HasTheAwkwardCases) {
  std::map<std::string, Millis> sent;
  std::map<std::string, std::set<std::string>> points_of_delegate;
  bool corrected_before = false, revoked = false, withdrawn = false, substitute = false, came_back = false;
  std::map<std::string, int> ins, outs;
  for (const auto& event : script().events) sent.emplace(event.source + event.id, event.sent);
  for (const auto& event : script().events) {
    if (event.fact == "attendance.checked_in") {
      points_of_delegate[text(event, "delegate")].insert(text(event, "point"));
      ++ins[text(event, "delegate")];
      substitute = substitute || event.data.contains("substitute_for");
    }
    if (event.fact == "attendance.checked_out") ++outs[text(event, "delegate")];
    revoked = revoked || event.fact == "attendance.revoked";
    withdrawn = withdrawn || event.fact == "invitation.withdrawn";
    if (event.fact == "attendance.corrected") {
      const auto& corrects = event.data["corrects"];
      corrected_before =
          corrected_before || event.sent < sent.at(corrects["source"].get<std::string>() + corrects["id"].get<std::string>());
    }
  }
  for (const auto& [delegate, count] : outs) came_back = came_back || (ins[delegate] > 1 && count > 0);
  EXPECT_EQ(std::count_if(points_of_delegate.begin(), points_of_delegate.end(),
                          [](const auto& each) { return each.second.size() > 1; }),
            3);
  EXPECT_TRUE(corrected_before);
  EXPECT_TRUE(revoked);
  EXPECT_TRUE(withdrawn);
  EXPECT_TRUE(substitute);
  EXPECT_TRUE(came_back);
}

}  // namespace
}  // namespace dongbo::cli
