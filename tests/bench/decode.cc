// What an event costs before it reaches a shard, and what a fold pays to read it back, on one core.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include "hub/event/codec.h"
#include "hub/event/entry_view.h"
#include "hub/event/json_parser.h"
#include "hub/event/timestamp.h"

namespace {

using namespace dongbo;
using namespace dongbo::event;

bool wrong = false;
void skip(benchmark::State& state, const char* why) {
  wrong = true;
  state.SkipWithError(why);
}

const SchemaSet& schemas() {
  static const auto set = SchemaSet::load(DONGBO_SOURCE_DIR "/schemas/events");
  if (!set) {
    std::fprintf(stderr, "%s\n", set.error().message.c_str());
    std::exit(1);
  }
  return *set;
}

// Check-ins of about 400 bytes, each with an identity of its own.
std::vector<std::string> check_ins(bool traced) {
  std::vector<std::string> out;
  for (int i = 0; i < 4096; ++i) {
    const std::string number = std::to_string(1'000'000 + i);
    out.push_back(R"({"specversion":"1.0","id":"0000002a-)" + number +
                  R"(","source":"/simulated/districts/502/checkin","type":"vn.dongbo.attendance.checked_in.v1",)"
                  R"("subject":"meetings/QNA-2023-05-30/delegates/)" +
                  number + R"(","time":"2023-05-30T07:41:09+07:00","datacontenttype":"application/json",)" +
                  (traced ? R"("traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",)" : "") +
                  R"("recordedtime":"2023-05-30T07:41:10+07:00","sequence":"000)" + number +
                  R"(","data":{"meeting":"QNA-2023-05-30","point":"dc-502","unit":"20335","composition":"chu_tich_ubnd_xa",)"
                  R"("delegate":")" +
                  number + R"(","method":"qr"}})");
  }
  return out;
}

// The event of schemas/samples whose type has the largest schema.
std::string sample_of_largest_schema() {
  std::ifstream file(DONGBO_SOURCE_DIR "/schemas/samples/events.ndjson");
  std::string largest, line;
  std::size_t size = 0;
  while (std::getline(file, line)) {
    const auto* type = schemas().find(nlohmann::json::parse(line).at("type").get<std::string>());
    if (type == nullptr || type->schema().dump().size() <= size) continue;
    size = type->schema().dump().size();
    largest = line;
  }
  return largest;
}

// The check against the compiled schema, the reading of the JSON included.
void validate(benchmark::State& state, const std::vector<std::string>& events) {
  JsonParser parser;
  std::size_t next = 0, bytes = 0;
  std::vector<Fault> faults;
  std::string home_key;
  for (auto _ : state) {
    const auto& text = events[next++ % events.size()];
    bytes += text.size();
    simdjson::dom::element event, data;
    std::string_view type;
    const bool read = parser.parse(text, event) == simdjson::SUCCESS && event["type"].get(type) == simdjson::SUCCESS &&
                      event["data"].get(data) == simdjson::SUCCESS;
    const auto* known = read ? schemas().find(type) : nullptr;
    home_key.clear();
    if (known != nullptr) known->validate(data, faults, home_key);
    if (known == nullptr || !faults.empty() || home_key.empty()) skip(state, "refused");
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

// All that is done to an event before a shard gets it: reading, both checks, the canonical form and its digests.
void decode(benchmark::State& state, const std::vector<std::string>& events) {
  Codec codec(schemas());
  std::size_t next = 0, bytes = 0;
  for (auto _ : state) {
    const auto& text = events[next++ % events.size()];
    bytes += text.size();
    auto decoded = codec.decode(text);
    if (!std::holds_alternative<PreparedEvent>(decoded)) skip(state, "refused");
    benchmark::DoNotOptimize(decoded);
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

BENCHMARK_CAPTURE(validate, check_in, check_ins(false));
BENCHMARK_CAPTURE(validate, largest_schema, {sample_of_largest_schema()});
BENCHMARK_CAPTURE(decode, check_in, check_ins(false));
BENCHMARK_CAPTURE(decode, check_in_traced, check_ins(true));
BENCHMARK_CAPTURE(decode, largest_schema, {sample_of_largest_schema()});

void read_entry(benchmark::State& state) {
  Codec codec(schemas());
  std::vector<PreparedEvent> entries;
  for (const auto& event : check_ins(false)) entries.push_back(std::get<PreparedEvent>(codec.decode(event)));
  EntryReader reader;
  std::size_t next = 0;
  for (auto _ : state) {
    const auto& entry = entries[next++ % entries.size()];
    const auto view = reader.read(ShardId(0), Sequence(1), Millis(0), entry.identity, entry.entry);
    if (!view) skip(state, "unreadable");
    auto delegate = view->data.text("delegate");
    benchmark::DoNotOptimize(delegate);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_entry);

void digest(benchmark::State& state) {
  const std::string bytes(static_cast<std::size_t>(state.range(0)), 'x');
  for (auto _ : state) benchmark::DoNotOptimize(digest_of(bytes));
}
BENCHMARK(digest)->Arg(50)->Arg(400);

void timestamp(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(parse_timestamp("2023-05-30T07:41:09+07:00"));
}
BENCHMARK(timestamp);

}  // namespace

int main(int argc, char** argv) {
  std::printf("json kernel: %s\n", std::string(json_kernel()).c_str());
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return wrong ? 1 : 0;
}
