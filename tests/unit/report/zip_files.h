#pragma once
#include <zip.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "hub/base/assert.h"

// An office file taken apart again.
namespace dongbo::report::testing {

struct ZipFiles {
  std::map<std::string, std::string> bytes;
  std::vector<std::string> names;  // in the archive's order

  explicit ZipFiles(const std::string& archive_bytes) {
    zip_error_t error;
    zip_error_init(&error);
    auto* const source = zip_source_buffer_create(archive_bytes.data(), archive_bytes.size(), 0, &error);
    auto* const archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    DONGBO_ASSERT(archive != nullptr);
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
      zip_stat_t status;
      zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &status);
      std::string content(status.size, '\0');
      auto* const file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
      DONGBO_ASSERT(zip_fread(file, content.data(), content.size()) == static_cast<zip_int64_t>(content.size()));
      zip_fclose(file);
      names.emplace_back(status.name);
      bytes.emplace(status.name, std::move(content));
    }
    zip_discard(archive);
  }

  bool has(const std::string& name) const { return bytes.count(name) == 1; }

  std::unique_ptr<pugi::xml_document> xml(const std::string& name) const {
    auto document = std::make_unique<pugi::xml_document>();
    const auto& text = bytes.at(name);
    DONGBO_ASSERT(document->load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata).status ==
                  pugi::status_ok);
    return document;
  }
};

// All the text of a node, as read.
inline std::string text_of(pugi::xml_node node) {
  std::string out;
  for (const auto& child : node.select_nodes(".//w:t")) out += child.node().child_value();
  return out;
}

}  // namespace dongbo::report::testing
