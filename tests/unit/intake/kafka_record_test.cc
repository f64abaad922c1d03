#include "hub/intake/kafka_record.h"

#include "hub/intake/refused.h"
#include "tests/unit/intake/intake_fixture.h"

namespace dongbo::intake {
namespace {

using Headers = std::vector<std::pair<std::string_view, std::optional<std::string_view>>>;

class KafkaRecord : public ShardsFixture {
 protected:
  void SetUp() override {}  // no shards
  void TearDown() override {}

  event::Decoded decode(std::optional<std::string_view> value, Headers headers) {
    record_.value = value;
    record_.headers = std::move(headers);
    return decode_event(codec_, record_);
  }
  std::string id_of(const event::Decoded& decoded) {
    const auto* event = std::get_if<event::PreparedEvent>(&decoded);
    return event == nullptr ? "refused: " + std::get<event::Refusal>(decoded).faults[0].detail : event->id;
  }
  static Headers binary() {
    return {{"ce_specversion", "1.0"},
            {"ce_id", "b-1"},
            {"ce_source", "/simulated/door"},
            {"ce_type", "vn.dongbo.attendance.checked_in.v1"},
            {"ce_time", "2023-05-30T07:41:09+07:00"},
            {"ce_subject", "meetings/HN-1/delegates/Nguyễn"},
            {"content-type", "application/json; charset=UTF-8"}};
  }
  static constexpr std::string_view kData = R"({"meeting":"HN-1","point":"dc-502","delegate":"0001"})";
  RecordView record_;
};

TEST_F(KafkaRecord, StructuredByItsContentTypeInAnyCase) {
  EXPECT_EQ(id_of(decode(check_in(kHome0, "s-1"), {{"Content-Type", "Application/CloudEvents+JSON; charset=UTF-8"}})), "s-1");
}

TEST_F(KafkaRecord, StructuredWithoutHeaders) {
  EXPECT_EQ(id_of(decode(check_in(kHome0, "s-2"), {})), "s-2");
}

TEST_F(KafkaRecord, BinaryByItsAttributes) {
  EXPECT_EQ(id_of(decode(kData, binary())), "b-1");
}

TEST_F(KafkaRecord, TheSameFactBinaryAndStructuredIsTheSameContent) {
  const auto one = decode(kData, binary());
  const auto other =
      decode(R"({"specversion":"1.0","id":"b-1","source":"/simulated/door","type":"vn.dongbo.attendance.checked_in.v1",)"
             R"("time":"2023-05-30T07:41:09+07:00","subject":"meetings/HN-1/delegates/Nguyễn",)"
             R"("data":{"delegate":"0001","meeting":"HN-1","point":"dc-502"}})",
             {});
  ASSERT_TRUE(std::holds_alternative<event::PreparedEvent>(one)) << id_of(one);
  ASSERT_TRUE(std::holds_alternative<event::PreparedEvent>(other)) << id_of(other);
  EXPECT_EQ(std::get<event::PreparedEvent>(one).content, std::get<event::PreparedEvent>(other).content);
}

TEST_F(KafkaRecord, AStructuredRecordMayCarryAttributesInHeadersToo) {
  auto headers = binary();
  headers.back().second = "application/cloudevents+json";
  EXPECT_EQ(id_of(decode(check_in(kHome0, "s-3"), headers)), "s-3");
}

TEST_F(KafkaRecord, ATombstoneIsUnreadable) {
  const auto decoded = decode(std::nullopt, binary());
  ASSERT_TRUE(std::holds_alternative<event::Refusal>(decoded));
  EXPECT_EQ(std::get<event::Refusal>(decoded).kind, event::RefusalKind::kUnreadable);
}

TEST_F(KafkaRecord, RubbishIsUnreadable) {
  for (const std::string_view rubbish :
       {std::string_view("\0\xff\xfe", 3), std::string_view(""), std::string_view("[1,2"), std::string_view("<event/>")}) {
    const auto decoded = decode(rubbish, {});
    ASSERT_TRUE(std::holds_alternative<event::Refusal>(decoded));
    EXPECT_EQ(std::get<event::Refusal>(decoded).kind, event::RefusalKind::kUnreadable) << rubbish;
  }
}

TEST_F(KafkaRecord, ARefusedRecordKeepsWhatIsNeededToReadItAgain) {
  record_.value = "rubbish";
  record_.headers = binary();
  const auto kept = refused_record(event::Refusal{}, record_);
  EXPECT_EQ(kept.raw, "rubbish");
  EXPECT_EQ(kept.content_type, "application/json; charset=UTF-8");
  EXPECT_TRUE(kept.attributes.starts_with("specversion\n1.0\nid\nb-1\n")) << kept.attributes;
  EXPECT_TRUE(kept.attributes.ends_with("datacontenttype\napplication/json; charset=UTF-8\n")) << kept.attributes;
}

TEST_F(KafkaRecord, AHugeRefusedRecordIsCutWithItsSizeAndDigest) {
  const std::string huge(3u << 20, 'x');
  record_.value = huge;
  const auto kept = refused_record(event::Refusal{}, record_);
  EXPECT_EQ(kept.raw.size(), kRefusedBytesMax);
  ASSERT_EQ(kept.refusal.faults.size(), 1U);
  EXPECT_NE(kept.refusal.faults[0].detail.find("3145728 bytes"), std::string::npos) << kept.refusal.faults[0].detail;
}

TEST_F(KafkaRecord, TheLastHeaderOfANameCounts) {
  record_.headers = {{"a", "1"}, {"b", "2"}, {"a", std::nullopt}};
  EXPECT_FALSE(record_.header("a").has_value());
  EXPECT_EQ(record_.header("B"), "2");
  EXPECT_EQ(record_.count("a"), 2U);
}

}  // namespace
}  // namespace dongbo::intake
