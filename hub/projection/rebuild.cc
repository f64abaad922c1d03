#include "hub/projection/rebuild.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "hub/base/this_thread.h"

namespace dongbo::projection {
namespace {
// What a crash may cost a rebuild, unless its rows fill the memory before.
constexpr std::uint64_t kStepEvents = 1'048'576;
constexpr std::uint64_t kNearEvents = 16'384;  // what the trail thread may fold in one go at the swap

Result<void> store(const BuildContext& context, const std::vector<Generation*>& generations, Sequence through) {
  const auto batch = context.db.batch(bytes_changed(generations));
  for (auto* generation : generations) {
    generation->commit(*batch, context.memory, {});
    const auto& projection = generation->projection();
    const BuildNote note{generation->family()->name(), projection.version(), through};
    batch->put_meta(build_key(projection.name()), encode_record(note));
  }
  return context.db.write(*batch);
}

}  // namespace

std::string build_key(std::string_view projection) {
  return "rebuild/" + std::string(projection);
}

Result<Sequence> fold_into(const BuildContext& context, const std::vector<Generation*>& generations, Sequence from,
                           Sequence through, const std::function<bool(const Projection&, Sequence)>& may_lack,
                           const std::function<bool(Sequence)>& go_on) {
  const std::vector<Folding*> foldings(generations.begin(), generations.end());
  UnstoredRuns runs(context.entries, context.shard, from);
  std::optional<Error> refused;
  auto read = read_runs(
      context.entries, from, through,
      [&](const EntryRun& records, Sequence end) -> Result<bool> {
        if (refused) return *refused;
        DONGBO_TRY(runs.fold(records, end, foldings, nullptr));
        const bool last = end >= through || (go_on && !go_on(end));
        if (last || are_full(generations, context.memory)) {
          DONGBO_TRY(store(context, generations, end));
          runs.were_stored();
        }
        return !last;
      },
      [&](Sequence first, Sequence last, const std::string& reason) {
        for (auto* generation : generations)
          for (auto sequence = first; sequence <= last; sequence = sequence.next()) {
            if (!may_lack(generation->projection(), sequence)) {
              refused =
                  Error::poison(fmt::format("nhật ký không đọc được các số thứ tự {0}-{1}, bản đang dùng được giữ nguyên / the "
                                            "journal cannot give sequences {0}-{1}: {2}; the rows that answer now stay",
                                            first.value(), last.value(), reason));
              return;
            }
            generation->set_aside(sequence, reason);
          }
      });
  if (!read) return read.error();
  return runs.stored();
}

Rebuilds::~Rebuilds() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void Rebuilds::add(std::unique_ptr<Generation> generation, Sequence position) {
  std::lock_guard lock(mutex_);
  const std::string name(generation->projection().name());
  const bool is_new = builds_.emplace(name, Build{std::move(generation), position}).second;
  DONGBO_ASSERT(is_new);
}

bool Rebuilds::holds(const std::string& projection) const {
  std::lock_guard lock(mutex_);
  return builds_.contains(projection);
}

Result<void> Rebuilds::start(const std::string& projection) {
  std::lock_guard lock(mutex_);
  auto& build = builds_.at(projection);
  if (build.state != State::kWaits) return Error::conflict(projection + " đang được dựng lại / is being rebuilt already");
  build.state = State::kRuns;
  build.error.clear();
  if (thread_runs_) return {};
  if (thread_.joinable()) thread_.join();
  thread_runs_ = true;
  thread_ = std::thread([this] { run(); });
  return {};
}

Result<void> Rebuilds::cancel(const std::string& projection) {
  std::unique_lock lock(mutex_);
  const auto found = builds_.find(projection);
  if (found == builds_.end() || found->second.state != State::kRuns)
    return Error::conflict(fmt::format("không có lần dựng lại nào của {0} đang chạy / no rebuild of {0} is running", projection));
  found->second.state = State::kWaits;
  stepped_.wait(lock, [&] { return !found->second.in_step; });
  return {};
}

std::optional<ProjectionStatus::Rebuild> Rebuilds::status(const std::string& projection) const {
  std::lock_guard lock(mutex_);
  const auto found = builds_.find(projection);
  if (found == builds_.end()) return std::nullopt;
  const auto& build = found->second;
  return ProjectionStatus::Rebuild{std::max(build.position, build.folded), build.state != State::kWaits, build.error};
}

std::vector<std::string> Rebuilds::caught_up() const {
  std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  for (const auto& [name, build] : builds_)
    if (build.state == State::kCaughtUp) out.push_back(name);
  return out;
}

Result<std::unique_ptr<Generation>> Rebuilds::finish(const std::string& projection, Sequence through) {
  Build* last = nullptr;
  {
    std::lock_guard lock(mutex_);
    last = &builds_.at(projection);
    DONGBO_ASSERT(last->state == State::kCaughtUp);
  }
  const auto done = fold_into(context_, {last->generation.get()}, last->position, through, context_.live_lacks);
  if (done) return std::move(last->generation);
  std::lock_guard lock(mutex_);
  failed(*last, done.error());
  return done.error();
}

void Rebuilds::erase(const std::string& projection) {
  std::lock_guard lock(mutex_);
  builds_.erase(projection);
}

// The hindmost go on together, as far as the next in front of them.
void Rebuilds::run() {
  lower_this_thread(Niceness::kCanWait);
  name_this_thread("rebuild");
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto live = context_.live_position();
    std::vector<Build*> step;
    auto through = live;
    for (auto& [name, build] : builds_) {
      if (build.state != State::kRuns) continue;
      if (build.position.value() + kNearEvents >= live.value()) {
        build.state = State::kCaughtUp;
        continue;
      }
      if (!step.empty() && build.position > step.front()->position) {
        through = std::min(through, build.position);
        continue;
      }
      if (!step.empty() && build.position < step.front()->position) {
        through = std::min(through, step.front()->position);
        step.clear();
      }
      step.push_back(&build);
    }
    if (step.empty()) break;
    const auto from = step.front()->position;
    through = std::min(through, Sequence(from.value() + kStepEvents));
    std::vector<Generation*> generations;
    for (auto* build : step) {
      build->in_step = true;
      generations.push_back(build->generation.get());
    }
    lock.unlock();
    const auto done = fold_into(context_, generations, from, through, context_.live_lacks,
                                [&](Sequence folded) { return goes_on(step, folded); });
    lock.lock();
    end_step(step, done);
  }
  thread_runs_ = false;
}

bool Rebuilds::goes_on(const std::vector<Build*>& step, Sequence folded) {
  std::lock_guard lock(mutex_);
  for (auto* build : step) build->folded = folded;
  return !stopping_ && std::all_of(step.begin(), step.end(), [](const Build* build) { return build->state == State::kRuns; });
}

void Rebuilds::end_step(const std::vector<Build*>& step, const Result<Sequence>& through) {
  for (auto* build : step) {
    build->in_step = false;
    build->folded = Sequence(0);
    if (through) {
      build->position = *through;
    } else {
      failed(*build, through.error());
    }
  }
  stepped_.notify_all();
}

void Rebuilds::failed(Build& build, const Error& error) {
  // The rows in memory may be ahead of the store: the next start reads them again.
  const auto& former = *build.generation;
  spdlog::error("phân mảnh {0}: dựng lại {1} dừng ở {2} / shard {0}: rebuild of {1} stopped at {2}: {3}", context_.shard.value(),
                former.projection().name(), build.position.value(), error.message);
  build.error = error.message;
  build.generation =
      std::make_unique<Generation>(former.projection(), context_.db, former.family(), context_.entries, context_.shard);
  build.state = State::kWaits;
}

}  // namespace dongbo::projection
