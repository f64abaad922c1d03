#include "tests/bench/support/served_hub.h"

#include <xxhash.h>

#include <charconv>
#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "tests/bench/support/http.h"

namespace dongbo::bench {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The port in the line with which `serve --json` says that it serves; 0: it has not said so yet.
std::uint16_t port_in(const std::string& log) {
  constexpr std::string_view kUrl = "\"url\":\"http://127.0.0.1:";
  std::uint16_t port = 0;
  if (const auto at = log.find(kUrl); at != std::string::npos)
    std::from_chars(log.data() + at + kUrl.size(), log.data() + log.size(), port);
  return port;
}

}  // namespace

ServedHub::ServedHub(std::string program, std::filesystem::path data, std::vector<std::string> arguments)
    : program_(std::move(program)), data_(std::move(data)), arguments_(std::move(arguments)) {}

double ServedHub::start(double patience) {
  std::filesystem::create_directories(data_.parent_path());
  port_ = 0;
  std::vector<std::string> command{program_, "serve", "--data", data_.string(), "--listen", "127.0.0.1:0", "--json"};
  command.insert(command.end(), arguments_.begin(), arguments_.end());
  const auto log = data_.string() + ".log";
  std::filesystem::remove(log);  // what the last one said of its port
  const auto begun = seconds_now();
  child_ = Child(command, log);
  while (true) {
    if (!child_.running()) throw std::runtime_error("the hub ended at its start:\n" + text_of(log));
    if (port_ == 0) port_ = port_in(text_of(log));
    try {
      if (port_ != 0 && HttpConnection(port_).ask(get_request("/readyz")).status == 200) return seconds_now() - begun;
    } catch (const std::runtime_error&) {
      // It does not listen yet.
    }
    if (seconds_now() - begun > patience) throw std::runtime_error("the hub is not ready:\n" + text_of(log));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

void add_served_options(CLI::App& app, std::string& dongbo, std::string& dir, std::string& out) {
  app.add_option("--dongbo", dongbo)->required();
  app.option_defaults()->always_capture_default();
  app.add_option("--dir", dir);
  app.add_option("--out", out);
}

ServedHub::Counts ServedHub::counts() const {
  Counts sum;
  const auto status = get_json(port_, "/v1/status");
  for (const auto& shard : status.at("shards")) {
    if (const auto failure = shard.at("failure").get<std::string>(); !failure.empty()) throw std::runtime_error(failure);
    sum.journaled += shard.at("position").get<std::uint64_t>();
    sum.folded += shard.at("folded").get<std::uint64_t>();
    sum.accepted += shard.at("accepted").get<std::uint64_t>();
    sum.duplicates += shard.at("duplicates").get<std::uint64_t>();
    sum.others += shard.at("conflicts").get<std::uint64_t>() + shard.at("quarantined").get<std::uint64_t>();
  }
  return sum;
}

bool ServedHub::folded(std::uint64_t journaled, double patience) const {
  for (const auto until = seconds_now() + patience; seconds_now() < until;) {
    const auto now = counts();
    if (now.journaled >= journaled && now.folded >= now.journaled) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

std::string check_attendance(const ServedHub& hub, const CheckIns& check_ins, const Expected& expected, Figures& figures) {
  std::uint64_t right = 0;
  std::string all;
  for (std::uint64_t meeting = 0; meeting < check_ins.meetings; ++meeting) {
    const auto name = check_ins.meeting_name(check_ins.first_meeting + meeting);
    const auto path = "/v1/meetings/" + name + "/attendance";
    if (expected.present[meeting] == 0) {
      right += 1;  // nothing of it was sent
      continue;
    }
    const auto answer = get_json(hub.port(), path);
    const auto present = [](const nlohmann::json& part) { return part.at("present").get<std::uint64_t>(); };
    std::uint64_t at_points = 0, in_compositions = 0, of_units = 0;
    for (const auto& point : answer.at("points")) at_points += present(point);
    for (const auto& composition : answer.at("compositions")) in_compositions += present(composition);
    for (const auto& unit : answer.at("units")) of_units += present(unit);
    const auto wanted = expected.present[meeting];
    right += present(answer.at("total")) == wanted && at_points == wanted && in_compositions == wanted && of_units == wanted;
    for (const auto* part : {"total", "points", "compositions", "units", "arrivals"}) all += answer.at(part).dump();
  }
  figures.count("meetings whose attendance is what was sent", right, check_ins.meetings);
  auto hash = fmt::format("xxh3:{:016x}", XXH3_64bits(all.data(), all.size()));
  figures.note("result_hash", hash);
  return hash;
}

}  // namespace dongbo::bench
