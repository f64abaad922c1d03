#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "hub/base/in_both.h"
#include "hub/cli/commands.h"
#include "hub/cli/console.h"
#include "hub/cli/http_client.h"
#include "hub/cli/quarantine_list.h"
#include "hub/intake/redrive.h"

namespace dongbo::cli {
namespace {

using Json = nlohmann::ordered_json;

struct QuarantineOptions {
  std::string url = "http://127.0.0.1:8080";
  std::vector<std::string> ids;
  std::string reason;
  std::string source;
  std::string state;
  bool all = false;
  bool json = false;
};

// For CLI11's check().
std::string quarantine_id(const std::string& text) {
  if (intake::parse_quarantine_id(text)) return "";
  return in_both(fmt::format("'{}' không phải số cách ly, như 0:q7", text), "is not a quarantine id");
}

std::string text_of(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

void print_line(const Json& object) {
  fmt::print("{}\n", object.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string parameters(const QuarantineOptions& options) {
  std::string out;
  const auto add = [&out](const char* name, const std::string& value) {
    if (!value.empty()) out += std::string(out.empty() ? "" : "&") + name + "=" + percent_encoded(value);
  };
  add("reason", options.reason);
  add("source", options.source);
  add("state", options.state);
  return out;
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
  const auto read = each_quarantined(client, parameters(options), [&](const Json& item) {
    ++count;
    if (options.json)
      print_line(item);
    else
      table.row({text_of(item, "id"), text_of(item, "state"), text_of(item, "reason"), origin_of(item), text_of(item, "source"),
                 text_of(item, "event_id"), why(item)});
    return true;
  });
  if (!read) return fail("quarantine list", read.error());
  if (!options.json) fmt::print("{}", count > 0 ? table.text() : "Khu cách ly trống. / Nothing is in quarantine.\n");
  return kDone;
}

// What the hub answers of one id; an error says what is wrong with it.
using AskOne = std::function<Result<Json>(const std::string& id)>;
// Tells one outcome in words; false: it is not as it should be.
using TellOne = std::function<bool(const std::string& id, const Json& answer)>;

// Every id by itself: what fails does not hinder the others, but nothing more is asked of a hub that does not answer.
int each_id(const QuarantineOptions& options, const char* command, const AskOne& ask, const TellOne& tell) {
  int code = kDone;
  for (const auto& id : options.ids) {
    auto answer = ask(id);
    if (!answer) {
      code = fail(command, Error{answer.error().error_class, id + ": " + answer.error().message});
      if (options.json) print_line({{"id", id}, {"error", answer.error().message}});
      if (answer.error().error_class == ErrorClass::kTransient) return code;
      continue;
    }
    if (options.json) print_line(*answer);
    if (!tell(id, *answer) && code == kDone) code = kFound;
  }
  return code;
}

int show(const QuarantineOptions& options) {
  HttpClient client(options.url);
  const auto ask = [&](const std::string& id) -> Result<Json> {
    const auto answer = client.get("/v1/quarantine/" + percent_encoded(id));
    if (answer && answer->status == 404) return Error::not_found("không có / there is no " + id);
    DONGBO_ASSIGN(auto entry, object_of(answer, options.url));
    entry.erase("freshness");  // as in the list
    return entry;
  };
  return each_id(options, "quarantine show", ask, [&](const std::string&, const Json& entry) {
    if (!options.json) fmt::print("{}\n", entry.dump(2, ' ', false, Json::error_handler_t::replace));
    return true;
  });
}

std::uint64_t number_of(const Json& object, const char* member) {
  return object.value(member, std::uint64_t{0});
}

bool all_taken(const Json& result) {
  return number_of(result, "still_refused") + number_of(result, "held_back") == 0;
}

std::string redriven_text(const Json& result) {
  return fmt::format(
      "Đã thử / tried {}: nhận/accepted {}, trùng/duplicate {}, vẫn bị từ chối/still refused {}, giữ lại để đúng thứ tự/held "
      "back for the order {}\n",
      grouped(number_of(result, "tried")), grouped(number_of(result, "accepted")), grouped(number_of(result, "duplicate")),
      grouped(number_of(result, "still_refused")), grouped(number_of(result, "held_back")));
}

int redrive(QuarantineOptions options) {
  const int ways =
      (options.ids.empty() ? 0 : 1) + (options.all ? 1 : 0) + (options.reason.empty() && options.source.empty() ? 0 : 1);
  if (ways != 1) return usage("quarantine redrive", "cần đúng một / say exactly one of: ID, --all, --reason/--source");
  HttpClient client(options.url);
  client.patience(std::chrono::seconds(3600));
  if (options.ids.empty()) {
    const auto chosen = parameters(options);
    const auto path = "/v1/quarantine/redrive" + (chosen.empty() ? "" : "?" + chosen);
    const auto result = object_of(client.post(path, "", "application/json"), options.url);
    if (!result) return fail("quarantine redrive", result.error());
    options.json ? print_line(*result) : fmt::print("{}", redriven_text(*result));
    return all_taken(*result) ? kDone : kFound;
  }
  // What came first is given in first, in whatever order the ids are named.
  std::sort(options.ids.begin(), options.ids.end(),
            [](const auto& a, const auto& b) { return intake::parse_quarantine_id(a) < intake::parse_quarantine_id(b); });
  const auto ask = [&](const std::string& id) -> Result<Json> {
    DONGBO_ASSIGN(
        const auto counts,
        object_of(client.post("/v1/quarantine/" + percent_encoded(id) + "/redrive", "", "application/json"), options.url));
    Json result{{"id", id}};
    result.update(counts);
    return result;
  };
  return each_id(options, "quarantine redrive", ask, [&](const std::string& id, const Json& result) {
    if (!options.json) fmt::print("{}{}", options.ids.size() > 1 ? id + ": " : "", redriven_text(result));
    return all_taken(result);
  });
}

int discard(const QuarantineOptions& options) {
  HttpClient client(options.url);
  const auto ask = [&](const std::string& id) {
    return object_of(client.post("/v1/quarantine/" + percent_encoded(id) + "/discard", Json{{"reason", options.reason}}.dump(),
                                 "application/json"),
                     options.url);
  };
  return each_id(options, "quarantine discard", ask, [&](const std::string& id, const Json&) {
    if (!options.json) fmt::print("Đã bỏ {} (nguyên văn vẫn được giữ). / {} is discarded; its bytes are kept.\n", id, id);
    return true;
  });
}

}  // namespace

void add_quarantine(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("quarantine", "Xem và xử lý những gì chưa được nhận.\nLooks at what was not taken, and settles it.");
  command->require_subcommand(1);
  command->footer(
      "Ví dụ / example:\n  dongbo quarantine list --reason invalid\n  dongbo quarantine redrive 0:q7\n  dongbo quarantine "
      "discard 0:q8 0:q9 --reason \"bản ghi thử / a trial record\"\n"
      "--json: mỗi mục một dòng JSON / one JSON object a line, an entry or an outcome each.");
  const auto add = [&](const char* name, const char* words, auto run, const char* json, auto more) {
    auto options = std::make_shared<QuarantineOptions>();
    auto* sub = command->add_subcommand(name, words);
    sub->add_option("--url", options->url, "địa chỉ hub / the hub")->check(hub_address)->capture_default_str();
    sub->add_flag("--json", options->json, json);
    more(*sub, *options);
    sub->callback([options, run, &action] { action = [options, run] { return run(*options); }; });
  };
  const auto filters = [](CLI::App& sub, QuarantineOptions& options) {
    sub.add_option("--reason", options.reason, "lý do / unreadable, invalid, conflict, unknown_type")
        ->check(CLI::IsMember({"unreadable", "invalid", "conflict", "unknown_type"}));
    sub.add_option("--source", options.source, "nguồn / source")->check(not_empty);
  };
  const auto ids = [](CLI::App& sub, QuarantineOptions& options) {
    return sub.add_option("id", options.ids, "0:q7, một hay nhiều / one or several")->check(quarantine_id);
  };
  const char* const outcomes = "mỗi mục một dòng JSON / one JSON object a line for each";
  add("list", "Liệt kê. / Lists it.", list, "mỗi mục một dòng JSON, đủ mọi trường / one JSON object a line, with every field",
      [&](CLI::App& sub, QuarantineOptions& options) {
        filters(sub, options);
        sub.add_option("--state", options.state, "trạng thái / held, redriven, discarded")
            ->check(CLI::IsMember({"held", "redriven", "discarded"}));
        sub.footer(
            "Ví dụ / example:\n  dongbo quarantine list --state held\n  dongbo quarantine list --state held --json | jq -r .id\n"
            "--json: id, reason, detail, errors, origin, received_at, state, state_note, source, event_id, subject, "
            "content_type, "
            "attributes, raw_base64; không có mục nào thì không có dòng nào / no line when nothing is there. Các trường như ở / "
            "the fields of GET /v1/quarantine (schemas/openapi.yaml, QuarantineEntry).");
      });
  add("show", "Xem từng mục, cả nguyên văn. / Shows entries, with their raw bytes (base64).", show,
      "mỗi mục một dòng / one line each", [&](CLI::App& sub, QuarantineOptions& options) {
        ids(sub, options)->required();
        sub.footer("Ví dụ / example:\n  dongbo quarantine show 0:q7");
      });
  add("redrive", "Đưa vào lại, giữ thứ tự từng chủ thể. / Gives it in again, in order per subject.", redrive, outcomes,
      [&](CLI::App& sub, QuarantineOptions& options) {
        ids(sub, options);
        filters(sub, options);
        sub.add_flag("--all", options.all, "tất cả / everything that is held");
        sub.footer(
            "Ví dụ / example:\n  dongbo quarantine redrive --reason unknown_type\n  dongbo quarantine redrive 0:q7 0:q9\n"
            "Mã/exit 3: còn mục bị từ chối / some are refused again; 1: có mục không đưa vào được / some could not be given in.");
      });
  add("discard", "Bỏ từng mục, có lý do. / Discards entries, with a reason.", discard, outcomes,
      [&](CLI::App& sub, QuarantineOptions& options) {
        ids(sub, options)->required();
        sub.add_option("--reason", options.reason, "lý do / why")->required()->check(not_empty);
        sub.footer(
            "Ví dụ / example:\n  dongbo quarantine discard 0:q8 0:q9 --reason \"bản ghi thử / a trial record\"\n"
            "Mã/exit 1: có mục không bỏ được, các mục khác vẫn được bỏ / some could not be discarded; the others are.");
      });
}

}  // namespace dongbo::cli
