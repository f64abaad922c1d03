#include "hub/projection/attendance.h"

#include <gtest/gtest.h>

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::EventOptions;

// A meeting "M" told in short sentences; each is one event.
class Story {
 public:
  std::string invite(const std::string& delegate, const std::string& more = "",
                     const std::string& time = "2023-05-22T09:00:00+07:00", const std::string& composition = "g1",
                     const std::string& id = "") {
    const auto invitation = id.empty() ? "gm-" + delegate : id;
    return make(
        "invitation.issued", "issue-" + invitation, time,
        fmt::format(R"({{"meeting":"M","invitation":"{}","delegate":"{}","point":"p1","unit":"u1","composition":"{}"{}}})",
                    invitation, delegate, composition, more));
  }
  std::string withdraw(const std::string& invitation, const std::string& time) {
    return make("invitation.withdrawn", "withdraw-" + invitation, time,
                fmt::format(R"({{"meeting":"M","invitation":"{}"}})", invitation));
  }
  std::string in(const std::string& id, const std::string& delegate, const std::string& time, const std::string& point = "p1",
                 const std::string& composition = "g1") {
    return make("attendance.checked_in", id, at(time),
                fmt::format(R"({{"meeting":"M","point":"{}","unit":"u1","composition":"{}","delegate":"{}"}})", point,
                            composition, delegate));
  }
  std::string out(const std::string& id, const std::string& delegate, const std::string& time, const std::string& point = "p1") {
    return make("attendance.checked_out", id, at(time),
                fmt::format(R"({{"meeting":"M","point":"{}","delegate":"{}"}})", point, delegate));
  }
  std::string counted(const std::string& id, int headcount, const std::string& time) {
    return make("attendance.counted", id, at(time),
                fmt::format(R"({{"meeting":"M","point":"p1","composition":"g9","headcount":{}}})", headcount));
  }
  std::string corrected(const std::string& id, const std::string& target, const std::string& replacement,
                        const std::string& time = "14:00:00") {
    return make(
        "attendance.corrected", id, at(time),
        fmt::format(R"({{"meeting":"M","corrects":{{"source":"/simulated/test","id":"{}"}},"reason":"r","replacement":{}}})",
                    target, replacement));
  }
  std::string revoked(const std::string& id, const std::string& target, const std::string& time = "14:05:00") {
    return make("attendance.revoked", id, at(time),
                fmt::format(R"({{"meeting":"M","corrects":{{"source":"/simulated/test","id":"{}"}},"reason":"r"}})", target));
  }
  std::string declined(const std::string& delegate, bool leave) {
    return make("registration.declined", "dk-" + delegate, "2023-05-25T10:10:00+07:00",
                fmt::format(R"({{"meeting":"M","delegate":"{}","leave":{}}})", delegate, leave));
  }
  std::string delegated(const std::string& delegate, const std::string& substitute) {
    return make(
        "registration.delegated", "dt-" + delegate, "2023-05-25T10:20:00+07:00",
        fmt::format(
            R"({{"meeting":"M","delegate":"{}","substitute":"{}","substitute_name":"S","point":"p1","unit":"u1","composition":"g1"}})",
            delegate, substitute));
  }
  std::string confirmed(const std::string& delegate) {
    return make("registration.confirmed", "ok-" + delegate, "2023-05-25T10:00:00+07:00",
                fmt::format(R"({{"meeting":"M","delegate":"{}"}})", delegate));
  }

  // Plays in the order told, checks that any other order leaves the same rows, and gives the total.
  Figures total(const std::vector<std::string>& events) {
    fixture_ = std::make_unique<testing::FoldFixture>(make_attendance());
    for (const auto& each : events) fixture_->fold(each);
    testing::expect_same_rows_in_any_order([] { return make_attendance(); }, events);
    return figures(kAttendanceTotals);
  }
  template <class... Parts>
  Figures figures(const TableSpec<FiguresRow>& table, const Parts&... parts) {
    const auto* row = fixture_->row(table, "M", parts...);
    return row == nullptr ? Figures() : row->figures;
  }
  Figures at_point(const char* point) { return figures(kAttendancePoints, point); }
  Figures in_group(const char* composition) { return figures(kAttendanceCompositions, composition); }
  testing::FoldFixture& rows() { return *fixture_; }

