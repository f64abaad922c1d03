#include "hub/cli/http_client.h"

#include <gtest/gtest.h>

namespace dongbo::cli {
namespace {

TEST(HubAddress, IsWhatAPathCanBePutBehind) {
  for (const char* good :
       {"http://127.0.0.1:8080", "https://dongbo.example/", "http://[::1]:80", "localhost:8080", "hub.example"})
    EXPECT_EQ(hub_address(good), "") << good;
  for (const char* wrong :
       {"", "ftp://127.0.0.1:1", "http://[", "http://127.0.0.1:99999", "file:///etc", "http://h/?x", "http://"})
    EXPECT_NE(hub_address(wrong), "") << wrong;
}

}  // namespace
}  // namespace dongbo::cli
