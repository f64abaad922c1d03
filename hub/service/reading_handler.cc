#include "hub/service/reading_handler.h"

#include "hub/service/demanded_position.h"

namespace dongbo::service {
namespace {

HttpResponse read(const query::QueryEngine& engine, const query::Request& request, const Wanted& wanted) {
  auto answer = engine.answer(request);
  HttpResponse response;
  response.status = answer.status;
  response.content_type = answer.status == 200 ? "application/json" : "application/problem+json";
  response.body = std::move(answer.body);
  response.headers.emplace_back("Dongbo-Position", answer.position.text());
  return conditional(std::move(response), wanted, std::move(answer.etag));
}

}  // namespace

Task<HttpResponse> ReadingHandler::answer(Exchange& exchange) {
  const auto& request = exchange.request();
  if (auto refused = co_await demanded_position(exchange, notifier_, shards_)) co_return std::move(*refused);
  query::Request question;
  question.path = request.target.path;
  question.segments.assign(request.target.segments.begin() + 1, request.target.segments.end());
  question.parameters = request.target.parameters;
  std::erase_if(question.parameters, [](const auto& parameter) { return demands_position(parameter.first); });
  std::function<HttpResponse()> make = [this, question = std::move(question), wanted = Wanted(request)] {
    return read(engine_, question, wanted);
  };
  co_return co_await on_pool(pool_, std::move(make));
}

}  // namespace dongbo::service
