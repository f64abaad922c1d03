#pragma once
#include <functional>

namespace CLI {
class App;
}

namespace dongbo::cli {

// What the program ends with; the same for every subcommand.
enum ExitCode : int {
  kDone = 0,
  kFailed = 1,
  kUsage = 2,
  kFound = 3,  // it worked, and found something wrong: events not taken, a damaged block
};

// What runs once the command line is understood; gives the exit code.
using Action = std::function<int()>;

// Each adds one subcommand to `app` and sets `action` when that subcommand is chosen. One file each.
void add_serve(CLI::App& app, Action& action);
void add_publish(CLI::App& app, Action& action);
void add_replay(CLI::App& app, Action& action);
void add_rebuild(CLI::App& app, Action& action);
void add_compact(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);
void add_quarantine(CLI::App& app, Action& action);
void add_demo(CLI::App& app, Action& action);
void add_report(CLI::App& app, Action& action);
void add_status(CLI::App& app, Action& action);

}  // namespace dongbo::cli
