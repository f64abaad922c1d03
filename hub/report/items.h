#pragma once
#include <functional>

#include "hub/report/answers.h"
#include "hub/report/json_reader.h"

namespace dongbo::report {

inline constexpr std::size_t kListItemsMax = 200'000;

// Asks with every answer checked to be of the same position: facts of two moments make no report.
class PinnedAnswers {
 public:
  explicit PinnedAnswers(Answers& answers) : answers_(answers) {}

  // As Answers::get. Transient error: the hub has gone on since the first answer; ask everything again.
  Result<Json> get(const std::vector<std::string>& segments, const std::map<std::string, std::string>& parameters = {});

  // Every item of a list, page after page; `page` (may be empty) sees each whole page first. A list that is not there
  // (404) has no items. Error: more than kListItemsMax items.
  Result<void> items_of(const std::vector<std::string>& segments, const std::function<void(const Json&)>& item,
                        const std::function<void(const Json&)>& page = {}, std::map<std::string, std::string> parameters = {});

  // An answer that tells another position than the others: a page of the journal, the versions of the projections.
  Result<Json> get_unpinned(const std::vector<std::string>& segments, const std::map<std::string, std::string>& parameters = {}) {
    return answers_.get(segments, parameters);
  }

  const std::string& position() const { return position_; }  // "" before the first answer

 private:
  Answers& answers_;
  bool pinned_ = false;
  std::string position_;
};

}  // namespace dongbo::report
