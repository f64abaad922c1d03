#include "hub/event/codec.h"

#include <fmt/format.h>

#include <algorithm>

#include <simdjson.h>

#include "hub/base/assert.h"
#include "hub/base/in_both.h"
#include "hub/event/attributes.h"
#include "hub/event/byte_order_mark.h"
#include "hub/event/canonical.h"
#include "hub/event/diagnosis.h"
#include "hub/event/json_parser.h"

namespace dongbo::event {
namespace {

using simdjson::dom::element;

constexpr std::size_t kFaultsMax = 20;

bool may_differ_between_sendings(std::string_view name) {
  return name == "traceparent" || name == "tracestate";
}

Refusal too_large(std::size_t size, std::size_t size_max) {
  return {RefusalKind::kUnreadable,
          {{"", in_both(fmt::format("sự kiện có {} byte, tối đa {}", size, size_max),
                        fmt::format("the event has {} bytes, at most {} are allowed", size, size_max))}},
          {},
          {},
          {}};
}

}  // namespace

struct Codec::Impl {
  Impl(const SchemaSet& schema_set, CodecLimits codec_limits)
      : schemas(schema_set),
        limits(codec_limits),
        parser(codec_limits.depth_max),
        data_parser(codec_limits.depth_max > 1 ? codec_limits.depth_max - 1 : 1),
        attributes(codec_limits.id_bytes_max) {}

  Decoded decode(std::string_view json) {
    json = without_byte_order_mark(json);
    if (json.size() > limits.event_bytes_max) return too_large(json.size(), limits.event_bytes_max);
    element root;
    if (const auto error = parser.parse(json, root); error != simdjson::SUCCESS) {
      return cut(diagnose(json, error, limits.depth_max));
    }
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS) {
      return Refusal{RefusalKind::kUnreadable, {{"", "sự kiện là một đối tượng JSON / an event is a JSON object"}}, {}, {}, {}};
    }
    attributes.begin();
    for (const auto& [name, value] : object) attributes.add(name, value);
    return finish();
  }

  Decoded decode_binary(std::span<const std::pair<std::string_view, std::string_view>> headers, std::string_view data) {
    std::size_t size = data.size();
    for (const auto& [name, value] : headers) size += name.size() + value.size();
    if (size > limits.event_bytes_max) return too_large(size, limits.event_bytes_max);
    attributes.begin();
    for (const auto& [name, value] : headers) attributes.add_header(name, value);
    data = without_byte_order_mark(data);
    if (data.find_first_not_of(" \t\r\n") == std::string_view::npos) return finish();
    element root;
    if (const auto error = data_parser.parse(data, root); error != simdjson::SUCCESS) return unreadable_data(data, error);
    attributes.add("data", root);
    return finish();
  }

  // The attributes came apart from the data: what is wrong with the data is told with a pointer into the whole event.
  Refusal unreadable_data(std::string_view data, simdjson::error_code error) {
    Refusal refusal = diagnose(data, error, data_parser.depth_max());
    for (auto& fault : refusal.faults) fault.pointer.insert(0, "/data");
    return named(std::move(refusal));
  }

  Decoded finish() {
    attributes.close();
    auto& faults = attributes.faults();
    const EventType* const type = find_type(faults);
    const element* const data = attributes.data();
    // Written before it is judged: the writer finds what no schema speaks of (duplicate members, zero characters).
    entry.clear();
    trace.clear();
    const bool whole = append_entry(data, faults);
    if (type != nullptr && data != nullptr) type->validate(*data, faults, home_key);
    if (!faults.empty()) return refuse();
    DONGBO_ASSERT(whole && type != nullptr && data != nullptr);
    if (entry.size() > limits.event_bytes_max) return named(too_large(entry.size(), limits.event_bytes_max));
    PreparedEvent event;
    event.entry = entry.view();
    event.id = attributes.id();
    event.source = attributes.source();
    event.identity = identity_of(event.source, event.id);
    event.content = content_digest();
    event.home_key = home_key;
    return event;
  }

