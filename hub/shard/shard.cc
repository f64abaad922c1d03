#include "hub/shard/shard.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <mutex>
#include <thread>

#include "hub/base/bounded_queue.h"
#include "hub/base/this_thread.h"
#include "hub/journal/indexed_entries.h"
#include "hub/projection/registry.h"
#include "hub/shard/admission.h"
#include "hub/shard/index_tail.h"
#include "hub/shard/trail.h"

namespace dongbo::shard {
namespace {

constexpr std::size_t kItemOverhead = 256;  // of a waiting item beside its bytes
constexpr std::size_t kBatchBytesMax = 8u << 20;
constexpr auto kProbeEvery = std::chrono::milliseconds(500);  // whether the disk takes appends again
constexpr std::size_t kRepeatSourcesMax = 10'000;  // sources counted by name; further ones are counted in the totals only

std::size_t weight_of(const Submission& submission) {
  std::size_t weight = kItemOverhead;
  for (const auto& item : submission.items) {
    weight += kItemOverhead;
    if (const auto* event = std::get_if<event::PreparedEvent>(&item.item)) {
      weight += event->entry.size();
    } else {
      weight += std::get<RefusedItem>(item.item).raw.size();
    }
  }
  return weight;
}

}  // namespace

struct Shard::Impl {
  ShardId id;
  ShardOptions options;
  std::unique_ptr<journal::Journal> journal;
  std::unique_ptr<journal::IdentityIndex> index;
  std::unique_ptr<journal::IndexedEntries> entries;
  std::unique_ptr<projection::FoldEngine> engine;
  std::unique_ptr<Trail> trail;
  std::unique_ptr<Admitter> admitter;
  std::unique_ptr<BoundedQueue<Submission>> queue;
  std::thread owner;
  bool append_failed = false;  // the last one; owner thread only

  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> duplicates{0};
  std::atomic<std::uint64_t> conflicts{0};
  std::atomic<std::uint64_t> quarantined{0};
  TimeHistogram appends;
  std::atomic<std::size_t> recent{0};
  mutable std::mutex mutex;
  std::string failure;
  IdentityLooks looks;
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> repeats;

  void run() {
    name_this_thread("shard " + std::to_string(id.value()));
    for (;;) {
      // When the disk refused, nobody may send any more, for /readyz says so: whether it takes appends again is found out here.
      auto batch = append_failed ? queue->pop_batch_for(kBatchBytesMax, kProbeEvery) : queue->pop_batch(kBatchBytesMax);
      if (batch.empty() && !queue->closed()) {
        if (journal->append({})) went_well();
        continue;
      }
      if (batch.empty()) batch = queue->pop_batch(kBatchBytesMax);  // what came before it was closed
      if (batch.empty()) return;
      handle(batch);
    }
  }
  void went_well() {
    append_failed = false;
    std::lock_guard lock(mutex);
    failure.clear();
  }

  // Decides, journals, acknowledges one batch. The order of the queue is the order of the journal.
  void handle(std::vector<Submission>& batch) {
    auto decision = admitter->decide(batch, journal->head().next(), journal->quarantine_head().next());
    if (!decision) {
      append_failed = false;  // an append says nothing of an index that cannot be read
      return fail(batch, decision.error());
    }
    const auto& append = decision->append;
    if (!append.entries.empty() || !append.positions.empty() || !append.quarantine.empty()) {
      const auto start = std::chrono::steady_clock::now();
      auto appended = journal->append(append);
      if (!appended) {
        admitter->take_back(*decision);
        append_failed = true;
        return fail(batch, appended.error());
      }
      appends.add(std::chrono::steady_clock::now() - start);
    }
    count(batch, *decision);
    for (std::size_t i = 0; i < batch.size(); ++i)
      if (batch[i].done) batch[i].done(std::move(decision->outcomes[i]));
    if (!append.entries.empty()) trail->wake();
    admitter->forget_indexed();
    recent = admitter->recent_size();
  }

  void count(const std::vector<Submission>& batch, const Decision& decision) {
    accepted += decision.append.entries.size();
    quarantined += decision.refused;
    went_well();
    std::lock_guard lock(mutex);
    looks.found_in_memory += decision.looks.found_in_memory;
    looks.found_in_index += decision.looks.found_in_index;
    looks.asked_of_index += decision.looks.asked_of_index;
    if (decision.duplicates + decision.conflicts == 0) return;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (batch[i].origin.door == kRedriveDoor) continue;  // nobody sent it again
      for (std::size_t j = 0; j < batch[i].items.size(); ++j) {
        const auto kind = decision.outcomes[i][j].kind;
        if (kind != Outcome::Kind::kDuplicate && kind != Outcome::Kind::kConflict) continue;
        ++(kind == Outcome::Kind::kDuplicate ? duplicates : conflicts);
        const auto& source = std::get<event::PreparedEvent>(batch[i].items[j].item).source;
        const auto found = repeats.find(source);
        if (found == repeats.end() && repeats.size() >= kRepeatSourcesMax) continue;
        auto& counts = found == repeats.end() ? repeats[source] : found->second;
        ++(kind == Outcome::Kind::kDuplicate ? counts.first : counts.second);
      }
    }
  }

