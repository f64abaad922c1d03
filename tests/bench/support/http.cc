#include "tests/bench/support/http.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace dongbo::bench {

HttpConnection::HttpConnection(std::uint16_t port, bool blocking) : blocking_(blocking) {
  fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd_ < 0 || connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    const auto why = std::string(std::strerror(errno));
    if (fd_ >= 0) close(fd_);
    throw std::runtime_error("cannot connect: " + why);
  }
  const int on = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (!blocking) fcntl(fd_, F_SETFL, fcntl(fd_, F_GETFL) | O_NONBLOCK);
}

HttpConnection::~HttpConnection() {
  if (fd_ >= 0) close(fd_);
}

HttpConnection::HttpConnection(HttpConnection&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      blocking_(other.blocking_),
      unsent_(std::move(other.unsent_)),
      in_(std::move(other.in_)) {}

bool HttpConnection::send(std::string_view request) {
  while (!request.empty()) {
    const auto sent = ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      request.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!blocking_) {
        unsent_ = request;
        return false;
      }
      // A hub that does not want the rest answers, and then closes: the answer must be read before it resets the line.
      pollfd line{fd_, POLLIN | POLLOUT, 0};
      poll(&line, 1, -1);
      if ((line.revents & POLLIN) != 0) return true;
    } else if (errno == EPIPE || errno == ECONNRESET) {
      return true;  // the same, seen later
    } else if (errno != EINTR) {
      throw std::runtime_error(std::string("send: ") + std::strerror(errno));
    }
  }
  return true;
}

bool HttpConnection::flush() {
  return unsent_.empty() || send(std::exchange(unsent_, {}));
}

std::optional<Answer> HttpConnection::read() {
  char buffer[65536];
  while (true) {
    if (const auto head = in_.find("\r\n\r\n"); head != std::string::npos) {
      const auto length_at = in_.find("Content-Length: ");
      if (length_at == std::string::npos || length_at > head) throw std::runtime_error("an answer without length: " + in_);
      std::size_t length = 0;
      std::from_chars(in_.data() + length_at + 16, in_.data() + head, length);
      if (in_.size() >= head + 4 + length) {
        Answer answer{0, in_.substr(head + 4, length)};
        std::from_chars(in_.data() + 9, in_.data() + 12, answer.status);
        in_.erase(0, head + 4 + length);
        return answer;
      }
    }
    const auto got = recv(fd_, buffer, sizeof buffer, 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return std::nullopt;
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw std::runtime_error(got == 0 ? "the hub closed a connection" : std::strerror(errno));
    in_.append(buffer, static_cast<std::size_t>(got));
  }
}

Answer HttpConnection::ask(std::string_view request) {
  send(request);
  return *read();
}

std::string get_request(std::string_view path) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path);
}

std::string post_request(std::string_view content_type, std::string_view body) {
  return fmt::format("POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}",
                     content_type, body.size(), body);
}

nlohmann::json get_json(std::uint16_t port, std::string_view path) {
  HttpConnection connection(port);
  const auto answer = connection.ask(get_request(path));
  if (answer.status != 200) throw std::runtime_error(fmt::format("GET {}: {} {}", path, answer.status, answer.body));
  return nlohmann::json::parse(answer.body);
}

}  // namespace dongbo::bench
