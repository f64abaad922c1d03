#pragma once
#include <chrono>
#include <csignal>
#include <optional>

namespace dongbo::cli {

// SIGTERM, SIGINT and SIGHUP (the terminal is closed) as something to wait for instead of something that interrupts. Made in
// main's thread before any other thread exists, so that all threads inherit the blocking. Once stop_was_asked, a second signal
// ends the process at once: the journal makes that safe.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  void wait() {
    int signal = 0;
    while (sigwait(&set_, &signal) != 0) {
    }
    release();
  }
  // True: a signal came within `time`.
  bool wait_for(std::chrono::milliseconds time) {
    const timespec limit{time.count() / 1000, (time.count() % 1000) * 1'000'000};
    if (sigtimedwait(&set_, nullptr, &limit) < 0) return false;
    release();
    return true;
  }

 private:
  void release() { pthread_sigmask(SIG_UNBLOCK, &set_, nullptr); }
  sigset_t set_;
};

}  // namespace dongbo::cli
