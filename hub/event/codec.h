#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "hub/event/event.h"
#include "hub/event/fault.h"
#include "hub/event/schema_set.h"

namespace dongbo::event {

// Limits of one event, checked before anything else looks at it.
struct CodecLimits {
  std::size_t event_bytes_max = 1 << 20;  // 1 MiB of JSON as it arrives
  std::size_t depth_max = 32;
  std::size_t id_bytes_max = 1024;  // of id, source, subject, type and every extension attribute
};

using Decoded = std::variant<PreparedEvent, Refusal>;

// Bytes to PreparedEvent: the only place where an event from outside is read. Parses once (simdjson), refuses
// duplicate members, zero bytes and control characters in attributes, numbers outside what a double or a 64-bit integer
// holds, invalid UTF-8, unknown types; checks CloudEvents 1.0 (required attributes and `time`, attribute names [a-z0-9]),
// then the type's schema; builds the canonical entry; names the home key.
// `datacontenttype` is set to "application/json" when absent or with parameters, so the same fact sent structured and
// binary is the same content. An event with data_base64 or another content type is refused.
//
// Owns its parser's buffers: one Codec a thread, not shared. The SchemaSet must outlive it.
class Codec {
 public:
  explicit Codec(const SchemaSet& schemas, CodecLimits limits = {});
  ~Codec();
  Codec(Codec&&) noexcept;
  Codec& operator=(Codec&&) noexcept;

  // One structured-mode CloudEvent.
  Decoded decode(std::string_view json);

  // Binary mode: attributes by their CloudEvents names ("id", "source", …; as taken from ce-* / ce_* headers, already
  // percent-decoded by the door) and the body. `attributes` includes datacontenttype when the transport gave one.
  Decoded decode_binary(std::span<const std::pair<std::string_view, std::string_view>> attributes, std::string_view data);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Which of simdjson's kernels reads the events: "icelake", "haswell", "westmere", or, slowly, "fallback".
std::string_view json_kernel();

}  // namespace dongbo::event
