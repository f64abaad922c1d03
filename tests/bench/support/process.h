#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace dongbo::bench {

double seconds_now();             // of the steady clock
std::uint64_t nanoseconds_now();  // of the same

// "VmRSS", "VmHWM" of a process, MiB.
double memory_mib(pid_t pid, const std::string& which);
double cpu_seconds(pid_t pid);  // user and system, of all its threads so far
double disk_bytes(const std::filesystem::path& directory);

// A program that is started, watched and ended by its pid. It does not outlive this process. One thread.
class Child {
 public:
  Child() = default;
  // Output goes to `log`.
  Child(const std::vector<std::string>& command, const std::filesystem::path& log);
  ~Child() { kill9(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  Child(Child&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
  Child& operator=(Child&& other) noexcept {
    std::swap(pid_, other.pid_);
    return *this;
  }

  pid_t pid() const { return pid_; }
  bool running();
  int stop(double seconds = 60);  // SIGTERM; killed after that time. The exit code, -1 when it was killed.
  int wait(double seconds);       // as stop, without the signal
  void kill9();

 private:
  pid_t pid_ = -1;
  int status_ = 0;
};

}  // namespace dongbo::bench
