#include "hub/event/attributes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "hub/base/in_both.h"
#include "hub/event/canonical.h"
#include "hub/event/text_pattern.h"
#include "hub/event/timestamp.h"
#include "hub/event/words.h"

namespace dongbo::event {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::size_t kFaultsMax = 20;
constexpr std::string_view kJson = "application/json";

// CloudEvents leaves out U+0000 to U+001F and U+007F to U+009F; the last thirty-two are C2 80 to C2 9F in UTF-8.
bool has_forbidden_character(std::string_view text) {
  const bool suspicious =
      words::any(text, [](words::Sixteen piece) { return piece.below(0x20) | piece.equal('\x7f') | piece.equal('\xc2'); });
  if (!suspicious) return false;
  if (has_control_character(text)) return true;
  for (std::size_t at = text.find('\xc2'); at != std::string_view::npos; at = text.find('\xc2', at + 1)) {
    if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0) return true;
  }
  return false;
}

bool equal_ignoring_case(std::string_view a, std::string_view lower) {
  return std::equal(a.begin(), a.end(), lower.begin(), lower.end(),
                    [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 'a' - 'A' : x) == y; });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Does one parameter of a content type (charset=…) leave the data JSON in UTF-8?
bool parameter_is_harmless(std::string_view parameter) {
  const auto equals = parameter.find('=');
  if (equals == std::string_view::npos || !equal_ignoring_case(trimmed(parameter.substr(0, equals)), "charset")) return true;
  std::string_view value = trimmed(parameter.substr(equals + 1));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
  return equal_ignoring_case(value, "utf-8") || equal_ignoring_case(value, "us-ascii");
}

// Is the text a date-time but for a day or time of day that there is none of?
bool looks_like_timestamp(std::string_view text) {
  static const auto shape =
      TextPattern::compile("^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$");
  return shape.has_value() && shape->matches(text);
}

}  // namespace

void Attributes::begin() {
  attributes_.clear();
  faults_.clear();
  for (auto& value : known_) value = {};
  seen_ = 0;
  has_data_ = false;
}

std::optional<Attributes::Known> Attributes::find_known(std::string_view name, std::uint64_t prefix) {
  struct Entry {
    std::uint64_t prefix;
    std::string_view name;
    Known known;
  };
  static const auto kNames = [] {
    constexpr std::pair<std::string_view, Known> kAll[] = {{"id", kId},
                                                           {"source", kSource},
                                                           {"type", kType},
                                                           {"specversion", kSpecVersion},
                                                           {"time", kTime},
                                                           {"subject", kSubject},
                                                           {"datacontenttype", kContentType},
                                                           {"recordedtime", kRecordedTime},
                                                           {"sequence", kSequence},
                                                           {"dataschema", kOtherText},
                                                           {"traceparent", kOtherText},
                                                           {"tracestate", kOtherText},
                                                           {"partitionkey", kOtherText},
                                                           {"correlationid", kOtherText},
                                                           {"causationid", kOtherText}};
    std::array<Entry, std::size(kAll)> entries{};
    for (std::size_t i = 0; i < entries.size(); ++i) entries[i] = {words::prefix(kAll[i].first), kAll[i].first, kAll[i].second};
    return entries;
  }();
  for (const auto& entry : kNames) {
    if (words::equal(entry.prefix, entry.name, prefix, name)) return entry.known;
  }
  return std::nullopt;
}

void Attributes::fault(std::string_view name, std::string detail) {
  if (faults_.size() >= kFaultsMax) return;
  faults_.push_back({pointer_token(name), std::move(detail)});
}

