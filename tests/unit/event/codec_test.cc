#include "hub/event/codec.h"

#include <fstream>

#include "hub/event/batch_splitter.h"
#include "hub/event/home.h"
#include "tests/unit/event/codec_fixture.h"

namespace dongbo::event {
namespace {

using nlohmann::json;

std::vector<std::string> sample_events() {
  std::ifstream in(DONGBO_SOURCE_DIR "/schemas/samples/events.ndjson");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  EXPECT_GE(lines.size(), 20U);
  return lines;
}

// An event as binary mode carries it.
struct Binary {
  explicit Binary(const json& event) : data(event.contains("data") ? event["data"].dump(2) : "") {
    for (const auto& [name, value] : event.items()) {
      if (name != "data") headers.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
    }
  }
  Decoded decode(Codec& codec) const {
    std::vector<std::pair<std::string_view, std::string_view>> views(headers.begin(), headers.end());
    return codec.decode_binary(views, data);
  }
  std::vector<std::pair<std::string, std::string>> headers;
  std::string data;
};

TEST_F(CodecTest, EverySampleEventIsAccepted) {
  for (const auto& line : sample_events()) {
    const auto event = accept(line);
    EXPECT_EQ(json::parse(event.entry), json::parse(line));  // nothing is lost or added
    EXPECT_NE(event.home_key, "");
  }
}

TEST_F(CodecTest, BinaryAndStructuredModeGiveTheSameEvent) {
  for (const auto& line : sample_events()) {
    const auto structured = accept(line);
    const auto binary = accepted(Binary(json::parse(line)).decode(codec_), line);
    EXPECT_EQ(binary.entry, structured.entry);
    EXPECT_EQ(binary.identity, structured.identity);
    EXPECT_EQ(binary.content, structured.content);
    EXPECT_EQ(binary.home_key, structured.home_key);
  }
}

TEST_F(CodecTest, ABatchGivesTheSameEvents) {
  const auto lines = sample_events();
  std::string batch = " [";
  for (const auto& line : lines) batch += (batch.size() > 2 ? " ,\n" : "") + line;
  batch += "]\n";
  const auto split = split_batch(batch, 1000);
  const auto& items = std::get<std::vector<std::string_view>>(split);
  ASSERT_EQ(items.size(), lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i)
    EXPECT_EQ(accepted(codec_.decode(items[i]), lines[i]).entry, accept(lines[i]).entry);
}

TEST_F(CodecTest, TheEntryIsCanonical) {
  EXPECT_EQ(
      accept(check_in()).entry,
      R"({"data":{"delegate":"0007","meeting":"QNA-2023-05-30","point":"dc-502"},"datacontenttype":"application/json",)"
      R"("id":"0000002a-7f3c","recordedtime":"2023-05-30T07:41:10+07:00","sequence":"0000000042",)"
      R"("source":"/simulated/districts/502/checkin","specversion":"1.0","subject":"meetings/QNA-2023-05-30/delegates/0007",)"
      R"("time":"2023-05-30T07:41:09+07:00","type":"vn.dongbo.attendance.checked_in.v1"})");
}

TEST_F(CodecTest, AnEntryDecodesToItself) {
  for (const auto& line : sample_events()) {
    const auto once = accept(line);
    const auto twice = accept(once.entry);
    EXPECT_EQ(twice.entry, once.entry);
    EXPECT_EQ(twice.identity, once.identity);
    EXPECT_EQ(twice.content, once.content);
  }
}

TEST_F(CodecTest, NamesIdentityAndHome) {
  const auto event = accept(check_in());
  EXPECT_EQ(event.id, "0000002a-7f3c");
  EXPECT_EQ(event.source, "/simulated/districts/502/checkin");
  EXPECT_EQ(event.identity, identity_of(event.source, event.id));
  EXPECT_EQ(event.content, digest_of(event.entry));
  EXPECT_EQ(event.home_key, "QNA-2023-05-30");
}

TEST_F(CodecTest, ContentIsTheMeaningNotTheSpelling) {
  auto event = check_in();
  event["data"]["extra"] = {{"a", 1000}, {"b", "Đồng"}};
  const auto expected = accept(event);
  std::string other = R"({ "data":{"extra":{"b":"\u0110\u1ed3ng","a":1e3},)" + event["data"].dump().substr(1);
  other.erase(other.find(",\"extra\":{\"a\":1000"), std::string_view(R"(,"extra":{"a":1000,"b":"Đồng"})").size());
  event.erase("data");
  other += " ,\n" + event.dump(4).substr(1);
  const auto same = accept(other);
  EXPECT_EQ(same.entry, expected.entry) << other;
  EXPECT_EQ(same.content, expected.content);
}

TEST_F(CodecTest, OtherContentHasAnotherDigest) {
  const auto event = accept(check_in());
  EXPECT_NE(accept(check_in_with("sequence", "0000000043")).content, event.content);
  EXPECT_NE(accept(check_in_with("time", "2023-05-30T07:41:10+07:00")).content, event.content);
  auto other_data = check_in();
  other_data["data"]["point"] = "dc-503";
  EXPECT_NE(accept(other_data).content, event.content);
  EXPECT_EQ(accept(other_data).identity, event.identity);
}

TEST_F(CodecTest, TraceAttributesAreKeptButDoNotMakeAnotherContent) {
  const auto plain = accept(check_in());
  auto traced = check_in_with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  const auto one = accept(traced);
  traced["tracestate"] = "a=b";
  traced["tracer"] = "stands between the two";
  const auto other = accept(traced);
  EXPECT_EQ(one.content, plain.content);
  EXPECT_NE(one.entry, plain.entry);
  EXPECT_EQ(other.content, accept(check_in_with("tracer", "stands between the two")).content);
  EXPECT_NE(other.entry.find("traceparent"), std::string::npos);
}

TEST_F(CodecTest, TheContentTypeIsSetWhenAbsentOrWithParameters) {
  const auto event = accept(check_in());
  EXPECT_EQ(accept(check_in_without("datacontenttype")).entry, event.entry);
  EXPECT_EQ(accept(check_in_with("datacontenttype", nullptr)).entry, event.entry);
  for (const char* spelling :
       {"Application/JSON", "application/json; charset=utf-8", "application/json;charset=\"UTF-8\"; x=y"}) {
    EXPECT_EQ(accept(check_in_with("datacontenttype", spelling)).entry, event.entry) << spelling;
  }
}

TEST_F(CodecTest, ExtensionsAreTextsIntegersOrBooleans) {
  auto event = check_in();
  event["priority"] = 5;
  event["urgent"] = true;
  event["note1"] = "";
  event["gone"] = nullptr;
  const auto entry = json::parse(accept(event).entry);
  EXPECT_EQ(entry["priority"], 5);
  EXPECT_EQ(entry["urgent"], true);
  EXPECT_EQ(entry["note1"], "");
  EXPECT_FALSE(entry.contains("gone"));
}

TEST_F(CodecTest, AByteOrderMarkIsReadOver) {
  EXPECT_EQ(accept("\xef\xbb\xbf" + check_in().dump()).entry, accept(check_in()).entry);
}

TEST_F(CodecTest, EventsOfTheFirstAndTheLastYearAreAccepted) {
  EXPECT_EQ(json::parse(accept(check_in_with("time", "0001-01-01T00:00:00Z")).entry)["time"], "0001-01-01T00:00:00Z");
  accept(check_in_with("time", "9999-12-31T23:59:59.999+07:00"));
  accept(check_in_with("time", "2024-02-29T08:00:00+07:00"));
  accept(check_in_with("time", "2016-12-31T23:59:60Z"));
}

TEST_F(CodecTest, TensOfThousandsOfMembersAndAttributesAreSorted) {
  auto event = check_in();
  for (int i = 0; i < 20'000; ++i) {
    event["e" + std::to_string(i)] = i;
    event["data"]["m" + std::to_string(i)] = i;
  }
  std::string reversed = "{";
  for (auto at = event.rbegin(); at != event.rend(); ++at) {
    if (reversed.size() > 1) reversed += ",";
    reversed += "\"" + at.key() + "\":" + at.value().dump();
  }
  EXPECT_EQ(accept(reversed + "}").entry, event.dump());  // the members of nlohmann's objects are sorted as ours are
}

TEST_F(CodecTest, TheKernelIsNotTheSlowOne) {
  EXPECT_NE(json_kernel(), "fallback");
}

TEST_F(CodecTest, CanBeMoved) {
  Codec moved = std::move(codec_);
  EXPECT_TRUE(std::holds_alternative<PreparedEvent>(moved.decode(check_in().dump())));
}

}  // namespace
}  // namespace dongbo::event
