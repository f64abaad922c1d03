#include "hub/service/static_files.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "hub/event/identity.h"

namespace dongbo::service {
namespace {

constexpr std::uintmax_t kBytesMax = 64u << 20;
constexpr std::string_view kContentPolicy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

std::string_view type_of(std::string_view extension) {
  static const std::map<std::string_view, std::string_view> kTypes{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".geojson", "application/geo+json"},
      {".map", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
      {".yaml", "application/yaml"},
      {".webmanifest", "application/manifest+json"},
  };
  const auto found = kTypes.find(extension);
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

}  // namespace

Result<void> StaticFiles::add(const std::string& path, const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) return Error::fatal(fmt::format("không đọc được / cannot read {}", file.string()));
  File out;
  out.content = std::make_shared<const std::string>(std::move(bytes).str());
  out.type = type_of(file.extension().string());
  if (!out.type.starts_with("image/png") && !out.type.starts_with("image/jpeg") && !out.type.starts_with("font/")) {
    auto small = gzip_text(*out.content);
    if (!small.empty() && small.size() < out.content->size()) out.gzip = std::make_shared<const std::string>(std::move(small));
  }
  const auto digest = event::digest_of(*out.content);
  for (const auto byte : digest.bytes) out.etag += fmt::format("{:02x}", byte);
  files_[path] = std::move(out);
  return {};
}

Result<StaticFiles> StaticFiles::load(const std::filesystem::path& directory) {
  StaticFiles out;
  std::error_code error;
  std::uintmax_t bytes = 0;
  if (!std::filesystem::is_directory(directory, error)) return out;
  for (auto entry = std::filesystem::recursive_directory_iterator(directory, error);
       !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
    if (!entry->is_regular_file(error) || error) continue;
    bytes += entry->file_size(error);
    if (bytes > kBytesMax)
      return Error::fatal(fmt::format("{0} có hơn {1} byte / {0} holds more than {1} bytes", directory.string(), kBytesMax));
    DONGBO_TRY(out.add("/" + entry->path().lexically_relative(directory).generic_string(), entry->path()));
  }
  if (error) return Error::fatal(fmt::format("không đọc được / cannot read {}: {}", directory.string(), error.message()));
  return out;
}

std::optional<HttpResponse> StaticFiles::answer(const HttpRequest& request) const {
  std::string path;
  for (const auto& segment : request.target.segments) path += "/" + segment;
  if (request.target.path.ends_with('/')) path += "/index.html";
  const auto found = files_.find(path);
  if (found == files_.end()) return std::nullopt;
  const auto& file = found->second;
  HttpResponse response;
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back("Content-Security-Policy", kContentPolicy);
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  const bool gzip = file.gzip && accepts_gzip(request.header("accept-encoding"));
  const auto etag = fmt::format("\"{}{}\"", file.etag, gzip ? "-gzip" : "");
  response.headers.emplace_back("ETag", etag);
  if (etag_matches(request.header("if-none-match"), fmt::format("\"{}\"", file.etag))) {
    response.status = 304;
    return response;
  }
  response.content_type = file.type;
  response.shared_body = gzip ? file.gzip : file.content;
  if (gzip) response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

}  // namespace dongbo::service
