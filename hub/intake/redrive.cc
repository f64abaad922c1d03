#include "hub/intake/redrive.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

namespace dongbo::intake {
namespace {

constexpr std::size_t kWaveMax = 1000;
constexpr std::size_t kWaveBytesMax = 8u << 20;
constexpr auto kPatience = std::chrono::seconds(60);
constexpr auto kPause = std::chrono::milliseconds(20);

// A held entry, without its bytes: there may be many.
struct Ref {
  ShardId shard;
  QuarantineNumber number;
  Millis received_at;
  std::string subject;
};

bool wanted(const journal::QuarantineEntry& entry, const RedriveFilter& filter) {
  return entry.state == static_cast<std::uint8_t>(journal::QuarantineState::kHeld) &&
         (filter.reason.empty() || entry.reason == filter.reason) && (filter.source.empty() || entry.source == filter.source) &&
         (filter.origin_topic.empty() || entry.origin.topic == filter.origin_topic) &&
         (filter.origin_file.empty() || entry.origin.file == filter.origin_file);
}

Result<std::vector<Ref>> find_one(const shard::ShardSet& shards, const std::string& id) {
  const auto place = parse_quarantine_id(id);
  if (!place || place->first.value() >= shards.size())
    return Error::not_found(fmt::format("không có mục cách ly {0} / there is no quarantine entry {0}", id));
  DONGBO_ASSIGN(auto entry, shards.at(place->first).journal().quarantine_entry(place->second));
  const auto state = static_cast<journal::QuarantineState>(entry.state);
  if (state != journal::QuarantineState::kHeld)
    return Error::conflict(
        fmt::format("mục cách ly {0} đã được xử lý / quarantine entry {0} is {1} already", id, journal::text_of(state)));
  return std::vector<Ref>{{place->first, place->second, entry.received_at, std::move(entry.subject)}};
}

// Oldest first over all shards.
Result<std::vector<Ref>> find(const shard::ShardSet& shards, const RedriveFilter& filter) {
  if (filter.id) return find_one(shards, *filter.id);
  std::vector<Ref> out;
  for (std::uint32_t i = 0; i < shards.size(); ++i) {
    const auto& journal = shards.at(ShardId(i)).journal();
    // What this re-drive itself adds (a conflict again) is not for this re-drive.
    const auto head = journal.quarantine_head();
    DONGBO_TRY(journal.read_quarantine(QuarantineNumber(0), [&](const journal::NumberedQuarantineEntry& one) {
      if (one.number > head) return false;
      if (wanted(one.entry, filter)) out.push_back({ShardId(i), one.number, one.entry.received_at, one.entry.subject});
      return true;
    }));
  }
  std::ranges::stable_sort(out, {}, [](const Ref& ref) { return std::tie(ref.received_at, ref.shard, ref.number); });
  return out;
}

event::Decoded decode(event::Codec& codec, const journal::QuarantineEntry& entry) {
  if (entry.attributes.empty()) return codec.decode(entry.raw);
  std::vector<std::pair<std::string_view, std::string_view>> attributes;
  std::string_view rest = entry.attributes;
  const auto line = [&] {
    const auto end = rest.find('\n');
    const auto out = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return out;
  };
  while (!rest.empty()) {
    const auto name = line();
    attributes.emplace_back(name, line());
  }
  return codec.decode_binary(attributes, entry.raw);
}

// Waits for the receipts of one delivery.
Result<std::vector<Receipt>> deliver(Intake& intake, std::vector<Item> items) {
  struct Answer {
    std::mutex mutex;
    std::condition_variable there;
    std::optional<std::vector<Receipt>> receipts;
  };
  auto answer = std::make_shared<Answer>();
  Delivery delivery;
  delivery.items = std::move(items);
  delivery.origin.door = shard::kRedriveDoor;
  delivery.done = [answer](std::vector<Receipt> receipts) {
    {
      std::lock_guard lock(answer->mutex);
      answer->receipts = std::move(receipts);
    }
    answer->there.notify_all();
  };
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!intake.accept(delivery)) {
    if (std::chrono::steady_clock::now() > deadline)
      return Error::transient(
          "các phân mảnh hiện không nhận: không mất gì, hãy thử lại phần còn lại sau / the shards take nothing at the moment: "
          "nothing is lost, try the rest again later");
    std::this_thread::sleep_for(kPause);
  }
  std::unique_lock lock(answer->mutex);
  answer->there.wait(lock, [&] { return answer->receipts.has_value(); });
  return std::move(*answer->receipts);
}

std::string why(const std::vector<event::Fault>& faults) {
  if (faults.empty()) return "bị từ chối / refused";
  return faults.front().pointer.empty() ? faults.front().detail
                                        : fmt::format("{}: {}", faults.front().pointer, faults.front().detail);
}

// One re-drive under way.
class Redrive {
 public:
  Redrive(shard::ShardSet& shards, Intake& intake, event::Codec& codec) : shards_(shards), intake_(intake), codec_(codec) {}

