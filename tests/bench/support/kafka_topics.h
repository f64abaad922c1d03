#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/bench/support/check_ins.h"

namespace dongbo::bench {

// The broker of deploy/kafka in a folder of its own, stopped with this object.
class TestBroker {
 public:
  TestBroker(const std::filesystem::path& source_directory, std::filesystem::path directory);
  ~TestBroker();
  TestBroker(const TestBroker&) = delete;
  TestBroker& operator=(const TestBroker&) = delete;
  const std::string& bootstrap() const { return bootstrap_; }
  void make_topics(int partitions) const;

 private:
  const std::filesystem::path scripts_;
  const std::filesystem::path directory_;
  std::string bootstrap_;
};

// Check-ins 0…events-1 into dongbo.events, keyed by meeting as Kafka's Java client partitions, lz4. Throws unless all arrived.
void produce(const std::string& bootstrap, const CheckIns& check_ins, std::uint64_t events);
// Next offsets of all partitions, summed.
std::uint64_t end_of(const std::string& bootstrap, const std::string& topic, int partitions);
// Records a reader of committed transactions gets from a topic of the test broker, from the beginning to its end.
std::uint64_t count_committed(const std::string& bootstrap, const std::string& topic, int partitions);

}  // namespace dongbo::bench
