#pragma once
#include <librdkafka/rdkafka.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/base/ids.h"
#include "hub/event/codec.h"
#include "hub/shard/shard.h"

namespace dongbo::intake {

// Headers of the hub's own on records of the topics.
inline constexpr std::string_view kPassedOnHeader = "dongbo-passed-on";  // topic/partition/offset it was read from
inline constexpr std::string_view kRequestHeader = "dongbo-request";     // who waits for a receipt: prefix-number
inline constexpr std::string_view kPositionHeader = "dongbo-position";   // "1:42", "0:q7"
inline constexpr std::string_view kContentTypeHeader = "content-type";
inline constexpr std::string_view kStructuredRecord = "application/cloudevents+json; charset=UTF-8";

// A record as it was read: views into librdkafka's message (or a test's text).
struct RecordView {
  std::int32_t partition = 0;
  Offset offset;
  Millis timestamp;  // the broker's or the publisher's, as the topic is set; negative: there is none
  std::optional<std::string_view> key;
  std::optional<std::string_view> value;
  std::vector<std::pair<std::string_view, std::optional<std::string_view>>> headers;

  // REQUIRES: `message` carries a record, not an error, and outlives the view.
  static RecordView of(const rd_kafka_message_t& message);
  // The last of that name: a header added later speaks for the record.
  std::optional<std::string_view> header(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  std::size_t bytes() const;
};

// The event in a record by CloudEvents' Kafka binding: structured when the content type says so, binary when there are
// ce_ headers, else structured as well (publishers without headers). A record without a value is no event.
event::Decoded decode_event(event::Codec& codec, const RecordView& record);

// The record as quarantine keeps it, with what is needed to read it again.
shard::RefusedItem refused_record(event::Refusal refusal, const RecordView& record);

}  // namespace dongbo::intake
