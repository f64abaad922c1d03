#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "hub/base/result.h"
#include "hub/service/exchange.h"

namespace dongbo::service {

// The dashboard's files, read into memory once (compressed ones beside them): a request names a key of a map and never
// a path of the disk. Immutable after load; any thread.
class StaticFiles {
 public:
  // A directory that is not there gives no files: then "/" is a 404. Fails when there is more than 64 MiB.
  static Result<StaticFiles> load(const std::filesystem::path& directory);
  // One more file, under its own name.
  Result<void> add(const std::string& path, const std::filesystem::path& file);

  // nullopt: there is no such file. "/" is "/index.html".
  std::optional<HttpResponse> answer(const HttpRequest& request) const;
  std::size_t size() const { return files_.size(); }

 private:
  struct File {
    std::shared_ptr<const std::string> content;
    std::shared_ptr<const std::string> gzip;  // when it is smaller
    std::string type;
    std::string etag;
  };
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace dongbo::service
