#include "hub/report/compose.h"

#include "hub/report/direction.h"
#include "hub/report/seal.h"

namespace dongbo::report {

std::optional<Kind> kind_of(std::string_view name) {
  for (const auto kind : {Kind::kBaoCao, Kind::kThongBao, Kind::kBienBan})
    if (kind_name(kind) == name) return kind;
  return std::nullopt;
}

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::kBaoCao:
      return "bao-cao";
    case Kind::kThongBao:
      return "thong-bao-ket-luan";
    case Kind::kBienBan:
      return "bien-ban";
  }
  return "";
}

namespace {

Document compose_kind(Kind kind, const Facts& facts, const Reference& reference) {
  if (kind == Kind::kThongBao) return compose_thong_bao(facts, reference);
  if (kind == Kind::kBienBan) return compose_bien_ban(facts, reference);
  return compose_bao_cao(facts, reference);
}

}  // namespace

Document compose(Kind kind, const Facts& facts, const Reference& reference) {
  auto document = compose_kind(kind, facts, reference);
  document.simulated = facts.simulated;
  auto& frozen = document.frozen;
  frozen.meeting = facts.meeting.meeting;
  frozen.kind = kind_name(kind);
  frozen.with_names = facts.with_names;
  frozen.position = facts.position;
  frozen.as_of = facts.as_of;
  frozen.projections = facts.projections;
  drop_direction_marks(document);
  seal(document);
  return document;
}

}  // namespace dongbo::report
