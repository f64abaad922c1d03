#include "hub/audit/entry_check.h"

#include "hub/event/canonical.h"
#include "hub/event/json_parser.h"
#include "hub/event/text_buffer.h"

namespace dongbo::audit {

struct EntryCheck::Impl {
  event::JsonParser parser;
  event::CanonicalWriter writer;
  event::TextBuffer rewritten;

  // The entry without the attributes that may differ between two sendings of one event: what `content` is made of.
  bool write_content(const simdjson::dom::object& event) {
    rewritten.clear();
    rewritten.push_back('{');
    for (const auto& [name, value] : event) {
      if (name == "traceparent" || name == "tracestate") continue;
      if (rewritten.size() > 1) rewritten.push_back(',');
      if (!event::append_text(rewritten, name)) return false;
      rewritten.push_back(':');
      if (!writer.append(rewritten, value)) return false;
    }
    rewritten.push_back('}');
    return true;
  }
};

EntryCheck::EntryCheck() : impl_(std::make_unique<Impl>()) {}
EntryCheck::~EntryCheck() = default;

std::optional<std::string> EntryCheck::wrong(const event::EntryRecord& record) {
  simdjson::dom::element root;
  if (const auto error = impl_->parser.parse(record.entry, root); error != simdjson::SUCCESS)
    return std::string("mục không phải JSON / the entry is not JSON: ") + simdjson::error_message(error);
  auto& rewritten = impl_->rewritten;
  rewritten.clear();
  if (!impl_->writer.append(rewritten, root))
    return "mục không viết lại được ở dạng chuẩn / the entry cannot be written canonically: " + impl_->writer.trouble().detail;
  if (rewritten.view() != record.entry) return "mục không ở dạng chuẩn / the entry is not canonical";
  simdjson::dom::object event;
  std::string_view source, id;
  if (root.get(event) != simdjson::SUCCESS || event["source"].get(source) != simdjson::SUCCESS ||
      event["id"].get(id) != simdjson::SUCCESS)
    return "mục không có nguồn và mã / the entry has no source and id";
  if (event::identity_of(source, id) != record.identity)
    return "danh tính không khớp nguồn và mã của mục / the identity is not that of the entry's source and id";
  const bool traced = event["traceparent"].error() == simdjson::SUCCESS || event["tracestate"].error() == simdjson::SUCCESS;
  if (traced && !impl_->write_content(event))
    return "nội dung của mục không viết lại được ở dạng chuẩn / the entry's content cannot be written canonically";
  if (event::digest_of(rewritten.view()) != record.content)
    return "mã băm nội dung không khớp mục / the digest of the content is not that of the entry";
  return std::nullopt;
}

}  // namespace dongbo::audit
