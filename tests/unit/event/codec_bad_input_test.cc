#include <random>

#include "hub/event/batch_splitter.h"
#include "tests/unit/event/codec_fixture.h"

namespace dongbo::event {
namespace {

using nlohmann::json;
using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

TEST_F(CodecTest, RubbishIsUnreadable) {
  for (const std::string_view rubbish :
       {"",      " ",     "rubbish",     "\x00\x01\x02", "\xff\xfe{}",     "{",           "}",          "[]",
        "[{}]",  "1",     "null",        "\"x\"",        "{}{}",           "{'a':1}",     "{\"a\":1,}", "{\"a\" 1}",
        "{a:1}", "// {}", "{\"a\":NaN}", "{\"a\":01}",   "{\"a\":\"\n\"}", "\x1f\x8b\x08"}) {
    EXPECT_EQ(refuse(rubbish).kind, RefusalKind::kUnreadable) << rubbish;
  }
}

TEST_F(CodecTest, EveryTruncationIsUnreadableAndKeepsWhatWasRead) {
  const std::string whole = R"({"id":"x-1","source":"/s","subject":"t",)" + check_in().dump().substr(1);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto refusal = refuse(whole.substr(0, size));
    EXPECT_EQ(refusal.kind, RefusalKind::kUnreadable);
    if (size == 40) {
      EXPECT_EQ(refusal.id, "x-1");
      EXPECT_EQ(refusal.source, "/s");
      EXPECT_EQ(refusal.subject, "t");
    }
  }
}

TEST_F(CodecTest, OneFlippedByteNeverBreaksTheCodec) {
  const std::string whole = check_in().dump();
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string spoilt = whole;
    spoilt[random() % spoilt.size()] = static_cast<char>(random());
    const auto decoded = codec_.decode(spoilt);
    if (const auto* event = std::get_if<PreparedEvent>(&decoded)) {
      EXPECT_TRUE(json::accept(event->entry)) << spoilt;
    } else {
      EXPECT_FALSE(std::get<Refusal>(decoded).faults.empty());
    }
  }
}

