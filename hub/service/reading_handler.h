#pragma once
#include "hub/query/query.h"
#include "hub/service/answering.h"
#include "hub/service/fold_notifier.h"

namespace dongbo::service {

// GET /v1/…: waits for `min_position` when one is demanded, then asks the query engine on the pool. Owned by the
// Service; called on any IoThread.
class ReadingHandler {
 public:
  ReadingHandler(const query::QueryEngine& engine, FoldNotifier& notifier, asio::thread_pool& pool, std::uint32_t shards)
      : engine_(engine), notifier_(notifier), pool_(pool), shards_(shards) {}

  Task<HttpResponse> answer(Exchange& exchange);

 private:
  const query::QueryEngine& engine_;
  FoldNotifier& notifier_;
  asio::thread_pool& pool_;
  const std::uint32_t shards_;
};

}  // namespace dongbo::service
