#include "hub/report/causes.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

#include "hub/event/position.h"
#include "hub/report/items.h"
#include "hub/report/json_reader.h"

namespace dongbo::report {
namespace {

// An event between two reports, and the position of the hub once it is taken.
struct Step {
  event::Position position;
  std::string cause;
};

// "Hủy điểm danh, 1:42 (thẻ đại biểu dùng nhầm)".
std::string cause_of(const Json& item, const Reference& reference) {
  const auto& event = member(item, "event");
  const auto type = text(event, "type");
  const auto title = reference.fact_titles.find(type);
  const auto reason = text(member(event, "data"), "reason");
  return (title == reference.fact_titles.end() ? type : title->second) + ", " + text(item, "position") +
         (reason.empty() ? "" : " (" + reason + ")");
}

// Finds causes by halves. Between two moments whose reports are equal nothing is looked for.
class Search {
 public:
  Search(const Reference& reference, const ReportRequest& request, const AnswersAt& answers_at)
      : reference_(reference), request_(request), answers_at_(answers_at) {}

  Result<void> read_steps(const event::Position& from, const event::Position& through) {
    auto position = from;
    const auto take = [&](const Json& item) {
      const auto place = event::Position::parse(text(item, "position"));
      if (!place || place->entries().empty()) return;
      const auto& [shard, sequence] = *place->entries().begin();
      position.set(shard, sequence);
      steps_.push_back({position, cause_of(item, reference_)});
    };
    for (const auto& [name, value] :
         {std::pair<std::string, std::string>{"meeting", request_.meeting}, {"type", "vn.dongbo.index."}})
      DONGBO_TRY(read_journal({{name, value}, {"after", from.text()}, {"through", through.text()}}, take));
    // What else was taken (another meeting, the registry) comes as one last step.
    if (steps_.empty() || !(steps_.back().position == through)) steps_.push_back({through, ""});
    return {};
  }

  // Of the figures that differ between the reports before step `first` and after step `last`. Only the last event that
  // changed a figure counts: later moments are looked at first, and earlier ones only for figures that nothing later changed.
  Result<void> look(std::size_t first, std::size_t last, const Document& before, const Document& after) {
    auto differences = compare(before, after);
    std::erase_if(differences, [this](const Difference& difference) { return causes_.contains(difference.figure); });
    if (differences.empty()) return {};
    if (first == last) {
      for (const auto& difference : differences) causes_.emplace(difference.figure, steps_[first].cause);
      return {};
    }
    if (made_ >= kCausesMax) return {};
    ++made_;
    const auto middle = first + (last - first) / 2;
    const auto answers = answers_at_(steps_[middle].position.text());
    auto between = make_report(*answers, reference_, request_);
    // At the beginning of the hub nothing was known of the meeting yet: all of it came later.
    if (!between && between.error().error_class != ErrorClass::kNotFound) return between.error();
    if (!between) return look(middle + 1, last, before, after);
    DONGBO_TRY(look(middle + 1, last, *between, after));
    return look(first, middle, before, *between);
  }

  std::size_t steps() const { return steps_.size(); }
  std::string cause(const std::string& figure) const {
    const auto found = causes_.find(figure);
    return found == causes_.end() ? std::string() : found->second;
  }

 private:
  Result<void> read_journal(std::map<std::string, std::string> parameters, const std::function<void(const Json&)>& take) {
    const auto answers = answers_at_("");
    parameters["page_size"] = "1000";
    while (true) {
      DONGBO_ASSIGN(const auto answer, answers->get({"journal"}, parameters));
      for (const auto& item : member(answer, "items")) take(item);
      if (steps_.size() > kListItemsMax)
        return Error::fatal("có quá nhiều sự kiện giữa hai báo cáo / too many events lie between the two reports");
      const auto next = text(answer, "next_page_token");
      if (next.empty()) return {};
      parameters["page_token"] = next;
    }
  }

  const Reference& reference_;
  const ReportRequest& request_;
  const AnswersAt& answers_at_;
  std::vector<Step> steps_;
  std::map<std::string, std::string> causes_;
  int made_ = 0;
};

}  // namespace

Result<std::vector<Difference>> differences_with_causes(const Document& was, const Document& is, const Reference& reference,
                                                        const ReportRequest& request, const AnswersAt& answers_at) {
  auto differences = compare(was, is);
  if (differences.empty()) return differences;
  const auto from = event::Position::parse(was.frozen.position);
  const auto through = event::Position::parse(is.frozen.position);
  if (!from || !through)
    return Error::poison(
        "báo cáo không có vị trí đọc được thì không so sánh được / a report without a readable position cannot be compared");
  if (!through->covers(*from))
    return Error::poison(
        fmt::format("báo cáo tại {0} là của hub khác, hoặc muộn hơn {1} / the report of {0} is of another hub, or later than {1}",
                    was.frozen.position, is.frozen.position));
  Search search(reference, request, answers_at);
  DONGBO_TRY(search.read_steps(*from, *through));
  DONGBO_TRY(search.look(0, search.steps() - 1, was, is));
  for (auto& difference : differences) difference.cause = search.cause(difference.figure);
  return differences;
}

Result<Document> supplement_of(Document now, const std::string& before, const Reference& reference, const ReportRequest& request,
                               const AnswersAt& answers_at) {
  const auto answers = answers_at(before);
  DONGBO_ASSIGN(const auto was, make_report(*answers, reference, request));
  DONGBO_ASSIGN(const auto differences, differences_with_causes(was, now, reference, request, answers_at));
  return supplement(std::move(now), was, differences);
}

}  // namespace dongbo::report
