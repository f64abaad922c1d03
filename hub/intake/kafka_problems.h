#pragma once
#include <atomic>
#include <map>
#include <mutex>
#include <string>

namespace dongbo::intake {

// What is wrong with the Kafka door at the moment, by topic of trouble: each is logged once when it begins and once when
// it is over, and the status shows all that last. Any thread.
class KafkaProblems {
 public:
  // `key` names the trouble ("broker", "topic dongbo.changes"); the same text again says nothing new.
  void begin(const std::string& key, const std::string& text);
  void end(const std::string& key);
  // All that last, in the order of their keys; empty: none.
  std::string text() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> current_;
  std::atomic<std::size_t> count_{0};  // so that end() in a loop costs nothing
};

}  // namespace dongbo::intake
