#include "hub/query/parameters.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <charconv>

#include "hub/base/bytes.h"
#include "hub/event/position.h"
#include "hub/event/timestamp.h"
#include "hub/query/base64.h"

namespace dongbo::query {
namespace {

constexpr char kTokenVersion = '\1';
constexpr std::size_t kTokenHead = 1 + 8;
constexpr std::string_view kEverywhere[] = {"min_position", "wait_ms"};  // the service has waited for them already

std::optional<std::string> one_of(std::string_view value, std::initializer_list<std::string_view> known) {
  if (std::find(known.begin(), known.end(), value) != known.end()) return std::nullopt;
  std::string out = "cần một trong: / expected one of";
  for (const auto word : known) out.append(" \"").append(word).append("\",");
  out.pop_back();
  return out;
}

std::optional<std::size_t> read_page_size(std::string_view text) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc() || end != text.data() + text.size() || size < 1 || size > kPageSizeMax) return std::nullopt;
  return size;
}

// A token: version, hash over binding and cursor, cursor. The hash makes a token of another list, of other filters or
// one that was changed unreadable; it is no secret.
std::string token_of(std::string_view binding, std::string_view cursor) {
  std::string bytes(1, kTokenVersion);
  std::string hashed(binding);
  hashed.append(cursor);
  put_u64(bytes, XXH3_64bits(hashed.data(), hashed.size()));
  bytes.append(cursor);
  return base64url(bytes);
}

std::optional<std::string> cursor_of(std::string_view binding, std::string_view token) {
  const auto bytes = decode_base64url(token);
  if (!bytes || bytes->size() <= kTokenHead) return std::nullopt;
  auto cursor = bytes->substr(kTokenHead);
  if (token_of(binding, cursor) != token) return std::nullopt;
  return cursor;
}

std::string known_names(bool paged, const std::vector<ParameterSpec>& known) {
  std::string out;
  const auto add = [&out](std::string_view name) {
    if (!out.empty()) out.append(", ");
    out.append(name);
  };
  for (const auto& spec : known) add(spec.name);
  if (paged) add("page_size"), add("page_token");
  for (const auto name : kEverywhere) add(name);
  return out;
}

}  // namespace

std::optional<std::string> check_position(std::string_view value) {
  if (event::Position::parse(value)) return std::nullopt;
  return "cần vị trí như \"0:41,1:7\" (phân mảnh:số thứ tự, mỗi phân mảnh một lần) / expected a position like \"0:41,1:7\" "
         "(shard:sequence, each shard once)";
}
std::optional<std::string> check_position_or_time(std::string_view value) {
  if (!value.empty() && (event::Position::parse(value) || event::parse_timestamp(value))) return std::nullopt;
  return "cần vị trí như \"0:41,1:7\" hoặc thời điểm như \"2023-05-30T17:00:00+07:00\" (dấu + trong URL viết %2B) / expected a "
         "position like \"0:41,1:7\" or a time like \"2023-05-30T17:00:00+07:00\" (a + in a URL is %2B)";
}
std::optional<std::string> check_time(std::string_view value) {
  if (event::parse_timestamp(value)) return std::nullopt;
  return "cần thời điểm như \"2023-05-30T08:00:00+07:00\" (dấu + trong URL viết %2B) / expected a time like "
         "\"2023-05-30T08:00:00+07:00\" (a + in a URL is %2B)";
}
std::optional<std::string> check_level(std::string_view value) {
  return one_of(value, {"central", "province", "district", "commune", "agency", "other"});
}
std::optional<std::string> check_quarantine_state(std::string_view value) {
  return one_of(value, {"held", "redriven", "discarded"});
}
std::optional<std::string> check_quarantine_reason(std::string_view value) {
  return one_of(value, {"unreadable", "invalid", "conflict", "unknown_type"});
}

std::variant<Parameters, Problem> Parameters::read(const std::map<std::string, std::string>& given, std::string_view path,
                                                   bool paged, const std::vector<ParameterSpec>& known) {
  Parameters out;
  std::vector<event::Fault> faults;
  out.binding_ = std::string(path) + '\0';
  for (const auto& [name, value] : given) {
    const std::string pointer = "/" + name;
    if (std::find(std::begin(kEverywhere), std::end(kEverywhere), name) != std::end(kEverywhere)) continue;
    if (paged && (name == "page_size" || name == "page_token")) continue;
    const auto spec = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.name == name; });
    if (spec == known.end()) {
      faults.push_back({pointer, "không có tham số này; có: / unknown parameter; known here: " + known_names(paged, known)});
      continue;
    }
    if (value.empty() && spec->check == nullptr) continue;  // of names: any
    if (value.find('\0') != std::string::npos) {
      faults.push_back({pointer, "có ký tự rỗng (U+0000) / holds a zero character"});
    } else if (auto wrong = spec->check == nullptr ? std::nullopt : spec->check(value)) {
      faults.push_back({pointer, std::move(*wrong)});
    }
    out.values_.emplace(name, value);
    out.binding_.append(name).append(1, '\0').append(value).append(1, '\0');
  }
  if (paged) {
    if (const auto size = given.find("page_size"); size != given.end()) {
      if (const auto read = read_page_size(size->second)) {
        out.page_size_ = *read;
      } else {
        faults.push_back(
            {"/page_size", fmt::format("cần số nguyên từ 1 đến {0} / expected a whole number from 1 to {0}", kPageSizeMax)});
      }
    }
    if (const auto token = given.find("page_token"); token != given.end() && !token->second.empty() && faults.empty()) {
      if (auto cursor = cursor_of(out.binding_, token->second)) {
        out.after_ = std::move(*cursor);
      } else {
        faults.push_back({"/page_token",
                          "mã trang không thuộc danh sách này với bộ lọc này; hãy gọi lại không kèm nó / not a token of this "
                          "list with these filters; start again without it"});
      }
    }
  }
  if (!faults.empty()) return Problem::invalid(std::move(faults));
  return out;
}

const std::string& Parameters::text(std::string_view name) const {
  static const std::string kNone;
  const auto found = values_.find(name);
  return found == values_.end() ? kNone : found->second;
}

std::string Parameters::page_token(std::string_view cursor) const {
  return cursor.empty() ? std::string() : token_of(binding_, cursor);
}

}  // namespace dongbo::query