  // Drives the first waiting entry of each subject, as many as a wave holds; leaves the others in `waiting`.
  Result<void> wave(std::vector<Ref>& waiting) {
    std::vector<Ref> chosen;
    std::vector<Item> items;
    std::vector<Ref> later;
    std::set<std::string> subjects;  // of this wave, and of entries left for later
    std::size_t bytes = 0;
    for (auto& ref : waiting) {
      if (!ref.subject.empty() && held_subjects_.contains(ref.subject)) {
        ++result.held_back;
        continue;
      }
      const bool full = items.size() >= kWaveMax || bytes >= kWaveBytesMax;
      if (full || (!ref.subject.empty() && subjects.contains(ref.subject))) {
        if (!ref.subject.empty()) subjects.insert(ref.subject);
        later.push_back(std::move(ref));
        continue;
      }
      auto entry = journal_of(ref).quarantine_entry(ref.number);
      if (!entry) return entry.error();
      if (entry->state != static_cast<std::uint8_t>(journal::QuarantineState::kHeld)) continue;  // settled meanwhile
      ++result.tried;
      if (!ref.subject.empty()) subjects.insert(ref.subject);
      auto decoded = decode(codec_, *entry);
      if (const auto* refusal = std::get_if<event::Refusal>(&decoded)) {
        still_held(ref, "đã đưa vào lại, vẫn bị từ chối / re-driven, refused again: " + why(refusal->faults));
        continue;
      }
      bytes += entry->raw.size();
      items.push_back({std::move(decoded), -1, {}});
      chosen.push_back(std::move(ref));
    }
    waiting = std::move(later);
    if (items.empty()) return {};
    DONGBO_ASSIGN(const auto receipts, deliver(intake_, std::move(items)));
    bool failed = false;
    for (std::size_t i = 0; i < chosen.size(); ++i) failed |= !settle(chosen[i], receipts[i]);
    if (failed)
      return Error::transient(
          "một số mục chưa ghi được vào nhật ký và vẫn được giữ: hãy thử lại sau / some entries could not be journaled and stay "
          "held: try them again later");
    return {};
  }

  RedriveResult result;

 private:
  journal::Journal& journal_of(const Ref& ref) { return shards_.at(ref.shard).journal(); }

  void still_held(const Ref& ref, const std::string& note) {
    ++result.still_refused;
    if (!ref.subject.empty()) held_subjects_.insert(ref.subject);
    ignore(journal_of(ref).settle_quarantine(ref.number, journal::QuarantineState::kHeld, note),
           "the note is for people; the entry is held with or without it");
  }

  // False: not taken for lack of room or disk.
  bool settle(const Ref& ref, const Receipt& receipt) {
    using Outcome = Receipt::Outcome;
    const auto redriven = [&](std::string note) {
      ignore(journal_of(ref).settle_quarantine(ref.number, journal::QuarantineState::kRedriven, note),
             "settled by someone else meanwhile: the event is journaled once all the same");
    };
    switch (receipt.outcome) {
      case Outcome::kAccepted:
        ++result.accepted;
        redriven(fmt::format("đã nhận tại {0} / accepted at {0}", receipt.position));
        return true;
      case Outcome::kDuplicate:
        ++result.duplicate;
        redriven(fmt::format("trùng với {0} / a duplicate of {0}", receipt.position));
        return true;
      case Outcome::kConflict:
        still_held(
            ref, fmt::format("đã đưa vào lại, vẫn mâu thuẫn với {0} / re-driven, in conflict with {0} again", receipt.position));
        drop_copy(ref, receipt.quarantine);
        return true;
      case Outcome::kInvalid:
        still_held(ref, "đã đưa vào lại, vẫn bị từ chối / re-driven, refused again: " + why(receipt.faults));
        return true;
      case Outcome::kFailed:
        if (!ref.subject.empty()) held_subjects_.insert(ref.subject);
        return false;
    }
    return false;
  }

  // A conflict is quarantined whenever it is met; the one that was re-driven is there already.
  void drop_copy(const Ref& ref, const std::string& copy) {
    const auto place = parse_quarantine_id(copy);
    if (!place || (place->first == ref.shard && place->second == ref.number)) return;
    ignore(shards_.at(place->first)
               .journal()
               .settle_quarantine(
                   place->second, journal::QuarantineState::kDiscarded,
                   fmt::format("giống mục {0}, gặp lại khi đưa mục đó vào / the same as {0}, met when that was re-driven",
                               quarantine_id(ref.shard, ref.number))),
           "a second held copy is untidy, not wrong");
  }

  shard::ShardSet& shards_;
  Intake& intake_;
  event::Codec& codec_;
  std::set<std::string> held_subjects_;
};

}  // namespace

Result<RedriveResult> redrive(shard::ShardSet& shards, Intake& intake, event::Codec& codec, const RedriveFilter& filter) {
  DONGBO_ASSIGN(auto waiting, find(shards, filter));
  Redrive redrive(shards, intake, codec);
  while (!waiting.empty()) DONGBO_TRY(redrive.wave(waiting));
  return redrive.result;
}

std::string quarantine_id(ShardId shard, QuarantineNumber number) {
  return fmt::format("{}:q{}", shard.value(), number.value());
}

std::optional<std::pair<ShardId, QuarantineNumber>> parse_quarantine_id(std::string_view text) {
  const auto number = [](std::string_view digits, auto& value) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size();
  };
  const auto split = text.find(":q");
  std::uint32_t shard = 0;
  std::uint64_t entry = 0;
  if (split == std::string_view::npos || !number(text.substr(0, split), shard) || !number(text.substr(split + 2), entry) ||
      entry == 0)
    return std::nullopt;
  return std::pair(ShardId(shard), QuarantineNumber(entry));
}

}  // namespace dongbo::intake
