#include <fmt/format.h>

#include <charconv>

#include "hub/event/timestamp.h"
#include "hub/query/base64.h"
#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

constexpr std::size_t kEntriesScannedMax = 20'000;
constexpr std::size_t kPageBytesMax = 16u << 20;

// "0:q7": the seventh entry of shard 0.
struct Place {
  ShardId shard;
  QuarantineNumber number;

  std::string text() const { return std::to_string(shard.value()) + ":q" + std::to_string(number.value()); }
  static std::optional<Place> parse(std::string_view text, std::uint32_t shards) {
    const auto mark = text.find(":q");
    if (mark == std::string_view::npos) return std::nullopt;
    const auto* const end = text.data() + text.size();
    std::uint32_t shard = 0;
    std::uint64_t number = 0;
    const auto first = std::from_chars(text.data(), text.data() + mark, shard);
    const auto second = std::from_chars(text.data() + mark + 2, end, number);
    if (first.ec != std::errc() || first.ptr != text.data() + mark || second.ec != std::errc() || second.ptr != end) {
      return std::nullopt;
    }
    if (shard >= shards) return std::nullopt;
    return Place{ShardId(shard), QuarantineNumber(number)};
  }
};

// Only what the door has: a partition and offset over Kafka, a file and line from a file.
std::string render_origin(const journal::Origin& origin) {
  ObjectText out;
  out.member("door", origin.door);
  if (origin.door == "kafka") {
    out.member("topic", origin.topic).member("partition", origin.partition).member("offset", origin.ordinal);
  }
  if (!origin.file.empty()) out.member("file", origin.file);
  if (!origin.file.empty() && origin.ordinal >= 0) out.member("line", origin.ordinal);
  return out.text();
}

// Binary mode: the attributes came beside the raw bytes, as "name\nvalue\n…".
std::string render_attributes(std::string_view lines) {
  ObjectText out;
  const auto line = [&lines] {
    const auto end = lines.find('\n');
    const auto first = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    return first;
  };
  while (!lines.empty()) {
    const auto name = line();
    out.member(name, line());
  }
  return out.text();
}

ObjectText render(const Place& place, const journal::QuarantineEntry& entry) {
  std::string detail;
  if (!entry.faults.empty()) {
    const auto& first = entry.faults.front();
    detail = first.pointer.empty() ? first.detail : first.pointer + ": " + first.detail;
  }
  ObjectText out;
  out.member("id", place.text()).member("reason", entry.reason).member("detail", detail).member("errors", entry.faults);
  out.raw("origin", render_origin(entry.origin)).member("received_at", entry.received_at);
  out.member("state", journal::text_of(static_cast<journal::QuarantineState>(entry.state)));
  out.member("state_note", entry.state_note).member("source", entry.source).member("event_id", entry.event_id);
  out.member("subject", entry.subject).member("content_type", entry.content_type);
  out.raw("attributes", render_attributes(entry.attributes)).member("raw_base64", base64(entry.raw));
  return out;
}

}  // namespace

Result<Reply> list_quarantine(Context& context) {
  const auto& parameters = context.parameters;
  const auto& shards = context.view.shards();
  Place at{ShardId(0), QuarantineNumber(0)};
  if (!parameters.after().empty()) {
    const auto carried = Place::parse(parameters.after(), shards.size());
    if (!carried)
      return invalid_parameter(
          "/page_token",
          "mã trang không thuộc danh sách này; hãy gọi lại không kèm nó / not a token of this list; start again without it");
    at = *carried;
  }
  Listing listing;
  std::size_t scanned = 0;
  std::size_t bytes = 0;
  const auto take = [&](const journal::NumberedQuarantineEntry& one) {
    if (listing.items.size() == parameters.page_size() || scanned == kEntriesScannedMax || bytes >= kPageBytesMax) {
      listing.next = at.text();
      return false;
    }
    ++scanned;
    at.number = one.number;
    const auto& reason = parameters.text("reason");
    const auto& source = parameters.text("source");
    const auto& state = parameters.text("state");
    const auto& entry = one.entry;
    if (!reason.empty() && entry.reason != reason) return true;
    if (!source.empty() && entry.source != source) return true;
    if (!state.empty() && journal::text_of(static_cast<journal::QuarantineState>(entry.state)) != state) return true;
    bytes += entry.raw.size() * 4 / 3;
    listing.items.emplace_back(at.text(), render(at, entry).text());
    return true;
  };
  for (const auto shard : context.view.all()) context.view.at(shard);  // for the event time
  while (listing.next.empty()) {
    DONGBO_TRY(shards.at(at.shard).journal().read_quarantine(at.number, take));
    if (!listing.next.empty() || at.shard.value() + 1 == shards.size()) break;
    at = {at.shard.next(), QuarantineNumber(0)};
  }
  return reply_list(context, listing);
}

Result<Reply> show_quarantined(Context& context) {
  const auto& name = context.segments[1];
  const auto place = Place::parse(name, context.view.shards().size());
  if (!place)
    return not_found(
        fmt::format("không có mục cách ly \"{0}\"; mã có dạng \"0:q7\", xem /v1/quarantine / no quarantine entry \"{0}\"; ids "
                    "look like \"0:q7\", see /v1/quarantine",
                    name));
  context.view.at(place->shard);
  const auto entry = context.view.shards().at(place->shard).journal().quarantine_entry(place->number);
  if (!entry && entry.error().error_class == ErrorClass::kNotFound) {
    return not_found(
        fmt::format("không có mục cách ly \"{0}\"; danh sách ở /v1/quarantine / no quarantine entry \"{0}\"; what is there is "
                    "listed by /v1/quarantine",
                    name));
  }
  if (!entry) return entry.error();
  return reply(context, render(*place, *entry));
}

}  // namespace dongbo::query
