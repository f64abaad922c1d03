#include "hub/audit/projection_check.h"

#include <set>
#include <vector>

#include <fmt/format.h>

#include "hub/projection/registry.h"

namespace dongbo::audit {
namespace {

constexpr std::size_t kFoldBatch = 8192;

// "points/dc-502": table number and key parts, readable whatever bytes are in it.
std::string readable(std::string_view stored_key) {
  std::string out;
  if (!stored_key.empty()) out = fmt::format("table {}: ", projection::TableMark::of(stored_key).number());
  for (const auto c : stored_key.substr(std::min<std::size_t>(1, stored_key.size()))) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0) {
      out += " / ";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(byte));
    } else {
      out += c;
    }
  }
  return out;
}

// Removes what is there before and after.
class Scratch {
 public:
  explicit Scratch(std::filesystem::path path) : path_(std::move(path)) { clear(); }
  ~Scratch() { clear(); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

 private:
  void clear() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path path_;
};

class RowComparison {
 public:
  RowComparison(ShardId shard, const projection::FoldEngine& live, const projection::FoldEngine& fresh, const Report& report)
      : shard_(shard), live_(live), fresh_(fresh), report_(report), rows_(fresh.snapshot()) {}

  Result<std::uint64_t> compare(const std::string& projection) {
    projection_ = projection;
    named_ = different_ = 0;
    std::uint64_t live_rows = 0, fresh_rows = 0;
    std::optional<Error> failed;
    const auto read = live_.for_each_row(projection, [&](std::string_view key, std::string_view value) {
      ++live_rows;
      const auto again = rows_->get(projection, key);
      if (!again) return failed = again.error(), false;
      if (!*again) {
        ++extra_;
        differ(key, "dòng đã lưu mà không sự kiện nào tạo ra / the row is stored, and no event makes it");
      } else if (**again != value) {
        differ(key, "dòng đã lưu không khớp các sự kiện / the stored row is not what the events make");
      }
      return true;
    });
    if (failed) return *failed;
    if (!read) {
      report_({"projection", shard_, Sequence(0), Sequence(0), projection, "",
               "không đọc được / cannot be read: " + read.error().message});
      return live_rows;
    }
    DONGBO_TRY(fresh_.for_each_row(projection, [&](std::string_view, std::string_view) { return ++fresh_rows, true; }));
    if (fresh_rows + extra_ != live_rows) DONGBO_TRY(name_missing());
    if (different_ > named_)
      report_({"projection", shard_, Sequence(0), Sequence(0), projection, "",
               fmt::format("tổng cộng {0} dòng khác nhau / {0} rows differ in all", different_)});
    extra_ = 0;
    return live_rows;
  }

 private:
  void differ(std::string_view key, const char* how) {
    ++different_;
    if (named_ >= kRowsNamed) return;
    ++named_;
    report_({"projection", shard_, Sequence(0), Sequence(0), projection_, readable(key), how});
  }

  Result<void> name_missing() {
    std::set<std::string, std::less<>> held;
    DONGBO_TRY(live_.for_each_row(projection_, [&](std::string_view key, std::string_view) { return held.emplace(key), true; }));
    return fresh_.for_each_row(projection_, [&](std::string_view key, std::string_view) {
      if (!held.contains(key)) differ(key, "thiếu dòng mà các sự kiện tạo ra / the row that the events make is missing");
      return true;
    });
  }

  const ShardId shard_;
  const projection::FoldEngine& live_;
  const projection::FoldEngine& fresh_;
  const Report& report_;
  std::unique_ptr<projection::StateSnapshot> rows_;
  std::string projection_;
  std::uint64_t named_ = 0;
  std::uint64_t different_ = 0;
  std::uint64_t extra_ = 0;
};

}  // namespace

Result<void> fold_all(const journal::Journal& journal, projection::FoldEngine& engine, Sequence through,
                      const std::function<void(Sequence)>& progress) {
  std::vector<std::shared_ptr<const journal::Block>> blocks;  // keep alive what the records point into
  std::vector<event::EntryRecord> records;
  const auto fold = [&]() -> Result<void> {
    if (records.empty()) return {};
    DONGBO_TRY(engine.fold(records));
    if (engine.is_full()) DONGBO_TRY(engine.commit());
    progress(records.back().sequence);
    records.clear();
    blocks.clear();
    return {};
  };
  std::vector<std::pair<Sequence, Sequence>> places;
  DONGBO_TRY(journal.read_index([&](Sequence first, Sequence last) {
    if (first > through) return false;
    places.emplace_back(first, std::min(last, through));
    return true;
  }));
  for (const auto& [first, last] : places) {
    auto block = journal.block_at(first);
    if (!block) {
      DONGBO_TRY(fold());
      DONGBO_TRY(engine.skip(first, last, block.error().message));
      continue;
    }
    for (const auto& record : (*block)->records())
      if (record.sequence <= last) records.push_back(record);
    blocks.push_back(std::move(*block));
    if (records.size() >= kFoldBatch) DONGBO_TRY(fold());
  }
  DONGBO_TRY(fold());
  return engine.commit();
}

Result<std::map<std::string, std::uint64_t>> check_projections(ShardId shard, const journal::Journal& journal,
                                                               const event::EntrySource& entries,
                                                               const projection::FoldEngine& live,
                                                               const std::filesystem::path& scratch, const Report& report,
                                                               const std::function<void(Sequence)>& progress) {
  const Scratch place(scratch);
  std::error_code failed;
  std::filesystem::create_directories(scratch, failed);
  if (failed) return Error::fatal("không tạo được / cannot make " + scratch.string() + ": " + failed.message());
  projection::EngineOptions options;
  options.changes_kept = 0;
  DONGBO_ASSIGN(const auto fresh, projection::FoldEngine::open(scratch, shard, projection::all_projections(), entries, options));
  DONGBO_TRY(fold_all(journal, *fresh, live.applied(), progress));
  std::map<std::string, std::uint64_t> rows;
  RowComparison comparison(shard, live, *fresh, report);
  for (const auto& status : fresh->status()) {
    DONGBO_ASSIGN(const auto compared, comparison.compare(status.projection));
    rows[status.projection] = compared;
  }
  return rows;
}

}  // namespace dongbo::audit
