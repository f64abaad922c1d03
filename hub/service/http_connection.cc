#include "hub/service/http_connection.h"

#include <fmt/format.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/status.hpp>
#include <ctime>

#include "hub/base/log.h"
#include "hub/service/problem.h"

namespace dongbo::service {
namespace {

namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kReadBytes = 128u << 10;
constexpr std::size_t kStreamBufferBytes = 256u << 10;
constexpr std::size_t kProgressBytes = 1u << 10;  // a client that takes less in the time of a write stands still
constexpr std::size_t kLingerBytes = 4u << 20;
constexpr auto kLingerTime = std::chrono::seconds(2);

// "Tue, 24 Nov 2026 07:36:43 GMT", made once a second and thread.
const std::string& http_date() {
  thread_local std::time_t made_for = 0;
  thread_local std::string text;
  const auto now = std::time(nullptr);
  if (now != made_for) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    char buffer[40];
    const auto size = std::strftime(buffer, sizeof buffer, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    text.assign(buffer, size);
    made_for = now;
  }
  return text;
}

bool bodiless(unsigned status) {
  return status == 204 || status == 304;
}

}  // namespace

std::string header_text(const HttpResponse& response, bool keep_alive) {
  std::string out;
  out.reserve(512);
  const auto reason = http::obsolete_reason(http::int_to_status(response.status));
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\nDate: {}\r\nServer: dongbo\r\nX-Content-Type-Options: nosniff\r\n",
                 response.status, std::string_view(reason.data(), reason.size()), http_date());
  if (!response.content_type.empty()) fmt::format_to(std::back_inserter(out), "Content-Type: {}\r\n", response.content_type);
  for (const auto& [name, value] : response.headers) fmt::format_to(std::back_inserter(out), "{}: {}\r\n", name, value);
  if (!response.stream && !bodiless(response.status))
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", response.content().size());
  out.append(keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
  return out;
}

struct HttpConnection::Wire {
  boost::beast::flat_buffer buffer;
  std::optional<http::request_parser<http::buffer_body>> parser;
};

// Outlives the connection by the moment until its read is told that it was cancelled.
struct HttpConnection::Watch {
  HttpConnection* connection;  // null: it no longer streams
  std::array<char, 64> dropped;
};

HttpConnection::HttpConnection(tcp::socket socket, std::size_t lane, const HttpLimits& limits, const HttpServer::Handler& handler,
                               const std::atomic<bool>& stopping)
    : socket_(std::move(socket)),
      lane_(lane),
      limits_(limits),
      handler_(handler),
      stopping_(stopping),
      wire_(std::make_unique<Wire>()) {}

HttpConnection::~HttpConnection() = default;

void HttpConnection::sweep(SteadyClock::time_point now) {
  if (now < deadline_ || (unwritten_ > 0 && makes_room(now))) return;
  deadline_ = SteadyClock::time_point::max();
  timed_out_ = true;
  error_code ignored;
  socket_.cancel(ignored);
}

void HttpConnection::end_when_idle() {
  if (idle_) sweep(SteadyClock::time_point::max());
}

void HttpConnection::cut_off() {
  error_code ignored;
  socket_.close(ignored);
}

Task<error_code> HttpConnection::read_some(std::size_t bytes) {
  error_code error;
  const auto room = wire_->buffer.prepare(bytes);
  last_read_ = co_await socket_.async_read_some(room, asio::redirect_error(asio::use_awaitable, error));
  wire_->buffer.commit(last_read_);
  co_return error;
}

Task<error_code> HttpConnection::read_header() {
  wire_->parser.emplace();
  wire_->parser->header_limit(limits_.header_bytes);
  wire_->parser->body_limit(boost::none);
  error_code error;
  if (wire_->buffer.size() == 0) {
    idle_ = true;
    limit(limits_.keep_alive_idle);
    if (stopping_) co_return asio::error::eof;
    error = co_await read_some(8u << 10);
    idle_ = false;
    if (error) co_return error;
  }
  limit(limits_.header_time);
  while (true) {
    wire_->buffer.consume(wire_->parser->put(wire_->buffer.data(), error));
    if (wire_->parser->is_header_done()) co_return error_code();
    if (error && error != http::error::need_more) co_return error;
    if (wire_->buffer.size() > limits_.header_bytes) co_return http::make_error_code(http::error::header_limit);
    error = co_await read_some(8u << 10);
    if (error) co_return error;
  }
}

// The parser's fields as handlers see them. False: the target cannot be read.
bool HttpConnection::take_header() {
  const auto& message = wire_->parser->get();
  const auto view = [](auto text) { return std::string_view(text.data(), text.size()); };
  request_ = HttpRequest();
  request_.method = view(message.method_string());
  for (const auto& field : message) request_.headers.emplace_back(view(field.name_string()), view(field.value()));
  if (const auto length = wire_->parser->content_length()) request_.content_length = *length;
  request_.has_body = wire_->parser->chunked() || request_.content_length.value_or(0) > 0;
  continue_wanted_ = equal_ignoring_case(request_.header("expect"), "100-continue");
  auto target = parse_target(view(message.target()));
  if (!target) return false;
  request_.target = std::move(*target);
  return true;
}

Task<BodyPiece> HttpConnection::read_body() {
  using State = BodyPiece::State;
  BodyPiece piece;
  if (wire_->parser->is_done()) co_return piece;
  if (continue_wanted_ && wire_->buffer.size() == 0) {
    continue_wanted_ = false;
    if (!co_await write("HTTP/1.1 100 Continue\r\n\r\n", 10)) {
      piece.state = State::kGone;
      co_return piece;
    }
  }
  continue_wanted_ = false;
  if (body_.empty()) body_.resize(kReadBytes);
  auto& target = wire_->parser->get().body();
  target.data = body_.data();
  target.size = body_.size();
  limit(limits_.body_idle);
  error_code error;
  while (true) {
    // A put ends at each boundary of a chunk: go on until the room, the buffer or the body ends.
    std::size_t used = 0;
    error = error_code();
    do {
      used = wire_->buffer.size() > 0 ? wire_->parser->put(wire_->buffer.data(), error) : 0;
      wire_->buffer.consume(used);
    } while (used > 0 && !error && !wire_->parser->is_done());
    if (error && error != http::error::need_more && error != http::error::need_buffer) {
      piece.state = State::kMalformed;
      co_return piece;
    }
    const auto got = body_.size() - target.size;
    if (got > 0 || wire_->parser->is_done()) {
      piece.bytes = std::string_view(body_).substr(0, got);
      piece.state = wire_->parser->is_done() ? State::kEnd : State::kMore;
      piece.drained = got < kReadBytes / 2;
      co_return piece;
    }
    error = co_await read_some(kReadBytes);
    if (error) {
      piece.state = timed_out_ ? State::kIdle : State::kGone;
      timed_out_ = false;
      co_return piece;
    }
  }
}

// What of the write under way the client's side has not taken: it waits here or in the kernel.
std::size_t HttpConnection::unsent() {
  int queued = 0;
  ::ioctl(socket_.native_handle(), SIOCOUTQ, &queued);
  return unwritten_ + static_cast<std::size_t>(std::max(queued, 0));
}

// A slow line is not a client that stands still: as long as he takes something, the write has its time again.
bool HttpConnection::makes_room(SteadyClock::time_point now) {
  const auto left = unsent();
  if (left + kProgressBytes > unsent_then_) return false;
  unsent_then_ = left;
  deadline_ = now + write_time_;
  return true;
}

Task<bool> HttpConnection::write_all(std::array<asio::const_buffer, 2> parts, std::chrono::seconds time) {
  unwritten_ = asio::buffer_size(parts);
  unsent_then_ = unsent();
  write_time_ = time;
  limit(time);
  error_code error;
  while (!error && unwritten_ > 0) {
    auto written = co_await socket_.async_write_some(parts, asio::redirect_error(asio::use_awaitable, error));
    unwritten_ -= written;
    for (auto& part : parts) {
      const auto of_it = std::min(written, part.size());
      part += of_it;
      written -= of_it;
    }
  }
  unwritten_ = 0;
  deadline_ = SteadyClock::time_point::max();
  co_return !error;
}

Task<bool> HttpConnection::write(std::string_view bytes, int seconds) {
  co_return co_await write_all({asio::buffer(bytes.data(), bytes.size()), asio::const_buffer()}, std::chrono::seconds(seconds));
}

// A reader of a stream has nothing to say: what he sends is dropped, and a read that ends means that he has hung up. What
// is being written to him then ends as well.
void HttpConnection::watch(const std::shared_ptr<Watch>& watch) {
  watch->connection->socket_.async_read_some(asio::buffer(watch->dropped), [watch](const error_code& error, std::size_t) {
    auto* connection = watch->connection;
    if (connection == nullptr || error == asio::error::operation_aborted) return;  // it ended, or a time limit did
    if (!error) return HttpConnection::watch(watch);
    error_code ignored;
    connection->socket_.cancel(ignored);
    if (connection->gone_) connection->gone_();
  });
}

Task<bool> HttpConnection::answer(const HttpResponse& response, bool keep_alive) {
  const auto header = header_text(response, keep_alive);
  const auto content =
      request_.method == "HEAD" || bodiless(response.status) || response.stream ? std::string_view() : response.content();
  // Header and body in one call: most answers are one packet.
  co_return co_await write_all({asio::buffer(header), asio::buffer(content.data(), content.size())}, limits_.body_idle);
}

// The handler's answer; whatever is thrown in it costs this request only.
Task<HttpResponse> HttpConnection::handled() {
  std::string failure;
  try {
    co_return co_await handler_(*this);
  } catch (const std::exception& error) {
    failure = error.what();
  }
  spdlog::error("{0} {1} gặp lỗi / {0} {1} failed: {2}", request_.method, request_.target.path, failure);
  auto response = problem(problems::kFailed,
                          "nhật ký chạy của hub ghi rõ lỗi; thử lại là an toàn / the log says what failed; trying again is safe");
  response.close = true;
  co_return response;
}

// After an answer that left something of the request unread: a close now would reset the connection and might take the
// answer with it, so what still comes is read and dropped for a moment.
Task<> HttpConnection::linger() {
  error_code error;
  socket_.shutdown(tcp::socket::shutdown_send, error);
  limit(kLingerTime);
  for (std::size_t dropped = 0; !error && dropped < kLingerBytes; dropped += last_read_) {
    wire_->buffer.consume(wire_->buffer.size());
    error = co_await read_some(kReadBytes);
  }
}

Task<> HttpConnection::run() {
  while (true) {
    const auto error = co_await read_header();
    const bool own_limit = timed_out_;
    timed_out_ = false;
    if (error) {
      if (error.category() != http::make_error_code(http::error::need_more).category()) {
        if (own_limit && wire_->buffer.size() > 0 && !stopping_) {
          const auto late = problem(problems::kHeaderIdle, fmt::format("phần đầu phải đến hết trong {0} giây kể từ byte đầu / a "
                                                                       "header has {0} s to come, from its first byte to its end",
                                                                       limits_.header_time.count()));
          co_await answer(late, false);
        }
        co_return;
      }
      const bool large = error == http::error::header_limit;
      const auto& kind = large ? problems::kHeaderTooLarge : problems::kBadRequest;
      const auto refusal =
          problem(kind, large ? fmt::format("phần đầu tối đa {0} byte / a header may hold {0} bytes", limits_.header_bytes)
                              : error.message());
      if (co_await answer(refusal, false)) co_await linger();
      co_return;
    }
    HttpResponse response;
    if (take_header()) {
      deadline_ = SteadyClock::time_point::max();
      if (const auto coding = request_.header("transfer-encoding"); !coding.empty() && !equal_ignoring_case(coding, "chunked")) {
        // Where such a body ends is not known, so nothing behind the header may be taken for a request (RFC 9112, 6.1).
        const auto refusal = problem(
            problems::kBadRequest,
            fmt::format("không nhận kiểu truyền '{0}'; hãy gửi chunked / the transfer coding '{0}' is not taken; send chunked",
                        coding));
        if (co_await answer(refusal, false)) co_await linger();
        co_return;
      }
      if (wire_->parser->get().version() >= 11 && wire_->parser->get().count(http::field::host) != 1) {
        response = problem(problems::kBadRequest,
                           "yêu cầu HTTP/1.1 phải nêu máy chủ đúng một lần: Host: TÊN[:CỔNG] / a request of HTTP/1.1 names its "
                           "host once: Host: NAME[:PORT]");
      } else {
        response = co_await handled();
      }
    } else {
      response = problem(problems::kBadRequest,
                         "đích phải là một đường dẫn, UTF-8 viết dạng %XX khi cần / the target must be a path, percent-encoded "
                         "UTF-8 where needed");
    }
    error_code ignored;
    const bool unread = !wire_->parser->is_done();
    const bool keep_alive = wire_->parser->get().keep_alive() && !response.close && !unread && !response.stream && !stopping_;
    if (!co_await answer(response, keep_alive)) co_return;
    if (response.stream && request_.method != "HEAD") {
      // Ten thousand slow readers must not hold megabytes each in the kernel.
      socket_.set_option(asio::socket_base::send_buffer_size(kStreamBufferBytes), ignored);
      struct Watching {
        std::shared_ptr<Watch> watch;
        ~Watching() { watch->connection = nullptr; }
      } watching{std::make_shared<Watch>(Watch{this, {}})};
      watch(watching.watch);
      co_await response.stream(*this);
      socket_.shutdown(tcp::socket::shutdown_send, ignored);
      co_return;
    }
    if (!keep_alive) {
      co_await linger();
      co_return;
    }
    if (wire_->buffer.capacity() > 2 * kReadBytes) wire_->buffer.shrink_to_fit();
  }
}

}  // namespace dongbo::service
