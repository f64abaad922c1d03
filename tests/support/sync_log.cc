// Loaded into a hub under test (LD_PRELOAD): writes down what the disk was made sure of, so that a test can take away all
// the rest, as a power cut would. One line an event in the file that SYNC_LOG names:
//   sync <size> <path>      fsync or fdatasync of a file that had this size
//   rename <from>\t<to>     as RocksDB and settings files are put in place
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

int log_file() {
  static const int fd = [] {
    const char* path = std::getenv("SYNC_LOG");
    return path == nullptr ? -1 : ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  }();
  return fd;
}

void say(const char* text, int size) {
  if (log_file() >= 0 && size > 0 && ::write(log_file(), text, static_cast<std::size_t>(size)) < 0) std::abort();
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

// Said after the disk has answered: what is in the log is safe, what is not may or may not be.
int synced(const char* name, int fd) {
  struct stat before {};
  const bool known = ::fstat(fd, &before) == 0 && S_ISREG(before.st_mode);
  const int result = next<int(int)>(name)(fd);
  char link[64], path[1024], line[1200];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const auto length = ::readlink(link, path, sizeof path - 1);
  if (result != 0 || !known || length <= 0) return result;
  path[length] = '\0';
  say(line, std::snprintf(line, sizeof line, "sync %lld %s\n", static_cast<long long>(before.st_size), path));
  return result;
}

}  // namespace

extern "C" {
int fsync(int fd) {
  return synced("fsync", fd);
}
int fdatasync(int fd) {
  return synced("fdatasync", fd);
}
int rename(const char* from, const char* to) {
  const int result = next<int(const char*, const char*)>("rename")(from, to);
  char line[2200];
  if (result == 0) say(line, std::snprintf(line, sizeof line, "rename %s\t%s\n", from, to));
  return result;
}
}
