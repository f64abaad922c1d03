#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/result.h"

namespace dongbo::cli {

// What `dongbo serve` is told, from the command line and from dongbo.toml (all of it: deploy/dongbo.toml); what neither says
// stays as here.
struct ServeSettings {
  std::filesystem::path data = "dongbo-data";
  std::string listen = "127.0.0.1:8080";
  std::uint32_t shards = 0;  // 0: what the directory was made with; the topic's partitions or 4 for a new one
  bool allow_open = false;
  std::string log_level = "info";
  std::filesystem::path resources;
  std::uint64_t body_bytes = 0;  // the longest NDJSON upload; 0: the service's own limit
  std::uint32_t threads = 0;     // network threads; 0: one a core

  std::string kafka_brokers;  // empty: embedded, HTTP only
  std::string kafka_topic = "dongbo.events";
  std::string kafka_changes = "dongbo.changes";
  std::string kafka_quarantine = "dongbo.quarantine";
  std::string kafka_group = "dongbo";
  std::map<std::string, std::string> kafka_properties;

  bool operator==(const ServeSettings&) const = default;
};

// HOST:PORT, [::1]:8080 and :8080 (= every address); a host is an IP address or "localhost".
struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};
Result<HostPort> parse_listen(const std::string& text);
bool is_loopback(const std::string& host);

// Reads dongbo.toml over `settings`. A key that is not known, or of the wrong type, is an error that names key and line:
// a misspelt option must not be ignored in silence.
Result<void> read_settings_file(const std::filesystem::path& file, ServeSettings& settings);

// "name=value"; an error when there is no '='.
Result<void> add_property(const std::string& text, std::map<std::string, std::string>& properties);

}  // namespace dongbo::cli
