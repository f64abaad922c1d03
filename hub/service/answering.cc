#include "hub/service/answering.h"

#include <boost/asio/post.hpp>

#include "hub/base/log.h"
#include "hub/service/problem.h"
#include "hub/service/signal.h"

namespace dongbo::service {

constexpr std::size_t kWorthCompressing = 1024;

HttpResponse conditional(HttpResponse response, const Wanted& wanted, std::string etag) {
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!etag.empty() && !etag.starts_with('"') && !etag.starts_with("W/")) etag = '"' + etag + '"';
  if (response.status == 200 && !etag.empty() && etag_matches(wanted.if_none_match, etag)) {
    response.status = 304;
    response.body.clear();
    response.content_type.clear();
    response.headers.emplace_back("ETag", etag);
    return response;
  }
  if (wanted.gzip && response.body.size() > kWorthCompressing) {
    if (auto small = gzip_text(response.body); !small.empty() && small.size() < response.body.size()) {
      response.body = std::move(small);
      response.headers.emplace_back("Content-Encoding", "gzip");
      if (etag.size() > 2) etag.insert(etag.size() - 1, "-gzip");  // a strong tag names the bytes
    }
  }
  if (response.status == 200 && !etag.empty()) response.headers.emplace_back("ETag", etag);
  return response;
}

Task<HttpResponse> on_pool(asio::thread_pool& pool, std::function<HttpResponse()> make) {
  std::function<void(std::function<void(HttpResponse)>)> start = [&pool, &make](std::function<void(HttpResponse)> done) {
    asio::post(pool, [done = std::move(done), make = std::move(make)] {
      HttpResponse response;
      try {
        response = make();
      } catch (const std::exception& error) {
        spdlog::error("không lập được câu trả lời / an answer could not be made: {}", error.what());
        response =
            problem(problems::kFailed,
                    "nhật ký chạy của hub ghi rõ lỗi; thử lại là an toàn / the log says what failed; trying again is safe");
      }
      done(std::move(response));
    });
  };
  co_return co_await answer_from_elsewhere<HttpResponse>(std::move(start));
}

}  // namespace dongbo::service
