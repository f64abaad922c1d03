#include "hub/projection/units.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string fact(std::string_view what, std::string_view id, std::string_view time, std::string_view data) {
  return event(fmt::format("unit.{}", what), id, time, data, {"/provinces/49/so-noi-vu", ""});
}
const std::string kTanThanh = fact(
    "established", "u-20335", "2023-04-10T00:00:00+07:00",
    R"({"unit":"20335","code":"20335","name":"Phường Tân Thạnh","level":"commune","kind":"phường","parent":"502","valid_from":"2023-04-10"})");
const std::string kTanThanhEnds = fact(
    "dissolved", "u-20335-e", "2025-06-30T23:59:59+07:00",
    R"({"unit":"20335","valid_until":"2025-07-01","legal_act":"Nghị quyết 1659/NQ-UBTVQH15","successors":[{"unit":"20335-2025","kind":"merge"}]})");
const std::string kBanThach = fact(
    "established", "u-20335-2025", "2025-07-01T00:00:00+07:00",
    R"({"unit":"20335-2025","code":"20335","name":"Phường Bàn Thạch","level":"commune","kind":"phường","parent":"48","valid_from":"2025-07-01","predecessors":["20335"]})");

TEST(Units, ACodeThatIsReusedBelongsToBothUnitsEachInItsTime) {
  FoldFixture fixture(make_units());
  for (const auto& one : {kTanThanh, kTanThanhEnds, kBanThach}) fixture.fold(one);
  EXPECT_EQ(fixture.row(kUnitCodes, "20335")->units, (std::vector<std::string>{"20335", "20335-2025"}));
  const auto old_unit = fixture.shown(kUnits, "20335");
  EXPECT_EQ(old_unit["name"], "Phường Tân Thạnh");
  EXPECT_EQ(old_unit["valid_from"], "2023-04-10");
  EXPECT_EQ(old_unit["valid_until"], "2025-07-01");
  EXPECT_EQ(old_unit["legal_act"], "Nghị quyết 1659/NQ-UBTVQH15");
  EXPECT_EQ(old_unit["successors"][0]["unit"], "20335-2025");
  EXPECT_EQ(old_unit["successors"][0]["kind"], "merge");
  EXPECT_EQ(fixture.row(kUnits, "20335")->on("2023-05-30")->name, "Phường Tân Thạnh");
  EXPECT_EQ(fixture.row(kUnits, "20335")->on("2025-07-01"), nullptr) << "the last day is not included";
  EXPECT_EQ(fixture.row(kUnits, "20335-2025")->on("2025-07-01")->name, "Phường Bàn Thạch");
  EXPECT_EQ(fixture.row(kUnits, "20335-2025")->predecessors, std::vector<std::string>{"20335"});
  EXPECT_NO_THROW(std::ignore = old_unit.dump());
}

TEST(Units, AChangeMakesAVersionFromItsDayOn) {
  FoldFixture fixture(make_units());
  fixture.fold(fact("changed", "c", "2024-12-01T00:00:00+07:00",
                    R"({"unit":"519","parent":"509","change":"transfer","valid_from":"2025-01-01","legal_act":"NQ 1241"})"));
  EXPECT_FALSE(fixture.row(kUnits, "519")->known) << "nobody has established it yet";
  fixture.fold(
      fact("established", "e", "2023-04-10T00:00:00+07:00",
           R"({"unit":"519","code":"519","name":"Huyện Nông Sơn","level":"district","parent":"49","valid_from":"2023-04-10"})"));
  const auto* row = fixture.row(kUnits, "519");
  EXPECT_TRUE(row->known);
  ASSERT_EQ(row->versions.size(), 2U);
  EXPECT_EQ(row->versions[0].valid_to, "2025-01-01");
  EXPECT_EQ(row->on("2024-12-31")->parent, "49");
  EXPECT_EQ(row->on("2025-01-01")->parent, "509");
  EXPECT_EQ(row->on("2025-01-01")->name, "Huyện Nông Sơn") << "what a change does not name goes on";
  EXPECT_EQ(row->parent, "509");
  EXPECT_EQ(row->valid_from, "2023-04-10");
  EXPECT_EQ(row->valid_until, "");
  EXPECT_EQ(row->on("2023-04-09"), nullptr);
}

TEST(Units, AParentOfNullIsNoParent) {
  FoldFixture fixture(make_units());
  fixture.fold(kTanThanh);
  fixture.fold(fact("changed", "c", "2024-01-01T00:00:00+07:00", R"({"unit":"20335","parent":null,"valid_from":"2024-02-01"})"));
  EXPECT_EQ(fixture.row(kUnits, "20335")->on("2024-02-01")->parent, "");
  EXPECT_EQ(fixture.row(kUnits, "20335")->on("2024-01-31")->parent, "502");
}

