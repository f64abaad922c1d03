#pragma once
#include <condition_variable>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "hub/base/clock.h"
#include "hub/event/codec.h"
#include "hub/event/home.h"
#include "hub/intake/intake.h"
#include "hub/shard/shard_set.h"
#include "tests/support/shard_fixture.h"

namespace dongbo::intake {

// Shards in a directory of their own, the contract's schemas, and events of two meetings at two homes.
class ShardsFixture : public ::testing::Test {
 protected:
  static constexpr std::uint32_t kShards = 2;
  static constexpr std::string_view kHome0 = "HN-2";  // see TheMeetingsOfTheFixtureHaveTwoHomes
  static constexpr std::string_view kHome1 = "HN-1";

  static const event::SchemaSet& schemas() { return testing::real_schemas(); }

  void SetUp() override { open(); }

  void open(bool started = true) {
    shards_.reset();
    shard::ShardSetOptions options;
    options.shards = kShards;
    auto opened = shard::ShardSet::open(directory_, options);
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    shards_ = std::move(opened).value();
    if (started) shards_->start();
  }

  static std::string check_in(std::string_view meeting, std::string_view id, std::string_view delegate = "0001",
                              std::string_view source = "/simulated/door") {
    return fmt::format(
        R"({{"specversion":"1.0","id":"{}","source":"{}","type":"vn.dongbo.attendance.checked_in.v1",)"
        R"("subject":"meetings/{}/delegates/{}","time":"2023-05-30T07:41:09+07:00","datacontenttype":"application/json",)"
        R"("data":{{"meeting":"{}","point":"dc-502","delegate":"{}"}}}})",
        id, source, meeting, delegate, meeting, delegate);
  }
  Item item(const std::string& json, std::int64_t ordinal = -1) { return {codec_.decode(json), ordinal, json}; }

  // Gives the items to an intake and waits for the receipts.
  std::vector<Receipt> give(Intake& intake, std::vector<Item> items, bool keep_refused = false) {
    std::promise<std::vector<Receipt>> promise;
    Delivery delivery;
    delivery.items = std::move(items);
    delivery.keep_refused = keep_refused;
    delivery.origin.door = keep_refused ? "file" : "http";
    if (keep_refused) delivery.origin.file = "sự-kiện.ndjson";
    delivery.done = [&](std::vector<Receipt> receipts) { promise.set_value(std::move(receipts)); };
    EXPECT_TRUE(intake.accept(delivery));
    return promise.get_future().get();
  }

  // The event ids of a shard's journal, in order.
  std::vector<std::string> journaled(std::uint32_t shard) const {
    std::vector<std::string> out;
    const auto& journal = shards_->at(ShardId(shard)).journal();
    const auto read = journal.read(
        Sequence(0), journal.head(),
        [&](const event::EntryRecord& record) {
          const auto at = record.entry.find("\"id\":\"") + 6;
          out.emplace_back(record.entry.substr(at, record.entry.find('"', at) - at));
          return true;
        },
        [](Sequence, Sequence, const std::string& reason) { ADD_FAILURE() << reason; });
    EXPECT_TRUE(read.has_value());
    return out;
  }
  std::vector<journal::QuarantineEntry> quarantined(std::uint32_t shard) const {
    std::vector<journal::QuarantineEntry> out;
    const auto read = shards_->at(ShardId(shard)).journal().read_quarantine(QuarantineNumber(0), [&](const auto& one) {
      out.push_back(one.entry);
      return true;
    });
    EXPECT_TRUE(read.has_value());
    return out;
  }

  const testing::TempDirectory temporary_;
  const std::filesystem::path& directory_ = temporary_.path();
  SystemClock clock_;
  event::Codec codec_{schemas()};
  std::unique_ptr<shard::ShardSet> shards_;
};

inline std::vector<Item> items(auto&&... each) {
  std::vector<Item> out;
  (out.push_back(std::forward<decltype(each)>(each)), ...);
  return out;
}

}  // namespace dongbo::intake
