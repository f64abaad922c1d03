#include "hub/projection/invitations.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string issued(std::string_view id, std::string_view time, std::string_view more) {
  return event("invitation.issued", id, time, fmt::format(R"({{"meeting":"M","invitation":"gm-7",{}}})", more));
}
std::string withdrawn(std::string_view id, std::string_view time, std::string_view more = R"("reason":"mời trùng")") {
  return event("invitation.withdrawn", id, time, fmt::format(R"({{"meeting":"M","invitation":"gm-7",{}}})", more));
}
constexpr std::string_view kNamed =
    R"("point":"dc-502","unit":"20335","composition":"chu_tich_ubnd_xa","delegate":"0007","name":"Đại biểu mô phỏng 0007","position":"Chủ tịch")";

TEST(Invitations, ANamedInvitationAndAHeadcountAreShownAsSuch) {
  FoldFixture fixture(make_invitations());
  fixture.fold(issued("i1", "2023-05-22T09:00:00+07:00", kNamed));
  fixture.fold(event("invitation.issued", "i2", "2023-05-22T09:05:00+07:00",
                     R"({"meeting":"M","invitation":"gm-12","point":"dc-502","composition":"truong_phong","headcount":12})"));
  const auto named = fixture.shown(kInvitations, "M", "gm-7");
  EXPECT_EQ(named["delegate"], "0007");
  EXPECT_EQ(named["name"], "Đại biểu mô phỏng 0007");
  EXPECT_TRUE(named["headcount"].is_null());
  EXPECT_EQ(named["state"], "valid");
  EXPECT_EQ(named["issued_at"], "2023-05-22T09:00:00+07:00");
  EXPECT_EQ(named["withdrawn_at"], "");
  const auto counted = fixture.shown(kInvitations, "M", "gm-12");
  EXPECT_EQ(counted["headcount"], 12);
  EXPECT_EQ(counted["delegate"], "");
}

TEST(Invitations, AWithdrawalThatArrivesFirstKeepsWhatItNamesUntilTheIssueIsKnown) {
  FoldFixture fixture(make_invitations());
  fixture.fold(withdrawn("w", "2023-05-28T09:00:00+07:00", R"("delegate":"0007","point":"dc-49","reason":"mời trùng")"));
  EXPECT_FALSE(fixture.row(kInvitations, "M", "gm-7")->known);
  EXPECT_EQ(fixture.row(kInvitations, "M", "gm-7")->point, "dc-49");
  fixture.fold(issued("i1", "2023-05-22T09:00:00+07:00", kNamed));
  const auto* row = fixture.row(kInvitations, "M", "gm-7");
  EXPECT_TRUE(row->known);
  EXPECT_EQ(row->state, "withdrawn");
  EXPECT_EQ(row->withdrawn_reason, "mời trùng");
  EXPECT_EQ(row->point, "dc-502") << "the invitation says where, not the withdrawal";
}

TEST(Invitations, IssuedAgainAfterAWithdrawalItIsValid) {
  FoldFixture fixture(make_invitations());
  fixture.fold(issued("i2", "2023-05-29T09:00:00+07:00", R"("delegate":"0007","point":"dc-503")"));
  fixture.fold(withdrawn("w", "2023-05-28T09:00:00+07:00"));
  fixture.fold(issued("i1", "2023-05-22T09:00:00+07:00", kNamed));
  const auto* row = fixture.row(kInvitations, "M", "gm-7");
  EXPECT_EQ(row->state, "valid");
  EXPECT_FALSE(row->withdrawn_at);
  EXPECT_EQ(row->point, "dc-503");
  EXPECT_EQ(row->name, "") << "a new invitation is a whole statement";
  EXPECT_EQ(row->history.total, 3U);
}

TEST(Invitations, TheOrderOfArrivalDoesNotMatter) {
  testing::expect_same_rows_in_any_order(
      make_invitations,
      {issued("i1", "2023-05-22T09:00:00+07:00", kNamed), issued("i2", "2023-05-29T09:00:00+07:00", R"("headcount":3)"),
       withdrawn("w1", "2023-05-28T09:00:00+07:00", R"("unit":"1","actor":"x")"), withdrawn("w2", "2023-05-28T09:00:00+07:00"),
       issued("i3", "2023-05-22T09:00:00+07:00", R"("delegate":"0008")")});
}

}  // namespace
}  // namespace dongbo::projection
