#include "hub/service/answer_cache.h"

#include <gtest/gtest.h>

namespace dongbo::service {
namespace {

event::Position at(const std::string& text) {
  return *event::Position::parse(text);
}

std::shared_ptr<const query::Answer> answer(const std::string& position, std::size_t size = 10) {
  return std::make_shared<const query::Answer>(query::Answer{200, std::string(size, 'x'), at(position), "\"tag\""});
}

TEST(AnswerCache, GivesAnAnswerUntilAnyShardJournalsMore) {
  AnswerCache cache(1000);
  const auto kept = answer("0:4,1:7");
  cache.keep("a", kept);
  EXPECT_EQ(cache.find("a", at("0:4,1:7")), kept);
  EXPECT_EQ(cache.find("a", at("0:5,1:7")), nullptr);
  EXPECT_EQ(cache.find("a", at("0:4,1:8")), nullptr);
  EXPECT_EQ(cache.find("a", at("0:4,1:7,2:1")), nullptr);
  EXPECT_EQ(cache.find("b", at("0:4,1:7")), nullptr);
}

TEST(AnswerCache, ANewAnswerTakesThePlaceOfTheOldOne) {
  AnswerCache cache(1000);
  cache.keep("a", answer("0:4", 100));
  const auto later = answer("0:5", 30);
  cache.keep("a", later);
  EXPECT_EQ(cache.bytes(), 30U);
  EXPECT_EQ(cache.find("a", at("0:5")), later);
}

TEST(AnswerCache, MemoryIsBoundedAndTheOldestGoFirst) {
  AnswerCache cache(250);
  for (const auto* question : {"a", "b", "c"}) cache.keep(question, answer("0:4", 100));
  EXPECT_EQ(cache.bytes(), 200U);
  EXPECT_EQ(cache.find("a", at("0:4")), nullptr);
  EXPECT_NE(cache.find("c", at("0:4")), nullptr);
  cache.keep("too large", answer("0:4", 1000));
  EXPECT_LE(cache.bytes(), 250U);
}

}  // namespace
}  // namespace dongbo::service
