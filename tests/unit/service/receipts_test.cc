#include "hub/service/receipts.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace dongbo::service {
namespace {

using Outcome = intake::Receipt::Outcome;

intake::Receipt receipt(Outcome outcome, std::string id, std::string position = {}) {
  intake::Receipt out;
  out.outcome = outcome;
  out.id = std::move(id);
  out.source = "/simulated/x";
  out.position = std::move(position);
  if (outcome == Outcome::kInvalid) out.faults.push_back({"/data/point", "is \"missing\""});
  if (outcome == Outcome::kConflict) out.quarantine = "1:q7";
  return out;
}

nlohmann::json body_of(const HttpResponse& response) {
  return nlohmann::json::parse(response.body);
}

TEST(Receipts, OneEventIsAnsweredByItsOutcome) {
  const auto accepted = answer_of(receipt(Outcome::kAccepted, "a", "1:42"));
  EXPECT_EQ(accepted.status, 200U);
  EXPECT_EQ(body_of(accepted),
            nlohmann::json::parse(R"({"outcome":"accepted","id":"a","source":"/simulated/x","position":"1:42"})"));
  EXPECT_EQ(answer_of(receipt(Outcome::kDuplicate, "a", "1:42")).status, 200U);

  const auto conflict = answer_of(receipt(Outcome::kConflict, "a", "1:42"));
  EXPECT_EQ(conflict.status, 409U);
  EXPECT_EQ(conflict.content_type, "application/problem+json");
  EXPECT_EQ(body_of(conflict)["outcome"], "conflict");
  EXPECT_EQ(body_of(conflict)["quarantine"], "1:q7");

  const auto invalid = answer_of(receipt(Outcome::kInvalid, "a"));
  EXPECT_EQ(invalid.status, 422U);
  EXPECT_EQ(body_of(invalid)["errors"], nlohmann::json::parse(R"([{"pointer":"/data/point","detail":"is \"missing\""}])"));

  const auto failed = answer_of(receipt(Outcome::kFailed, "a"));
  EXPECT_EQ(failed.status, 503U);
  EXPECT_EQ(failed.headers.front().first, "Retry-After");
}

TEST(UploadSummary, ListsEveryItemInOrderAndTheHighestPositions) {
  UploadSummary summary;
  summary.add(0, receipt(Outcome::kAccepted, "a", "1:42"));
  summary.add(1, receipt(Outcome::kInvalid, "b"));
  summary.add(3, receipt(Outcome::kDuplicate, "c", "0:7"));
  summary.add(4, receipt(Outcome::kAccepted, "d", "1:41"));
  const auto answer = summary.answer();
  EXPECT_EQ(answer.status, 207U);
  const auto body = body_of(answer);
  EXPECT_EQ(body["accepted"], 2);
  EXPECT_EQ(body["duplicate"], 1);
  EXPECT_EQ(body["conflict"], 0);
  EXPECT_EQ(body["invalid"], 1);
  EXPECT_EQ(body["position"], "0:7,1:42");
  ASSERT_EQ(body["items"].size(), 4U);
  EXPECT_EQ(body["items"][1]["errors"][0]["pointer"], "/data/point");
  EXPECT_EQ(body["items"][2]["index"], 3);
  EXPECT_EQ(body["items"][2]["outcome"], "duplicate");
}

TEST(UploadSummary, AllTakenIs200) {
  UploadSummary summary;
  EXPECT_EQ(summary.answer().status, 200U);
  summary.add(0, receipt(Outcome::kAccepted, "a", "0:1"));
  summary.add(1, receipt(Outcome::kDuplicate, "a", "0:1"));
  EXPECT_EQ(summary.answer().status, 200U);
}

TEST(UploadSummary, BeyondTheBoundOnlyWhatWasNotAcceptedIsListed) {
  UploadSummary summary(3);
  for (std::uint64_t i = 0; i < 10; ++i)
    summary.add(i, receipt(i % 5 == 1 ? Outcome::kInvalid : Outcome::kAccepted, std::to_string(i), "0:" + std::to_string(i + 1)));
  const auto body = body_of(summary.answer());
  EXPECT_EQ(body["accepted"], 8);
  ASSERT_EQ(body["items"].size(), 2U);
  EXPECT_EQ(body["items"][0]["index"], 1);
  EXPECT_EQ(body["items"][1]["index"], 6);
  EXPECT_FALSE(body.contains("items_omitted"));
}

TEST(UploadSummary, AnEndlessListIsCutAndSaysSo) {
  UploadSummary summary(3, 1000);
  for (std::uint64_t i = 0; i < 1000; ++i) summary.add(i, receipt(Outcome::kInvalid, std::to_string(i)));
  const auto answer = summary.answer();
  EXPECT_LT(answer.body.size(), 2000U);
  const auto body = body_of(answer);
  EXPECT_EQ(body["invalid"], 1000);
  EXPECT_EQ(body["items"].size() + body["items_omitted"].get<std::size_t>(), 1000U);
}

}  // namespace
}  // namespace dongbo::service
