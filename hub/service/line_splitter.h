#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dongbo::service {

// Lines out of a stream of pieces, with bounded memory: a line that lies within one piece is a view into it, one that
// spans pieces is put together, one longer than `line_max` is cut off and marked while the rest of it is skipped.
//
//   splitter.give(piece);
//   while (auto line = splitter.next()) …   // until nullopt: the piece is used up
//   if (auto last = splitter.finish()) …    // at the body's end: a last line without its newline
//
// Empty lines (also of blanks only) are counted and passed over. One body each; one thread.
class LineSplitter {
 public:
  explicit LineSplitter(std::size_t line_max) : line_max_(line_max) {}

  struct Line {
    std::string_view text;     // without the line's end; valid until the next call
    std::uint64_t number = 0;  // from 1
    bool too_long = false;     // then `text` is its first line_max bytes
  };

  // REQUIRES: next() has returned nullopt since the last piece. `piece` must live until it does again.
  void give(std::string_view piece) { piece_ = piece; }

  std::optional<Line> next() {
    if (carry_done_) {
      carry_.clear();
      carry_done_ = false;
    }
    while (!piece_.empty()) {
      const auto end = piece_.find('\n');
      const auto part = piece_.substr(0, end);
      piece_.remove_prefix(end == std::string_view::npos ? piece_.size() : end + 1);
      if (end == std::string_view::npos) {
        carry(part);
        return std::nullopt;
      }
      ++number_;
      if (carry_.empty() && !overlong_) {
        if (auto line = made(part)) return line;
        continue;
      }
      carry(part);
      carry_done_ = true;
      if (auto line = made(carry_)) return line;
      carry_.clear();
      carry_done_ = false;
    }
    return std::nullopt;
  }

  std::optional<Line> finish() {
    if (carry_done_ || (carry_.empty() && !overlong_)) return std::nullopt;
    ++number_;
    carry_done_ = true;
    return made(carry_);
  }

  std::uint64_t lines() const { return number_; }

 private:
  void carry(std::string_view part) {
    // One byte beyond the limit is kept so that "exactly at it" and "over it" differ.
    const auto room = line_max_ + 1 - carry_.size();
    carry_.append(part.substr(0, room));
    overlong_ = overlong_ || part.size() > room;
  }

  std::optional<Line> made(std::string_view text) {
    Line line{text, number_, overlong_};
    overlong_ = false;
    if (!line.too_long && line.text.ends_with('\r')) line.text.remove_suffix(1);
    if (line.text.size() > line_max_) {
      line.too_long = true;
      line.text = line.text.substr(0, line_max_);
    }
    if (line.text.find_first_not_of(" \t") == std::string_view::npos) return std::nullopt;
    return line;
  }

  const std::size_t line_max_;
  std::string_view piece_;
  std::string carry_;  // the start of a line that spans pieces
  bool carry_done_ = false;
  bool overlong_ = false;
  std::uint64_t number_ = 0;
};

}  // namespace dongbo::service
