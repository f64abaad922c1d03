#pragma once
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/base/store_filter.h"
#include "hub/journal/identity_index.h"
#include "hub/journal/journal.h"
#include "hub/shard/shard.h"

namespace dongbo::shard {

// What one batch of submissions comes to, before it is written: the append, and the outcomes that hold once it is durable.
struct Decision {
  journal::Journal::Append append;
  std::vector<std::vector<Outcome>> outcomes;      // per submission, per item
  std::vector<event::Digest> fresh;                // identities of append.entries, to take back when the append fails
  std::map<event::Digest, QuarantineNumber> kept;  // append.quarantine by likeness
  std::uint64_t duplicates = 0;
  std::uint64_t conflicts = 0;
  std::uint64_t refused = 0;  // and kept in quarantine, unless the same is held already; so are conflicts
  IdentityLooks looks;
};

// The identity rule: same (source, id) and same content is a duplicate without effect; other content is a conflict, kept
// in quarantine, never overwriting. Decides batches against the journal's whole past: identities of the tail in memory,
// older ones in the index, and the batch's own earlier items.
// Owner thread only.
class Admitter {
 public:
  // Both must outlive it; the index holds the whole journal now.
  Admitter(const journal::Journal& journal, const journal::IdentityIndex& index);

  // `next` and `next_quarantine` are the places the first accepted and the first quarantined item get.
  // The append's entries point into `batch`.
  Result<Decision> decide(const std::vector<Submission>& batch, Sequence next, QuarantineNumber next_quarantine);
  // The append of `decision` failed: as if it had never been decided.
  void take_back(const Decision& decision);
  // Forgets what the index holds now.
  void forget_indexed() { recent_.forget_through(index_.through()); }
  std::size_t recent_size() const { return recent_.size(); }

 private:
  Result<QuarantineNumber> quarantine(Decision& decision, QuarantineNumber first, journal::QuarantineEntry entry) const;

  const journal::Journal& journal_;
  const journal::IdentityIndex& index_;
  journal::RecentIdentities recent_;
  StoreFilter ever_;  // mostly an identity is new
};

}  // namespace dongbo::shard
