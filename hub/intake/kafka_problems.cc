#include "hub/intake/kafka_problems.h"

#include "hub/base/log.h"

namespace dongbo::intake {

void KafkaProblems::begin(const std::string& key, const std::string& text) {
  {
    std::lock_guard lock(mutex_);
    auto& now = current_[key];
    if (now == text) return;
    now = text;
    count_ = current_.size();
  }
  spdlog::warn("kafka: {}", text);
}

void KafkaProblems::end(const std::string& key) {
  if (count_ == 0) return;
  std::string was;
  {
    std::lock_guard lock(mutex_);
    const auto found = current_.find(key);
    if (found == current_.end()) return;
    was = std::move(found->second);
    current_.erase(found);
    count_ = current_.size();
  }
  spdlog::info("kafka: over: {}", was);
}

std::string KafkaProblems::text() const {
  std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& [key, text] : current_) {
    if (!out.empty()) out += "; ";
    out += text;
  }
  return out;
}

}  // namespace dongbo::intake
