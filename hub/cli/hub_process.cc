#include "hub/cli/hub_process.h"

#include <algorithm>
#include <thread>

#include "hub/service/service.h"
#include "hub/shard/shard_set.h"

namespace dongbo::cli {

HubProcess::HubProcess(std::unique_ptr<service::Service> service, std::string host)
    : service_(std::move(service)), host_(std::move(host)) {}

HubProcess::~HubProcess() {
  service_->stop();
}

Result<std::unique_ptr<HubProcess>> HubProcess::start(const ServeSettings& settings) {
  DONGBO_ASSIGN(const auto resources, find_resources(settings.resources));
  DONGBO_ASSIGN(const auto listen, parse_listen(settings.listen));
  service::ServiceOptions options;
  options.data = settings.data;
  options.host = listen.host;
  options.port = listen.port;
  options.allow_open = settings.allow_open;
  options.shards = settings.shards;
  options.events = resources.events();
  options.catalogues = resources.catalogues();
  options.openapi = resources.openapi();
  options.dashboard = resources.dashboard;
  options.stream_bytes_max = settings.body_bytes;
  options.io_threads = settings.threads > 0 ? settings.threads : std::max(1u, std::thread::hardware_concurrency());
  // While folds take all processors, a thread more is a larger share for who waits for an answer.
  options.reading_threads = 2 * options.io_threads;
  if (!settings.kafka_brokers.empty()) {
    auto& kafka = options.kafka.emplace();
    kafka.brokers = settings.kafka_brokers;
    kafka.topic_events = settings.kafka_topic;
    kafka.topic_changes = settings.kafka_changes;
    kafka.topic_quarantine = settings.kafka_quarantine;
    kafka.group = settings.kafka_group;
    kafka.properties = settings.kafka_properties;
  }
  DONGBO_ASSIGN(auto service, service::Service::open(std::move(options)));
  service->start();
  return std::unique_ptr<HubProcess>(new HubProcess(std::move(service), listen.host));
}

Result<void> HubProcess::stop() {
  service_->stop();
  auto& shards = service_->shards();
  for (std::uint32_t shard = 0; shard < shards.size(); ++shard)
    if (auto failure = shards.at(ShardId(shard)).failure(); !failure.empty()) return Error::transient(std::move(failure));
  return {};
}

std::string HubProcess::url() const {
  const bool six = host_.find(':') != std::string::npos;
  const auto host = host_ == "0.0.0.0" ? "127.0.0.1" : six ? "[" + host_ + "]" : host_;
  return "http://" + host + ":" + std::to_string(service_->port());
}

}  // namespace dongbo::cli
