#include <map>
#include <set>

#include <fmt/format.h>

#include "hub/cli/demo_script.h"
#include "hub/cli/demo_writer.h"

namespace dongbo::cli {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::minutes;
using std::chrono::seconds;
using Fate = DemoPerson::Fate;

constexpr const char* kHomeAffairs = "/provinces/49/so-noi-vu";
constexpr const char* kFinance = "/provinces/49/so-tai-chinh";
constexpr const char* kCommittee = "/provinces/49/ubnd";
constexpr const char* kSimulatedNumber = "số lượng mô phỏng: kế hoạch không nêu số / simulated number: the plan gives none";
constexpr const char* kSimulatedSum = "số tiền mô phỏng / simulated amount";

class Preparations {
 public:
  Preparations(DemoWriter& writer, const DemoCast& cast) : writer_(writer), cast_(cast), random_(writer.random()) {}

  std::vector<DemoPerson> run() {
    budget();
    papers();
    invitations();
    gather();
    for (auto& person : people_) decide(person);
    changes_of_mind();
    withdrawal();
    agenda();
    rehearsal();
    return std::move(people_);
  }

 private:
  void budget() {
    const auto items = [](int documents, int lines, int banners) {
      return Json::array({{{"item", "Tài liệu"}, {"amount", documents}},
                          {{"item", "Đường truyền"}, {"amount", lines}},
                          {{"item", "Trang trí, băng rôn"}, {"amount", banners}}});
    };
    const Json same{{"estimate", "dt-kp-01"}, {"currency", "VND"}, {"note", kSimulatedSum}};
    const auto add = [&](const char* id, const char* source, const char* fact, Millis time, Json more) {
      more.update(same);
      writer_.add(id, source, fact, "budget", time, more);
    };
    add("kp-lap", kHomeAffairs, "budget.estimated", vietnam(2023, 5, 18, 8),
        {{"items", items(52'000'000, 84'000'000, 12'000'000)}, {"total", 148'000'000}, {"unit", "so-noi-vu"}});
    add("kp-tham-dinh", kFinance, "budget.appraised", vietnam(2023, 5, 22, 15),
        {{"items", items(46'000'000, 84'000'000, 9'000'000)},
         {"total", 139'000'000},
         {"outcome", "adjusted"},
         {"unit", "so-tai-chinh"},
         {"reason", "Lý do điều chỉnh mô phỏng"}});
    add("kp-duyet", kCommittee, "budget.approved", vietnam(2023, 5, 24, 10),
        {{"items", items(46'000'000, 84'000'000, 9'000'000)},
         {"total", 139'000'000},
         {"legal_act", "Quyết định mô phỏng"},
         {"unit", "49"}});
  }

  void papers() {
    struct Paper {
      const char *paper, *unit, *index, *component, *topic;
    };
    const Paper papers[] = {{"tl-01", "so-tai-chinh", "PAR INDEX", "c6", "Cải cách tài chính công"},
                            {"tl-02", "so-tu-phap", "PAR INDEX", "c2", "Cải cách thể chế"},
                            {"tl-03", "van-phong-ubnd", "PAR INDEX", "c3", "Cải cách thủ tục hành chính"},
                            {"tl-04", "so-thong-tin-va-truyen-thong", "PAR INDEX", "c7", "Chính quyền điện tử, chính quyền số"},
                            {"tl-05", "502", "SIPAS", "s5", "Tiếp nhận, giải quyết ý kiến góp ý, phản ánh, kiến nghị"},
                            {"tl-06", "so-y-te", "PAPI", "d6", "Cung ứng dịch vụ công"}};
    int day = 24;
    for (const auto& each : papers) {
      const std::string paper = each.paper;
      const auto what = "papers/" + paper;
      const Json about{{"paper", paper},
                       {"unit", each.unit},
                       {"index", each.index},
                       {"component", each.component},
                       {"topic", std::string("Tham luận mô phỏng: ") + each.topic}};
      auto request = about;
      request["due"] = "2023-05-25";
      request["minutes"] = 12;
      writer_.add("yc-" + paper, kHomeAffairs, "paper.requested", what, vietnam(2023, 5, 17, 8, 30), request);
      if (paper == "tl-06") continue;  // asked for, never sent
      if (paper == "tl-04") {
        request["reminder"] = true;
        writer_.add("nhac-" + paper, kHomeAffairs, "paper.requested", what, vietnam(2023, 5, 25, 9), request);
        day = 26;
      }
      const std::string unit = each.unit;
      const auto sender = unit == "502" ? "/districts/502/ubnd" : "/provinces/49/" + unit;
      writer_.add("gui-" + paper, sender, "paper.submitted", what, vietnam(2023, 5, static_cast<unsigned>(day), 14),
                  {{"paper", paper},
                   {"unit", unit},
                   {"title", std::string("Tham luận mô phỏng: ") + each.topic},
                   {"speaker", "Người trình bày mô phỏng " + paper},
                   {"pages", random_.between(6, 12)},
                   {"revision", 1}});
      writer_.add("duyet-" + paper, kHomeAffairs, "paper.approved", what, vietnam(2023, 5, 27, 9),
                  {{"paper", paper}, {"unit", unit}, {"order", static_cast<int>(paper.back() - '0')}, {"minutes", 12}});
      day = 24;
    }
  }

