#include "hub/shard/shard_set.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "hub/base/disk_space.h"
#include "hub/event/home.h"

namespace dongbo::shard {
namespace {

constexpr std::uint32_t kShardsDefault = 4;
constexpr std::uint32_t kShardsMax = 1024;
// Opening writes a little into each store of a shard.
constexpr std::uintmax_t kStartBytes = 16u << 20;
constexpr std::uintmax_t kStartBytesAShard = 1u << 20;
constexpr std::size_t kHeldRowsBytes = 330u << 20;  // of rows in memory, in all shards together

std::string random_id() {
  std::random_device random;
  std::string out;
  for (int i = 0; i < 4; ++i) out += fmt::format("{:08x}", random());
  return out;
}

bool take_lock(int fd, std::chrono::milliseconds wait) {
  const auto deadline = std::chrono::steady_clock::now() + wait;
  while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

Result<void> write_settings(const std::filesystem::path& file, const HubSettings& settings) {
  const nlohmann::json json = {{"format", 1}, {"shards", settings.shards}, {"hub_id", settings.hub_id}, {"made", settings.made}};
  const auto text = json.dump(2) + "\n";
  const auto temporary = file.string() + ".new";
  const int fd = ::open(temporary.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
  if (fd < 0) return Error::fatal(fmt::format("không ghi được / cannot write {}: {}", temporary, std::strerror(errno)));
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  ::close(fd);
  std::error_code failed;
  if (written) std::filesystem::rename(temporary, file, failed);
  if (!written || failed) return Error::fatal(fmt::format("không ghi được / cannot write {}", file.string()));
  return {};
}

// The highest directory on the way to `path` that is not there; empty when all are.
std::filesystem::path first_missing(const std::filesystem::path& path) {
  std::error_code ignored;
  std::filesystem::path missing;
  for (auto at = std::filesystem::absolute(path).lexically_normal(); !std::filesystem::exists(at, ignored); at = at.parent_path())
    missing = at;
  return missing;
}

}  // namespace

std::filesystem::path shard_directory(const std::filesystem::path& data, ShardId id) {
  return data / fmt::format("shard-{:03}", id.value());
}

Result<HubSettings> read_settings(const std::filesystem::path& data) {
  const auto file = data / "hub" / "settings.json";
  std::ifstream in(file);
  if (!in)
    return Error::not_found(
        fmt::format("{0} không phải thư mục dữ liệu của hub: thiếu {1} / {0} is not a data directory of a hub: {1} is missing",
                    data.string(), file.string()));
  const auto json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object() || !json.contains("shards") || !json["shards"].is_number_unsigned() || !json.contains("hub_id") ||
      !json["hub_id"].is_string())
    return Error::fatal(fmt::format(
        "không đọc được {0}: hãy khôi phục tệp này từ bản sao lưu / {0} cannot be read: put back the one from a backup",
        file.string()));
  const auto shards = json["shards"].get<std::uint64_t>();
  if (shards < 1 || shards > kShardsMax)
    return Error::fatal(
        fmt::format("{0} ghi {1} phân mảnh, hub có từ 1 đến {2}: hãy khôi phục tệp này từ bản sao lưu / {0} says {1} shards, a "
                    "hub has 1 to {2}: put back the one from a backup",
                    file.string(), shards, kShardsMax));
  const auto format = json.value("format", nlohmann::json(0));
  if (format != 1)
    return Error::fatal(
        fmt::format("{0} có định dạng {1}, chương trình này đọc định dạng 1: hãy dùng chương trình đã ghi ra nó / {0} is of "
                    "format {1}, this program reads 1: use the program that wrote it",
                    file.string(), format.dump()));
  const auto made = json.value("made", nlohmann::json(false));
  return HubSettings{static_cast<std::uint32_t>(shards), json["hub_id"].get<std::string>(), made == true};
}

std::optional<Error> missing_shards(const std::filesystem::path& data, const HubSettings& settings) {
  std::error_code failed;
  for (ShardId shard(0); settings.made && shard.value() < settings.shards; shard = shard.next())
    if (const auto journal = shard_directory(data, shard) / "journal"; !std::filesystem::exists(journal / "CURRENT", failed))
      return Error::fatal(
          fmt::format("thiếu {0}, hoặc trong đó không có tệp CURRENT: hãy khôi phục từ bản sao lưu; chưa có gì bị thay đổi / {0} "
                      "is missing, or has no file CURRENT: put it back from a backup; nothing was changed",
                      journal.string()));
  if (const auto more = shard_directory(data, ShardId(settings.shards)); std::filesystem::exists(more, failed))
    return Error::fatal(fmt::format(
        "có {0}, nhưng {1}/hub/settings.json ghi {2} phân mảnh: hãy khôi phục tệp này từ bản sao lưu; chưa có gì bị thay đổi / "
        "{0} is there, but {1}/hub/settings.json says {2} shards: put back the one from a backup; nothing was changed",
        more.string(), data.string(), settings.shards));
  return std::nullopt;
}

Result<std::unique_ptr<ShardSet>> ShardSet::open(const std::filesystem::path& data, ShardSetOptions options) {
  if (options.shards > kShardsMax)
    return Error::fatal(
        fmt::format("{0} phân mảnh là quá nhiều, tối đa {1} / {0} shards are too many; at most {1}", options.shards, kShardsMax));
  std::error_code failed;
  const auto first_made = first_missing(data / "hub");
  const bool held_nothing =
      !first_made.empty() && (!std::filesystem::exists(data, failed) || std::filesystem::is_empty(data, failed));
  std::filesystem::create_directories(data / "hub", failed);
  if (failed) return Error::fatal(fmt::format("không tạo được / cannot make {}: {}", (data / "hub").string(), failed.message()));
  std::unique_ptr<ShardSet> set(new ShardSet());
  set->directory_ = data;
  const auto lock_file = data / "hub" / "lock";
  set->lock_ = ::open(lock_file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
  if (set->lock_ < 0)
    return Error::fatal(fmt::format("không mở được / cannot open {}: {}", lock_file.string(), std::strerror(errno)));
  if (!take_lock(set->lock_, options.lock_wait))
    return Error::fatal(
        fmt::format("{0} đang được một tiến trình dongbo khác dùng; hãy dừng tiến trình đó hoặc chọn --data khác / {0} is in use "
                    "by another dongbo process; stop that one first or choose another --data",
                    data.string()));
  auto settings = read_settings(data);
  if (!settings) {
    if (settings.error().error_class != ErrorClass::kNotFound) return settings.error();
    if (std::filesystem::exists(shard_directory(data, ShardId(0)), failed))
      return Error::fatal(fmt::format(
          "{0} có các phân mảnh, nhưng thiếu {0}/hub/settings.json ghi số phân mảnh: hãy khôi phục tệp này từ bản sao lưu / {0} "
          "holds shards, but {0}/hub/settings.json, which says how many, is missing: put back the one from a backup",
          data.string()));
    HubSettings fresh{options.shards == 0 ? kShardsDefault : options.shards, random_id(), false};
    set->first_made_ = first_made;
    set->new_shards_ = held_nothing ? fresh.shards : 0;
    set->undo_if_new();
    DONGBO_TRY(write_settings(data / "hub" / "settings.json", fresh));
    settings = fresh;
  }
  if (options.shards != 0 && options.shards != settings->shards)
    return Error::fatal(
        fmt::format("{0} được tạo với {1} phân mảnh, không chạy được với {2}: muốn thêm, hãy phát lại vào một hub mới / {0} was "
                    "made with {1} shards and cannot run with {2}: to grow, replay it into a new hub",
                    data.string(), settings->shards, options.shards));
  if (auto missing = missing_shards(data, *settings)) return std::move(*missing);
  set->hub_id_ = settings->hub_id;
  options.shard.engine.held_rows_bytes =
      std::min<std::size_t>(options.shard.engine.held_rows_bytes, kHeldRowsBytes / settings->shards);
  if (const auto left = too_little_space(data, kStartBytes + settings->shards * kStartBytesAShard))
    return Error::fatal(
        fmt::format("đĩa của {1} chỉ còn {0} MiB mà mở ra là phải ghi: hãy giải phóng dung lượng trước; không mất gì / only {0} "
                    "MiB are left on the disk of {1}, and opening it writes: free some space first; nothing is lost",
                    *left >> 20, data.string()));
  // Shards recover side by side.
  std::vector<std::optional<Result<std::unique_ptr<Shard>>>> opened(settings->shards);
  const std::size_t workers = std::max(1u, std::min(settings->shards, std::thread::hardware_concurrency()));
  std::atomic<std::uint32_t> next{0};
  std::vector<std::thread> threads;
  for (std::size_t worker = 0; worker < workers; ++worker)
    threads.emplace_back([&] {
      for (auto i = next++; i < settings->shards; i = next++)
        opened[i].emplace(Shard::open(shard_directory(data, ShardId(i)), ShardId(i), options.shard));
    });
  for (auto& thread : threads) thread.join();
  for (auto& shard : opened) {
    if (!*shard) return shard->error();
    set->shards_.push_back(std::move(**shard));
  }
  if (!settings->made) {
    settings->made = true;
    DONGBO_TRY(write_settings(data / "hub" / "settings.json", *settings));
  }
  set->undo_ = false;
  return set;
}

ShardSet::~ShardSet() {
  stop();
  shards_.clear();
  if (undo_) undo();
  if (lock_ >= 0) ::close(lock_);
}

// The lock is still held: nobody else uses the directory.
void ShardSet::undo() {
  std::error_code ignored;
  for (ShardId id(0); id.value() < new_shards_; id = id.next())
    std::filesystem::remove_all(shard_directory(directory_, id), ignored);
  std::filesystem::remove_all(directory_ / "hub", ignored);
  const auto data = std::filesystem::absolute(directory_ / "hub").lexically_normal().parent_path();
  for (auto at = data; at.native().size() >= first_made_.native().size(); at = at.parent_path())
    if (!std::filesystem::remove(at, ignored)) return;  // it holds something else
}

void ShardSet::start() {
  for (auto& shard : shards_) shard->start();
}

void ShardSet::stop() {
  std::vector<std::thread> threads;
  for (auto& shard : shards_) threads.emplace_back([&shard] { shard->stop(); });
  for (auto& thread : threads) thread.join();
}

ShardId ShardSet::home(std::string_view home_key) const {
  return event::home_shard(home_key, size());
}

event::Position ShardSet::head() const {
  event::Position out;
  for (const auto& shard : shards_) out.set(shard->id(), shard->head());
  return out;
}

event::Position ShardSet::folded() const {
  event::Position out;
  for (const auto& shard : shards_) out.set(shard->id(), shard->folded());
  return out;
}

}  // namespace dongbo::shard
