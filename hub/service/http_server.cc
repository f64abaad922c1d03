#include "hub/service/http_server.h"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/status.hpp>
#include <condition_variable>
#include <mutex>
#include <unordered_set>

#include "hub/base/log.h"
#include "hub/service/problem.h"

namespace dongbo::service {
namespace {

namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;
using boost::system::error_code;

constexpr std::size_t kReadBytes = 128u << 10;
constexpr std::size_t kWriteBytes = 256u << 10;  // one time limit each
constexpr auto kSweepInterval = std::chrono::milliseconds(250);
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

}  // namespace

struct HttpServer::Impl : std::enable_shared_from_this<HttpServer::Impl> {
  class Connection;

  // What belongs to one IoThread; touched on it only, but for the counter.
  struct Lane {
    std::unordered_set<Connection*> connections;
    std::atomic<std::size_t> count{0};
    std::unique_ptr<asio::steady_timer> sweep;
  };

  Impl(IoThreads& io, HttpLimits bounds, Handler handle)
      : threads(io), limits(bounds), handler(std::move(handle)), acceptor(io.at(0)) {
    for (std::size_t i = 0; i < threads.size(); ++i) lanes.push_back(std::make_unique<Lane>());
  }

  Task<> accept_all();
  Task<> serve(tcp::socket socket, std::size_t lane);
  Task<> sweep(std::size_t lane);
  void left();

  std::size_t quietest_lane() {
    std::size_t best = next_lane++ % lanes.size();
    for (std::size_t i = 0; i < lanes.size(); ++i)
      if (lanes[i]->count < lanes[best]->count) best = i;
    return best;
  }

  IoThreads& threads;
  const HttpLimits limits;
  const Handler handler;
  tcp::acceptor acceptor;
  std::vector<std::unique_ptr<Lane>> lanes;
  std::size_t next_lane = 0;
  std::atomic<std::size_t> open{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<bool> stopping{false};
  std::atomic<bool> accepting{false};
  std::uint16_t bound_port = 0;
  std::mutex mutex;
  std::condition_variable all_left;
};

// One client. Lives in serve()'s frame, on its lane's thread.
class HttpServer::Impl::Connection final : public Exchange, public StreamWriter {
 public:
  Connection(Impl& server, tcp::socket socket, std::size_t lane) : server_(server), socket_(std::move(socket)), lane_(lane) {}

  Task<> run();
  void sweep(SteadyClock::time_point now) {
    if (now < deadline_) return;
    deadline_ = SteadyClock::time_point::max();
    timed_out_ = true;
    error_code ignored;
    socket_.cancel(ignored);
  }
  // The server drains: a connection between two requests ends at once.
  void end_when_idle() {
    if (idle_) sweep(SteadyClock::time_point::max());
  }
  void cut_off() {
    error_code ignored;
    socket_.close(ignored);
  }

  const HttpRequest& request() const override { return request_; }
  std::size_t thread() const override { return lane_; }
  bool stopping() const override { return server_.stopping; }
  Task<BodyPiece> read_body() override;
  Task<bool> write(std::string_view bytes, int seconds) override;

 private:
  using Parser = http::request_parser<http::buffer_body>;

  Task<error_code> read_some(std::size_t bytes);
  Task<error_code> read_header();
  bool take_header();
  Task<HttpResponse> handled();
  Task<bool> answer(const HttpResponse& response, bool keep_alive);
  Task<> linger();
  void limit(std::chrono::seconds time) { deadline_ = SteadyClock::now() + time; }

