#pragma once
#include <cstdio>
#include <cstdlib>

// Programmer errors stop the process, in production too. User input, files and the network never reach one:
// they are Results.
#define DONGBO_ASSERT(condition)                                                             \
  do {                                                                                       \
    if (!(condition)) [[unlikely]] {                                                         \
      std::fprintf(stderr, "%s:%d: assertion failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                          \
    }                                                                                        \
  } while (false)
