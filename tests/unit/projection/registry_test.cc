#include "hub/projection/registry.h"

#include <fstream>
#include <set>

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> out;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) out.push_back(line);
  }
  return out;
}

TEST(Registry, EveryProjectionHasItsOwnNameAndOpensItsTables) {
  std::set<std::string> names;
  for (const auto& projection : all_projections()) {
    EXPECT_TRUE(names.emplace(projection->name()).second) << projection->name();
    EXPECT_GE(projection->version(), 1U);
    testing::MemoryRows rows;
    const auto tables = projection->tables(rows);
    std::set<std::string> table_names;
    EXPECT_FALSE(tables.all().empty());
    for (const auto& table : tables.all()) EXPECT_TRUE(table_names.emplace(table->name()).second) << table->name();
  }
}

// A stored row must be readable by whoever shows it: valid UTF-8, no bookkeeping.
TEST(Registry, EverySampleEventIsFoldedAndEveryRowItLeavesCanBeShown) {
  const auto samples = lines_of(DONGBO_SOURCE_DIR "/schemas/samples/events.ndjson");
  ASSERT_GT(samples.size(), 20U);
  for (auto& projection : all_projections()) {
    testing::FoldFixture fixture(std::move(projection));
    bool any = false;
    for (const auto& line : samples) {
      const auto folded = fixture.offer(line);
      ASSERT_TRUE(folded.has_value()) << fixture.projection().name() << ": " << folded.error().message;
      any |= *folded;
    }
    if (!any) continue;
    testing::MemoryRows none;
    const auto tables = fixture.projection().tables(none);
    for (const auto& [stored_key, value] : fixture.stored()) {
      const auto shown = tables.all()[TableMark::of(stored_key).number()]->render(value);
      EXPECT_TRUE(nlohmann::json::parse(shown, nullptr, false).is_object()) << fixture.projection().name() << ": " << shown;
    }
  }
}

TEST(Registry, EveryFactOfTheSamplesIsTakenByAProjectionBesideSources) {
  const auto projections = all_projections();
  simdjson::dom::parser parser;
  for (const auto& line : lines_of(DONGBO_SOURCE_DIR "/schemas/samples/events.ndjson")) {
    const auto type = std::string(parser.parse(line)["type"].get_string().value());
    int takers = 0;
    for (const auto& projection : projections) takers += projection->name() != "sources" && projection->takes(type) ? 1 : 0;
    EXPECT_GE(takers, 1) << type;
  }
}

}  // namespace
}  // namespace dongbo::projection