 private:
  static std::string at(const std::string& time) { return "2023-05-30T" + time + "+07:00"; }
  static std::string make(std::string_view type, std::string_view id, std::string_view time, std::string_view data) {
    return event(type, id, time, data);
  }
  std::unique_ptr<testing::FoldFixture> fixture_;
};

TEST(Attendance, AnInvitedPersonWhoComesIsPresentOnce) {
  Story story;
  const auto total = story.total({story.invite("1"), story.confirmed("1"), story.in("a", "1", "07:41:09")});
  EXPECT_EQ(total.invited, 1);
  EXPECT_EQ(total.registered, 1);
  EXPECT_EQ(total.present, 1);
  EXPECT_EQ(total.checked_in, 1);
  EXPECT_EQ(total.awaited, 0);
  EXPECT_EQ(total.not_invited, 0);
  EXPECT_EQ(story.at_point("p1").present, 1);
  EXPECT_EQ(story.in_group("g1").present, 1);
  EXPECT_EQ(story.figures(kAttendanceUnits, "u1").present, 1);
  ASSERT_NE(story.rows().row(kAttendanceArrivals, "M", "2023-05-30T07:41+07:00"), nullptr);
  EXPECT_EQ(story.rows().row(kAttendanceArrivals, "M", "2023-05-30T07:41+07:00")->checked_in, 1);
}

TEST(Attendance, LeavingEarlyAndComingBackIsPresentAndCountedOnce) {
  Story story;
  auto total = story.total({story.in("a", "1", "07:41:00"), story.out("b", "1", "09:00:00")});
  EXPECT_EQ(total.present, 0);
  EXPECT_EQ(total.checked_out, 1);
  total = story.total({story.in("a", "1", "07:41:00"), story.out("b", "1", "09:00:00"), story.in("c", "1", "09:30:00")});
  EXPECT_EQ(total.present, 1);
  EXPECT_EQ(total.checked_in, 1);
  EXPECT_EQ(total.checked_out, 1);
}

TEST(Attendance, TwoPointsCountOnceInTheTotalOnceAtEachAndAreListed) {
  Story story;
  const auto total = story.total({story.in("a", "1", "07:41:00", "p1"), story.in("b", "1", "07:50:00", "p2")});
  EXPECT_EQ(total.present, 1);
  EXPECT_EQ(total.checked_in, 1);
  EXPECT_EQ(total.at_two_points, 1);
  EXPECT_EQ(story.at_point("p1").present, 1);
  EXPECT_EQ(story.at_point("p2").present, 1);
  EXPECT_EQ(story.in_group("g1").present, 1);
  const auto* listed = story.rows().row(kAttendanceAttention, "M", "at_two_points", "1");
  ASSERT_NE(listed, nullptr);
  EXPECT_EQ(listed->points, (std::vector<std::string>{"p1", "p2"}));
}

TEST(Attendance, APersonOfTwoGroupsCountsOnceInTheTotalAndOnceInEach) {
  Story story;
  const auto total =
      story.total({story.invite("1", "", "2023-05-22T09:00:00+07:00", "g1", "gm-a"),
                   story.invite("1", "", "2023-05-22T09:00:00+07:00", "g2", "gm-b"), story.in("a", "1", "07:41:00")});
  EXPECT_EQ(total.invited, 1);
  EXPECT_EQ(total.present, 1);
  EXPECT_EQ(story.in_group("g1").present, 1);
  EXPECT_EQ(story.in_group("g2").present, 1);
  EXPECT_EQ(story.in_group("g2").invited, 1);
}

TEST(Attendance, ASubstituteStandsForTheSeatHeTakes) {
  Story story;
  auto total = story.total({story.invite("9"), story.delegated("9", "9s")});
  EXPECT_EQ(total.invited, 1);
  EXPECT_EQ(total.awaited, 1) << "named, but not come";
  EXPECT_EQ(total.substitutes, 0);
  total = story.total({story.invite("9"), story.delegated("9", "9s"), story.in("a", "9s", "07:41:00")});
  EXPECT_EQ(total.invited, 1);
  EXPECT_EQ(total.present, 1);
  EXPECT_EQ(total.substitutes, 1);
  EXPECT_EQ(total.awaited, 0);
  EXPECT_EQ(total.not_invited, 0) << "the invitation of the one he stands for holds for him";
}

