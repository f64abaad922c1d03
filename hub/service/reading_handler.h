#pragma once
#include "hub/query/query.h"
#include "hub/service/answer_cache.h"
#include "hub/service/answering.h"
#include "hub/service/fold_notifier.h"

namespace dongbo::service {

// GET /v1/…: waits for `min_position` when one is demanded, then asks the query engine on the pool. The attendance of a
// whole meeting, which a crowd of dashboards asks for together, is kept until anything more is journaled. Owned by the
// Service; called on any IoThread.
class ReadingHandler {
 public:
  ReadingHandler(const query::QueryEngine& engine, FoldNotifier& notifier, asio::thread_pool& pool, const shard::ShardSet& shards)
      : engine_(engine), notifier_(notifier), pool_(pool), shards_(shards) {}

  Task<HttpResponse> answer(Exchange& exchange);

 private:
  const query::QueryEngine& engine_;
  FoldNotifier& notifier_;
  asio::thread_pool& pool_;
  const shard::ShardSet& shards_;
  AnswerCache kept_{16u << 20};
};

}  // namespace dongbo::service
