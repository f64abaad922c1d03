#pragma once
#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "hub/base/result.h"
#include "hub/cli/http_client.h"

namespace dongbo::cli {

// Gives each entry of a hub's quarantine to `take`, until it returns false. `parameters`: what GET /v1/quarantine takes to
// choose them, "state=held&reason=invalid"; empty: all.
Result<void> each_quarantined(HttpClient& client, const std::string& parameters,
                              const std::function<bool(const nlohmann::ordered_json&)>& take);

}  // namespace dongbo::cli
