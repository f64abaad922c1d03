#include "tests/unit/report/report_hub.h"

namespace dongbo::report {
namespace {

template <class T, class Take>
void each(const Document& document, Take take) {
  const auto in = [&](const std::vector<Block>& blocks) {
    for (const auto& block : blocks)
      if (const auto* found = std::get_if<T>(&block)) take(*found);
  };
  in(document.body);
  for (const auto& annex : document.annexes) in(annex.blocks);
}

template <class T>
const T* by_id(const Document& document, std::string_view id) {
  const T* out = nullptr;
  each<T>(document, [&](const T& block) {
    if (block.id == id) out = &block;
  });
  return out;
}

}  // namespace

std::string text_of(const Document& document) {
  std::string out;
  each<Heading>(document, [&](const Heading& heading) { out += heading.number + " " + heading.text + "\n"; });
  each<Paragraph>(document, [&](const Paragraph& paragraph) {
    for (const auto& run : paragraph.runs) out += run.text;
    out += "\n";
  });
  each<Table>(document, [&](const Table& found) {
    for (const auto& row : found.rows) {
      for (const auto& cell : row.cells) out += cell.text + " | ";
      out += "\n";
    }
    if (found.rows.empty()) out += found.if_empty + "\n";
  });
  return out;
}

const Figure* figure(const Document& document, std::string_view id) {
  for (const auto& each_figure : document.figures)
    if (each_figure.id == id) return &each_figure;
  return nullptr;
}

const Table* table(const Document& document, std::string_view id) {
  return by_id<Table>(document, id);
}
const Chart* chart(const Document& document, std::string_view id) {
  return by_id<Chart>(document, id);
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

void tell_meeting(ReportHub& hub) {
  hub.say("unit.established",
          R"("unit":"49","code":"49","name":"Tỉnh Quảng Nam","level":"province","kind":"tỉnh","valid_from":"2023-04-10")");
  hub.say(
      "meeting.planned",
      R"("meeting":"M","title":"Hội nghị thử","organiser":"49","chair":"Lãnh đạo Ủy ban nhân dân tỉnh","day":"2023-05-30","mode":"online","place":"Hội trường số 2","basis":["Quyết định số 1/QĐ-UBND"],"indexes":["PAR INDEX","SIPAS","PAPI"])",
      "2023-05-16T00:00:00+07:00");
  hub.say("meeting.point_planned", R"("meeting":"M","point":"dc-49","level":"province","unit":"49","name":"Điểm cầu tỉnh")",
          "2023-05-16T00:00:00+07:00");
  for (int i = 1; i <= 4; ++i)
    hub.say(
        "invitation.issued",
        fmt::format(
            R"("meeting":"M","invitation":"gm-{0}","point":"dc-49","unit":"so-noi-vu","composition":"thu_truong_so_ban_nganh","delegate":"{0}","name":"Nguyễn Thị Mật {0}","position":"Giám đốc")",
            i),
        "2023-05-20T08:00:00+07:00");
  hub.say("registration.declined", R"("meeting":"M","invitation":"gm-2","delegate":"2","leave":true,"reason":"ốm nặng")",
          "2023-05-25T08:00:00+07:00");
  hub.say("registration.delegated",
          R"("meeting":"M","invitation":"gm-3","delegate":"3","substitute":"3-thay","substitute_name":"Trần Văn Kín")",
          "2023-05-25T08:00:00+07:00");
  for (const char* delegate : {"1", "3-thay"})
    hub.say(
        "attendance.checked_in",
        fmt::format(R"("meeting":"M","point":"dc-49","unit":"so-noi-vu","composition":"thu_truong_so_ban_nganh","delegate":"{}")",
                    delegate),
        "2023-05-30T07:41:09+07:00");
  hub.say("meeting.opened", R"("meeting":"M","point":"dc-49")", "2023-05-30T08:00:00+07:00");
}

void close_meeting(ReportHub& hub) {
  hub.say("meeting.closed", R"("meeting":"M","point":"dc-49")", "2023-05-30T11:30:00+07:00");
}

}  // namespace dongbo::report
