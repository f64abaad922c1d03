#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/result.h"

namespace dongbo::cli {

// "dongbo LỆNH: message" on standard error; gives kFailed or kUsage for `return fail(…)`.
int fail(std::string_view command, const Error& error);
int usage(std::string_view command, std::string_view message);

// For CLI11's check(): an option that was given says something. A shell's unset variable does not.
inline std::string not_empty(const std::string& value) {
  return value.empty() ? "không được để trống / may not be empty" : "";
}

bool is_terminal(int file);

// 1234567 -> "1.234.567", as Vietnamese readers write it.
std::string grouped(std::uint64_t number);

// Columns as wide as their widest cell; the first is flush left, the others right unless `left` names them.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> head, std::vector<std::size_t> left = {0}) : left_(std::move(left)) {
    row(std::move(head));
  }
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  void rule() { rules_.push_back(rows_.size()); }
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> rules_{1};  // a line is drawn before these rows
  std::vector<std::size_t> left_;
};

// Columns a text takes on a terminal: Vietnamese letters take one each, combining marks none.
std::size_t display_width(std::string_view text);

// A line on standard error that is drawn again as work goes on, at most ten times a second; nothing when standard error
// is no terminal. One thread.
class ProgressBar {
 public:
  explicit ProgressBar(std::string label, std::uint64_t total = 0);
  ~ProgressBar() { finish(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `total` 0: not known, only the count and the speed are shown.
  void update(std::uint64_t done, std::uint64_t total);
  void update(std::uint64_t done) { update(done, total_); }
  void finish();  // clears the line; may be called twice

 private:
  void draw();
  const std::string label_;
  const bool shown_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point drawn_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace dongbo::cli
