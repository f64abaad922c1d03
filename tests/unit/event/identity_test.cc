#include "hub/event/identity.h"

#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace dongbo::event {
namespace {

std::string hex(const Digest& digest) {
  std::string out;
  for (const auto byte : digest.bytes) out += fmt::format("{:02x}", byte);
  return out;
}

TEST(Identity, IsTheFirstHalfOfSha256) {
  EXPECT_EQ(hex(digest_of("")), "e3b0c44298fc1c149afbf4c8996fb924");
  EXPECT_EQ(hex(digest_of("abc")), "ba7816bf8f01cfea414140de5dae2223");
}

TEST(Identity, KeepsSourceAndIdApart) {
  EXPECT_NE(identity_of("a", "bc"), identity_of("ab", "c"));
  EXPECT_EQ(identity_of("ab", "c"), digest_of(std::string_view("ab\0c", 4)));
}

TEST(Identity, ReadsBackFromItsBytes) {
  const Digest digest = digest_of("abc");
  EXPECT_EQ(Digest::from(digest.view()), digest);
}

TEST(Identity, ThreadsDoNotDisturbEachOther) {
  const Digest expected = identity_of("/source", "id");
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (int& mine : wrong) {
    threads.emplace_back([&mine, &expected] {
      for (int i = 0; i < 2000; ++i) mine += identity_of("/source", "id") == expected ? 0 : 1;
    });
  }
  for (auto& thread : threads) thread.join();
  for (const int count : wrong) EXPECT_EQ(count, 0);
}

}  // namespace
}  // namespace dongbo::event
