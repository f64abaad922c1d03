#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hub/projection/facts.h"
#include "hub/projection/projection.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

// Answered questionnaires (SIPAS-like), counted and never listed by person: no name and no free text is kept here.
// A response that is sent again (same `response`, another event) replaces what it said before, by event time; one
// without a `response` counts each time.

// One factor of a survey of one unit on one scale. Answers on different scales are never added up.
// `score_sum` is an exact decimal; `scores` counts the answers by the whole part of their score.
struct SurveyFactorRow {
  std::string meeting;
  std::string unit;
  std::string survey;
  std::string index;
  std::string factor;
  std::string scale;  // top of the scale; "5" when the answer does not say
  std::int64_t answers = 0;
  std::string score_sum = "0";
  std::map<std::string, std::int64_t> scores;  // "4" -> answers from 4 to below 5
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("unit", row.unit);
    visit("survey", row.survey);
    visit("index", row.index);
    visit("factor", row.factor);
    visit("scale", row.scale);
    visit("answers", row.answers);
    visit("score_sum", row.score_sum);
    visit("scores", row.scores);
  }
};
inline const TableSpec<SurveyFactorRow> kSurveyFactors{
    "surveys", "factors", 0, {"meeting", "unit", "survey", "index", "factor", "scale"}};

// Responses of a survey of one unit, by the group of the respondent ("" when not said).
struct SurveyRow {
  std::string meeting;
  std::string unit;
  std::string survey;
  std::int64_t responses = 0;
  std::map<std::string, std::int64_t> by_group;
  bool simulated = false;  // some response is simulated
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("unit", row.unit);
    visit("survey", row.survey);
    visit("responses", row.responses);
    visit("by_group", row.by_group);
    visit("simulated", row.simulated);
  }
};
inline const TableSpec<SurveyRow> kSurveys{"surveys", "surveys", 1, {"meeting", "unit", "survey"}};

// What one response said last: so that another answer can replace it.
struct SurveyAnswer {
  std::string factor;
  std::string scale;
  std::string score;
  static void fields(auto& row, auto&& visit) {
    visit("factor", row.factor);
    visit("scale", row.scale);
    visit("score", row.score);
  }
};
struct SurveyResponseRow {
  Stamp stamp;
  std::string index;
  std::string from;
  std::vector<SurveyAnswer> answers;
  static void fields(auto& row, auto&& visit) {
    visit("_stamp", row.stamp);
    visit("index", row.index);
    visit("from", row.from);
    visit("answers", row.answers);
  }
};
inline const TableSpec<SurveyResponseRow> kSurveyResponses{"surveys", "responses", 2, {"meeting", "unit", "survey", "response"},
                                                           false,     false};

std::unique_ptr<Projection> make_surveys();

}  // namespace dongbo::projection
