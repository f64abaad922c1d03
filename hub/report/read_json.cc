#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "hub/report/json_reader.h"
#include "hub/report/seal.h"

namespace dongbo::report {
namespace {

// Reads members of one kind and notes the first that is missing or of another kind; everything after that is ignored.
class Reader {
 public:
  std::string text(const Json& object, const char* name) {
    const auto& value = member(object, name);
    if (!value.is_string()) wrong(name, "a text");
    return value.is_string() ? value.get<std::string>() : std::string();
  }
  std::string text_or_empty(const Json& object, const char* name) {
    return member(object, name).is_null() ? std::string() : text(object, name);
  }
  std::optional<std::string> text_or_none(const Json& object, const char* name) {
    if (member(object, name).is_null()) return std::nullopt;
    return text(object, name);
  }
  bool truth(const Json& object, const char* name) {
    const auto& value = member(object, name);
    if (!value.is_boolean()) wrong(name, "true or false");
    return value.is_boolean() && value.get<bool>();
  }
  bool truth_or_false(const Json& object, const char* name) { return !member(object, name).is_null() && truth(object, name); }
  double number(const Json& object, const char* name) {
    const auto& value = member(object, name);
    if (!value.is_number()) wrong(name, "a number");
    return value.is_number() ? value.get<double>() : 0;
  }
  const Json& list(const Json& object, const char* name) {
    static const Json none = Json::array();
    const auto& value = member(object, name);
    if (!value.is_array()) wrong(name, "a list");
    return value.is_array() ? value : none;
  }
  std::vector<std::string> texts(const Json& object, const char* name) {
    std::vector<std::string> out;
    for (const auto& each : list(object, name)) {
      if (!each.is_string()) wrong(name, "a list of texts");
      out.push_back(each.is_string() ? each.get<std::string>() : std::string());
    }
    return out;
  }
  // One of the names, by its place.
  std::size_t one_of(const Json& object, const char* name, std::initializer_list<std::string_view> names) {
    const auto value = text(object, name);
    std::size_t at = 0;
    for (const auto each : names) {
      if (each == value) return at;
      ++at;
    }
    wrong(name, "one of the known names");
    return 0;
  }
  void wrong(std::string_view name, std::string_view expected) {
    if (trouble_.empty()) trouble_ = fmt::format("\"{}\" is not {}", name, expected);
  }
  const std::string& trouble() const { return trouble_; }

