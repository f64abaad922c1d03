#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/service/http_text.h"

// GCC 12 takes the frames of coroutines that are allocated by asio's own operator new for mismatched ones once they are
// inlined. Whoever includes this writes coroutines.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace dongbo::service {

namespace asio = boost::asio;

// What a coroutine of this room returns. All coroutines of one connection run on its IoThread.
template <class T = void>
using Task = asio::awaitable<T>;

// A request whose header has been read. Views point into the connection's memory and live as long as the exchange.
struct HttpRequest {
  std::string_view method;
  Target target;
  std::vector<std::pair<std::string_view, std::string_view>> headers;
  std::optional<std::uint64_t> content_length;  // nullopt: chunked, or no body
  bool has_body = false;

  std::string_view header(std::string_view name) const {
    for (const auto& [key, value] : headers)
      if (equal_ignoring_case(key, name)) return value;
    return {};
  }
  std::optional<std::string_view> parameter(const std::string& name) const {
    const auto found = target.parameters.find(name);
    if (found == target.parameters.end()) return std::nullopt;
    return found->second;
  }
};

// Where a streaming answer (the feed) writes. False: the reader is gone or took longer than `seconds` to make room.
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  virtual Task<bool> write(std::string_view bytes, int seconds) = 0;
  // `gone` is called on the connection's thread when the reader hangs up, also while nothing is written; an empty one
  // takes it back.
  virtual void on_gone(std::function<void()> gone) = 0;
};

struct HttpResponse {
  unsigned status = 200;
  std::string content_type;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // instead of body: a file that lives longer
  std::vector<std::pair<std::string, std::string>> headers;
  bool close = false;
  // Instead of a body: called after the header was sent; the connection ends with it.
  std::function<Task<>(StreamWriter&)> stream;

  std::string_view content() const { return shared_body ? std::string_view(*shared_body) : std::string_view(body); }
};

struct BodyPiece {
  enum class State {
    kMore,       // there may be more
    kEnd,        // the last piece (may be empty)
    kGone,       // the client has vanished; `bytes` is empty
    kIdle,       // nothing came for the time allowed
    kMalformed,  // the transfer coding is broken
  };
  std::string_view bytes;  // valid until the next call
  State state = State::kEnd;
  bool drained = false;  // nothing more waits in the socket: a good moment to hand on what has come
};

// One request under way, as a handler sees it. Owned by the connection; used on its thread only.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual const HttpRequest& request() const = 0;
  virtual Task<BodyPiece> read_body() = 0;
  virtual std::size_t thread() const = 0;  // which IoThread
  virtual bool stopping() const = 0;       // the server wants to end: finish what was begun, begin nothing
};

}  // namespace dongbo::service
