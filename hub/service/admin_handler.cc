#include "hub/service/admin_handler.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "hub/base/log.h"
#include "hub/event/json_text.h"
#include "hub/query/parameters.h"
#include "hub/service/problem.h"

namespace dongbo::service {
namespace {

constexpr std::size_t kOrderBytesMax = 64u << 10;
constexpr std::size_t kReasonBytesMax = 2000;

HttpResponse json_answer(unsigned status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(body);
  return response;
}

HttpResponse refused(const Error& error) {
  switch (error.error_class) {
    case ErrorClass::kNotFound:
      return problem(problems::kNotFound, error.message);
    case ErrorClass::kConflict:
      return problem(problems::kSettled, error.message);
    case ErrorClass::kTransient:
      return problem(problems::kBusy, error.message);
    default:
      return problem(problems::kFailed, error.message);
  }
}

}  // namespace

Task<HttpResponse> AdminHandler::redrive(Exchange& exchange, std::string id) {
  const auto& request = exchange.request();
  intake::RedriveFilter filter;
  if (auto refused =
          id.empty() ? unknown_parameter(request, {"reason", "source", "topic", "file"}) : unknown_parameter(request, {}))
    co_return std::move(*refused);
  if (!id.empty()) {
    if (!intake::parse_quarantine_id(id))
      co_return problem(problems::kNotFound,
                        fmt::format("'{0}' không phải mã mục cách ly như 0:q7 / '{0}' is not a quarantine id like 0:q7", id));
    filter.id = std::move(id);
  }
  filter.reason = request.parameter("reason").value_or("");
  if (auto wrong = filter.reason.empty() ? std::nullopt : query::check_quarantine_reason(filter.reason))
    co_return invalid_parameter("/reason", std::move(*wrong));
  filter.source = request.parameter("source").value_or("");
  filter.origin_topic = request.parameter("topic").value_or("");
  filter.origin_file = request.parameter("file").value_or("");
  std::function<HttpResponse()> make = [this, filter = std::move(filter)] { return redrive_now(filter); };
  co_return co_await on_pool(pool_, std::move(make));
}

HttpResponse AdminHandler::redrive_now(const intake::RedriveFilter& filter) {
  if (redriving_.exchange(true))
    return problem(problems::kBusyWith,
                   "đang có một lần đưa vào lại; hãy chờ nó xong / a re-drive is running; wait for it to end");
  event::Codec codec(schemas_);
  const auto result = intake::redrive(shards_, intake_, codec, filter);
  redriving_ = false;
  if (!result) return refused(result.error());
  spdlog::info("re-drive: {} tried, {} accepted, {} still refused", result->tried, result->accepted, result->still_refused);
  return json_answer(
      200, fmt::format(R"({{"tried":{},"accepted":{},"duplicate":{},"still_refused":{},"held_back":{}}})", result->tried,
                       result->accepted, result->duplicate, result->still_refused, result->held_back));
}

Task<HttpResponse> AdminHandler::discard(Exchange& exchange, std::string id) {
  std::string body;
  for (bool more = true; more;) {
    const auto piece = co_await exchange.read_body();
    more = piece.state == BodyPiece::State::kMore;
    body.append(piece.bytes);
    if (body.size() > kOrderBytesMax)
      co_return problem(problems::kTooLarge,
                        fmt::format("một lệnh tối đa {0} byte / an order may hold {0} bytes", kOrderBytesMax));
  }
  std::function<HttpResponse()> make = [this, id = std::move(id), body = std::move(body)] { return discard_now(id, body); };
  co_return co_await on_pool(pool_, std::move(make));
}

HttpResponse AdminHandler::discard_now(const std::string& id, const std::string& body) {
  const auto place = intake::parse_quarantine_id(id);
  if (!place || place->first.value() >= shards_.size())
    return problem(problems::kNotFound, fmt::format("không có mục cách ly '{0}' / there is no quarantine entry '{0}'", id));
  const auto order = nlohmann::json::parse(body, nullptr, false);
  std::string reason;
  if (order.is_object() && order.contains("reason") && order["reason"].is_string()) reason = order["reason"].get<std::string>();
  if (reason.empty() || reason.size() > kReasonBytesMax) {
    ProblemExtras extras;
    extras.errors.push_back(
        {"/reason", fmt::format("hãy nêu lý do, từ 1 đến {0} byte / say why, in 1 to {0} bytes", kReasonBytesMax)});
    return problem(problems::kInvalid,
                   "muốn bỏ một mục phải gửi phần thân {\"reason\":\"…\"} / a discard needs a body {\"reason\":\"…\"}", extras);
  }
  auto& journal = shards_.at(place->first).journal();
  if (const auto entry = journal.quarantine_entry(place->second); !entry) return refused(entry.error());
  const auto settled = journal.settle_quarantine(place->second, journal::QuarantineState::kDiscarded, reason);
  if (!settled) return refused(settled.error());
  spdlog::info("quarantine entry {} discarded: {}", id, reason);
  std::string answer = fmt::format(R"({{"id":"{}","state":"discarded","reason":)", id);
  event::append_json(answer, reason);
  answer.push_back('}');
  return json_answer(200, std::move(answer));
}

Task<HttpResponse> AdminHandler::start_rebuild(Exchange&, std::string projection) {
  std::function<HttpResponse()> make = [this, projection = std::move(projection)] { return rebuild_now(projection, true); };
  co_return co_await on_pool(pool_, std::move(make));
}

Task<HttpResponse> AdminHandler::cancel_rebuild(Exchange&, std::string projection) {
  std::function<HttpResponse()> make = [this, projection = std::move(projection)] { return rebuild_now(projection, false); };
  co_return co_await on_pool(pool_, std::move(make));
}

// The order is for all shards; those where it does not apply (a rebuild runs there already, or none runs) do not hinder
// the others.
HttpResponse AdminHandler::rebuild_now(const std::string& projection, bool start) {
  std::uint32_t done = 0;
  std::optional<Error> hindrance;
  for (std::uint32_t i = 0; i < shards_.size(); ++i) {
    auto& engine = shards_.at(ShardId(i)).engine();
    const auto result = start ? engine.start_rebuild(projection) : engine.cancel_rebuild(projection);
    if (result) {
      ++done;
    } else {
      hindrance = result.error();
    }
  }
  if (done == 0 && hindrance) {
    if (hindrance->error_class == ErrorClass::kConflict)
      return problem(start ? problems::kBusyWith : problems::kNotRunning, hindrance->message);
    return refused(*hindrance);
  }
  spdlog::info("rebuild of {} {} in {} shards", projection, start ? "started" : "cancelled", done);
  std::string answer = "{\"projection\":";
  event::append_json(answer, projection);
  answer += fmt::format(R"(,"rebuild":"{}","shards":{}}})", start ? "started" : "cancelled", done);
  auto response = json_answer(202, std::move(answer));
  response.headers.emplace_back("Location", "/v1/projections");
  return response;
}

}  // namespace dongbo::service
