#include "hub/intake/kafka_record.h"

#include <algorithm>
#include <array>

#include "hub/intake/refused.h"

namespace dongbo::intake {
namespace {

constexpr std::string_view kAttributePrefix = "ce_";
constexpr std::string_view kCloudEventsType = "application/cloudevents";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

bool begins(std::string_view text, std::string_view with) {
  return text.size() >= with.size() && same_name(text.substr(0, with.size()), with);
}

using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;

// Empty: not binary mode.
Attributes binary_attributes(const RecordView& record) {
  Attributes out;
  const auto type = record.header(kContentTypeHeader);
  if (type && begins(*type, kCloudEventsType)) return out;
  for (const auto& [name, value] : record.headers)
    if (name.starts_with(kAttributePrefix) && value) out.emplace_back(name.substr(kAttributePrefix.size()), *value);
  if (!out.empty() && type) out.emplace_back("datacontenttype", *type);
  return out;
}

}  // namespace

RecordView RecordView::of(const rd_kafka_message_t& message) {
  RecordView out;
  out.partition = message.partition;
  out.offset = Offset(message.offset);
  rd_kafka_timestamp_type_t kind{};
  out.timestamp = Millis(rd_kafka_message_timestamp(&message, &kind));
  if (message.key != nullptr) out.key = std::string_view(static_cast<const char*>(message.key), message.key_len);
  if (message.payload != nullptr) out.value = std::string_view(static_cast<const char*>(message.payload), message.len);
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return out;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
    auto& [kept_name, kept_value] = out.headers.emplace_back(name, std::nullopt);
    if (value != nullptr) kept_value = std::string_view(static_cast<const char*>(value), size);
  }
  return out;
}

std::optional<std::string_view> RecordView::header(std::string_view name) const {
  for (auto at = headers.rbegin(); at != headers.rend(); ++at)
    if (same_name(at->first, name)) return at->second;
  return std::nullopt;
}

std::size_t RecordView::count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count_if(headers, [&](const auto& header) { return header.first == name; }));
}

std::size_t RecordView::bytes() const {
  std::size_t out = 64 + (key ? key->size() : 0) + (value ? value->size() : 0);
  for (const auto& [name, value_of] : headers) out += name.size() + (value_of ? value_of->size() : 0);
  return out;
}

event::Decoded decode_event(event::Codec& codec, const RecordView& record) {
  if (!record.value) {
    event::Refusal refusal;
    refusal.kind = event::RefusalKind::kUnreadable;
    refusal.faults.push_back(
        {"",
         "bản ghi không có giá trị (dấu xóa): sự kiện không bao giờ bị xóa, hãy gửi sự kiện đính chính / the record has no value "
         "(a tombstone): events are never deleted, send a correcting event instead"});
    return refusal;
  }
  const auto attributes = binary_attributes(record);
  if (attributes.empty()) return codec.decode(*record.value);
  return codec.decode_binary(attributes, *record.value);
}

shard::RefusedItem refused_record(event::Refusal refusal, const RecordView& record) {
  std::string attributes;
  for (const auto& [name, value] : binary_attributes(record)) {
    // A line break cannot stand in an attribute the codec takes; in a refused one it would shift the lines.
    const auto one_line = [](std::string text) {
      std::ranges::replace(text, '\n', ' ');
      return text;
    };
    attributes += one_line(std::string(name)) + '\n' + one_line(std::string(value)) + '\n';
  }
  const auto type = record.header(kContentTypeHeader);
  return refused_item(std::move(refusal), record.value.value_or(""), std::string(type.value_or(kStructuredJson)),
                      std::move(attributes));
}

}  // namespace dongbo::intake
