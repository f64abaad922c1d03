#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/result.h"

namespace dongbo::service {

// Undoes a request's Content-Encoding while it streams, with bounded memory: 64 KiB of output at a time, a window of at
// most 8 MiB. Several gzip members or zstd frames in a row are one body.
//
//   decoder->give(piece);
//   for (;;) { next() -> bytes; empty: give the next piece }
//   finish()   // at the body's end: was it complete?
//
// How much may come out in all is for the caller to limit (a bomb is a body that decodes to more than a body may hold).
// One body each; one thread.
class BodyDecoder {
 public:
  virtual ~BodyDecoder() = default;
  virtual void give(std::string_view piece) = 0;
  // Decoded bytes, valid until the next call; empty when all that was given is used up. Poison error: not that encoding.
  virtual Result<std::string_view> next() = 0;
  // Poison error when the body ends in the middle.
  virtual Result<void> finish() = 0;
};

// nullptr: an encoding that is not understood. "" and "identity" give what they are given.
std::unique_ptr<BodyDecoder> make_body_decoder(std::string_view content_encoding);

}  // namespace dongbo::service
