// The canonical spelling, the codec and the entry reader, over drawn events.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hub/event/canonical.h"
#include "hub/event/codec.h"
#include "hub/event/entry_view.h"
#include "hub/event/json_parser.h"
#include "hub/event/position.h"
#include "hub/event/timestamp.h"
#include "tests/property/event_json.h"

namespace dongbo::event {
namespace {

using nlohmann::json;

const SchemaSet& schemas() {
  static const SchemaSet set =
      SchemaSet::from_texts({{"x.json", R"({"x-type":"vn.dongbo.trial.x.v1","x-home":["{home}"],"type":"object",
      "required":["home"],"properties":{"home":{"type":"string","minLength":1}}})"}})
          .value();
  return set;
}

std::string canonical(const std::string& text) {
  JsonParser parser;
  simdjson::dom::element root;
  RC_ASSERT(parser.parse(text, root) == simdjson::SUCCESS);
  CanonicalWriter writer;
  std::string out;
  RC_ASSERT(writer.append(out, root));
  return out;
}

std::string pick_space() {
  static const char* const kSpaces[] = {"", "", " ", "\n", "\t \r\n"};
  return kSpaces[pick(5)];
}

std::string spell_text(const std::string& text) {
  // The second way escapes everything beyond ASCII.
  return json(text).dump(-1, ' ', pick(2) == 0);
}

std::string spell_number(const json& number) {
  if (!number.is_number_integer()) return number.dump() + (pick(2) == 0 ? "0" : "e0");
  const std::string text = number.dump();
  switch (pick(4)) {
    case 0:
      return text + ".0";
    case 1:
      return number == 0 ? "0e5" : text + "00e-2";
    case 2:
      return number == 0 ? "-0" : text;
    default:
      return text;
  }
}

// One of the many spellings of a value: white space, order of members, escapes and numbers are drawn.
std::string spell(const json& value) {
  if (value.is_string()) return spell_text(value.get<std::string>());
  if (value.is_number()) return spell_number(value);
  if (!value.is_structured()) return value.dump();
  std::vector<std::string> parts;
  for (const auto& [name, member] : value.items()) {
    std::string part = value.is_object() ? spell_text(name) + pick_space() + ":" + pick_space() : std::string();
    part += spell(member);
    parts.insert(value.is_object() ? parts.begin() + pick(static_cast<int>(parts.size()) + 1) : parts.end(), std::move(part));
  }
  std::string out = (value.is_object() ? "{" : "[") + pick_space();
  for (std::size_t i = 0; i < parts.size(); ++i) out += (i == 0 ? "" : pick_space() + "," + pick_space()) + parts[i];
  return out + pick_space() + (value.is_object() ? "}" : "]");
}

RC_GTEST_PROP(EventCanonical, EverySpellingOfAValueGivesTheSameText, ()) {
  const json value = pick_value(4);
  const std::string first = canonical(spell(value));
  RC_ASSERT(canonical(spell(value)) == first);
  RC_ASSERT(canonical(first) == first);
  RC_ASSERT(json::parse(first) == value);
}

RC_GTEST_PROP(EventCanonical, EveryDoubleReadsBackTheSame, ()) {
  const auto bits = *rc::gen::arbitrary<std::uint64_t>();
  double value;
  static_assert(sizeof value == sizeof bits);
  std::memcpy(&value, &bits, sizeof value);
  RC_PRE(std::isfinite(value));
  std::string text;
  append_number(text, value);
  RC_ASSERT(std::strtod(text.c_str(), nullptr) == value);
  RC_ASSERT(canonical(text) == text);
}

RC_GTEST_PROP(EventCanonical, EveryIntegerKeepsItsDigits, (std::int64_t value)) {
  RC_ASSERT(canonical(std::to_string(value)) == std::to_string(value));
}

// A drawn event: what must be there, and some of what may.
json pick_event() {
  json event = {{"specversion", "1.0"}, {"type", "vn.dongbo.trial.x.v1"}};
  event["id"] = "id" + std::to_string(pick(1000));
  event["source"] = pick(2) == 0 ? "/ngu%E1%BB%93n/1" : "/source";
  event["time"] = format_timestamp(Millis(*rc::gen::inRange<std::int64_t>(-62'000'000'000'000, 253'000'000'000'000)));
  event["data"] = pick_value(3);
  if (!event["data"].is_object()) event["data"] = json::object();
  event["data"]["home"] = "Đà Nẵng";
  if (pick(2) == 0) event["subject"] = "a/b/" + std::to_string(pick(10));
  if (pick(2) == 0) event["sequence"] = std::to_string(pick(1000));
  if (pick(2) == 0) event["traceparent"] = "00-" + std::to_string(pick(1000));
  if (pick(2) == 0) event["extra" + std::to_string(pick(5))] = "\"" + std::to_string(pick(10));
  if (pick(2) == 0) event["datacontenttype"] = "application/json";
  return event;
}

PreparedEvent accepted(Decoded decoded) {
  if (const auto* refusal = std::get_if<Refusal>(&decoded)) RC_FAIL(refusal->faults[0].pointer + " " + refusal->faults[0].detail);
  return std::get<PreparedEvent>(std::move(decoded));
}

RC_GTEST_PROP(EventCodec, AnyModeAndSpellingGivesTheSameEvent, ()) {
  const json event = pick_event();
  Codec codec(schemas());
  const auto structured = accepted(codec.decode(spell(event)));
  const auto again = accepted(codec.decode(spell(event)));
  RC_ASSERT(again.entry == structured.entry);
  RC_ASSERT(again.content == structured.content);

  std::vector<std::pair<std::string, std::string>> headers;
  for (const auto& [name, value] : event.items()) {
    if (name != "data") headers.emplace_back(name, value.get<std::string>());
  }
  const std::vector<std::pair<std::string_view, std::string_view>> views(headers.begin(), headers.end());
  const auto binary = accepted(codec.decode_binary(views, spell(event["data"])));
  RC_ASSERT(binary.entry == structured.entry);
  RC_ASSERT(binary.content == structured.content);
  RC_ASSERT(binary.identity == structured.identity);

  auto untraced = event;
  untraced.erase("traceparent");
  RC_ASSERT(accepted(codec.decode(spell(untraced))).content == structured.content);
}

RC_GTEST_PROP(EventCodec, TheReaderReadsWhatTheCodecWrote, ()) {
  const json event = pick_event();
  Codec codec(schemas());
  const auto prepared = accepted(codec.decode(spell(event)));
  EntryReader reader;
  const auto view = reader.read(ShardId(3), Sequence(4), Millis(5), prepared.identity, prepared.entry);
  RC_ASSERT(view.has_value());
  RC_ASSERT(view->id == event["id"].get<std::string>());
  RC_ASSERT(view->source == event["source"].get<std::string>());
  RC_ASSERT(view->type == event["type"].get<std::string>());
  RC_ASSERT(view->subject == event.value("subject", ""));
  RC_ASSERT(view->sequence_text == event.value("sequence", ""));
  RC_ASSERT(view->time_text == event["time"].get<std::string>());
  RC_ASSERT(view->time == *parse_timestamp(event["time"].get<std::string>()));
  for (const auto& [name, value] : event["data"].items()) {
    RC_ASSERT(view->data.has(name));
    if (value.is_string()) RC_ASSERT(view->data.text(name) == value.get<std::string>());
    if (value.is_number_integer()) RC_ASSERT(view->data.integer(name) == value.get<std::int64_t>());
    if (value.is_boolean()) RC_ASSERT(view->data.boolean(name) == value.get<bool>());
    if (value.is_number()) RC_ASSERT(view->data.decimal(name) == value.dump());
  }
}

void spoil(std::string& text) {
  for (int i = pick(4); i >= 0 && !text.empty(); --i) {
    const auto at = static_cast<std::size_t>(pick(static_cast<int>(text.size())));
    static constexpr std::string_view kBytes("{}[]:,\"\\0eu\xff\x00 ", 14);
    if (pick(2) == 0) {
      text[at] = kBytes[static_cast<std::size_t>(pick(14))];
    } else {
      text.erase(at, 1 + static_cast<std::size_t>(pick(5)));
    }
  }
}

RC_GTEST_PROP(EventCodec, ASpoiltEventIsRefusedOrStillCanonical, ()) {
  std::string text = spell(pick_event());
  spoil(text);
  RC_PRE(!text.empty());
  Codec codec(schemas());
  const auto decoded = codec.decode(text);
  if (const auto* refusal = std::get_if<Refusal>(&decoded)) {
    RC_ASSERT(!refusal->faults.empty());
    for (const auto& fault : refusal->faults)
      RC_ASSERT(json(fault.pointer + fault.detail).dump().size() > 2);  // UTF-8, or it throws
  } else {
    const auto& event = std::get<PreparedEvent>(decoded);
    RC_ASSERT(accepted(codec.decode(event.entry)).entry == event.entry);
  }
}

// The codec keeps what it found out about one event's attributes for the next.
RC_GTEST_PROP(EventCodec, WhatWasDecodedBeforeChangesNothing, ()) {
  Codec codec(schemas());
  std::string text = spell(pick_event());
  for (int i = 0; i < 6; ++i) {
    switch (pick(4)) {
      case 0:
        text = spell(pick_event());
        break;
      case 1:
        spoil(text);
        break;
      case 2:
        text.insert(text.size() - std::min<std::size_t>(1, text.size()), R"(,"id":"twice")");
        break;
      default:  // the same once more, after one whose data could not be read
        (void)codec.decode_binary({{{"id", "1"}, {"extra", "2"}}}, "{");
        break;
    }
    const auto decoded = codec.decode(text), fresh = Codec(schemas()).decode(text);
    RC_ASSERT(decoded.index() == fresh.index());
    if (const auto* refusal = std::get_if<Refusal>(&decoded)) {
      const auto& other = std::get<Refusal>(fresh);
      RC_ASSERT(refusal->faults.size() == other.faults.size());
      for (std::size_t fault = 0; fault < other.faults.size(); ++fault) {
        RC_ASSERT(refusal->faults[fault].pointer == other.faults[fault].pointer);
        RC_ASSERT(refusal->faults[fault].detail == other.faults[fault].detail);
      }
    } else {
      RC_ASSERT(std::get<PreparedEvent>(decoded).entry == std::get<PreparedEvent>(fresh).entry);
      RC_ASSERT(std::get<PreparedEvent>(decoded).content == std::get<PreparedEvent>(fresh).content);
    }
  }
}

RC_GTEST_PROP(EventTimestamp, EveryMomentReadsBack, ()) {
  const Millis moment(*rc::gen::inRange<std::int64_t>(-62'135'683'000'000, 253'402'387'000'000));
  RC_ASSERT(parse_timestamp(format_timestamp(moment)) == moment);
  RC_ASSERT(format_timestamp(moment).substr(0, 16) == format_minute(moment).substr(0, 16));
}

RC_GTEST_PROP(EventPosition, EveryPositionReadsBack, ()) {
  Position position;
  for (int i = pick(5); i > 0; --i)
    position.set(ShardId(static_cast<std::uint32_t>(pick(20))), Sequence(*rc::gen::arbitrary<std::uint64_t>()));
  const auto read = Position::parse(position.text());
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == position);
  RC_ASSERT(read->covers(position) && position.covers(*read));
}

}  // namespace
}  // namespace dongbo::event
