// Any bytes into the codec, in each mode, and into the schema compiler: nothing may crash, a refusal says why in
// UTF-8, and an accepted event decodes to itself and can be read back. The first byte chooses what the rest is.
#include <cstdint>
#include <cstdlib>

#include <nlohmann/json.hpp>

#include "hub/base/assert.h"
#include "hub/event/batch_splitter.h"
#include "hub/event/codec.h"
#include "hub/event/entry_view.h"

namespace {

using namespace dongbo;
using namespace dongbo::event;

const SchemaSet& schemas() {
  static const SchemaSet set =
      SchemaSet::from_texts({{"x.json", R"({"x-type":"vn.dongbo.trial.x.v1","x-home":["{home}","{list}/x"],"type":"object",
        "properties":{"home":{"type":"string","pattern":"^[^\\x00-\\x1f\\x7f]+$"},"list":{"type":["integer","array"],
        "items":{"$ref":"#/$defs/tree"}},"day":{"format":"date"},"when":{"format":"date-time"},"uri":{"format":"uri-reference"}},
        "anyOf":[{"required":["home"]},{"required":["list"]}],
        "$defs":{"tree":{"properties":{"n":{"minimum":-5,"maximum":5},"next":{"$ref":"#/$defs/tree"},
        "kind":{"enum":["a",1,{"b":[]}]}},"additionalProperties":{"maxLength":3}}}})"}})
          .value();
  return set;
}

void check(const Decoded& decoded) {
  static Codec second(schemas());
  static EntryReader reader;
  if (const auto* refusal = std::get_if<Refusal>(&decoded)) {
    DONGBO_ASSERT(!refusal->faults.empty() && refusal->faults.size() <= 20);
    nlohmann::json text = {refusal->id, refusal->source, refusal->subject};
    for (const auto& fault : refusal->faults) {
      DONGBO_ASSERT(!fault.detail.empty());
      text.push_back(fault.pointer + fault.detail);
    }
    static_cast<void>(text.dump());  // throws when it is not UTF-8
    return;
  }
  const auto& event = std::get<PreparedEvent>(decoded);
  const auto again = second.decode(event.entry);
  const auto* const same = std::get_if<PreparedEvent>(&again);
  DONGBO_ASSERT(same != nullptr && same->entry == event.entry && same->content == event.content &&
                same->identity == event.identity && same->home_key == event.home_key && !event.home_key.empty());
  const auto view = reader.read(ShardId(0), Sequence(1), Millis(0), event.identity, event.entry);
  DONGBO_ASSERT(view.has_value() && view->id == event.id && view->source == event.source);
}

void decode_binary(Codec& codec, std::string_view input) {
  std::vector<std::pair<std::string_view, std::string_view>> headers;
  while (true) {
    const auto end = input.find('\n');
    if (end == std::string_view::npos || end == 0) break;
    const auto line = input.substr(0, end);
    const auto colon = line.find('=');
    headers.emplace_back(line.substr(0, colon), colon == std::string_view::npos ? "" : line.substr(colon + 1));
    input.remove_prefix(end + 1);
  }
  check(codec.decode_binary(headers, input));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static Codec codec(schemas());
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  switch (bytes[0]) {
    case 'b':
      decode_binary(codec, input);
      break;
    case '[': {
      const auto split = split_batch(input, 50);
      if (const auto* const items = std::get_if<std::vector<std::string_view>>(&split)) {
        for (const auto item : *items) check(codec.decode(item));
      } else {
        DONGBO_ASSERT(!std::get<Fault>(split).detail.empty());
      }
      break;
    }
    case 's': {
      const auto set = SchemaSet::from_texts({{"f.json", std::string(input)}});
      DONGBO_ASSERT(set.has_value() || !set.error().message.empty());
      break;
    }
    default:
      check(codec.decode(input));
      break;
  }
  return 0;
}
