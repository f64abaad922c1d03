#include "hub/intake/kafka_out_topics.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

#include "hub/base/log.h"
#include "hub/base/this_thread.h"
#include "hub/intake/kafka_record.h"
#include "hub/intake/redrive.h"

namespace dongbo::intake {
namespace {

using std::chrono::steady_clock;

constexpr auto kStorePeriod = std::chrono::milliseconds(200);
constexpr auto kIdlePause = std::chrono::milliseconds(10);

// The accepted events of a shard as out records.
class ChangesReader {
 public:
  ChangesReader(const shard::Shard& shard, const event::SchemaSet& schemas) : shard_(shard), schemas_(schemas) {}

  std::uint64_t operator()(std::uint64_t after, const std::function<bool(const OutStream::Record&)>& take) {
    const auto head = shard_.journal().head();
    bool stopped = false;
    const auto read = shard_.journal().read(
        Sequence(after), head,
        [&](const event::EntryRecord& entry) {
          const auto place = event::place_text(shard_.id(), entry.sequence);
          const auto key = home_key(entry.entry);
          const OutStream::Record record{entry.sequence.value(),
                                         key,
                                         entry.entry,
                                         {{kContentTypeHeader, kStructuredRecord}, {kPositionHeader, place}},
                                         entry.recorded_at.value()};
          stopped = !take(record);
          return !stopped;
        },
        [&](Sequence first, Sequence last, const std::string& reason) {
          spdlog::error(
              "kafka: phân mảnh {0}: không phát được các số thứ tự {1}..{2} / shard {0}: sequences {1}..{2} cannot be published: "
              "{3}",
              shard_.id().value(), first.value(), last.value(), reason);
        });
    if (!read || stopped) return after;
    return head.value();
  }

 private:
  std::string home_key(std::string_view entry) {
    simdjson::dom::element event;
    std::string_view type;
    simdjson::dom::element data;
    if (parser_.parse(entry.data(), entry.size()).get(event) != simdjson::SUCCESS ||
        event["type"].get(type) != simdjson::SUCCESS || event["data"].get(data) != simdjson::SUCCESS)
      return {};
    const auto* found = schemas_.find(type);
    return found != nullptr ? found->home_key(data) : std::string();
  }

  const shard::Shard& shard_;
  const event::SchemaSet& schemas_;
  simdjson::dom::parser parser_;
};

std::string origin_text(const journal::Origin& origin) {
  if (origin.door == "kafka") return fmt::format("kafka:{}/{}/{}", origin.topic, origin.partition, origin.ordinal);
  if (origin.door == "file") return fmt::format("file:{}:{}", origin.file, origin.ordinal);
  return origin.door;
}

std::string first_fault(const journal::QuarantineEntry& entry) {
  if (entry.faults.empty()) return {};
  const auto& fault = entry.faults.front();
  return fault.pointer.empty() ? fault.detail : fmt::format("{}: {}", fault.pointer, fault.detail);
}

std::uint64_t read_quarantine(const shard::Shard& shard, std::uint64_t after,
                              const std::function<bool(const OutStream::Record&)>& take) {
  const auto head = shard.journal().quarantine_head();
  bool stopped = false;
  const auto read = shard.journal().read_quarantine(QuarantineNumber(after), [&](const journal::NumberedQuarantineEntry& one) {
    const auto& entry = one.entry;
    const auto id = quarantine_id(shard.id(), one.number);
    const auto origin = origin_text(entry.origin);
    const auto detail = first_fault(entry);
    OutStream::Record record{one.number.value(),
                             entry.event_id.empty() ? std::nullopt : std::optional<std::string_view>(entry.event_id),
                             entry.raw,
                             {{kContentTypeHeader, entry.content_type},
                              {kPositionHeader, id},
                              {"dongbo-quarantine", id},
                              {"dongbo-reason", entry.reason},
                              {"dongbo-origin", origin},
                              {"dongbo-detail", detail}},
                             entry.received_at.value()};
    // Binary mode: the attributes stand where they stood, so that the record can be read as it was.
    std::vector<std::string> names;
    names.reserve(64);
    std::string_view rest = entry.attributes;
    const auto line = [&] {
      const auto end = rest.find('\n');
      const auto out = rest.substr(0, end);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      return out;
    };
    while (!rest.empty() && names.size() < names.capacity()) {
      const auto name = line();
      const auto value = line();
      if (name == "datacontenttype") continue;
      record.headers.emplace_back(names.emplace_back("ce_" + std::string(name)), value);
    }
    stopped = !take(record);
    return !stopped;
  });
  if (!read || stopped) return after;
  return head.value();
}

}  // namespace

struct OutTopics::OneShard {
  OneShard(shard::Shard& shard_in, std::filesystem::path directory, const event::SchemaSet& schemas, const KafkaOptions& options,
           KafkaProducer& producer, KafkaProblems& problems)
      : shard(shard_in),
        cursor(std::move(directory)),
        stored(cursor.load()),
        reader(shard, schemas),
        changes(producer, problems, options.topic_changes, stored.changes,
                [this](std::uint64_t after, const auto& take) { return reader(after, take); }),
        quarantine(producer, problems, options.topic_quarantine, stored.quarantine,
                   [this](std::uint64_t after, const auto& take) { return read_quarantine(shard, after, take); }) {}

