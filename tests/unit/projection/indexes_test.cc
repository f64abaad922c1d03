#include "hub/projection/indexes.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string published(std::string_view id, std::string_view time, std::string_view more) {
  return event("index.published", id, time,
               fmt::format(R"({{"index":"PAPI","year":2022,"method":"PAPI-2022","unit":"49",{}}})", more),
               {"/publishers/cecodes", ""});
}
std::string corrected(std::string_view id, std::string_view time, std::string_view more) {
  return event("index.corrected", id, time,
               fmt::format(R"({{"index":"PAPI","year":2022,"method":"PAPI-2022","unit":"49",{}}})", more),
               {"/publishers/cecodes", ""});
}
std::string naming(std::string_view id) {
  return fmt::format(R"("corrects":{{"source":"/publishers/cecodes","id":"{}"}})", id);
}
const IndexRow* total(FoldFixture& fixture) {
  return fixture.row(kIndexes, "PAPI", "2022", "PAPI-2022", "49", "");
}

TEST(Indexes, AFigureKeepsTheDigitsOfItsSource) {
  FoldFixture fixture(make_indexes());
  fixture.fold(published("p", "2023-04-12T00:00:00+07:00",
                         R"("score":"42.2370","rank":31,"population":61,"quality":"computed","origin":"papi.org.vn")"));
  const auto shown = fixture.shown(kIndexes, "PAPI", "2022", "PAPI-2022", "49", "");
  EXPECT_EQ(shown["score"], "42.2370");
  EXPECT_EQ(shown["rank"], 31);
  EXPECT_EQ(shown["max"], "");
  EXPECT_TRUE(shown["rank_min"].is_null());
  EXPECT_EQ(shown["quality"], "computed");
  EXPECT_EQ(shown["corrected"], false);
  EXPECT_EQ(shown["corrections"].size(), 0U);
  EXPECT_NO_THROW(std::ignore = shown.dump());
}

TEST(Indexes, ACorrectionSaysOnlyWhatItHasAndIsListedWithItsReason) {
  FoldFixture fixture(make_indexes());
  fixture.fold(published("p", "2023-04-12T00:00:00+07:00", R"("score":"42.2377","rank":31)"));
  fixture.fold(corrected("c", "2023-05-12T00:00:00+07:00", naming("p") + R"(,"score":"42.2400","reason":"tính lại")"));
  const auto shown = fixture.shown(kIndexes, "PAPI", "2022", "PAPI-2022", "49", "");
  EXPECT_EQ(shown["score"], "42.2400");
  EXPECT_EQ(shown["rank"], 31);
  EXPECT_EQ(shown["corrected"], true);
  EXPECT_EQ(shown["corrections"][0]["reason"], "tính lại");
  EXPECT_EQ(shown["corrections"][0]["corrects"]["id"], "p");
  EXPECT_EQ(shown["publications"][0]["score"], "42.2377") << "the old value is kept";
}

TEST(Indexes, ACorrectionThatArrivesFirstHoldsOnceTheFigureComes) {
  FoldFixture fixture(make_indexes());
  fixture.fold(corrected("c", "2023-05-12T00:00:00+07:00", naming("p") + R"(,"score":"42.2400")"));
  EXPECT_FALSE(total(fixture)->known);
  EXPECT_EQ(total(fixture)->figure.score, "42.2400");
  fixture.fold(published("p", "2023-04-12T00:00:00+07:00", R"("score":"42.2377","rank":31)"));
  EXPECT_TRUE(total(fixture)->known);
  EXPECT_EQ(total(fixture)->figure.score, "42.2400");
  EXPECT_EQ(total(fixture)->figure.rank, 31);
}

TEST(Indexes, ACorrectionThatNamesAnEarlierPublicationDoesNotTouchTheLaterOne) {
  FoldFixture fixture(make_indexes());
  fixture.fold(published("p1", "2023-04-12T00:00:00+07:00", R"("score":"42.2377")"));
  fixture.fold(published("p2", "2023-05-01T00:00:00+07:00", R"("score":"43.0000")"));
  fixture.fold(corrected("c", "2023-05-12T00:00:00+07:00", naming("p1") + R"(,"score":"42.2400")"));
  EXPECT_EQ(total(fixture)->figure.score, "43.0000");
  EXPECT_FALSE(total(fixture)->corrected);
  EXPECT_FALSE(total(fixture)->corrections[0].applied);
}

TEST(Indexes, ACorrectionHoldsForWhatItNamesEvenWithAnEarlierEventTime) {
  FoldFixture fixture(make_indexes());
  fixture.fold(corrected("c", "2023-04-11T00:00:00+07:00", naming("p") + R"(,"rank":30)"));
  fixture.fold(published("p", "2023-04-12T00:00:00+07:00", R"("score":"42.2377","rank":31)"));
  EXPECT_EQ(total(fixture)->figure.rank, 30);
}

TEST(Indexes, MethodsAndComponentsAreFiguresOfTheirOwnAndUnitsAreCountedOnce) {
  FoldFixture fixture(make_indexes());
  fixture.fold(published("p", "2023-04-12T00:00:00+07:00", R"("score":"42.2")"));
  fixture.fold(published("p1", "2023-04-12T00:00:00+07:00", R"("component":"d1","score":"4.9")"));
  fixture.fold(event("index.published", "x", "2023-04-12T00:00:00+07:00",
                     R"({"index":"PAPI","year":2022,"method":"other","unit":"49","score":"1"})"));
  EXPECT_EQ(total(fixture)->figure.score, "42.2");
  const auto* year = fixture.row(kIndexYears, "PAPI", "2022", "PAPI-2022");
  EXPECT_EQ(year->units, 1);
  EXPECT_EQ(year->figures, 2);
  EXPECT_EQ(fixture.row(kIndexYears, "PAPI", "2022", "other")->units, 1);
}

TEST(Indexes, MoreCorrectionsThanTheLimitAreRefusedAndLeaveNoTrace) {
  FoldFixture fixture(make_indexes());
  for (std::size_t i = 0; i < kIndexFactsMax; ++i) {
    fixture.fold(corrected(fmt::format("c{}", i), "2023-05-12T00:00:00+07:00", fmt::format(R"("rank":{})", i + 1)));
  }
  const auto before = fixture.stored();
  const auto refused = fixture.offer(corrected("more", "2023-05-12T00:00:00+07:00", R"("rank":9)"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().error_class, ErrorClass::kPoison);
  EXPECT_EQ(fixture.stored(), before);
}

TEST(Indexes, TheOrderOfArrivalDoesNotMatter) {
  testing::expect_same_rows_in_any_order(
      make_indexes, {published("p1", "2023-04-12T00:00:00+07:00", R"("score":"42.2377","rank":31)"),
                     published("p2", "2023-05-01T00:00:00+07:00", R"("score":"43.0000","simulated":true)"),
                     corrected("c1", "2023-05-12T00:00:00+07:00", naming("p1") + R"(,"score":"42.2400")"),
                     corrected("c2", "2023-04-20T00:00:00+07:00", naming("p2") + R"(,"score":"43.1","max":"80")"),
                     corrected("c3", "2023-05-12T00:00:00+07:00", R"("rank":7)"),
                     corrected("c4", "2023-05-13T00:00:00+07:00", naming("c3") + R"(,"rank":8)")});
}

}  // namespace
}  // namespace dongbo::projection
