#include "hub/event/identity.h"

#include <memory>

#include <openssl/evp.h>

#include "hub/base/assert.h"

namespace dongbo::event {
namespace {

// SHA-256 with what OpenSSL makes us pay only once kept: the fetched algorithm for the process, a context for each
// thread (SHA256() of OpenSSL 3 fetches anew on each call, which costs more than hashing an event).
class Hasher {
 public:
  Hasher() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    DONGBO_ASSERT(context_ != nullptr);
    static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    DONGBO_ASSERT(algorithm != nullptr);
    DONGBO_ASSERT(EVP_DigestInit_ex2(context_.get(), algorithm, nullptr) == 1);
  }

  void add(std::string_view bytes) { DONGBO_ASSERT(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1); }

  // The digest of what was added; the hasher then begins anew.
  Digest finish() {
    unsigned char hash[EVP_MAX_MD_SIZE];
    DONGBO_ASSERT(EVP_DigestFinal_ex(context_.get(), hash, nullptr) == 1);
    DONGBO_ASSERT(EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1);
    Digest digest;
    std::memcpy(digest.bytes.data(), hash, digest.bytes.size());
    return digest;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

Hasher& hasher() {
  thread_local Hasher instance;
  return instance;
}

}  // namespace

Digest identity_of(std::string_view source, std::string_view id) {
  Hasher& hash = hasher();
  hash.add(source);
  hash.add(std::string_view("\0", 1));
  hash.add(id);
  return hash.finish();
}

Digest digest_of(std::string_view bytes) {
  Hasher& hash = hasher();
  hash.add(bytes);
  return hash.finish();
}

}  // namespace dongbo::event
