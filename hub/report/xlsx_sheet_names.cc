#include "hub/report/xlsx_sheet_names.h"

#include <algorithm>

#include "hub/report/markup.h"

namespace dongbo::report {
namespace {

constexpr std::size_t kLettersMax = 31;

std::string without_signs(std::string_view wanted) {
  std::string out;
  for (const char letter : clean_text(wanted))
    out += std::string_view("[]:*?/\\'").find(letter) == std::string_view::npos ? letter : '_';
  return out;
}

// Vietnamese letters too differ by more than case in practice; a spreadsheet refuses the rest itself.
std::string folded(std::string text) {
  for (auto& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return text;
}

// "PAR1" and "R1C1" are also places of cells, and "2023" a number: formulas would read them so.
bool looks_like_a_place(std::string_view name) {
  const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  const auto is_plain = [&](char letter) {
    return is_digit(letter) || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
  };
  if (!name.empty() && is_digit(name.front())) return true;
  return std::all_of(name.begin(), name.end(), is_plain) && std::any_of(name.begin(), name.end(), is_digit);
}

}  // namespace

std::string SheetNames::name_for(std::string_view wanted) {
  const auto clean = without_signs(wanted);
  const auto base = clean.empty() || folded(clean) == "history" || looks_like_a_place(clean) ? "bang_" + clean : clean;
  for (int i = 1;; ++i) {
    const auto mark = i == 1 ? std::string() : "_" + std::to_string(i);
    auto name = first_letters(base, kLettersMax - mark.size()) + mark;
    if (taken_.insert(folded(name)).second) return name;
  }
}

}  // namespace dongbo::report
