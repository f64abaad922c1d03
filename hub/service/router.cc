#include "hub/service/router.h"

#include <fmt/format.h>

#include "hub/service/problem.h"

namespace dongbo::service {
namespace {

enum class Action {
  kEvents,
  kReading,
  kFeed,
  kReport,
  kRedriveAll,
  kRedriveOne,
  kDiscard,
  kRebuild,
  kStatus,
  kMetrics,
  kAlive,
  kReady,
  kFile,
};

constexpr std::string_view kGet = "GET, HEAD";

bool allowed(std::string_view methods, std::string_view method) {
  const auto at = methods.find(method);
  return at != std::string_view::npos && !method.empty() && (at == 0 || methods[at - 1] == ' ') &&
         (at + method.size() == methods.size() || methods[at + method.size()] == ',');
}

// A page of another site may not give orders through a visitor's browser. Programs send none of these headers.
bool from_another_site(const HttpRequest& request) {
  const auto site = request.header("sec-fetch-site");
  return !site.empty() && site != "same-origin" && site != "none";
}

}  // namespace

struct Router::Match {
  Action action;
  Route route;
  std::string_view methods;
};

Router::Match Router::match(const HttpRequest& request) const {
  const auto& segments = request.target.segments;
  if (!segments.empty() && segments[0] == "v1") return match_v1(request);
  if (segments.size() == 1) {
    if (segments[0] == "metrics") return {Action::kMetrics, Route::kOperations, kGet};
    if (segments[0] == "healthz") return {Action::kAlive, Route::kOperations, kGet};
    if (segments[0] == "readyz") return {Action::kReady, Route::kOperations, kGet};
  }
  return {Action::kFile, Route::kFiles, kGet};
}

Router::Match Router::match_v1(const HttpRequest& request) const {
  const auto& s = request.target.segments;
  const auto is = [&](std::size_t i, std::string_view text) { return s.size() > i && s[i] == text; };
  if (s.size() == 2 && is(1, "events")) return {Action::kEvents, Route::kEvents, "POST"};
  if (s.size() == 2 && is(1, "feed")) return {Action::kFeed, Route::kFeed, kGet};
  if (s.size() == 3 && is(1, "reports")) return {Action::kReport, Route::kReports, kGet};
  if (s.size() == 2 && is(1, "status")) return {Action::kStatus, Route::kOperations, kGet};
  if (s.size() == 3 && is(1, "quarantine") && is(2, "redrive")) return {Action::kRedriveAll, Route::kAdmin, "POST"};
  if (s.size() == 4 && is(1, "quarantine") && is(3, "redrive")) return {Action::kRedriveOne, Route::kAdmin, "POST"};
  if (s.size() == 4 && is(1, "quarantine") && is(3, "discard")) return {Action::kDiscard, Route::kAdmin, "POST"};
  if (s.size() == 4 && is(1, "projections") && is(3, "rebuild")) return {Action::kRebuild, Route::kAdmin, "POST, DELETE"};
  return {Action::kReading, Route::kReading, kGet};
}

Task<HttpResponse> Router::perform(Exchange& exchange, const Match& match) {
  const auto& request = exchange.request();
  const auto& segments = request.target.segments;
  switch (match.action) {
    case Action::kEvents:
      co_return co_await handlers_.events.answer(exchange);
    case Action::kReading:
      co_return co_await handlers_.reading.answer(exchange);
    case Action::kFeed:
      co_return co_await handlers_.feed.answer(exchange);
    case Action::kReport:
      co_return co_await handlers_.reports.answer(exchange, segments[2]);
    case Action::kRedriveAll:
      co_return co_await handlers_.admin.redrive(exchange, std::string());
    case Action::kRedriveOne:
      co_return co_await handlers_.admin.redrive(exchange, segments[2]);
    case Action::kDiscard:
      co_return co_await handlers_.admin.discard(exchange, segments[2]);
    case Action::kRebuild:
      if (request.method == "POST") co_return co_await handlers_.admin.start_rebuild(exchange, segments[2]);
      co_return co_await handlers_.admin.cancel_rebuild(exchange, segments[2]);
    case Action::kStatus: {
      std::function<HttpResponse()> make = [this] { return handlers_.operations.status(); };
      co_return co_await on_pool(handlers_.pool, std::move(make));
    }
    case Action::kMetrics:
      co_return handlers_.operations.metrics();
    case Action::kAlive:
      co_return handlers_.operations.alive();
    case Action::kReady:
      co_return handlers_.operations.ready();
    case Action::kFile:
      break;
  }
  if (auto file = handlers_.files.answer(request)) co_return std::move(*file);
  co_return problem(problems::kNotFound, fmt::format("không có gì ở {0} / there is nothing at {0}", request.target.path));
}

Task<HttpResponse> Router::answer(Exchange& exchange) {
  const auto begun = std::chrono::steady_clock::now();
  const auto& request = exchange.request();
  const auto found = match(request);
  HttpResponse response;
  if (request.method == "OPTIONS") {
    response.status = 204;
    response.headers.emplace_back("Allow", fmt::format("{}, OPTIONS", found.methods));
  } else if (!allowed(found.methods, request.method)) {
    response = problem(problems::kMethod, fmt::format("{0} chỉ nhận {1} / {0} takes {1}", request.target.path, found.methods));
    response.headers.emplace_back("Allow", found.methods);
  } else if (request.method != "GET" && request.method != "HEAD" && from_another_site(request)) {
    response = problem(
        problems::kForeignOrigin,
        "chỉ nhận lệnh từ trang của chính hub và từ chương trình / orders are taken from the hub's own pages and from programs");
  } else {
    response = co_await perform(exchange, found);
  }
  metrics_.answered(found.route, response.status, std::chrono::steady_clock::now() - begun);
  co_return response;
}

}  // namespace dongbo::service
