#include "hub/projection/registrations.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string fact(std::string_view what, std::string_view id, std::string_view time, std::string_view more) {
  return event(fmt::format("registration.{}", what), id, time, fmt::format(R"({{"meeting":"M","delegate":"0008",{}}})", more));
}

TEST(Registrations, ADeclineWithLeaveKeepsItsReason) {
  FoldFixture fixture(make_registrations());
  fixture.fold(fact("declined", "d", "2023-05-25T10:10:00+07:00",
                    R"("invitation":"gm-8","point":"dc-502","unit":"20338","composition":"g","leave":true,"reason":"công tác")"));
  const auto shown = fixture.shown(kRegistrations, "M", "0008");
  EXPECT_EQ(shown["state"], "declined");
  EXPECT_EQ(shown["leave"], true);
  EXPECT_EQ(shown["reason"], "công tác");
  EXPECT_EQ(shown["time"], "2023-05-25T10:10:00+07:00");
  EXPECT_EQ(shown["unit"], "20338");
}

TEST(Registrations, ALaterStateClearsWhatBelongedToTheOldOne) {
  FoldFixture fixture(make_registrations());
  fixture.fold(fact("changed", "c", "2023-05-27T10:00:00+07:00", R"("state":"confirmed","point":"dc-503")"));
  fixture.fold(fact("declined", "d", "2023-05-25T10:10:00+07:00", R"("point":"dc-502","leave":true,"reason":"công tác")"));
  const auto* row = fixture.row(kRegistrations, "M", "0008");
  EXPECT_EQ(row->state, "confirmed");
  EXPECT_FALSE(row->leave);
  EXPECT_EQ(row->reason, "");
  EXPECT_EQ(row->point, "dc-503");
  EXPECT_EQ(row->history.items[0].reason, "công tác") << "the history still tells it";
}

TEST(Registrations, AChangeWithoutAStateSaysOnlyWhatItHas) {
  FoldFixture fixture(make_registrations());
  fixture.fold(fact("changed", "c", "2023-05-27T10:00:00+07:00", R"("leave":true)"));
  EXPECT_FALSE(fixture.row(kRegistrations, "M", "0008")->known) << "no fact says a state yet";
  fixture.fold(fact("declined", "d", "2023-05-25T10:10:00+07:00", R"("leave":false,"reason":"bận")"));
  const auto* row = fixture.row(kRegistrations, "M", "0008");
  EXPECT_TRUE(row->known);
  EXPECT_EQ(row->state, "declined");
  EXPECT_TRUE(row->leave) << "given leave later";
  EXPECT_EQ(row->reason, "bận");
}

TEST(Registrations, ADelegationNamesTheSubstitute) {
  FoldFixture fixture(make_registrations());
  fixture.fold(fact("delegated", "s", "2023-05-25T10:20:00+07:00",
                    R"("substitute":"0008-thay","substitute_name":"Đại biểu mô phỏng thay")"));
  const auto* row = fixture.row(kRegistrations, "M", "0008");
  EXPECT_EQ(row->state, "delegated");
  EXPECT_EQ(row->substitute, "0008-thay");
  EXPECT_EQ(row->substitute_name, "Đại biểu mô phỏng thay");
}

TEST(Registrations, APersonOfTwoGroupsMayAnswerEachInvitationDifferently) {
  FoldFixture fixture(make_registrations());
  fixture.fold(fact("confirmed", "a", "2023-05-25T10:00:00+07:00", R"("invitation":"gm-a","composition":"g1")"));
  fixture.fold(fact("declined", "b", "2023-05-25T11:00:00+07:00", R"("invitation":"gm-b","composition":"g2","leave":true)"));
  const auto shown = fixture.shown(kRegistrations, "M", "0008")["invitations"];
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0]["invitation"], "gm-a");
  EXPECT_EQ(shown[0]["state"], "confirmed");
  EXPECT_EQ(shown[1]["state"], "declined");
  fixture.fold(fact("changed", "c", "2023-05-26T10:00:00+07:00", R"("state":"declined","leave":true)"));
  EXPECT_EQ(fixture.shown(kRegistrations, "M", "0008")["invitations"][0]["state"], "declined")
      << "a fact that names no invitation speaks of all";
}

TEST(Registrations, MoreInvitationsThanTheLimitAreRefusedAndLeaveNoTrace) {
  FoldFixture fixture(make_registrations());
  for (std::size_t i = 0; i < kRegisteredInvitationsMax; ++i) {
    fixture.fold(
        fact("confirmed", fmt::format("r{}", i), "2023-05-25T10:00:00+07:00", fmt::format(R"("invitation":"gm-{}")", i)));
  }
  const auto before = fixture.stored();
  const auto result = fixture.offer(fact("declined", "one-more", "2023-05-26T10:00:00+07:00", R"("invitation":"gm-x")"));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().error_class, ErrorClass::kPoison);
  EXPECT_EQ(fixture.stored(), before);
}

TEST(Registrations, TheOrderOfArrivalDoesNotMatter) {
  testing::expect_same_rows_in_any_order(
      make_registrations,
      {fact("confirmed", "a", "2023-05-25T10:00:00+07:00", R"("invitation":"gm-a","composition":"g1","name":"A")"),
       fact("declined", "b", "2023-05-25T11:00:00+07:00", R"("invitation":"gm-b","leave":true,"reason":"x")"),
       fact("delegated", "c", "2023-05-25T12:00:00+07:00", R"("substitute":"0009","substitute_name":"B")"),
       fact("changed", "d", "2023-05-25T13:00:00+07:00", R"("leave":true,"unit":"1")"),
       fact("changed", "e", "2023-05-25T12:00:00+07:00", R"("state":"confirmed","invitation":"gm-b")"),
       fact("confirmed", "f", "2023-05-24T10:00:00+07:00", R"("point":"dc-1")"),
       fact("declined", "g", "2023-05-25T13:00:00+07:00", R"("invitation":"gm-a")")});
}

}  // namespace
}  // namespace dongbo::projection
