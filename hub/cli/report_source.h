#pragma once
#include <memory>
#include <string>

#include "hub/base/result.h"
#include "hub/report/report.h"

namespace dongbo::cli {

// Where `dongbo report` takes a document from: a data directory that no hub uses, or a running hub. One thread.
class ReportSource {
 public:
  virtual ~ReportSource() = default;
  virtual Result<report::Document> make(const report::ReportRequest& request) = 0;
  // As of another position than the one this was opened for.
  virtual Result<report::Document> make_at(const report::ReportRequest& request, const std::string& position) = 0;
  // `now`, which make() gave for the same request, as a supplement to `before`, with the event that caused each difference.
  virtual Result<report::Document> supplement(const report::ReportRequest& request, report::Document now,
                                              const report::Document& before) = 0;

  // Opens the directory as a hub does and holds it until the end; `as_of`: a position or a time. Errors: no data directory
  // there; a hub holds it (then its address is to be given).
  static Result<std::unique_ptr<ReportSource>> of_directory(const std::string& data, const std::string& as_of,
                                                            const std::string& resources);
  static std::unique_ptr<ReportSource> of_hub(const std::string& url, const std::string& as_of);
};

}  // namespace dongbo::cli
