#pragma once
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "hub/query/query.h"

namespace dongbo::service {

// Answers that are what they were as long as nothing more is journaled: a crowd that asks the same costs one reading.
// Bounded by bytes, the oldest go first. Any thread.
class AnswerCache {
 public:
  explicit AnswerCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // The kept answer to `question`, if it was read at `head` or behind it; an answer made now would say the same.
  // REQUIRES: `head` is where the journals stand now.
  std::shared_ptr<const query::Answer> find(const std::string& question, const event::Position& head) const;
  void keep(const std::string& question, std::shared_ptr<const query::Answer> answer);
  std::size_t bytes() const;

 private:
  const std::size_t bytes_max_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const query::Answer>> answers_;
  std::deque<std::string> oldest_first_;
  std::size_t bytes_ = 0;
};

}  // namespace dongbo::service
