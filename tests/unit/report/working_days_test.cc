#include "hub/report/working_days.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temp_directory.h"

namespace dongbo::report {
namespace {

const WorkingDays& real() {
  static const auto loaded =
      WorkingDays::load(std::filesystem::path(DONGBO_SOURCE_DIR) / "schemas" / "catalogues" / "holidays.json");
  DONGBO_ASSERT(loaded.has_value());
  return *loaded;
}

TEST(WorkingDays, ANoticeIsDueOnTheFifthWorkingDayAfterTheMeeting) {
  const auto due = real().after("2023-05-30", 5);  // a Tuesday; a weekend lies between
  EXPECT_EQ(due.day, "2023-06-06");
  EXPECT_TRUE(due.certain);
}

TEST(WorkingDays, HolidaysAndTheirCompensationDoNotCount) {
  EXPECT_EQ(real().after("2023-04-28", 1).day, "2023-05-04");  // 29/4 to 3/5
  EXPECT_EQ(real().after("2023-01-19", 1).day, "2023-01-27");  // Tết
  EXPECT_EQ(real().after("2023-08-31", 1).day, "2023-09-05");
}

TEST(WorkingDays, AWeekendThatIsWorkedInsteadCounts) {
  EXPECT_FALSE(real().is_working_day("2024-04-29"));
  EXPECT_TRUE(real().is_working_day("2024-05-04"));  // a Saturday
  EXPECT_FALSE(real().is_working_day("2024-05-05"));
}

TEST(WorkingDays, AYearWithoutATableIsNotCertain) {
  const auto due = real().after("2031-05-30", 5);
  EXPECT_EQ(due.day, "2031-06-06");
  EXPECT_FALSE(due.certain);
  EXPECT_FALSE(real().after("2024-12-31", 1).certain);  // ends in a year that is not known
}

TEST(WorkingDays, ABadTableIsRefusedWithItsPlace) {
  const testing::TempDirectory directory;
  const auto file = directory.path() / "holidays.json";
  const auto trouble = [&](const char* text) {
    std::ofstream(file) << text;
    const auto loaded = WorkingDays::load(file);
    return loaded ? std::string("loaded") : loaded.error().message;
  };
  EXPECT_NE(trouble("{").find("no list \"years\""), std::string::npos);
  EXPECT_NE(trouble(R"({"years":[{}]})").find("no \"year\""), std::string::npos);
  EXPECT_NE(trouble(R"({"years":[{"year":2023,"off":["2023-02-30"]}]})").find("2023-02-30"), std::string::npos);
  EXPECT_NE(trouble(R"({"years":[{"year":2023,"off":["2024-02-01"]}]})").find("no day of 2023"), std::string::npos);
  EXPECT_NE(WorkingDays::load(directory.path() / "none.json").error().message.find("cannot be opened"), std::string::npos);
}

}  // namespace
}  // namespace dongbo::report
