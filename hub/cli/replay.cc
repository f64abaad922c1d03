#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "hub/audit/replay.h"
#include "hub/audit/sandbox.h"
#include "hub/base/log.h"
#include "hub/cli/commands.h"
#include "hub/cli/console.h"
#include "hub/cli/resources.h"
#include "hub/cli/uploader.h"
#include "hub/event/schema_set.h"
#include "hub/event/timestamp.h"

namespace dongbo::cli {
namespace {

struct ReplayOptions {
  std::string data = "dongbo-data";
  std::string type, source, subject, meeting, from, until, after, through;
  std::string out = "-";
  std::string url;
  std::string sandbox;
  unsigned give_up = 300;
  std::uint32_t shards = 0;
  std::string resources;
  bool with_position = false;
  bool json = false;
};

// Where replayed events go.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual Result<void> take(const audit::Replayed& event) = 0;
  // The last words; adds to the figures. True: something was not taken.
  virtual Result<bool> finish(nlohmann::ordered_json& figures) = 0;
};

class LineSink final : public Sink {
 public:
  LineSink(const std::string& file, bool with_position)
      : with_position_(with_position), out_(file == "-" ? stdout : std::fopen(file.c_str(), "wb")), own_(file != "-") {}
  ~LineSink() override {
    if (own_ && out_ != nullptr) std::fclose(out_);
  }
  bool open() const { return out_ != nullptr; }
  Result<void> take(const audit::Replayed& event) override {
    line_.clear();
    if (with_position_) {
      line_ = fmt::format(R"({{"position":"{}:{}","recorded_at":"{}","event":)", event.shard.value(), event.sequence.value(),
                          event::format_timestamp(event.recorded_at));
      line_.append(event.entry).append("}\n");
    } else {
      line_.append(event.entry).append("\n");
    }
    if (std::fwrite(line_.data(), 1, line_.size(), out_) != line_.size())
      return Error::fatal("không ghi được / cannot write the output");
    return {};
  }
  Result<bool> finish(nlohmann::ordered_json&) override {
    if (std::fflush(out_) != 0) return Error::fatal("không ghi được / cannot write the output");
    return false;
  }

 private:
  const bool with_position_;
  std::FILE* out_;
  const bool own_;
  std::string line_;
};

class HubSink final : public Sink {
 public:
  HubSink(const std::string& url, std::chrono::seconds give_up)
      : client_(url), uploader_(client_, {"", give_up, {}, waiting_notice("replay", give_up)}) {}
  Result<void> take(const audit::Replayed& event) override {
    lines_.append(event.entry).append("\n");
    ++count_;
    return lines_.size() < (4u << 20) && count_ < 20'000 ? Result<void>() : send();
  }
  Result<bool> finish(nlohmann::ordered_json& figures) override {
    DONGBO_TRY(send());
    const auto& totals = uploader_.totals();
    figures.update({{"accepted", totals.accepted},
                    {"duplicate", totals.duplicate},
                    {"conflict", totals.conflict},
                    {"invalid", totals.invalid},
                    {"position", totals.position}});
    return !totals.all_taken();
  }

 private:
  Result<void> send() {
    if (count_ == 0) return {};
    DONGBO_TRY(uploader_.send(lines_, sent_ + 1));
    sent_ += count_;
    count_ = 0;
    lines_.clear();
    return {};
  }
  HttpClient client_;
  Uploader uploader_;
  std::string lines_;
  std::uint64_t count_ = 0;
  std::uint64_t sent_ = 0;
};

class SandboxSink final : public Sink {
 public:
  static Result<std::unique_ptr<SandboxSink>> make(const ReplayOptions& options, std::uint32_t shards) {
    DONGBO_ASSIGN(const auto resources, find_resources(options.resources));
    DONGBO_ASSIGN(auto schemas, event::SchemaSet::load(resources.events()));
    std::unique_ptr<SandboxSink> sink(new SandboxSink(std::move(schemas)));
    DONGBO_ASSIGN(sink->sandbox_,
                  audit::Sandbox::make(options.sandbox, options.shards > 0 ? options.shards : shards, sink->schemas_));
    return sink;
  }
  Result<void> take(const audit::Replayed& event) override { return sandbox_->add(event.entry, event.recorded_at); }
  Result<bool> finish(nlohmann::ordered_json& figures) override {
    DONGBO_ASSIGN(const auto made, sandbox_->finish());
    figures.update(
        {{"accepted", made.taken}, {"duplicate", made.duplicates}, {"conflict", made.conflicts}, {"invalid", made.refused}});
    return made.conflicts + made.refused > 0;
  }

