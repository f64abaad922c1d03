#include "hub/cli/uploader.h"

#include <unistd.h>

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hub/base/in_both.h"
#include "hub/cli/console.h"

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

Uploader::Uploader(HttpClient& client, Options options) : client_(client), options_(std::move(options)) {
  client_.when_slow(options_.slow_after, [this] {
    if (std::exchange(slow_told_, true)) return;
    tell(fmt::format("{}: {}", client_.base(),
                     in_both(fmt::format("chưa trả lời sau {} giây", options_.slow_after.count() / 1000),
                             fmt::format("no answer for {} s", options_.slow_after.count() / 1000))));
  });
}

Uploader::~Uploader() {
  client_.when_slow({}, nullptr);
}

void Uploader::tell(const std::string& why) {
  if (!told_ && options_.trouble) options_.trouble(why);
  told_ = true;
}

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
  told_ = false;
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
    tell(trouble);
    if (!wait(pause)) return Error::transient(in_both("dừng khi đang chờ", "stopped while waiting") + ": " + trouble);
    ++totals_.sent_again;
    pause = std::min(pause * 2, std::chrono::seconds(8));
  }
}

Result<void> Uploader::count(const HttpAnswer& answer, std::uint64_t first_line) {
  const auto body = nlohmann::json::parse(answer.body, nullptr, false);
  if (!body.is_object() || !body.contains("accepted")) return not_a_hub(client_.base(), answer.body.substr(0, 200));
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

std::function<void(const std::string&)> waiting_notice(std::string command, std::chrono::seconds give_up_after) {
  return [command = std::move(command), seconds = give_up_after.count()](const std::string& why) {
    fmt::print(stderr, "{}dongbo {}: chờ hub, thử lại trong {} giây / waiting for the hub, trying again for {} s: {}\n",
               is_terminal(STDERR_FILENO) ? "\r\033[K" : "", command, seconds, seconds, why);  // over a progress bar
  };
}

}  // namespace dongbo::cli
