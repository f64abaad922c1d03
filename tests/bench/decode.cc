// What an event costs before it reaches a shard, and what a fold pays to read it back, on one core.
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <benchmark/benchmark.h>

#include "hub/event/codec.h"
#include "hub/event/entry_view.h"
#include "hub/event/timestamp.h"

namespace {

using namespace dongbo;
using namespace dongbo::event;

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

void decode(benchmark::State& state) {
  const auto events = check_ins(state.range(0) != 0);
  Codec codec(schemas());
  std::size_t next = 0;
  for (auto _ : state) {
    auto decoded = codec.decode(events[next++ % events.size()]);
    if (!std::holds_alternative<PreparedEvent>(decoded)) state.SkipWithError("refused");
    benchmark::DoNotOptimize(decoded);
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(events[0].size()));
}
BENCHMARK(decode)->Arg(0)->Arg(1);

void read_entry(benchmark::State& state) {
  Codec codec(schemas());
  std::vector<PreparedEvent> entries;
  for (const auto& event : check_ins(false)) entries.push_back(std::get<PreparedEvent>(codec.decode(event)));
  EntryReader reader;
  std::size_t next = 0;
  for (auto _ : state) {
    const auto& entry = entries[next++ % entries.size()];
    const auto view = reader.read(ShardId(0), Sequence(1), Millis(0), entry.identity, entry.entry);
    if (!view) state.SkipWithError("unreadable");
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
}
