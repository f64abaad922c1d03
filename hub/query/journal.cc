#include <algorithm>
#include <vector>

#include "hub/event/timestamp.h"
#include "hub/query/moment.h"
#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

// A page ends short, with a token, after so many entries looked at or so many bytes to send.
constexpr std::size_t kEntriesScannedMax = 20'000;
constexpr std::size_t kPageBytesMax = 16u << 20;

// Where a page begins and where the whole listing ends: the position asked for, or the heads when its first page was read. So
// every page of a listing belongs to one state of the journal, and a reader who goes on with ?after=<position of the answer>
// misses nothing and sees nothing twice.
struct Cursor {
  event::Position after;
  event::Position through;

  std::string text() const { return after.text() + "|" + through.text(); }
  static std::optional<Cursor> parse(std::string_view text) {
    const auto bar = text.find('|');
    if (bar == std::string_view::npos) return std::nullopt;
    auto after = event::Position::parse(text.substr(0, bar));
    auto through = event::Position::parse(text.substr(bar + 1));
    if (!after || !through) return std::nullopt;
    return Cursor{std::move(*after), std::move(*through)};
  }
};

std::vector<std::string_view> parts_of(std::string_view list) {
  std::vector<std::string_view> out;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    if (comma > 0) out.push_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return out;
}

struct Filter {
  std::vector<std::string_view> types;  // prefixes, one of which holds; empty: all
  const std::string& source;
  const std::string& subject;
  const std::string& meeting;

  bool all() const { return types.empty() && source.empty() && subject.empty() && meeting.empty(); }
  // False: not this entry, as its type says without parsing it. A report asks for a few corrections among a million scans.
  bool may_take(std::string_view entry) const {
    const auto entry_type = event::type_of_entry(entry);
    return entry_type.empty() || is_asked_for(entry_type);
  }
  bool is_asked_for(std::string_view type) const {
    return types.empty() || std::any_of(types.begin(), types.end(), [&](auto prefix) { return type.starts_with(prefix); });
  }
  bool takes(const event::EntryView& entry) const {
    return is_asked_for(entry.type) && (source.empty() || entry.source == source) && entry.subject.starts_with(subject) &&
           (meeting.empty() || entry.data.text("meeting") == meeting);
  }
};

// One page while it is filled. Items are spliced as text: an entry is JSON already.
struct Page {
  std::string items;
  std::size_t count = 0;
  std::size_t scanned = 0;
  ArrayText damaged;

  bool full(std::size_t size) const { return count == size || scanned == kEntriesScannedMax || items.size() >= kPageBytesMax; }
  void add(ShardId shard, const event::EntryRecord& record) {
    if (count++ > 0) items.push_back(',');
    items.append("{\"position\":\"").append(event::place_text(shard, record.sequence)).append("\",\"recorded_at\":\"");
    items.append(event::format_timestamp(record.recorded_at)).append("\",\"event\":").append(record.entry).append("}");
  }
  void add_damaged(ShardId shard, Sequence first, Sequence last, const std::string& reason) {
    ObjectText out;
    out.member("shard", shard.value()).member("first", first.value()).member("last", last.value()).member("reason", reason);
    damaged.add(out.text());
  }
};

// Reads one shard on from the cursor; true: to its end.
Result<bool> read_shard(const journal::Journal& journal, ShardId shard, const Filter& filter, std::size_t size, Cursor& cursor,
                        Page& page) {
  const auto through = cursor.through.at(shard);
  bool ended = true;
  event::EntryReader reader;
  const auto take = [&](const event::EntryRecord& record) {
    if (page.full(size)) return ended = false;
    ++page.scanned;
    cursor.after.set(shard, record.sequence);
    if (filter.all()) return page.add(shard, record), true;
    if (!filter.may_take(record.entry)) return true;
    const auto entry = reader.read(shard, record.sequence, record.recorded_at, record.identity, record.entry);
    if (!entry) {
      page.add_damaged(shard, record.sequence, record.sequence, entry.error().message);
    } else if (filter.takes(*entry)) {
      page.add(shard, record);
    }
    return true;
  };
  const auto skip = [&](Sequence first, Sequence last, const std::string& reason) {
    page.add_damaged(shard, first, last, reason);
    cursor.after.set(shard, std::min(last, through));
  };
  if (cursor.after.at(shard) < through) DONGBO_TRY(journal.read(cursor.after.at(shard), through, take, skip));
  return ended;
}

}  // namespace

Result<Reply> list_journal(Context& context) {
  const auto& parameters = context.parameters;
  const auto& shards = context.view.shards();
  Cursor cursor{event::Position::parse(parameters.text("after")).value_or(event::Position()), shards.head()};
  if (const auto through = event::Position::parse(parameters.text("through")); parameters.has("through") && through) {
    if (auto why = no_such_shard(*through, shards)) return invalid_parameter("/through", std::move(*why));
    for (const auto shard : context.view.all()) cursor.through.set(shard, std::min(cursor.through.at(shard), through->at(shard)));
  }
  if (!parameters.after().empty()) {
    const auto carried = Cursor::parse(parameters.after());
    if (!carried)
      return invalid_parameter(
          "/page_token",
          "mã trang không thuộc danh sách này; hãy gọi lại không kèm nó / not a token of this list; start again without it");
    cursor = *carried;
  }
  // Who asks after a place that is not here waits for what this hub, put back from a copy, has under that number already.
  if (auto why = not_of_this_hub(cursor.after, shards)) return invalid_parameter("/after", std::move(*why));
  const Filter filter{parts_of(parameters.text("type")), parameters.text("source"), parameters.text("subject"),
                      parameters.text("meeting")};
  auto to_read = context.view.all();
  if (!filter.meeting.empty()) to_read = {context.view.home(filter.meeting)};

  Page page;
  bool ended = true;
  for (const auto shard : to_read) {
    context.view.at(shard);  // for the event time
    DONGBO_ASSIGN(ended, read_shard(shards.at(shard).journal(), shard, filter, parameters.page_size(), cursor, page));
    if (!ended) break;
  }
  context.view.reads_to(cursor.through);
  ObjectText body;
  body.raw("items", "[" + page.items + "]");
  body.member("next_page_token", ended ? std::string() : parameters.page_token(cursor.text()));
  if (page.damaged.size() > 0) body.raw("damaged", page.damaged.text());
  return reply(context, std::move(body));
}

}  // namespace dongbo::query
