#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "hub/event/position.h"
#include "hub/intake/intake.h"
#include "hub/service/exchange.h"

namespace dongbo::service {

std::string_view text_of(intake::Receipt::Outcome outcome);

// The answer to one event: 200 accepted or duplicate, 409 conflict, 422 refused, 503 not taken.
HttpResponse answer_of(const intake::Receipt& receipt);
// What to do, in both languages and without a full stop, and behind it why events were not taken: a receipt's `why`.
std::string why_failed(std::string_view vietnamese, std::string_view english, std::string_view why);

// Counts the receipts of a batch or an NDJSON upload and writes its answer: every item, or, once there were more than
// `items_all_max`, only those that were not accepted. Memory is bounded: when what is to be listed grows beyond
// `items_bytes_max`, the rest is counted only and the answer says how many ("items_omitted"). One upload, one thread.
class UploadSummary {
 public:
  explicit UploadSummary(std::uint64_t items_all_max = 10'000, std::size_t items_bytes_max = 16u << 20)
      : items_all_max_(items_all_max), items_bytes_max_(items_bytes_max) {}

  // `index`: place of the item in the body, from 0.
  void add(std::uint64_t index, const intake::Receipt& receipt);

  std::uint64_t items() const { return items_; }
  std::uint64_t count(intake::Receipt::Outcome outcome) const { return counts_[static_cast<std::size_t>(outcome)]; }
  // Every item before this place was decided, as far as they were added: UINT64_MAX when none failed.
  std::uint64_t first_failed() const { return first_failed_; }
  const std::string& why_failed() const { return why_failed_; }  // of that one
  bool all_taken() const {
    return items_ == count(intake::Receipt::Outcome::kAccepted) + count(intake::Receipt::Outcome::kDuplicate);
  }
  event::Position position() const;
  // "accepted":…,"duplicate":…,"conflict":…,"invalid":…,"items":[…],"position":"…" without braces: also part of problems.
  std::string members() const;
  HttpResponse answer() const;  // 200, or 207 when something was not taken

 private:
  void reach(std::string_view place);

  const std::uint64_t items_all_max_;
  const std::size_t items_bytes_max_;
  std::uint64_t items_ = 0;
  std::uint64_t omitted_ = 0;
  std::array<std::uint64_t, 5> counts_{};
  std::uint64_t first_failed_ = UINT64_MAX;
  std::string why_failed_;
  std::string accepted_and_others_;     // items while all are listed
  std::string others_;                  // items that were not accepted
  std::vector<std::uint64_t> reached_;  // by shard
};

}  // namespace dongbo::service
