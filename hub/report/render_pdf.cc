#include <unistd.h>

#include <semaphore>

#include <fmt/format.h>

#include "hub/event/timestamp.h"
#include "hub/report/child_process.h"
#include "hub/report/html_for_print.h"
#include "hub/report/render.h"

namespace dongbo::report {
namespace {

constexpr const char* kProgram = "/usr/bin/weasyprint";
constexpr const char* kPython = "/usr/bin/python3";
// The program as its own command starts it, but with Python's search for garbage cycles nearly off: it took half of the time of
// long tables and found nothing. And without its claim to be PDF/UA: the tags are there, the rest of that standard is not.
constexpr const char* kStart =
    "import gc, sys; gc.set_threshold(2000000, 50, 100); sys.argv[0] = 'weasyprint'; "
    "import weasyprint.pdf.pdfua as tags; tags.add_metadata = lambda *_, **__: None; "
    "from weasyprint.__main__ import main; main()";
constexpr const char* kFontFile = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf";
constexpr const char* kPackages = "apt-get install weasyprint fonts-croscore";
constexpr std::chrono::seconds kTimeLimit{120};
constexpr int kAtOnceMax = 2;  // each takes a core and up to a gigabyte

constexpr std::size_t kCellsMax = 60'000;  // about a minute of work and two gigabytes
// Tags for screen readers take half as much time again; longer tables go without, or the time would not suffice.
constexpr std::size_t kTaggedCellsMax = 30'000;

std::size_t cells_of(const std::vector<Block>& blocks) {
  std::size_t cells = 0;
  for (const auto& block : blocks) {
    if (const auto* const table = std::get_if<Table>(&block)) cells += table->rows.size() * table->columns.size();
  }
  return cells;
}

// A turn to print, given back at the end of the scope.
class Turn {
 public:
  static Result<Turn> take() {
    if (!turns().try_acquire_for(kTimeLimit)) {
      return Error::transient(fmt::format(
          "đang lập {0} tệp PDF khác; hãy hỏi lại sau một phút / {0} other PDF files are being made; ask again in a minute",
          kAtOnceMax));
    }
    return Turn();
  }
  ~Turn() {
    if (mine_) turns().release();
  }
  Turn(Turn&& other) noexcept : mine_(std::exchange(other.mine_, false)) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  Turn() = default;
  static std::counting_semaphore<kAtOnceMax>& turns() {
    static std::counting_semaphore<kAtOnceMax> all(kAtOnceMax);
    return all;
  }
  bool mine_ = true;
};

// Nothing of this machine's or this user's settings reaches the program, and its clock stands at the report's moment: the same
// document gives the same bytes.
ChildProgram program_for(const Document& document, bool tagged) {
  const auto moment = event::parse_timestamp(document.frozen.as_of);
  const auto seconds = moment ? moment->value() / 1000 : 0;
  ChildProgram program;
  program.path = kPython;
  program.arguments = {"-P",
                       "-s",
                       "-B",
                       "-c",
                       kStart,
                       "--quiet",
                       "--encoding",
                       "utf-8",
                       "--media-type",
                       "print",
                       "--custom-metadata",
                       "--optimize-size",
                       "fonts",
                       "--pdf-identifier",
                       document.frozen.sha256.empty() ? "dongbo" : document.frozen.sha256,
                       "--base-url",
                       "about:blank",
                       "-",
                       "-"};
  if (tagged) program.arguments.insert(program.arguments.end() - 2, {"--pdf-variant", "pdf/ua-1"});
  program.environment = {"PATH=/usr/bin:/bin",
                         "LC_ALL=C.UTF-8",
                         "TZ=UTC",
                         "HOME=/nonexistent",
                         "PYTHONHASHSEED=0",
                         "PYTHONDONTWRITEBYTECODE=1",
                         fmt::format("SOURCE_DATE_EPOCH={}", seconds)};
  program.time_limit = kTimeLimit;
  return program;
}

}  // namespace

Result<std::string> render_pdf(const Document& document) {
  auto cells = cells_of(document.body);
  for (const auto& annex : document.annexes) cells += cells_of(annex.blocks);
  if (cells > kCellsMax) {
    return Error::poison(
        fmt::format("các bảng có {0} ô, PDF chỉ lập được tối đa {1}; hãy lấy docx hoặc xlsx, hoặc báo cáo không kèm họ tên / the "
                    "tables have {0} cells and a PDF is made of at most {1}; take docx or xlsx, or a report without names",
                    cells, kCellsMax));
  }
  if (::access(kProgram, X_OK) != 0) {
    return Error::fatal(
        fmt::format("PDF được lập bằng weasyprint mà máy không có {0}; hãy cài: {1} / a PDF is made by weasyprint, and there is "
                    "no {0}; install it: {1}",
                    kProgram, kPackages));
  }
  if (::access(kFontFile, R_OK) != 0) {
    return Error::fatal(
        fmt::format("PDF dùng phông chữ Tinos, có đủ chữ tiếng Việt, mà máy không có {0}; hãy cài: {1} / a PDF is set in Tinos, "
                    "which has the Vietnamese letters, and there is no {0}; install it: {1}",
                    kFontFile, kPackages));
  }
  DONGBO_ASSIGN(const auto html, html_for_print(document));
  DONGBO_ASSIGN(const auto turn, Turn::take());
  auto pdf = run_program(program_for(document, cells <= kTaggedCellsMax), html);
  if (pdf && !pdf.value().starts_with("%PDF-")) {
    return Error::fatal(
        fmt::format("weasyprint chạy xong mà không ra PDF ({0} byte); hãy cài lại: {1} / weasyprint ended well but gave no PDF "
                    "({0} bytes); install it again: {1}",
                    pdf.value().size(), kPackages));
  }
  return pdf;
}

}  // namespace dongbo::report
