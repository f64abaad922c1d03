#include "hub/cli/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hub/base/in_both.h"
#include "hub/cli/console.h"

namespace dongbo::cli {
namespace {

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* answer) {
  static_cast<HttpAnswer*>(answer)->body.append(bytes, size * count);
  return size * count;
}

std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* answer) {
  std::string_view line(bytes, size * count);
  const auto colon = line.find(':');
  if (colon != std::string_view::npos) {
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    auto value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
    while (!value.empty() && (value.back() == '\r' || value.back() == '\n' || value.back() == ' ')) value.remove_suffix(1);
    static_cast<HttpAnswer*>(answer)->headers[name] = std::string(value);
  }
  return size * count;
}

// One request that waits for its answer.
struct Waiting {
  std::chrono::steady_clock::time_point slow_at;
  const std::function<void()>* told;  // nullptr: it was told
};

int look_at_clock(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& waiting = *static_cast<Waiting*>(data);
  if (waiting.told != nullptr && std::chrono::steady_clock::now() >= waiting.slow_at) (*std::exchange(waiting.told, nullptr))();
  return 0;
}

std::string wrong_address(std::string_view text) {
  return in_both(fmt::format("'{}' không phải địa chỉ hub, như http://127.0.0.1:8080", text), "is not the address of a hub");
}

}  // namespace

struct HttpClient::Handle {
  Handle() {
    static const auto once = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)once;
    curl = curl_easy_init();
  }
  ~Handle() { curl_easy_cleanup(curl); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  CURL* curl = nullptr;
};

HttpClient::HttpClient(std::string base) : base_(std::move(base)), handle_(std::make_unique<Handle>()) {
  while (base_.ends_with('/')) base_.pop_back();
}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;

Result<HttpAnswer> HttpClient::get(const std::string& path) {
  return perform("GET", path, nullptr, "");
}

Result<HttpAnswer> HttpClient::post(const std::string& path, std::string_view body, const std::string& content_type) {
  return perform("POST", path, &body, content_type);
}

Result<HttpAnswer> HttpClient::del(const std::string& path) {
  return perform("DELETE", path, nullptr, "");
}

Result<HttpAnswer> HttpClient::perform(const std::string& method, const std::string& path, const std::string_view* body,
                                       const std::string& content_type) {
  auto* const curl = handle_->curl;
  if (curl == nullptr) return Error::fatal(in_both("không khởi động được libcurl", "libcurl could not be started"));
  curl_easy_reset(curl);  // keeps the connection
  HttpAnswer answer;
  char reason[CURL_ERROR_SIZE] = "";
  const auto url = base_ + path;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  // A proxy of the machine's settings (http_proxy) must not be asked for what runs on this very machine.
  const auto host = url.substr(std::min(url.size(), url.find("//") == std::string::npos ? 0 : url.find("//") + 2));
  if (host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]"))
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(patience_.count()));
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
  Waiting waiting{std::chrono::steady_clock::now() + slow_after_, &slow_};
  if (slow_) {
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_at_clock);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &waiting);
  }
  curl_slist* headers = curl_slist_append(nullptr, "Expect:");  // the body follows at once
  if (body != nullptr) {
    headers = curl_slist_append(headers, ("Content-Type: " + content_type).c_str());
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
  }
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  const auto outcome = curl_easy_perform(curl);
  curl_slist_free_all(headers);
  if (outcome == CURLE_UNSUPPORTED_PROTOCOL || outcome == CURLE_URL_MALFORMAT) return Error::fatal(wrong_address(base_));
  if (outcome != CURLE_OK)
    return Error::transient(fmt::format("{} {}: không có trả lời / no answer: {}", method, url,
                                        *reason != '\0' ? reason : curl_easy_strerror(outcome)));
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  return answer;
}

std::string hub_address(const std::string& text) {
  if (text.empty()) return not_empty(text);
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl_url(), curl_url_cleanup);
  const auto part = [&](CURLUPart which) -> std::string {
    char* found = nullptr;
    if (curl_url_get(url.get(), which, &found, 0) != CURLUE_OK) return {};
    const std::unique_ptr<char, void (*)(void*)> freed(found, curl_free);
    return found;
  };
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_GUESS_SCHEME) != CURLUE_OK) return wrong_address(text);
  const auto scheme = part(CURLUPART_SCHEME);
  const bool plain = part(CURLUPART_QUERY).empty() && part(CURLUPART_FRAGMENT).empty();
  return (scheme == "http" || scheme == "https") && plain ? "" : wrong_address(text);
}

Error not_a_hub(const std::string& url, const std::string& rest) {
  return Error::fatal(url + " " + in_both("không trả lời như một hub", "does not answer like a hub") +
                      (rest.empty() ? "" : ": " + rest));
}

Result<nlohmann::ordered_json> object_of(const Result<HttpAnswer>& answer, const std::string& what, const char* member) {
  if (!answer) return answer.error();
  if (!answer->good()) return Error::fatal(what + ": " + problem_text(*answer));
  auto body = nlohmann::ordered_json::parse(answer->body, nullptr, false);
  if (!body.is_object() || (member != nullptr && !body.contains(member))) return not_a_hub(what);
  return body;
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const auto c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
                       c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::chrono::seconds retry_after(const HttpAnswer& answer, std::chrono::seconds otherwise) {
  const auto found = answer.headers.find("retry-after");
  if (found == answer.headers.end()) return otherwise;
  unsigned seconds = 0;
  const auto& text = found->second;
  const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (failed != std::errc() || stop != text.data() + text.size()) return otherwise;
  return std::chrono::seconds(std::min(seconds, 60u));
}

std::string problem_text(const HttpAnswer& answer) {
  const auto body = nlohmann::json::parse(answer.body, nullptr, false);
  if (!body.is_object()) return fmt::format("HTTP {}", answer.status);
  std::string out = fmt::format("HTTP {}", answer.status);
  for (const char* member : {"title", "detail"})
    if (body.contains(member) && body[member].is_string()) out += ": " + body[member].get<std::string>();
  if (body.contains("errors") && body["errors"].is_array())
    for (const auto& fault : body["errors"])
      if (fault.is_object()) out += fmt::format("; {} {}", fault.value("pointer", ""), fault.value("detail", ""));
  return out;
}

}  // namespace dongbo::cli
