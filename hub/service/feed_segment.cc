#include "hub/service/feed_segment.h"

#include <fmt/format.h>

#include <algorithm>

#include "hub/base/assert.h"
#include "hub/service/json_text.h"

namespace dongbo::service {

bool FeedSegment::wanted(const Frame& frame, const FeedFilter& filter) const {
  switch (frame.kind) {
    case Kind::kDamaged:
      return true;
    case Kind::kAccepted:
      if (!filter.accepted() || !label(frame.label).starts_with(filter.type)) return false;
      break;
    case Kind::kChanged:
      if (!filter.changed() || (!filter.projection.empty() && label(frame.label) != filter.projection)) return false;
      break;
  }
  return filter.meeting.empty() || label(frame.meeting) == filter.meeting;
}

FeedSegmentBuilder::FeedSegmentBuilder(std::uint32_t shard, std::uint64_t after) : segment_(std::make_shared<FeedSegment>()) {
  segment_->shard_ = shard;
  segment_->after_ = after;
  segment_->through_ = after;
  numbers_.emplace(std::string(), 0);
}

std::uint32_t FeedSegmentBuilder::label(std::string_view text) {
  const auto [found, made] = numbers_.emplace(std::string(text), static_cast<std::uint32_t>(segment_->labels_.size()));
  if (made) segment_->labels_.emplace_back(text);
  return found->second;
}

template <class Write>
void FeedSegmentBuilder::frame(std::uint64_t sequence, FeedSegment::Kind kind, std::string_view label_text,
                               std::string_view meeting, Write write) {
  auto& text = segment_->text_;
  const auto begin = text.size();
  write(text);
  segment_->frames_.push_back({sequence, kind, label(label_text), label(meeting), static_cast<std::uint32_t>(begin),
                               static_cast<std::uint32_t>(text.size() - begin)});
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
    append_json_text(text, reason);
    text.append("}\n");
  });
}

std::shared_ptr<const FeedSegment> FeedSegmentBuilder::finish(std::uint64_t through) {
  segment_->through_ = through;
  segment_->text_.shrink_to_fit();
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
  auto& here = at_[segment.shard()];
  DONGBO_ASSERT(segment.after() <= here && here <= segment.through());
  // The id line but for this shard's sequence: the other shards do not move meanwhile.
  std::string before = "id: ";
  std::string behind;
  for (std::uint32_t shard = 0; shard < at_.size(); ++shard) {
    if (shard == segment.shard()) {
      fmt::format_to(std::back_inserter(before), "{}:", shard);
    } else if (at_[shard] > 0 && shard < segment.shard()) {
      fmt::format_to(std::back_inserter(before), "{}:{},", shard, at_[shard]);
    } else if (at_[shard] > 0) {
      fmt::format_to(std::back_inserter(behind), ",{}:{}", shard, at_[shard]);
    }
  }
  behind.append("\n\n");

  const auto& frames = segment.frames();
  auto next = std::upper_bound(frames.begin(), frames.end(), here,
                               [](std::uint64_t sequence, const FeedSegment::Frame& frame) { return sequence < frame.sequence; });
  std::size_t count = 0;
  while (next != frames.end() && out.size() < bytes_max) {
    const auto sequence = next->sequence;
    const FeedSegment::Frame* last = nullptr;
    for (; next != frames.end() && next->sequence == sequence; ++next) {
      if (!segment.wanted(*next, filter)) continue;
      if (last != nullptr) {
        out.append(segment.text(*last));
        out.push_back('\n');
      }
      last = &*next;
      ++count;
    }
    here = sequence;
    if (last == nullptr) continue;
    out.append(segment.text(*last));
    out.append(before);
    fmt::format_to(std::back_inserter(out), "{}", sequence);
    out.append(behind);
  }
  if (next == frames.end()) here = segment.through();
  return count;
}

std::string reset_frame(std::string_view reason, std::string_view position) {
  std::string out = "event: reset\ndata: {\"position\":";
  append_json_text(out, position);
  out.append(",\"reason\":");
  append_json_text(out, reason);
  out.append("}\nid: ");
  out.append(position);
  out.append("\n\n");
  return out;
}

}  // namespace dongbo::service
