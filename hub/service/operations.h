#pragma once
#include <chrono>
#include <string>

#include "hub/service/feed_hub.h"
#include "hub/service/health.h"
#include "hub/service/http_server.h"
#include "hub/service/metrics.h"

namespace dongbo::service {

// What whoever runs the hub reads: /v1/status, /metrics, /healthz, /readyz. Owned by the Service; any thread.
class Operations {
 public:
  Operations(const shard::ShardSet& shards, const intake::KafkaDoor* kafka, const Health& health, const Metrics& metrics,
             const FeedHub& feed)
      : shards_(shards), kafka_(kafka), health_(health), metrics_(metrics), feed_(feed) {}

  // Set before the server starts; it is made after this.
  void server(const HttpServer* server) { server_ = server; }

  HttpResponse status() const;
  HttpResponse metrics() const;
  HttpResponse alive() const;
  HttpResponse ready() const;

 private:
  void write_shards(std::string& page) const;
  void write_projections(std::string& page) const;
  void write_kafka(std::string& page) const;
  void write_process(std::string& page) const;

  const shard::ShardSet& shards_;
  const intake::KafkaDoor* kafka_;
  const Health& health_;
  const Metrics& metrics_;
  const FeedHub& feed_;
  const HttpServer* server_ = nullptr;
  const std::chrono::system_clock::time_point started_ = std::chrono::system_clock::now();
};

}  // namespace dongbo::service
