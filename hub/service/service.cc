#include "hub/service/service.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <latch>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>

#include "hub/base/log.h"
#include "hub/base/this_thread.h"
#include "hub/query/query.h"
#include "hub/service/router.h"
#include "hub/service/shard_feed.h"

namespace dongbo::service {
namespace {

constexpr std::size_t kFeedCacheBytes = 32u << 20;
constexpr auto kDrainPatience = std::chrono::seconds(5);

// Every reader is a descriptor; the usual soft limit of 1024 would be the first thing they meet.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

Result<std::string> checked_host(const ServiceOptions& options) {
  const auto host = options.host == "localhost" ? std::string("127.0.0.1") : options.host;
  boost::system::error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (error)
    return Error::fatal(
        fmt::format("không nghe được ở '{0}': không phải địa chỉ IP / cannot listen on '{0}': not an IP address", host));
  if (!address.is_loopback() && !options.allow_open)
    return Error::fatal(
        fmt::format("{0} mở ra ngoài máy này mà chưa có kiểm soát truy cập; nếu đúng ý, hãy thêm --allow-open / {0} is open "
                    "beyond this machine and there is no access control; say --allow-open if that is meant",
                    host));
  return host;
}

HttpLimits limits_of(const ServiceOptions& options) {
  HttpLimits limits;
  if (options.stream_bytes_max > 0) limits.stream_bytes = options.stream_bytes_max;
  if (options.connections_max > 0) limits.connections = options.connections_max;
  if (options.feed_sessions_max > 0) limits.feed_sessions = options.feed_sessions_max;
  return limits;
}

FeedLimits feed_limits_of(const HttpLimits& limits) {
  FeedLimits feed;
  feed.sessions = limits.feed_sessions;
  return feed;
}

// Each thread takes one of the tasks, for it keeps it until all have one. Returns then: a pool that is stopped before would drop
// tasks, and leave those waiting that have theirs.
void name_threads(asio::thread_pool& pool, std::size_t count, const std::string& name) {
  const auto all = std::make_shared<std::latch>(static_cast<std::ptrdiff_t>(count));
  for (std::size_t i = 0; i < count; ++i)
    asio::post(pool, [all, name] {
      name_this_thread(name);
      all->arrive_and_wait();
    });
  all->wait();
}

}  // namespace

// Members are destroyed in reverse: whatever posts to the IoThreads goes before them.
struct Service::Impl {
  Impl(ServiceOptions given, event::SchemaSet event_types, report::Reference names, StaticFiles dashboard,
       std::unique_ptr<shard::ShardSet> shard_set)
      : options(std::move(given)),
        limits(limits_of(options)),
        schemas(std::move(event_types)),
        reference(std::move(names)),
        files(std::move(dashboard)),
        io(std::max<std::size_t>(1, options.io_threads)),
        shards(std::move(shard_set)),
        engine(*shards, reference.catalogues),
        notifier(io, [this] { return shards->folded(); }),
        feed_source(*shards),
        feed_hub(feed_source, kFeedCacheBytes),
        pool(std::max<std::size_t>(1, options.reading_threads)) {
    name_threads(pool, std::max<std::size_t>(1, options.reading_threads), "read");
  }

  Result<void> wire(const std::string& host);
  Task<> watch_health();

  const ServiceOptions options;
  const HttpLimits limits;
  const SystemClock clock;
  const event::SchemaSet schemas;
  const report::Reference reference;
  const StaticFiles files;
  Metrics metrics;
  IoThreads io;
  std::unique_ptr<shard::ShardSet> shards;
  std::unique_ptr<intake::Intake> embedded;
  std::unique_ptr<intake::KafkaDoor> kafka;
  const query::QueryEngine engine;
  FoldNotifier notifier;
  ShardFeed feed_source;
  FeedHub feed_hub;
  asio::thread_pool pool;