 private:
  explicit SandboxSink(event::SchemaSet schemas) : schemas_(std::move(schemas)) {}
  event::SchemaSet schemas_;
  std::unique_ptr<audit::Sandbox> sandbox_;
};

Result<audit::ReplayFilter> filter_of(const ReplayOptions& options) {
  audit::ReplayFilter filter{options.type, options.source, options.subject, options.meeting, {}, {}, {}, {}};
  const auto moment = [](const std::string& text, const char* name, std::optional<Millis>& out) -> Result<void> {
    if (text.empty()) return {};
    out = event::parse_timestamp(event::is_date(text) ? text + "T00:00:00+07:00" : text);
    if (!out)
      return Error::fatal(
          fmt::format("{} '{}' không phải thời điểm / is no moment: 2023-05-30 or 2023-05-30T08:00:00+07:00", name, text));
    return {};
  };
  DONGBO_TRY(moment(options.from, "--from", filter.from));
  DONGBO_TRY(moment(options.until, "--until", filter.until));
  for (const auto& [text, name] : {std::pair(options.after, "--after"), std::pair(options.through, "--through")}) {
    if (text.empty()) continue;
    const auto position = event::Position::parse(text);
    if (!position) return Error::fatal(fmt::format("{} '{}' không phải vị trí / is no position: 0:41,1:7", name, text));
    if (text == options.after && name == std::string_view("--after"))
      filter.after = *position;
    else
      filter.through = *position;
  }
  return filter;
}

Result<std::unique_ptr<Sink>> sink_of(const ReplayOptions& options, std::uint32_t shards) {
  if (!options.url.empty())
    return std::unique_ptr<Sink>(std::make_unique<HubSink>(options.url, std::chrono::seconds(options.give_up)));
  if (!options.sandbox.empty()) {
    DONGBO_ASSIGN(auto sink, SandboxSink::make(options, shards));
    return std::unique_ptr<Sink>(std::move(sink));
  }
  auto sink = std::make_unique<LineSink>(options.out, options.with_position);
  if (!sink->open()) return Error::fatal("không ghi được / cannot write " + options.out);
  return std::unique_ptr<Sink>(std::move(sink));
}

int replay(const ReplayOptions& options) {
  set_up_log(spdlog::level::warn);
  auto filter = filter_of(options);
  if (!filter) return usage("replay", filter.error().message);
  auto replay = audit::Replay::open(options.data, std::move(*filter));
  if (!replay) return fail("replay", replay.error());
  auto sink = sink_of(options, (*replay)->shards());
  if (!sink) return fail("replay", sink.error());
  ProgressBar bar("Phát lại / replaying", (*replay)->total());
  std::optional<Error> failed;
  const auto figures = (*replay)->run(
      [&](const audit::Replayed& event) {
        auto taken = (*sink)->take(event);
        if (!taken) failed = taken.error();
        return taken.has_value();
      },
      [&](ShardId shard, Sequence first, Sequence last, const std::string& why) {
        bar.finish();
        fmt::print(stderr, "dongbo replay: không đọc được / cannot read {}:{}-{}: {}\n", shard.value(), first.value(),
                   last.value(), why);
      },
      [&](std::uint64_t read) { bar.update(read); });
  bar.finish();
  if (!figures) return fail("replay", figures.error());
  if (failed) return fail("replay", *failed);
  nlohmann::ordered_json out{{"read", figures->read}, {"taken", figures->taken}, {"damaged", figures->damaged}};
  const auto refused = (*sink)->finish(out);
  if (!refused) return fail("replay", refused.error());
  const bool to_stdout = options.url.empty() && options.sandbox.empty() && options.out == "-";
  auto* const say = to_stdout ? stderr : stdout;
  if (options.json) {
    fmt::print(say, "{}\n", out.dump());
  } else if (!to_stdout || is_terminal(STDERR_FILENO)) {
    fmt::print(say, "Đã đọc / read {}, phát lại / replayed {}", grouped(figures->read), grouped(figures->taken));
    if (out.contains("accepted"))
      fmt::print(say, ": nhận/accepted {}, trùng/duplicate {}, mâu thuẫn/conflict {}, không hợp lệ/invalid {}",
                 grouped(out["accepted"].get<std::uint64_t>()), grouped(out["duplicate"].get<std::uint64_t>()),
                 grouped(out["conflict"].get<std::uint64_t>()), grouped(out["invalid"].get<std::uint64_t>()));
    fmt::print(say, "\n");
    if (!options.sandbox.empty())
      fmt::print(say, "Hỏi bản này / ask it: dongbo serve --data {} --listen 127.0.0.1:8081\n", options.sandbox);
  }
  return figures->damaged > 0 || *refused ? kFound : kDone;
}

}  // namespace

