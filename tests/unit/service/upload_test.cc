#include "hub/service/upload.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <mutex>
#include <set>
#include <thread>

namespace dongbo::service {
namespace {

using Outcome = intake::Receipt::Outcome;

// Takes deliveries and gives their receipts when the test says so, from another thread and in the order it likes.
class HeldIntake final : public intake::Intake {
 public:
  bool accept(intake::Delivery& delivery) override {
    std::lock_guard lock(mutex_);
    if (refusals_ > 0) {
      --refusals_;
      return false;
    }
    sizes_.push_back(delivery.items.size());
    held_.push_back(std::move(delivery));
    most_held_ = std::max(most_held_, held_.size());
    return true;
  }
  void refuse(int times) { refusals_ = times; }

  // Answers what is held, the last first.
  void answer_all() {
    std::vector<intake::Delivery> held;
    {
      std::lock_guard lock(mutex_);
      held.swap(held_);
    }
    for (auto delivery = held.rbegin(); delivery != held.rend(); ++delivery) {
      std::vector<intake::Receipt> receipts;
      for (const auto& item : delivery->items) {
        intake::Receipt receipt;
        receipt.outcome = std::holds_alternative<event::Refusal>(item.decoded) ? Outcome::kInvalid : Outcome::kAccepted;
        if (failing_.contains(item.ordinal)) receipt.outcome = Outcome::kFailed;
        receipt.id = std::to_string(item.ordinal);
        receipt.position = "0:" + std::to_string(item.ordinal);
        receipts.push_back(std::move(receipt));
        if (!item.raw.empty()) raw_.push_back(item.raw);
      }
      delivery->done(std::move(receipts));
    }
  }

  std::vector<std::size_t> sizes_;
  std::vector<std::string> raw_;
  std::set<std::int64_t> failing_;  // ordinals, from 1
  std::size_t most_held_ = 0;

 private:
  std::mutex mutex_;
  std::vector<intake::Delivery> held_;
  int refusals_ = 0;
};

class UploadTest : public testing::Test {
 protected:
  // Uploads `events` events (those in `refused` are refusals) while another thread answers what is held.
  void upload(std::size_t events, std::size_t refused_every = 0, bool from_file = false) {
    auto made = std::make_shared<Upload>(io_.get_executor(), intake_, metrics_);
    if (from_file) {
      journal::Origin origin;
      origin.door = "file";
      made->keep_refused(origin);
    }
    std::atomic<bool> ended{false};
    std::thread answering([&] {
      while (!ended) {
        intake_.answer_all();
        std::this_thread::yield();
      }
    });
    asio::co_spawn(io_, run(made, events, refused_every), asio::detached);
    io_.run();
    ended = true;
    answering.join();
    upload_ = made;
  }

  Task<> run(std::shared_ptr<Upload> upload, std::size_t events, std::size_t refused_every) {
    for (std::size_t i = 0; i < events; ++i) {
      event::Decoded decoded = event::PreparedEvent();
      if (refused_every > 0 && i % refused_every == 0) decoded = event::Refusal();
      upload->add(std::move(decoded), i, "line " + std::to_string(i));
      if (!upload->full()) continue;
      const bool taken = co_await upload->hand_on();
      EXPECT_TRUE(taken);
    }
    const bool taken = co_await upload->hand_on();
    EXPECT_TRUE(taken);
    co_await upload->finish();
  }

  boost::asio::io_context io_;
  Metrics metrics_;
  HeldIntake intake_;
  std::shared_ptr<Upload> upload_;
};

TEST_F(UploadTest, CollectsReceiptsInTheOrderOfTheBody) {
  upload(5000);
  const auto& summary = upload_->summary();
  EXPECT_EQ(summary.count(Outcome::kAccepted), 5000U);
  EXPECT_EQ(upload_->taken(), 5000U);
  EXPECT_EQ(summary.position().text(), "0:5000");
  const auto members = summary.members();
  std::size_t at = 0;
  for (int i = 0; i < 5000; ++i) {
    at = members.find("{\"index\":" + std::to_string(i) + ",", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
}

TEST_F(UploadTest, NeverHasMoreThanFourChunksOnTheirWay) {
  upload(20'000);
  EXPECT_LE(intake_.most_held_, Upload::kChunksOnTheirWay);
  for (const auto size : intake_.sizes_) EXPECT_LE(size, Upload::kChunkEvents);
}

TEST_F(UploadTest, WaitsUnderBackPressureAndLosesNothing) {
  intake_.refuse(5);
  upload(2000);
  EXPECT_EQ(upload_->summary().count(Outcome::kAccepted), 2000U);
  EXPECT_EQ(metrics_.back_pressure, 5U);
  EXPECT_EQ(metrics_.outcomes[0], 2000U);
}

TEST_F(UploadTest, OnlyWhatStandsBeforeTheFirstFailureIsTaken) {
  intake_.failing_ = {1500, 2, 700};
  upload(2000);
  EXPECT_EQ(upload_->taken(), 1U);
  EXPECT_EQ(upload_->summary().count(Outcome::kFailed), 3U);
}

TEST_F(UploadTest, RefusedLinesOfAFileKeepTheirBytes) {
  upload(100, 50, true);
  EXPECT_EQ(intake_.raw_, (std::vector<std::string>{"line 0", "line 50"}));
  EXPECT_EQ(upload_->summary().count(Outcome::kInvalid), 2U);
}

TEST_F(UploadTest, RefusedLinesOfOthersAreNotKept) {
  upload(100, 50);
  EXPECT_TRUE(intake_.raw_.empty());
}

TEST(Patience, EndsAfterTenSeconds) {
  Patience patience;
  std::chrono::milliseconds waited{0};
  auto last = std::chrono::milliseconds(0);
  while (const auto pause = patience.next()) {
    EXPECT_GE(*pause, last);
    EXPECT_LE(pause->count(), 50);
    last = *pause;
    waited += *pause;
  }
  EXPECT_NEAR(static_cast<double>(waited.count()), 10'000, 50);
}

}  // namespace
}  // namespace dongbo::service
