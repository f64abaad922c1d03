#include "hub/cli/quarantine_list.h"

namespace dongbo::cli {

using Json = nlohmann::ordered_json;

Result<void> each_quarantined(HttpClient& client, const std::string& parameters, const std::function<bool(const Json&)>& take) {
  std::string token;
  do {
    auto path = "/v1/quarantine?page_size=500" + (parameters.empty() ? "" : "&" + parameters);
    if (!token.empty()) path += "&page_token=" + percent_encoded(token);
    DONGBO_ASSIGN(const auto body, object_of(client.get(path), client.base(), "items"));
    for (const auto& item : body["items"])
      if (!take(item)) return {};
    token = body.value("next_page_token", "");
  } while (!token.empty());
  return {};
}

}  // namespace dongbo::cli
