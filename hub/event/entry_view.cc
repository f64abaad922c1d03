#include "hub/event/entry_view.h"

#include <fmt/format.h>

#include <simdjson.h>
#include <bit>

#include "hub/event/canonical.h"
#include "hub/event/json_parser.h"
#include "hub/event/timestamp.h"

namespace dongbo::event {

DataView::DataView(const simdjson::dom::object& object) : object_(std::bit_cast<decltype(object_)>(object)), present_(true) {}

template <class Value>
bool DataView::get(std::string_view name, Value& value) const {
  return present_ && std::bit_cast<simdjson::dom::object>(object_).at_key(name).get(value) == simdjson::SUCCESS;
}

bool DataView::has(std::string_view name) const {
  simdjson::dom::element found;
  return get(name, found);
}

std::string_view DataView::text(std::string_view name) const {
  std::string_view out;
  return get(name, out) ? out : std::string_view();
}

std::optional<std::int64_t> DataView::integer(std::string_view name) const {
  std::int64_t out = 0;
  return get(name, out) ? std::optional(out) : std::nullopt;
}

std::optional<bool> DataView::boolean(std::string_view name) const {
  bool out = false;
  return get(name, out) ? std::optional(out) : std::nullopt;
}

DataView DataView::object(std::string_view name) const {
  simdjson::dom::object out;
  return get(name, out) ? DataView(out) : DataView();
}

std::vector<DataView> DataView::objects(std::string_view name) const {
  std::vector<DataView> out;
  simdjson::dom::array items;
  if (!get(name, items)) return out;
  simdjson::dom::object object;
  for (const simdjson::dom::element item : items)
    if (item.get(object) == simdjson::SUCCESS) out.emplace_back(object);
  return out;
}

std::vector<std::string_view> DataView::texts(std::string_view name) const {
  std::vector<std::string_view> out;
  simdjson::dom::array items;
  if (!get(name, items)) return out;
  std::string_view text;
  for (const simdjson::dom::element item : items)
    if (item.get(text) == simdjson::SUCCESS) out.push_back(text);
  return out;
}

std::string DataView::decimal(std::string_view name) const {
  using simdjson::dom::element_type;
  std::string out;
  simdjson::dom::element found;
  if (!get(name, found)) return out;
  switch (found.type()) {
    case element_type::STRING:
      out = found.get_string().value_unsafe();
      break;
    case element_type::INT64:
      append_number(out, found.get_int64().value_unsafe());
      break;
    case element_type::UINT64:
      append_number(out, found.get_uint64().value_unsafe());
      break;
    case element_type::DOUBLE:
      append_number(out, found.get_double().value_unsafe());
      break;
    default:
      break;
  }
  return out;
}

std::string_view type_of_entry(std::string_view entry) {
  constexpr std::string_view kName = "\"type\":\"";
  // Mostly it is the last member: ...,"type":"vn.dongbo.x.v1"}
  if (entry.ends_with("\"}")) {
    const auto before_end = entry.substr(0, entry.size() - 2);
    const auto start = before_end.rfind('"');
    if (start != std::string_view::npos && entry.substr(0, start + 1).ends_with(kName)) return before_end.substr(start + 1);
  }
  const auto at = entry.rfind(kName);
  if (at == std::string_view::npos) return {};
  const auto value = entry.substr(at + kName.size());
  return value.substr(0, value.find('"'));
}

struct EntryReader::Impl {
  JsonParser parser;
};

EntryReader::EntryReader() : impl_(std::make_unique<Impl>()) {}
EntryReader::~EntryReader() = default;
EntryReader::EntryReader(EntryReader&&) noexcept = default;

namespace {

Error damaged(ShardId shard, Sequence sequence, std::string_view what) {
  return Error::poison(
      fmt::format("phân mảnh {0}, số thứ tự {1}: không phải mục nhật ký / shard {0}, sequence {1}: not a journal entry: {2}",
                  shard.value(), sequence.value(), what));
}

// The place of a top-level member that folds look at; nullptr: one they do not.
std::string_view* place_of(EntryView& view, std::string_view name) {
  if (name == "id") return &view.id;
  if (name == "sequence") return &view.sequence_text;
  if (name == "source") return &view.source;
  if (name == "subject") return &view.subject;
  if (name == "time") return &view.time_text;
  if (name == "type") return &view.type;
  return nullptr;
}

}  // namespace

Result<EntryView> EntryReader::read(ShardId shard, Sequence sequence, Millis recorded_at, const Digest& identity,
                                    std::string_view entry) {
  simdjson::dom::object object;
  simdjson::dom::element root;
  if (const auto error = impl_->parser.parse(entry, root); error != simdjson::SUCCESS) {
    return damaged(shard, sequence, simdjson::error_message(error));
  }
  if (root.get(object) != simdjson::SUCCESS) return damaged(shard, sequence, "not an object");

  EntryView view{};
  view.shard = shard;
  view.sequence = sequence;
  view.recorded_at = recorded_at;
  view.entry = entry;
  view.identity = identity;
  std::string_view previous;
  for (const auto& [name, value] : object) {
    if (name <= previous) return damaged(shard, sequence, "members are not in order");
    previous = name;
    if (name == "data") {
      simdjson::dom::object data;
      if (value.get(data) == simdjson::SUCCESS) view.data = DataView(data);
    } else if (std::string_view* const place = place_of(view, name); place != nullptr) {
      if (value.get(*place) != simdjson::SUCCESS) return damaged(shard, sequence, std::string(name) + " is not text");
    }
  }
  if (view.id.empty() || view.source.empty() || view.type.empty()) {
    return damaged(shard, sequence, "id, source or type is missing");
  }
  const auto time = parse_timestamp(view.time_text);
  if (!time) return damaged(shard, sequence, "time is missing or unreadable");
  view.time = *time;
  return view;
}

}  // namespace dongbo::event
