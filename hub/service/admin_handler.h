#pragma once
#include <atomic>

#include "hub/event/schema_set.h"
#include "hub/intake/redrive.h"
#include "hub/service/answering.h"

namespace dongbo::service {

// The orders an administrator gives over HTTP: re-drive and discard what is in quarantine, rebuild projections. Owned by
// the Service; called on any IoThread, works on the pool. One re-drive at a time: two would mix the order of subjects.
class AdminHandler {
 public:
  AdminHandler(shard::ShardSet& shards, intake::Intake& intake, const event::SchemaSet& schemas, asio::thread_pool& pool)
      : shards_(shards), intake_(intake), schemas_(schemas), pool_(pool) {}

  Task<HttpResponse> redrive(Exchange& exchange, std::string id);  // empty id: by ?reason=&source=&topic=&file=
  Task<HttpResponse> discard(Exchange& exchange, std::string id);  // body {"reason":"…"}
  Task<HttpResponse> start_rebuild(Exchange& exchange, std::string projection);
  Task<HttpResponse> cancel_rebuild(Exchange& exchange, std::string projection);

 private:
  HttpResponse redrive_now(const intake::RedriveFilter& filter);
  HttpResponse discard_now(const std::string& id, const std::string& body);
  HttpResponse rebuild_now(const std::string& projection, bool start);

  shard::ShardSet& shards_;
  intake::Intake& intake_;
  const event::SchemaSet& schemas_;
  asio::thread_pool& pool_;
  std::atomic<bool> redriving_{false};
};

}  // namespace dongbo::service
