#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hub/projection/engine.h"
#include "hub/projection/generation.h"

namespace dongbo::projection {

// What builds of generations need of their shard.
struct BuildContext {
  ShardId shard;
  StateDb& db;
  const event::EntrySource& entries;
  std::function<Sequence()> live_position;  // any thread
  // Do the rows that answer now do without this event? Any thread.
  std::function<bool(const Projection&, Sequence)> live_lacks;
  RowMemory memory;
};

// Folds the entries after `from` up to `through` into all of `generations` in one reading, or as far as `go_on` (absent: to the
// end), told how far it is in memory, says after a run; writes their rows, seldom and at the end, with how far they are
// (BuildNote), so that a build that ends early goes on from there; returns how far that is. What the journal cannot give any more
// is set aside when `may_lack` says so of the projection, else a poison error. On an error the generations' rows in memory are
// not those of the store any more: make them anew.
Result<Sequence> fold_into(const BuildContext& context, const std::vector<Generation*>& generations, Sequence from,
                           Sequence through, const std::function<bool(const Projection&, Sequence)>& may_lack,
                           const std::function<bool(Sequence)>& go_on = {});

// Projections being built anew beside their live generations, by one thread, from the journal. Those that are at the same
// place are folded in one reading; who started later catches up first. A build near the live position stops and waits: the
// trail thread takes it to the end and swaps it in (FoldEngine::finish_rebuilds). Cancelled or failed ones keep their place;
// what the journal cannot give and the live rows have fails them.
// Any thread, but finish() and erase(): the trail's.
class Rebuilds {
 public:
  explicit Rebuilds(BuildContext context) : context_(std::move(context)) {}
  ~Rebuilds();  // ends the thread; places stay
  Rebuilds(const Rebuilds&) = delete;
  Rebuilds& operator=(const Rebuilds&) = delete;

  // A build at `position`, that waits for start(). REQUIRES: none of its projection is held.
  void add(std::unique_ptr<Generation> generation, Sequence position);
  bool holds(const std::string& projection) const;
  Result<void> start(const std::string& projection);   // conflict error when it runs; REQUIRES: it is held
  Result<void> cancel(const std::string& projection);  // conflict error when it does not run; the thread is done with it then
  std::optional<ProjectionStatus::Rebuild> status(const std::string& projection) const;

  std::vector<std::string> caught_up() const;
  // Folds what is missing up to `through` and gives the generation away; REQUIRES: it has caught up. The build is still shown
  // until erase(). On an error it waits again.
  Result<std::unique_ptr<Generation>> finish(const std::string& projection, Sequence through);
  void erase(const std::string& projection);

 private:
  enum class State { kWaits, kRuns, kCaughtUp };
  struct Build {
    std::unique_ptr<Generation> generation;
    Sequence position;  // of the rows in the store
    Sequence folded{};  // of those in memory, in a step; else 0
    State state = State::kWaits;
    std::string error{};   // why it stopped, when it failed
    bool in_step = false;  // the thread folds into it now
  };
  void run();
  bool goes_on(const std::vector<Build*>& step, Sequence folded);
  void end_step(const std::vector<Build*>& step, const Result<Sequence>& through);
  void failed(Build& build, const Error& error);

  const BuildContext context_;
  mutable std::mutex mutex_;
  std::condition_variable stepped_;
  std::map<std::string, Build> builds_;  // by projection
  bool thread_runs_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

// Meta rows of a build: "rebuild/<projection>".
struct BuildNote {
  std::string family;
  std::uint32_t version = 0;
  Sequence position;
  static void fields(auto& row, auto&& visit) {
    visit("family", row.family);
    visit("version", row.version);
    visit("position", row.position);
  }
};
std::string build_key(std::string_view projection);

}  // namespace dongbo::projection
