#include "hub/report/read_office.h"

#include <zip.h>

#include <memory>
#include <optional>

#include <pugixml.hpp>

namespace dongbo::report {
namespace {

constexpr zip_uint64_t kPartBytesMax = 64U << 20U;

struct Close {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

// nullopt: there is no such part, or it is too large or damaged.
std::optional<std::string> part(zip_t* archive, const char* name) {
  zip_stat_t status;
  if (zip_stat(archive, name, 0, &status) != 0 || status.size > kPartBytesMax) return std::nullopt;
  const std::unique_ptr<zip_file_t, Close> file(zip_fopen(archive, name, 0));
  if (!file) return std::nullopt;
  std::string bytes(status.size, '\0');
  if (zip_fread(file.get(), bytes.data(), bytes.size()) != static_cast<zip_int64_t>(bytes.size())) return std::nullopt;
  return bytes;
}

Frozen frozen_of(const pugi::xml_document& properties) {
  const auto text = [&](const char* name) {
    return std::string(
        properties.child("Properties").find_child_by_attribute("property", "name", name).first_child().text().get());
  };
  Frozen out;
  out.meeting = text("DongboMeeting");
  out.kind = text("DongboKind");
  out.position = text("DongboPosition");
  out.as_of = text("DongboAsOf");
  out.sha256 = text("DongboSha256");
  out.supplement_to = text("DongboSupplementTo");
  return out;
}

// Collects what stands in each content control that bears a figure's id.
class Controls final : public pugi::xml_tree_walker {
 public:
  explicit Controls(std::map<std::string, std::string>& figures) : figures_(figures) {}
  bool for_each(pugi::xml_node& node) override {
    if (std::string_view(node.name()) != "w:sdt") return true;
    const std::string id = node.child("w:sdtPr").child("w:tag").attribute("w:val").value();
    if (id.empty()) return true;
    std::string text;
    for (const auto& found : node.child("w:sdtContent").select_nodes(".//w:t")) text += found.node().text().get();
    figures_.emplace(id, std::move(text));
    return true;
  }

 private:
  std::map<std::string, std::string>& figures_;
};

}  // namespace

Result<OfficeFile> read_office(std::string_view bytes) {
  const auto not_ours = [] {
    return Error::poison(
        "không phải DOCX hay XLSX do chương trình này lập (docProps/custom.xml không nêu báo cáo nào) / not a DOCX or XLSX that "
        "this program made (docProps/custom.xml does not name a report)");
  };
  zip_error_t error;
  zip_error_init(&error);
  auto* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return Error::transient("không đủ bộ nhớ để đọc tệp / no memory to read the file");
  const std::unique_ptr<zip_t, Close> archive(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!archive) {
    zip_source_free(source);
    return Error::poison(
        "không phải JSON, cũng không phải tệp văn phòng: không phải tệp nén zip / neither JSON nor an office file: not a zip "
        "archive");
  }
  const auto properties = part(archive.get(), "docProps/custom.xml");
  pugi::xml_document parsed;
  if (!properties || !parsed.load_buffer(properties->data(), properties->size())) return not_ours();
  OfficeFile out{frozen_of(parsed), {}};
  if (out.frozen.meeting.empty() || out.frozen.sha256.empty()) return not_ours();
  if (const auto body = part(archive.get(), "word/document.xml")) {
    pugi::xml_document text;
    if (!text.load_buffer(body->data(), body->size(), pugi::parse_default | pugi::parse_ws_pcdata))
      return Error::poison("word/document.xml trong tệp không phải XML / word/document.xml of the file is no XML");
    Controls controls(out.figures);
    text.traverse(controls);
  }
  return out;
}

}  // namespace dongbo::report