  void fail(std::vector<Submission>& batch, const Error& error) {
    {
      std::lock_guard lock(mutex);
      if (failure != error.message) spdlog::error("{}", error.message);
      failure = error.message;
    }
    for (auto& submission : batch)
      if (submission.done) submission.done(std::vector<Outcome>(submission.items.size(), {.why = error.message}));
  }
};

Shard::Shard(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Shard::~Shard() {
  stop();
}

Result<std::unique_ptr<Shard>> Shard::open(const std::filesystem::path& directory, ShardId id, ShardOptions options) {
  std::error_code failed;
  std::filesystem::create_directories(directory, failed);
  if (failed) return Error::fatal(fmt::format("không tạo được / cannot make {}: {}", directory.string(), failed.message()));
  auto impl = std::make_unique<Impl>();
  impl->id = id;
  impl->options = options;
  DONGBO_ASSIGN(impl->journal, journal::Journal::open(directory / "journal", id, journal::Journal::Mode::kReadWrite));
  DONGBO_ASSIGN(impl->index, journal::IdentityIndex::open(directory / "identity", id, false));
  while (impl->index->through() < impl->journal->head()) DONGBO_TRY(index_some(*impl->journal, *impl->index));
  impl->entries = std::make_unique<journal::IndexedEntries>(*impl->journal, *impl->index);
  DONGBO_ASSIGN(impl->engine, projection::FoldEngine::open(directory / "state", id, projection::all_projections(), *impl->entries,
                                                           options.engine));
  if (impl->index->through() > impl->journal->head() || impl->engine->applied() > impl->journal->head())
    return Error::fatal(fmt::format(
        "phân mảnh {0}: nhật ký trong {1} dừng ở {2}, nhưng dữ liệu dựng từ nó đi xa hơn: một phần nhật ký đã bị xóa hoặc bị "
        "thay; hãy khôi phục cả thư mục từ bản sao lưu / shard {0}: the journal in {1} ends at {2}, but what was made from it "
        "reaches further: part of it was removed or replaced; restore the whole directory from a backup",
        id.value(), directory.string(), impl->journal->head().value()));
  impl->trail = std::make_unique<Trail>(id, *impl->journal, *impl->index, *impl->engine);
  const auto missing = impl->journal->head().value() - impl->engine->applied().value();
  if (missing > 0) spdlog::info("shard {}: folding {} events of the journal's tail again", id.value(), missing);
  DONGBO_TRY(impl->trail->catch_up());
  impl->admitter = std::make_unique<Admitter>(*impl->journal, *impl->index);
  impl->queue = std::make_unique<BoundedQueue<Submission>>(options.queue_bytes_max);
  return std::unique_ptr<Shard>(new Shard(std::move(impl)));
}

void Shard::on_folded(std::function<void(ShardId, Sequence, Sequence)> listener) {
  impl_->trail->on_folded(std::move(listener));
}

void Shard::start() {
  if (impl_->owner.joinable()) return;
  impl_->trail->start();
  impl_->owner = std::thread([this] { impl_->run(); });
}

void Shard::stop() {
  if (impl_->queue) impl_->queue->close();
  if (impl_->owner.joinable()) impl_->owner.join();
  if (impl_->trail) impl_->trail->stop();
}

Result<void> Shard::compact() {
  DONGBO_ASSERT(!impl_->owner.joinable());
  DONGBO_TRY(impl_->journal->compact());
  DONGBO_TRY(impl_->index->compact());
  return impl_->engine->compact();
}

bool Shard::submit(Submission& submission) {
  if (head().value() - folded().value() > impl_->options.trail_lag_max) return false;
  return impl_->queue->try_push(submission, weight_of(submission));
}

ShardId Shard::id() const {
  return impl_->id;
}
Sequence Shard::head() const {
  return impl_->journal->head();
}
Sequence Shard::folded() const {
  return impl_->engine->applied();
}

std::string Shard::failure() const {
  {
    std::lock_guard lock(impl_->mutex);
    if (!impl_->failure.empty()) return impl_->failure;
  }
  if (const auto hindered = impl_->journal->hindrance()) return hindered->message;
  return impl_->trail->failure();
}

ShardStatus Shard::status() const {
  ShardStatus out;
  out.shard = impl_->id;
  out.head = head();
  out.folded = folded();
  out.indexed = impl_->index->through();
  out.queue_bytes = impl_->queue->weight();
  out.queue_bytes_max = impl_->options.queue_bytes_max;
  out.lag_max = impl_->options.trail_lag_max;
  out.recent_identities = impl_->recent;
  out.accepted = impl_->accepted;
  out.duplicates = impl_->duplicates;
  out.conflicts = impl_->conflicts;
  out.quarantined = impl_->quarantined;
  out.appends = impl_->appends.read();
  out.folds = impl_->trail->folds();
  out.indexed_runs = impl_->trail->indexed_runs();
  out.failure = failure();
  std::lock_guard lock(impl_->mutex);
  out.identity_looks = impl_->looks;
  return out;
}

journal::Journal& Shard::journal() {
  return *impl_->journal;
}
const journal::Journal& Shard::journal() const {
  return *impl_->journal;
}
projection::FoldEngine& Shard::engine() {
  return *impl_->engine;
}
const projection::FoldEngine& Shard::engine() const {
  return *impl_->engine;
}

std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> Shard::repeats_by_source() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->repeats;
}

}  // namespace dongbo::shard
