#include "hub/report/render.h"

namespace dongbo::report {

Result<std::string> render(const Document& document, Format format) {
  switch (format) {
    case Format::kHtml:
      return render_html(document);
    case Format::kDocx:
      return render_docx(document);
    case Format::kPdf:
      return render_pdf(document);
    case Format::kXlsx:
      return render_xlsx(document);
    case Format::kMd:
      return render_md(document);
    case Format::kJson:
      break;
  }
  return render_json(document);
}

}  // namespace dongbo::report
