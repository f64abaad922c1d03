#include "hub/service/demanded_position.h"

#include <fmt/format.h>

#include <charconv>

#include "hub/event/position.h"
#include "hub/service/problem.h"

namespace dongbo::service {
namespace {

constexpr unsigned kWaitDefault = 2'000;
constexpr unsigned kWaitMax = 10'000;

}  // namespace

Task<std::optional<HttpResponse>> demanded_position(Exchange& exchange, FoldNotifier& notifier, std::uint32_t shards) {
  const auto& request = exchange.request();
  const auto text = request.parameter("min_position");
  if (!text || text->empty()) co_return std::nullopt;
  auto position = event::Position::parse(*text);
  if (!position) co_return invalid_parameter("/min_position", "phải là vị trí như 0:41,1:7 / must be a position like 0:41,1:7");
  for (const auto& [shard, sequence] : position->entries())
    if (shard.value() >= shards)
      co_return invalid_parameter("/min_position",
                                  fmt::format("hub này không có phân mảnh {0} / this hub has no shard {0}", shard.value()));
  unsigned wait = kWaitDefault;
  if (const auto given = request.parameter("wait_ms")) {
    const auto parsed = std::from_chars(given->data(), given->data() + given->size(), wait);
    if (parsed.ec != std::errc() || parsed.ptr != given->data() + given->size() || wait > kWaitMax)
      co_return invalid_parameter("/wait_ms", fmt::format("phải từ 0 đến {0} / must be 0 to {0}", kWaitMax));
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait);
  if (co_await notifier.reached(exchange.thread(), std::move(*position), deadline)) co_return std::nullopt;
  co_return problem(problems::kNotReached,
                    fmt::format("chưa tới {0} trong {1} ms / {0} was not reached within {1} ms", *text, wait));
}

}  // namespace dongbo::service
