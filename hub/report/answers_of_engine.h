#pragma once
#include "hub/query/query.h"
#include "hub/report/answers.h"

namespace dongbo::report {

// The answers of a hub in this process, as of one position: what is taken in meanwhile does not show. `engine` must outlive
// it. One thread.
class AnswersOfEngine final : public Answers {
 public:
  // `as_of`: a position, or a time of recording, as the reading paths take it; empty: now.
  AnswersOfEngine(const query::QueryEngine& engine, std::string as_of) : engine_(engine), as_of_(std::move(as_of)) {}
  Result<nlohmann::json> get(const std::vector<std::string>& segments,
                             const std::map<std::string, std::string>& parameters) override;

 private:
  const query::QueryEngine& engine_;
  const std::string as_of_;
};

}  // namespace dongbo::report
