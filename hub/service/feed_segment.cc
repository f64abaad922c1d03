#include "hub/service/feed_segment.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "hub/base/assert.h"
#include "hub/event/json_text.h"

namespace dongbo::service {
namespace {

void append_number(std::string& out, std::uint64_t number) {
  char digits[20];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

// A segment's frames as a cursor walks over them: all, or those of one meeting.
struct AllFrames {
  const std::vector<FeedSegment::Frame>& frames;
  std::size_t size() const { return frames.size(); }
  const FeedSegment::Frame& operator[](std::size_t at) const { return frames[at]; }
};
struct SomeFrames {
  const std::vector<FeedSegment::Frame>& frames;
  std::span<const std::uint32_t> numbers;
  std::size_t size() const { return numbers.size(); }
  const FeedSegment::Frame& operator[](std::size_t at) const { return frames[numbers[at]]; }
};

}  // namespace

std::span<const std::uint32_t> FeedSegment::of_meeting(std::string_view meeting) const {
  const auto found = by_meeting_.find(meeting);
  return found == by_meeting_.end() ? damaged_ : found->second;
}

bool FeedSegment::wanted(const Frame& frame, const FeedFilter& filter) const {
  switch (frame.kind) {
    case Kind::kDamaged:
      return true;
    case Kind::kAccepted:
      return filter.accepted() && label(frame.label).starts_with(filter.type);
    case Kind::kChanged:
      return filter.changed() && (filter.projection.empty() || label(frame.label) == filter.projection);
  }
  return false;
}

FeedSegmentBuilder::FeedSegmentBuilder(std::uint32_t shard, std::uint64_t after) : segment_(std::make_shared<FeedSegment>()) {
  segment_->shard_ = shard;
  segment_->after_ = after;
  segment_->through_ = after;
}

std::uint32_t FeedSegmentBuilder::label(std::string_view text) {
  if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(segment_->labels_.size());
  segment_->labels_.emplace_back(text);
  numbers_.emplace(text, number);
  return number;
}

template <class Write>
void FeedSegmentBuilder::frame(std::uint64_t sequence, FeedSegment::Kind kind, std::string_view label_text,
                               std::string_view meeting, Write write) {
  auto& text = segment_->text_;
  const auto begin = text.size();
  write(text);
  const auto number = static_cast<std::uint32_t>(segment_->frames_.size());
  segment_->frames_.push_back(
      {sequence, kind, label(label_text), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(text.size() - begin)});
  if (kind == FeedSegment::Kind::kDamaged) {
    segment_->damaged_.push_back(number);
  } else if (!meeting.empty()) {
    auto found = segment_->by_meeting_.find(meeting);
    if (found == segment_->by_meeting_.end()) found = segment_->by_meeting_.emplace(meeting, std::vector<std::uint32_t>()).first;
    found->second.push_back(number);
  }
}

void FeedSegmentBuilder::changed(std::uint64_t sequence, std::string_view projection, std::string_view meeting,
                                 std::string_view row_members) {
  frame(sequence, FeedSegment::Kind::kChanged, projection, meeting, [&](std::string& text) {
    fmt::format_to(std::back_inserter(text), "event: changed\ndata: {{{},\"position\":\"{}:{}\"}}\n", row_members,
                   segment_->shard_, sequence);
  });
}

void FeedSegmentBuilder::accepted(std::uint64_t sequence, std::string_view type, std::string_view meeting,
                                  std::string_view entry) {
  frame(sequence, FeedSegment::Kind::kAccepted, type, meeting, [&](std::string& text) {
    text.append("event: accepted\ndata: {\"event\":");
    text.append(entry);
    fmt::format_to(std::back_inserter(text), ",\"position\":\"{}:{}\"}}\n", segment_->shard_, sequence);
  });
}

void FeedSegmentBuilder::damaged(std::uint64_t sequence, std::string_view reason) {
  frame(sequence, FeedSegment::Kind::kDamaged, {}, {}, [&](std::string& text) {
    fmt::format_to(std::back_inserter(text), "event: reset\ndata: {{\"position\":\"{}:{}\",\"reason\":", segment_->shard_,
                   sequence);
    event::append_json(text, reason);
    text.append("}\n");
  });
}

std::shared_ptr<const FeedSegment> FeedSegmentBuilder::finish(std::uint64_t through) {
  segment_->through_ = through;
  segment_->text_.shrink_to_fit();
  const auto& damaged = segment_->damaged_;
  if (!damaged.empty()) {
    for (auto& [meeting, numbers] : segment_->by_meeting_) {
      const auto own = static_cast<std::ptrdiff_t>(numbers.size());
      numbers.insert(numbers.end(), damaged.begin(), damaged.end());
      std::inplace_merge(numbers.begin(), numbers.begin() + own, numbers.end());
    }
  }
  return std::move(segment_);
}

std::string FeedCursor::text() const {
  std::string out;
  for (std::size_t shard = 0; shard < at_.size(); ++shard)
    if (at_[shard] > 0) fmt::format_to(std::back_inserter(out), "{}{}:{}", out.empty() ? "" : ",", shard, at_[shard]);
  // An empty id makes a browser forget that it had one, and it would resume from "now".
  return out.empty() ? "0:0" : out;
}

std::size_t FeedCursor::append(const FeedSegment& segment, const FeedFilter& filter, std::string& out, std::size_t bytes_max) {
  const auto here = at_[segment.shard()];
  DONGBO_ASSERT(segment.after() <= here && here <= segment.through());
  if (filter.meeting.empty()) return append_frames(segment, AllFrames{segment.frames()}, filter, out, bytes_max);
  return append_frames(segment, SomeFrames{segment.frames(), segment.of_meeting(filter.meeting)}, filter, out, bytes_max);
}

template <class Frames>
std::size_t FeedCursor::append_frames(const FeedSegment& segment, const Frames& frames, const FeedFilter& filter,
                                      std::string& out, std::size_t bytes_max) {
  auto& here = at_[segment.shard()];
  // The first one behind the cursor.
  std::size_t next = 0;
  for (std::size_t end = frames.size(); next < end;) {
    const auto middle = next + (end - next) / 2;
    if (frames[middle].sequence > here) {
      end = middle;
    } else {
      next = middle + 1;
    }
  }
  // The id line but for this shard's sequence: the other shards do not move meanwhile.
  std::string before, behind;
  const auto prepare = [&] {
    before = "id: ";
    for (std::uint32_t shard = 0; shard < at_.size(); ++shard) {
      if (shard != segment.shard() && at_[shard] == 0) continue;
      auto& part = shard > segment.shard() ? behind : before;
      if (shard > segment.shard()) part.push_back(',');
      append_number(part, shard);
      part.push_back(':');
      if (shard != segment.shard()) append_number(part, at_[shard]);
      if (shard < segment.shard()) part.push_back(',');
    }
    behind.append("\n\n");
  };
  std::size_t count = 0;
  while (next < frames.size() && out.size() < bytes_max) {
    const auto sequence = frames[next].sequence;
    const FeedSegment::Frame* last = nullptr;
    for (; next < frames.size() && frames[next].sequence == sequence; ++next) {
      const auto& frame = frames[next];
      if (!segment.wanted(frame, filter)) continue;
      if (last != nullptr) {
        out.append(segment.text(*last));
        out.push_back('\n');
      }
      last = &frame;
      ++count;
    }
    here = sequence;
    if (last == nullptr) continue;
    if (before.empty()) prepare();
    out.append(segment.text(*last));
    out.append(before);
    append_number(out, sequence);
    out.append(behind);
  }
  if (next == frames.size()) here = segment.through();
  return count;
}

std::string reset_frame(std::string_view reason, std::string_view position) {
  std::string out = "event: reset\ndata: {\"position\":";
  event::append_json(out, position);
  out.append(",\"reason\":");
  event::append_json(out, reason);
  out.append("}\nid: ");
  out.append(position);
  out.append("\n\n");
  return out;
}

}  // namespace dongbo::service
