#include "hub/projection/points.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

TEST(Points, APlannedPointIsShownByItsNames) {
  FoldFixture fixture(make_points());
  fixture.fold(
      event("meeting.point_planned", "p1", "2023-05-16T00:00:00+07:00",
            R"({"meeting":"M","point":"dc-502","level":"district","unit":"502","name":"Điểm cầu Tam Kỳ","place":"Phòng họp",
                         "capacity":40,"compositions":["a","b"]})"));
  EXPECT_EQ(fixture.shown(kPoints, "M", "dc-502").dump(),
            R"({"meeting":"M","point":"dc-502","level":"district","unit":"502","name":"Điểm cầu Tam Kỳ","place":"Phòng họp",)"
            R"("capacity":40,"order":null,"compositions":["a","b"],"planned":true,)"
            R"("simulated":true})");
}

TEST(Points, APlanSaidAgainReplacesTheOneBeforeByEventTimeNotByArrival) {
  const auto first = event("meeting.point_planned", "p1", "2023-05-16T00:00:00+07:00",
                           R"({"meeting":"M","point":"dc-502","unit":"502","place":"Phòng 1","capacity":40})");
  const auto second = event("meeting.point_planned", "p2", "2023-05-20T00:00:00+07:00",
                            R"({"meeting":"M","point":"dc-502","unit":"502","place":"Phòng 2"})");
  FoldFixture fixture(make_points());
  fixture.fold(second);
  fixture.fold(first);
  EXPECT_EQ(fixture.row(kPoints, "M", "dc-502")->place, "Phòng 2");
  EXPECT_FALSE(fixture.row(kPoints, "M", "dc-502")->capacity) << "a later plan without a capacity has none";
  testing::expect_same_rows_in_any_order(make_points, {first, second});
}

TEST(Points, EachPointOfAMeetingCountsOnce) {
  FoldFixture fixture(make_points());
  for (const char* point : {"dc-502", "dc-503", "dc-502"}) {
    fixture.fold(event("meeting.point_planned", std::string("p-") + point, "2023-05-16T00:00:00+07:00",
                       fmt::format(R"({{"meeting":"M","point":"{}"}})", point)));
  }
  EXPECT_EQ(fixture.row(kPointCounts, "M")->points, 2);
}

TEST(Points, APointKnownOnlyFromAnotherFactIsNotMade) {
  FoldFixture fixture(make_points());
  const auto taken = fixture.offer(
      event("attendance.checked_in", "c1", "2023-05-30T07:41:09+07:00", R"({"meeting":"M","point":"dc-9","delegate":"7"})"));
  ASSERT_TRUE(taken.has_value());
  EXPECT_FALSE(*taken);
  EXPECT_TRUE(fixture.stored().empty());
}

}  // namespace
}  // namespace dongbo::projection