TEST(Units, AChangeWithoutADayTakesEffectOnTheDayOfTheEventInVietnam) {
  FoldFixture fixture(make_units());
  fixture.fold(kTanThanh);
  fixture.fold(fact("changed", "c", "2024-01-01T20:00:00Z", R"({"unit":"20335","name":"Phường Mới"})"));
  EXPECT_EQ(fixture.row(kUnits, "20335")->versions.back().valid_from, "2024-01-02");
}

TEST(Units, AStatementOfTheSameDayCorrectsTheOneBeforeAndItsCodeIsNoLongerListed) {
  FoldFixture fixture(make_units());
  fixture.fold(kTanThanh);
  fixture.fold(fact("established", "again", "2023-04-11T00:00:00+07:00",
                    R"({"unit":"20335","code":"20336","name":"Phường Tân Thạnh","level":"commune","valid_from":"2023-04-10"})"));
  const auto* row = fixture.row(kUnits, "20335");
  EXPECT_EQ(row->versions.size(), 1U);
  EXPECT_EQ(row->parent, "") << "a whole statement";
  EXPECT_EQ(fixture.row(kUnitCodes, "20335"), nullptr);
  EXPECT_EQ(fixture.row(kUnitCodes, "20336")->units, std::vector<std::string>{"20335"});
}

TEST(Units, TheLatestEndHoldsAndChangesAfterItAreNoVersions) {
  FoldFixture fixture(make_units());
  for (const auto& one : {kTanThanh, kTanThanhEnds}) fixture.fold(one);
  fixture.fold(fact("dissolved", "later-end", "2025-07-05T00:00:00+07:00", R"({"unit":"20335","valid_until":"2025-08-01"})"));
  EXPECT_EQ(fixture.row(kUnits, "20335")->valid_until, "2025-08-01");
  fixture.fold(fact("changed", "c", "2025-09-01T00:00:00+07:00", R"({"unit":"20335","name":"x","valid_from":"2025-09-01"})"));
  EXPECT_EQ(fixture.row(kUnits, "20335")->versions.size(), 1U);
  EXPECT_EQ(fixture.row(kUnits, "20335")->facts.size(), 4U) << "the fact itself is kept";
}

TEST(Units, EstablishedAgainAfterItsEndAUnitLivesOn) {
  FoldFixture fixture(make_units());
  for (const auto& one : {kTanThanh, kTanThanhEnds}) fixture.fold(one);
  fixture.fold(fact("established", "again", "2026-01-01T00:00:00+07:00",
                    R"({"unit":"20335","code":"20335","name":"Phường Tân Thạnh","level":"commune","valid_from":"2026-01-01"})"));
  const auto* row = fixture.row(kUnits, "20335");
  ASSERT_EQ(row->versions.size(), 2U);
  EXPECT_EQ(row->versions[0].valid_to, "2025-07-01");
  EXPECT_EQ(row->on("2025-09-01"), nullptr);
  EXPECT_EQ(row->valid_until, "");
}

TEST(Units, AnEndAloneIsKept) {
  FoldFixture fixture(make_units());
  fixture.fold(kTanThanhEnds);
  const auto* row = fixture.row(kUnits, "20335");
  EXPECT_FALSE(row->known);
  EXPECT_EQ(row->valid_until, "2025-07-01");
  EXPECT_EQ(row->successors.size(), 1U);
}

TEST(Units, TheOrderOfArrivalDoesNotMatter) {
  testing::expect_same_rows_in_any_order(
      make_units,
      {kTanThanh, kTanThanhEnds, kBanThach,
       fact("changed", "c1", "2024-01-01T00:00:00+07:00", R"({"unit":"20335","code":"1","valid_from":"2024-02-01"})"),
       fact("changed", "c2", "2024-01-02T00:00:00+07:00", R"({"unit":"20335","code":"2","valid_from":"2024-02-01"})"),
       fact(
           "dissolved", "d2", "2025-06-30T23:59:59+07:00",
           R"({"unit":"20335","valid_until":"2025-08-01","successors":[{"unit":"20335-2025","kind":"split","share":0.5},{"unit":"x"}]})"),
       fact("established", "e2", "2026-01-01T00:00:00+07:00",
            R"({"unit":"20335","code":"3","name":"Mới","level":"commune","valid_from":"2026-01-01","simulated":true})"),
       fact("dissolved", "d3", "2027-01-01T00:00:00+07:00", R"({"unit":"20335","valid_until":"2027-01-01"})")});
}

}  // namespace
}  // namespace dongbo::projection
