#include "hub/cli/uploader.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace dongbo::cli {
namespace {

std::string reasons(const nlohmann::json& item) {
  std::string out;
  if (item.contains("errors") && item["errors"].is_array())
    for (const auto& fault : item["errors"]) {
      if (!fault.is_object()) continue;
      if (!out.empty()) out += "; ";
      const auto pointer = fault.value("pointer", "");
      out += (pointer.empty() ? "" : pointer + ": ") + fault.value("detail", "");
    }
  if (out.empty() && item.contains("quarantine"))
    out = "đã có với nội dung khác, được cách ly / is there with other content, kept in quarantine: " +
          item.value("quarantine", "");
  return out;
}

}  // namespace

bool Uploader::wait(std::chrono::seconds time) const {
  const auto until = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < until) {
    if (options_.stopped && options_.stopped()) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return true;
}

Result<void> Uploader::send(const std::string& lines, std::uint64_t first_line) {
  std::string path = "/v1/events";
  if (!options_.origin.empty()) path += fmt::format("?origin={}&first_line={}", percent_encoded(options_.origin), first_line);
  const auto deadline = std::chrono::steady_clock::now() + options_.give_up_after;
  auto pause = std::chrono::seconds(1);
  bool told = false;
  for (;;) {
    auto answer = client_.post(path, lines, "application/x-ndjson");
    std::string trouble;
    if (!answer) {
      if (answer.error().error_class != ErrorClass::kTransient) return answer.error();
      trouble = answer.error().message;
    } else if (answer->status == 503 || answer->status == 429) {
      trouble = problem_text(*answer);
      pause = retry_after(*answer, pause);
    } else if (answer->status == 200 || answer->status == 207) {
      return count(*answer, first_line);
    } else {
      return Error::fatal(fmt::format("{}: {}", client_.base(), problem_text(*answer)));
    }
    if (std::chrono::steady_clock::now() + pause > deadline) return Error::transient(trouble);
    if (!told && options_.trouble) options_.trouble(trouble);
    told = true;
    if (!wait(pause)) return Error::transient("stopped while waiting: " + trouble);
    ++totals_.sent_again;
    pause = std::min(pause * 2, std::chrono::seconds(8));
  }
}

Result<void> Uploader::count(const HttpAnswer& answer, std::uint64_t first_line) {
  const auto body = nlohmann::json::parse(answer.body, nullptr, false);
  if (!body.is_object() || !body.contains("accepted"))
    return Error::fatal(client_.base() + " does not answer like a hub: " + answer.body.substr(0, 200));
  totals_.accepted += body.value("accepted", std::uint64_t{0});
  totals_.duplicate += body.value("duplicate", std::uint64_t{0});
  totals_.conflict += body.value("conflict", std::uint64_t{0});
  totals_.invalid += body.value("invalid", std::uint64_t{0});
  if (const auto position = body.value("position", ""); !position.empty()) totals_.position = position;
  for (const auto& item : body.value("items", nlohmann::json::array())) {
    if (!item.is_object() || totals_.not_taken.size() >= kNotTakenMax) continue;
    const auto outcome = item.value("outcome", "");
    if (outcome != "conflict" && outcome != "invalid") continue;
    totals_.not_taken.push_back(
        {first_line + item.value("index", std::uint64_t{0}), outcome, item.value("id", ""), reasons(item)});
  }
  return {};
}

}  // namespace dongbo::cli