TEST(Attendance, ARevokedScanOfASubstituteLeavesTheSeatEmptyAgain) {
  Story story;
  const auto total =
      story.total({story.invite("9"), story.delegated("9", "9s"), story.in("a", "9s", "07:41:00"), story.revoked("r", "a")});
  EXPECT_EQ(total.present, 0);
  EXPECT_EQ(total.substitutes, 0);
  EXPECT_EQ(total.awaited, 1);
}

// A publisher that calls everybody by one name would otherwise make each event cost as much as all before it.
TEST(Attendance, OneNameForTooManyPersonsIsSetAsideAndTheOthersCount) {
  Story story;
  testing::FoldFixture fixture(make_attendance());
  int invited = 0, delegated = 0;
  for (int i = 0; i < 110; ++i) {
    const auto number = std::to_string(i);
    invited += fixture.offer(story.invite("unnamed", "", "2023-05-22T09:00:00+07:00", "g1", "gm-" + number)).has_value() ? 1 : 0;
    delegated += fixture.offer(story.delegated("d" + number, "somebody")).has_value() ? 1 : 0;
  }
  EXPECT_EQ(invited, 100);
  EXPECT_EQ(delegated, 100);
  EXPECT_TRUE(fixture.offer(story.withdraw("gm-7", "2023-05-29T09:00:00+07:00")).has_value()) << "of one that is held";
  const auto* total = fixture.row(kAttendanceTotals, "M");
  ASSERT_NE(total, nullptr);
  EXPECT_EQ(total->figures.invited, 1);
  EXPECT_EQ(fixture.row(kAttendancePersons, "M", "somebody")->stands_for->size(), 100u);
}

TEST(Attendance, HeadcountIsTheLatestByEventTimeAndApartFromPersons) {
  Story story;
  const auto total = story.total({story.counted("c2", 12, "08:30:00"), story.counted("c1", 11, "08:15:00")});
  EXPECT_EQ(total.headcount, 12);
  EXPECT_EQ(total.present, 0);
  EXPECT_EQ(story.at_point("p1").headcount, 12);
  EXPECT_EQ(story.in_group("g9").headcount, 12);
}

TEST(Attendance, ACountMayBeCorrectedAndRevoked) {
  Story story;
  EXPECT_EQ(story.total({story.counted("c1", 11, "08:15:00"), story.corrected("k", "c1", R"({"headcount":9})")}).headcount, 9);
  EXPECT_EQ(
      story.total({story.counted("c1", 11, "08:15:00"), story.counted("c2", 12, "08:30:00"), story.revoked("k", "c2")}).headcount,
      11);
}

TEST(Attendance, AWithdrawnInvitationWithThePersonPresentIsShown) {
  Story story;
  const auto total =
      story.total({story.invite("1"), story.withdraw("gm-1", "2023-05-29T09:00:00+07:00"), story.in("a", "1", "07:41:00")});
  EXPECT_EQ(total.invited, 0);
  EXPECT_EQ(total.present, 1);
  EXPECT_EQ(total.not_invited, 1);
  EXPECT_NE(story.rows().row(kAttendanceAttention, "M", "withdrawn_but_present", "1"), nullptr);
}

TEST(Attendance, AbsenceNeedsAnInvitationAndLeaveIsApart) {
  Story story;
  const auto total = story.total({story.invite("1"), story.invite("2"), story.declined("2", true), story.invite("3"),
                                  story.declined("3", false), story.invite("4"), story.in("a", "4", "07:41:00")});
  EXPECT_EQ(total.invited, 4);
  EXPECT_EQ(total.absent_with_leave, 1);
  EXPECT_EQ(total.awaited, 2);
  EXPECT_EQ(story.at_point("p1").absent_with_leave, 1);
}

