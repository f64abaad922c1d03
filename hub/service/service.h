#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "hub/base/result.h"
#include "hub/intake/kafka_door.h"
#include "hub/shard/shard_set.h"

namespace dongbo::service {

struct ServiceOptions {
  std::filesystem::path data;
  std::string host = "127.0.0.1";  // an address, or "localhost"
  std::uint16_t port = 8080;       // 0: any that is free, see Service::port()
  bool allow_open = false;         // listen beyond loopback although there is no access control
  std::uint32_t shards = 0;        // 0: what the directory was made with, 4 for a new one
  shard::ShardOptions shard;
  std::optional<intake::KafkaOptions> kafka;  // nullopt: embedded, HTTP only

  std::filesystem::path events;      // schemas/events
  std::filesystem::path catalogues;  // schemas/catalogues
  std::filesystem::path openapi;     // schemas/openapi.yaml; need not be there
  std::filesystem::path dashboard;   // its built files; need not be there

  std::size_t io_threads = 2;
  std::size_t reading_threads = 4;
  std::uint64_t stream_bytes_max = 0;  // the longest NDJSON upload; 0: 1 GiB
  std::size_t connections_max = 0;     // 0: 12000
  std::size_t feed_sessions_max = 0;   // 0: 10000
};

// A whole hub: the one place where shards, doors, queries and the network are wired together.
//
// Life: open (recovers the shards and binds the address; nothing runs yet), start, stop (from any thread but its own; what
// was taken is answered, journaled and flushed; may be called twice), destroyed.
class Service {
 public:
  static Result<std::unique_ptr<Service>> open(ServiceOptions options);
  ~Service();
  void start();
  void stop();

  std::uint16_t port() const;
  shard::ShardSet& shards();

 private:
  struct Impl;
  explicit Service(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dongbo::service
