#include "hub/service/answer_cache.h"

namespace dongbo::service {

std::shared_ptr<const query::Answer> AnswerCache::find(const std::string& question, const event::Position& head) const {
  std::lock_guard lock(mutex_);
  const auto found = answers_.find(question);
  return found != answers_.end() && found->second->position.covers(head) ? found->second : nullptr;
}

void AnswerCache::keep(const std::string& question, std::shared_ptr<const query::Answer> answer) {
  std::lock_guard lock(mutex_);
  auto& place = answers_[question];
  if (place) {
    bytes_ -= place->body.size();
  } else {
    oldest_first_.push_back(question);
  }
  bytes_ += answer->body.size();
  place = std::move(answer);
  while (bytes_ > bytes_max_ && !oldest_first_.empty()) {
    const auto oldest = answers_.find(oldest_first_.front());
    bytes_ -= oldest->second->body.size();
    answers_.erase(oldest);
    oldest_first_.pop_front();
  }
}

std::size_t AnswerCache::bytes() const {
  std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace dongbo::service
