#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dongbo::service {

// Looks up by a view without making a string of it.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <class Value>
using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

// What a reader of the feed wants. `type` alone: accepted events only; `projection` alone: changed rows only; `meeting`
// narrows both.
struct FeedFilter {
  std::string type;  // prefix
  std::string meeting;
  std::string projection;
  bool accepted() const { return projection.empty() || !type.empty(); }
  bool changed() const { return type.empty() || !projection.empty(); }
};

// The frames of one shard for the sequences after+1..through, rendered once for all readers. A frame's text ends after
// its data line: each reader adds an id line (which holds the reader's place in all shards) and the empty line.
// Immutable once built.
class FeedSegment {
 public:
  enum class Kind : std::uint8_t { kChanged, kAccepted, kDamaged };
  struct Frame {
    std::uint64_t sequence;
    Kind kind;
    std::uint32_t label;  // of the type (accepted) or the projection (changed)
    std::uint32_t begin;
    std::uint32_t size;
  };

  std::uint32_t shard() const { return shard_; }
  std::uint64_t after() const { return after_; }
  std::uint64_t through() const { return through_; }
  std::size_t bytes() const { return text_.size() + frames_.size() * (sizeof(Frame) + sizeof(std::uint32_t)) + 256; }
  const std::vector<Frame>& frames() const { return frames_; }
  std::string_view text(const Frame& frame) const { return std::string_view(text_).substr(frame.begin, frame.size); }
  const std::string& label(std::uint32_t number) const { return labels_[number]; }

  // The frames that concern each meeting, as ascending numbers: its own, and the damaged ones, which concern everybody.
  // A reader of one meeting looks at these only, whatever else went on meanwhile.
  const ByText<std::vector<std::uint32_t>>& by_meeting() const { return by_meeting_; }
  std::span<const std::uint32_t> of_meeting(std::string_view meeting) const;
  bool concerns_everybody() const { return !damaged_.empty(); }
  // REQUIRES: the frame is of the filter's meeting, if that names one.
  bool wanted(const Frame& frame, const FeedFilter& filter) const;

 private:
  friend class FeedSegmentBuilder;
  std::uint32_t shard_ = 0;
  std::uint64_t after_ = 0;
  std::uint64_t through_ = 0;
  std::vector<Frame> frames_;        // by sequence; of one sequence the changed rows come before the accepted event
  std::vector<std::string> labels_;  // few: types and projections
  ByText<std::vector<std::uint32_t>> by_meeting_;
  std::vector<std::uint32_t> damaged_;
  std::string text_;
};

// Frames must be added in order of sequence, for one sequence changed rows first. One thread.
class FeedSegmentBuilder {
 public:
  FeedSegmentBuilder(std::uint32_t shard, std::uint64_t after);

  // `row`: a JSON object's members without its braces.
  void changed(std::uint64_t sequence, std::string_view projection, std::string_view meeting, std::string_view row_members);
  void accepted(std::uint64_t sequence, std::string_view type, std::string_view meeting, std::string_view entry);
  // Entries up to `sequence` that cannot be read: a reader is told, and goes on behind them.
  void damaged(std::uint64_t sequence, std::string_view reason);

  std::size_t bytes() const { return segment_->text_.size(); }
  std::shared_ptr<const FeedSegment> finish(std::uint64_t through);

 private:
  std::uint32_t label(std::string_view text);
  template <class Write>
  void frame(std::uint64_t sequence, FeedSegment::Kind kind, std::string_view label_text, std::string_view meeting, Write write);

  std::shared_ptr<FeedSegment> segment_;
  ByText<std::uint32_t> numbers_;
};

// Where one reader is in all shards, as the text of id lines ("0:0" at the very beginning).
class FeedCursor {
 public:
  explicit FeedCursor(std::vector<std::uint64_t> sequences) : at_(std::move(sequences)) {}

  std::uint64_t at(std::uint32_t shard) const { return at_[shard]; }
  void set(std::uint32_t shard, std::uint64_t sequence) { at_[shard] = sequence; }
  std::uint32_t shards() const { return static_cast<std::uint32_t>(at_.size()); }
  std::string text() const;

  // Appends the wanted frames of `segment` behind the cursor to `out` and moves the cursor, sequence by sequence, until
  // the segment or `out`'s room of `bytes_max` is used up. The last wanted frame of each sequence carries the id, so a
  // reader that resumes from any id misses nothing and gets nothing twice. Returns the number of frames.
  // REQUIRES: segment.after() <= at(shard) <= segment.through().
  std::size_t append(const FeedSegment& segment, const FeedFilter& filter, std::string& out, std::size_t bytes_max);

 private:
  template <class Frames>
  std::size_t append_frames(const FeedSegment& segment, const Frames& frames, const FeedFilter& filter, std::string& out,
                            std::size_t bytes_max);

  std::vector<std::uint64_t> at_;
};

std::string reset_frame(std::string_view reason, std::string_view position);

}  // namespace dongbo::service