  void invitations() {
    auto time = vietnam(2023, 5, 22, 8);
    for (const auto& post : cast_.posts) {
      time = later(time, seconds(random_.between(8, 40)));
      writer_.add(post.invitation, post.inviter, "invitation.issued", "invitations/" + post.invitation, time,
                  {{"invitation", post.invitation},
                   {"point", post.point},
                   {"unit", post.unit},
                   {"composition", post.composition},
                   {"delegate", post.delegate},
                   {"name", delegate_name(post.delegate)},
                   {"position", post.position}});
    }
    for (const auto& group : cast_.groups) {
      time = later(time, seconds(random_.between(8, 40)));
      writer_.add(group.invitation, group.inviter, "invitation.issued", "invitations/" + group.invitation, time,
                  {{"invitation", group.invitation},
                   {"point", group.point},
                   {"unit", group.unit},
                   {"composition", group.composition},
                   {"headcount", group.headcount},
                   {"note", kSimulatedNumber}});
    }
  }

  void gather() {
    std::map<std::string, std::size_t> by_delegate;
    for (std::size_t i = 0; i < cast_.posts.size(); ++i) {
      const auto [found, fresh] = by_delegate.emplace(cast_.posts[i].delegate, people_.size());
      if (fresh) people_.push_back({cast_.posts[i].delegate, {}, Fate::kComes, cast_.posts[i].delegate, false});
      people_[found->second].posts.push_back(i);
    }
  }

  Json seat(const DemoPerson& person) const {
    const auto& post = cast_.posts[person.posts.front()];
    return {{"delegate", person.delegate},
            {"invitation", post.invitation},
            {"point", post.point},
            {"unit", post.unit},
            {"composition", post.composition}};
  }

  void answer(const DemoPerson& person, const char* fact, Millis time, const Json& more) {
    auto data = seat(person);
    data.update(more);
    writer_.add("dk-" + person.delegate, cast_.posts[person.posts.front()].inviter, fact, "delegates/" + person.delegate, time,
                data);
  }

  void decide(DemoPerson& person) {
    const auto time = vietnam(2023, 5, static_cast<unsigned>(random_.between(23, 28)), static_cast<int>(random_.between(8, 16)),
                              static_cast<int>(random_.below(60)), static_cast<int>(random_.below(60)));
    const auto& composition = cast_.posts[person.posts.front()].composition;
    const bool sure = person.posts.size() > 1 || composition == "chu_tri" || composition == "lanh_dao_bo_noi_vu";
    const auto draw = sure ? 0.0 : random_.unit();
    if (draw < 0.885) {
      answer(person, "registration.confirmed", time, Json::object());
      if (!sure && random_.chance(0.02)) miss(person, Fate::kSilent);
    } else if (draw < 0.925) {
      answer(person, "registration.declined", time, {{"leave", true}, {"reason", "Lý do mô phỏng: công tác"}});
      miss(person, Fate::kExcused);
    } else if (draw < 0.937) {
      answer(person, "registration.declined", time, {{"leave", false}, {"reason", "Lý do mô phỏng: chưa rõ"}});
      miss(person, Fate::kUnexcused);
    } else if (draw < 0.983) {
      substitute(person, "registration.delegated", time);
    } else if (random_.chance(0.5)) {
      miss(person, Fate::kSilent);  // never answered
    }
  }

  void miss(DemoPerson& person, Fate fate) {
    person.fate = fate;
    person.comes.clear();
  }

  void substitute(DemoPerson& person, const char* fact, Millis time, const Json& more = Json::object()) {
    person.fate = Fate::kSubstitute;
    person.comes = person.delegate + "-thay";
    Json data{{"substitute", person.comes},
              {"substitute_name", delegate_name(person.delegate) + " thay"},
              {"substitute_position", "Cấp phó của " + cast_.posts[person.posts.front()].position}};
    data.update(more);
    auto full = seat(person);
    full.update(data);
    writer_.add((std::string(fact) == "registration.changed" ? "doi-" : "dk-") + person.delegate,
                cast_.posts[person.posts.front()].inviter, fact, "delegates/" + person.delegate, time, full);
  }