bool Attributes::name_is_good(std::string_view name) {
  const bool good = !name.empty() && std::all_of(name.begin(), name.end(),
                                                 [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  if (!good && name.size() <= text_bytes_max_)
    fault(name,
          "tên thuộc tính chỉ gồm chữ thường a-z và chữ số / attribute names are made of lower-case letters a-z and digits");
  if (name.size() <= text_bytes_max_) return good;
  if (faults_.size() < kFaultsMax) {
    faults_.push_back(
        {"", in_both(fmt::format("tên một thuộc tính có {} byte, tối đa {}", name.size(), text_bytes_max_),
                     fmt::format("an attribute's name has {} bytes, at most {} are allowed", name.size(), text_bytes_max_))});
  }
  return false;
}

// Does the name stand where it stood in the event before?
bool Attributes::is_expected(std::string_view name) const {
  const std::size_t place = attributes_.size();
  return place < names_.size() && words::equal(names_[place].prefix, names_[place].text, words::prefix(name), name);
}

const Attributes::Name& Attributes::push(const Attribute& attribute) {
  const std::size_t place = attributes_.size();
  if (!is_expected(attribute.name)) {
    order_holds_ = false;
    names_.resize(place);
    const auto prefix = words::prefix(attribute.name);
    names_.push_back({std::string(attribute.name), prefix, find_known(attribute.name, prefix)});
  }
  attributes_.push_back(attribute);
  return names_[place];
}

void Attributes::add(std::string_view name, const element& value) {
  if (name == "data") {
    push({name, Attribute::Kind::kData, {}, 0});
    data_ = value;
    has_data_ = true;
    return;
  }
  const element_type type = value.type();
  if (name == "data_base64") {
    if (type != element_type::NULL_VALUE)
      fault(name, "không nhận, hãy gửi dữ liệu dạng JSON trong \"data\" / is not taken: send the data as JSON in \"data\"");
    return;
  }
  if (!is_expected(name) && !name_is_good(name)) return;
  switch (type) {
    case element_type::NULL_VALUE:
      return;  // CloudEvents: the same as absent
    case element_type::STRING:
      return add_text(name, value.get_string().value_unsafe(), true);
    case element_type::BOOL:
    case element_type::INT64:
    case element_type::UINT64:
    case element_type::DOUBLE:
      if (find_known(name, words::prefix(name))) return fault(name, "phải là chuỗi / must be text");
      break;
    case element_type::OBJECT:
    case element_type::ARRAY:
      return fault(name,
                   find_known(name, words::prefix(name))
                       ? "phải là chuỗi / must be text"
                       : "thuộc tính là chuỗi, số nguyên, true hoặc false / an attribute is text, an integer, true or false");
  }
  if (type == element_type::BOOL) {
    push({name, Attribute::Kind::kBoolean, {}, value.get_bool().value_unsafe() ? 1 : 0});
    return;
  }
  double number = 0;
  if (value.get(number) != simdjson::SUCCESS ||
      number != static_cast<double>(static_cast<std::int32_t>(std::clamp(number, -2147483648.0, 2147483647.0)))) {
    return fault(name,
                 "số trong một thuộc tính phải là số nguyên từ -2147483648 đến 2147483647 / a number in an attribute is an "
                 "integer from -2147483648 to "
                 "2147483647");
  }
  push({name, Attribute::Kind::kInteger, {}, static_cast<std::int64_t>(number)});
}

void Attributes::add_header(std::string_view name, std::string_view value) {
  if (name == "data" || name == "data_base64")
    return fault(name, "không phải thuộc tính: dữ liệu là phần thân / is not an attribute: the data is the body");
  if (!simdjson::validate_utf8(name)) {
    if (faults_.size() < kFaultsMax)
      faults_.push_back({"", "tên một thuộc tính không phải UTF-8 / an attribute's name is not valid UTF-8"});
    return;
  }
  if (name_is_good(name)) add_text(name, value, false);
}

void Attributes::add_text(std::string_view name, std::string_view value, bool known_to_be_utf8) {
  if (!known_to_be_utf8 && !simdjson::validate_utf8(value)) return fault(name, "không phải UTF-8 / is not valid UTF-8");
  const auto known = push({name, Attribute::Kind::kText, value, 0}).known;
  if (known) {
    known_[*known] = value;
    seen_ |= 1U << *known;
  }
  const std::size_t before = faults_.size();
  judge_text(name, value);
  if (known && faults_.size() == before) judge_known(*known, name, value);
}

void Attributes::judge_text(std::string_view name, std::string_view value) {
  if (value.size() > text_bytes_max_) {
    fault(name, in_both(fmt::format("có {} byte, tối đa {}", value.size(), text_bytes_max_),
                        fmt::format("has {} bytes, at most {} are allowed", value.size(), text_bytes_max_)));
  } else if (has_forbidden_character(value)) {
    fault(name, "không được có ký tự điều khiển / may not hold control characters");
  }
}

void Attributes::judge_known(Known known, std::string_view name, std::string_view value) {
  switch (known) {
    case kSource:
      if (value.empty()) {
        fault(name, "không được để trống / may not be empty");
      } else if (!is_uri_reference(value)) {
        fault(name,
              "phải là tham chiếu URI như /provinces/49/so-noi-vu, không dấu, không khoảng trắng, ký tự khác viết %XX / must be "
              "a URI reference "
              "such as /provinces/49/so-noi-vu: letters without marks, no spaces, others as %XX");
      }
      break;
    case kId:
    case kType:
    case kSubject:
    case kSequence:
      if (value.empty()) fault(name, "không được để trống / may not be empty");
      break;
    case kSpecVersion:
      if (value != "1.0") fault(name, "phải là \"1.0\" / must be \"1.0\"");
      break;
    case kTime:
    case kRecordedTime:
      judge_time(name, value);
      break;
    case kContentType:
      judge_content_type(value);
      break;
    case kOtherText:
    case kKnownCount:
      break;
  }
}

void Attributes::judge_time(std::string_view name, std::string_view value) {
  if (parse_timestamp(value)) return;
  const std::string with_zone = std::string(value) + "Z";
  if (parse_timestamp(with_zone)) {
    fault(name, in_both(fmt::format("thiếu múi giờ, giờ Việt Nam viết {}+07:00", value),
                        fmt::format("has no zone: write {}+07:00 for Vietnam's time or {} for UTC", value, with_zone)));
  } else if (looks_like_timestamp(value) || looks_like_timestamp(with_zone)) {
    fault(name, "không có ngày giờ này / there is no such day or time of day");
  } else {
    fault(name, "phải là ngày giờ kèm múi giờ như 2023-05-30T07:41:09+07:00 / must be a date and time with a zone (RFC 3339)");
  }
}

void Attributes::judge_content_type(std::string_view value) {
  if (value == kJson) return;
  auto semicolon = value.find(';');
  bool good = equal_ignoring_case(trimmed(value.substr(0, semicolon)), kJson);
  while (good && semicolon != std::string_view::npos) {
    value.remove_prefix(semicolon + 1);
    semicolon = value.find(';');
    good = parameter_is_harmless(value.substr(0, semicolon));
  }
  if (!good) fault("datacontenttype", "phải là application/json, UTF-8 / must be application/json in UTF-8");
}

// By insertion: there are about a dozen. Not so when someone sends thousands.
void Attributes::sort() {
  constexpr std::size_t kInsertionMax = 32;
  if (order_holds_ && names_.size() == attributes_.size()) return;
  names_.resize(attributes_.size());
  order_.resize(names_.size());
  std::iota(order_.begin(), order_.end(), 0);
  const auto less = [this](std::uint32_t a, std::uint32_t b) {
    return words::less(names_[a].prefix, names_[a].text, names_[b].prefix, names_[b].text);
  };
  if (order_.size() > kInsertionMax) {
    std::sort(order_.begin(), order_.end(), less);
  } else {
    for (std::uint32_t i = 1; i < order_.size(); ++i) {
      std::size_t at = i;
      for (; at > 0 && less(i, order_[at - 1]); --at) order_[at] = order_[at - 1];
      order_[at] = i;
    }
  }
  const auto same = [this](std::uint32_t a, std::uint32_t b) { return names_[a].text == names_[b].text; };
  names_are_unique_ = std::adjacent_find(order_.begin(), order_.end(), same) == order_.end();
  order_holds_ = true;
}

void Attributes::close() {
  // The same fact is the same content however the transport spelt its type.
  if ((seen_ & 1U << kContentType) == 0) {
    push({"datacontenttype", Attribute::Kind::kText, kJson, 0});
  } else {
    for (auto& attribute : attributes_) {
      if (attribute.name == "datacontenttype") attribute.text = kJson;
    }
  }
  sort();
  if (!names_are_unique_) say_repeated();
  constexpr auto kAll = 1U << kId | 1U << kSource | 1U << kSpecVersion | 1U << kTime | 1U << kType;
  if ((seen_ & kAll) != kAll || !has_data_) say_missing();
}

void Attributes::say_repeated() {
  const auto same = [this](std::size_t i, std::size_t j) { return names_[order_[i]].text == names_[order_[j]].text; };
  for (std::size_t i = 1; i < order_.size(); ++i)
    if (same(i - 1, i) && (i < 2 || !same(i - 2, i)))
      fault(names_[order_[i]].text, "có nhiều hơn một lần / stands more than once");
}

void Attributes::say_missing() {
  static constexpr std::pair<std::string_view, std::string_view> kRequired[] = {
      {"id", "thiếu mã sự kiện, duy nhất trong nguồn của nó / is missing: a text that names the event within its source"},
      {"source", "thiếu nguồn, như /provinces/49/so-noi-vu / is missing: who says it"},
      {"specversion", "thiếu, phải là \"1.0\" / is missing: \"1.0\""},
      {"time", "thiếu lúc xảy ra, như 2023-05-30T07:41:09+07:00 / is missing: when it happened"},
      {"type", "thiếu loại sự kiện, như vn.dongbo.attendance.checked_in.v1 / is missing: the event's type"},
      {"data", "thiếu dữ liệu, một đối tượng JSON / is missing: the fact itself, an object"}};
  for (const auto& [name, detail] : kRequired) {
    const auto same_name = [&, wanted = name](const auto& attribute) { return attribute.name == wanted; };
    if (std::any_of(attributes_.begin(), attributes_.end(), same_name)) continue;
    const std::string pointer = pointer_token(name);
    const auto told = [&](const Fault& one) { return one.pointer == pointer; };
    if (std::none_of(faults_.begin(), faults_.end(), told)) fault(name, std::string(detail));
  }
}

}  // namespace dongbo::event