  std::unique_ptr<Health> health;
  std::unique_ptr<Operations> operations;
  std::unique_ptr<EventsHandler> events;
  std::unique_ptr<ReadingHandler> reading;
  std::unique_ptr<AdminHandler> admin;
  std::unique_ptr<FeedHandler> feed;
  std::unique_ptr<ReportHandler> reports;
  std::unique_ptr<Router> router;
  std::unique_ptr<HttpServer> server;
  std::unique_ptr<asio::steady_timer> health_timer;
  bool started = false;
  std::atomic<bool> stopped{false};
};

Result<void> Service::Impl::wire(const std::string& host) {
  if (options.kafka) {
    DONGBO_ASSIGN(kafka, intake::KafkaDoor::open(*shards, schemas, clock, *options.kafka));
  } else {
    embedded = intake::make_embedded_intake(*shards, clock);
  }
  auto& intake = kafka ? kafka->intake() : *embedded;
  health = std::make_unique<Health>(*shards, kafka.get());
  operations = std::make_unique<Operations>(*shards, kafka.get(), *health, metrics, feed_hub);
  events = std::make_unique<EventsHandler>(io.size(), schemas, intake, limits, metrics);
  reading = std::make_unique<ReadingHandler>(engine, notifier, pool, *shards);
  admin = std::make_unique<AdminHandler>(*shards, intake, schemas, pool);
  feed = std::make_unique<FeedHandler>(io, feed_hub, notifier, metrics, feed_limits_of(limits));
  reports = std::make_unique<ReportHandler>(*shards, engine, reference, notifier, !options.allow_open);
  router =
      std::make_unique<Router>(Router::Handlers{*events, *reading, *admin, *feed, *reports, *operations, files, pool}, metrics);
  server = std::make_unique<HttpServer>(io, limits, [this](Exchange& exchange) { return router->answer(exchange); });
  operations->server(server.get());
  DONGBO_TRY(server->listen(host, options.port));
  for (std::uint32_t i = 0; i < shards->size(); ++i)
    shards->at(ShardId(i)).on_folded([this](ShardId, Sequence, Sequence) { notifier.folded(); });
  return {};
}

Task<> Service::Impl::watch_health() {
  while (!stopped) {
    health->sample(std::chrono::steady_clock::now());
    health_timer->expires_after(std::chrono::seconds(1));
    boost::system::error_code error;
    co_await health_timer->async_wait(asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
  }
}

Service::Service(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Service>> Service::open(ServiceOptions options) {
  raise_descriptor_limit();
  DONGBO_ASSIGN(const auto host, checked_host(options));
  DONGBO_ASSIGN(auto schemas, event::SchemaSet::load(options.events));
  DONGBO_ASSIGN(auto reference, report::Reference::load(options.catalogues));
  DONGBO_ASSIGN(auto files, StaticFiles::load(options.dashboard));
  std::error_code ignored;
  if (std::filesystem::exists(options.openapi, ignored)) DONGBO_TRY(files.add("/openapi.yaml", options.openapi));
  shard::ShardSetOptions set_options;
  set_options.shards = options.shards;
  set_options.shard = options.shard;
  DONGBO_ASSIGN(auto shards, shard::ShardSet::open(options.data, set_options));
  auto impl =
      std::make_unique<Impl>(std::move(options), std::move(schemas), std::move(reference), std::move(files), std::move(shards));
  if (auto wired = impl->wire(host); !wired) {
    impl->shards->undo_if_new();
    return wired.error();
  }
  return std::unique_ptr<Service>(new Service(std::move(impl)));
}

Service::~Service() {
  stop();
}

void Service::start() {
  auto& hub = *impl_;
  DONGBO_ASSERT(!hub.started);
  hub.started = true;
  hub.health->sample(std::chrono::steady_clock::now());
  hub.shards->start();
  hub.feed_hub.start();
  if (hub.kafka) hub.kafka->start();
  hub.health_timer = std::make_unique<asio::steady_timer>(hub.io.at(0));
  asio::co_spawn(hub.io.at(0), hub.watch_health(), asio::detached);
  hub.server->start();
  hub.io.start();
  spdlog::info("serving on port {}: {} shards, at {}", port(), hub.shards->size(), hub.shards->head().text());
}

// Clients first: whoever is answered within the patience is; then the doors and the shards, which release every handler
// that still waits for a receipt; the network threads last, when no handler is left that holds on to what is destroyed.
void Service::stop() {
  auto& hub = *impl_;
  if (hub.stopped.exchange(true)) return;
  if (!hub.started) return;
  hub.health->stopping();
  hub.feed->stop();
  hub.notifier.stop();
  hub.server->drain(kDrainPatience);
  hub.server->stop(std::chrono::seconds(1));
  if (hub.kafka) hub.kafka->stop();
  hub.shards->stop();
  hub.feed_hub.stop();
  hub.server->stop(std::chrono::seconds(15));
  if (const auto left = hub.server->connections(); left > 0)
    spdlog::error("{0} kết nối không dừng / {0} connections did not end", left);
  hub.pool.join();
  hub.reports->stop();
  hub.io.stop();
}

std::uint16_t Service::port() const {
  return impl_->server->port();
}

shard::ShardSet& Service::shards() {
  return *impl_->shards;
}

}  // namespace dongbo::service
