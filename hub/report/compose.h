#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/report/document.h"
#include "hub/report/facts.h"
#include "hub/report/reference.h"

namespace dongbo::report {

enum class Kind { kBaoCao, kThongBao, kBienBan };
std::optional<Kind> kind_of(std::string_view name);  // "bao-cao", "thong-bao-ket-luan", "bien-ban"
std::string_view kind_name(Kind kind);

// The document that the facts make, sealed (frozen.sha256 is set). Pure: the same facts and reference give the same
// document. Every sentence is made by a rule from figures; where there are no facts, the section says so, and what only
// people can write is a place to write (Paragraph::kToWrite).
Document compose(Kind kind, const Facts& facts, const Reference& reference);

// One a kind, each in its own file; not sealed.
Document compose_bao_cao(const Facts& facts, const Reference& reference);
Document compose_thong_bao(const Facts& facts, const Reference& reference);
Document compose_bien_ban(const Facts& facts, const Reference& reference);

}  // namespace dongbo::report
