#include "hub/projection/surveys.h"

#include <fmt/format.h>

#include "hub/projection/decimal.h"

namespace dongbo::projection {
namespace {

struct Scope {
  std::string meeting;
  std::string unit;
  std::string survey;
};

Result<SurveyResponseRow> response_of(const Fact& fact) {
  SurveyResponseRow out{fact.stamp, fact.text("index"), fact.text("from"), {}};
  for (const auto& item : fact.data.objects("factors")) {
    const auto score = Decimal::parse(item.decimal("score"));
    if (!score)
      return Error::poison(
          fmt::format("điểm của yếu tố {0} không phải số thập phân / score of factor {0} is no decimal", item.text("factor")));
    auto scale = item.decimal("scale");
    if (scale.empty()) scale = "5";
    out.answers.push_back({std::string(item.text("factor")), std::move(scale), score->text()});
  }
  return out;
}

std::string whole_part(const std::string& score) {
  return score.substr(0, score.find('.'));
}

// Adds (count = 1) or takes back (count = -1) one response.
void count_response(const Scope& scope, const SurveyResponseRow& response, std::int64_t count, Tables& tables) {
  auto& survey = tables[kSurveys].upsert(key(scope.meeting, scope.unit, scope.survey));
  survey.meeting = scope.meeting;
  survey.unit = scope.unit;
  survey.survey = scope.survey;
  survey.responses += count;
  if ((survey.by_group[response.from] += count) == 0) survey.by_group.erase(response.from);
  for (const auto& answer : response.answers) {
    const auto row_key = key(scope.meeting, scope.unit, scope.survey, response.index, answer.factor, answer.scale);
    auto& row = tables[kSurveyFactors].upsert(row_key);
    row.meeting = scope.meeting;
    row.unit = scope.unit;
    row.survey = scope.survey;
    row.index = response.index;
    row.factor = answer.factor;
    row.scale = answer.scale;
    row.answers += count;
    const auto sum = Decimal::parse(row.score_sum).value_or(Decimal());
    const auto score = Decimal::parse(answer.score).value_or(Decimal());
    row.score_sum = (count > 0 ? sum + score : sum - score).text();
    const auto bucket = whole_part(answer.score);
    if ((row.scores[bucket] += count) == 0) row.scores.erase(bucket);
    if (row.answers == 0) tables[kSurveyFactors].erase(row_key);  // replaced by an answer of another factor or scale
  }
}

Result<void> fold(const Fact& fact, Tables& tables) {
  const Scope scope{fact.text("meeting"), fact.text("unit"), fact.text("survey")};
  DONGBO_ASSIGN(auto response, response_of(fact));
  const auto id = fact.text("response");
  if (!id.empty()) {
    const auto row_key = key(scope.meeting, scope.unit, scope.survey, id);
    if (const auto* before = tables[kSurveyResponses].find(row_key)) {
      if (fact.stamp < before->stamp) {
        tables[kSurveys].upsert(key(scope.meeting, scope.unit, scope.survey)).simulated |= fact.simulated;
        return {};
      }
      count_response(scope, SurveyResponseRow(*before), -1, tables);
    }
    tables[kSurveyResponses].upsert(row_key) = response;
  }
  count_response(scope, response, 1, tables);
  tables[kSurveys].upsert(key(scope.meeting, scope.unit, scope.survey)).simulated |= fact.simulated;
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_surveys() {
  return define("surveys", 2, {"feedback.survey_answered"}, fold, kSurveyFactors, kSurveys, kSurveyResponses);
}

}  // namespace dongbo::projection
