#include "hub/cli/uploader.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace dongbo::cli {
namespace {

// Connections to it are made, and nothing is ever answered.
class SilentHub {
 public:
  SilentHub() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    socklen_t length = sizeof address;
    EXPECT_EQ(::bind(socket_, any, length), 0);
    EXPECT_EQ(::listen(socket_, 4), 0);
    EXPECT_EQ(::getsockname(socket_, any, &length), 0);
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  }
  ~SilentHub() { ::close(socket_); }
  const std::string& url() const { return url_; }

 private:
  const int socket_;
  std::string url_;
};

TEST(Uploader, TellsOnceThatAHubDoesNotAnswer) {
  const SilentHub hub;
  HttpClient client(hub.url());
  client.patience(std::chrono::seconds(2));
  std::vector<std::string> told;
  Uploader uploader(
      client,
      {"", std::chrono::seconds(0), {}, [&](const std::string& why) { told.push_back(why); }, std::chrono::milliseconds(0)});
  EXPECT_FALSE(uploader.send("{}\n", 1).has_value());
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NE(told[0].find(hub.url()), std::string::npos) << told[0];
  EXPECT_NE(told[0].find("no answer for"), std::string::npos) << told[0];
}

}  // namespace
}  // namespace dongbo::cli
