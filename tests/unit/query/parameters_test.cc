#include "hub/query/parameters.h"

#include <gtest/gtest.h>

namespace dongbo::query {
namespace {

using Given = std::map<std::string, std::string>;
const std::vector<ParameterSpec> kKnown{{"point"}, {"level", check_level}, {"after", check_position}};

std::variant<Parameters, Problem> read(const Given& given, bool paged = true, std::string_view path = "meetings") {
  return Parameters::read(given, path, paged, kKnown);
}
std::string faults(const Given& given, bool paged = true) {
  const auto out = read(given, paged);
  if (!std::holds_alternative<Problem>(out)) return "none";
  const auto& problem = std::get<Problem>(out);
  EXPECT_EQ(problem.status, 422U);
  std::string pointers;
  for (const auto& fault : problem.errors) pointers += fault.pointer + " ";
  return pointers;
}

TEST(Parameters, NothingGivenMeansTheDefaults) {
  const auto out = std::get<Parameters>(read({}));
  EXPECT_EQ(out.page_size(), 100U);
  EXPECT_EQ(out.after(), "");
  EXPECT_FALSE(out.has("point"));
  EXPECT_EQ(out.page_token(""), "");
}

TEST(Parameters, PageSizeIsFromOneToAThousand) {
  EXPECT_EQ(std::get<Parameters>(read({{"page_size", "1"}})).page_size(), 1U);
  EXPECT_EQ(std::get<Parameters>(read({{"page_size", "1000"}})).page_size(), 1000U);
  for (const auto* wrong : {"0", "1001", "-1", "ten", "10 ", " 10", "1e2", "99999999999999999999"}) {
    EXPECT_EQ(faults({{"page_size", wrong}}), "/page_size ") << wrong;
  }
}

TEST(Parameters, UnknownOnesAreNamedTogetherWithTheKnownOnes) {
  const auto out = read({{"pont", "x"}, {"page_size", "0"}});
  ASSERT_TRUE(std::holds_alternative<Problem>(out));
  const auto& problem = std::get<Problem>(out);
  ASSERT_EQ(problem.errors.size(), 2U);
  EXPECT_EQ(problem.errors[0].pointer, "/pont");
  for (const auto* known : {"point", "level", "page_token", "min_position"}) {
    EXPECT_NE(problem.errors[0].detail.find(known), std::string::npos) << known;
  }
  EXPECT_EQ(faults({{"page_size", "5"}}, /*paged=*/false), "/page_size ");
  EXPECT_EQ(faults({{"min_position", "0:4"}, {"wait_ms", "10"}}, false), "none");
}

TEST(Parameters, ValuesAreChecked) {
  EXPECT_EQ(faults({{"level", "village"}}), "/level ");
  EXPECT_EQ(faults({{"level", "commune"}}), "none");
  EXPECT_EQ(faults({{"after", "0:x"}}), "/after ");
  EXPECT_EQ(faults({{"after", "0:3,1:4"}}), "none");
  EXPECT_EQ(faults({{"point", std::string("a\0b", 3)}}), "/point ");
}

TEST(Parameters, ATokenReadsOnInTheSameListOnly) {
  const std::string cursor("M\0dc-502", 8);
  const auto first = std::get<Parameters>(read({{"point", "dc-1"}, {"page_size", "2"}}));
  const auto token = first.page_token(cursor);

  EXPECT_EQ(std::get<Parameters>(read({{"point", "dc-1"}, {"page_token", token}})).after(), cursor);
  // Another page size is the same list; another filter, no filter or another path is not.
  EXPECT_EQ(std::get<Parameters>(read({{"point", "dc-1"}, {"page_size", "7"}, {"page_token", token}})).after(), cursor);
  EXPECT_EQ(faults({{"point", "dc-2"}, {"page_token", token}}), "/page_token ");
  EXPECT_EQ(faults({{"page_token", token}}), "/page_token ");
  EXPECT_TRUE(std::holds_alternative<Problem>(read({{"point", "dc-1"}, {"page_token", token}}, true, "units")));
}

TEST(Parameters, AChangedTokenIsRefused) {
  const auto token = std::get<Parameters>(read({})).page_token("cursor");
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(faults({{"page_token", changed}}), "/page_token ") << i;
    EXPECT_EQ(faults({{"page_token", token.substr(0, i)}}), i == 0 ? "none" : "/page_token ") << i;
  }
}

}  // namespace
}  // namespace dongbo::query