  Impl& server_;
  tcp::socket socket_;
  const std::size_t lane_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  HttpRequest request_;
  std::string body_;
  SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
  bool timed_out_ = false;
  bool idle_ = false;
  bool continue_wanted_ = false;
  std::size_t last_read_ = 0;
};

Task<error_code> HttpServer::Impl::Connection::read_some(std::size_t bytes) {
  error_code error;
  const auto room = buffer_.prepare(bytes);
  last_read_ = co_await socket_.async_read_some(room, asio::redirect_error(asio::use_awaitable, error));
  buffer_.commit(last_read_);
  co_return error;
}

Task<error_code> HttpServer::Impl::Connection::read_header() {
  parser_.emplace();
  parser_->header_limit(server_.limits.header_bytes);
  parser_->body_limit(boost::none);
  error_code error;
  if (buffer_.size() == 0) {
    idle_ = true;
    limit(server_.limits.keep_alive_idle);
    if (server_.stopping) co_return asio::error::eof;
    error = co_await read_some(8u << 10);
    idle_ = false;
    if (error) co_return error;
  }
  limit(server_.limits.header_time);
  while (true) {
    buffer_.consume(parser_->put(buffer_.data(), error));
    if (parser_->is_header_done()) co_return error_code();
    if (error && error != http::error::need_more) co_return error;
    if (buffer_.size() > server_.limits.header_bytes) co_return http::make_error_code(http::error::header_limit);
    error = co_await read_some(8u << 10);
    if (error) co_return error;
  }
}

// The parser's fields as handlers see them. False: the target cannot be read.
bool HttpServer::Impl::Connection::take_header() {
  const auto& message = parser_->get();
  const auto view = [](auto text) { return std::string_view(text.data(), text.size()); };
  request_ = HttpRequest();
  request_.method = view(message.method_string());
  for (const auto& field : message) request_.headers.emplace_back(view(field.name_string()), view(field.value()));
  if (const auto length = parser_->content_length()) request_.content_length = *length;
  request_.has_body = parser_->chunked() || request_.content_length.value_or(0) > 0;
  continue_wanted_ = equal_ignoring_case(request_.header("expect"), "100-continue");
  auto target = parse_target(view(message.target()));
  if (!target) return false;
  request_.target = std::move(*target);
  return true;
}

Task<BodyPiece> HttpServer::Impl::Connection::read_body() {
  using State = BodyPiece::State;
  BodyPiece piece;
  if (parser_->is_done()) co_return piece;
  if (continue_wanted_ && buffer_.size() == 0) {
    continue_wanted_ = false;
    if (!co_await write("HTTP/1.1 100 Continue\r\n\r\n", 10)) {
      piece.state = State::kGone;
      co_return piece;
    }
  }
  continue_wanted_ = false;
  if (body_.empty()) body_.resize(kReadBytes);
  auto& target = parser_->get().body();
  target.data = body_.data();
  target.size = body_.size();
  limit(server_.limits.body_idle);
  error_code error;
  while (true) {
    // A put ends at each boundary of a chunk: go on until the room, the buffer or the body ends.
    std::size_t used = 0;
    error = error_code();
    do {
      used = buffer_.size() > 0 ? parser_->put(buffer_.data(), error) : 0;
      buffer_.consume(used);
    } while (used > 0 && !error && !parser_->is_done());
    if (error && error != http::error::need_more && error != http::error::need_buffer) {
      piece.state = State::kMalformed;
      co_return piece;
    }
    const auto got = body_.size() - target.size;
    if (got > 0 || parser_->is_done()) {
      piece.bytes = std::string_view(body_).substr(0, got);
      piece.state = parser_->is_done() ? State::kEnd : State::kMore;
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

Task<bool> HttpServer::Impl::Connection::write(std::string_view bytes, int seconds) {
  limit(std::chrono::seconds(seconds));
  error_code error;
  const auto view = asio::buffer(bytes.data(), bytes.size());
  co_await asio::async_write(socket_, view, asio::redirect_error(asio::use_awaitable, error));
  deadline_ = SteadyClock::time_point::max();
  co_return !error;
}

Task<bool> HttpServer::Impl::Connection::answer(const HttpResponse& response, bool keep_alive) {
  const int seconds = static_cast<int>(server_.limits.body_idle.count());
  const auto header = header_text(response, keep_alive);
  auto content =
      request_.method == "HEAD" || bodiless(response.status) || response.stream ? std::string_view() : response.content();
  // Header and the start of the body in one call: most answers are one packet.
  const std::array<asio::const_buffer, 2> first{asio::buffer(header),
                                                asio::buffer(content.data(), std::min(content.size(), kWriteBytes))};
  limit(server_.limits.body_idle);
  error_code error;
  co_await asio::async_write(socket_, first, asio::redirect_error(asio::use_awaitable, error));
  content.remove_prefix(std::min(content.size(), kWriteBytes));
  while (!error && !content.empty()) {
    const auto part = content.substr(0, kWriteBytes);
    if (!co_await write(part, seconds)) co_return false;
    content.remove_prefix(part.size());
  }
  deadline_ = SteadyClock::time_point::max();
  co_return !error;
}

// The handler's answer; whatever is thrown in it costs this request only.
Task<HttpResponse> HttpServer::Impl::Connection::handled() {
  std::string failure;
  try {
    co_return co_await server_.handler(*this);
  } catch (const std::exception& error) {
    failure = error.what();
  }
  spdlog::error("{} {} failed: {}", request_.method, request_.target.path, failure);
  auto response = problem(problems::kFailed, "the log says what failed; trying again is safe");
  response.close = true;
  co_return response;
}

// After an answer that left something of the request unread: a close now would reset the connection and might take the
// answer with it, so what still comes is read and dropped for a moment.
Task<> HttpServer::Impl::Connection::linger() {
  error_code error;
  socket_.shutdown(tcp::socket::shutdown_send, error);
  limit(kLingerTime);
  for (std::size_t dropped = 0; !error && dropped < kLingerBytes; dropped += last_read_) {
    buffer_.consume(buffer_.size());
    error = co_await read_some(kReadBytes);
  }
}

Task<> HttpServer::Impl::Connection::run() {
  while (true) {
    const auto error = co_await read_header();
    const bool own_limit = timed_out_;
    timed_out_ = false;
    if (error) {
      if (error.category() != http::make_error_code(http::error::need_more).category()) {
        if (own_limit && buffer_.size() > 0 && !server_.stopping) {
          const auto late = problem(problems::kIdle, "the request header did not come within the time allowed");
          co_await answer(late, false);
        }
        co_return;
      }
      const bool large = error == http::error::header_limit;
      const auto& kind = large ? problems::kHeaderTooLarge : problems::kBadRequest;
      const auto refusal =
          problem(kind, large ? fmt::format("a header may hold {} bytes", server_.limits.header_bytes) : error.message());
      if (co_await answer(refusal, false)) co_await linger();
      co_return;
    }
    HttpResponse response;
    if (take_header()) {
      deadline_ = SteadyClock::time_point::max();
      response = co_await handled();
    } else {
      response = problem(problems::kBadRequest, "the target must be a path, percent-encoded UTF-8 where needed");
    }
    error_code ignored;
    const bool unread = !parser_->is_done();
    const bool keep_alive = parser_->get().keep_alive() && !response.close && !unread && !response.stream && !server_.stopping;
    if (!co_await answer(response, keep_alive)) co_return;
    if (response.stream && request_.method != "HEAD") {
      // Ten thousand slow readers must not hold megabytes each in the kernel.
      socket_.set_option(asio::socket_base::send_buffer_size(kWriteBytes), ignored);
      co_await response.stream(*this);
      socket_.shutdown(tcp::socket::shutdown_send, ignored);
      co_return;
    }
    if (!keep_alive) {
      co_await linger();
      co_return;
    }
    if (buffer_.capacity() > 2 * kReadBytes) buffer_.shrink_to_fit();
  }
}

void HttpServer::Impl::left() {
  if (open.fetch_sub(1) == 1) {
    std::lock_guard lock(mutex);
    all_left.notify_all();
  }
}

Task<> HttpServer::Impl::serve(tcp::socket socket, std::size_t lane_number) {
  const auto self = shared_from_this();
  auto& lane = *lanes[lane_number];
  Connection connection(*this, std::move(socket), lane_number);
  lane.connections.insert(&connection);
  try {
    co_await connection.run();
  } catch (const std::exception& error) {
    spdlog::error("a connection ended: {}", error.what());
  }
  lane.connections.erase(&connection);
  lane.count.fetch_sub(1);
  left();
}

Task<> HttpServer::Impl::sweep(std::size_t lane_number) {
  const auto self = shared_from_this();
  auto& lane = *lanes[lane_number];
  while (true) {
    error_code error;
    lane.sweep->expires_after(kSweepInterval);
    co_await lane.sweep->async_wait(asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    const auto now = SteadyClock::now();
    for (auto* connection : lane.connections) connection->sweep(now);
  }
}

Task<> HttpServer::Impl::accept_all() {
  const auto self = shared_from_this();
  while (accepting) {
    const auto lane = quietest_lane();
    tcp::socket socket(threads.at(lane));
    error_code error;
    co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
    if (!accepting) co_return;
    if (error) {
      // No descriptors left, mostly. Without a pause this loop would take the whole processor until one is free.
      spdlog::warn("a connection could not be accepted: {}", error.message());
      asio::steady_timer pause(threads.at(0), std::chrono::milliseconds(100));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    socket.set_option(tcp::no_delay(true), error);
    if (open >= limits.connections) {
      refused.fetch_add(1);
      const auto busy = problem(problems::kBusy, "too many connections");
      const auto text = header_text(busy, false) + busy.body;
      // The socket's buffer of a new connection holds this much: it does not block.
      socket.non_blocking(true, error);
      socket.write_some(asio::buffer(text), error);
      socket.shutdown(tcp::socket::shutdown_send, error);
      continue;
    }
    open.fetch_add(1);
    lanes[lane]->count.fetch_add(1);
    asio::co_spawn(threads.at(lane), serve(std::move(socket), lane), asio::detached);
  }
}

HttpServer::HttpServer(IoThreads& threads, HttpLimits limits, Handler handler)
    : impl_(std::make_shared<Impl>(threads, limits, std::move(handler))) {}

HttpServer::~HttpServer() {
  stop(std::chrono::milliseconds(0));
}

Result<void> HttpServer::listen(const std::string& host, std::uint16_t port) {
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (error) return Error::fatal(fmt::format("cannot listen on '{}': not an IP address", host));
  const tcp::endpoint endpoint(address, port);
  auto& acceptor = impl_->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(4096, error);
  if (error) return Error::fatal(fmt::format("cannot listen on {}:{}: {}", host, port, error.message()));
  impl_->bound_port = acceptor.local_endpoint(error).port();
  return {};
}

std::uint16_t HttpServer::port() const {
  return impl_->bound_port;
}

void HttpServer::start() {
  impl_->accepting = true;
  for (std::size_t i = 0; i < impl_->lanes.size(); ++i) {
    impl_->lanes[i]->sweep = std::make_unique<asio::steady_timer>(impl_->threads.at(i));
    asio::co_spawn(impl_->threads.at(i), impl_->sweep(i), asio::detached);
  }
  asio::co_spawn(impl_->threads.at(0), impl_->accept_all(), asio::detached);
}

void HttpServer::drain(std::chrono::milliseconds patience) {
  impl_->stopping = true;
  if (!impl_->accepting.exchange(false)) return;
  asio::post(impl_->threads.at(0), [self = impl_] {
    error_code ignored;
    self->acceptor.close(ignored);
  });
  for (std::size_t i = 0; i < impl_->lanes.size(); ++i)
    asio::post(impl_->threads.at(i), [self = impl_, i] {
      for (auto* connection : self->lanes[i]->connections) connection->end_when_idle();
    });
  std::unique_lock lock(impl_->mutex);
  impl_->all_left.wait_for(lock, patience, [&] { return impl_->open == 0; });
}

void HttpServer::stop(std::chrono::milliseconds patience) {
  // Never started (the address was in use): nothing runs that could take what is posted, and what is posted would keep
  // the acceptor beyond the io_context.
  if (!impl_->lanes.front()->sweep) return;
  drain(std::chrono::milliseconds(0));
  for (std::size_t i = 0; i < impl_->lanes.size(); ++i)
    asio::post(impl_->threads.at(i), [self = impl_, i] {
      for (auto* connection : self->lanes[i]->connections) connection->cut_off();
      if (self->lanes[i]->sweep) self->lanes[i]->sweep->cancel();
    });
  std::unique_lock lock(impl_->mutex);
  impl_->all_left.wait_for(lock, patience, [&] { return impl_->open == 0; });
}

std::size_t HttpServer::connections() const {
  return impl_->open;
}

std::uint64_t HttpServer::refused_connections() const {
  return impl_->refused;
}

}  // namespace dongbo::service
