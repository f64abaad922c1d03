#include "hub/report/render.h"

namespace dongbo::report {
namespace {

struct Known {
  Format format;
  std::string_view extension;
  std::string_view media_type;
};
constexpr Known kKnown[] = {
    {Format::kHtml, "html", "text/html; charset=utf-8"},
    {Format::kDocx, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {Format::kPdf, "pdf", "application/pdf"},
    {Format::kXlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {Format::kMd, "md", "text/markdown; charset=utf-8"},
    {Format::kJson, "json", "application/json"},
};

const Known& known(Format format) {
  for (const auto& each : kKnown)
    if (each.format == format) return each;
  return kKnown[5];
}

}  // namespace

std::optional<Format> format_of(std::string_view extension) {
  for (const auto& each : kKnown)
    if (each.extension == extension) return each.format;
  return std::nullopt;
}

std::string_view extension_of(Format format) {
  return known(format).extension;
}
std::string_view media_type_of(Format format) {
  return known(format).media_type;
}

}  // namespace dongbo::report
