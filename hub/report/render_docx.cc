#include <utility>

#include "hub/report/docx_body.h"
#include "hub/report/docx_parts.h"
#include "hub/report/docx_styles.h"
#include "hub/report/render.h"
#include "hub/report/zip_writer.h"

namespace dongbo::report {

Result<std::string> render_docx(const Document& document) {
  docx::BodyWriter body(document);
  body.letterhead();
  DONGBO_TRY(body.blocks(document.body, false));
  body.signatures();
  body.end_section({.landscape = false, .last = document.annexes.empty()});
  for (const auto& annex : document.annexes) {
    body.annex_head(annex);
    DONGBO_TRY(body.blocks(annex.blocks, annex.landscape));
    body.end_section({.landscape = annex.landscape, .last = &annex == &document.annexes.back()});
  }
  auto pictures = body.take_pictures();

  DONGBO_ASSIGN(auto zip, ZipWriter::open());
  DONGBO_TRY(zip.add("[Content_Types].xml", docx::content_types_part()));
  DONGBO_TRY(zip.add("_rels/.rels", docx::package_relations_part()));
  DONGBO_TRY(zip.add("docProps/core.xml", docx::core_properties_part(document)));
  DONGBO_TRY(zip.add("docProps/app.xml", docx::application_properties_part()));
  DONGBO_TRY(zip.add("docProps/custom.xml", docx::custom_properties_part(document)));
  DONGBO_TRY(zip.add("word/document.xml", body.document_part()));
  DONGBO_TRY(zip.add("word/_rels/document.xml.rels", docx::document_relations_part(pictures.size())));
  DONGBO_TRY(zip.add("word/styles.xml", docx::styles_part()));
  DONGBO_TRY(zip.add("word/settings.xml", docx::settings_part()));
  DONGBO_TRY(zip.add("word/fontTable.xml", docx::font_table_part()));
  DONGBO_TRY(zip.add("word/header1.xml", docx::header_part(document, docx::HeaderKind::kFirst)));
  DONGBO_TRY(zip.add("word/header2.xml", docx::header_part(document, docx::HeaderKind::kPortrait)));
  DONGBO_TRY(zip.add("word/header3.xml", docx::header_part(document, docx::HeaderKind::kLandscape)));
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    DONGBO_TRY(zip.add("word/media/image" + std::to_string(i + 1) + ".png", std::move(pictures[i])));
  }
  return zip.finish();
}

}  // namespace dongbo::report
