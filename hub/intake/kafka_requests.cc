#include "hub/intake/kafka_requests.h"

#include <charconv>

namespace dongbo::intake {

std::optional<std::uint64_t> KafkaRequests::expect(std::shared_ptr<Receipts> receipts, std::vector<std::size_t> indexes,
                                                   std::size_t bytes, Time deadline) {
  std::lock_guard lock(mutex_);
  if (bytes_ > 0 && bytes_ + bytes > kBytesMax) return std::nullopt;
  const auto first = next_;
  const auto count = indexes.size();
  next_ += count;
  bytes_ += bytes;
  groups_.emplace(first, Group{std::move(receipts), std::move(indexes), std::vector<bool>(count), count, bytes, deadline});
  return first;
}

std::string KafkaRequests::header(std::uint64_t number) const {
  return prefix_ + '-' + std::to_string(number);
}

std::optional<std::uint64_t> KafkaRequests::number_of(std::string_view header) const {
  if (header.size() <= prefix_.size() + 1 || !header.starts_with(prefix_) || header[prefix_.size()] != '-') return std::nullopt;
  const auto digits = header.substr(prefix_.size() + 1);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::pair<std::shared_ptr<Receipts>, std::size_t> KafkaRequests::take(std::uint64_t number) {
  std::lock_guard lock(mutex_);
  auto found = groups_.upper_bound(number);
  if (found == groups_.begin()) return {};
  --found;
  auto& group = found->second;
  const auto at = number - found->first;
  if (at >= group.indexes.size() || group.answered[at]) return {};
  group.answered[at] = true;
  std::pair out(group.receipts, group.indexes[at]);
  if (--group.owed == 0) {
    bytes_ -= group.bytes;
    groups_.erase(found);
  }
  return out;
}

void KafkaRequests::journaled(std::uint64_t number, ShardId shard, const shard::Outcome& outcome) {
  // A failed append is read and tried again: the answer is still to come.
  if (outcome.kind == shard::Outcome::Kind::kFailed) return;
  if (const auto [receipts, index] = take(number); receipts) receipts->outcome(index, shard, outcome);
}

void KafkaRequests::failed(std::uint64_t number, std::string_view why) {
  if (const auto [receipts, index] = take(number); receipts) receipts->failed(index, why);
}

void KafkaRequests::expire(Time now, std::string_view why) {
  std::vector<Group> late;
  {
    std::lock_guard lock(mutex_);
    for (auto at = groups_.begin(); at != groups_.end();) {
      if (at->second.deadline > now) {
        ++at;
        continue;
      }
      bytes_ -= at->second.bytes;
      late.push_back(std::move(at->second));
      at = groups_.erase(at);
    }
  }
  for (const auto& group : late)
    for (std::size_t i = 0; i < group.indexes.size(); ++i)
      if (!group.answered[i]) group.receipts->failed(group.indexes[i], why);
}

}  // namespace dongbo::intake
