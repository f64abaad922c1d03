#include <algorithm>
#include <set>

#include "tests/unit/query/hub_fixture.h"

namespace dongbo::query {
namespace {

class Journal : public HubFixture {
 protected:
  void meetings(int from, int through) {
    for (int i = from; i <= through; ++i) {
      send("meeting.planned", fmt::format("p-{}", i), "2023-05-16T00:00:00+07:00",
           fmt::format(R"({{"meeting":"M-{}","title":"Họp {}","organiser":"49","day":"2023-05-30","mode":"online"}})", i, i),
           fmt::format("/sources/{}", i % 3));
    }
  }
  // "p-1" of the item's event.
  static std::multiset<std::string> ids(const std::vector<Json>& items) {
    std::multiset<std::string> out;
    for (const auto& item : items) out.insert(item["event"]["id"].get<std::string>());
    return out;
  }
};

TEST_F(Journal, GivesEveryEventOnceInTheOrderOfShardAndSequence) {
  meetings(1, 25);
  const auto items = walk("journal", {{"page_size", "4"}});
  EXPECT_EQ(items.size(), 25U);
  const auto all = ids(items);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 25U);
  const auto positions = texts(items, "position");
  std::vector<std::pair<std::uint64_t, std::uint64_t>> places;
  for (const auto& position : positions) {
    const auto parsed = event::Position::parse(position);
    ASSERT_TRUE(parsed.has_value());
    const auto& [shard, sequence] = *parsed->entries().begin();
    places.emplace_back(shard.value(), sequence.value());
  }
  EXPECT_TRUE(std::is_sorted(places.begin(), places.end()));
  EXPECT_EQ(items[0]["event"]["specversion"], "1.0");
  EXPECT_EQ(items[0]["recorded_at"], event::format_timestamp(Millis(1'700'000'000'000)));
}

TEST_F(Journal, ListingIsOfOneStateAndGoesOnFromItsPosition) {
  meetings(1, 12);
  int next = 13;
  // Ten more arrive between the pages: they belong to the next listing.
  const auto first = walk("journal", {{"page_size", "5"}}, [&] { meetings(next, next + 4), next += 5; });
  EXPECT_EQ(first.size(), 12U);
  const auto answer = get("journal", {{"page_size", "1000"}});
  EXPECT_EQ(answer["items"].size(), static_cast<std::size_t>(next - 1));
  const auto position = answer["freshness"]["position"].get<std::string>();
  EXPECT_EQ(get("journal", {{"after", position}})["items"].size(), 0U);
  meetings(next, next + 6);
  const auto later = walk("journal", {{"after", position}, {"page_size", "2"}});
  EXPECT_EQ(later.size(), 7U);
  for (const auto& id : ids(later)) EXPECT_GE(std::stoi(id.substr(2)), next);
}

TEST_F(Journal, GivesWhatLiesBetweenTwoPositions) {
  meetings(1, 6);
  const auto from = get("journal")["freshness"]["position"].get<std::string>();
  meetings(7, 9);
  const auto through = get("journal")["freshness"]["position"].get<std::string>();
  meetings(10, 12);
  EXPECT_EQ(ids(walk("journal", {{"after", from}, {"through", through}, {"page_size", "2"}})),
            (std::multiset<std::string>{"p-7", "p-8", "p-9"}));
  EXPECT_EQ(get("journal", {{"after", from}, {"through", through}})["freshness"]["position"], through);
  EXPECT_TRUE(walk("journal", {{"after", through}, {"through", from}}).empty());
  EXPECT_EQ(walk("journal", {{"through", "0:9999,1:9999,2:9999"}}).size(), 12U);  // no further than there is
  get("journal", {{"through", "there"}}, 422);
}

TEST_F(Journal, FiltersByTypeSourceSubjectAndMeeting) {
  meetings(1, 9);
  send("readiness.reported", "r-1", "2023-05-30T07:00:00+07:00",
       R"({"meeting":"M-4","point":"dc-1","line":"connected","sound":"ok","picture":"ok","power":"ok"})");
  send_json(R"({"specversion":"1.0","id":"r-2","source":"/tests","type":"vn.dongbo.readiness.reported.v1",)"
            R"("time":"2023-05-30T07:00:00+07:00","subject":"meetings/M-5/points/dc-1",)"
            R"("data":{"meeting":"M-5","point":"dc-1","line":"connected"}})");
  EXPECT_EQ(ids(walk("journal", {{"type", "vn.dongbo.readiness."}})), (std::multiset<std::string>{"r-1", "r-2"}));
  EXPECT_EQ(ids(walk("journal", {{"source", "/sources/0"}, {"page_size", "1"}})),
            (std::multiset<std::string>{"p-3", "p-6", "p-9"}));
  EXPECT_EQ(ids(walk("journal", {{"subject", "meetings/M-5/"}})), std::multiset<std::string>{"r-2"});
  EXPECT_EQ(ids(walk("journal", {{"meeting", "M-4"}})), (std::multiset<std::string>{"p-4", "r-1"}));
  EXPECT_TRUE(walk("journal", {{"meeting", "M-4"}, {"type", "vn.dongbo.index"}}).empty());
  get("journal", {{"after", "here"}}, 422);
}

TEST_F(Journal, TokenOfOtherFiltersIsRefused) {
  meetings(1, 5);
  const auto token = get("journal", {{"page_size", "1"}})["next_page_token"].get<std::string>();
  ASSERT_FALSE(token.empty());
  const auto problem = get("journal", {{"page_token", token}, {"meeting", "M-1"}}, 422);
  EXPECT_EQ(problem["errors"][0]["pointer"], "/page_token");
  EXPECT_EQ(problem["type"], "urn:dongbo:problem:invalid");
}

}  // namespace
}  // namespace dongbo::query
