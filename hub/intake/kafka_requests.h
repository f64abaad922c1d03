#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/intake/receipts.h"

namespace dongbo::intake {

// Who waits for which record of the topic: requests are numbered, a record carries "<prefix>-<number>", and the hub's own
// consumer answers when the record is journaled. The prefix is drawn anew at each start, so records of a former life or
// of another hub answer nobody.
// Owned by KafkaDoor. Any thread; answers are given outside the lock, each at most once.
class KafkaRequests {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit KafkaRequests(std::string prefix) : prefix_(std::move(prefix)) {}

  // Numbers for the items `indexes` of a delivery, consecutive from the one returned. Nothing when more than `bytes_max`
  // would wait.
  std::optional<std::uint64_t> expect(std::shared_ptr<Receipts> receipts, std::vector<std::size_t> indexes, std::size_t bytes,
                                      Time deadline);
  std::string header(std::uint64_t number) const;
  // The number in a record's header, when it is one of ours.
  std::optional<std::uint64_t> number_of(std::string_view header) const;

  void journaled(std::uint64_t number, ShardId shard, const shard::Outcome& outcome);
  void failed(std::uint64_t number, std::string_view why);
  // Fails what has waited past its deadline.
  void expire(Time now, std::string_view why);

  static constexpr std::size_t kBytesMax = 48u << 20;  // of events that wait; less than the producer's queue holds

 private:
  struct Group {
    std::shared_ptr<Receipts> receipts;
    std::vector<std::size_t> indexes;
    std::vector<bool> answered;
    std::size_t owed = 0;
    std::size_t bytes = 0;
    Time deadline;
  };
  using Groups = std::map<std::uint64_t, Group>;  // by first number
  // The delivery and the item a number stands for; takes it off the books. Empty: answered already.
  std::pair<std::shared_ptr<Receipts>, std::size_t> take(std::uint64_t number);

  const std::string prefix_;
  std::mutex mutex_;
  std::uint64_t next_ = 1;
  std::size_t bytes_ = 0;
  Groups groups_;
};

}  // namespace dongbo::intake
