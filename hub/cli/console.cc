#include "hub/cli/console.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "hub/cli/commands.h"

namespace dongbo::cli {
namespace {

// The next code point of valid UTF-8; a stray byte counts as one.
char32_t next(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  char32_t point = length == 1 ? lead : lead & (0xFFu >> (length + 1));
  const auto take = std::min(length, text.size());
  for (std::size_t i = 1; i < take; ++i) point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3F);
  text.remove_prefix(take);
  return point;
}

}  // namespace

int fail(std::string_view command, const Error& error) {
  fmt::print(stderr, "dongbo {}: {}\n", command, error.message);
  return kFailed;
}

int usage(std::string_view command, std::string_view message) {
  fmt::print(stderr, "dongbo {}: {}\n(dongbo {} --help)\n", command, message, command);
  return kUsage;
}

bool is_terminal(int file) {
  return ::isatty(file) == 1;
}

std::string grouped(std::uint64_t number) {
  auto text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ".");
  return text;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const auto point = next(text);
    if (point < 0x300 || point > 0x36F) ++width;
  }
  return width;
}

std::string TextTable::text() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths.size() <= i) widths.push_back(0);
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  std::string out;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (std::find(rules_.begin(), rules_.end(), r) != rules_.end()) {
      for (std::size_t i = 0; i < widths.size(); ++i) {
        if (i > 0) out += "  ";
        for (std::size_t n = 0; n < widths[i]; ++n) out += "─";
      }
      out += '\n';
    }
    std::string line;
    for (std::size_t i = 0; i < rows_[r].size(); ++i) {
      const std::string padding(widths[i] - display_width(rows_[r][i]), ' ');
      const bool flush_left = std::find(left_.begin(), left_.end(), i) != left_.end();
      if (i > 0) line += "  ";
      line += flush_left ? rows_[r][i] + padding : padding + rows_[r][i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out;
}

ProgressBar::ProgressBar(std::string label, std::uint64_t total)
    : label_(std::move(label)), shown_(is_terminal(STDERR_FILENO)), total_(total) {}

void ProgressBar::update(std::uint64_t done, std::uint64_t total) {
  done_ = done;
  total_ = total;
  const auto now = std::chrono::steady_clock::now();
  if (!shown_ || now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  draw();
}

void ProgressBar::draw() {
  const std::chrono::duration<double> spent = drawn_ - start_;
  const auto speed = spent.count() > 0.2 ? static_cast<std::uint64_t>(static_cast<double>(done_) / spent.count()) : 0;
  std::string line;
  if (total_ > 0) {
    const double part = std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_));
    const auto filled = static_cast<std::size_t>(part * 30);
    std::string bar;
    for (std::size_t i = 0; i < 30; ++i) bar += i < filled ? "█" : "░";
    line = fmt::format("{} {} {:3.0f} %  {}/{}", label_, bar, part * 100, grouped(done_), grouped(total_));
  } else {
    line = fmt::format("{} {}", label_, grouped(done_));
  }
  if (speed > 0) line += fmt::format("  {}/s", grouped(speed));
  fmt::print(stderr, "\r\033[K{}", line);
  std::fflush(stderr);
}

void ProgressBar::finish() {
  if (shown_ && drawn_ != std::chrono::steady_clock::time_point()) {
    fmt::print(stderr, "\r\033[K");
    std::fflush(stderr);
    drawn_ = {};
  }
}

}  // namespace dongbo::cli
