#include "hub/audit/entry_check.h"

#include "hub/event/canonical.h"
#include "hub/event/json_parser.h"

namespace dongbo::audit {

struct EntryCheck::Impl {
  event::JsonParser parser;
  event::CanonicalWriter writer;
  std::string rewritten;

  // The entry without the attributes that may differ between two sendings of one event: what `content` is made of.
  std::string content_of(const simdjson::dom::object& event) {
    std::string out = "{";
    for (const auto& [name, value] : event) {
      if (name == "traceparent" || name == "tracestate") continue;
      if (out.size() > 1) out += ',';
      event::append_text(out, name);
      out += ':';
      if (!writer.append(out, value)) return {};
    }
    return out + "}";
  }
};

EntryCheck::EntryCheck() : impl_(std::make_unique<Impl>()) {}
EntryCheck::~EntryCheck() = default;

std::optional<std::string> EntryCheck::wrong(const event::EntryRecord& record) {
  simdjson::dom::element root;
  if (const auto error = impl_->parser.parse(record.entry, root); error != simdjson::SUCCESS)
    return std::string("the entry is not JSON: ") + simdjson::error_message(error);
  impl_->rewritten.clear();
  if (!impl_->writer.append(impl_->rewritten, root))
    return "the entry cannot be written canonically: " + impl_->writer.trouble().detail;
  if (impl_->rewritten != record.entry) return "the entry is not canonical";
  simdjson::dom::object event;
  std::string_view source, id;
  if (root.get(event) != simdjson::SUCCESS || event["source"].get(source) != simdjson::SUCCESS ||
      event["id"].get(id) != simdjson::SUCCESS)
    return "the entry has no source and id";
  if (event::identity_of(source, id) != record.identity) return "the identity is not that of the entry's source and id";
  const bool traced = event["traceparent"].error() == simdjson::SUCCESS || event["tracestate"].error() == simdjson::SUCCESS;
  const auto content = traced ? event::digest_of(impl_->content_of(event)) : event::digest_of(record.entry);
  if (content != record.content) return "the digest of the content is not that of the entry";
  return std::nullopt;
}

}  // namespace dongbo::audit
