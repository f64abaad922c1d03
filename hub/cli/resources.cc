#include "hub/cli/resources.h"

#include <system_error>

#include "hub/base/in_both.h"

namespace dongbo::cli {
namespace {

namespace fs = std::filesystem;

bool has_schemas(const fs::path& directory) {
  std::error_code ignored;
  return fs::is_directory(directory / "schemas" / "events", ignored);
}

Resources below(const fs::path& directory) {
  std::error_code ignored;
  auto pages = directory / "connectors" / "dashboard" / "dist";  // in the source tree
  if (!fs::is_directory(pages, ignored)) pages = directory / "dashboard";
  return {directory / "schemas", pages};
}

}  // namespace

Result<Resources> find_resources(const fs::path& given) {
  if (!given.empty()) {
    if (has_schemas(given)) return below(given);
    return Error::fatal("Không có schemas/events trong " + given.string() + " / no schemas/events below --resources " +
                        given.string());
  }
  std::error_code failed;
  const auto program = fs::read_symlink("/proc/self/exe", failed);
  if (failed)
    return Error::fatal(in_both("không biết chương trình nằm ở đâu; hãy cho --resources DIR",
                                "cannot tell where the program lies: " + failed.message() + "; give --resources DIR"));
  const auto installed = program.parent_path().parent_path() / "share" / "dongbo";
  if (has_schemas(installed)) return below(installed);
  for (auto directory = program.parent_path(); directory != directory.parent_path(); directory = directory.parent_path())
    if (has_schemas(directory)) return below(directory);
  return Error::fatal("Không tìm thấy lược đồ sự kiện; hãy cho --resources DIR / the event schemas are not beside " +
                      program.string() + " (schemas/events above it, or ../share/dongbo); give --resources DIR");
}

}  // namespace dongbo::cli
