#include "hub/audit/verify.h"

#include <unistd.h>

#include <fmt/format.h>

#include "hub/audit/projection_check.h"
#include "hub/journal/indexed_entries.h"
#include "hub/projection/registry.h"
#include "hub/shard/shard_set.h"

namespace dongbo::audit {
namespace {

constexpr int kLooks = 3;

struct Look {
  ShardFigures figures;
  std::vector<Finding> findings;
  std::uint64_t found = 0;
};

// Where the fresh fold goes: beside the data when one may write there, else in the machine's temporary directory.
std::filesystem::path scratch_for(const std::filesystem::path& data, ShardId shard) {
  std::error_code failed;
  const auto name = fmt::format("verify-{}-{}", ::getpid(), shard.value());
  const auto beside = data / "hub" / "tmp";
  std::filesystem::create_directories(beside, failed);
  if (!failed && ::access(beside.c_str(), W_OK) == 0) return beside / name;
  return std::filesystem::temp_directory_path(failed) / ("dongbo-" + name);
}

class ShardLook {
 public:
  ShardLook(const VerifyOptions& options, ShardId shard, std::function<void(std::uint64_t, std::uint64_t)> progress)
      : options_(options), shard_(shard), progress_(std::move(progress)) {}

  Look run() {
    look_.figures.shard = shard_;
    const auto directory = shard::shard_directory(options_.data, shard_);
    // The state first and the journal last: what the state holds, the journal then holds too.
    NoEntries no_entries;
    projection::EngineOptions read_only;
    read_only.read_only = true;
    auto engine = projection::FoldEngine::open(directory / "state", shard_, projection::all_projections(), no_entries, read_only);
    auto index = journal::IdentityIndex::open(directory / "identity", shard_, true);
    auto journal = journal::Journal::open(directory / "journal", shard_, journal::Journal::Mode::kReadOnly);
    if (!engine) open_failed(engine.error());
    if (!index) open_failed(index.error());
    if (!journal) {
      open_failed(journal.error());
      return std::move(look_);
    }
    look_.figures.head = (*journal)->head();
    const auto promised = options_.at_least.at(shard_);
    if (promised > (*journal)->head())
      report({"position", shard_, (*journal)->head().next(), promised, "", "",
              "hub đã xác nhận những sự kiện này mà nhật ký không có / the hub has acknowledged these, and the journal does not "
              "hold them"});
    total_ = (*journal)->head().value();
    if (engine) total_ += (*engine)->applied().value();
    if (index)
      look_.figures.journal = check_journal(
          shard_, **journal, **index, [this](Finding finding) { report(std::move(finding)); },
          [this](Sequence done) { progress_(done.value(), total_); });
    if (engine && index) projections(**journal, **index, **engine);
    return std::move(look_);
  }

 private:
  // A read-only engine never asks for entries.
  class NoEntries final : public event::EntrySource {
   public:
    Result<void> read(Sequence, Sequence, const std::function<bool(const event::EntryRecord&)>&,
                      const std::function<void(Sequence, Sequence, const std::string&)>&) const override {
      return Error::fatal("a read-only state is not rebuilt");
    }
    Result<std::optional<event::FoundEntry>> find(const event::Digest&, Sequence) const override {
      return Error::fatal("a read-only state is not folded");
    }
  };

  void report(Finding finding) {
    ++look_.found;
    if (look_.findings.size() < kFindingsMax) look_.findings.push_back(std::move(finding));
  }
  void open_failed(const Error& error) { report({"open", shard_, Sequence(0), Sequence(0), "", "", error.message}); }

  void projections(const journal::Journal& journal, const journal::IdentityIndex& index, const projection::FoldEngine& engine) {
    look_.figures.applied = engine.applied();
    if (engine.applied() > journal.head())
      return report({"projection", shard_, journal.head().next(), engine.applied(), "", "",
                     "bảng số liệu đi xa hơn nhật ký / the projections are beyond the journal"});
    if (!look_.figures.journal.whole) return;  // a fold without the damaged blocks would differ everywhere
    const auto head = journal.head().value();
    journal::IndexedEntries entries(journal, index);
    entries.read_tail(engine.applied());
    auto rows = check_projections(
        shard_, journal, entries, engine, scratch_for(options_.data, shard_),
        [this](Finding finding) { report(std::move(finding)); }, [&](Sequence done) { progress_(head + done.value(), total_); });
    if (!rows)
      return report({"projection", shard_, Sequence(0), Sequence(0), "", "",
                     "không so sánh được / cannot be compared: " + rows.error().message});
    look_.figures.rows = std::move(*rows);
  }

  const VerifyOptions& options_;
  const ShardId shard_;
  const std::function<void(std::uint64_t, std::uint64_t)> progress_;
  std::uint64_t total_ = 0;
  Look look_;
};

}  // namespace

Result<Verification> verify(const VerifyOptions& options) {
  DONGBO_ASSIGN(const auto settings, shard::read_settings(options.data));
  Verification out;
  std::uint64_t before = 0;
  for (std::uint32_t i = 0; i < settings.shards; ++i) {
    std::uint64_t last_total = 0;
    const auto progress = [&](std::uint64_t done, std::uint64_t total) {
      last_total = total;
      // The shards to come are taken as large as this one.
      if (options.progress) options.progress(before + done, before + total * (settings.shards - i));
    };
    auto look = ShardLook(options, ShardId(i), progress).run();
    for (int again = 1; again < kLooks && look.found > 0; ++again) look = ShardLook(options, ShardId(i), progress).run();
    before += last_total;
    out.found += look.found;
    for (auto& finding : look.findings)
      if (out.findings.size() < kFindingsMax) out.findings.push_back(std::move(finding));
    out.shards.push_back(std::move(look.figures));
  }
  // What cannot be opened was named above; shards that the settings do not tell of were not looked at.
  if (const auto missing = shard::missing_shards(options.data, settings); missing && out.found == 0) {
    ++out.found;
    out.findings.push_back({"settings", ShardId(0), Sequence(0), Sequence(0), "", "", missing->message});
  }
  return out;
}

}  // namespace dongbo::audit
