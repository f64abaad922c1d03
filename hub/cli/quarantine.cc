#include <functional>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "hub/cli/commands.h"
#include "hub/cli/console.h"
#include "hub/cli/http_client.h"

namespace dongbo::cli {
namespace {

using Json = nlohmann::ordered_json;

struct QuarantineOptions {
  std::string url = "http://127.0.0.1:8080";
  std::string id;
  std::string reason;
  std::string source;
  std::string state;
  bool all = false;
  bool json = false;
};

std::string text_of(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string parameters(const QuarantineOptions& options) {
  std::string out;
  const auto add = [&out](const char* name, const std::string& value) {
    if (!value.empty()) out += std::string(out.empty() ? "?" : "&") + name + "=" + percent_encoded(value);
  };
  add("reason", options.reason);
  add("source", options.source);
  add("state", options.state);
  return out;
}

// Gives each entry to `take` until it returns false.
Result<void> each_entry(HttpClient& client, const QuarantineOptions& options, const std::function<bool(const Json&)>& take) {
  const auto base = "/v1/quarantine" + parameters(options);
  std::string token;
  do {
    auto path = base + (base.find('?') == std::string::npos ? "?" : "&") + "page_size=500";
    if (!token.empty()) path += "&page_token=" + percent_encoded(token);
    DONGBO_ASSIGN(const auto answer, client.get(path));
    if (!answer.good()) return Error::fatal(client.base() + ": " + problem_text(answer));
    const auto body = Json::parse(answer.body, nullptr, false);
    if (!body.is_object() || !body.contains("items")) return Error::fatal(client.base() + " does not answer like a hub");
    for (const auto& item : body["items"])
      if (!take(item)) return {};
    token = text_of(body, "next_page_token");
  } while (!token.empty());
  return {};
}

std::string origin_of(const Json& item) {
  const auto origin = item.value("origin", Json::object());
  const auto door = text_of(origin, "door");
  const auto number = [&](const char* member) {
    return origin.contains(member) && origin[member].is_number() ? origin[member].dump() : std::string();
  };
  if (door == "kafka") return text_of(origin, "topic") + "/" + number("partition") + "@" + number("offset");
  if (door == "file") return text_of(origin, "file") + ":" + number("line");
  return door;
}

std::string why(const Json& item) {
  if (const auto detail = text_of(item, "detail"); !detail.empty()) return detail;
  for (const auto& fault : item.value("errors", Json::array())) return text_of(fault, "pointer") + " " + text_of(fault, "detail");
  return "";
}

int list(const QuarantineOptions& options) {
  HttpClient client(options.url);
  TextTable table({"số/id", "trạng thái/state", "lý do/reason", "từ/from", "nguồn/source", "sự kiện/event", "vì/why"},
                  {0, 1, 2, 3, 4, 5, 6});
  std::uint64_t count = 0;
  const auto read = each_entry(client, options, [&](const Json& item) {
    ++count;
    if (options.json)
      fmt::print("{}\n", item.dump(-1, ' ', false, Json::error_handler_t::replace));
    else
      table.row({text_of(item, "id"), text_of(item, "state"), text_of(item, "reason"), origin_of(item), text_of(item, "source"),
                 text_of(item, "event_id"), why(item)});
    return true;
  });
  if (!read) return fail("quarantine list", read.error());
  if (!options.json) fmt::print("{}", count > 0 ? table.text() : "Khu cách ly trống. / Nothing is in quarantine.\n");
  return kDone;
}

int show(const QuarantineOptions& options) {
  HttpClient client(options.url);
  std::optional<Json> found;
  const auto read = each_entry(client, {}, [&](const Json& item) {
    if (text_of(item, "id") == options.id) found = item;
    return !found;
  });
  if (!read) return fail("quarantine show", read.error());
  if (!found) return fail("quarantine show", Error::not_found("không có / there is no " + options.id));
  fmt::print("{}\n", found->dump(options.json ? -1 : 2, ' ', false, Json::error_handler_t::replace));
  return kDone;
}

int redrive(const QuarantineOptions& options) {
  const int ways =
      (options.id.empty() ? 0 : 1) + (options.all ? 1 : 0) + (options.reason.empty() && options.source.empty() ? 0 : 1);
  if (ways != 1) return usage("quarantine redrive", "cần đúng một / say exactly one of: ID, --all, --reason/--source");
  HttpClient client(options.url);
  client.patience(std::chrono::seconds(3600));
  const auto path = options.id.empty() ? "/v1/quarantine/redrive" + parameters(options)
                                       : "/v1/quarantine/" + percent_encoded(options.id) + "/redrive";
  const auto answer = client.post(path, "", "application/json");
  if (!answer) return fail("quarantine redrive", answer.error());
  if (!answer->good()) return fail("quarantine redrive", Error::fatal(problem_text(*answer)));
  const auto body = Json::parse(answer->body, nullptr, false);
  if (!body.is_object()) return fail("quarantine redrive", Error::fatal(options.url + " does not answer like a hub"));
  const auto number = [&](const char* member) { return body.value(member, std::uint64_t{0}); };
  if (options.json)
    fmt::print("{}\n", answer->body);
  else
    fmt::print(
        "Đã thử / tried {}: nhận/accepted {}, trùng/duplicate {}, vẫn bị từ chối/still refused {}, giữ lại để đúng thứ tự/held "
        "back for the order {}\n",
        grouped(number("tried")), grouped(number("accepted")), grouped(number("duplicate")), grouped(number("still_refused")),
        grouped(number("held_back")));
  return number("still_refused") + number("held_back") > 0 ? kFound : kDone;
}

int discard(const QuarantineOptions& options) {
  HttpClient client(options.url);
  const auto answer = client.post("/v1/quarantine/" + percent_encoded(options.id) + "/discard",
                                  Json{{"reason", options.reason}}.dump(), "application/json");
  if (!answer) return fail("quarantine discard", answer.error());
  if (!answer->good()) return fail("quarantine discard", Error::fatal(problem_text(*answer)));
  if (options.json)
    fmt::print("{}\n", answer->body.empty() ? "{}" : answer->body);
  else
    fmt::print("Đã bỏ {} (nguyên văn vẫn được giữ). / {} is discarded; its bytes are kept.\n", options.id, options.id);
  return kDone;
}

}  // namespace

void add_quarantine(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("quarantine", "Xem và xử lý những gì chưa được nhận.\nLooks at what was not taken, and settles it.");
  command->require_subcommand(1);
  command->footer(
      "Ví dụ / example:\n  dongbo quarantine list --reason invalid\n  dongbo quarantine redrive 0:q7\n  dongbo quarantine "
      "discard 0:q8 --reason \"bản ghi thử / a trial record\"");
  const auto add = [&](const char* name, const char* words, int (*run)(const QuarantineOptions&), auto more) {
    auto options = std::make_shared<QuarantineOptions>();
    auto* sub = command->add_subcommand(name, words);
    sub->add_option("--url", options->url, "địa chỉ hub / the hub")->capture_default_str();
    sub->add_flag("--json", options->json, "kết quả dạng JSON / the result as JSON");
    more(*sub, *options);
    sub->callback([options, run, &action] { action = [options, run] { return run(*options); }; });
  };
  const auto filters = [](CLI::App& sub, QuarantineOptions& options) {
    sub.add_option("--reason", options.reason, "unreadable, invalid, conflict, unknown_type")
        ->check(CLI::IsMember({"unreadable", "invalid", "conflict", "unknown_type"}));
    sub.add_option("--source", options.source, "nguồn / source");
  };
  add("list", "Liệt kê. / Lists it.", list, [&](CLI::App& sub, QuarantineOptions& options) {
    filters(sub, options);
    sub.add_option("--state", options.state, "held, redriven, discarded")
        ->check(CLI::IsMember({"held", "redriven", "discarded"}));
    sub.footer("Ví dụ / example:\n  dongbo quarantine list --state held");
  });
  add("show", "Xem một mục, cả nguyên văn. / Shows one, with its raw bytes (base64).", show,
      [](CLI::App& sub, QuarantineOptions& options) {
        sub.add_option("id", options.id, "0:q7")->required();
        sub.footer("Ví dụ / example:\n  dongbo quarantine show 0:q7");
      });
  add("redrive", "Đưa vào lại, giữ thứ tự từng chủ thể. / Gives it in again, in order per subject.", redrive,
      [&](CLI::App& sub, QuarantineOptions& options) {
        sub.add_option("id", options.id, "0:q7");
        filters(sub, options);
        sub.add_flag("--all", options.all, "tất cả / everything that is held");
        sub.footer(
            "Ví dụ / example:\n  dongbo quarantine redrive --reason unknown_type\nMã/exit 3: còn mục bị từ chối / some are "
            "refused again.");
      });
  add("discard", "Bỏ một mục, có lý do. / Discards one, with a reason.", discard, [](CLI::App& sub, QuarantineOptions& options) {
    sub.add_option("id", options.id, "0:q7")->required();
    sub.add_option("--reason", options.reason, "lý do / why")->required();
    sub.footer("Ví dụ / example:\n  dongbo quarantine discard 0:q8 --reason \"bản ghi thử / a trial record\"");
  });
}

}  // namespace dongbo::cli
