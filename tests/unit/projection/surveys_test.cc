#include "hub/projection/surveys.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string answered(std::string_view id, std::string_view time, std::string_view more) {
  return event("feedback.survey_answered", id, time,
               fmt::format(R"({{"unit":"502","survey":"ks","index":"SIPAS","from":"nguoi_dan",{}}})", more));
}

TEST(Surveys, AnswersAreCountedByFactor) {
  FoldFixture fixture(make_surveys());
  fixture.fold(answered("1", "2023-05-01T08:00:00+07:00",
                        R"("response":"a","factors":[{"factor":"s1","score":4},{"factor":"s3","score":5}])"));
  fixture.fold(answered("2", "2023-05-01T09:00:00+07:00", R"("response":"b","factors":[{"factor":"s1","score":4.5}])"));
  const auto shown = fixture.shown(kSurveyFactors, "", "502", "ks", "SIPAS", "s1", "5");
  EXPECT_EQ(shown["answers"], 2);
  EXPECT_EQ(shown["score_sum"], "8.5");
  EXPECT_EQ(shown["scores"]["4"], 2);
  EXPECT_EQ(fixture.row(kSurveyFactors, "", "502", "ks", "SIPAS", "s3", "5")->answers, 1);
  const auto* survey = fixture.row(kSurveys, "", "502", "ks");
  EXPECT_EQ(survey->responses, 2);
  EXPECT_EQ(survey->by_group.at("nguoi_dan"), 2);
  EXPECT_TRUE(survey->simulated);
}

TEST(Surveys, AResponseSentAgainReplacesWhatItSaid) {
  FoldFixture fixture(make_surveys());
  fixture.fold(answered("2", "2023-05-01T09:00:00+07:00", R"("response":"a","factors":[{"factor":"s1","score":2}])"));
  fixture.fold(answered("1", "2023-05-01T08:00:00+07:00",
                        R"("response":"a","factors":[{"factor":"s1","score":4},{"factor":"s2","score":1}])"));
  EXPECT_EQ(fixture.row(kSurveyFactors, "", "502", "ks", "SIPAS", "s1", "5")->score_sum, "2");
  EXPECT_EQ(fixture.row(kSurveyFactors, "", "502", "ks", "SIPAS", "s2", "5"), nullptr);
  EXPECT_EQ(fixture.row(kSurveys, "", "502", "ks")->responses, 1);
  fixture.fold(answered("3", "2023-05-01T10:00:00+07:00", R"("response":"a","factors":[{"factor":"s9","score":3}])"));
  EXPECT_EQ(fixture.row(kSurveyFactors, "", "502", "ks", "SIPAS", "s1", "5"), nullptr) << "taken back";
  EXPECT_EQ(fixture.row(kSurveyFactors, "", "502", "ks", "SIPAS", "s9", "5")->answers, 1);
}

TEST(Surveys, AnswersWithoutAResponseEachCount) {
  FoldFixture fixture(make_surveys());
  fixture.fold(answered("1", "2023-05-01T08:00:00+07:00", R"("factors":[{"factor":"s1","score":4}])"));
  fixture.fold(answered("2", "2023-05-01T08:00:00+07:00", R"("factors":[{"factor":"s1","score":4}])"));
  EXPECT_EQ(fixture.row(kSurveys, "", "502", "ks")->responses, 2);
}

TEST(Surveys, AnswersOnDifferentScalesAreNotAddedUp) {
  FoldFixture fixture(make_surveys());
  fixture.fold(answered("1", "2023-05-01T08:00:00+07:00", R"("response":"a","factors":[{"factor":"s1","score":4}])"));
  fixture.fold(
      answered("2", "2023-05-01T08:00:00+07:00", R"("response":"b","factors":[{"factor":"s1","score":80,"scale":100}])"));
  EXPECT_EQ(fixture.row(kSurveyFactors, "", "502", "ks", "SIPAS", "s1", "5")->score_sum, "4");
  EXPECT_EQ(fixture.row(kSurveyFactors, "", "502", "ks", "SIPAS", "s1", "100")->score_sum, "80");
}

TEST(Surveys, TheOrderOfArrivalDoesNotMatter) {
  testing::expect_same_rows_in_any_order(
      make_surveys,
      {answered("1", "2023-05-01T08:00:00+07:00",
                R"("response":"a","factors":[{"factor":"s1","score":4},{"factor":"s1","score":3}])"),
       answered("2", "2023-05-01T09:00:00+07:00", R"("response":"a","factors":[{"factor":"s2","score":2.25}])"),
       answered("3", "2023-05-01T09:00:00+07:00", R"("response":"a","simulated":true,"factors":[{"factor":"s1","score":1}])"),
       answered("4", "2023-05-01T07:00:00+07:00", R"("response":"b","factors":[{"factor":"s1","score":0.1}])"),
       answered("5", "2023-05-01T07:00:00+07:00", R"("factors":[{"factor":"s1","score":0.2}])")});
}

}  // namespace
}  // namespace dongbo::projection
