#include "hub/projection/engine.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "hub/base/bytes.h"
#include "hub/projection/change_log.h"
#include "hub/projection/folding.h"
#include "hub/projection/generation.h"
#include "hub/projection/live_snapshot.h"
#include "hub/projection/rebuild.h"

namespace dongbo::projection {
namespace {

constexpr std::uint64_t kTrimEvery = 100'000;
constexpr std::size_t kSetAsideShown = 100;

// "live/<projection>": which family answers for it.
struct LiveNote {
  std::string family;
  std::uint32_t version = 0;
  static void fields(auto& row, auto&& visit) {
    visit("family", row.family);
    visit("version", row.version);
  }
};
std::string live_key(std::string_view projection) {
  return "live/" + std::string(projection);
}

// Of tables that only say what they are.
const struct NoRows final : RowStore {
  Result<std::optional<std::string>> get(std::string_view) const override { return std::optional<std::string>(); }
  Result<bool> none_under(std::string_view) const override { return true; }
} kNoRows;

bool rewrites_rows(const Projection& projection) {
  const auto tables = projection.tables(kNoRows);
  return std::any_of(tables.all().begin(), tables.all().end(), [](const auto& table) { return table->mark().rewritten(); });
}

}  // namespace

struct FoldEngine::Impl {
  ShardId shard;
  std::vector<std::unique_ptr<Projection>> projections;
  const event::EntrySource& entries;
  EngineOptions options;
  std::unique_ptr<StateDb> db;
  std::optional<UnstoredRuns> runs;  // from recover() on
  std::atomic<std::uint64_t> applied{0};
  Millis event_time{INT64_MIN};  // of what is committed
  Millis latest_folded{INT64_MIN};
  Sequence trimmed;
  PastStates pasts;
  const RowMemory memory;
  std::vector<std::unique_ptr<Generation>> live;  // in the order of `projections`; changed by the trail thread only

  std::unique_ptr<Rebuilds> rebuilds;
  // Guards the families that answer, and that a rebuild is asked for by one at a time.
  mutable std::mutex mutex;
  std::shared_ptr<const LiveFamilies> families;

  Impl(ShardId shard_in, std::vector<std::unique_ptr<Projection>> projections_in, const event::EntrySource& entries_in,
       EngineOptions options_in)
      : shard(shard_in),
        projections(std::move(projections_in)),
        entries(entries_in),
        options(options_in),
        pasts(shard, projections, entries),
        memory{options.held_rows_bytes, options.commit_bytes_max} {}

  const Projection* find(std::string_view name) const {
    for (const auto& projection : projections)
      if (projection->name() == name) return projection.get();
    return nullptr;
  }
  std::vector<Generation*> live_ones() const {
    std::vector<Generation*> out;
    for (const auto& generation : live) out.push_back(generation.get());
    return out;
  }
  BuildContext context() {
    return {shard,
            *db,
            entries,
            [this] { return Sequence(applied.load()); },
            [this](const Projection& projection, Sequence sequence) { return lacks(projection, sequence); },
            memory};
  }
  bool lacks(const Projection& projection, Sequence sequence) const {
    std::string family;
    {
      std::lock_guard lock(mutex);
      family = families->at(std::string(projection.name()))->name();
    }
    return db->meta_value(aside_prefix(family) + big_endian_u64(sequence.value())).has_value();
  }
  Result<FamilyRef> new_family(const Projection& projection) {
    for (unsigned number = 1;; ++number) {
      const auto name = fmt::format("{}.v{}.g{}", projection.name(), projection.version(), number);
      if (!db->find(name)) return db->create(name, rewrites_rows(projection));
    }
  }
  void publish_families() {
    auto next = std::make_shared<LiveFamilies>();
    for (const auto& generation : live) (*next)[std::string(generation->projection().name())] = generation->family();
    std::lock_guard lock(mutex);
    families = std::move(next);
  }
  // After rows were taken to be stored and were not: those in memory are ahead of the store, so the next fold reads them again.
  void forget_rows() {
    for (auto& generation : live)
      generation = std::make_unique<Generation>(generation->projection(), *db, generation->family(), entries, shard);
    runs->were_stored(Sequence(applied.load()));
    latest_folded = event_time;
  }
  // Makes `generation` the one that answers for its projection, durably, and drops the former.
  Result<void> swap_in(std::unique_ptr<Generation> generation) {
    auto batch = db->small_batch();
    const auto& projection = generation->projection();
    auto& place = *std::find_if(live.begin(), live.end(), [&](const auto& one) { return &one->projection() == &projection; });
    batch.put_meta(live_key(projection.name()), encode_record(LiveNote{generation->family()->name(), projection.version()}));
    batch.erase_meta(build_key(projection.name()));
    DONGBO_TRY(db->write(batch));
    const auto former = std::exchange(place, std::move(generation))->family()->name();
    publish_families();
    DONGBO_TRY(db->flush());  // the pointer must be on the disk before the former generation goes
    auto cleanup = db->small_batch();
    const auto begin = aside_prefix(former);
    cleanup.erase_range(db->meta(), begin, begin + '\xff');
    DONGBO_TRY(db->write(cleanup));
    return db->drop(former);
  }

