#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <system_error>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "hub/base/log.h"
#include "hub/cli/commands.h"
#include "hub/cli/console.h"
#include "hub/cli/http_client.h"
#include "hub/cli/report_source.h"
#include "hub/event/position.h"
#include "hub/event/timestamp.h"
#include "hub/report/compare.h"
#include "hub/report/read_office.h"
#include "hub/report/render.h"
#include "hub/report/seal.h"

namespace dongbo::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using report::Document;
using report::Format;

struct ReportOptions {
  std::string meeting;
  std::string data = "dongbo-data";
  std::string url;
  std::string formats = "docx";
  std::string out = ".";
  std::string kind;
  std::string issuer;
  bool with_names = false;
  std::string as_of;
  std::string supplement_to;
  std::string check;
  std::string resources;
  bool json = false;
};

Result<std::vector<Format>> formats_of(const std::string& text) {
  const std::vector<Format> all{Format::kHtml, Format::kDocx, Format::kPdf, Format::kXlsx, Format::kMd, Format::kJson};
  if (text == "all") return all;
  std::vector<Format> out;
  std::istringstream names(text);
  for (std::string name; std::getline(names, name, ',');) {
    const auto format = report::format_of(name);
    if (!format)
      return Error::poison(fmt::format("--format '{}' không có / is unknown: html, docx, pdf, xlsx, md, json, all", name));
    if (std::find(out.begin(), out.end(), *format) == out.end()) out.push_back(*format);
  }
  if (out.empty()) return Error::poison("--format trống / is empty: html, docx, pdf, xlsx, md, json, all");
  return out;
}

Result<std::string> read_file(const std::string& file) {
  std::error_code failed;
  const auto size = fs::file_size(file, failed);
  if (failed) return Error::fatal(fmt::format("không đọc được / cannot read {}: {}", file, failed.message()));
  if (size > report::kDocumentBytesMax)
    return Error::fatal(fmt::format("{}: {} byte là quá lớn / bytes are too many for a report", file, size));
  std::ifstream in(file, std::ios::binary);
  std::string bytes(size, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!in) return Error::fatal("không đọc được / cannot read " + file);
  return bytes;
}

// An earlier paper: as JSON it is the document itself; a DOCX or XLSX names the document it was made from, and a DOCX shows
// what people have made of its figures since.
struct Earlier {
  report::Frozen frozen;
  std::optional<Document> document;
  std::map<std::string, std::string> shown;
};

Result<Earlier> read_earlier(const std::string& file) {
  DONGBO_ASSIGN(const auto bytes, read_file(file));
  if (bytes.starts_with("PK")) {
    auto office = report::read_office(bytes);
    if (!office) return Error::fatal(file + ": " + office.error().message);
    return Earlier{std::move(office->frozen), std::nullopt, std::move(office->figures)};
  }
  auto document = report::read_json(bytes);
  if (!document)
    return Error::fatal(
        fmt::format("{}: cần tệp .json, .docx hay .xlsx do lệnh này lập / a .json, .docx or .xlsx that this command "
                    "made is needed: {}",
                    file, document.error().message));
  auto frozen = document->frozen;
  return Earlier{std::move(frozen), std::move(*document), {}};
}

// A file appears whole or not at all.
Result<void> write_file(const fs::path& file, const std::string& bytes) {
  auto part = file;
  part += ".part";
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code failed;
  if (out) fs::rename(part, file, failed);
  if (out && !failed) return {};
  std::error_code ignored;
  fs::remove(part, ignored);
  return Error::fatal("không ghi được / cannot write " + file.string());
}

// "QNA-2023-05-30-bao-cao": letters of other alphabets, slashes and blanks of a meeting's name become '_'.
std::string stem_of(const Document& document) {
  auto out = document.frozen.meeting + "-" + document.frozen.kind;
  for (auto& c : out)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '.' && c != '_') c = '_';
  if (out.starts_with('.')) out.front() = '_';
  return out.substr(0, 200) + (document.frozen.supplement_to.empty() ? "" : "-bo-sung");
}

