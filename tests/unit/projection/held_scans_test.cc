#include "hub/projection/held_scans.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "hub/base/record_codec.h"

namespace dongbo::projection {
namespace {

struct Given {
  std::int64_t time;
  HeldScans::Tag tag;
  bool out;
  Seat seat;
};
const Seat kHall{"dc-49", "49", "so"};
const Seat kCommune{"dc-502", "20335", "xa"};
const std::vector<Given> kDay = {
    {1000, 7, false, kCommune}, {1000, 3, true, kHall}, {400, 9, false, kHall}, {2500, 1, false, kHall}};

HeldScans held(const std::vector<Given>& scans) {
  HeldScans out;
  for (const auto& scan : scans) out.add(Millis(scan.time), scan.tag, scan.out, scan.seat);
  return out;
}
std::string bytes(const HeldScans& scans) {
  std::string out;
  scans.encode(out);
  return out;
}

TEST(HeldScans, TheSameScansAreTheSameBytesInEveryOrder) {
  auto order = kDay;
  const auto less = [](const Given& a, const Given& b) { return std::tie(a.time, a.tag) < std::tie(b.time, b.tag); };
  std::sort(order.begin(), order.end(), less);
  const auto expected = bytes(held(order));
  do {
    EXPECT_EQ(bytes(held(order)), expected);
  } while (std::next_permutation(order.begin(), order.end(), less));
}

TEST(HeldScans, ReadBackAsTheyWereWritten) {
  const auto scans = held(kDay);
  const auto stored = bytes(scans);
  HeldScans back;
  ByteReader in(stored);
  back.decode(in);
  EXPECT_TRUE(in.ok() && in.at_end());
  EXPECT_EQ(bytes(back), stored);
  EXPECT_EQ(back.to_json(), scans.to_json());
  EXPECT_EQ(back.begin()->time, Millis(400));
  EXPECT_EQ(back.seat(*back.begin()), kHall);
}

TEST(HeldScans, TimesBefore1970AndEqualTimesAreKept) {
  const auto scans = held({{-5, 1, false, kHall}, {-5, 2, true, kHall}, {0, 1, false, kHall}});
  const auto stored = bytes(scans);
  HeldScans back;
  ByteReader in(stored);
  back.decode(in);
  ASSERT_EQ(back.size(), 3u);
  EXPECT_EQ(back.begin()->time, Millis(-5));
  EXPECT_EQ(std::next(back.begin(), 2)->time, Millis(0));
}

TEST(HeldScans, BytesThatNameASeatThatIsNotThereAreRefused) {
  auto stored = bytes(held({{1000, 7, false, kHall}}));
  stored.back() = 8;
  HeldScans back;
  ByteReader in(stored);
  back.decode(in);
  EXPECT_FALSE(in.ok());
}

TEST(HeldScans, TakingOneOutLeavesWhatWouldBeThereWithoutIt) {
  auto scans = held(kDay);
  scans.remove(Millis(1000), 7, false, kCommune);
  EXPECT_EQ(bytes(scans), bytes(held({kDay[1], kDay[2], kDay[3]})));
  scans.remove(Millis(1000), 7, false, kCommune);  // not there any more
  scans.remove(Millis(1000), 3, false, kHall);     // there as an out
  EXPECT_EQ(scans.size(), 3u);
  // Two that are alike in everything: one goes.
  auto twice = held({kDay[0], kDay[0]});
  twice.remove(Millis(1000), 7, false, kCommune);
  EXPECT_EQ(bytes(twice), bytes(held({kDay[0]})));
}

TEST(HeldScans, OnlyInSinceHoldsUntilSomebodyIsScannedOut) {
  auto scans = held({kDay[2]});
  EXPECT_TRUE(scans.only_in_since(Millis(400), kHall));
  EXPECT_FALSE(scans.only_in_since(Millis(399), kHall));
  EXPECT_FALSE(scans.only_in_since(Millis(9000), kCommune));
  scans.add(Millis(5000), 1, true, kHall);
  EXPECT_FALSE(scans.only_in_since(Millis(400), kHall));
}

}  // namespace
}  // namespace dongbo::projection