  // nullptr: the type is missing or nobody knows it; the latter is told here.
  const EventType* find_type(std::vector<Fault>& faults) {
    const auto name = attributes.type();
    unknown_type = false;
    if (name.empty()) return nullptr;
    // Mostly many events of one type arrive together.
    if (last_type == nullptr || last_type->name() != name) last_type = schemas.find(name);
    const EventType* const type = last_type;
    if (type == nullptr) {
      std::string detail = "loại sự kiện chưa biết, gần nhất / unknown event type; known are";
      for (const auto& one : schemas.suggestions(name)) detail.append(" ").append(one);
      faults.push_back({"/type", std::move(detail)});
      unknown_type = true;
    }
    return type;
  }

  bool append_entry(const element* data, std::vector<Fault>& faults) {
    entry.push_back('{');
    bool first = true;
    for (const auto place : attributes.sorted()) {
      const auto& attribute = attributes.at(place);
      const std::size_t start = entry.size();
      if (!first) entry.push_back(',');
      first = false;
      append_text(entry, attribute.name);
      entry.push_back(':');
      if (attribute.kind == Attribute::Kind::kData) {
        if (data == nullptr || !writer.append(entry, *data)) {
          if (data != nullptr) faults.push_back({"/data" + writer.trouble().pointer, writer.trouble().detail});
          return false;
        }
      } else {
        append_value(attribute);
      }
      if (may_differ_between_sendings(attribute.name)) trace.push_back({start, entry.size()});
    }
    entry.push_back('}');
    return true;
  }

  void append_value(const Attribute& attribute) {
    switch (attribute.kind) {
      case Attribute::Kind::kText:
        append_text(entry, attribute.text);
        break;
      case Attribute::Kind::kInteger:
        append_number(entry, attribute.integer);
        break;
      case Attribute::Kind::kBoolean:
        entry.append(attribute.integer != 0 ? "true" : "false");
        break;
      case Attribute::Kind::kData:
        break;
    }
  }

  // A trace attribute never stands first ("data" does), so that each is cut out with the comma before it.
  Digest content_digest() {
    if (trace.empty()) return digest_of(entry.view());
    content.clear();
    std::size_t from = 0;
    for (const auto& [start, end] : trace) {
      content.append(entry.view().substr(from, start - from));
      from = end;
    }
    content.append(entry.view().substr(from));
    return digest_of(content);
  }

  Refusal refuse() {
    auto& faults = attributes.faults();
    Refusal refusal;
    const bool only_unknown = unknown_type && faults.size() == 1;
    refusal.kind = only_unknown ? RefusalKind::kUnknownType : RefusalKind::kInvalid;
    if (faults.size() > kFaultsMax) faults.resize(kFaultsMax);
    refusal.faults = std::move(faults);
    return named(std::move(refusal));
  }

  // With what could be read of the identity.
  Refusal named(Refusal refusal) {
    refusal.id = attributes.id();
    refusal.source = attributes.source();
    refusal.subject = attributes.subject();
    return cut(std::move(refusal));
  }

  // A name that is too long is why the event was refused; lists show its beginning.
  Refusal cut(Refusal refusal) const {
    for (std::string* name : {&refusal.id, &refusal.source, &refusal.subject}) {
      if (name->size() <= limits.id_bytes_max) continue;
      std::size_t end = limits.id_bytes_max;
      while (end > 0 && (static_cast<unsigned char>((*name)[end]) & 0xc0) == 0x80) --end;
      name->resize(end);
      name->append("…");
    }
    return refusal;
  }

  const SchemaSet& schemas;
  const CodecLimits limits;
  JsonParser parser;
  JsonParser data_parser;
  CanonicalWriter writer;
  Attributes attributes;
  const EventType* last_type = nullptr;
  bool unknown_type = false;
  TextBuffer entry;
  std::string home_key;
  std::string content;
  std::vector<std::pair<std::size_t, std::size_t>> trace;  // where in `entry` the trace attributes stand
};

Codec::Codec(const SchemaSet& schemas, CodecLimits limits) : impl_(std::make_unique<Impl>(schemas, limits)) {}
Codec::~Codec() = default;
Codec::Codec(Codec&&) noexcept = default;
Codec& Codec::operator=(Codec&&) noexcept = default;

Decoded Codec::decode(std::string_view json) {
  return impl_->decode(json);
}

Decoded Codec::decode_binary(std::span<const std::pair<std::string_view, std::string_view>> attributes, std::string_view data) {
  return impl_->decode_binary(attributes, data);
}

std::string_view json_kernel() {
  static const std::string name = simdjson::get_active_implementation()->name();
  return name;
}

}  // namespace dongbo::event
