#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/event/position.h"
#include "hub/shard/shard.h"

namespace dongbo::shard {

struct ShardSetOptions {
  std::uint32_t shards = 0;  // 0: what the directory was made with, 4 for a new one
  // How long a directory that is in use is waited for: a hub that was killed holds it until the kernel has ended it.
  std::chrono::milliseconds lock_wait{3000};
  ShardOptions shard;
};

// All shards of a data directory. The modulus is recorded at the first start in hub/settings.json; another number is
// refused: growing is a replay into a new hub. Holds an exclusive lock on the directory (hub/lock): a second hub is
// refused with a clear message.
// Owned by the service (or a command); routing and reading by any thread.
class ShardSet {
 public:
  static Result<std::unique_ptr<ShardSet>> open(const std::filesystem::path& data, ShardSetOptions options);
  ~ShardSet();  // stops

  void start();
  void stop();  // all shards drain in parallel; may be called twice
  // A start that fails after open() leaves nothing behind: what open() made of a directory that was not there, or was empty, goes
  // with this object. Before start() only.
  void undo_if_new() { undo_ = new_shards_ > 0; }

  std::uint32_t size() const { return static_cast<std::uint32_t>(shards_.size()); }
  Shard& at(ShardId id) { return *shards_[id.value()]; }
  const Shard& at(ShardId id) const { return *shards_[id.value()]; }
  ShardId home(std::string_view home_key) const;
  event::Position head() const;
  event::Position folded() const;
  const std::filesystem::path& directory() const { return directory_; }
  // Random text made at the first start: names this hub's journal, so a position of another hub is noticed.
  const std::string& hub_id() const { return hub_id_; }

 private:
  ShardSet() = default;
  void undo();
  std::filesystem::path directory_;
  std::filesystem::path first_made_;  // the directory, or the highest above it that was not there either
  std::uint32_t new_shards_ = 0;      // of a directory that held nothing before
  bool undo_ = false;
  std::string hub_id_;
  int lock_ = -1;
  std::vector<std::unique_ptr<Shard>> shards_;
};

// What hub/settings.json says, without opening anything: for commands that read beside a running hub.
struct HubSettings {
  std::uint32_t shards = 0;  // 1 to 1024
  std::string hub_id;
  bool made = false;  // every shard was opened once: from then on one that is missing was lost
};
Result<HubSettings> read_settings(const std::filesystem::path& data);
// Why the shards that lie in `data` are not those that its settings tell of; nullopt: they are.
std::optional<Error> missing_shards(const std::filesystem::path& data, const HubSettings& settings);
std::filesystem::path shard_directory(const std::filesystem::path& data, ShardId id);  // data/shard-000

}  // namespace dongbo::shard