TEST_F(CodecTest, DeepNestingIsRefused) {
  const auto nested = [&](std::size_t levels) {
    std::string event = check_in().dump();
    return event.substr(0, event.size() - 1) + R"(,"data":{"meeting":"m","point":"p","delegate":"d","x":)" +
           std::string(levels, '[') + "1" + std::string(levels, ']') + "}}";
  };
  std::string event = check_in_without("data").dump();
  const auto with_data = [&](std::size_t levels) {
    return event.substr(0, event.size() - 1) + R"(,"data":{"meeting":"m","point":"p","delegate":"d","x":)" +
           std::string(levels, '[') + "1" + std::string(levels, ']') + "}}";
  };
  accept(with_data(30));  // with the event and its data 32 levels
  const auto refusal = refuse(with_data(31));
  EXPECT_EQ(refusal.kind, RefusalKind::kUnreadable);
  EXPECT_EQ(english_of(refusal.faults[0].detail), "nested deeper than 32 levels");
  EXPECT_EQ(refusal.faults[0].pointer.substr(0, 8), "/data/x/");
  EXPECT_EQ(refuse(nested(200'000)).kind, RefusalKind::kUnreadable);
  EXPECT_EQ(refuse(std::string(500'000, '[')).kind, RefusalKind::kUnreadable);
}

TEST_F(CodecTest, BinaryModeNestsAsDeepAsStructuredMode) {
  const Headers headers = {{"specversion", "1.0"},
                           {"id", "1"},
                           {"source", "/s"},
                           {"type", "vn.dongbo.attendance.checked_in.v1"},
                           {"time", "2023-05-30T07:41:09Z"}};
  const auto data = [](std::size_t levels) {
    return R"({"meeting":"m","point":"p","delegate":"d","x":)" + std::string(levels, '[') + "1" + std::string(levels, ']') + "}";
  };
  accepted(codec_.decode_binary(headers, data(30)), "30");
  const auto refusal = refused(codec_.decode_binary(headers, data(31)), "31");
  EXPECT_EQ(refusal.id, "1");
  EXPECT_EQ(refusal.faults[0].pointer.substr(0, 8), "/data/x/");
}

TEST_F(CodecTest, DuplicateMembersAreInvalid) {
  const std::string event = check_in().dump();
  EXPECT_EQ(fault_of(event.substr(0, event.size() - 1) + R"(,"id":"other"})"), "/id: stands more than once");
  EXPECT_EQ(fault_of(event.substr(0, event.size() - 1) + R"(,"i\u0064":"0000002a-7f3c"})"), "/id: stands more than once");
  auto data = check_in();
  data["data"]["x"] = "MARK";
  std::string text = data.dump();
  text.replace(text.find("\"MARK\""), 6, R"([{"a":1,"b":2,"a":1}])");
  EXPECT_EQ(fault_of(text), "/data/x/0/a: the member stands more than once");
}

TEST_F(CodecTest, InvalidUtf8IsUnreadable) {
  for (const std::string_view bytes : {"\xff", "\xc3", "\xc3\x28", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80", "\xe2\x82"}) {
    std::string event = check_in().dump();
    event.replace(event.find("0007"), 4, bytes);
    const auto refusal = refuse(event);
    EXPECT_EQ(refusal.kind, RefusalKind::kUnreadable);
    EXPECT_NE(refusal.faults[0].detail.find("not UTF-8"), std::string::npos);
  }
}

TEST_F(CodecTest, ALoneSurrogateIsRefused) {
  std::string event = check_in().dump();
  event.replace(event.find("0007"), 4, "\\ud800");
  refuse(event);
}

TEST_F(CodecTest, ZeroCharactersAreInvalid) {
  for (const std::string_view place : {"0007", "0000002a", "QNA", "simulated"}) {
    std::string event = check_in().dump();
    event.replace(event.find(place), place.size(), "\\u0000");
    EXPECT_EQ(refuse(event).kind, RefusalKind::kInvalid) << place;
    event.replace(event.find("\\u0000"), 6, std::string(1, '\0'));
    EXPECT_EQ(refuse(event).kind, RefusalKind::kUnreadable) << place;
  }
}

TEST_F(CodecTest, ControlCharactersInAttributesAreInvalid) {
  for (const char* text : {"a\nb", "a\x7f", "a\xc2\x85", "\t"}) {
    EXPECT_EQ(fault_of(check_in_with("id", text)), "/id: may not hold control characters");
    EXPECT_EQ(fault_of(check_in_with("anything", text)), "/anything: may not hold control characters");
  }
  accept(check_in_with("id", "Â©\xc2\xa0"));
}

TEST_F(CodecTest, HugeNumbersAreInvalidWithTheirPlace) {
  for (const std::string_view number :
       {"18446744073709551616", "-9223372036854775809", "1e309", "-1e400", "123456789012345678901234567890"}) {
    auto event = check_in();
    event["data"]["list"] = {0, "MARK"};
    std::string text = event.dump();
    text.replace(text.find("\"MARK\""), 6, number);
    const auto refusal = refuse(text);
    EXPECT_EQ(refusal.kind, RefusalKind::kInvalid) << number;
    EXPECT_EQ(refusal.faults[0].pointer, "/data/list/1") << number;
    EXPECT_NE(refusal.faults[0].detail.find("number too large"), std::string::npos);
  }
}

TEST_F(CodecTest, ALongNumberIsRefusedQuickly) {
  auto event = check_in();
  event["data"]["x"] = "MARK";
  std::string text = event.dump();
  text.replace(text.find("\"MARK\""), 6, std::string(900'000, '9'));
  EXPECT_EQ(refuse(text).kind, RefusalKind::kInvalid);
}

TEST_F(CodecTest, MissingAttributesAreNamed) {
  for (const char* name : {"id", "source", "specversion", "time", "type", "data"}) {
    const std::string fault = fault_of(check_in_without(name));
    EXPECT_EQ(fault.substr(0, fault.find(':')), "/" + std::string(name));
    EXPECT_NE(fault.find("is missing"), std::string::npos);
    EXPECT_EQ(fault_of(check_in_with(name, nullptr)).substr(0, 2 + std::string_view(name).size()), "/" + std::string(name) + ":");
  }
  EXPECT_EQ(refuse("{}").faults.size(), 6U);
}

TEST_F(CodecTest, EmptyAttributesAreInvalid) {
  for (const char* name : {"id", "source", "type", "subject", "sequence"}) {
    const auto refusal = refuse(check_in_with(name, ""));
    EXPECT_EQ(refusal.faults[0].pointer, "/" + std::string(name));
    EXPECT_EQ(english_of(refusal.faults[0].detail), "may not be empty");
  }
}

TEST_F(CodecTest, WrongTypesAreInvalid) {
  for (const char* name :
       {"id", "source", "specversion", "time", "type", "subject", "recordedtime", "sequence", "datacontenttype", "traceparent"}) {
    for (const auto& value : {json(1), json(true), json(1.5), json::object(), json::array()}) {
      EXPECT_EQ(fault_of(check_in_with(name, value)), "/" + std::string(name) + ": must be text") << value;
    }
  }
  for (const auto& value : {json(1.5), json(1e20), json(2147483648), json::object(), json::array({1})}) {
    EXPECT_EQ(refuse(check_in_with("extension", value)).faults[0].pointer, "/extension") << value;
  }
  for (const auto& value : {json("text"), json(1), json::array(), json(true), json(nullptr)}) {
    EXPECT_EQ(fault_of(check_in_with("data", value)), "/data: must be an object");
  }
  EXPECT_EQ(fault_of(check_in_with("specversion", "0.3")), "/specversion: must be \"1.0\"");
}

TEST_F(CodecTest, AttributeNamesAreLowerCase) {
  EXPECT_EQ(fault_of(check_in_with("recordedTime", "2023-05-30T07:41:10+07:00")),
            "/recordedTime: attribute names are made of lower-case letters a-z and digits");
  for (const char* name : {"", "a-b", "a_b", "a/b", "đ", "a b"})
    EXPECT_EQ(refuse(check_in_with(name, "x")).faults.size(), 1U) << name;
  EXPECT_EQ(refuse(check_in_with(std::string(100'000, 'n'), "x")).faults[0].pointer, "");
}

TEST_F(CodecTest, ATimeWithoutZoneIsToldWhatIsRight) {
  EXPECT_EQ(fault_of(check_in_with("time", "2023-05-30T07:41:09")),
            "/time: has no zone: write 2023-05-30T07:41:09+07:00 for Vietnam's time or 2023-05-30T07:41:09Z for UTC");
  EXPECT_EQ(fault_of(check_in_with("recordedtime", "2023-05-30T07:41:09")).substr(0, 13), "/recordedtime");
}

TEST_F(CodecTest, DaysAndSecondsThatAreNotAreInvalid) {
  for (const char* time : {"2023-02-29T08:00:00+07:00", "2023-02-29T08:00:00", "2023-05-30T23:59:60Z", "2023-05-30T25:00:00Z",
                           "0000-01-01T00:00:00Z"}) {
    EXPECT_EQ(fault_of(check_in_with("time", time)), "/time: there is no such day or time of day") << time;
  }
  for (const char* time : {"", "yesterday", "30/05/2023 07:41", "1685407269"}) {
    EXPECT_NE(fault_of(check_in_with("time", time)).find("RFC 3339"), std::string::npos) << time;
  }
}

TEST_F(CodecTest, LongNamesAreInvalidAndCutInLists) {
  const auto refusal = refuse(check_in_with("id", std::string(9999, 'x') + "Đ"));
  EXPECT_EQ(english_of(refusal.faults[0].detail), "has 10001 bytes, at most 1024 are allowed");
  EXPECT_EQ(refusal.id, std::string(1024, 'x') + "…");
  EXPECT_EQ(refusal.source, "/simulated/districts/502/checkin");
  accept(check_in_with("id", std::string(1024, 'x')));
  for (const char* name : {"source", "subject", "type", "extension", "partitionkey"}) {
    EXPECT_EQ(refuse(check_in_with(name, std::string(10'000, 'x'))).faults[0].pointer, "/" + std::string(name));
  }
  std::string wide;
  for (int i = 0; i < 600; ++i) wide += "Đ";
  EXPECT_NO_THROW(static_cast<void>(json(refuse(check_in_with("id", "x" + wide)).id).dump()));  // cut between characters
}

TEST_F(CodecTest, LargeEventsAreRefused) {
  auto event = check_in();
  event["data"]["note"] = std::string(2 << 20, 'x');
  EXPECT_EQ(refuse(event).kind, RefusalKind::kUnreadable);
  EXPECT_NE(refuse(event).faults[0].detail.find("at most 1048576"), std::string::npos);
  const Headers headers = {{"id", "1"}};
  refused(codec_.decode_binary(headers, event["data"].dump()), "binary");
}

TEST_F(CodecTest, UnknownTypesNameTheKnownOnesOfTheirArea) {
  const auto refusal = refuse(check_in_with("type", "vn.dongbo.attendance.checkedin.v1"));
  EXPECT_EQ(refusal.kind, RefusalKind::kUnknownType);
  EXPECT_EQ(refusal.faults[0].pointer, "/type");
  EXPECT_NE(refusal.faults[0].detail.find("vn.dongbo.attendance.checked_in.v1"), std::string::npos);
  EXPECT_EQ(refusal.faults[0].detail.find("vn.dongbo.unit"), std::string::npos);
  EXPECT_EQ(refusal.id, "0000002a-7f3c");
  EXPECT_NE(refuse(check_in_with("type", "com.example.x")).faults[0].detail.find("vn.dongbo.unit.*"), std::string::npos);
}

TEST_F(CodecTest, DataIsJudgedByItsSchema) {
  auto event = check_in();
  event["data"] = {{"meeting", 5}, {"point", ""}, {"origin", "guess"}};
  const auto refusal = refuse(event);
  EXPECT_EQ(refusal.kind, RefusalKind::kInvalid);
  std::vector<std::string> pointers;
  for (const auto& fault : refusal.faults) pointers.push_back(fault.pointer);
  for (const char* pointer : {"/data/meeting", "/data/point", "/data/origin", "/data/delegate"}) {
    EXPECT_NE(std::find(pointers.begin(), pointers.end(), pointer), pointers.end()) << pointer;
  }
}

TEST_F(CodecTest, OtherContentTypesAreInvalid) {
  for (const char* type : {"text/plain", "application/xml", "application/json; charset=latin1", "", "application/jsonx"}) {
    EXPECT_EQ(fault_of(check_in_with("datacontenttype", type)), "/datacontenttype: must be application/json in UTF-8") << type;
  }
  auto base64 = check_in_without("data");
  base64["data_base64"] = "e30=";
  EXPECT_EQ(refuse(base64).faults[0].pointer, "/data_base64");
}

TEST_F(CodecTest, BinaryModeRefusesBadHeaders) {
  const auto decode = [&](std::string_view name, std::string_view value, std::string_view data) {
    const Headers headers = {
        {"specversion", "1.0"},           {"id", "1"},  {"source", "/s"}, {"type", "vn.dongbo.attendance.checked_in.v1"},
        {"time", "2023-05-30T07:41:09Z"}, {name, value}};
    return refused(codec_.decode_binary(headers, data), name).faults[0].pointer;
  };
  const std::string_view data = R"({"meeting":"m","point":"p","delegate":"d"})";
  EXPECT_EQ(decode("Subject", "x", data), "/Subject");
  EXPECT_EQ(decode("id", "2", data), "/id");
  EXPECT_EQ(decode("\xff", "2", data), "");
  EXPECT_EQ(decode("data", "{}", data), "/data");
  EXPECT_EQ(decode("subject", "\xff", data), "/subject");
  EXPECT_EQ(decode("subject", std::string_view("\0", 1), data), "/subject");
  EXPECT_EQ(decode("sequence", "1", ""), "/data");
  EXPECT_EQ(decode("sequence", "1", " \n"), "/data");
  EXPECT_EQ(decode("sequence", "1", "{\"meeting\":"), "/data");
  EXPECT_EQ(decode("sequence", "1", R"({"meeting":"m","point":"p","delegate":99999999999999999999})"), "/data/delegate");
}

TEST_F(CodecTest, ABrokenItemOfABatchCostsOnlyItself) {
  const std::string good = check_in().dump();
  const std::string bad_utf8 = "{\"id\":\"\xff\"}";
  const std::string batch = "[" + good + R"(,{"id":"x","n":99999999999999999999},)" + bad_utf8 + ",7,\"},{\",null," + good + "]";
  const auto split = split_batch(batch, 100);
  const auto& items = std::get<std::vector<std::string_view>>(split);
  ASSERT_EQ(items.size(), 7U);
  accepted(codec_.decode(items[0]), "first");
  EXPECT_EQ(refused(codec_.decode(items[1]), "second").id, "x");
  for (const std::size_t i : {2U, 3U, 4U, 5U})
    EXPECT_EQ(refused(codec_.decode(items[i]), "middle").kind, RefusalKind::kUnreadable);
  accepted(codec_.decode(items[6]), "last");
}

TEST_F(CodecTest, ABatchThatIsNoArrayIsRefused) {
  const std::string good = check_in().dump();
  for (const std::string& batch :
       {std::string(), std::string("{}"), std::string("["), "[" + good, "[" + good + ",", "[" + good + ",]", std::string("[,]"),
        "[" + good + "]x", "[" + good + "}", std::string("[\"\\"), std::string("[}"), good, "[" + good + " " + good + "}]"}) {
    EXPECT_TRUE(std::holds_alternative<Fault>(split_batch(batch, 100))) << batch;
  }
  EXPECT_TRUE(std::get<std::vector<std::string_view>>(split_batch(" [ ] ", 100)).empty());
}

TEST_F(CodecTest, ABatchOfTooManyIsReadNoFurtherThanToTellSo) {
  EXPECT_EQ(std::get<std::vector<std::string_view>>(split_batch("[1,2,3]", 3)).size(), 3U);
  EXPECT_EQ(std::get<std::vector<std::string_view>>(split_batch("[1,2,3,4,5,6,[", 3)).size(), 4U);
}

TEST_F(CodecTest, AByteOrderMarkBeforeABatchIsNoMatter) {
  EXPECT_EQ(std::get<std::vector<std::string_view>>(split_batch("\xEF\xBB\xBF[1,2]", 3)).size(), 2U);
}

TEST_F(CodecTest, ARefusalLeavesNothingBehind) {
  const auto expected = accept(check_in());
  refuse("{\"id\":");
  refuse(check_in_with("type", "vn.dongbo.unit.nothing.v1"));
  refuse(check_in_with("traceparent", 1));
  EXPECT_EQ(accept(check_in()).entry, expected.entry);
  EXPECT_EQ(accept(check_in()).content, expected.content);
}

}  // namespace
}  // namespace dongbo::event
