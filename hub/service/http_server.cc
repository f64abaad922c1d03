#include "hub/service/http_server.h"

#include <fmt/format.h>

#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <mutex>
#include <unordered_set>

#include "hub/base/log.h"
#include "hub/service/http_connection.h"
#include "hub/service/problem.h"

namespace dongbo::service {
namespace {

using tcp = asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;
using boost::system::error_code;

constexpr auto kSweepInterval = std::chrono::milliseconds(250);

}  // namespace

struct HttpServer::Impl : std::enable_shared_from_this<HttpServer::Impl> {
  // What belongs to one IoThread; touched on it only, but for the counter.
  struct Lane {
    std::unordered_set<HttpConnection*> connections;
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

void HttpServer::Impl::left() {
  if (open.fetch_sub(1) == 1) {
    std::lock_guard lock(mutex);
    all_left.notify_all();
  }
}

Task<> HttpServer::Impl::serve(tcp::socket socket, std::size_t lane_number) {
  const auto self = shared_from_this();
  auto& lane = *lanes[lane_number];
  HttpConnection connection(std::move(socket), lane_number, limits, handler, stopping);
  lane.connections.insert(&connection);
  try {
    co_await connection.run();
  } catch (const std::exception& error) {
    spdlog::error("một kết nối bị ngắt / a connection ended: {}", error.what());
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
      spdlog::warn("không nhận được một kết nối / a connection could not be accepted: {}", error.message());
      asio::steady_timer pause(threads.at(0), std::chrono::milliseconds(100));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    socket.set_option(tcp::no_delay(true), error);
    if (open >= limits.connections) {
      refused.fetch_add(1);
      const auto busy =
          problem(problems::kBusy,
                  fmt::format("đang mở {0} kết nối, tối đa của hub này; hãy đóng kết nối nhàn rỗi, hoặc hỏi lại sau giây lát / "
                              "{0} connections are open, as many as this hub takes; close what is idle, or ask again in a moment",
                              limits.connections));
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
  const tcp::endpoint endpoint(address, port);
  auto& acceptor = impl_->acceptor;
  if (!error) acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(4096, error);
  if (error)
    return Error::fatal(fmt::format("không nghe được ở {0}:{1} / cannot listen on {0}:{1}: {2}", host, port, error.message()));
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
