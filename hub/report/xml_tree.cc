#include "hub/report/xml_tree.h"

#include "hub/report/markup.h"

namespace dongbo::report::xml {
namespace {

class Bytes : public pugi::xml_writer {
 public:
  void write(const void* data, std::size_t size) override { bytes_.append(static_cast<const char*>(data), size); }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace

void set(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(clean_text(value).c_str());
}

pugi::xml_node add(pugi::xml_node parent, const char* name, Attributes attributes) {
  auto node = parent.append_child(name);
  for (const auto& [attribute, value] : attributes) set(node, attribute, value);
  return node;
}

pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text, Attributes attributes) {
  auto node = add(parent, name, attributes);
  node.append_child(pugi::node_pcdata).set_value(clean_text(text).c_str());
  return node;
}

pugi::xml_node add_value(pugi::xml_node parent, const char* name, std::string_view value) {
  return add(parent, name, {{"w:val", value}});
}

std::string to_bytes(const pugi::xml_document& document) {
  Bytes bytes;
  static constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  bytes.write(kDeclaration.data(), kDeclaration.size());
  document.save(bytes, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return bytes.take();
}

}  // namespace dongbo::report::xml
