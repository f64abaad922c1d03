#pragma once
#include <memory>

#include "hub/service/feed_hub.h"
#include "hub/service/fold_notifier.h"
#include "hub/service/metrics.h"

namespace dongbo::service {

struct FeedLimits {
  std::size_t sessions = 10'000;
  std::size_t pending_bytes = 256u << 10;  // rendered for one reader and not yet in its socket
  int write_seconds = 10;                  // a reader that makes no room for so long is cut off
  int heartbeat_seconds = 15;
};

// GET /v1/feed: Server-Sent Events of what was accepted and what it changed, in order of each shard's sequences, never
// ahead of what can be read. A session is a coroutine of its connection; it holds a place in each shard and nothing else:
// what is not yet sent stays in the journal, so a slow reader costs no memory. Each thread looks at what was folded once
// for all its sessions and wakes those whose meeting it touches. Owned by the Service.
class FeedHandler {
 public:
  FeedHandler(IoThreads& threads, FeedHub& hub, FoldNotifier& notifier, Metrics& metrics, FeedLimits limits);
  ~FeedHandler();

  Task<HttpResponse> answer(Exchange& exchange);
  // Sessions end after what they are writing; new ones are refused. Any thread.
  void stop();

 private:
  struct Group;
  struct Lane;
  class Session;
  void look_soon(Lane& lane);
  Task<> look(Lane& lane);
  Task<> advance(Group& group);
  Task<FeedHub::Fetched> fetch(std::uint32_t shard, std::uint64_t after, bool with_changes);

  IoThreads& threads_;
  FeedHub& hub_;
  FoldNotifier& notifier_;
  Metrics& metrics_;
  const FeedLimits limits_;
  std::atomic<bool> stopping_{false};
  std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace dongbo::service
