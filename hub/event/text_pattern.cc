#include "hub/event/text_pattern.h"

#include <array>
#include <charconv>
#include <limits>

#include <re2/re2.h>

#include "hub/event/words.h"

namespace dongbo::event {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// ECMAScript's \u001f in RE2's spelling, \x{001f}.
std::string for_re2(std::string_view pattern) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '\\' || i + 1 == pattern.size()) {
      out.push_back(pattern[i]);
    } else if (pattern[i + 1] == 'u' && i + 6 <= pattern.size()) {
      out.append("\\x{").append(pattern.substr(i + 2, 4)).append("}");
      i += 5;
    } else {
      out.append(pattern.substr(i, 2));
      ++i;
    }
  }
  return out;
}

}  // namespace

// Reads ^[…]+$ and its like; gives up (nullopt) on everything it does not know for certain.
class TextPattern::TableReader {
 public:
  explicit TableReader(std::string_view pattern) : rest_(pattern) {}

  std::optional<Table> read() {
    Table table;
    if (!take("^[")) return std::nullopt;
    const bool negated = take("^");
    if (!read_class(table) || !read_repetition(table) || rest_ != "$") return std::nullopt;
    if (negated) {
      table.ascii.flip();
      table.others = true;
    }
    std::bitset<128> no_control;
    for (std::size_t c = 0x20; c < 0x7f; ++c) no_control.set(c);
    table.no_control_only = table.others && table.ascii == no_control && table.length_min == 1 && table.length_max == kNoLimit;
    return table;
  }

 private:
  bool take(std::string_view start) {
    if (!rest_.starts_with(start)) return false;
    rest_.remove_prefix(start.size());
    return true;
  }

  bool read_class(Table& table) {
    bool any = false;
    while (!take("]")) {
      any = true;
      if (take("\\d")) {
        for (const char c : kDigits) table.ascii.set(static_cast<std::size_t>(c));
        continue;
      }
      const int first = read_character();
      if (first < 0) return false;
      int last = first;
      if (rest_.size() >= 2 && rest_[0] == '-' && rest_[1] != ']') {
        rest_.remove_prefix(1);
        last = read_character();
      }
      if (last < first) return false;
      for (int c = first; c <= last; ++c) table.ascii.set(static_cast<std::size_t>(c));
    }
    return any;
  }

  // An ASCII character, plain or escaped; -1: none that is certain.
  int read_character() {
    if (rest_.empty()) return -1;
    const char c = rest_.front();
    if (c != '\\') {
      if (static_cast<unsigned char>(c) >= 0x80 || c == '[') return -1;
      rest_.remove_prefix(1);
      return c;
    }
    if (take("\\x")) return read_hex(2);
    if (take("\\u")) return read_hex(4);
    if (rest_.size() < 2 || std::string_view("\\-.^$*+?()[]{}|/").find(rest_[1]) == std::string_view::npos) return -1;
    const int out = rest_[1];
    rest_.remove_prefix(2);
    return out;
  }

  int read_hex(std::size_t count) {
    if (rest_.size() < count) return -1;
    int value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + count, value, 16);
    if (error != std::errc() || end != rest_.data() + count || rest_.front() == '-' || value > 0x7f) return -1;
    rest_.remove_prefix(count);
    return value;
  }

  bool read_repetition(Table& table) {
    if (take("+")) {
      table.length_max = kNoLimit;
    } else if (take("*")) {
      table.length_min = 0;
      table.length_max = kNoLimit;
    } else if (take("{")) {
      if (!read_count(table.length_min)) return false;
      table.length_max = table.length_min;
      if (take(",")) {
        table.length_max = kNoLimit;
        if (!rest_.starts_with("}") && !read_count(table.length_max)) return false;
      }
      return take("}") && table.length_min <= table.length_max;
    }
    return true;
  }

  bool read_count(std::size_t& count) {
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), count);
    if (error != std::errc() || count > 1000) return false;  // 1000 is RE2's own limit: let it speak
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return true;
  }

  std::string_view rest_;
};

TextPattern::TextPattern() = default;
TextPattern::~TextPattern() = default;
TextPattern::TextPattern(TextPattern&&) noexcept = default;
TextPattern& TextPattern::operator=(TextPattern&&) noexcept = default;

Result<TextPattern> TextPattern::compile(std::string_view pattern) {
  TextPattern out;
  out.text_ = pattern;
  RE2::Options options;
  options.set_log_errors(false);
  out.expression_ = std::make_unique<RE2>(for_re2(pattern), options);
  if (!out.expression_->ok()) return Error::fatal("pattern " + out.text_ + ": " + out.expression_->error());
  out.table_ = TableReader(pattern).read();
  return out;
}

bool TextPattern::matches(std::string_view text) const {
  return table_ ? matches_table(*table_, text) : matches_by_re2(text);
}

bool TextPattern::matches_by_re2(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *expression_);
}

bool TextPattern::matches_table(const Table& table, std::string_view text) {
  if (table.no_control_only) return !text.empty() && !has_control_character(text);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 ? !table.ascii.test(byte) : !table.others) return false;
  }
  const std::size_t length = table.others ? count_characters(text) : text.size();
  return length >= table.length_min && length <= table.length_max;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
  return count;
}

bool has_control_character(std::string_view text) {
  return words::any(text, [](words::Sixteen piece) { return piece.below(0x20) | piece.equal('\x7f'); });
}

bool is_uri_reference(std::string_view text) {
  static constexpr auto kAllowed = [] {
    std::array<bool, 256> out{};
    for (const char c : std::string_view("-._~:/?#[]@!$&'()*+,;=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
      out[static_cast<unsigned char>(c)] = true;
    return out;
  }();
  bool in_fragment = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
      i += 2;
      continue;
    }
    if (!kAllowed[static_cast<unsigned char>(c)]) return false;
    if (c == '#' && in_fragment) return false;
    in_fragment = in_fragment || c == '#';
  }
  const auto stop = text.find_first_of(":/?#");
  if (stop == std::string_view::npos || text[stop] != ':') return true;
  const char first = text.front();
  if (!((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z'))) return false;
  return text.substr(0, stop).find_first_of("_~[]@!$&'()*,;=%") == std::string_view::npos;
}

}  // namespace dongbo::event