Result<std::vector<std::string>> write_all(const Document& document, const std::vector<Format>& formats, const fs::path& out) {
  std::error_code failed;
  fs::create_directories(out, failed);
  if (failed) return Error::fatal(fmt::format("không tạo được / cannot make {}: {}", out.string(), failed.message()));
  std::vector<std::string> files;
  const auto write = [&](std::string_view extension, const std::string& bytes) -> Result<void> {
    const auto file = out / fmt::format("{}.{}", stem_of(document), extension);
    DONGBO_TRY(write_file(file, bytes));
    files.push_back(file.string());
    return {};
  };
  for (const auto format : formats) {
    DONGBO_ASSIGN(const auto bytes, report::render(document, format));
    DONGBO_TRY(write(report::extension_of(format), bytes));
    // The metadata that Nghị định 30/2020/NĐ-CP asks for stand beside the paper.
    if (format == Format::kPdf) DONGBO_TRY(write("xml", report::render_metadata(document)));
  }
  return files;
}

Json json_of(const std::vector<report::Difference>& differences) {
  Json out = Json::array();
  for (const auto& each : differences)
    out.push_back({{"figure", each.figure},
                   {"label", each.label},
                   {"was", each.was ? Json(*each.was) : Json(nullptr)},
                   {"is", each.is ? Json(*each.is) : Json(nullptr)}});
  return out;
}

Json json_of(const Document& document) {
  return {{"meeting", document.frozen.meeting}, {"kind", document.frozen.kind},     {"position", document.frozen.position},
          {"as_of", document.frozen.as_of},     {"sha256", document.frozen.sha256}, {"simulated", document.simulated}};
}

void print(const std::vector<report::Difference>& differences) {
  TextTable table({"số liệu/figure", "trước/was", "nay/is"});
  for (const auto& each : differences) table.row({each.label, each.was.value_or("-"), each.is.value_or("-")});
  fmt::print("{}", table.text());
}

Result<std::unique_ptr<ReportSource>> source_of(const ReportOptions& options) {
  if (!options.url.empty()) return ReportSource::of_hub(options.url, options.as_of);
  return ReportSource::of_directory(options.data, options.as_of, options.resources);
}

// Figures that stand otherwise in the file than in the document it was made from.
std::vector<report::Difference> edited(const Earlier& paper, const Document& before) {
  std::vector<report::Difference> out;
  for (const auto& figure : before.figures)
    if (const auto shown = paper.shown.find(figure.id); shown != paper.shown.end() && shown->second != figure.text)
      out.push_back({figure.id, figure.label, figure.text, shown->second, ""});
  return out;
}

int check(const ReportOptions& options, const Earlier& paper, const Document& now) {
  const auto& before = *paper.document;
  const bool sealed = report::is_sealed(before);
  const auto differences = report::compare(before, now);
  const auto by_hand = edited(paper, before);
  if (options.json) {
    auto out = json_of(now);
    out["sealed"] = sealed;
    out["same_document"] = before.frozen.sha256 == now.frozen.sha256;
    out["differences"] = json_of(differences);
    out["edited"] = json_of(by_hand);
    fmt::print("{}\n", out.dump(-1, ' ', false, Json::error_handler_t::replace));
  } else {
    if (!sealed)
      fmt::print(
          "Mã băm không khớp: tệp đã bị sửa sau khi lập. / The digest does not hold: the file was changed after it was made.\n");
    if (!by_hand.empty()) {
      fmt::print("Số liệu trong tệp đã bị sửa tay / figures in the file were changed by hand:\n");
      print(by_hand);
    }
    if (differences.empty()) {
      fmt::print("Mọi số liệu không đổi. / No figure has changed. ({} → {})\n", before.frozen.position, now.frozen.position);
    } else {
      print(differences);
      fmt::print(
          "{} số liệu đã đổi, từ vị trí {} đến {}. / {} figures have changed. Lập bổ sung / make a supplement: --supplement-to "
          "{}\n",
          grouped(differences.size()), before.frozen.position, now.frozen.position, grouped(differences.size()), options.check);
    }
  }
  return sealed && differences.empty() && by_hand.empty() ? kDone : kFound;
}

