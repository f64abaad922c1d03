#include "hub/projection/facts.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

Stamp at(std::int64_t time, char identity) {
  Stamp stamp{Millis(time), {}};
  stamp.identity.bytes.fill(static_cast<std::uint8_t>(identity));
  return stamp;
}

struct Said20 {
  Said said;
  static void fields(auto& row, auto&& visit) { visit("said", row.said); }
};

TEST(FactName, OnlyTheFirstVersionOfOurOwnTypesHasOne) {
  EXPECT_EQ(fact_name("vn.dongbo.invitation.issued.v1"), "invitation.issued");
  for (const char* type : {"vn.dongbo.invitation.issued.v2", "vn.dongbo.invitation.issued", "org.other.issued.v1",
                           "vn.dongbo..v1x", "vn.dongbo.v1", ""}) {
    EXPECT_EQ(fact_name(type), "") << type;
  }
}

TEST(Said, TheLatestByTimeThenIdentityHoldsAMember) {
  Said said;
  EXPECT_TRUE(said.claim(3, at(10, 'b')));
  EXPECT_FALSE(said.claim(3, at(9, 'z'))) << "earlier";
  EXPECT_FALSE(said.claim(3, at(10, 'a'))) << "the same moment, a lower identity";
  EXPECT_TRUE(said.claim(3, at(10, 'b'))) << "the same event again";
  EXPECT_TRUE(said.claim(3, at(10, 'c')));
  EXPECT_TRUE(said.claim(4, at(1, 'a'))) << "another member is another matter";
}

TEST(Said, EqualKnowledgeIsEqualBytes) {
  Said20 one, other;
  for (const char identity : {'a', 'b', 'c'}) {
    for (unsigned member = 0; member < 20; ++member) one.said.claim(member, at(identity, identity));
  }
  one.said.claim(7, at(200, 'd'));
  other.said.claim(7, at(200, 'd'));
  for (unsigned member = 20; member-- > 0;) other.said.claim(member, at('c', 'c'));
  EXPECT_EQ(encode_record(one), encode_record(other)) << "events that hold no member any more leave nothing";
  EXPECT_LT(encode_record(one).size(), 60U);
}

struct Item {
  Stamp stamp;
  static void fields(auto& row, auto&& visit) {
    visit("time", row.stamp.time);
    visit("_identity", row.stamp.identity);
  }
};

TEST(History, BeyondItsLimitTheOldestLeavesWhateverArrivesLast) {
  History<Item, 3> history;
  for (const int time : {5, 1, 4, 2, 3}) history.add({at(time, 'a')});
  ASSERT_EQ(history.items.size(), 3U);
  EXPECT_EQ(history.items.front().stamp.time, Millis(3));
  EXPECT_EQ(history.items.back().stamp.time, Millis(5));
  EXPECT_EQ(history.total, 5U);
  EXPECT_EQ(history.not_listed(), 2U);
}

TEST(History, TheSameFactIsListedOnce) {
  History<Item, 3> history;
  history.add({at(1, 'a')});
  history.add({at(1, 'a')});
  history.add({at(1, 'b')});
  EXPECT_EQ(history.items.size(), 2U);
  EXPECT_EQ(history.total, 2U);
}

}  // namespace
}  // namespace dongbo::projection
