#include "hub/report/compare.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "hub/base/assert.h"
#include "hub/event/timestamp.h"
#include "hub/report/direction.h"
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
            "Số liệu thay đổi so với văn bản trước",
            {{"STT", 0.8, Align::kCentre},
             {"Số liệu", 4, Align::kLeft},
             {"Văn bản trước", 1.6, Align::kRight},
             {"Văn bản này", 1.6, Align::kRight},
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

// More differences than these go into an annex of their own.
constexpr std::size_t kListedInBody = 20;

std::string frozen_at(const Document& document) {
  const auto& frozen = document.frozen;
  const auto recorded = event::parse_timestamp(frozen.as_of);
  return "tại vị trí " + (frozen.position.empty() ? "đầu nhật ký" : frozen.position) +
         (recorded ? ", ghi nhận đến " + moment_text(*recorded) : std::string());
}

// One annex more, at the end; the first of two gets its number only now.
Annex& add_annex(Document& document) {
  auto& annexes = document.annexes;
  annexes.push_back({"", "SỐ LIỆU THAY ĐỔI SO VỚI VĂN BẢN TRƯỚC", true, {}});
  if (annexes.size() > 1)
    for (std::size_t i = 0; i < annexes.size(); ++i) annexes[i].number = roman(static_cast<int>(i) + 1);
  return annexes.back();
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
  const auto say = [&](std::string text) {
    head.emplace_back(Paragraph{Paragraph::Kind::kBody, {{std::move(text), false, false, {}}}});
  };
  say(fmt::format("Văn bản này bổ sung văn bản chốt {} (SHA-256: {}). Số liệu được chốt lại {}.", frozen_at(before),
                  before.frozen.sha256, frozen_at(now)));
  const auto changed = number_text(static_cast<std::int64_t>(differences.size()));
  if (differences.empty()) {
    say("Không có số liệu nào thay đổi.");
  } else if (differences.size() <= kListedInBody) {
    say(fmt::format("Có {} số liệu thay đổi:", changed));
    head.emplace_back(table_of(differences));
  } else {
    auto& annex = add_annex(now);
    say(fmt::format("Có {} số liệu thay đổi, nêu tại Phụ lục{}.", changed, annex.number.empty() ? "" : " " + annex.number));
    annex.blocks.emplace_back(table_of(differences));
  }
  // The legal bases stay the first.
  const auto at = std::find_if(now.body.begin(), now.body.end(), [](const Block& block) {
    const auto* paragraph = std::get_if<Paragraph>(&block);
    return paragraph == nullptr || paragraph->kind != Paragraph::Kind::kLegalBasis;
  });
  now.body.insert(at, std::make_move_iterator(head.begin()), std::make_move_iterator(head.end()));
  drop_direction_marks(now);  // the reasons of events came with the differences
  seal(now);
  return now;
}

}  // namespace dongbo::report