// The paper that another one supplements or that is checked: it says which kind is to be made.
Result<std::optional<Earlier>> earlier(ReportOptions& options) {
  const auto& file = options.check.empty() ? options.supplement_to : options.check;
  if (file.empty()) return std::optional<Earlier>();
  DONGBO_ASSIGN(auto paper, read_earlier(file));
  if (paper.frozen.meeting != options.meeting)
    return Error::poison(fmt::format("{} là báo cáo của hội nghị / is a report of the meeting '{}', không phải / not '{}'", file,
                                     paper.frozen.meeting, options.meeting));
  if (options.kind.empty()) options.kind = paper.frozen.kind;
  if (options.kind != paper.frozen.kind)
    return Error::poison(
        fmt::format("{} là loại / is of the kind '{}', không phải / not '{}'", file, paper.frozen.kind, options.kind));
  return std::optional(std::move(paper));
}

// The document that an office file was made from, made again at its position: it is the one whose digest the file bears.
Result<void> make_again(Earlier& paper, ReportSource& source, report::ReportRequest request) {
  if (paper.document) return {};
  for (const bool with_names : {false, true}) {
    request.with_names = with_names;
    auto made = source.make_at(request, paper.frozen.position);
    if (!made && with_names) break;  // a hub that gives no names
    if (!made) return made.error();
    if (made->frozen.sha256 != paper.frozen.sha256) continue;
    paper.frozen.with_names = with_names;
    paper.document = std::move(*made);
    return {};
  }
  return Error::fatal(fmt::format(
      "báo cáo tại vị trí {} lập lại không ra mã băm của tệp: tệp của hub khác, phiên bản khác, --issuer khác, hay là bản bổ "
      "sung "
      "(khi đó dùng tệp .json) / the report of that position, made again, has another digest: the file is of another hub, "
      "version or --issuer, or a supplement (take its .json)",
      paper.frozen.position));
}

int make(ReportOptions options) {
  set_up_log(spdlog::level::err);
  const auto formats = formats_of(options.formats);
  if (!formats) return usage("report", formats.error().message);
  if (const auto& as_of = options.as_of; !as_of.empty() && !event::Position::parse(as_of) && !event::parse_timestamp(as_of))
    return usage("report", fmt::format("--as-of '{}' không phải vị trí hay thời điểm / is neither a position (0:41,1:7) nor a "
                                       "time (2023-05-30T17:00:00+07:00)",
                                       as_of));
  auto before = earlier(options);
  if (!before)
    return before.error().error_class == ErrorClass::kPoison ? usage("report", before.error().message)
                                                             : fail("report", before.error());
  const auto kind = report::kind_of(options.kind.empty() ? "bao-cao" : options.kind);
  if (!kind)
    return usage("report", fmt::format("--kind '{}' không có / is unknown: bao-cao, thong-bao-ket-luan, bien-ban", options.kind));
  const auto source = source_of(options);
  if (!source) return fail("report", source.error());
  report::ReportRequest request{options.meeting, *kind, options.with_names, options.issuer};
  if (*before) {
    if (auto again = make_again(**before, **source, request); !again) return fail("report", again.error());
    if (!options.check.empty()) request.with_names = (*before)->frozen.with_names;
  }
  auto document = (*source)->make(request);
  if (!document) return fail("report", document.error());
  if (!options.check.empty()) return check(options, **before, *document);
  std::vector<report::Difference> differences;
  if (*before) {
    const auto& was = *(*before)->document;
    differences = report::compare(was, *document);
    document = (*source)->supplement(request, std::move(*document), was);
    if (!document) return fail("report", document.error());
  }
  const auto files = write_all(*document, *formats, options.out);
  if (!files) return fail("report", files.error());
  if (options.json) {
    auto out = json_of(*document);
    out["files"] = *files;
    if (*before) out["differences"] = json_of(differences);
    fmt::print("{}\n", out.dump(-1, ' ', false, Json::error_handler_t::replace));
    return kDone;
  }
  for (const auto& file : *files) fmt::print("{}\n", file);
  fmt::print("Chốt tại vị trí / frozen at {} (SHA-256 {}).\n", document->frozen.position, document->frozen.sha256);
  if (*before) fmt::print("{} số liệu đã đổi / figures have changed.\n", grouped(differences.size()));
  if (document->simulated) fmt::print("Có số liệu mô phỏng / some figures are simulated.\n");
  if (options.with_names)
    fmt::print(stderr,
               "dongbo report: tệp có dữ liệu cá nhân, chỉ giao cho người có thẩm quyền / the files hold personal data\n");
  return kDone;
}

}  // namespace

