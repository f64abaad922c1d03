#pragma once
#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "hub/service/exchange.h"
#include "hub/service/http_server.h"

namespace dongbo::service {

// One client: reads its requests, has them answered, keeps its time limits. Lives in a coroutine's frame of the server, on
// its lane's thread only; `limits`, `handler` and `stopping` are the server's and outlive it.
class HttpConnection final : public Exchange, public StreamWriter {
 public:
  using SteadyClock = std::chrono::steady_clock;

  HttpConnection(asio::ip::tcp::socket socket, std::size_t lane, const HttpLimits& limits, const HttpServer::Handler& handler,
                 const std::atomic<bool>& stopping);
  ~HttpConnection() override;

  Task<> run();
  // Ends what has waited beyond its time limit.
  void sweep(SteadyClock::time_point now);
  // The server drains: a connection between two requests ends at once.
  void end_when_idle();
  void cut_off();

  const HttpRequest& request() const override { return request_; }
  std::size_t thread() const override { return lane_; }
  bool stopping() const override { return stopping_; }
  Task<BodyPiece> read_body() override;
  Task<bool> write(std::string_view bytes, int seconds) override;
  void on_gone(std::function<void()> gone) override { gone_ = std::move(gone); }

 private:
  struct Wire;   // the bytes that have come and their parser
  struct Watch;  // a read that is under way while an answer streams
  static void watch(const std::shared_ptr<Watch>& watch);

  Task<boost::system::error_code> read_some(std::size_t bytes);
  Task<boost::system::error_code> read_header();
  bool take_header();
  Task<HttpResponse> handled();
  Task<bool> answer(const HttpResponse& response, bool keep_alive);
  // One after the other; `time` is for some progress, not for all.
  Task<bool> write_all(std::array<asio::const_buffer, 2> parts, std::chrono::seconds time);
  bool makes_room(SteadyClock::time_point now);
  std::size_t unsent();
  Task<> linger();
  void limit(std::chrono::seconds time) { deadline_ = SteadyClock::now() + time; }

  asio::ip::tcp::socket socket_;
  const std::size_t lane_;
  const HttpLimits& limits_;
  const HttpServer::Handler& handler_;
  const std::atomic<bool>& stopping_;
  std::unique_ptr<Wire> wire_;
  HttpRequest request_;
  std::string body_;
  SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
  // Of the write under way, 0: none. What the client's side had not taken when the deadline was set.
  std::size_t unwritten_ = 0;
  std::size_t unsent_then_ = 0;
  std::chrono::seconds write_time_{0};
  std::function<void()> gone_;
  bool timed_out_ = false;
  bool idle_ = false;
  bool continue_wanted_ = false;
  std::size_t last_read_ = 0;
};

// Status line and header fields of an answer, to the empty line.
std::string header_text(const HttpResponse& response, bool keep_alive);

}  // namespace dongbo::service
