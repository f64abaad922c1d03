#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "hub/query/query.h"
#include "hub/report/answers_of_engine.h"
#include "hub/report/report.h"
#include "tests/support/shard_fixture.h"
#include "tests/support/temp_directory.h"

namespace dongbo::report {

inline const Reference& reference() {
  static const auto loaded = Reference::load(std::filesystem::path(DONGBO_SOURCE_DIR) / "schemas" / "catalogues");
  DONGBO_ASSERT(loaded.has_value());
  return *loaded;
}

// A hub of two shards that folds what a test tells it, and makes reports from its real answers.
//
//   ReportHub hub;
//   hub.say("attendance.checked_in", R"("meeting":"M","point":"p1","delegate":"7",…)", "2023-05-30T07:41:09+07:00");
//   hub.make(Kind::kBaoCao, "M")
class ReportHub {
 public:
  explicit ReportHub(std::uint32_t shards = 2) {
    shard::ShardSetOptions options;
    options.shards = shards;
    auto opened = shard::ShardSet::open(directory_.path(), options);
    if (!opened) throw std::runtime_error(opened.error().message);
    shards_ = std::move(opened).value();
    shards_->start();
    engine_ = std::make_unique<query::QueryEngine>(*shards_, reference().catalogues);
  }
  ~ReportHub() { shards_->stop(); }

  void source(std::string name) { source_ = std::move(name); }
  void recorded_at(Millis moment) { recorded_at_ = moment; }

  // One event; `members` are those of its data, without braces.
  void say(std::string_view type, std::string_view members, std::string_view time = "2023-05-30T08:00:00+07:00",
           std::string_view sequence = "") {
    waiting_.push_back(fmt::format(
        R"({{"specversion":"1.0","id":"e-{}","source":"{}","type":"vn.dongbo.{}.v1","time":"{}"{},"data":{{{}}}}})", ++number_,
        source_, type, time, sequence.empty() ? std::string() : fmt::format(R"(,"sequence":"{}")", sequence), members));
  }
  void say_json(std::string json) { waiting_.push_back(std::move(json)); }
  // The contract's samples: one of each main fact.
  void say_samples() {
    std::ifstream in(std::filesystem::path(DONGBO_SOURCE_DIR) / "schemas" / "samples" / "events.ndjson");
    for (std::string line; std::getline(in, line);)
      if (!line.empty()) say_json(line);
  }

  Result<Facts> facts(const std::string& meeting, bool with_names = false, const std::string& issuer = "",
                      const std::string& as_of = "") {
    fold();
    AnswersOfEngine answers(*engine_, as_of);
    return read_facts(answers, reference(), {meeting, issuer, with_names});
  }
  Document make(Kind kind, const std::string& meeting, bool with_names = false, const std::string& as_of = "") {
    auto read = facts(meeting, with_names, "", as_of);
    EXPECT_TRUE(read.has_value()) << read.error().message;
    return compose(kind, read ? *read : Facts(), reference());
  }
  std::unique_ptr<Answers> answers(const std::string& as_of) { return std::make_unique<AnswersOfEngine>(*engine_, as_of); }
  // Sends what was said and waits until it is readable.
  void fold() {
    std::vector<std::vector<shard::Admission>> homes(shards_->size());
    for (const auto& json : waiting_) {
      auto admission = testing::admit(json, recorded_at_);
      homes[shards_->home(std::get<event::PreparedEvent>(admission.item).home_key).value()].push_back(std::move(admission));
    }
    waiting_.clear();
    for (std::uint32_t shard = 0; shard < homes.size(); ++shard) submit(ShardId(shard), std::move(homes[shard]));
    for (std::uint32_t shard = 0; shard < homes.size(); ++shard) testing::wait_folded(shards_->at(ShardId(shard)));
  }

 private:
  void submit(ShardId home, std::vector<shard::Admission> items) {
    constexpr std::size_t kBatch = 500;
    for (std::size_t from = 0; from < items.size(); from += kBatch) {
      std::promise<std::vector<shard::Outcome>> promise;
      shard::Submission submission;
      for (std::size_t i = from; i < std::min(items.size(), from + kBatch); ++i) submission.items.push_back(std::move(items[i]));
      submission.origin.door = "http";
      submission.done = [&promise](std::vector<shard::Outcome> outcomes) { promise.set_value(std::move(outcomes)); };
      ASSERT_TRUE(shards_->at(home).submit(submission));
      for (const auto& outcome : promise.get_future().get()) ASSERT_EQ(outcome.kind, shard::Outcome::Kind::kAccepted);
    }
  }

  testing::TempDirectory directory_;
  std::unique_ptr<shard::ShardSet> shards_;
  std::unique_ptr<query::QueryEngine> engine_;
  std::vector<std::string> waiting_;
  std::string source_ = "/provinces/49/so-noi-vu";
  Millis recorded_at_ = Millis(1685437200000);
  int number_ = 0;
};

inline constexpr Kind kKinds[] = {Kind::kBaoCao, Kind::kThongBao, Kind::kBienBan};

// A meeting "M" of one point that is planned and opened, with a few people; and its end.
void tell_meeting(ReportHub& hub);
void close_meeting(ReportHub& hub);

bool holds(const std::string& text, std::string_view part);
// The words of a document, block by block, for a test to look for.
std::string text_of(const Document& document);
const Figure* figure(const Document& document, std::string_view id);
const Table* table(const Document& document, std::string_view id);
const Chart* chart(const Document& document, std::string_view id);

}  // namespace dongbo::report
