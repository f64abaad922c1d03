#pragma once
#include <cstdint>
#include <string>

#include "hub/base/ids.h"
#include "hub/event/identity.h"

namespace dongbo::event {

// An event that may be journaled: decoded, validated against its schema, canonical. Made by Codec, moved along the
// pipeline, never changed.
struct PreparedEvent {
  // The canonical JSON of the whole CloudEvent: what the journal keeps and the Merkle tree hashes. Members sorted by
  // their UTF-8 bytes on every level, no white space, strings with the fewest escapes, integers as written, other
  // numbers in the shortest form that reads back the same (close to RFC 8785).
  std::string entry;
  Digest identity;       // of (source, id)
  Digest content;        // of the entry without traceparent and tracestate, which may differ between two sendings
  std::string home_key;  // what its schema's x-home names
  std::string id;        // for outcomes
  std::string source;
};

}  // namespace dongbo::event
