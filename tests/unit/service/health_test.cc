#include "hub/service/health.h"

#include <gtest/gtest.h>

namespace dongbo::service {
namespace {

using std::chrono::seconds;

class ProgressTest : public testing::Test {
 protected:
  bool stuck(std::uint64_t at, std::uint64_t target) { return progress_.stuck(at, target, now_, seconds(10)); }
  void later(int by) { now_ += seconds(by); }

  Health::Progress progress_;
  std::chrono::steady_clock::time_point now_;
};

TEST_F(ProgressTest, NothingToDoIsNotStuck) {
  EXPECT_FALSE(stuck(5, 5));
  later(100);
  EXPECT_FALSE(stuck(5, 5));
}

TEST_F(ProgressTest, BehindAndStandingStillIsStuck) {
  EXPECT_FALSE(stuck(5, 9));
  later(9);
  EXPECT_FALSE(stuck(5, 20));
  later(1);
  EXPECT_TRUE(stuck(5, 20));
  EXPECT_FALSE(stuck(6, 20));
}

TEST_F(ProgressTest, BehindButMovingIsNotStuck) {
  for (std::uint64_t at = 1; at < 50; ++at) {
    EXPECT_FALSE(stuck(at, 1000));
    later(9);
  }
}

TEST_F(ProgressTest, TheTimeBeginsWhenItFallsBehind) {
  EXPECT_FALSE(stuck(5, 5));
  later(100);
  EXPECT_FALSE(stuck(5, 5));
  later(1);
  EXPECT_FALSE(stuck(5, 6));
}

}  // namespace
}  // namespace dongbo::service
