#include "hub/report/answers_of_engine.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace dongbo::report {

Result<nlohmann::json> AnswersOfEngine::get(const std::vector<std::string>& segments,
                                            const std::map<std::string, std::string>& parameters) {
  query::Request request;
  request.path = "/v1";
  for (const auto& segment : segments) request.path.append("/").append(segment);
  request.segments = segments;
  request.parameters = parameters;
  // The journal is read by positions, and the projections' versions are those of this program.
  const bool is_of_rows = segments.front() != "journal" && segments.front() != "projections";
  if (is_of_rows && !as_of_.empty()) request.parameters["as_of"] = as_of_;
  const auto answer = engine_.answer(request);
  if (answer.status == 404) return nlohmann::json(nullptr);
  auto json = nlohmann::json::parse(answer.body, nullptr, false);
  if (answer.status != 200) {
    const auto detail = json.is_object() ? json.value("detail", answer.body) : answer.body;
    if (answer.status == 422) return Error::poison(detail);  // the moment: all else that is asked is made here
    return Error::fatal(fmt::format("{0} trả về {1} / {0} answers {1}: {2}", request.path, answer.status, detail));
  }
  if (json.is_discarded())
    return Error::fatal(fmt::format("{0} trả về nội dung không phải JSON / {0} answers with what is not JSON", request.path));
  return json;
}

}  // namespace dongbo::report
