#pragma once
#include <string>

#include <nlohmann/json.hpp>

#include "hub/base/result.h"
#include "hub/cli/http_client.h"

namespace dongbo::cli {

// The attendance of a meeting as the hub answers it, at least as far as `position` (read your writes).
Result<nlohmann::ordered_json> ask_attendance(HttpClient& client, const std::string& meeting, const std::string& position);

// That answer as a table to read, Vietnamese with English beside it; `names` of points come from the hub too.
Result<std::string> attendance_table(HttpClient& client, const std::string& meeting, const nlohmann::ordered_json& attendance);

}  // namespace dongbo::cli