  // The evening before: two who had confirmed excuse themselves, one who had excused itself sends a substitute.
  void changes_of_mind() {
    int excused = 0;
    bool substituted = false;
    const auto time = vietnam(2023, 5, 29, 16, 20);
    for (auto& person : people_) {
      const auto& post = cast_.posts[person.posts.front()];
      if (post.composition != "chu_tich_mttq_xa") continue;
      if (excused < 2 && person.fate == Fate::kComes && random_.chance(0.02)) {
        ++excused;
        auto data = seat(person);
        data.update({{"state", "declined"}, {"leave", true}, {"reason", "Lý do mô phỏng: việc đột xuất"}});
        writer_.add("doi-" + person.delegate, post.inviter, "registration.changed", "delegates/" + person.delegate, time, data);
        miss(person, Fate::kExcused);
      } else if (!substituted && person.fate == Fate::kExcused) {
        substituted = true;
        substitute(person, "registration.changed", later(time, minutes(7)), {{"state", "delegated"}});
      }
    }
  }

  // One invitation is withdrawn; the person comes all the same.
  void withdrawal() {
    for (auto& person : people_) {
      const auto& post = cast_.posts[person.posts.front()];
      if (post.point != "dc-511" || post.composition != "chu_tich_mttq_xa" || person.fate != Fate::kComes) continue;
      person.withdrawn = true;
      writer_.add("rut-" + post.invitation, post.inviter, "invitation.withdrawn", "invitations/" + post.invitation,
                  vietnam(2023, 5, 29, 10),
                  {{"invitation", post.invitation},
                   {"point", post.point},
                   {"unit", post.unit},
                   {"composition", post.composition},
                   {"delegate", post.delegate},
                   {"reason", "Lý do mô phỏng: mời trùng"}});
      return;
    }
  }

  void agenda() {
    const auto item = [](int order, const char* title, const char* start, int length, const char* unit,
                         const char* paper = nullptr) {
      Json out{{"order", order},
               {"title", title},
               {"starts_at", fmt::format("2023-05-30T{}:00+07:00", start)},
               {"minutes", length},
               {"unit", unit}};
      if (paper != nullptr) out["paper"] = paper;
      return out;
    };
    Json items = Json::array(
        {item(1, "Khai mạc", "08:00", 15, "49"), item(2, "Đánh giá kết quả PAR INDEX, SIPAS năm 2022", "08:15", 45, "so-noi-vu"),
         item(3, "Phân tích kết quả PAPI năm 2022", "09:00", 20, "undp"),
         item(4, "Tham luận: Cải cách tài chính công", "09:20", 12, "so-tai-chinh", "tl-01"),
         item(5, "Tham luận: Cải cách thể chế", "09:32", 12, "so-tu-phap", "tl-02"),
         item(6, "Tham luận: Cải cách thủ tục hành chính", "09:44", 12, "van-phong-ubnd", "tl-03"),
         item(7, "Tham luận: Chính quyền điện tử, chính quyền số", "09:56", 12, "so-thong-tin-va-truyen-thong", "tl-04"),
         item(8, "Tham luận của điểm cầu Tam Kỳ", "10:08", 12, "502", "tl-05"), item(9, "Thảo luận, góp ý", "10:20", 50, "49"),
         item(10, "Kết luận", "11:10", 20, "49")});
    writer_.add("chuong-trinh", kHomeAffairs, "meeting.agenda_set", "", vietnam(2023, 5, 27, 11),
                {{"items", items}, {"revision", 2}, {"note", "giờ và thứ tự mô phỏng / simulated times and order"}});
  }

  void rehearsal() {
    auto time = vietnam(2023, 5, 29, 15);
    const auto report = [&](const std::string& unit, const std::string& source) {
      time = later(time, seconds(random_.between(20, 70)));
      const bool weak = unit == "504" || unit == "516";
      writer_.add("thu-" + unit, source, "readiness.reported", "points/" + point_of(unit), time,
                  {{"point", point_of(unit)},
                   {"line", weak ? "connecting" : "connected"},
                   {"sound", weak ? "degraded" : "ok"},
                   {"picture", "ok"},
                   {"power", "ok"},
                   {"rehearsal", true}});
    };
    report("49", "/provinces/49/so-thong-tin-va-truyen-thong");
    for (const auto& code : cast_.districts) report(code, "/districts/" + code + "/ky-thuat");
  }

  DemoWriter& writer_;
  const DemoCast& cast_;
  DemoRandom& random_;
  std::vector<DemoPerson> people_;
};

}  // namespace

std::vector<DemoPerson> write_preparations(DemoWriter& writer, const DemoCast& cast) {
  return Preparations(writer, cast).run();
}

}  // namespace dongbo::cli
