#include "hub/cli/serve_settings.h"

#include <arpa/inet.h>

#include <charconv>
#include <functional>
#include <limits>
#include <optional>
#include <set>

#include <fmt/format.h>
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "hub/base/in_both.h"

namespace dongbo::cli {
namespace {

// Takes members off one table of the file, each by its type, and knows which were not asked for.
class Section {
 public:
  Section(const toml::table& table, std::string file, std::string prefix)
      : table_(table), file_(std::move(file)), prefix_(std::move(prefix)) {}

  void text(std::string_view key, std::string& out) {
    take(key, {"một chuỗi", "a text"}, [&](const toml::node& node) {
      const auto value = node.value_exact<std::string>();
      if (value) out = *value;
      return value.has_value();
    });
  }
  void path(std::string_view key, std::filesystem::path& out) {
    std::string value;
    text(key, value);
    if (!value.empty()) out = value;
  }
  template <class Number>
  void number(std::string_view key, Number& out, std::int64_t least = 0,
              std::int64_t most = std::min<std::uint64_t>(std::numeric_limits<Number>::max(), INT64_MAX)) {
    take(key, {fmt::format("số nguyên từ {} đến {}", least, most), fmt::format("a whole number from {} to {}", least, most)},
         [&](const toml::node& node) {
           const auto value = node.value_exact<std::int64_t>();
           if (!value || *value < least || *value > most) return false;
           out = static_cast<Number>(*value);
           return true;
         });
  }
  void boolean(std::string_view key, bool& out) {
    take(key, {"true hoặc false", "true or false"}, [&](const toml::node& node) {
      const auto value = node.value_exact<bool>();
      if (value) out = *value;
      return value.has_value();
    });
  }
  const toml::table* section(std::string_view key) {
    const toml::table* found = nullptr;
    take(key, {"một bảng", "a table"}, [&](const toml::node& node) { return (found = node.as_table()) != nullptr; });
    return found;
  }

  Result<void> finish() {
    if (error_) return *error_;
    for (const auto& [key, node] : table_)
      if (!known_.contains(std::string(key.str()))) return at(node, key.str(), "không phải tùy chọn", "is not an option");
    return {};
  }

 private:
  struct Kind {
    std::string vietnamese;
    std::string english;
  };
  void take(std::string_view key, const Kind& kind, const std::function<bool(const toml::node&)>& use) {
    known_.insert(std::string(key));
    const auto* node = table_.get(key);
    if (node != nullptr && !use(*node) && !error_)
      error_ = at(*node, key, "phải là " + kind.vietnamese, "must be " + kind.english);
  }
  Error at(const toml::node& node, std::string_view key, const std::string& vietnamese, const std::string& english) const {
    const auto name = prefix_ + std::string(key);
    return Error::fatal(fmt::format("{}:{}: {} {} / {}:{}: {} {}", file_, node.source().begin.line, name, vietnamese, file_,
                                    node.source().begin.line, name, english));
  }

  const toml::table& table_;
  const std::string file_;
  const std::string prefix_;
  std::set<std::string> known_;
  std::optional<Error> error_;
};

// security.protocol = "SSL", whether the dot was quoted or made tables.
Result<void> read_properties(const toml::table& table, const std::string& file, const std::string& prefix,
                             std::map<std::string, std::string>& out) {
  for (const auto& [key, node] : table) {
    const auto name = prefix + std::string(key.str());
    if (const auto* inner = node.as_table()) {
      DONGBO_TRY(read_properties(*inner, file, name + ".", out));
    } else if (const auto text = node.value_exact<std::string>()) {
      out[name] = *text;
    } else if (const auto number = node.value_exact<std::int64_t>()) {
      out[name] = std::to_string(*number);
    } else if (const auto flag = node.value_exact<bool>()) {
      out[name] = *flag ? "true" : "false";
    } else {
      return Error::fatal(
          fmt::format("{0}:{1}: kafka.properties.{2} phải là chuỗi, số nguyên, true hoặc false / {0}:{1}: "
                      "kafka.properties.{2} must be a text, a whole number, true or false",
                      file, node.source().begin.line, name));
    }
  }
  return {};
}

Result<void> read_kafka(const toml::table& table, const std::string& file, ServeSettings& settings) {
  Section kafka(table, file, "kafka.");
  kafka.text("brokers", settings.kafka_brokers);
  kafka.text("topic", settings.kafka_topic);
  kafka.text("topic_changes", settings.kafka_changes);
  kafka.text("topic_quarantine", settings.kafka_quarantine);
  kafka.text("group", settings.kafka_group);
  if (const auto* properties = kafka.section("properties"))
    DONGBO_TRY(read_properties(*properties, file, "", settings.kafka_properties));
  return kafka.finish();
}

}  // namespace

Result<HostPort> parse_listen(const std::string& text) {
  const auto wrong =
      Error::fatal(in_both(fmt::format("'{}' không phải HOST:PORT", text), fmt::format("'{}' is not HOST:PORT", text)));
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return wrong;
  HostPort out{text.substr(0, colon), 0};
  if (out.host.starts_with('[') && out.host.ends_with(']')) out.host = out.host.substr(1, out.host.size() - 2);
  if (out.host.empty()) out.host = "0.0.0.0";
  const auto* const begin = text.data() + colon + 1;
  const auto* const end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(begin, end, out.port);
  if (begin == end || failed != std::errc() || stop != end) return wrong;
  in6_addr address{};
  if (out.host != "localhost" && inet_pton(AF_INET, out.host.c_str(), &address) != 1 &&
      inet_pton(AF_INET6, out.host.substr(0, out.host.find('%')).c_str(), &address) != 1)
    return Error::fatal(in_both(fmt::format("không nghe được ở '{}': không phải địa chỉ IP", out.host),
                                fmt::format("cannot listen on '{}': not an IP address", out.host)));
  return out;
}

bool is_loopback(const std::string& host) {
  if (host == "localhost" || host == "::1") return true;
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127;
}

Result<void> read_settings_file(const std::filesystem::path& path, ServeSettings& settings) {
  const auto file = path.string();
  const auto parsed = toml::parse_file(file);
  if (!parsed)
    return Error::fatal(fmt::format("{}:{}: không phải TOML / is not TOML: {}", file, parsed.error().source().begin.line,
                                    parsed.error().description()));
  Section top(parsed.table(), file, "");
  top.path("data", settings.data);
  top.text("listen", settings.listen);
  top.number("shards", settings.shards, 0, 1024);
  top.boolean("allow_open", settings.allow_open);
  top.text("log_level", settings.log_level);
  top.path("resources", settings.resources);
  top.number("body_bytes", settings.body_bytes);
  top.number("threads", settings.threads, 0, 256);
  if (const auto* kafka = top.section("kafka")) DONGBO_TRY(read_kafka(*kafka, file, settings));
  return top.finish();
}

Result<void> add_property(const std::string& text, std::map<std::string, std::string>& properties) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    return Error::fatal(in_both(fmt::format("'{}' không phải NAME=VALUE", text), fmt::format("'{}' is not NAME=VALUE", text)));
  properties[text.substr(0, equals)] = text.substr(equals + 1);
  return {};
}

}  // namespace dongbo::cli
