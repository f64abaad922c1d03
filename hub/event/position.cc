#include "hub/event/position.h"

#include <charconv>

namespace dongbo::event {
namespace {

// All of `text` as a decimal number without sign.
template <class Number>
std::optional<Number> read_number(std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

// Shards may come in any order, but each once.
std::optional<Position> Position::parse(std::string_view text) {
  Position position;
  if (text.empty()) return position;
  while (true) {
    const auto comma = text.find(',');
    const auto part = text.substr(0, comma);
    const auto colon = part.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto shard = read_number<std::uint32_t>(part.substr(0, colon));
    const auto sequence = read_number<std::uint64_t>(part.substr(colon + 1));
    if (!shard || !sequence || position.entries_.contains(ShardId(*shard))) return std::nullopt;
    position.entries_.emplace(ShardId(*shard), Sequence(*sequence));
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  std::erase_if(position.entries_, [](const auto& entry) { return entry.second == Sequence(); });
  return position;
}

Sequence Position::at(ShardId shard) const {
  const auto found = entries_.find(shard);
  return found == entries_.end() ? Sequence() : found->second;
}

void Position::set(ShardId shard, Sequence sequence) {
  if (sequence == Sequence()) {
    entries_.erase(shard);
  } else {
    entries_[shard] = sequence;
  }
}

bool Position::covers(const Position& other) const {
  for (const auto& [shard, sequence] : other.entries_) {
    if (at(shard) < sequence) return false;
  }
  return true;
}

std::string Position::text() const {
  std::string out;
  for (const auto& [shard, sequence] : entries_) {
    if (!out.empty()) out.push_back(',');
    out.append(place_text(shard, sequence));
  }
  return out;
}

std::string place_text(ShardId shard, Sequence sequence) {
  return std::to_string(shard.value()) + ':' + std::to_string(sequence.value());
}

}  // namespace dongbo::event
