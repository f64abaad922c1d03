#include "hub/projection/held_scans.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "hub/base/record_codec.h"
#include "hub/projection/row_json.h"
#include "tests/support/encoded.h"

namespace dongbo::projection {
namespace {

using testing::encoded;

using Given = HeldScans::Moment;
const Seat kHall{"dc-49", "49", "so"};
const Seat kCommune{"dc-502", "20335", "xa"};
const std::vector<Given> kDay = {{Millis(1000), 7, false, kCommune},
                                 {Millis(1000), 3, true, kHall},
                                 {Millis(400), 9, false, kHall},
                                 {Millis(2500), 1, false, kHall}};

HeldScans held(const std::vector<Given>& scans) {
  HeldScans out;
  for (const auto& scan : scans) out.add(scan);
  return out;
}

TEST(HeldScans, TheSameScansAreTheSameBytesInEveryOrder) {
  auto order = kDay;
  const auto less = [](const Given& a, const Given& b) { return std::tie(a.time, a.tag) < std::tie(b.time, b.tag); };
  std::sort(order.begin(), order.end(), less);
  const auto expected = encoded(held(order));
  do {
    EXPECT_EQ(encoded(held(order)), expected);
  } while (std::next_permutation(order.begin(), order.end(), less));
}

TEST(HeldScans, ReadBackAsTheyWereWritten) {
  const auto scans = held(kDay);
  const auto stored = encoded(scans);
  HeldScans back;
  ByteReader in(stored);
  back.decode(in);
  EXPECT_TRUE(in.ok() && in.at_end());
  EXPECT_EQ(encoded(back), stored);
  EXPECT_EQ(json_of(back), json_of(scans));
  EXPECT_EQ(back.begin()->time, Millis(400));
  EXPECT_EQ(back.seat(*back.begin()), kHall);
}

TEST(HeldScans, TimesBefore1970AndEqualTimesAreKept) {
  const auto scans = held({{Millis(-5), 1, false, kHall}, {Millis(-5), 2, true, kHall}, {Millis(0), 1, false, kHall}});
  const auto stored = encoded(scans);
  HeldScans back;
  ByteReader in(stored);
  back.decode(in);
  ASSERT_EQ(back.size(), 3u);
  EXPECT_EQ(back.begin()->time, Millis(-5));
  EXPECT_EQ(std::next(back.begin(), 2)->time, Millis(0));
}

TEST(HeldScans, BytesThatNameASeatThatIsNotThereAreRefused) {
  auto stored = encoded(held({{Millis(1000), 7, false, kHall}}));
  stored.back() = 8;
  HeldScans back;
  ByteReader in(stored);
  back.decode(in);
  EXPECT_FALSE(in.ok());
}

TEST(HeldScans, TakingOneOutLeavesWhatWouldBeThereWithoutIt) {
  auto scans = held(kDay);
  scans.remove(kDay[0]);
  EXPECT_EQ(encoded(scans), encoded(held({kDay[1], kDay[2], kDay[3]})));
  scans.remove(kDay[0]);                          // not there any more
  scans.remove({Millis(1000), 3, false, kHall});  // there as an out
  EXPECT_EQ(scans.size(), 3u);
  // Two that are alike in everything: one goes.
  auto twice = held({kDay[0], kDay[0]});
  twice.remove(kDay[0]);
  EXPECT_EQ(encoded(twice), encoded(held({kDay[0]})));
}

TEST(HeldScans, ACheckInRepeatsOneBeforeItUntilSomebodyIsScannedOut) {
  auto scans = held({kDay[2]});
  const auto repeats = [&](std::int64_t time, HeldScans::Tag tag, const Seat& seat, bool out = false) {
    return scans.repeats({Millis(time), tag, out, seat});
  };
  EXPECT_TRUE(repeats(401, 1, kHall));
  EXPECT_TRUE(repeats(400, 9, kHall));
  EXPECT_FALSE(repeats(400, 8, kHall));
  EXPECT_FALSE(repeats(9000, 1, kCommune));
  EXPECT_FALSE(repeats(401, 1, kHall, true));
  scans.add({Millis(5000), 1, true, kHall});
  EXPECT_FALSE(repeats(401, 1, kHall));
}

std::vector<std::int64_t> times(const HeldScans& scans) {
  std::vector<std::int64_t> out;
  for (const auto& scan : scans) out.push_back(scan.time.value());
  return out;
}

// Check-ins at kHall of these times, then check-outs.
HeldScans at_hall(const std::vector<std::int64_t>& ins, const std::vector<std::int64_t>& outs = {}) {
  HeldScans out;
  for (const auto time : ins) out.add({Millis(time), 1, false, kHall});
  for (const auto time : outs) out.add({Millis(time), 1, true, kHall});
  return out;
}

TEST(HeldScans, FourOfASeatAreAllHeld) {
  auto scans = at_hall({10, 20, 30, 40}, {15, 25, 35, 45});
  scans.add({Millis(5), 1, false, kCommune});
  EXPECT_TRUE(scans.take_others().empty());
  EXPECT_FALSE(scans.has_others(kHall, false));
}

TEST(HeldScans, OfMoreOnlyTheFirstStaysWhenNobodyWasScannedOut) {
  auto scans = at_hall({10, 20, 30, 40, 50});
  scans.add({Millis(15), 3, false, kCommune});
  const auto taken = scans.take_others();
  EXPECT_EQ(times(scans), (std::vector<std::int64_t>{10, 15}));
  ASSERT_EQ(taken.size(), 4u);
  EXPECT_EQ(taken[0].time, Millis(50));
  EXPECT_EQ(taken[0].seat, kHall);
  EXPECT_TRUE(scans.has_others(kHall, false));
  EXPECT_FALSE(scans.has_others(kHall, true));
  EXPECT_FALSE(scans.has_others(kCommune, false));
  // And so it goes on, however few are held now.
  scans.add({Millis(60), 1, false, kHall});
  EXPECT_EQ(scans.take_others().size(), 1u);
}

TEST(HeldScans, WhoWasScannedOutKeepsTheLastCheckInAndTheLastCheckOut) {
  auto scans = at_hall({10, 20, 30, 40, 50}, {15, 25, 35, 45, 55});
  EXPECT_EQ(scans.take_others().size(), 7u);
  EXPECT_EQ(times(scans), (std::vector<std::int64_t>{10, 50, 55}));
  EXPECT_TRUE(scans.take_others().empty());
}

TEST(HeldScans, ASeatStaysWhileOthersOfItLieElsewhere) {
  auto scans = at_hall({10, 20, 30, 40, 50});
  scans.take_others();
  scans.remove({Millis(10), 1, false, kHall});
  EXPECT_TRUE(scans.empty());
  EXPECT_TRUE(scans.names(kHall));
  EXPECT_TRUE(scans.holds_all_with(4, kHall, false));
  EXPECT_FALSE(scans.holds_all_with(5, kHall, false));
  const auto stored = encoded(scans);
  HeldScans back;
  ByteReader in(stored);
  back.decode(in);
  EXPECT_TRUE(back.has_others(kHall, false));
  back.set_no_others(kHall, false);
  EXPECT_FALSE(back.names(kHall));
  EXPECT_EQ(encoded(back), encoded(HeldScans()));
}

}  // namespace
}  // namespace dongbo::projection
