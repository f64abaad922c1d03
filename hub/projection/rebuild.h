#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "hub/projection/generation.h"

namespace dongbo::projection {

// One projection being built anew beside the live generation, by a thread of its own, from the journal. Its position is
// written with its rows, so a cancelled or interrupted build goes on where it was. When it is near the live position it
// stops and waits: the trail thread folds the rest and swaps (FoldEngine::finish_rebuilds).
class Rebuild {
 public:
  struct Context {
    ShardId shard;
    StateDb& db;
    const event::EntrySource& entries;
    std::function<Sequence()> live_position;
    std::size_t cached_rows_max;
  };

  Rebuild(Context context, std::unique_ptr<Generation> generation, Sequence position);
  ~Rebuild();  // cancels and waits

  void start();
  void cancel();  // returns when the thread ended; the position stays
  bool running() const { return running_.load(); }
  bool caught_up() const { return caught_up_.load(); }
  std::string failure() const;
  Sequence position() const { return Sequence(position_.load()); }

  // Folds what is missing up to `through` on the calling thread. REQUIRES: not running.
  Result<void> fold_through(Sequence through, const std::function<bool()>& stop);
  std::unique_ptr<Generation> release() { return std::move(generation_); }

 private:
  Context context_;
  std::unique_ptr<Generation> generation_;
  event::EntryReader reader_;
  std::atomic<std::uint64_t> position_;
  std::atomic<bool> running_{false};
  std::atomic<bool> caught_up_{false};
  std::atomic<bool> cancelled_{false};
  mutable std::mutex failure_mutex_;
  std::string failure_;
  std::thread thread_;
};

// Meta rows of a rebuild: "rebuild/<projection>".
struct RebuildNote {
  std::string family;
  std::uint32_t version = 0;
  Sequence position;
  static void fields(auto& row, auto&& visit) {
    visit("family", row.family);
    visit("version", row.version);
    visit("position", row.position);
  }
};
std::string rebuild_key(std::string_view projection);

}  // namespace dongbo::projection
