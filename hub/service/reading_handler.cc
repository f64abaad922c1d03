#include "hub/service/reading_handler.h"

#include "hub/service/demanded_position.h"

namespace dongbo::service {
namespace {

HttpResponse response_of(query::Answer answer, const Wanted& wanted) {
  HttpResponse response;
  response.status = answer.status;
  response.content_type = answer.status == 200 ? "application/json" : "application/problem+json";
  response.body = std::move(answer.body);
  response.headers.emplace_back("Dongbo-Position", answer.position.text());
  return conditional(std::move(response), wanted, std::move(answer.etag));
}

// What the answer is kept under; empty: it is not kept. The attendance of a whole meeting is made of rows alone (no clock,
// no counters of this process), so it depends on nothing but how far the shards have come.
std::string kept_as(const query::Request& question) {
  const auto& segments = question.segments;
  const bool whole = segments.size() == 3 && segments[0] == "meetings" && segments[2] == "attendance";
  return whole && question.parameters.empty() ? segments[1] : std::string();
}

}  // namespace

Task<HttpResponse> ReadingHandler::answer(Exchange& exchange) {
  const auto& request = exchange.request();
  if (auto refused = co_await demanded_position(exchange, notifier_, shards_.size())) co_return std::move(*refused);
  query::Request question;
  question.path = request.target.path;
  question.segments.assign(request.target.segments.begin() + 1, request.target.segments.end());
  question.parameters = request.target.parameters;
  std::erase_if(question.parameters, [](const auto& parameter) { return demands_position(parameter.first); });
  const Wanted wanted(request);
  const auto name = kept_as(question);
  if (!name.empty() && !wanted.gzip)
    if (const auto kept = kept_.find(name, shards_.head())) co_return response_of(*kept, wanted);
  std::function<HttpResponse()> make = [this, question = std::move(question), wanted, name] {
    if (name.empty()) return response_of(engine_.answer(question), wanted);
    auto answer = kept_.find(name, shards_.head());
    if (!answer) {
      answer = std::make_shared<const query::Answer>(engine_.answer(question));
      if (answer->status == 200) kept_.keep(name, answer);
    }
    return response_of(*answer, wanted);
  };
  co_return co_await on_pool(pool_, std::move(make));
}

}  // namespace dongbo::service
