#include "tests/unit/query/hub_fixture.h"

namespace dongbo::query {
namespace {

class QuarantineList : public HubFixture {
 protected:
  void SetUp() override {
    HubFixture::SetUp();
    journal::Origin kafka;
    kafka.door = "kafka";
    kafka.topic = "dongbo.events";
    kafka.partition = 2;
    quarantine(ShardId(2), "expected an object", std::string("{\xff\x00", 3), event::RefusalKind::kUnreadable, "", kafka, 41);
    journal::Origin file;
    file.door = "file";
    file.file = "check-in.ndjson";
    quarantine(ShardId(0), "missing point", "{}", event::RefusalKind::kInvalid, "/a", file, 7);
    quarantine(ShardId(0), "no such type", "[]", event::RefusalKind::kUnknownType, "/b", file, 8);
  }
};

TEST_F(QuarantineList, ShowsReasonOriginAndTheBytesAsTheyCame) {
  const auto items = get("quarantine")["items"];
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0]["id"], "0:q1");
  EXPECT_EQ(items[0]["reason"], "invalid");
  EXPECT_EQ(items[0]["detail"], "/data: missing point");
  EXPECT_EQ(items[0]["errors"], Json::array({{{"pointer", "/data"}, {"detail", "missing point"}}}));
  EXPECT_EQ(items[0]["origin"], (Json{{"door", "file"}, {"file", "check-in.ndjson"}, {"line", 7}}));
  EXPECT_EQ(items[0]["state"], "held");
  EXPECT_EQ(items[0]["source"], "/a");
  EXPECT_EQ(items[0]["event_id"], "id-1");
  EXPECT_EQ(items[0]["raw_base64"], "e30=");
  EXPECT_EQ(items[1]["reason"], "unknown_type");
  EXPECT_EQ(items[2]["id"], "2:q1");
  EXPECT_EQ(items[2]["raw_base64"], "e/8A");
  EXPECT_EQ(items[2]["origin"], (Json{{"door", "kafka"}, {"topic", "dongbo.events"}, {"partition", 2}, {"offset", 41}}));
}

TEST_F(QuarantineList, PagesAndFiltersOverAllShards) {
  EXPECT_EQ(texts(walk("quarantine", {{"page_size", "1"}}), "id"), (std::vector<std::string>{"0:q1", "0:q2", "2:q1"}));
  EXPECT_EQ(texts(walk("quarantine", {{"reason", "unreadable"}, {"page_size", "1"}}), "id"), std::vector<std::string>{"2:q1"});
  EXPECT_EQ(texts(walk("quarantine", {{"source", "/b"}}), "id"), std::vector<std::string>{"0:q2"});
  EXPECT_TRUE(walk("quarantine", {{"state", "discarded"}}).empty());
  ASSERT_TRUE(shards_->at(ShardId(0))
                  .journal()
                  .settle_quarantine(QuarantineNumber(2), journal::QuarantineState::kDiscarded, "thử nghiệm")
                  .has_value());
  EXPECT_EQ(texts(walk("quarantine", {{"state", "discarded"}}), "state_note"), std::vector<std::string>{"thử nghiệm"});
  get("quarantine", {{"state", "lost"}}, 422);
  get("quarantine", {{"reason", "bad"}}, 422);
}

TEST_F(QuarantineList, OneEntryIsReadByItsId) {
  EXPECT_EQ(get("quarantine/2:q1")["reason"], "unreadable");
  get("quarantine/2:q2", {}, 404);
  get("quarantine/9:q1", {}, 404);
  get("quarantine/two", {}, 404);
}

}  // namespace
}  // namespace dongbo::query
