#include "hub/service/metrics.h"

#include <fmt/format.h>

namespace dongbo::service {
namespace {

constexpr std::array<std::string_view, 5> kOutcomes{"accepted", "duplicate", "conflict", "invalid", "failed"};

double number(const std::atomic<std::uint64_t>& value) {
  return static_cast<double>(value.load(std::memory_order_relaxed));
}

}  // namespace

std::string_view text_of(Route route) {
  constexpr std::array<std::string_view, kRoutes> kNames{"events", "reading",    "feed",  "reports",
                                                         "admin",  "operations", "files", "other"};
  return kNames[static_cast<std::size_t>(route)];
}

void write_head(std::string& page, std::string_view name, std::string_view type, std::string_view help) {
  fmt::format_to(std::back_inserter(page), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void write_sample(std::string& page, std::string_view name, std::string_view labels, double value) {
  const bool bare = labels.empty();
  fmt::format_to(std::back_inserter(page), "{}{}{}{} {}\n", name, bare ? "" : "{", labels, bare ? "" : "}", value);
}

void write_histogram(std::string& page, std::string_view name, std::string_view labels, const TimeHistogram::Reading& reading) {
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < reading.counts.size(); ++i) {
    below += reading.counts[i];
    const bool last = i == TimeHistogram::kEdgesMicroseconds.size();
    const auto edge =
        last ? std::string("+Inf") : fmt::format("{}", static_cast<double>(TimeHistogram::kEdgesMicroseconds[i]) / 1e6);
    write_sample(page, fmt::format("{}_bucket", name), fmt::format("{},le=\"{}\"", labels, edge), static_cast<double>(below));
  }
  write_sample(page, fmt::format("{}_sum", name), labels, reading.seconds);
  write_sample(page, fmt::format("{}_count", name), labels, static_cast<double>(below));
}

void Metrics::write(std::string& page) const {
  write_head(page, "dongbo_http_requests_total", "counter", "Requests answered, by route and class of the status.");
  for (std::size_t route = 0; route < kRoutes; ++route)
    for (std::size_t status = 2; status < 6; ++status)
      write_sample(page, "dongbo_http_requests_total",
                   fmt::format("route=\"{}\",code=\"{}xx\"", text_of(static_cast<Route>(route)), status),
                   number(routes_[route].by_class[status]));

  write_head(page, "dongbo_http_request_seconds", "histogram",
             "Time from a request's header to its answer; a feed counts when it opens.");
  for (std::size_t route = 0; route < kRoutes; ++route)
    write_histogram(page, "dongbo_http_request_seconds", fmt::format("route=\"{}\"", text_of(static_cast<Route>(route))),
                    routes_[route].times.read());
  write_head(page, "dongbo_http_events_total", "counter", "Events that came over HTTP, by what became of them.");
  for (std::size_t i = 0; i < kOutcomes.size(); ++i)
    write_sample(page, "dongbo_http_events_total", fmt::format("outcome=\"{}\"", kOutcomes[i]), number(outcomes[i]));
  write_head(page, "dongbo_http_event_body_bytes_total", "counter", "Bytes of event bodies, as sent.");
  write_sample(page, "dongbo_http_event_body_bytes_total", "", number(body_bytes));
  write_head(page, "dongbo_http_back_pressure_total", "counter",
             "Times events had to wait because the journal or the folds were behind.");
  write_sample(page, "dongbo_http_back_pressure_total", "", number(back_pressure));

  write_head(page, "dongbo_feed_sessions", "gauge", "Feed readers connected now.");
  write_sample(page, "dongbo_feed_sessions", "", static_cast<double>(feed_sessions.load()));
  write_head(page, "dongbo_feed_frames_total", "counter", "Feed items sent to all readers together.");
  write_sample(page, "dongbo_feed_frames_total", "", number(feed_frames));
  write_head(page, "dongbo_feed_wakes_total", "counter", "Times a feed reader was woken because something of his may have come.");
  write_sample(page, "dongbo_feed_wakes_total", "", number(feed_wakes));
  write_head(page, "dongbo_feed_resets_total", "counter", "Times a reader's position was no longer held.");
  write_sample(page, "dongbo_feed_resets_total", "", number(feed_resets));
  write_head(page, "dongbo_feed_cut_off_total", "counter", "Readers cut off because they did not read.");
  write_sample(page, "dongbo_feed_cut_off_total", "", number(feed_cut_off));
}

}  // namespace dongbo::service
