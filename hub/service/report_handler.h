#pragma once
#include <atomic>
#include <string>

#include <boost/asio/post.hpp>

#include "hub/base/this_thread.h"
#include "hub/query/query.h"
#include "hub/report/compose.h"
#include "hub/report/reference.h"
#include "hub/service/answering.h"
#include "hub/service/fold_notifier.h"

namespace dongbo::service {

// GET /v1/reports/{meeting}.{html,docx,pdf,xlsx,md,json,xml}: the report of one position, made anew for each asking (xml
// is the metadata that stands beside the paper). Reports are made one after another on a thread of their own, so that no
// reader of figures waits for a document; when too many wait, the next is told to come again. Owned by the Service; called
// on any IoThread.
class ReportHandler {
 public:
  // `names_allowed`: may anybody who reaches this hub have delegates by name?
  ReportHandler(const shard::ShardSet& shards, const query::QueryEngine& engine, const report::Reference& reference,
                FoldNotifier& notifier, bool names_allowed)
      : shards_(shards), engine_(engine), reference_(reference), notifier_(notifier), names_allowed_(names_allowed) {
    asio::post(pool_, [] {
      lower_this_thread(Niceness::kFollows);
      name_this_thread("report");
    });
  }

  Task<HttpResponse> answer(Exchange& exchange, std::string file);  // file: "QNA-2023-05-30.pdf"
  void stop() { pool_.join(); }                                     // returns when nothing is being made

 private:
  static constexpr int kWaitingMax = 8;
  struct Asked;
  HttpResponse read(const HttpRequest& request, const std::string& file, Asked& asked) const;  // status 200: `asked` is complete
  HttpResponse make(const Asked& asked, const Wanted& wanted) const;

  const shard::ShardSet& shards_;
  const query::QueryEngine& engine_;
  const report::Reference& reference_;
  FoldNotifier& notifier_;
  const bool names_allowed_;
  std::atomic<int> waiting_{0};
  asio::thread_pool pool_{1};
};

}  // namespace dongbo::service