void add_replay(CLI::App& app, Action& action) {
  auto options = std::make_shared<ReplayOptions>();
  auto* command = app.add_subcommand("replay",
                                     "Phát lại lịch sử: ra tệp, sang hub khác, hay thành một bản riêng để hỏi.\nReplays history: "
                                     "to a file, to another hub, or into a sandbox that answers queries.");
  command
      ->add_option("--data", options->data,
                   "thư mục dữ liệu (hub vẫn có thể đang chạy) / data directory, a hub may be running on it")
      ->check(not_empty)
      ->capture_default_str();
  command->add_option("--type", options->type, "loại, hay phần đầu của nó / type, or its beginning");
  command->add_option("--source", options->source, "nguồn, gồm cả nguồn bên dưới / source, and those below it");
  command->add_option("--subject", options->subject, "chủ thể, gồm cả bên dưới / subject, and those below it");
  command->add_option("--meeting", options->meeting, "hội nghị / meeting");
  command->add_option("--from", options->from, "từ thời điểm xảy ra / event time from (included)");
  command->add_option("--until", options->until, "đến trước thời điểm / event time until (excluded)");
  command->add_option("--after", options->after, "sau vị trí / after this position, 0:41,1:7");
  command->add_option("--through", options->through, "đến hết vị trí / through this position");
  auto* out = command->add_option("--out", options->out, "tệp NDJSON, '-' là đầu ra chuẩn / NDJSON file, '-' is standard output")
                  ->check(not_empty)
                  ->capture_default_str();
  auto* url = command->add_option("--url", options->url, "hub khác / another hub")->check(hub_address);
  command
      ->add_option("--give-up-after", options->give_up, "chờ hub bao nhiêu giây / seconds to wait for a hub that does not answer")
      ->capture_default_str()
      ->needs(url);
  auto* sandbox =
      command->add_option("--sandbox", options->sandbox, "thư mục dữ liệu mới / a new data directory")->check(not_empty);
  url->excludes(sandbox)->excludes(out);
  sandbox->excludes(out);
  command->add_option("--shards", options->shards, "số phân mảnh của bản mới / shards of the new directory (as here)")
      ->check(CLI::Range(1, 1024))
      ->needs(sandbox);
  command->add_option("--resources", options->resources, "thư mục có schemas/ / directory that holds schemas/");
  command->add_flag("--with-position", options->with_position,
                    "mỗi dòng kèm vị trí và lúc ghi / each line with position and when it was recorded");
  command->add_flag("--json", options->json, "số liệu cuối dạng JSON / the figures at the end as JSON");
  command->footer(
      "Ví dụ / example:\n  dongbo replay --data dongbo-data --meeting QNA-2023-05-30 --type vn.dongbo.attendance. > "
      "check-ins.ndjson\n"
      "  dongbo replay --data dongbo-data --until 2023-05-30T09:00:00+07:00 --sandbox nine-o-clock && dongbo serve --data "
      "nine-o-clock\nMã/exit 3: có chỗ hỏng hay không được nhận / something was damaged or not taken.");
  command->callback([options, &action] { action = [options] { return replay(*options); }; });
}

}  // namespace dongbo::cli
