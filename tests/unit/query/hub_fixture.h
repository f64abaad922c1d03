#pragma once
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hub/event/codec.h"
#include "hub/event/timestamp.h"
#include "hub/query/query.h"
#include "hub/shard/shard_set.h"

namespace dongbo::query {

// A real hub without doors: shards in a directory of their own, events in, answers out.
//
//   send("meeting.planned", "plan-1", "2023-05-16T00:00:00+07:00", R"({"meeting":"M", …})");
//   EXPECT_EQ(get("meetings/M")["state"], "planned");
class HubFixture : public ::testing::Test {
 protected:
  using Json = nlohmann::ordered_json;
  using Parameters = std::map<std::string, std::string>;

  explicit HubFixture(std::uint32_t shards = 3) : count_(shards) {}

  void SetUp() override {
    const auto source = std::filesystem::path(DONGBO_SOURCE_DIR);
    auto schemas = event::SchemaSet::load(source / "schemas/events");
    ASSERT_TRUE(schemas.has_value()) << schemas.error().message;
    schemas_ = std::make_unique<event::SchemaSet>(std::move(schemas).value());
    codec_ = std::make_unique<event::Codec>(*schemas_);
    auto catalogues = Catalogues::load(source / "schemas/catalogues");
    ASSERT_TRUE(catalogues.has_value()) << catalogues.error().message;
    catalogues_ = std::move(catalogues).value();

    auto pattern = (std::filesystem::temp_directory_path() / "dongbo-query-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    shard::ShardSetOptions options;
    options.shards = count_;
    auto opened = shard::ShardSet::open(directory_, options);
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    shards_ = std::move(opened).value();
    for (std::uint32_t shard = 0; shard < count_; ++shard) {
      shards_->at(ShardId(shard)).on_folded([this](ShardId, Sequence, Sequence) {
        std::lock_guard lock(mutex_);
        folded_.notify_all();
      });
    }
    shards_->start();
    engine_ = std::make_unique<QueryEngine>(*shards_, catalogues_);
  }
  void TearDown() override {
    engine_.reset();
    if (shards_) shards_->stop();
    shards_.reset();
    std::error_code ignored;
    if (!directory_.empty()) std::filesystem::remove_all(directory_, ignored);
  }

  // Sends one structured event and waits until it is durable; the test fails when it is refused.
  shard::Outcome send_json(std::string_view json) {
    auto decoded = codec_->decode(json);
    if (auto* refusal = std::get_if<event::Refusal>(&decoded)) {
      ADD_FAILURE() << refusal->faults.front().pointer << " " << refusal->faults.front().detail << "\n" << json;
      return {};
    }
    auto prepared = std::get<event::PreparedEvent>(std::move(decoded));
    const auto home = shards_->home(prepared.home_key);
    shard::Admission admission{std::move(prepared), Millis(1'700'000'000'000), -1};
    return submit(home, std::move(admission), {});
  }
  // Type without "vn.dongbo." and ".v1".
  shard::Outcome send(std::string_view type, std::string_view id, std::string_view time, std::string_view data,
                      std::string_view source = "/tests", std::string_view sequence = "") {
    auto json = fmt::format(R"({{"specversion":"1.0","id":"{}","source":"{}","type":"vn.dongbo.{}.v1","time":"{}")", id, source,
                            type, time);
    if (!sequence.empty()) json += fmt::format(R"(,"sequence":"{}")", sequence);
    return send_json(json + fmt::format(R"(,"data":{}}})", data));
  }
  // Something a door keeps in quarantine.
  shard::Outcome quarantine(ShardId shard, std::string reason_detail, std::string raw, event::RefusalKind kind,
                            std::string source, journal::Origin origin, std::int64_t ordinal) {
    shard::RefusedItem refused{
        {kind, {{"/data", std::move(reason_detail)}}, "id-1", std::move(source), "s"}, std::move(raw), "", ""};
    return submit(shard, {std::move(refused), Millis(1'700'000'000'000), ordinal}, std::move(origin));
  }
  void send_samples() {
    std::ifstream in(std::filesystem::path(DONGBO_SOURCE_DIR) / "schemas/samples/events.ndjson");
    std::string line;
    std::size_t lines = 0;
    while (std::getline(in, line)) {
      if (line.empty()) continue;
      EXPECT_EQ(send_json(line).kind, shard::Outcome::Kind::kAccepted) << line;
      ++lines;
    }
    ASSERT_GT(lines, 0U);
  }
  // Waits until all that is durable can be read.
  void settle() {
    std::unique_lock lock(mutex_);
    const auto head = shards_->head();
    ASSERT_TRUE(folded_.wait_for(lock, std::chrono::seconds(30), [&] { return shards_->folded().covers(head); }));
  }

  Answer ask(std::string_view path, Parameters parameters = {}) {
    Request request;
    request.path = "/v1/" + std::string(path);
    std::string_view rest = path;
    while (true) {
      const auto slash = rest.find('/');
      request.segments.emplace_back(rest.substr(0, slash));
      if (slash == std::string_view::npos) break;
      rest.remove_prefix(slash + 1);
    }
    request.parameters = std::move(parameters);
    return engine_->answer(request);
  }
  // A settled answer with this status.
  Json get(std::string_view path, Parameters parameters = {}, unsigned status = 200) {
    settle();
    const auto answer = ask(path, std::move(parameters));
    EXPECT_EQ(answer.status, status) << path << " " << answer.body;
    auto json = Json::parse(answer.body, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << answer.body;
    EXPECT_EQ(answer.etag.empty(), status != 200);
    if (status == 200) EXPECT_EQ(json["freshness"]["position"], answer.position.text()) << path;
    return json;
  }
  // All items of a list, page by page; `between` runs after each page.
  std::vector<Json> walk(
      std::string_view path, Parameters parameters, const std::function<void()>& between = [] {}) {
    std::vector<Json> out;
    for (int page = 0; page < 1000; ++page) {
      const auto answer = get(path, parameters);
      for (const auto& item : answer["items"]) out.push_back(item);
      const auto token = answer["next_page_token"].get<std::string>();
      if (token.empty()) return out;
      parameters["page_token"] = token;
      between();
    }
    ADD_FAILURE() << "the list does not end";
    return out;
  }
  static std::vector<std::string> texts(const std::vector<Json>& items, const char* member) {
    std::vector<std::string> out;
    for (const auto& item : items) out.push_back(item.at(member).get<std::string>());
    return out;
  }
  // The item whose `member` is `value`; null when there is none.
  static Json item(const Json& list, const char* member, std::string_view value) {
    for (const auto& one : list)
      if (one.at(member) == value) return one;
    return nullptr;
  }

  const std::uint32_t count_;
  std::filesystem::path directory_;
  std::unique_ptr<event::SchemaSet> schemas_;
  std::unique_ptr<event::Codec> codec_;
  Catalogues catalogues_;
  std::unique_ptr<shard::ShardSet> shards_;
  std::unique_ptr<QueryEngine> engine_;

 private:
  shard::Outcome submit(ShardId shard, shard::Admission admission, journal::Origin origin) {
    std::promise<std::vector<shard::Outcome>> promise;
    auto outcomes = promise.get_future();
    shard::Submission submission;
    submission.items.push_back(std::move(admission));
    submission.origin = std::move(origin);
    submission.done = [&promise](std::vector<shard::Outcome> done) { promise.set_value(std::move(done)); };
    EXPECT_TRUE(shards_->at(shard).submit(submission));
    auto out = outcomes.get();
    EXPECT_EQ(out.size(), 1U);
    return out.at(0);
  }

  std::mutex mutex_;
  std::condition_variable folded_;
};

}  // namespace dongbo::query
