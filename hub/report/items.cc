#include "hub/report/items.h"

#include <fmt/format.h>

namespace dongbo::report {

Result<Json> PinnedAnswers::get(const std::vector<std::string>& segments, const std::map<std::string, std::string>& parameters) {
  DONGBO_ASSIGN(auto answer, answers_.get(segments, parameters));
  const auto& freshness = member(answer, "freshness");
  if (!freshness.is_object()) return answer;
  const auto position = text(freshness, "position");
  if (!pinned_) {
    pinned_ = true;
    position_ = position;
  } else if (position != position_) {
    return Error::transient(
        fmt::format("hub đã đi từ {0} đến {1} trong khi lập báo cáo; hãy hỏi lại / the hub went on from {0} to {1} while a "
                    "report was read; ask again",
                    position_, position));
  }
  return answer;
}

Result<void> PinnedAnswers::items_of(const std::vector<std::string>& segments, const std::function<void(const Json&)>& item,
                                     const std::function<void(const Json&)>& page,
                                     std::map<std::string, std::string> parameters) {
  std::size_t seen = 0;
  parameters["page_size"] = "1000";
  while (true) {
    DONGBO_ASSIGN(const auto answer, get(segments, parameters));
    if (answer.is_null()) return {};
    if (page) page(answer);
    for (const auto& each : member(answer, "items")) {
      if (++seen > kListItemsMax)
        return Error::fatal(
            fmt::format("danh sách {0} có hơn {1} mục: quá nhiều cho một báo cáo / the list {0} has more than {1} items: too "
                        "many for one report",
                        fmt::join(segments, "/"), kListItemsMax));
      item(each);
    }
    const auto next = text(answer, "next_page_token");
    if (next.empty()) return {};
    parameters["page_token"] = next;
  }
}

}  // namespace dongbo::report
