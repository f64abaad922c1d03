#pragma once
#include <sys/resource.h>

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

}  // namespace dongbo
