#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "hub/base/result.h"
#include "hub/service/exchange.h"
#include "hub/service/io_threads.h"

namespace dongbo::service {

struct HttpLimits {
  std::uint32_t header_bytes = 16u << 10;    // beyond: 431
  std::size_t connections = 12'000;          // beyond: 503
  std::chrono::seconds header_time{10};      // from a request's first byte to the end of its header
  std::chrono::seconds body_idle{30};        // without a byte of the body, or of room for the answer
  std::chrono::seconds keep_alive_idle{60};  // between requests
  std::uint64_t event_bytes = 1u << 20;      // one event; beyond: 413, a line: that line is invalid
  std::uint64_t batch_bytes = 64u << 20;     // an array of events
  std::size_t batch_items = 100'000;
  std::uint64_t stream_bytes = 1ull << 30;  // NDJSON, as sent and as decoded
  std::size_t feed_sessions = 10'000;
};

// HTTP/1.1 over TCP: keep-alive, pipelining, chunked bodies, 100-continue, time limits, answers written whole or
// streamed. One coroutine a connection, on one of the IoThreads for its whole life.
//
// Owned by the Service. listen() binds, start() accepts; drain() closes the listener and idle connections and waits until
// the busy ones have finished, at most `patience`; stop() cuts off what is left and waits until
// their handlers have ended, may be called again, and is complete when connections() is 0. The handler runs on the connection's
// thread, must not block, and may read the body; what it leaves unread ends the connection.
class HttpServer {
 public:
  using Handler = std::function<Task<HttpResponse>(Exchange&)>;

  HttpServer(IoThreads& threads, HttpLimits limits, Handler handler);
  ~HttpServer();

  Result<void> listen(const std::string& host, std::uint16_t port);
  std::uint16_t port() const;
  void start();
  void drain(std::chrono::milliseconds patience);
  void stop(std::chrono::milliseconds patience);

  std::size_t connections() const;
  std::uint64_t refused_connections() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace dongbo::service
