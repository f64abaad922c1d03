#include "hub/query/problem.h"

#include <nlohmann/json.hpp>

namespace dongbo::query {

std::string Problem::body() const {
  nlohmann::ordered_json out;
  out["type"] = "urn:dongbo:problem:" + name;
  out["title"] = title;
  out["status"] = status;
  out["detail"] = detail;
  if (!errors.empty()) {
    auto& list = out["errors"] = nlohmann::ordered_json::array();
    for (const auto& fault : errors) list.push_back({{"pointer", fault.pointer}, {"detail", fault.detail}});
  }
  // What the reader sent may not be UTF-8; it comes back with replacement characters.
  return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Problem Problem::not_found(std::string detail) {
  return {404, "not-found", "Không tìm thấy / Not found", std::move(detail), {}};
}

Problem Problem::invalid(std::vector<event::Fault> errors) {
  DONGBO_ASSERT(!errors.empty());
  auto detail = errors.front().pointer.substr(1) + ": " + errors.front().detail;
  return {422, "invalid", "Dữ liệu không hợp lệ / The data is not valid", std::move(detail), std::move(errors)};
}

Problem Problem::failed(const Error& error) {
  return {500, "failed", "Lỗi bên trong / Something failed inside", error.message, {}};
}

}  // namespace dongbo::query
