#include "hub/report/compare.h"

#include <map>

#include <fmt/format.h>

#include "hub/base/assert.h"
#include "hub/report/seal.h"
#include "hub/report/words.h"

namespace dongbo::report {
namespace {

// 1.50 and 1.5 are one number.
std::string plain(std::string number) {
  if (number.find('.') == std::string::npos) return number;
  while (number.ends_with('0')) number.pop_back();
  if (number.ends_with('.')) number.pop_back();
  return number == "-0" ? "0" : number;
}

bool same(const Figure& a, const Figure& b) {
  if (a.value && b.value) return plain(*a.value) == plain(*b.value);
  return a.text == b.text;
}

std::map<std::string_view, const Figure*> by_id(const Document& document) {
  std::map<std::string_view, const Figure*> out;
  for (const auto& figure : document.figures) out.emplace(figure.id, &figure);
  return out;
}

Table table_of(const std::vector<Difference>& differences) {
  using Align = Column::Align;
  Table out{"so_lieu_thay_doi",
            "Số liệu thay đổi so với báo cáo trước",
            {{"STT", 0.6, Align::kCentre},
             {"Số liệu", 4, Align::kLeft},
             {"Báo cáo trước", 1.6, Align::kRight},
             {"Báo cáo này", 1.6, Align::kRight},
             {"Sự kiện làm thay đổi", 3, Align::kLeft}},
            {},
            "Không có số liệu nào thay đổi."};
  for (const auto& each : differences)
    out.rows.push_back({{{std::to_string(out.rows.size() + 1), std::nullopt, {}},
                         {each.label, std::nullopt, {}},
                         {each.was.value_or("không có"), std::nullopt, {}},
                         {each.is.value_or("không còn"), std::nullopt, {}},
                         {each.cause, std::nullopt, {}}},
                        false});
  return out;
}

}  // namespace

std::vector<Difference> compare(const Document& was, const Document& is) {
  std::vector<Difference> out;
  const auto before = by_id(was), now = by_id(is);
  for (const auto& figure : is.figures) {
    const auto found = before.find(figure.id);
    if (found == before.end()) {
      out.push_back({figure.id, figure.label, std::nullopt, figure.text, {}});
    } else if (!same(*found->second, figure)) {
      out.push_back({figure.id, figure.label, found->second->text, figure.text, {}});
    }
  }
  for (const auto& figure : was.figures)
    if (!now.contains(figure.id)) out.push_back({figure.id, figure.label, figure.text, std::nullopt, {}});
  return out;
}

Document supplement(Document now, const Document& before, const std::vector<Difference>& differences) {
  DONGBO_ASSERT(now.frozen.meeting == before.frozen.meeting && now.frozen.kind == before.frozen.kind);
  now.frozen.supplement_to = before.frozen.sha256;
  now.letterhead.subject = "Bổ sung: " + now.letterhead.subject;
  std::vector<Block> head;
  const auto text = [&](std::string words) {
    head.emplace_back(Paragraph{Paragraph::Kind::kBody, {{std::move(words), false, false, {}}}});
  };
  text(fmt::format("Văn bản này bổ sung văn bản chốt tại vị trí {}{} (SHA-256: {}); số liệu chốt lại tại vị trí {}{}.",
                   before.frozen.position.empty() ? "đầu nhật ký" : before.frozen.position,
                   before.frozen.as_of.empty() ? "" : ", ghi nhận đến " + before.frozen.as_of, before.frozen.sha256,
                   now.frozen.position.empty() ? "đầu nhật ký" : now.frozen.position,
                   now.frozen.as_of.empty() ? "" : ", ghi nhận đến " + now.frozen.as_of));
  text(differences.empty() ? std::string("Không có số liệu nào thay đổi.")
                           : fmt::format("Có {} số liệu thay đổi:", number_text(static_cast<std::int64_t>(differences.size()))));
  if (!differences.empty()) head.emplace_back(table_of(differences));
  now.body.insert(now.body.begin(), std::make_move_iterator(head.begin()), std::make_move_iterator(head.end()));
  seal(now);
  return now;
}

}  // namespace dongbo::report
