#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "hub/base/result.h"
#include "hub/cli/resources.h"
#include "hub/cli/serve_settings.h"

namespace dongbo::service {
class Service;
}

namespace dongbo::cli {

// A hub in this process: what `serve` runs, and what `demo` publishes to. start() returns when it answers; stop() drains,
// flushes and returns when nothing of it runs, and may be called twice: an error when a shard could not write at the end.
// One thread.
class HubProcess {
 public:
  static Result<std::unique_ptr<HubProcess>> start(const ServeSettings& settings);
  ~HubProcess();
  Result<void> stop();
  std::string url() const;  // http://127.0.0.1:8080

 private:
  HubProcess(std::unique_ptr<service::Service> service, std::string host);
  std::unique_ptr<service::Service> service_;
  std::string host_;
};

}  // namespace dongbo::cli