 private:
  std::string trouble_;
};

Paragraph paragraph_of(Reader& reader, const Json& json) {
  Paragraph out;
  out.kind = static_cast<Paragraph::Kind>(reader.one_of(json, "kind", {"body", "legal_basis", "item", "note", "to_write"}));
  for (const auto& run : reader.list(json, "runs"))
    out.runs.push_back({reader.text(run, "text"), reader.truth_or_false(run, "bold"), reader.truth_or_false(run, "italic"),
                        reader.text_or_empty(run, "figure")});
  return out;
}

Table table_of(Reader& reader, const Json& json) {
  Table out{reader.text(json, "id"), reader.text(json, "caption"), {}, {}, reader.text(json, "if_empty")};
  for (const auto& column : reader.list(json, "columns"))
    out.columns.push_back({reader.text(column, "title"), reader.number(column, "width"),
                           static_cast<Column::Align>(reader.one_of(column, "align", {"left", "centre", "right"}))});
  for (const auto& row : reader.list(json, "rows")) {
    Row into;
    into.total = reader.truth_or_false(row, "total");
    for (const auto& cell : reader.list(row, "cells"))
      into.cells.push_back({reader.text(cell, "text"), reader.text_or_none(cell, "value"), reader.text_or_empty(cell, "figure")});
    if (into.cells.size() != out.columns.size()) reader.wrong("cells", "as many as the table has columns");
    out.rows.push_back(std::move(into));
  }
  return out;
}

Chart chart_of(Reader& reader, const Json& json) {
  Chart out;
  out.id = reader.text(json, "id");
  out.kind = static_cast<Chart::Kind>(reader.one_of(json, "kind", {"bars", "line", "radar"}));
  out.caption = reader.text(json, "caption");
  out.alternative = reader.text(json, "alternative");
  out.unit = reader.text(json, "unit");
  out.categories = reader.texts(json, "categories");
  for (const auto& each : reader.list(json, "series")) {
    Series series{reader.text(each, "name"), {}};
    for (const auto& value : reader.list(each, "values")) {
      if (!value.is_number() && !value.is_null()) reader.wrong("values", "a list of numbers");
      series.values.push_back(value.is_number() ? std::optional(value.get<double>()) : std::nullopt);
    }
    if (series.values.size() != out.categories.size()) reader.wrong("values", "as many as there are categories");
    out.series.push_back(std::move(series));
  }
  return out;
}

std::vector<Block> blocks_of(Reader& reader, const Json& object, const char* name) {
  std::vector<Block> out;
  for (const auto& json : reader.list(object, name)) {
    switch (reader.one_of(json, "block", {"heading", "paragraph", "table", "chart"})) {
      case 0: {
        const auto level = static_cast<int>(integer(json, "level").value_or(0));
        if (level < 1 || level > 3) reader.wrong("level", "1, 2 or 3");
        out.emplace_back(Heading{level, reader.text(json, "number"), reader.text(json, "text")});
        break;
      }
      case 1:
        out.emplace_back(paragraph_of(reader, json));
        break;
      case 2:
        out.emplace_back(table_of(reader, json));
        break;
      default:
        out.emplace_back(chart_of(reader, json));
    }
  }
  return out;
}

Letterhead letterhead_of(Reader& reader, const Json& json) {
  return {reader.text(json, "parent"), reader.text(json, "issuer"),  reader.text(json, "symbol"),   reader.text(json, "place"),
          reader.text(json, "type"),   reader.text(json, "subject"), reader.text(json, "addressee")};
}

Frozen frozen_of(Reader& reader, const Json& json) {
  Frozen out;
  out.meeting = reader.text(json, "meeting");
  out.kind = reader.text(json, "kind");
  out.with_names = reader.truth(json, "with_names");
  out.position = reader.text(json, "position");
  out.as_of = reader.text(json, "as_of");
  const auto& projections = member(json, "projections");
  if (!projections.is_object()) {
    reader.wrong("projections", "an object");
  } else {
    for (const auto& [name, version] : projections.items()) {
      if (!version.is_number_unsigned()) reader.wrong("projections", "names with versions");
      out.projections[name] = version.is_number_unsigned() ? version.get<std::uint32_t>() : 0;
    }
  }
  out.sha256 = reader.text(json, "sha256");
  out.supplement_to = reader.text(json, "supplement_to");
  return out;
}

}  // namespace

Result<Document> read_json(std::string_view text) {
  if (text.size() > kDocumentBytesMax)
    return Error::poison(fmt::format("báo cáo có {0} byte; chỉ đọc tối đa {1} / the report has {0} bytes; at most {1} are read",
                                     text.size(), kDocumentBytesMax));
  const auto json = Json::parse(text, nullptr, false);
  if (json.is_discarded())
    return Error::poison(
        "báo cáo không phải JSON (có lập bằng --format json không?) / the report is not JSON (made with --format json?)");
  if (integer(json, "dongbo_report") != 1)
    return Error::poison(
        "JSON này không phải báo cáo của chương trình (\"dongbo_report\" không phải 1); hãy đưa tệp lập bằng --format json / the "
        "JSON is no report of this program (\"dongbo_report\" is not 1); give a file made with --format json");
  Reader reader;
  Document out;
  out.frozen = frozen_of(reader, member(json, "frozen"));
  out.simulated = reader.truth(json, "simulated");
  out.letterhead = letterhead_of(reader, member(json, "letterhead"));
  out.body = blocks_of(reader, json, "body");
  out.recipients = reader.texts(json, "recipients");
  for (const auto& signature : reader.list(json, "signatures")) out.signatures.push_back({reader.texts(signature, "lines")});
  for (const auto& annex : reader.list(json, "annexes"))
    out.annexes.push_back({reader.text(annex, "number"), reader.text(annex, "title"), reader.truth(annex, "landscape"),
                           blocks_of(reader, annex, "blocks")});
  for (const auto& figure : reader.list(json, "figures"))
    out.figures.push_back({reader.text(figure, "id"), reader.text(figure, "label"), reader.text(figure, "text"),
                           reader.text_or_none(figure, "value")});
  if (!reader.trouble().empty()) return Error::poison("báo cáo bị hỏng / the report is damaged: " + reader.trouble());
  return out;
}

}  // namespace dongbo::report
