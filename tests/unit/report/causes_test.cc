#include "hub/report/causes.h"

#include "hub/report/seal.h"
#include "tests/unit/report/report_hub.h"

namespace dongbo::report {
namespace {

class Causes : public ::testing::Test {
 protected:
  void SetUp() override {
    hub_.say("meeting.planned", R"("meeting":"M","title":"Hội nghị","day":"2023-05-30")");
    hub_.say("invitation.issued",
             R"("meeting":"M","invitation":"gm-1","point":"p","unit":"502","composition":"chu_tich_ubnd_xa","delegate":"1")");
    hub_.say("meeting.opened", R"("meeting":"M")");
    before_ = hub_.make(Kind::kBaoCao, "M");
  }
  void come(const char* delegate) {
    hub_.say("attendance.checked_in",
             fmt::format(R"("meeting":"M","point":"p","unit":"502","composition":"chu_tich_ubnd_xa","delegate":"{}")", delegate));
  }
  // By figure.
  std::map<std::string, Difference> differences() {
    const auto now = hub_.make(Kind::kBaoCao, "M");
    const auto found = differences_with_causes(before_, now, reference(), {"M", Kind::kBaoCao, false, ""},
                                               [this](const std::string& as_of) { return hub_.answers(as_of); });
    EXPECT_TRUE(found.has_value()) << found.error().message;
    std::map<std::string, Difference> out;
    if (found)
      for (const auto& each : *found) out[each.figure] = each;
    return out;
  }

  ReportHub hub_{1};
  Document before_;
};

TEST_F(Causes, AFigureIsChangedByTheLastEventThatDid) {
  come("1");                                                                                              // 0:4
  come("2");                                                                                              // 0:5
  hub_.say("feedback.submitted", R"("meeting":"M","feedback":"y-1","text":"ý kiến")");                    // 0:6
  come("3");                                                                                              // 0:7
  hub_.say("commitment.assigned", R"("meeting":"M","commitment":"nv-1","unit":"502","task":"Rà soát")");  // 0:8
  const auto found = differences();
  EXPECT_EQ(found.at("attendance.checked_in").was, "0");
  EXPECT_EQ(found.at("attendance.checked_in").is, "3");
  EXPECT_EQ(found.at("attendance.checked_in").cause, "Đại biểu vào họp, 0:7");
  EXPECT_EQ(found.at("feedback.all").cause, "Ý kiến được gửi, 0:6");
  EXPECT_EQ(found.at("commitments.all").cause, "Nhiệm vụ được giao, 0:8");
  for (const auto& [figure, difference] : found) EXPECT_FALSE(difference.cause.empty()) << figure;
}

TEST_F(Causes, ACorrectionIsNamedWithItsReason) {
  come("1");
  before_ = hub_.make(Kind::kBaoCao, "M");
  hub_.say("attendance.revoked",
           R"("meeting":"M","corrects":{"source":"/provinces/49/so-noi-vu","id":"e-4"},"reason":"thẻ dùng nhầm")");
  const auto found = differences();
  EXPECT_EQ(found.at("attendance.checked_in").is, "0");
  EXPECT_EQ(found.at("attendance.checked_in").cause, "Hủy điểm danh, 0:5 (thẻ dùng nhầm)");
}

TEST_F(Causes, NothingNewIsNoDifference) {
  EXPECT_TRUE(differences().empty());
}

TEST_F(Causes, AReportOfAnotherHubIsRefused) {
  auto other = before_;
  other.frozen.position = "0:99";
  other.figures.push_back({"x", "X", "1", "1"});
  const auto now = hub_.make(Kind::kBaoCao, "M");
  const auto found = differences_with_causes(other, now, reference(), {"M", Kind::kBaoCao, false, ""},
                                             [this](const std::string& as_of) { return hub_.answers(as_of); });
  ASSERT_FALSE(found.has_value());
  EXPECT_NE(found.error().message.find("another hub"), std::string::npos);
}

}  // namespace
}  // namespace dongbo::report
