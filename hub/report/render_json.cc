#include <nlohmann/json.hpp>

#include "hub/report/render.h"

namespace dongbo::report {
namespace {

using Json = nlohmann::ordered_json;

Json of(const std::optional<std::string>& value) {
  return value ? Json(*value) : Json(nullptr);
}

const char* name_of(Paragraph::Kind kind) {
  switch (kind) {
    case Paragraph::Kind::kLegalBasis:
      return "legal_basis";
    case Paragraph::Kind::kItem:
      return "item";
    case Paragraph::Kind::kNote:
      return "note";
    case Paragraph::Kind::kToWrite:
      return "to_write";
    case Paragraph::Kind::kBody:
      break;
  }
  return "body";
}

const char* name_of(Column::Align align) {
  if (align == Column::Align::kCentre) return "centre";
  return align == Column::Align::kRight ? "right" : "left";
}

const char* name_of(Chart::Kind kind) {
  if (kind == Chart::Kind::kLine) return "line";
  return kind == Chart::Kind::kRadar ? "radar" : "bars";
}

struct ToJson {
  Json operator()(const Heading& heading) const {
    return {{"block", "heading"}, {"level", heading.level}, {"number", heading.number}, {"text", heading.text}};
  }
  Json operator()(const Paragraph& paragraph) const {
    Json runs = Json::array();
    for (const auto& run : paragraph.runs) {
      Json out{{"text", run.text}};
      if (run.bold) out["bold"] = true;
      if (run.italic) out["italic"] = true;
      if (!run.figure.empty()) out["figure"] = run.figure;
      runs.push_back(std::move(out));
    }
    return {{"block", "paragraph"}, {"kind", name_of(paragraph.kind)}, {"runs", std::move(runs)}};
  }
  Json operator()(const Table& table) const {
    Json columns = Json::array();
    for (const auto& column : table.columns)
      columns.push_back({{"title", column.title}, {"width", column.width}, {"align", name_of(column.align)}});
    Json rows = Json::array();
    for (const auto& row : table.rows) {
      Json cells = Json::array();
      for (const auto& cell : row.cells) {
        Json out{{"text", cell.text}};
        if (cell.value) out["value"] = *cell.value;
        if (!cell.figure.empty()) out["figure"] = cell.figure;
        cells.push_back(std::move(out));
      }
      Json out{{"cells", std::move(cells)}};
      if (row.total) out["total"] = true;
      rows.push_back(std::move(out));
    }
    return {{"block", "table"},         {"id", table.id},
            {"caption", table.caption}, {"columns", std::move(columns)},
            {"rows", std::move(rows)},  {"if_empty", table.if_empty}};
  }
  Json operator()(const Chart& chart) const {
    Json series = Json::array();
    for (const auto& each : chart.series) {
      Json values = Json::array();
      for (const auto& value : each.values) values.push_back(value ? Json(*value) : Json(nullptr));
      series.push_back({{"name", each.name}, {"values", std::move(values)}});
    }
    return {{"block", "chart"},
            {"id", chart.id},
            {"kind", name_of(chart.kind)},
            {"caption", chart.caption},
            {"alternative", chart.alternative},
            {"unit", chart.unit},
            {"categories", chart.categories},
            {"series", std::move(series)}};
  }
};

Json blocks_of(const std::vector<Block>& blocks) {
  Json out = Json::array();
  for (const auto& block : blocks) out.push_back(std::visit(ToJson(), block));
  return out;
}

Json of(const Letterhead& letterhead) {
  return {{"parent", letterhead.parent},      {"issuer", letterhead.issuer}, {"symbol", letterhead.symbol},
          {"place", letterhead.place},        {"type", letterhead.type},     {"subject", letterhead.subject},
          {"addressee", letterhead.addressee}};
}

Json of(const Frozen& frozen) {
  Json projections = Json::object();
  for (const auto& [name, version] : frozen.projections) projections[name] = version;
  return {{"meeting", frozen.meeting},       {"kind", frozen.kind},
          {"with_names", frozen.with_names}, {"position", frozen.position},
          {"as_of", frozen.as_of},           {"projections", std::move(projections)},
          {"sha256", frozen.sha256},         {"supplement_to", frozen.supplement_to}};
}

}  // namespace

std::string render_json(const Document& document) {
  Json signatures = Json::array();
  for (const auto& signature : document.signatures) signatures.push_back({{"lines", signature.lines}});
  Json annexes = Json::array();
  for (const auto& annex : document.annexes)
    annexes.push_back(
        {{"number", annex.number}, {"title", annex.title}, {"landscape", annex.landscape}, {"blocks", blocks_of(annex.blocks)}});
  Json figures = Json::array();
  for (const auto& figure : document.figures)
    figures.push_back({{"id", figure.id}, {"label", figure.label}, {"text", figure.text}, {"value", of(figure.value)}});
  const Json out{{"dongbo_report", 1},
                 {"frozen", of(document.frozen)},
                 {"simulated", document.simulated},
                 {"letterhead", of(document.letterhead)},
                 {"body", blocks_of(document.body)},
                 {"recipients", document.recipients},
                 {"signatures", std::move(signatures)},
                 {"annexes", std::move(annexes)},
                 {"figures", std::move(figures)}};
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace dongbo::report