void add_report(CLI::App& app, Action& action) {
  auto options = std::make_shared<ReportOptions>();
  auto* command = app.add_subcommand("report",
                                     "Lập báo cáo, thông báo kết luận hoặc biên bản của một hội nghị.\nMakes the report, the "
                                     "notice of conclusions or the minutes of a meeting.");
  command->add_option("meeting", options->meeting, "mã hội nghị / the meeting")->required()->check(not_empty);
  auto* data =
      command->add_option("--data", options->data, "thư mục dữ liệu, khi hub không chạy / data directory that no hub holds")
          ->check(not_empty)
          ->capture_default_str();
  command->add_option("--url", options->url, "hub đang chạy / a running hub")->check(hub_address)->excludes(data);
  command
      ->add_option("--format", options->formats,
                   "html,docx,pdf,xlsx,md,json hay/or all; pdf kèm/with .xml (siêu dữ liệu / metadata)")
      ->capture_default_str();
  command->add_option("--out", options->out, "thư mục ghi ra / directory to write to")->check(not_empty)->capture_default_str();
  command->add_option("--kind", options->kind, "bao-cao (mặc định/default), thong-bao-ket-luan, bien-ban");
  command->add_option("--issuer", options->issuer,
                      "mã cơ quan ban hành / code of the body that issues it (mặc định/default: cơ quan tổ chức/the organiser)");
  command->add_flag(
      "--with-names", options->with_names,
      "ghi họ tên trong các phụ lục danh sách / names in the annexes that list persons (dữ liệu cá nhân/personal data)");
  command->add_option("--as-of", options->as_of, "chốt tại vị trí hay thời điểm / as the hub knew it at a position or time")
      ->check(not_empty);
  auto* supplement =
      command
          ->add_option("--supplement-to", options->supplement_to,
                       "báo cáo trước (.json, .docx, .xlsx): lập bổ sung / an earlier report: makes a supplement to it")
          ->check(not_empty);
  command
      ->add_option("--check", options->check,
                   "báo cáo trước (.json, .docx, .xlsx): số liệu còn đúng không / an earlier report: do its figures still stand?")
      ->check(not_empty)
      ->excludes(supplement);
  command->add_option("--resources", options->resources, "thư mục có schemas/ / directory that holds schemas/");
  command->add_flag("--json", options->json, "kết quả dạng JSON / the result as JSON");
  command->footer(
      "Ví dụ / example:\n  dongbo report QNA-2023-05-30 --format docx,xlsx,json --out ra\n"
      "  dongbo report QNA-2023-05-30 --url http://127.0.0.1:8080 --kind bien-ban\n"
      "  dongbo report QNA-2023-05-30 --check ra/QNA-2023-05-30-bao-cao.docx\n"
      "Số, ngày và người ký để trống cho văn thư. / Number, day and signer are left blank.\n"
      "Mã/exit 3: --check thấy số liệu đã đổi / found changed figures.");
  command->callback([options, &action] { action = [options] { return make(*options); }; });
}

}  // namespace dongbo::cli
