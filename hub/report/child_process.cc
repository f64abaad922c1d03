#include "hub/report/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern "C" {
#include <sys/pidfd.h>  // says so itself only from glibc 2.37 on
}

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "hub/report/memory_file.h"

namespace dongbo::report {
namespace {

constexpr std::size_t kComplaintBytesMax = 2000;

struct Streams {
  const MemoryFile& in;
  const MemoryFile& out;
  const MemoryFile& complaints;
};

// posix_spawn and not fork: this process has many threads.
Result<pid_t> start(const ChildProgram& program, const Streams& streams) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, streams.in.descriptor(), 0);
  posix_spawn_file_actions_adddup2(&actions, streams.out.descriptor(), 1);
  posix_spawn_file_actions_adddup2(&actions, streams.complaints.descriptor(), 2);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  const auto pointers = [](const std::vector<std::string>& texts, std::vector<char*> out) {
    for (const auto& text : texts) out.push_back(const_cast<char*>(text.c_str()));
    out.push_back(nullptr);
    return out;
  };
  const auto arguments = pointers(program.arguments, {const_cast<char*>(program.path.c_str())});
  const auto environment = pointers(program.environment, {});
  pid_t pid = 0;
  const int failed = ::posix_spawn(&pid, program.path.c_str(), &actions, &attributes, arguments.data(), environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failed == ENOENT || failed == EACCES)
    return Error::not_found(fmt::format("chưa cài {0} / {0} is not installed", program.path));
  if (failed != 0)
    return Error::transient(
        fmt::format("không chạy được {0} / {0} could not be started: {1}", program.path, std::strerror(failed)));
  return pid;
}

void limit(pid_t pid, const ChildProgram& program) {
  const rlimit memory{program.memory_bytes_max, program.memory_bytes_max};
  const rlimit output{program.output_bytes_max + 1, program.output_bytes_max + 1};
  ::prlimit(pid, RLIMIT_AS, &memory, nullptr);
  ::prlimit(pid, RLIMIT_FSIZE, &output, nullptr);
}

// The status of waitpid; nullopt when time was up, and then it is dead.
std::optional<int> wait_for(pid_t pid, std::chrono::milliseconds time_limit) {
  const int handle = ::pidfd_open(pid, 0);
  const auto deadline = std::chrono::steady_clock::now() + time_limit;
  bool ended = false;
  while (!ended && handle >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) break;
    pollfd watched{handle, POLLIN, 0};
    ended = ::poll(&watched, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 60'000))) > 0;
  }
  if (handle >= 0) ::close(handle);
  if (!ended) ::kill(-pid, SIGKILL);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (!ended) return std::nullopt;
  return status;
}

Error failure(const ChildProgram& program, int status, const MemoryFile& complaints) {
  auto text = complaints.contents();
  auto said = text ? std::move(text).value() : std::string();
  if (said.size() > kComplaintBytesMax) said.erase(0, said.size() - kComplaintBytesMax);
  if (said.empty()) said = "it said nothing";
  if (WIFSIGNALED(status))
    return Error::fatal(
        fmt::format("{0} bị dừng bởi tín hiệu {1} / {0} was stopped by signal {1}: {2}", program.path, WTERMSIG(status), said));
  return Error::fatal(
      fmt::format("{0} kết thúc với mã {1} / {0} ended with code {1}: {2}", program.path, WEXITSTATUS(status), said));
}

}  // namespace

Result<std::string> run_program(const ChildProgram& program, std::string_view input) {
  DONGBO_ASSIGN(auto in, MemoryFile::create());
  DONGBO_ASSIGN(const auto out, MemoryFile::create());
  DONGBO_ASSIGN(const auto complaints, MemoryFile::create());
  DONGBO_TRY(in.fill(input));
  DONGBO_ASSIGN(const auto pid, start(program, {in, out, complaints}));
  limit(pid, program);
  const auto status = wait_for(pid, program.time_limit);
  if (!status) {
    return Error::transient(
        fmt::format("{0} không xong trong {1} giây và đã bị dừng / {0} did not end within {1} s and was stopped", program.path,
                    static_cast<double>(program.time_limit.count()) / 1000));
  }
  if (!WIFEXITED(*status) || WEXITSTATUS(*status) != 0) return failure(program, *status, complaints);
  return out.contents();
}

}  // namespace dongbo::report
