#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace dongbo::bench {

struct Answer {
  int status = 0;
  std::string body;
};

// One keep-alive connection to 127.0.0.1 with at most one request on its way. Non-blocking once `blocking` is off: write()
// and read() do what the socket allows and the caller polls fd(). Any failure throws: nothing is measured on a bad line.
class HttpConnection {
 public:
  explicit HttpConnection(std::uint16_t port, bool blocking = true);
  ~HttpConnection();
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;
  HttpConnection(HttpConnection&& other) noexcept;

  int fd() const { return fd_; }
  // Gives a whole request to the connection. False: not all of it is in the socket yet, call flush() when it is writable.
  bool send(std::string_view request);
  bool flush();
  // The answer once it is whole. A nullopt of a non-blocking connection: not yet.
  std::optional<Answer> read();
  Answer ask(std::string_view request);  // blocking

 private:
  int fd_ = -1;
  bool blocking_ = true;
  std::string unsent_;
  std::string in_;
};

std::string get_request(std::string_view path);
std::string post_request(std::string_view content_type, std::string_view body);
// The JSON of GET `path`; throws unless the status is 200.
nlohmann::json get_json(std::uint16_t port, std::string_view path);

}  // namespace dongbo::bench