  // Projections that are new, or stored in another version: built from the journal before the hub answers, in one reading.
  Result<void> build_missing() {
    auto batch = db->small_batch();
    std::vector<Generation*> missing;
    for (std::size_t i = 0; i < projections.size(); ++i) {
      if (live[i]) continue;
      const auto& projection = *projections[i];
      DONGBO_ASSIGN(auto family, new_family(projection));
      live[i] = std::make_unique<Generation>(projection, *db, family, entries, shard);
      missing.push_back(live[i].get());
      batch.put_meta(live_key(projection.name()), encode_record(LiveNote{family->name(), projection.version()}));
      batch.erase_meta(build_key(projection.name()));
    }
    if (missing.empty()) return {};
    if (applied.load() > 0) {
      spdlog::info("shard {}: building {} projections from {} events", shard.value(), missing.size(), applied.load());
      DONGBO_TRY(
          fold_into(context(), missing, Sequence(0), Sequence(applied.load()), [](const Projection&, Sequence) { return true; }));
    }
    DONGBO_TRY(db->write(batch));
    return db->flush();
  }

  Result<void> recover() {
    const FoldMark mark(*db);
    applied = mark.applied().value();
    event_time = latest_folded = mark.event_time().value_or(event_time);
    runs.emplace(entries, shard, Sequence(applied.load()));
    live.resize(projections.size());
    std::vector<std::string> keep;
    for (std::size_t i = 0; i < projections.size(); ++i) {
      const auto& projection = *projections[i];
      std::optional<LiveNote> note;
      if (const auto value = db->meta_value(live_key(projection.name()))) note = decode_record<LiveNote>(*value);
      if (note && note->version == projection.version() && db->find(note->family)) {
        live[i] = std::make_unique<Generation>(projection, *db, db->find(note->family), entries, shard);
        keep.push_back(note->family);
      } else if (options.read_only) {
        return Error::fatal(
            fmt::format("phân mảnh {0}: phiên bản này chưa dựng bảng số liệu {1}; hãy chạy hub một lần / shard {0}: projection "
                        "{1} is not built yet by this version; start the hub once",
                        shard.value(), projection.name()));
      }
      if (options.read_only) continue;
      if (const auto value = db->meta_value(build_key(projection.name()))) {
        const auto rebuild = decode_record<BuildNote>(*value);
        if (rebuild && rebuild->version == projection.version() && db->find(rebuild->family)) {
          keep.push_back(rebuild->family);
          rebuilds->add(std::make_unique<Generation>(projection, *db, db->find(rebuild->family), entries, shard),
                        rebuild->position);
        }
      }
    }
    if (options.read_only) {
      publish_families();
      return {};
    }
    for (const auto& name : db->names())
      if (std::find(keep.begin(), keep.end(), name) == keep.end()) DONGBO_TRY(db->drop(name));
    DONGBO_TRY(build_missing());
    publish_families();
    return {};
  }
};

FoldEngine::FoldEngine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FoldEngine::~FoldEngine() {
  impl_->rebuilds.reset();  // ends their thread
  impl_->live.clear();
  impl_->families.reset();
}

Result<std::unique_ptr<FoldEngine>> FoldEngine::open(const std::filesystem::path& directory, ShardId shard,
                                                     std::vector<std::unique_ptr<Projection>> projections,
                                                     const event::EntrySource& entries, EngineOptions options) {
  auto impl = std::make_unique<Impl>(shard, std::move(projections), entries, options);
  DONGBO_ASSIGN(impl->db, StateDb::open(directory, shard, options));
  impl->rebuilds = std::make_unique<Rebuilds>(impl->context());
  DONGBO_TRY(impl->recover());
  return std::unique_ptr<FoldEngine>(new FoldEngine(std::move(impl)));
}

Sequence FoldEngine::applied() const {
  return Sequence(impl_->applied.load(std::memory_order_acquire));
}

Sequence FoldEngine::folded() const {
  return impl_->runs->folded();
}

Result<void> FoldEngine::fold(const std::vector<event::EntryRecord>& records) {
  if (records.empty()) return {};
  auto& impl = *impl_;
  DONGBO_ASSERT(records.front().sequence > folded());
  const auto live = impl.live_ones();
  const std::vector<Folding*> foldings(live.begin(), live.end());
  auto folded = impl.runs->fold(records, records.back().sequence, foldings, &impl.latest_folded);
  if (!folded) impl.latest_folded = impl.event_time;
  return folded;
}

bool FoldEngine::is_full() const {
  return are_full(impl_->live_ones(), impl_->memory);
}

Result<void> FoldEngine::commit() {
  auto& impl = *impl_;
  const auto through = folded();
  if (through == applied()) return {};
  const auto batch = impl.db->batch(bytes_changed(impl.live_ones()));
  ChangeBatch changes;
  for (const auto& generation : impl.live) {
    const auto projection = generation->projection().name();
    bool wrote = false;
    generation->commit(*batch, impl.memory, [&](const RowWrite& row) {
      wrote = true;
      changes.add(projection, row);
    });
    if (wrote) FoldMark::put_written(*batch, projection, through);
  }
  batch->put(impl.db->changes(), big_endian_u64(through.value()), changes.encode());
  FoldMark::put(*batch, through, impl.latest_folded);
  if (auto written = impl.db->write(*batch); !written) {
    impl.forget_rows();
    return written;
  }
  impl.runs->were_stored();
  impl.event_time = impl.latest_folded;
  impl.applied.store(through.value(), std::memory_order_release);
  if (through.value() > impl.trimmed.value() + impl.options.changes_kept + kTrimEvery) {
    impl.trimmed = Sequence(through.value() - impl.options.changes_kept);
    DONGBO_TRY(trim_changes(*impl.db, impl.trimmed));
  }
  return {};
}

Result<void> FoldEngine::skip(Sequence first, Sequence last, const std::string& reason) {
  DONGBO_TRY(commit());
  auto batch = impl_->db->small_batch();
  FoldMark::put(batch, last, std::nullopt);
  for (const auto& generation : impl_->live)
    for (auto sequence = first; sequence <= last; sequence = sequence.next())
      batch.put_meta(aside_prefix(generation->family()->name()) + big_endian_u64(sequence.value()), reason);
  DONGBO_TRY(impl_->db->write(batch));
  impl_->runs->were_stored(last);
  impl_->applied.store(last.value(), std::memory_order_release);
  return {};
}

Result<void> FoldEngine::flush() {
  return impl_->db->flush();
}

Result<void> FoldEngine::compact() {
  return impl_->db->compact();
}

std::unique_ptr<StateSnapshot> FoldEngine::snapshot() const {
  std::lock_guard lock(impl_->mutex);
  return std::make_unique<LiveSnapshot>(*impl_->db, impl_->families);
}

std::shared_ptr<const StateSnapshot> FoldEngine::past(const PastMoment& moment) const {
  return impl_->pasts.at(moment);
}

Result<std::optional<FoldEngine::Changes>> FoldEngine::changes(Sequence after, std::size_t changes_max) const {
  return read_changes(*impl_->db, after, applied(), changes_max);
}

Result<FoldEngine::ShownRow> FoldEngine::render(const RowChange& change, const StateSnapshot& snapshot) const {
  const auto* projection = impl_->find(change.projection);
  if (projection == nullptr || change.stored_key.empty())
    return Error::not_found("không có bảng số liệu / no projection " + change.projection);
  DONGBO_ASSIGN(const auto value, snapshot.get(change.projection, change.stored_key));
  static thread_local std::map<const Projection*, Tables> renderers;  // tables know their rows' names; they hold no rows here
  auto renderer = renderers.find(projection);
  if (renderer == renderers.end()) renderer = renderers.emplace(projection, projection->tables(kNoRows)).first;
  const auto number = TableMark::of(change.stored_key).number();
  if (number >= renderer->second.all().size())
    return Error::not_found("không có bảng này trong / no such table in " + change.projection);
  const auto& table = *renderer->second.all()[number];
  ShownRow out;
  append_json(out.json.append("{\"projection\":"), change.projection);
  append_json(out.json.append(",\"table\":"), table.name());
  out.json.append(",\"key\":{");
  const auto parts = key_parts(std::string_view(change.stored_key).substr(1));
  for (std::size_t i = 0; i < parts.size() && i < table.key_names().size(); ++i) {
    const auto name = table.key_names()[i];
    if (name == "meeting") out.meeting = parts[i];
    if (i > 0) out.json.push_back(',');
    append_json(out.json, name);
    append_json(out.json.append(":"), parts[i]);
  }
  out.json.append("},\"row\":").append(value ? table.render(*value) : "null").push_back('}');
  return out;
}

std::vector<ProjectionStatus> FoldEngine::status() const {
  std::vector<ProjectionStatus> out;
  std::lock_guard lock(impl_->mutex);
  for (const auto& projection : impl_->projections) {
    ProjectionStatus status{std::string(projection->name()), projection->version(), applied(), {}, 0, std::nullopt};
    if (const auto family = impl_->families->find(projection->name()); family != impl_->families->end()) {
      const auto begin = aside_prefix(family->second->name());
      std::unique_ptr<rocksdb::Iterator> at(impl_->db->db()->NewIterator({}, impl_->db->meta()));
      for (at->Seek(begin); at->Valid() && at->key().starts_with(begin); at->Next()) {
        ++status.set_aside_count;
        if (status.set_aside.size() < kSetAsideShown)
          status.set_aside.push_back(
              {Sequence(read_big_endian_u64(at->key().ToStringView().substr(begin.size()))), at->value().ToString()});
      }
    }
    status.rebuild = impl_->rebuilds->status(status.projection);
    out.push_back(std::move(status));
  }
  return out;
}

Result<void> FoldEngine::start_rebuild(const std::string& name) {
  const auto* projection = impl_->find(name);
  if (projection == nullptr) return Error::not_found("không có bảng số liệu nào tên / no projection is called " + name);
  std::lock_guard lock(impl_->mutex);
  if (!impl_->rebuilds->holds(name)) {
    DONGBO_ASSIGN(auto family, impl_->new_family(*projection));
    impl_->rebuilds->add(std::make_unique<Generation>(*projection, *impl_->db, family, impl_->entries, impl_->shard),
                         Sequence(0));
  }
  return impl_->rebuilds->start(name);
}

Result<void> FoldEngine::cancel_rebuild(const std::string& name) {
  if (impl_->find(name) == nullptr) return Error::not_found("không có bảng số liệu nào tên / no projection is called " + name);
  return impl_->rebuilds->cancel(name);
}

bool FoldEngine::rebuild_waits() const {
  return !impl_->rebuilds->caught_up().empty();
}

Result<void> FoldEngine::finish_rebuilds() {
  DONGBO_ASSERT(folded() == applied());
  for (const auto& name : impl_->rebuilds->caught_up()) {
    auto generation = impl_->rebuilds->finish(name, applied());
    if (!generation) continue;  // it says why
    auto done = impl_->swap_in(std::move(*generation));
    impl_->rebuilds->erase(name);
    DONGBO_TRY(std::move(done));
    spdlog::info("shard {}: projection {} rebuilt and swapped in at {}", impl_->shard.value(), name, applied().value());
  }
  return {};
}

Result<void> FoldEngine::for_each_row(const std::string& projection,
                                      const std::function<bool(std::string_view, std::string_view)>& take) const {
  return snapshot()->scan(projection, {}, {}, take);
}

}  // namespace dongbo::projection
