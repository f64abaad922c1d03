#include "tests/bench/support/served_hub.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
#include <xxhash.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "tests/bench/support/http.h"

namespace dongbo::bench {
namespace {

std::uint16_t free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(fd, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no free port");
  close(fd);
  return ntohs(address.sin_port);
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

ServedHub::ServedHub(std::string program, std::filesystem::path data, std::vector<std::string> arguments)
    : program_(std::move(program)), data_(std::move(data)), arguments_(std::move(arguments)) {}

double ServedHub::start(double patience) {
  std::filesystem::create_directories(data_.parent_path());
  port_ = free_port();
  std::vector<std::string> command{program_, "serve", "--data", data_.string(), "--listen", fmt::format("127.0.0.1:{}", port_)};
  command.insert(command.end(), arguments_.begin(), arguments_.end());
  const auto log = data_.string() + ".log";
  const auto begun = seconds_now();
  child_ = Child(command, log);
  while (true) {
    if (!child_.running()) throw std::runtime_error("the hub ended at its start:\n" + text_of(log));
    try {
      if (HttpConnection(port_).ask(get_request("/readyz")).status == 200) return seconds_now() - begun;
    } catch (const std::runtime_error&) {
      // It does not listen yet.
    }
    if (seconds_now() - begun > patience) throw std::runtime_error("the hub is not ready:\n" + text_of(log));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
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
