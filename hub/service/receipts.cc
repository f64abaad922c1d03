#include "hub/service/receipts.h"

#include <fmt/format.h>

#include <charconv>

#include "hub/event/json_text.h"
#include "hub/service/problem.h"

namespace dongbo::service {
namespace {

using Outcome = intake::Receipt::Outcome;

constexpr std::uint32_t kShardsMax = 1u << 16;

void append_number(std::string& out, std::uint64_t number) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

void append_who(std::string& out, const intake::Receipt& receipt) {
  out.append("\"id\":");
  event::append_json(out, receipt.id);
  out.append(",\"source\":");
  event::append_json(out, receipt.source);
  if (!receipt.position.empty()) {
    out.append(",\"position\":\"");
    out.append(receipt.position);
    out.push_back('"');
  }
  if (!receipt.quarantine.empty()) {
    out.append(",\"quarantine\":\"");
    out.append(receipt.quarantine);
    out.push_back('"');
  }
}

void append_item(std::string& out, std::uint64_t index, const intake::Receipt& receipt) {
  if (!out.empty()) out.push_back(',');
  out.append("{\"index\":");
  append_number(out, index);
  out.append(",\"outcome\":\"");
  out.append(text_of(receipt.outcome));
  out.append("\",");
  append_who(out, receipt);
  if (!receipt.faults.empty()) {
    out.append(",\"errors\":");
    append_faults(out, receipt.faults);
  }
  out.push_back('}');
}

const ProblemKind& kind_of(event::RefusalKind refusal) {
  switch (refusal) {
    case event::RefusalKind::kUnreadable:
      return problems::kUnreadable;
    case event::RefusalKind::kUnknownType:
      return problems::kUnknownType;
    case event::RefusalKind::kInvalid:
      break;
  }
  return problems::kInvalid;
}

// "/data/point: is missing: …": read alone it still says where.
std::string sentence(const event::Fault& fault) {
  return fault.pointer.empty() ? fault.detail : fault.pointer + ": " + fault.detail;
}

}  // namespace

std::string_view text_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAccepted:
      return "accepted";
    case Outcome::kDuplicate:
      return "duplicate";
    case Outcome::kConflict:
      return "conflict";
    case Outcome::kInvalid:
      return "invalid";
    case Outcome::kFailed:
      break;
  }
  return "failed";
}

HttpResponse answer_of(const intake::Receipt& receipt) {
  ProblemExtras extras;
  extras.members = fmt::format("\"outcome\":\"{}\",", text_of(receipt.outcome));
  append_who(extras.members, receipt);
  switch (receipt.outcome) {
    case Outcome::kAccepted:
    case Outcome::kDuplicate: {
      HttpResponse response;
      response.content_type = "application/json";
      response.body = "{" + extras.members + "}";
      response.headers.emplace_back("Dongbo-Position", receipt.position);
      return response;
    }
    case Outcome::kConflict:
      return problem(
          problems::kConflict,
          "sự kiện đã ghi giữ nguyên, sự kiện này được cách ly / the event that is there stays; this one is kept in quarantine",
          extras);
    case Outcome::kInvalid:
      extras.errors = receipt.faults;
      return problem(kind_of(receipt.refusal), receipt.faults.empty() ? "" : sentence(receipt.faults.front()), extras);
    case Outcome::kFailed:
      break;
  }
  return problem(
      problems::kBusy,
      why_failed("sự kiện chưa được nhận; hãy gửi lại", "the event was not taken; sending it again is right", receipt.why),
      extras);
}

std::string why_failed(std::string_view vietnamese, std::string_view english, std::string_view why) {
  if (why.empty()) return fmt::format("{}. Nhật ký ghi chưa kịp / {}. The journal is behind", vietnamese, english);
  return fmt::format("{} / {}. The hub says: {}", vietnamese, english, why);
}

void UploadSummary::reach(std::string_view place) {
  std::uint32_t shard = 0;
  std::uint64_t sequence = 0;
  const char* end = place.data() + place.size();
  const auto first = std::from_chars(place.data(), end, shard);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != ':' || shard >= kShardsMax) return;
  if (std::from_chars(first.ptr + 1, end, sequence).ec != std::errc()) return;
  if (reached_.size() <= shard) reached_.resize(shard + 1);
  reached_[shard] = std::max(reached_[shard], sequence);
}

void UploadSummary::add(std::uint64_t index, const intake::Receipt& receipt) {
  ++items_;
  ++counts_[static_cast<std::size_t>(receipt.outcome)];
  reach(receipt.position);
  if (receipt.outcome == Outcome::kFailed && index < first_failed_) {
    first_failed_ = index;
    why_failed_ = receipt.why;
  }
  const bool accepted = receipt.outcome == Outcome::kAccepted;
  if (items_ > items_all_max_ && !accepted_and_others_.empty()) std::string().swap(accepted_and_others_);
  if (items_ <= items_all_max_) append_item(accepted_and_others_, index, receipt);
  if (accepted) return;
  if (others_.size() > items_bytes_max_) {
    ++omitted_;
  } else {
    append_item(others_, index, receipt);
  }
}

event::Position UploadSummary::position() const {
  event::Position position;
  for (std::size_t shard = 0; shard < reached_.size(); ++shard)
    if (reached_[shard] > 0) position.set(ShardId(static_cast<std::uint32_t>(shard)), Sequence(reached_[shard]));
  return position;
}

std::string UploadSummary::members() const {
  std::string out;
  const auto& items = items_ > items_all_max_ ? others_ : accepted_and_others_;
  out.reserve(items.size() + 256);
  out.append("\"accepted\":");
  append_number(out, count(Outcome::kAccepted));
  out.append(",\"duplicate\":");
  append_number(out, count(Outcome::kDuplicate));
  out.append(",\"conflict\":");
  append_number(out, count(Outcome::kConflict));
  out.append(",\"invalid\":");
  append_number(out, count(Outcome::kInvalid));
  if (count(Outcome::kFailed) > 0) {
    out.append(",\"failed\":");
    append_number(out, count(Outcome::kFailed));
  }
  out.append(",\"items\":[");
  out.append(items);
  out.push_back(']');
  if (items_ > items_all_max_ && omitted_ > 0) {
    out.append(",\"items_omitted\":");
    append_number(out, omitted_);
  }
  out.append(",\"position\":\"");
  out.append(position().text());
  out.append("\"");
  return out;
}

HttpResponse UploadSummary::answer() const {
  HttpResponse response;
  response.status = all_taken() ? 200 : 207;
  response.content_type = "application/json";
  response.body = "{" + members() + "}";
  response.headers.emplace_back("Dongbo-Position", position().text());
  return response;
}

}  // namespace dongbo::service
