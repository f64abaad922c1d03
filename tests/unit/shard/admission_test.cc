#include "hub/shard/admission.h"

#include <thread>

#include "tests/support/shard_fixture.h"

namespace dongbo::shard {
namespace {

using testing::check_in;
using testing::TempDirectory;
using Kind = Outcome::Kind;

std::vector<Kind> kinds(Admitter& admitter, const std::vector<std::string>& events, Sequence next) {
  std::vector<Submission> batch(1);
  for (const auto& each : events) batch[0].items.push_back(testing::admit(each));
  const auto decision = admitter.decide(batch, next, QuarantineNumber(1));
  EXPECT_TRUE(decision.has_value());
  std::vector<Kind> out;
  for (const auto& outcome : decision->outcomes[0]) out.push_back(outcome.kind);
  return out;
}

TEST(Admitter, WhatTheIndexHeldBeforeIsKnownFromTheFirstMomentOn) {
  constexpr std::uint64_t kHeld = 20'000;
  TempDirectory directory;
  const auto journal = journal::Journal::open(directory.path() / "journal", ShardId(0), journal::Journal::Mode::kReadWrite);
  ASSERT_TRUE(journal.has_value());
  auto index = journal::IdentityIndex::open(directory.path() / "identity", ShardId(0), false);
  ASSERT_TRUE(index.has_value());
  std::vector<journal::IdentityIndex::Item> items;
  for (std::uint64_t i = 0; i < kHeld; ++i) {
    const auto event = std::get<event::PreparedEvent>(testing::admit(check_in("old" + std::to_string(i), "M", "1")).item);
    items.push_back({event.identity, {event.content, Sequence(i + 1)}});
  }
  ASSERT_TRUE((*index)->index(items, Sequence(kHeld)).has_value());

  Admitter admitter(**journal, **index);
  // What the index holds is read beside the asking: before that has ended, meanwhile and after it.
  for (int round = 0; round < 40; ++round) {
    const auto number = std::to_string(round * 499);
    const auto fresh = "new" + std::to_string(round);
    const auto next = Sequence(kHeld + 1 + static_cast<std::uint64_t>(round));
    EXPECT_EQ(kinds(admitter, {check_in("old" + number, "M", "1"), check_in("old" + number, "M", "2"), check_in(fresh, "M", "1")},
                    next),
              (std::vector{Kind::kDuplicate, Kind::kConflict, Kind::kAccepted}))
        << round;
    EXPECT_EQ(kinds(admitter, {check_in(fresh, "M", "1")}, next.next()), std::vector{Kind::kDuplicate});
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace
}  // namespace dongbo::shard
