#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/result.h"
#include "hub/report/document.h"

namespace dongbo::report {

enum class Format { kHtml, kDocx, kPdf, kXlsx, kMd, kJson };

std::optional<Format> format_of(std::string_view extension);  // "docx"
std::string_view extension_of(Format format);
std::string_view media_type_of(Format format);

// The document in one format, as the bytes of a file. The same document gives the same bytes. Any thread; a PDF starts a
// program (weasyprint) and takes seconds. Errors: the program is missing or failed (says which package to install); poison
// when the tables are too long for a PDF (60,000 cells).
Result<std::string> render(const Document& document, Format format);

// One a format, each in its own file.
Result<std::string> render_html(const Document& document);
Result<std::string> render_docx(const Document& document);
Result<std::string> render_pdf(const Document& document);
Result<std::string> render_xlsx(const Document& document);
std::string render_md(const Document& document);
std::string render_json(const Document& document);

// Metadata of the paper as XML (Nghị định 30/2020/NĐ-CP, Phụ lục VI), to stand beside the PDF.
std::string render_metadata(const Document& document);

}  // namespace dongbo::report