  OutProgress progress() const { return {changes.delivered(), quarantine.delivered()}; }

  shard::Shard& shard;
  OutCursor cursor;
  OutProgress stored;
  steady_clock::time_point stored_at;
  ChangesReader reader;
  OutStream changes;
  OutStream quarantine;
};

OutTopics::OutTopics(shard::ShardSet& shards, const event::SchemaSet& schemas, const KafkaOptions& options,
                     KafkaProducer& producer, KafkaProblems& problems, const KafkaWatcher& watcher)
    : options_(options), problems_(problems), watcher_(watcher) {
  for (std::uint32_t i = 0; i < shards.size(); ++i)
    shards_.push_back(std::make_unique<OneShard>(shards.at(ShardId(i)), shard::shard_directory(shards.directory(), ShardId(i)),
                                                 schemas, options_, producer, problems));
}

OutTopics::~OutTopics() {
  stop(std::chrono::milliseconds(0));
}

void OutTopics::start() {
  thread_ = std::thread([this] { run(); });
}

void OutTopics::stop(std::chrono::milliseconds patience) {
  if (!thread_.joinable()) return;
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
    stop_by_ = steady_clock::now() + patience;
  }
  stopping_.notify_all();
  thread_.join();
}

void OutTopics::run() {
  name_this_thread("kafka announce");
  while (true) {
    const bool moved = step();
    std::unique_lock lock(mutex_);
    if (stop_ && (caught_up() || !watcher_.connected() || steady_clock::now() >= stop_by_)) break;
    if (!moved) stopping_.wait_for(lock, kIdlePause);
  }
  for (auto& one : shards_) one->stored_at = {};
  store_cursors();
}

bool OutTopics::step() {
  const auto change_partitions = watcher_.partitions(options_.topic_changes);
  const auto quarantine_partitions = watcher_.partitions(options_.topic_quarantine);
  bool moved = false;
  for (auto& one : shards_) {
    const auto number = one->shard.id().value();
    const auto& journal = one->shard.journal();
    if (change_partitions > 0)
      moved |= one->changes.step(journal.head().value(), static_cast<std::int32_t>(number % change_partitions));
    if (quarantine_partitions > 0)
      moved |= one->quarantine.step(journal.quarantine_head().value(), static_cast<std::int32_t>(number % quarantine_partitions));
  }
  store_cursors();
  return moved;
}

bool OutTopics::caught_up() const {
  return std::ranges::all_of(shards_, [](const auto& one) {
    return one->changes.delivered() >= one->shard.journal().head().value() &&
           one->quarantine.delivered() >= one->shard.journal().quarantine_head().value();
  });
}

std::vector<KafkaStatus::Waiting> OutTopics::waiting() const {
  std::vector<KafkaStatus::Waiting> out;
  for (const auto& one : shards_) {
    // Delivered first: what is journaled in between waits.
    const auto progress = one->progress();
    const auto& journal = one->shard.journal();
    const auto shard = one->shard.id().value();
    out.push_back({options_.topic_changes, shard, journal.head().value() - progress.changes});
    out.push_back({options_.topic_quarantine, shard, journal.quarantine_head().value() - progress.quarantine});
  }
  return out;
}

void OutTopics::store_cursors() {
  const auto now = steady_clock::now();
  for (auto& one : shards_) {
    const auto progress = one->progress();
    if (progress == one->stored || now - one->stored_at < kStorePeriod) continue;
    one->stored_at = now;
    if (const auto stored = one->cursor.store(progress); stored) {
      one->stored = progress;
      problems_.end("cursor");
    } else {
      problems_.begin("cursor", stored.error().message);
    }
  }
}

}  // namespace dongbo::intake
