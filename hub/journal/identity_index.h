#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "hub/base/ids.h"
#include "hub/base/result.h"
#include "hub/event/entry_source.h"
#include "hub/event/identity.h"

namespace dongbo::journal {

// What is known of an identity: where its event is and what it said.
struct Known {
  event::Digest content;
  Sequence sequence;
};

// Identities on the disk, trailing the journal: written in key-sorted batches without a write-ahead log, with the
// sequence they reach (`through`) in the same atomic flush; kRunItems and more become a sorted file at once, without
// passing through memory, and are on the disk when index() returns. After a crash `through` is behind and the journal's tail is
// indexed again, to the same rows; nothing is lost because the journal blocks hold every identity.
// Owned by the Shard. index() by the trail thread only; find() and through() by any thread.
class IdentityIndex {
 public:
  static Result<std::unique_ptr<IdentityIndex>> open(const std::filesystem::path& directory, ShardId shard, bool read_only);
  ~IdentityIndex();

  struct Item {
    event::Digest identity;
    Known known;
  };
  static constexpr std::size_t kRunItems = 32'768;
  // Sorts `items` and writes them; `through` is the last sequence they reach.
  Result<void> index(std::vector<Item>& items, Sequence through);
  // One answer per identity, in order.
  Result<std::vector<std::optional<Known>>> find(std::span<const event::Digest> identities) const;
  Sequence through() const;
  Result<void> flush();
  // Merges its files into one sorted run.
  Result<void> compact();
  // Every identity with its place, in key order: for verify.
  Result<void> for_each(const std::function<bool(const event::Digest&, const Known&)>& take) const;

 private:
  struct Store;
  explicit IdentityIndex(std::unique_ptr<Store> store);
  std::unique_ptr<Store> store_;
};

// Identities of the journal's tail that the index does not reach yet, and of the batch being decided. Two generations:
// the older is dropped whole once the index has passed it, so memory stays bounded by the trail's lag.
// Owner thread only.
class RecentIdentities {
 public:
  const Known* find(const event::Digest& identity) const;
  void add(const event::Digest& identity, const Known& known);
  // Forgets what the index holds durably enough to answer (it need not be flushed: the index answers from its memory).
  void forget_through(Sequence indexed);
  // Takes back what add() was told since sequence `from`: the append failed.
  void take_back(std::span<const event::Digest> identities);
  std::size_t size() const { return young_.size() + old_.size(); }

 private:
  using Map = boost::unordered_flat_map<event::Digest, Known, event::DigestHash>;
  static constexpr std::size_t kGenerationMax = 131072;
  Map young_;
  Map old_;
  Sequence young_last_;
  Sequence old_last_;
};

}  // namespace dongbo::journal
