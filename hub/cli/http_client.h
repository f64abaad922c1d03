#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "hub/base/result.h"

namespace dongbo::cli {

struct HttpAnswer {
  long status = 0;
  std::string body;
  std::map<std::string, std::string> headers;  // names in small letters
  bool good() const { return status >= 200 && status < 300; }
};

// Asks one hub over HTTP (libcurl), keeping the connection. Errors are transient: nobody answered, or the connection
// broke before the answer was whole; whether the request took effect is then not known. An answer of any status is a
// value. One thread each; what redirects is not followed.
class HttpClient {
 public:
  // `base`: http://127.0.0.1:8080, without a path.
  explicit HttpClient(std::string base);
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;

  Result<HttpAnswer> get(const std::string& path);
  Result<HttpAnswer> post(const std::string& path, std::string_view body, const std::string& content_type);
  Result<HttpAnswer> del(const std::string& path);
  void patience(std::chrono::seconds time) { patience_ = time; }
  // `told` is called once in every request that has no answer after `time`, while it waits on.
  void when_slow(std::chrono::milliseconds time, std::function<void()> told) {
    slow_after_ = time;
    slow_ = std::move(told);
  }
  const std::string& base() const { return base_; }

 private:
  struct Handle;
  Result<HttpAnswer> perform(const std::string& method, const std::string& path, const std::string_view* body,
                             const std::string& content_type);
  std::string base_;
  std::chrono::seconds patience_{120};
  std::chrono::milliseconds slow_after_{0};
  std::function<void()> slow_;
  std::unique_ptr<Handle> handle_;
};

// For CLI11's check(): what is wrong with the address of a hub; empty: nothing.
std::string hub_address(const std::string& text);

// For an answer of something else than a hub; `rest`: what it said.
Error not_a_hub(const std::string& url, const std::string& rest = "");

// The JSON object that a hub answered. Errors: none came; `what` (an address) and the problem it was refused with; something
// that is no hub answered, for it is no object or lacks `member`.
Result<nlohmann::ordered_json> object_of(const Result<HttpAnswer>& answer, const std::string& what, const char* member = nullptr);

// One segment or parameter of a path.
std::string percent_encoded(std::string_view text);

// How long "Retry-After: 3" asks to wait; `otherwise` when the answer does not say.
std::chrono::seconds retry_after(const HttpAnswer& answer, std::chrono::seconds otherwise);

// What a problem+json answer says, in one line; the status when it is none.
std::string problem_text(const HttpAnswer& answer);

}  // namespace dongbo::cli
