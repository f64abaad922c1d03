#include "hub/audit/journal_check.h"

#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "hub/audit/entry_check.h"

namespace dongbo::audit {
namespace {

constexpr std::size_t kLookUps = 4096;

class JournalReading {
 public:
  JournalReading(ShardId shard, const journal::Journal& journal, const journal::IdentityIndex& index, const Report& report,
                 const std::function<void(Sequence)>& progress)
      : shard_(shard), journal_(journal), index_(index), report_(report), progress_(progress) {}

  JournalFigures run() {
    blocks();
    look_up();
    if (figures_.whole) index_itself();
    quarantine();
    return figures_;
  }

 private:
  void tell(const char* kind, Sequence first, Sequence last, std::string detail) {
    report_({kind, shard_, first, last, "", "", std::move(detail)});
  }

  void blocks() {
    Sequence done;
    const auto read = journal_.read_index([&](Sequence first, Sequence last) {
      if (first != done.next()) {
        figures_.whole = false;
        tell("sequence", done.next(), first,
             fmt::format("khối bắt đầu ở {0}, đúng ra phải là {1} / a block begins at {0} where {1} should follow", first.value(),
                         done.next().value()));
      }
      if (last < first) {
        figures_.whole = false;
        tell("sequence", first, last,
             "chỉ mục ghi một khối có cuối đứng trước đầu / the index names a block that ends before it begins");
        return true;
      }
      block(first, last);
      done = last;
      progress_(done);
      return true;
    });
    if (!read) {
      figures_.whole = false;
      tell("block", done.next(), journal_.head(), read.error().message);
    } else if (done != journal_.head()) {
      figures_.whole = false;
      tell("sequence", done.next(), journal_.head(),
           "nhật ký ghi đã đến xa hơn khối cuối / the journal's head is beyond its last block");
    }
  }

  void block(Sequence first, Sequence last) {
    const auto read = journal_.block_at(first);
    if (!read) {
      figures_.whole = false;
      return tell("block", first, last, read.error().message);
    }
    ++figures_.blocks;
    for (const auto& record : (*read)->records()) {
      ++figures_.events;
      if (auto wrong = check_.wrong(record)) tell("entry", record.sequence, record.sequence, std::move(*wrong));
      if (record.sequence <= index_.through()) {
        digests_.push_back(record.identity);
        expected_.push_back({record.content, record.sequence});
        if (digests_.size() >= kLookUps) look_up();
      } else if (!tail_.insert(record.identity).second) {
        tell("identity", record.sequence, record.sequence,
             "nhật ký có danh tính này hai lần / the journal holds this identity twice");
      } else {
        not_indexed(record);
      }
    }
  }

  // An entry of the tail must not be known to the index from an earlier place.
  void not_indexed(const event::EntryRecord& record) {
    const auto found = index_.find(std::span(&record.identity, 1));
    if (found && (*found)[0] && (*found)[0]->sequence != record.sequence)
      tell("identity", record.sequence, record.sequence,
           fmt::format("nhật ký đã có danh tính này, ở {0} / the identity is in the journal already, at {0}",
                       (*found)[0]->sequence.value()));
  }

  void look_up() {
    if (digests_.empty()) return;
    const auto found = index_.find(digests_);
    if (!found) tell("index", expected_.front().sequence, expected_.back().sequence, found.error().message);
    for (std::size_t i = 0; found && i < digests_.size(); ++i) {
      const auto& known = (*found)[i];
      const auto sequence = expected_[i].sequence;
      if (!known) {
        tell("index", sequence, sequence, "chỉ mục thiếu danh tính này / the identity is missing in the index");
      } else if (known->sequence != sequence) {
        tell("index", sequence, sequence,
             fmt::format("chỉ mục ghi danh tính này ở {0} / the index has the identity at {0}", known->sequence.value()));
      } else if (known->content != expected_[i].content) {
        tell("index", sequence, sequence,
             "chỉ mục ghi nội dung khác cho danh tính này / the index has other content for the identity");
      } else {
        ++figures_.identities;
      }
    }
    digests_.clear();
    expected_.clear();
  }

  // Nothing in the index that no entry has.
  void index_itself() {
    if (index_.through() > journal_.head())
      tell("index", journal_.head().next(), index_.through(), "chỉ mục đi xa hơn nhật ký / the index reaches beyond the journal");
    std::uint64_t held = 0;
    const auto read = index_.for_each([&](const event::Digest&, const journal::Known& known) {
      // A run may lie there before the index says that it reaches so far; the entries themselves were looked up above.
      if (known.sequence <= index_.through()) ++held;
      if (known.sequence > journal_.head() || known.sequence == Sequence(0))
        tell("index", known.sequence, known.sequence,
             "chỉ mục có một danh tính mà nhật ký không có / the index holds an identity that the journal does not");
      return true;
    });
    if (!read) return tell("index", Sequence(0), Sequence(0), read.error().message);
    if (held > figures_.identities)
      tell("index", Sequence(1), index_.through(),
           fmt::format("chỉ mục có {0} danh tính, nhật ký chỉ có {1} trong số đó / the index holds {0} identities, the journal "
                       "has {1} of them there",
                       held, figures_.identities));
  }

  void quarantine() {
    for (auto number = QuarantineNumber(1); number <= journal_.quarantine_head(); number = number.next()) {
      const auto entry = journal_.quarantine_entry(number);
      ++figures_.quarantine;
      if (!entry)
        report_({"quarantine", shard_, Sequence(0), Sequence(0), "", fmt::format("{}:q{}", shard_.value(), number.value()),
                 entry.error().message});
    }
  }

  const ShardId shard_;
  const journal::Journal& journal_;
  const journal::IdentityIndex& index_;
  const Report& report_;
  const std::function<void(Sequence)>& progress_;
  EntryCheck check_;
  JournalFigures figures_;
  std::vector<event::Digest> digests_;  // to be looked up, and what is expected of each
  std::vector<journal::Known> expected_;
  std::unordered_set<event::Digest, event::DigestHash> tail_;
};

}  // namespace

JournalFigures check_journal(ShardId shard, const journal::Journal& journal, const journal::IdentityIndex& index,
                             const Report& report, const std::function<void(Sequence)>& progress) {
  return JournalReading(shard, journal, index, report, progress).run();
}

}  // namespace dongbo::audit
