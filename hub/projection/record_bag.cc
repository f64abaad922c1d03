#include "hub/projection/record_bag.h"

#include <cstring>
#include <iterator>
#include <span>

#include "hub/base/record_codec.h"

namespace dongbo::projection {

bool RecordBag::remove(const Record& record) {
  const auto found = std::lower_bound(records_.begin(), records_.end(), record);
  if (found == records_.end() || *found != record) return false;
  records_.erase(found);
  return true;
}

void RecordBag::merge(const RecordBag& more) {
  const auto middle = static_cast<std::ptrdiff_t>(records_.size());
  records_.insert(records_.end(), more.records_.begin(), more.records_.end());
  std::inplace_merge(records_.begin(), records_.begin() + middle, records_.end());
}

void RecordBag::encode(std::string& out) const {
  const auto before = out.size();
  out.resize(before + records_.size() * kRecordBytes);
  if (!records_.empty()) std::memcpy(out.data() + before, records_.data(), records_.size() * kRecordBytes);
}

void RecordBag::decode(ByteReader& in) {
  const auto bytes = in.raw(in.remaining());
  if (bytes.size() % kRecordBytes != 0) return in.fail();
  records_.resize(bytes.size() / kRecordBytes);
  if (!bytes.empty()) std::memcpy(records_.data(), bytes.data(), bytes.size());
  if (!std::is_sorted(records_.begin(), records_.end())) in.fail();
}

bool RecordBag::merge_bytes(std::string& into, std::string_view more) {
  if (into.size() % kRecordBytes != 0 || more.size() % kRecordBytes != 0) return false;
  if (more.empty()) return true;
  const auto first = more.substr(0, kRecordBytes);
  if (into.empty() || std::string_view(into).substr(into.size() - kRecordBytes) <= first) {  // mostly: time goes on
    into.append(more);
    return true;
  }
  const auto records = [](std::string_view bytes) {
    return std::span(reinterpret_cast<const Record*>(bytes.data()), bytes.size() / kRecordBytes);
  };
  if (!std::ranges::is_sorted(records(into)) || !std::ranges::is_sorted(records(more))) return false;
  std::string both(into.size() + more.size(), '\0');
  std::ranges::merge(records(into), records(more), reinterpret_cast<Record*>(both.data()));
  into = std::move(both);
  return true;
}

}  // namespace dongbo::projection
