#pragma once
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace dongbo {

// The hub's log: spdlog to standard error. info: lifecycle only; debug: per batch or checkpoint; trace: per record.
// Each line carries its coordinates (shard, sequence, topic, partition, offset).
inline void log_to_standard_error() {
  spdlog::set_default_logger(spdlog::stderr_color_mt("dongbo"));
}
inline void set_up_log(spdlog::level::level_enum level) {
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v");
  spdlog::set_level(level);
}

}  // namespace dongbo
