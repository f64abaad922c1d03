#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "hub/cli/commands.h"
#include "hub/cli/console.h"
#include "hub/cli/uploader.h"

namespace dongbo::cli {
namespace {

constexpr std::size_t kChunkBytes = 4u << 20;
constexpr std::size_t kChunkLines = 20'000;
constexpr std::size_t kLineBytes = 2u << 20;

struct PublishOptions {
  std::string file;
  std::string url = "http://127.0.0.1:8080";
  std::string origin;
  unsigned give_up = 300;
  bool json = false;
};

void report(const PublishOptions& options, const UploadTotals& totals) {
  if (options.json) {
    auto not_taken = nlohmann::ordered_json::array();
    for (const auto& each : totals.not_taken)
      not_taken.push_back({{"line", each.line}, {"outcome", each.outcome}, {"id", each.id}, {"why", each.why}});
    fmt::print("{}\n", nlohmann::ordered_json{{"accepted", totals.accepted},
                                              {"duplicate", totals.duplicate},
                                              {"conflict", totals.conflict},
                                              {"invalid", totals.invalid},
                                              {"sent_again", totals.sent_again},
                                              {"position", totals.position},
                                              {"not_taken", not_taken}}
                           .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return;
  }
  fmt::print("Đã nhận / accepted: {}  đã có / duplicate: {}  mâu thuẫn / conflict: {}  không hợp lệ / invalid: {}\n",
             grouped(totals.accepted), grouped(totals.duplicate), grouped(totals.conflict), grouped(totals.invalid));
  for (const auto& each : totals.not_taken)
    fmt::print("  {}:{}: {} {} {}\n", options.file, each.line, each.outcome, each.id, each.why);
  const auto left = totals.conflict + totals.invalid - totals.not_taken.size();
  if (left > 0) fmt::print("  … và / and {} nữa / more: dongbo quarantine list --url {}\n", grouped(left), options.url);
}

// A line of any length, of which no more than kLineBytes are kept: enough for the hub to refuse it for its length.
bool read_line(std::istream& in, std::string& line) {
  line.clear();
  char piece[64 << 10];
  while (in.getline(piece, sizeof piece) || in.gcount() > 0) {
    const bool cut = in.fail() && !in.eof();  // the piece is full, and the line goes on
    const bool whole = !cut && !in.eof();     // its end was read, and counted
    if (cut) in.clear();
    if (line.size() < kLineBytes) line.append(piece, static_cast<std::size_t>(in.gcount()) - (whole ? 1 : 0));
    if (!cut) return true;
  }
  return !line.empty();
}

// Reads whole lines until a chunk is full; false at the end of the input.
bool read_chunk(std::istream& in, std::string& chunk, std::uint64_t& lines) {
  chunk.clear();
  lines = 0;
  std::string line;
  while (chunk.size() < kChunkBytes && lines < kChunkLines && read_line(in, line)) {
    chunk += line;
    chunk += '\n';
    ++lines;
  }
  return lines > 0;
}

int publish(PublishOptions options) {
  std::ios::sync_with_stdio(false);  // a large pipe is read in large pieces
  std::ifstream file;
  std::uint64_t size = 0;
  const bool piped = options.file == "-";
  if (!piped) {
    std::error_code unknown;
    size = std::filesystem::file_size(options.file, unknown);
    if (unknown) size = 0;
    file.open(options.file, std::ios::binary);
    if (!file) return fail("publish", Error::fatal("không đọc được / cannot read " + options.file));
  }
  auto& in = piped ? std::cin : file;
  if (!piped && file.peek() == 0x1f)  // RFC 1952
    return usage("publish",
                 fmt::format("{0} là tệp nén gzip, hãy giải nén / is compressed: zcat {0} | dongbo publish -", options.file));
  if (options.origin.empty()) options.origin = piped ? "stdin" : std::filesystem::path(options.file).filename().string();

  HttpClient client(options.url);
  ProgressBar bar("Gửi / sending");
  const std::chrono::seconds give_up(options.give_up);
  Uploader uploader(client, {"file:" + options.origin, give_up, {}, waiting_notice("publish", give_up)});
  std::string chunk;
  std::uint64_t next_line = 1, lines = 0, bytes = 0;
  while (read_chunk(in, chunk, lines)) {
    const auto sent = uploader.send(chunk, next_line);
    if (!sent) {
      bar.finish();
      report(options, uploader.totals());
      fmt::print(stderr,
                 "dongbo publish: dừng ở dòng / stopped at line {}; gửi lại cả tệp là vô hại / sending the whole file again is "
                 "harmless\n",
                 next_line);
      return fail("publish", sent.error());
    }
    next_line += lines;
    bytes += chunk.size();
    bar.update(size > 0 ? bytes : next_line - 1, size);
  }
  bar.finish();
  if (in.bad()) return fail("publish", Error::fatal("lỗi khi đọc / reading failed: " + options.file));
  report(options, uploader.totals());
  return uploader.totals().all_taken() ? kDone : kFound;
}

}  // namespace

void add_publish(CLI::App& app, Action& action) {
  auto options = std::make_shared<PublishOptions>();
  auto* command =
      app.add_subcommand("publish", "Gửi sự kiện từ tệp NDJSON tới một hub.\nSends events from an NDJSON file to a hub.");
  command->add_option("file", options->file, "tệp NDJSON, '-' là đầu vào chuẩn / NDJSON file, '-' is standard input")
      ->required()
      ->check(not_empty);
  command->add_option("--url", options->url, "địa chỉ hub / the hub")->check(hub_address)->capture_default_str();
  command->add_option("--origin", options->origin, "tên ghi ở khu cách ly / name kept with what is refused (the file's name)");
  command
      ->add_option("--give-up-after", options->give_up, "chờ hub bao nhiêu giây / seconds to wait for a hub that does not answer")
      ->capture_default_str();
  command->add_flag("--json", options->json, "kết quả dạng JSON / the result as JSON");
  command->footer(
      "Ví dụ / example:\n  dongbo publish schemas/samples/events.ndjson\n  zcat check-ins.ndjson.gz | dongbo publish - --url "
      "http://127.0.0.1:8080\n"
      "Gửi lại là vô hại: sự kiện đã có được bỏ qua. / Sending again is harmless: what is there is passed over. Mã/exit 3: có "
      "dòng không được nhận / some were not taken.");
  command->callback([options, &action] { action = [options] { return publish(*options); }; });
}

}  // namespace dongbo::cli
