#pragma once
#include <pthread.h>
#include <sys/resource.h>

#include <algorithm>
#include <string>

namespace dongbo {

// On few cores the threads that somebody waits for (reading, deciding, answering) go before those that follow behind: a
// waking one then takes the processor at once instead of waiting for its turn. Linux keeps nice values by thread.
enum class Niceness {
  kFollows = 5,   // folds, reports: a third of the share of others when all are busy
  kCanWait = 10,  // rebuilds, merging of files: a tenth
};

// Lowers the calling thread, for good. Should the system refuse, the thread is as it was.
inline void lower_this_thread(Niceness niceness) {
  (void)setpriority(PRIO_PROCESS, 0, static_cast<int>(niceness));
}

// What `top -H` and profilers call the calling thread: "read", "fold 3". At most 15 bytes, what is longer is cut.
inline void name_this_thread(std::string name) {
  name.resize(std::min<std::size_t>(name.size(), 15));
  (void)pthread_setname_np(pthread_self(), name.c_str());
}

}  // namespace dongbo
