#pragma once
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hub/event/timestamp.h"
#include "hub/query/query.h"
#include "hub/shard/shard_set.h"
#include "tests/support/temp_directory.h"

namespace dongbo::event {
class Codec;
class SchemaSet;
}  // namespace dongbo::event

namespace dongbo::query {

// A real hub without doors: shards in a directory of their own, events in, answers out.
//
//   send("meeting.planned", "plan-1", "2023-05-16T00:00:00+07:00", R"({"meeting":"M", …})");
//   EXPECT_EQ(get("meetings/M")["state"], "planned");
class HubFixture : public ::testing::Test {
 protected:
  using Json = nlohmann::ordered_json;
  using Parameters = std::map<std::string, std::string>;

  explicit HubFixture(std::uint32_t shards = 3);
  ~HubFixture() override;
  void SetUp() override;
  void TearDown() override;

  // Sends one structured event and waits until it is durable; the test fails when it is refused.
  shard::Outcome send_json(std::string_view json);
  // Type without "vn.dongbo." and ".v1".
  shard::Outcome send(std::string_view type, std::string_view id, std::string_view time, std::string_view data,
                      std::string_view source = "/tests", std::string_view sequence = "");
  // Something that a door keeps in quarantine.
  shard::Outcome quarantine(ShardId shard, std::string detail, std::string raw, event::RefusalKind kind, std::string source,
                            journal::Origin origin, std::int64_t ordinal);
  void send_samples();
  // Waits until all that is durable can be read.
  void settle();

  Answer ask(std::string_view path, Parameters parameters = {});
  // A settled answer with this status.
  Json get(std::string_view path, Parameters parameters = {}, unsigned status = 200);
  // All items of a list, page by page; `between` runs after each page.
  std::vector<Json> walk(
      std::string_view path, Parameters parameters, const std::function<void()>& between = [] {});
  static std::vector<std::string> texts(const Json& items, const char* member);
  // The item whose `member` is `value`; null when there is none.
  static Json item(const Json& list, const char* member, std::string_view value);

  const std::uint32_t count_;
  const testing::TempDirectory temporary_;
  const std::filesystem::path& directory_ = temporary_.path();
  std::unique_ptr<event::SchemaSet> schemas_;
  std::unique_ptr<event::Codec> codec_;
  Catalogues catalogues_;
  std::unique_ptr<shard::ShardSet> shards_;
  std::unique_ptr<QueryEngine> engine_;

 private:
  shard::Outcome submit(ShardId shard, shard::Admission admission, journal::Origin origin);

  std::mutex mutex_;
  std::condition_variable folded_;
};

}  // namespace dongbo::query
