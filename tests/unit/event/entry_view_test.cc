#include "hub/event/entry_view.h"

#include "hub/event/timestamp.h"
#include "tests/unit/event/codec_fixture.h"

namespace dongbo::event {
namespace {

using nlohmann::json;

class EntryViewTest : public CodecTest {
 protected:
  Result<EntryView> read(std::string_view entry) {
    return reader_.read(ShardId(1), Sequence(42), Millis(5), identity_of("s", "i"), entry);
  }
  EntryReader reader_;
};

TEST_F(EntryViewTest, ReadsWhatTheCodecWrote) {
  auto source = check_in();
  source["data"]["leave"] = true;
  source["data"]["headcount"] = 12;
  source["data"]["score"] = "42.2377";
  source["data"]["rate"] = 0.5;
  source["data"]["corrects"] = {{"id", "x"}};
  source["data"]["items"] = {"a", {{"id", "y"}}, 3, "b"};
  const auto event = accept(source);
  const auto view = read(event.entry);
  ASSERT_TRUE(view) << view.error().message;
  EXPECT_EQ(view->shard, ShardId(1));
  EXPECT_EQ(view->sequence, Sequence(42));
  EXPECT_EQ(view->recorded_at, Millis(5));
  EXPECT_EQ(view->identity, identity_of("s", "i"));
  EXPECT_EQ(view->entry, event.entry);
  EXPECT_EQ(view->id, "0000002a-7f3c");
  EXPECT_EQ(view->source, "/simulated/districts/502/checkin");
  EXPECT_EQ(view->type, "vn.dongbo.attendance.checked_in.v1");
  EXPECT_EQ(view->subject, "meetings/QNA-2023-05-30/delegates/0007");
  EXPECT_EQ(view->time_text, "2023-05-30T07:41:09+07:00");
  EXPECT_EQ(view->time, *parse_timestamp("2023-05-30T07:41:09+07:00"));
  EXPECT_EQ(view->sequence_text, "0000000042");
  EXPECT_EQ(view->data.text("meeting"), "QNA-2023-05-30");
  EXPECT_EQ(view->data.integer("headcount"), 12);
  EXPECT_EQ(view->data.boolean("leave"), true);
  EXPECT_EQ(view->data.decimal("score"), "42.2377");
  EXPECT_EQ(view->data.decimal("rate"), "0.5");
  EXPECT_EQ(view->data.decimal("headcount"), "12");
  EXPECT_EQ(view->data.object("corrects").text("id"), "x");
  EXPECT_EQ(view->data.texts("items"), (std::vector<std::string_view>{"a", "b"}));
  ASSERT_EQ(view->data.objects("items").size(), 1U);
  EXPECT_EQ(view->data.objects("items").front().text("id"), "y");
}

TEST_F(EntryViewTest, TheTypeIsFoundWithoutParsing) {
  auto source = check_in();
  source["data"]["type"] = "a member of the data";
  source["data"]["note"] = R"("type":"in a text")";
  source["zone"] = R"("type":"after it")";
  const auto event = accept(source);
  EXPECT_NE(event.entry.find("after it"), std::string::npos);
  EXPECT_EQ(type_of_entry(event.entry), "vn.dongbo.attendance.checked_in.v1");
  EXPECT_EQ(type_of_entry("{}"), "");
  EXPECT_EQ(type_of_entry(R"({"type":"cut)"), "cut");
}

TEST_F(EntryViewTest, AbsentOrOtherTypesAreEmpty) {
  const auto event = accept(check_in_without("subject"));
  const auto view = read(event.entry);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->subject, "");
  EXPECT_FALSE(view->data.has("none"));
  EXPECT_EQ(view->data.text("none"), "");
  EXPECT_EQ(view->data.integer("meeting"), std::nullopt);
  EXPECT_EQ(view->data.boolean("meeting"), std::nullopt);
  EXPECT_FALSE(view->data.object("meeting").present());
  EXPECT_EQ(view->data.object("meeting").text("deeper"), "");
  EXPECT_TRUE(view->data.objects("meeting").empty());
  EXPECT_TRUE(view->data.texts("meeting").empty());
  EXPECT_EQ(view->data.decimal("none"), "");
  EXPECT_EQ(DataView().text("x"), "");
}

TEST_F(EntryViewTest, ReadsEntriesOfGrowingSize) {
  for (std::size_t size = 1; size < 600'000; size *= 3) {
    auto source = check_in();
    source["data"]["list"] = json::array();
    for (std::size_t i = 0; i < size; i += 100) source["data"]["list"].push_back(std::string(90, 'x'));
    const auto event = accept(source);
    const auto view = read(event.entry);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->data.texts("list").size(), (size + 99) / 100);
  }
}

TEST_F(EntryViewTest, DamagedEntriesArePoison) {
  const std::string entry = accept(check_in()).entry;
  std::string renamed = entry;
  renamed.replace(renamed.find("\"id\""), 4, "\"zz\"");
  std::string bad_time = entry;
  bad_time.replace(bad_time.find("2023-05-30T07:41:09"), 4, "20x3");
  for (const std::string& damaged : {std::string(), std::string("[]"), std::string("{}"), entry.substr(1),
                                     entry.substr(0, entry.size() - 1), renamed, bad_time}) {
    const auto view = read(damaged);
    ASSERT_FALSE(view) << damaged;
    EXPECT_EQ(view.error().error_class, ErrorClass::kPoison);
    EXPECT_NE(view.error().message.find("shard 1, sequence 42"), std::string::npos);
  }
  EXPECT_TRUE(read(entry));
}

}  // namespace
}  // namespace dongbo::event
