#include "hub/projection/readiness.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string report(std::string_view id, std::string_view time, std::string_view states) {
  return event("readiness.reported", id, time, fmt::format(R"({{"meeting":"M","point":"dc-502",{}}})", states));
}

TEST(Readiness, EachStateIsTheLatestThatWasSaidOfIt) {
  const auto first = report("r1", "2023-05-30T07:00:00+07:00", R"("line":"connected","sound":"ok","power":"ok")");
  const auto second = report("r2", "2023-05-30T07:30:00+07:00", R"("line":"disconnected")");
  FoldFixture fixture(make_readiness());
  fixture.fold(second);
  fixture.fold(first);
  const auto* row = fixture.row(kReadiness, "M", "dc-502");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->line, "disconnected");
  EXPECT_EQ(row->sound, "ok");
  EXPECT_EQ(row->picture, "");
  ASSERT_EQ(row->history.items.size(), 2U);
  EXPECT_EQ(row->history.items[0].line, "connected");
  testing::expect_same_rows_in_any_order(make_readiness, {first, second});
}

TEST(Readiness, AReportOfTheDayEndsTheRehearsal) {
  FoldFixture fixture(make_readiness());
  fixture.fold(report("r1", "2023-05-29T15:00:00+07:00", R"("line":"connected","rehearsal":true)"));
  EXPECT_TRUE(fixture.row(kReadiness, "M", "dc-502")->rehearsal);
  fixture.fold(report("r2", "2023-05-30T07:00:00+07:00", R"("line":"connected")"));
  EXPECT_FALSE(fixture.row(kReadiness, "M", "dc-502")->rehearsal);
}

TEST(Readiness, TheHistoryKeepsTheNewest200ByEventTimeAndCountsTheRest) {
  std::vector<std::string> events;
  for (int i = 0; i < 230; ++i) {
    events.push_back(report(fmt::format("r{}", i), fmt::format("2023-05-30T{:02}:{:02}:00+07:00", 7 + i / 60, i % 60),
                            i % 2 == 0 ? R"("line":"connected")" : R"("line":"connecting")"));
  }
  FoldFixture fixture(make_readiness());
  for (const auto& one : events) fixture.fold(one);
  const auto* row = fixture.row(kReadiness, "M", "dc-502");
  EXPECT_EQ(row->history.items.size(), 200U);
  EXPECT_EQ(row->history.total, 230U);
  EXPECT_EQ(dongbo::event::format_timestamp(row->history.items.front().stamp.time), "2023-05-30T07:30:00+07:00");
  testing::expect_same_rows_in_any_order(make_readiness, events);
}

TEST(Readiness, ARowIsReadableAsItIsShown) {
  FoldFixture fixture(make_readiness());
  fixture.fold(report("r1", "2023-05-30T07:00:00+07:00", R"("line":"connected","technician":"Kỹ thuật viên mô phỏng")"));
  const auto shown = fixture.shown(kReadiness, "M", "dc-502");
  EXPECT_EQ(shown["time"], "2023-05-30T07:00:00+07:00");
  EXPECT_EQ(shown["history"][0]["line"], "connected");
  EXPECT_EQ(shown["history"][0]["time"], "2023-05-30T07:00:00+07:00");
  EXPECT_NO_THROW(std::ignore = shown.dump()) << "no bytes that are not UTF-8 reach a reader";
}

}  // namespace
}  // namespace dongbo::projection
