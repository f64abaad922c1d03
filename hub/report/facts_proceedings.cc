#include <algorithm>

#include "hub/report/decimals.h"
#include "hub/report/facts_reader.h"

namespace dongbo::report {
namespace {

// Rows of surveys that one answer holds (query's largest page).
constexpr std::size_t kSurveyRowsMax = 1000;

template <class T>
void by_id(std::vector<T>& list, std::string T::*id) {
  std::sort(list.begin(), list.end(), [&](const T& a, const T& b) { return natural_less(a.*id, b.*id); });
}

Result<void> read_papers(Reading& reading) {
  std::vector<std::pair<PaperFacts, std::string>> found;
  DONGBO_TRY(reading.answers.items_of({"meetings", reading.meeting(), "papers"}, [&](const Json& item) {
    PaperFacts paper;
    paper.paper = text(item, "paper");
    paper.title = line_text(item, "title");
    if (paper.title.empty()) paper.title = line_text(item, "topic");
    paper.index = text(item, "index");
    paper.component = reading.component_name(paper.index, text(item, "component"));
    paper.state = text(item, "state");
    paper.due = text(item, "due");
    paper.submitted_at = moment(item, "submitted_at");
    paper.presented_at = moment(item, "presented_at");
    paper.order = integer(item, "order");
    paper.minutes_spoken = integer(item, "minutes_spoken");
    paper.requests = count(item, "requests");
    found.emplace_back(std::move(paper), text(item, "unit"));
  }));
  for (auto& [paper, unit] : found) {
    DONGBO_ASSIGN(paper.unit, reading.body_name(unit));
    reading.facts.papers.push_back(std::move(paper));
  }
  std::sort(reading.facts.papers.begin(), reading.facts.papers.end(), [](const PaperFacts& a, const PaperFacts& b) {
    const auto key = [](const PaperFacts& paper) {
      return std::tuple(paper.order.value_or(INT64_MAX), paper.presented_at.value_or(Millis(INT64_MAX)));
    };
    return key(a) != key(b) ? key(a) < key(b) : natural_less(a.paper, b.paper);
  });
  return {};
}

// Factors of all units together; answers on different scales are never added up.
void read_surveys(Reading& reading, const Json& answer) {
  auto& facts = reading.facts;
  for (const auto& survey : member(answer, "surveys")) facts.survey_responses += count(survey, "responses");
  const auto& rows = member(answer, "survey_factors");
  facts.surveys_complete = rows.size() < kSurveyRowsMax && member(answer, "surveys").size() < kSurveyRowsMax;
  struct Sum {
    std::int64_t answers = 0;
    std::int64_t micros = 0;
    bool good = true;
  };
  std::map<std::tuple<std::string, std::string, std::string, std::string>, Sum> sums;
  for (const auto& row : rows) {
    auto& sum = sums[{text(row, "survey"), text(row, "index"), text(row, "factor"), text(row, "scale")}];
    sum.answers += count(row, "answers");
    const auto micros = micros_of(decimal(row, "score_sum"));
    sum.good &= micros.has_value();
    sum.micros += micros.value_or(0);
  }
  for (const auto& [key, sum] : sums) {
    const auto& [survey, index, factor, scale] = key;
    SurveyFacts out{survey, index, reading.component_name(index, factor), scale, sum.answers, ""};
    if (sum.good && sum.answers > 0) out.mean = decimal_of(sum.micros / sum.answers, 2);
    facts.surveys.push_back(std::move(out));
  }
}

Result<void> read_feedback(Reading& reading) {
  struct Codes {
    std::string to, by;
  };
  std::vector<std::pair<FeedbackFacts, Codes>> found;
  bool first = true;
  DONGBO_TRY(reading.answers.items_of(
      {"meetings", reading.meeting(), "feedback"},
      [&](const Json& item) {
        FeedbackFacts feedback;
        feedback.feedback = text(item, "feedback");
        const auto from = text(item, "from");
        feedback.from = from.empty() ? "" : reading.reference.label("from", from);
        feedback.index = text(item, "index");
        feedback.component = reading.component_name(feedback.index, text(item, "component"));
        feedback.text = line_text(item, "text");
        feedback.state = text(item, "state");
        feedback.due = text(item, "due");
        feedback.answer = line_text(item, "answer");
        found.emplace_back(std::move(feedback), Codes{text(item, "to"), text(item, "by")});
      },
      [&](const Json& page) {
        if (std::exchange(first, false)) read_surveys(reading, page);
      }));
  for (auto& [feedback, codes] : found) {
    DONGBO_ASSIGN(feedback.to, reading.body_name(codes.to));
    DONGBO_ASSIGN(feedback.by, reading.body_name(codes.by));
    reading.facts.feedback.push_back(std::move(feedback));
  }
  by_id(reading.facts.feedback, &FeedbackFacts::feedback);
  return {};
}

Result<void> read_budget(Reading& reading) {
  std::vector<std::pair<BudgetFacts, std::string>> found;
  DONGBO_TRY(reading.answers.items_of({"meetings", reading.meeting(), "budget"}, [&](const Json& item) {
    BudgetFacts budget;
    budget.estimate = text(item, "estimate");
    budget.state = text(item, "state");
    budget.total = decimal(item, "total");
    budget.currency = text(item, "currency");
    budget.legal_act = line_text(member(item, "approved"), "legal_act");
    for (const auto& each : member(item, "items"))
      budget.items.push_back({line_text(each, "item"), decimal(each, "amount"), line_text(each, "note")});
    found.emplace_back(std::move(budget), text(member(item, "estimated"), "unit"));
  }));
  for (auto& [budget, unit] : found) {
    DONGBO_ASSIGN(budget.unit, reading.body_name(unit));
    reading.facts.budget.push_back(std::move(budget));
  }
  by_id(reading.facts.budget, &BudgetFacts::estimate);
  return {};
}

}  // namespace

Result<void> read_proceedings(Reading& reading) {
  DONGBO_TRY(read_papers(reading));
  DONGBO_TRY(read_feedback(reading));
  return read_budget(reading);
}

Result<void> read_outcome(Reading& reading) {
  struct Codes {
    std::string unit;
    std::vector<std::string> supporting;
  };
  std::vector<std::pair<CommitmentFacts, Codes>> found;
  bool first = true;
  const auto conclusions = [&](const Json& page) {
    if (!std::exchange(first, false)) return;
    for (const auto& item : member(page, "conclusions")) {
      ConclusionFacts conclusion;
      conclusion.conclusion = text(item, "conclusion");
      conclusion.title = line_text(item, "title");
      conclusion.text = line_text(item, "text");
      conclusion.index = text(item, "index");
      conclusion.component = reading.component_name(conclusion.index, text(item, "component"));
      conclusion.number = line_text(item, "number");
      conclusion.issued_at = moment(item, "issued_at");
      reading.facts.conclusions.push_back(std::move(conclusion));
    }
  };
  DONGBO_TRY(reading.answers.items_of(
      {"meetings", reading.meeting(), "commitments"},
      [&](const Json& item) {
        CommitmentFacts commitment;
        commitment.commitment = text(item, "commitment");
        commitment.conclusion = text(item, "conclusion");
        commitment.task = line_text(item, "task");
        commitment.index = text(item, "index");
        commitment.component = reading.component_name(commitment.index, text(item, "component"));
        commitment.target = one_line(decimal(item, "target"));
        commitment.due = text(item, "due");
        commitment.state = text(item, "state");
        commitment.percent = decimal(item, "percent");
        found.emplace_back(std::move(commitment), Codes{text(item, "unit"), texts(item, "supporting")});
      },
      conclusions));
  for (auto& [commitment, codes] : found) {
    DONGBO_ASSIGN(commitment.unit, reading.body_name(codes.unit));
    for (const auto& code : codes.supporting) {
      DONGBO_ASSIGN(auto name, reading.body_name(code));
      commitment.supporting.push_back(std::move(name));
    }
    reading.facts.commitments.push_back(std::move(commitment));
  }
  by_id(reading.facts.commitments, &CommitmentFacts::commitment);
  by_id(reading.facts.conclusions, &ConclusionFacts::conclusion);
  return {};
}

}  // namespace dongbo::report
