#pragma once
#include "hub/query/query.h"
#include "hub/report/answers.h"

namespace dongbo::report {

// The answers of a hub in this process. Each is of the position that the shards have then; whoever must have one position
// asks while nothing is taken in, or asks again (PinnedAnswers notices). `engine` must outlive it. One thread.
class AnswersOfEngine final : public Answers {
 public:
  explicit AnswersOfEngine(const query::QueryEngine& engine) : engine_(engine) {}
  Result<nlohmann::json> get(const std::vector<std::string>& segments,
                             const std::map<std::string, std::string>& parameters) override;

 private:
  const query::QueryEngine& engine_;
};

}  // namespace dongbo::report
