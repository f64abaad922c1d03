#include "hub/cli/serve_settings.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "hub/base/version.h"

namespace dongbo::cli {
namespace {

class SettingsFile : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(file_); }
  Result<void> read(const std::string& text) {
    std::ofstream(file_) << text;
    return read_settings_file(file_, settings_);
  }
  std::string error_of(const std::string& text) {
    const auto result = read(text);
    return result ? "" : result.error().message;
  }
  const std::filesystem::path file_ = std::filesystem::path(testing::TempDir()) /
                                      (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".toml");
  ServeSettings settings_;
};

TEST_F(SettingsFile, SaysEveryOption) {
  const auto read_it = read(R"(data = "/var/lib/dongbo"
listen = "0.0.0.0:80"
shards = 6
allow_open = true
log_level = "debug"
resources = "/usr/share/dongbo"
body_bytes = 1000000
threads = 3
[kafka]
brokers = "k1:9092,k2:9092"
topic = "in"
topic_changes = "out"
topic_quarantine = "bad"
group = "province"
[kafka.properties]
"security.protocol" = "SASL_SSL"
sasl.mechanism = "PLAIN"
"socket.timeout.ms" = 1000
)");
  ASSERT_TRUE(read_it.has_value()) << read_it.error().message;
  EXPECT_EQ(settings_.data, "/var/lib/dongbo");
  EXPECT_EQ(settings_.listen, "0.0.0.0:80");
  EXPECT_EQ(settings_.shards, 6u);
  EXPECT_TRUE(settings_.allow_open);
  EXPECT_EQ(settings_.log_level, "debug");
  EXPECT_EQ(settings_.resources, "/usr/share/dongbo");
  EXPECT_EQ(settings_.body_bytes, 1'000'000u);
  EXPECT_EQ(settings_.threads, 3u);
  EXPECT_EQ(settings_.kafka_brokers, "k1:9092,k2:9092");
  EXPECT_EQ(settings_.kafka_topic, "in");
  EXPECT_EQ(settings_.kafka_changes, "out");
  EXPECT_EQ(settings_.kafka_quarantine, "bad");
  EXPECT_EQ(settings_.kafka_group, "province");
  const std::map<std::string, std::string> properties{
      {"security.protocol", "SASL_SSL"}, {"sasl.mechanism", "PLAIN"}, {"socket.timeout.ms", "1000"}};
  EXPECT_EQ(settings_.kafka_properties, properties);
}

TEST_F(SettingsFile, LeavesWhatItDoesNotSay) {
  ASSERT_TRUE(read("shards = 2\n").has_value());
  EXPECT_EQ(settings_.listen, "127.0.0.1:8080");
  EXPECT_EQ(settings_.kafka_topic, "dongbo.events");
}

TEST_F(SettingsFile, TheOneThatComesWithItSaysTheDefaults) {
  const auto read_it = read_settings_file(DONGBO_SOURCE_DIR "/deploy/dongbo.toml", settings_);
  ASSERT_TRUE(read_it.has_value()) << read_it.error().message;
  EXPECT_EQ(settings_, ServeSettings());
}

TEST_F(SettingsFile, RefusesAMisspeltOptionWithItsLine) {
  EXPECT_NE(error_of("shards = 2\nlisten_on = \"x\"\n").find(":2: listen_on is not an option"), std::string::npos);
  EXPECT_NE(error_of("[kafka]\nbroker = \"x\"\n").find(":2: kafka.broker is not an option"), std::string::npos);
}

TEST_F(SettingsFile, RefusesAValueOfAnotherTypeWithItsLine) {
  EXPECT_NE(error_of("\nshards = \"4\"\n").find(":2: shards must be a whole number"), std::string::npos);
  EXPECT_NE(error_of("shards = -1\n").find("shards must be a whole number from 0"), std::string::npos);
  EXPECT_NE(error_of("allow_open = 1\n").find("allow_open must be true or false"), std::string::npos);
  EXPECT_NE(error_of("kafka = 1\n").find("kafka must be a table"), std::string::npos);
}

TEST_F(SettingsFile, SaysWhereItIsNotToml) {
  EXPECT_NE(error_of("shards = 2\nlisten = \n").find(".toml:"), std::string::npos);
}

TEST(Listen, TakesHostAndPort) {
  EXPECT_EQ(parse_listen("127.0.0.1:8080")->port, 8080);
  EXPECT_EQ(parse_listen("[::1]:1")->host, "::1");
  EXPECT_EQ(parse_listen(":9")->host, "0.0.0.0");
  EXPECT_EQ(parse_listen("localhost:9")->host, "localhost");
  for (const char* wrong : {"127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:8o", "host.example:9", "1.2.3:9", ""})
    EXPECT_FALSE(parse_listen(wrong).has_value()) << wrong;
}

TEST(Listen, KnowsWhatStaysOnThisMachine) {
  for (const char* here : {"127.0.0.1", "127.8.9.1", "localhost", "::1"}) EXPECT_TRUE(is_loopback(here)) << here;
  for (const char* open : {"0.0.0.0", "10.0.0.1", "::", "1270.0.0.1", "example.vn"}) EXPECT_FALSE(is_loopback(open)) << open;
}

TEST(KafkaProperty, IsNameEqualsValue) {
  std::map<std::string, std::string> properties;
  EXPECT_TRUE(add_property("sasl.password=a=b", properties).has_value());
  EXPECT_EQ(properties["sasl.password"], "a=b");
  EXPECT_FALSE(add_property("no-equals", properties).has_value());
  EXPECT_FALSE(add_property("=value", properties).has_value());
}

TEST(Version, IsTheProjects) {
  std::ifstream in(std::string(DONGBO_SOURCE_DIR) + "/CMakeLists.txt");
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  EXPECT_NE(text.find(std::string("VERSION ") + kVersion + " "), std::string::npos);
}

}  // namespace
}  // namespace dongbo::cli
