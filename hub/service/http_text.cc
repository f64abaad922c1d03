#include "hub/service/http_text.h"

#include <zlib.h>

#include <algorithm>

namespace dongbo::service {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

char small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Calls take(part) for each part of a comma-separated list.
template <class Take>
void for_each_part(std::string_view list, char separator, Take take) {
  while (true) {
    const auto end = list.find(separator);
    take(trimmed(list.substr(0, end)));
    if (end == std::string_view::npos) return;
    list.remove_prefix(end + 1);
  }
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+' && plus_is_space) c = ' ';
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      if (c == '\0') return std::nullopt;
      i += 2;
    }
    out.push_back(c);
  }
  return out;
}

std::optional<Target> parse_target(std::string_view target) {
  if (target.empty() || target.front() != '/') return std::nullopt;
  target = target.substr(0, target.find('#'));
  Target out;
  const auto question = target.find('?');
  out.path = target.substr(0, question);
  bool ok = true;
  for_each_part(out.path.substr(1), '/', [&](std::string_view segment) {
    if (segment.empty()) return;
    auto decoded = percent_decode(segment, false);
    ok = ok && decoded;
    if (decoded) out.segments.push_back(std::move(*decoded));
  });
  if (question != std::string_view::npos) {
    for_each_part(target.substr(question + 1), '&', [&](std::string_view pair) {
      if (pair.empty()) return;
      const auto equals = pair.find('=');
      auto name = percent_decode(pair.substr(0, equals), true);
      auto value = percent_decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
      ok = ok && name && value;
      if (name && value) out.parameters[std::move(*name)] = std::move(*value);
    });
  }
  if (!ok) return std::nullopt;
  return out;
}

std::string media_type(std::string_view content_type) {
  std::string out(trimmed(content_type.substr(0, content_type.find(';'))));
  std::transform(out.begin(), out.end(), out.begin(), small);
  return out;
}

bool is_json(std::string_view type) {
  return type == "application/json" || type == "text/json" || type.ends_with("+json");
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return small(x) == small(y); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool accepts_gzip(std::string_view accept_encoding) {
  bool accepted = false;
  for_each_part(accept_encoding, ',', [&](std::string_view part) {
    const auto coding = trimmed(part.substr(0, part.find(';')));
    if (!equal_ignoring_case(coding, "gzip")) return;
    const auto q = part.find("q=");
    // q=0, q=0.0, q=0.000 all mean "not this".
    accepted = q == std::string_view::npos || part.substr(q + 2).find_first_of("123456789") != std::string_view::npos;
  });
  return accepted;
}

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
  if (etag.size() < 2) return false;
  bool matched = false;
  for_each_part(if_none_match, ',', [&](std::string_view part) {
    if (part == "*") matched = true;
    if (part.starts_with("W/")) part.remove_prefix(2);
    if (part.size() < 2 || part.front() != '"' || part.back() != '"') return;
    auto inner = part.substr(1, part.size() - 2);
    if (inner.ends_with("-gzip")) inner.remove_suffix(5);
    matched = matched || inner == etag.substr(1, etag.size() - 2);
  });
  return matched;
}

std::string gzip_text(std::string_view text) {
  z_stream stream{};
  // 16 + 15: a gzip header, the largest window. Level 4 is within 5 % of level 6 on JSON at half the time.
  if (deflateInit2(&stream, 4, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return done == Z_STREAM_END ? out : std::string();
}

}  // namespace dongbo::service
