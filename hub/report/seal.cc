#include "hub/report/seal.h"

#include <openssl/sha.h>

#include <fmt/format.h>

#include "hub/report/render.h"

namespace dongbo::report {

std::string digest_of(const Document& document) {
  auto open = document;
  open.frozen.sha256.clear();
  const auto text = render_json(open);
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  std::string out;
  for (const auto byte : digest) out += fmt::format("{:02x}", byte);
  return out;
}

void seal(Document& document) {
  document.frozen.sha256 = digest_of(document);
}

bool is_sealed(const Document& document) {
  return digest_of(document) == document.frozen.sha256;
}

}  // namespace dongbo::report
