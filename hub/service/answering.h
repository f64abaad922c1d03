#pragma once
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <string>

#include "hub/service/exchange.h"

namespace dongbo::service {

// What of a request decides the form of its answer, copied so that another thread may make it.
struct Wanted {
  explicit Wanted(const HttpRequest& request)
      : if_none_match(request.header("if-none-match")), gzip(accepts_gzip(request.header("accept-encoding"))) {}
  std::string if_none_match;
  bool gzip;
};

// The answer with its ETag, as 304 when the client has it already, compressed when that is wanted and worth it (> 1 KiB).
// `etag` with or without its quotes.
HttpResponse conditional(HttpResponse response, const Wanted& wanted, std::string etag);

// Makes an answer on a thread where blocking is allowed. What is thrown there becomes a 500.
Task<HttpResponse> on_pool(asio::thread_pool& pool, std::function<HttpResponse()> make);

}  // namespace dongbo::service
