#include "hub/report/form.h"

namespace dongbo::report::form {
namespace {

// Room to write by hand or by the clerk's program; no break inside.
std::string gap(int spaces) {
  std::string out;
  for (int i = 0; i < spaces; ++i) out += "\u00A0";
  return out;
}

}  // namespace

std::string number_line(const Letterhead& letterhead) {
  return letterhead.symbol.empty() ? std::string() : "Số:" + gap(9) + letterhead.symbol;
}

std::string date_line(const Letterhead& letterhead) {
  if (letterhead.place.empty()) return {};
  return letterhead.place + ", ngày" + gap(7) + "tháng" + gap(7) + "năm" + gap(9);
}

std::vector<std::string> recipient_lines(const Document& document) {
  std::vector<std::string> lines;
  for (const auto& recipient : document.recipients) {
    lines.push_back("- " + recipient + (lines.size() + 1 == document.recipients.size() ? "." : ";"));
  }
  return lines;
}

std::string annex_name(const Annex& annex) {
  return annex.number.empty() ? "Phụ lục" : "Phụ lục " + annex.number;
}

std::string annex_reference(const Letterhead& letterhead) {
  const auto number = letterhead.symbol.empty() ? std::string() : " số" + gap(8) + letterhead.symbol;
  return "(Kèm theo văn bản" + number + " ngày" + gap(6) + "tháng" + gap(6) + "năm" + gap(8) + ")";
}

std::string title_of(const Document& document) {
  const auto& head = document.letterhead;
  if (head.subject.empty()) return head.type;
  return head.type + ": " + head.subject;
}

std::string heading_text(const Heading& heading) {
  if (heading.number.empty()) return heading.text;
  return heading.number + " " + heading.text;
}

std::string empty_text(const Table& table) {
  return table.if_empty.empty() ? kEmptyTable : table.if_empty;
}

}  // namespace dongbo::report::form
