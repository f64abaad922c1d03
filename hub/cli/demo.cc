#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "hub/base/in_both.h"
#include "hub/base/log.h"
#include "hub/cli/commands.h"
#include "hub/cli/console.h"
#include "hub/cli/demo_directory.h"
#include "hub/cli/demo_facts.h"
#include "hub/cli/demo_player.h"
#include "hub/cli/demo_script.h"
#include "hub/cli/demo_summary.h"
#include "hub/cli/hub_process.h"
#include "hub/cli/signals.h"
#include "hub/event/timestamp.h"

namespace dongbo::cli {
namespace {

namespace fs = std::filesystem;

struct DemoOptions {
  double speed = 31;  // 06:30 to 11:40 in ten minutes
  std::uint64_t seed = kDemoSeed;
  std::string data;
  std::string listen = "127.0.0.1:8080";
  std::string resources;
  std::string events_file;
  std::string log_level = "warn";
  std::uint32_t shards = 0;
  bool once = false;
  bool json = false;
};

// A directory that goes when the demo goes.
class TemporaryDirectory {
 public:
  static Result<TemporaryDirectory> make() {
    std::error_code failed;
    auto pattern = (fs::temp_directory_path(failed) / "dongbo-demo-XXXXXX").string();
    if (failed || mkdtemp(pattern.data()) == nullptr)
      return Error::fatal(
          in_both("không tạo được thư mục tạm; hãy cho --data DIR", "cannot make a temporary directory; give --data DIR"));
    return TemporaryDirectory(pattern);
  }
  TemporaryDirectory(TemporaryDirectory&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ~TemporaryDirectory() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  explicit TemporaryDirectory(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

// Facts and script as one list in the order they are sent, and where the day begins in it.
struct Programme {
  std::vector<DemoEvent> events;
  std::size_t day = 0;
  Millis begins;
  Millis ends;
};

Result<Programme> make_programme(const DemoOptions& options) {
  DONGBO_ASSIGN(const auto resources, find_resources(options.resources));
  DONGBO_ASSIGN(auto facts, load_demo_facts(resources.catalogues()));
  auto script = write_demo_script(facts, options.seed);
  Programme programme{std::move(facts.events), 0, script.day_begins, script.day_ends};
  programme.events.insert(programme.events.end(), std::make_move_iterator(script.events.begin()),
                          std::make_move_iterator(script.events.end()));
  std::stable_sort(programme.events.begin(), programme.events.end(),
                   [](const auto& a, const auto& b) { return a.sent < b.sent; });
  const auto day = std::find_if(programme.events.begin(), programme.events.end(),
                                [&](const auto& event) { return event.sent >= script.day_begins; });
  programme.day = static_cast<std::size_t>(day - programme.events.begin());
  return programme;
}

int write_events(const Programme& programme, const std::string& file) {
  std::ofstream out;
  if (file != "-") out.open(file, std::ios::binary | std::ios::trunc);
  for (const auto& event : programme.events) {
    const auto line = event.json() + "\n";
    if (file == "-") {
      std::fwrite(line.data(), 1, line.size(), stdout);
    } else {
      out << line;
    }
  }
  out.flush();
  if (file != "-" && !out) return fail("demo", Error::fatal("không ghi được / cannot write " + file));
  return kDone;
}

class Demo {
 public:
  Demo(const DemoOptions& options, const Programme& programme, Signals& signals, const std::string& url)
      : options_(options), programme_(programme), signals_(signals), client_(url), player_(client_, [this] {
          return stop_asked();
        }) {}

  int run() {
    const auto all = std::span<const DemoEvent>(programme_.events);
    const auto before = all.first(programme_.day);
    const auto day = all.subspan(programme_.day);
    if (auto sent = player_.rush(before); !sent) return fail("demo", sent.error());
    if (!options_.once) {
      say("Đã nạp số liệu thật và phần chuẩn bị ({} sự kiện). / The real facts and the preparations are in ({} events).\n",
          grouped(before.size()), grouped(before.size()));
      if (player_.totals().duplicate > 0)
        say("Thư mục này đã có {} sự kiện ấy: gửi lại là vô hại. / {} of them were here already: sending them again is "
            "harmless.\n",
            grouped(player_.totals().duplicate), grouped(player_.totals().duplicate));
    }
    const bool over = !options_.once && player_.totals().accepted == 0 && closed();
    if (over)
      say("Hội nghị đã được phát hết lần trước; chỉ phục vụ lại. / It was played to its end the last time; it is only served "
          "again.\n");
    const auto played = options_.once || over ? player_.rush(day) : watch(day);
    if (!played) return fail("demo", played.error());
    if (stop_asked()) return kDone;
    return summarise();
  }

 private:
  template <class... Args>
  void say(fmt::format_string<Args...> text, Args&&... args) {
    fmt::print(options_.json ? stderr : stdout, text, std::forward<Args>(args)...);
    std::fflush(options_.json ? stderr : stdout);
  }

  // Has the meeting been played to its end in this directory already?
  bool closed() {
    const auto answer = client_.get(std::string("/v1/meetings/") + kDemoMeeting);
    if (!answer || !answer->good()) return false;
    const auto body = nlohmann::json::parse(answer->body, nullptr, false);
    return body.is_object() && body.value("state", "") == "closed";
  }

  bool stop_asked() {
    stopped_ = stopped_ || signals_.wait_for(std::chrono::milliseconds(0));
    return stopped_;
  }

  Result<void> watch(std::span<const DemoEvent> day) {
    say("Ngày hội nghị bắt đầu, nhanh gấp {} lần (Ctrl-C để dừng). / The conference day begins, {} times as fast (Ctrl-C "
        "stops).\n",
        options_.speed, options_.speed);
    const auto length = static_cast<std::uint64_t>(programme_.ends.value() - programme_.begins.value()) / 1000;
    ProgressBar bar("Hội nghị / conference", length);
    std::int64_t told = 0;
    const auto tick = [&](Millis now) {
      bar.update(static_cast<std::uint64_t>(now.value() - programme_.begins.value()) / 1000);
      const auto half_hour = now.value() / 1'800'000;
      if (half_hour != told && !is_terminal(STDERR_FILENO)) say("  {}\n", event::format_minute(now));
      told = half_hour;
    };
    DONGBO_ASSIGN(const auto finished, player_.play(day, programme_.begins, programme_.ends, options_.speed, tick));
    bar.finish();
    ignore(Result<void>(), finished ? "played to the end" : "stopped by the user");
    return {};
  }

  int summarise() {
    const auto& totals = player_.totals();
    const auto attendance = ask_attendance(client_, kDemoMeeting, totals.position);
    if (!attendance) return fail("demo", attendance.error());
    if (options_.json) {
      fmt::print("{}\n", nlohmann::ordered_json{{"sent", totals.events()},
                                                {"accepted", totals.accepted},
                                                {"duplicate", totals.duplicate},
                                                {"conflict", totals.conflict},
                                                {"invalid", totals.invalid},
                                                {"attendance", *attendance}}
                             .dump());
    } else {
      const auto table = attendance_table(client_, kDemoMeeting, *attendance);
      if (!table) return fail("demo", table.error());
      fmt::print(
          "\n{}\nĐã gửi / sent {} sự kiện/events: nhận/accepted {}, trùng/duplicate {}, mâu thuẫn/conflict {} (cố ý / on "
          "purpose), không hợp lệ/invalid {}\n",
          *table, grouped(totals.events()), grouped(totals.accepted), grouped(totals.duplicate), grouped(totals.conflict),
          grouped(totals.invalid));
    }
    std::fflush(stdout);
    if (totals.invalid == 0) return kDone;
    for (const auto& each : totals.not_taken) fmt::print(stderr, "  {} {}: {}\n", each.outcome, each.id, each.why);
    return kFound;
  }

  const DemoOptions& options_;
  const Programme& programme_;
  Signals& signals_;
  HttpClient client_;
  DemoPlayer player_;
  bool stopped_ = false;

 public:
  bool stopped() const { return stopped_; }
};

int demo(const DemoOptions& options) {
  const auto listen = parse_listen(options.listen);
  if (!listen) return usage("demo", listen.error().message);
  if (!is_loopback(listen->host))
    return usage("demo", in_both(fmt::format("demo chỉ nghe trên máy này, không nghe ở {}", options.listen),
                                 fmt::format("a demo listens on this machine only, not on {}", options.listen)));
  set_up_log(spdlog::level::from_str(options.log_level == "warn" ? "warning" : options.log_level));
  const auto programme = make_programme(options);
  if (!programme) return fail("demo", programme.error());
  if (!options.events_file.empty()) return write_events(*programme, options.events_file);

  Signals signals;
  std::optional<TemporaryDirectory> temporary;
  ServeSettings settings;
  settings.listen = options.listen;
  settings.resources = options.resources;
  settings.shards = options.shards;
  settings.data = options.data;
  if (options.data.empty()) {
    auto made = TemporaryDirectory::make();
    if (!made) return fail("demo", made.error());
    temporary.emplace(std::move(*made));
    settings.data = temporary->path();
  } else if (auto refused = refuse_events_of_others(settings.data, programme->events); !refused) {
    return fail("demo", refused.error());
  }
  auto hub = HubProcess::start(settings);
  if (!hub) return fail("demo", hub.error());
  const auto url = (*hub)->url();
  if (!options.once)
    fmt::print(
        "Dongbo: hội nghị MÔ PHỎNG trên số liệu thật / a SIMULATED conference on real figures\n  Xem tại / watch it at  {}/\n  "
        "Dữ liệu / data  {}{}\n",
        url, settings.data.string(),
        temporary ? "  (tạm, sẽ xóa khi dừng; --data DIR để giữ / temporary, removed at the end; --data DIR keeps it)" : "");
  std::fflush(stdout);
  Demo play(options, *programme, signals, url);
  const auto code = play.run();
  if (!options.once && code == kDone && !play.stopped()) {
    fmt::print("\nHội nghị đã bế mạc; trang vẫn phục vụ tại {}/ cho đến khi Ctrl-C. / It is over; {}/ stays up until Ctrl-C.\n",
               url, url);
    std::fflush(stdout);
    signals.wait();
  }
  if (const auto stopped = (*hub)->stop(); !stopped) return fail("demo", stopped.error());
  hub->reset();
  return code;
}

}  // namespace

void add_demo(CLI::App& app, Action& action) {
  auto options = std::make_shared<DemoOptions>();
  auto* command = app.add_subcommand("demo",
                                     "Phát lại một ngày hội nghị mô phỏng trên số liệu thật của Quảng Nam.\nPlays a simulated "
                                     "conference day on the real figures of Quảng Nam.");
  command->add_option("--speed", options->speed, "giây hội nghị mỗi giây xem / seconds of conference in a second of watching")
      ->check(CLI::Range(0.1, 100000.0))
      ->capture_default_str();
  command->add_flag("--once", options->once,
                    "chạy hết thật nhanh, in số liệu rồi thoát / as fast as it can, prints the figures, ends");
  command
      ->add_option("--data", options->data,
                   "thư mục dữ liệu (không có: thư mục tạm, xóa khi dừng) / data directory (temporary, removed at the end)")
      ->check(not_empty);
  command->add_option("--listen", options->listen, "địa chỉ nghe / HOST:PORT")->capture_default_str();
  command->add_option("--shards", options->shards, "số phân mảnh / shards of a new directory (4)")->check(CLI::Range(1, 1024));
  command->add_option("--seed", options->seed, "hạt giống: cùng số, cùng ngày / same number, same day")->capture_default_str();
  command
      ->add_option("--events", options->events_file,
                   "chỉ ghi các sự kiện ra tệp, '-' là đầu ra chuẩn / only writes the events, one a line")
      ->check(not_empty);
  command->add_option("--resources", options->resources, "thư mục có schemas/ / directory that holds schemas/");
  command->add_option("--log-level", options->log_level, "mức ghi log / trace, debug, info, warn, error, off")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  command->add_flag("--json", options->json, "số liệu cuối ở dạng JSON / the figures at the end as JSON");
  command->footer(
      "Ví dụ / example:\n  dongbo demo                      # rồi mở / then open http://127.0.0.1:8080/\n  dongbo demo --once\n  "
      "dongbo demo --speed 120 --data ./dongbo-demo-data\n"
      "Mọi đại biểu, ý kiến và nhiệm vụ là mô phỏng; đơn vị, chỉ số và kế hoạch là thật. / All delegates, questions and tasks "
      "are simulated; units, index figures and the plan are real.");
  command->callback([options, &action] { action = [options] { return demo(*options); }; });
}

}  // namespace dongbo::cli