TEST(Attendance, WhoDeclinedAndCameIsNotAbsent) {
  Story story;
  const auto total = story.total({story.invite("1"), story.declined("1", true), story.in("a", "1", "07:41:00")});
  EXPECT_EQ(total.absent_with_leave, 0);
  EXPECT_EQ(total.present, 1);
}

TEST(Attendance, ACorrectionMovesAScanToAnotherPointAndTime) {
  Story story;
  const auto total = story.total(
      {story.in("a", "1", "07:41:00", "p1"),
       story.corrected("k", "a",
                       R"({"point":"p2","unit":"u2","composition":"g2","delegate":"1","time":"2023-05-30T07:45:00+07:00"})")});
  EXPECT_EQ(total.present, 1);
  EXPECT_EQ(story.at_point("p1").checked_in, 0);
  EXPECT_EQ(story.at_point("p2").present, 1);
  EXPECT_EQ(story.rows().row(kAttendanceArrivals, "M", "2023-05-30T07:41+07:00"), nullptr);
  EXPECT_NE(story.rows().row(kAttendanceArrivals, "M", "2023-05-30T07:45+07:00"), nullptr);
}

TEST(Attendance, ACorrectionMayGiveAScanToAnotherPerson) {
  Story story;
  const auto total =
      story.total({story.invite("2"), story.in("a", "1", "07:41:00"), story.corrected("k", "a", R"({"delegate":"2"})")});
  EXPECT_EQ(total.present, 1);
  EXPECT_EQ(total.not_invited, 0);
  EXPECT_EQ(story.rows().row(kAttendancePersons, "M", "1"), nullptr);
}

TEST(Attendance, ARevocationOfACorrectionBringsTheScanBack) {
  Story story;
  const auto total = story.total({story.in("a", "1", "07:41:00", "p1"), story.corrected("k", "a", R"({"point":"p2"})"),
                                  story.revoked("r", "k", "15:00:00")});
  EXPECT_EQ(total.present, 1);
  EXPECT_EQ(story.at_point("p1").present, 1);
  EXPECT_EQ(story.at_point("p2").present, 0);
}

TEST(Attendance, TheLaterOfTwoCorrectionsHolds) {
  Story story;
  const auto total =
      story.total({story.in("a", "1", "07:41:00", "p1"), story.corrected("k1", "a", R"({"point":"p2"})", "14:00:00"),
                   story.corrected("k2", "a", R"({"point":"p3"})", "15:00:00")});
  EXPECT_EQ(total.present, 1);
  EXPECT_EQ(story.at_point("p3").present, 1);
  EXPECT_EQ(story.at_point("p2").present, 0);
}

TEST(Attendance, WhoComesAtAMomentBeforeHisInvitationIsNotInvitedThen) {
  Story story;
  const auto total = story.total({story.in("a", "1", "07:41:00"), story.invite("1", "", "2023-05-30T09:00:00+07:00")});
  EXPECT_EQ(total.invited, 1);
  EXPECT_EQ(total.not_invited, 1);
}

TEST(Attendance, AScanOfAWrongClockIsCountedButDoesNotSayWhenThePointWasHeardOf) {
  Story story;
  const auto total = story.total(
      {story.in("a", "1", "07:41:00"), event("attendance.checked_in", "b", "9999-12-31T23:59:59+07:00",
                                             R"({"meeting":"M","point":"p1","unit":"u1","composition":"g1","delegate":"2"})")});
  EXPECT_EQ(total.present, 2);
  EXPECT_EQ(story.rows().shown(kAttendancePoints, "M", "p1")["last_event_time"], "2023-05-30T07:41:00+07:00");
}

TEST(Attendance, AnEventThatCorrectsItselfIsRefused) {
  Story story;
  testing::FoldFixture fixture(make_attendance());
  EXPECT_FALSE(fixture.offer(story.revoked("r", "r")).has_value());
}

TEST(Attendance, TwoEventsThatCorrectEachOtherEndInARefusal) {
  Story story;
  testing::FoldFixture fixture(make_attendance());
  fixture.fold(story.revoked("r1", "r2"));
  EXPECT_FALSE(fixture.offer(story.revoked("r2", "r1")).has_value());
}

}  // namespace
}  // namespace dongbo::projection
