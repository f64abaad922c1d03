#include <clocale>
#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <string>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "hub/base/allocator_settings.h"
#include "hub/base/log.h"
#include "hub/base/version.h"
#include "hub/cli/commands.h"

namespace {

// CLI11 says in English what is wrong with the command line; before it which kind of mistake that is, in Vietnamese.
std::string usage_text(const CLI::App* app, const CLI::Error& error) {
  using Code = CLI::ExitCodes;
  static const std::map<int, const char*> kKinds{{static_cast<int>(Code::RequiredError), "thiếu tham số"},
                                                 {static_cast<int>(Code::RequiresError), "thiếu tùy chọn đi cùng"},
                                                 {static_cast<int>(Code::ExcludesError), "các tùy chọn không dùng cùng nhau"},
                                                 {static_cast<int>(Code::ExtrasError), "tham số lạ"},
                                                 {static_cast<int>(Code::ArgumentMismatch), "thiếu hoặc thừa giá trị"},
                                                 {static_cast<int>(Code::ConversionError), "giá trị không đọc được"},
                                                 {static_cast<int>(Code::ValidationError), "giá trị không hợp lệ"}};
  std::string command = "dongbo";
  for (auto chosen = app->get_subcommands(); !chosen.empty(); chosen = chosen.front()->get_subcommands())
    command += " " + chosen.front()->get_name();
  const auto kind = kKinds.find(error.get_exit_code());
  const std::string what = error.what();
  const bool in_both = what.find(" / ") != std::string::npos;
  return fmt::format("{}: {}{}{}\n({} --help)\n", command, kind == kKinds.end() ? "sai cách dùng" : kind->second,
                     in_both ? ": " : " / ", what, command);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace dongbo::cli;
  using dongbo::log_to_standard_error;
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is an error of that write, not the end of the program
  try {
    log_to_standard_error();  // standard output is for answers
    CLI::App app{
        "Dongbo: trung tâm đồng bộ dữ liệu hội nghị và chỉ số của chính quyền địa phương.\n"
        "The synchronisation hub for public administration: facts in, figures out."};
    app.name("dongbo");
    app.set_version_flag("--version", std::string("dongbo ") + dongbo::kVersion, "phiên bản / the version");
    app.set_help_flag("-h,--help", "in hướng dẫn này / print this help message and exit");
    app.footer(
        "Mã thoát / exit codes: 0 xong/done, 1 lỗi/failed, 2 sai cách dùng/usage, 3 có điều sai/found something wrong.\n"
        "dongbo LỆNH --help: cách dùng và ví dụ / how to use a command, with an example.");
    app.failure_message(usage_text);
    app.require_subcommand(1);
    Action action;
    add_serve(app, action);
    add_publish(app, action);
    add_status(app, action);
    add_replay(app, action);
    add_rebuild(app, action);
    add_compact(app, action);
    add_verify(app, action);
    add_quarantine(app, action);
    add_report(app, action);
    add_demo(app, action);
    try {
      app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return app.exit(error) == 0 ? kDone : kUsage;
    }
    const int code = action ? action() : kUsage;
    // What could not be written to the end, to a full disk or a pipe that is gone, was not done.
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
    std::fprintf(stderr, "dongbo: không ghi hết được ra đầu ra chuẩn / standard output could not be written to the end\n");
    return code == kDone ? kFailed : code;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "dongbo: lỗi không ngờ / unexpected error: %s\n", error.what());
    return kFailed;
  }
}
