#include "hub/service/report_handler.h"

#include <fmt/format.h>

#include <optional>

#include "hub/event/position.h"
#include "hub/event/timestamp.h"
#include "hub/report/answers_of_engine.h"
#include "hub/report/causes.h"
#include "hub/report/render.h"
#include "hub/report/report.h"
#include "hub/service/demanded_position.h"
#include "hub/service/problem.h"

namespace dongbo::service {
namespace {

constexpr std::string_view kMetadata = "xml";

HttpResponse failed(const Error& error) {
  switch (error.error_class) {
    case ErrorClass::kNotFound:
      return problem(problems::kNotFound, error.message);
    case ErrorClass::kTransient:
      return problem(problems::kBusy, error.message);
    case ErrorClass::kPoison:
      return problem(problems::kInvalid, error.message);
    default:
      return problem(problems::kFailed, error.message);
  }
}

}  // namespace

struct ReportHandler::Asked {
  report::ReportRequest report;
  std::optional<report::Format> format;  // nullopt: the metadata
  std::string extension;
  std::string as_of;
  std::string supplement_to;  // a position, or empty
};

HttpResponse ReportHandler::read(const HttpRequest& request, const std::string& file, Asked& asked) const {
  const auto dot = file.rfind('.');
  asked.extension = dot == std::string::npos ? std::string() : file.substr(dot + 1);
  asked.format = report::format_of(asked.extension);
  if (dot == 0 || (!asked.format && asked.extension != kMetadata))
    return problem(problems::kNotFound,
                   "tên báo cáo là HỘI_NGHỊ.html, .docx, .pdf, .xlsx, .md, .json hoặc .xml (siêu dữ liệu) / a report is called "
                   "MEETING.html, … or .xml (its metadata)");
  asked.report.meeting = file.substr(0, dot);
  asked.as_of = shards_.folded().text();
  for (const auto& [name, value] : request.target.parameters) {
    if (demands_position(name)) continue;
    if (name == "kind") {
      const auto kind = report::kind_of(value);
      if (!kind) return invalid_parameter("/kind", "cần / expected: bao-cao, thong-bao-ket-luan, bien-ban");
      asked.report.kind = *kind;
    } else if (name == "names") {
      if (value != "true" && value != "false") return invalid_parameter("/names", "cần / expected: true, false");
      asked.report.with_names = value == "true";
    } else if (name == "issuer") {
      asked.report.issuer = value;
    } else if (name == "as_of") {
      if (value.empty() || (!event::Position::parse(value) && !event::parse_timestamp(value)))
        return invalid_parameter("/as_of",
                                 "cần vị trí như \"0:41,1:7\" hoặc thời điểm như \"2023-05-30T17:00:00+07:00\" / expected a "
                                 "position or a time like these");
      asked.as_of = value;
    } else if (name == "supplement_to") {
      if (value.empty() || !event::Position::parse(value))
        return invalid_parameter("/supplement_to", "cần vị trí của báo cáo trước / expected the position of the report before");
      asked.supplement_to = value;
    } else {
      return invalid_parameter("/" + name,
                               "không có tham số này; có: / unknown parameter; known here: kind, names, issuer, as_of, "
                               "supplement_to, min_position, wait_ms");
    }
  }
  if (asked.report.with_names && !names_allowed_)
    return problem(problems::kNamesNotAllowed,
                   "hub này mở cho người khác và chưa phân biệt người đọc: báo cáo có tên chỉ lập trên máy của hub / this hub is "
                   "open to others and knows no readers yet: reports with names are made on its own machine");
  return {};
}

HttpResponse ReportHandler::make(const Asked& asked, const Wanted& wanted) const {
  report::AnswersOfEngine answers(engine_, asked.as_of);
  auto document = report::make_report(answers, reference_, asked.report);
  if (!document) return failed(document.error());
  if (!asked.supplement_to.empty()) {
    document = report::supplement_of(
        std::move(*document), asked.supplement_to, reference_, asked.report,
        [this](const std::string& as_of) { return std::make_unique<report::AnswersOfEngine>(engine_, as_of); });
    if (!document) return failed(document.error());
  }
  HttpResponse response;
  if (asked.format) {
    auto rendered = report::render(*document, *asked.format);
    if (!rendered) return failed(rendered.error());
    response.body = std::move(*rendered);
    response.content_type = report::media_type_of(*asked.format);
  } else {
    response.body = report::render_metadata(*document);
    response.content_type = "application/xml";
  }
  response.headers.emplace_back("Dongbo-Position", document->frozen.position);
  if (asked.format == report::Format::kHtml)  // a page of texts that people sent: nothing in it may run
    response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
  if (asked.format != report::Format::kHtml && asked.format != report::Format::kJson)
    response.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"{}-{}.{}\"", document->frozen.kind,
                                                                     document->frozen.sha256.substr(0, 12), asked.extension));
  return conditional(std::move(response), wanted, fmt::format("{}.{}", document->frozen.sha256, asked.extension));
}

Task<HttpResponse> ReportHandler::answer(Exchange& exchange, std::string file) {
  if (auto refused = co_await demanded_position(exchange, notifier_, shards_.size())) co_return std::move(*refused);
  Asked asked;
  if (auto wrong = read(exchange.request(), file, asked); wrong.status != 200) co_return wrong;
  if (waiting_.fetch_add(1) >= kWaitingMax) {
    waiting_.fetch_sub(1);
    co_return problem(problems::kBusy,
                      fmt::format("đang lập {0} báo cáo, hãy hỏi lại / {0} reports are being made already", kWaitingMax));
  }
  std::function<HttpResponse()> work = [this, asked, wanted = Wanted(exchange.request())] { return make(asked, wanted); };
  auto response = co_await on_pool(pool_, std::move(work));
  waiting_.fetch_sub(1);
  co_return response;
}

}  // namespace dongbo::service
