#include "hub/service/reading_handler.h"

#include <fmt/format.h>

#include <charconv>

#include "hub/service/problem.h"

namespace dongbo::service {
namespace {

constexpr unsigned kWaitDefault = 2'000;
constexpr unsigned kWaitMax = 10'000;

HttpResponse invalid_parameter(std::string pointer, std::string detail) {
  ProblemExtras extras;
  extras.errors.push_back({std::move(pointer), detail});
  return problem(problems::kInvalid, detail, extras);
}

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
  if (const auto text = request.parameter("min_position"); text && !text->empty()) {
    auto position = event::Position::parse(*text);
    if (!position) co_return invalid_parameter("/min_position", "must be a position like 0:41,1:7");
    for (const auto& [shard, sequence] : position->entries())
      if (shard.value() >= shards_)
        co_return invalid_parameter("/min_position", fmt::format("this hub has no shard {}", shard.value()));
    unsigned wait = kWaitDefault;
    if (const auto given = request.parameter("wait_ms")) {
      const auto parsed = std::from_chars(given->data(), given->data() + given->size(), wait);
      if (parsed.ec != std::errc() || parsed.ptr != given->data() + given->size() || wait > kWaitMax)
        co_return invalid_parameter("/wait_ms", fmt::format("must be 0 to {}", kWaitMax));
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait);
    const bool reached = co_await notifier_.reached(exchange.thread(), std::move(*position), deadline);
    if (!reached) co_return problem(problems::kNotReached, fmt::format("{} was not reached within {} ms", *text, wait));
  }
  query::Request question;
  question.path = request.target.path;
  question.segments.assign(request.target.segments.begin() + 1, request.target.segments.end());
  question.parameters = request.target.parameters;
  question.parameters.erase("min_position");
  question.parameters.erase("wait_ms");
  std::function<HttpResponse()> make = [this, question = std::move(question), wanted = Wanted(request)] {
    return read(engine_, question, wanted);
  };
  co_return co_await on_pool(pool_, std::move(make));
}

}  // namespace dongbo::service
