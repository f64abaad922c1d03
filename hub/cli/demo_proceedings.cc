#include <fmt/format.h>

#include "hub/cli/demo_script.h"
#include "hub/cli/demo_writer.h"

namespace dongbo::cli {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kCommittee = "/provinces/49/ubnd";
constexpr const char* kSecretariat = "/provinces/49/van-phong-ubnd";

void papers_presented(DemoWriter& writer) {
  const std::pair<const char*, const char*> papers[] = {{"tl-01", "so-tai-chinh"},
                                                        {"tl-02", "so-tu-phap"},
                                                        {"tl-03", "van-phong-ubnd"},
                                                        {"tl-04", "so-thong-tin-va-truyen-thong"},
                                                        {"tl-05", "502"}};
  auto end = on_the_day(9, 22);
  for (const auto& [paper, unit] : papers) {
    end = later(end, minutes(12) + seconds(writer.random().between(-60, 90)));
    const std::string id = paper;
    writer.add("trinh-bay-" + id, kSecretariat, "paper.presented", "papers/" + id, end,
               {{"paper", id},
                {"unit", unit},
                {"point", std::string(unit) == "502" ? "dc-502" : "dc-49"},
                {"speaker", "Người trình bày mô phỏng " + id},
                {"minutes", 12}});
  }
}

void questions(DemoWriter& writer, const DemoCast& cast) {
  struct Topic {
    const char *from, *index, *component, *text, *to;
  };
  const Topic topics[] = {{"doanh_nghiep", "SIPAS", "s2", "thời gian giải quyết hồ sơ", "van-phong-ubnd"},
                          {"nguoi_dan", "SIPAS", "s5", "trả lời phản ánh, kiến nghị", "van-phong-ubnd"},
                          {"dai_bieu", "PAR INDEX", "c3", "thủ tục liên thông", "van-phong-ubnd"},
                          {"chuyen_gia", "PAPI", "d7", "công khai số liệu môi trường", "so-tai-nguyen-va-moi-truong"},
                          {"dai_bieu", "PAR INDEX", "c5", "vị trí việc làm", "so-noi-vu"},
                          {"doanh_nghiep", "PAR INDEX", "c7", "dịch vụ công trực tuyến", "so-thong-tin-va-truyen-thong"},
                          {"nguoi_dan", "PAPI", "d5", "cấp giấy chứng nhận quyền sử dụng đất", "so-tai-nguyen-va-moi-truong"}};
  auto& random = writer.random();
  auto time = on_the_day(9, 5);
  for (int i = 1; i <= 16; ++i) {
    const auto& topic = topics[random.below(std::size(topics))];
    const auto& district =
        cast.districts[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(cast.districts.size())))];
    const auto feedback = fmt::format("yk-{:02}", i);
    const auto what = "feedback/" + feedback;
    time = later(time, seconds(random.between(150, 540)));
    writer.add(feedback, "/feedback", "feedback.submitted", what, time,
               {{"feedback", feedback},
                {"from", topic.from},
                {"unit", district},
                {"point", point_of(district)},
                {"index", topic.index},
                {"component", topic.component},
                {"text", fmt::format("Ý kiến mô phỏng số {:02} về {}", i, topic.text)},
                {"author", "Người góp ý mô phỏng"}});
    if (i % 5 == 0) continue;  // nobody has looked at it yet
    const auto routed = later(time, seconds(random.between(60, 240)));
    writer.add("chuyen-" + feedback, kSecretariat, "feedback.routed", what, routed,
               {{"feedback", feedback}, {"to", topic.to}, {"due", "2023-06-15"}});
    if (i % 3 != 0 && routed < on_the_day(11, 0))
      writer.add("tra-loi-" + feedback, std::string("/provinces/49/") + topic.to, "feedback.answered", what,
                 later(routed, seconds(random.between(240, 900))),
                 {{"feedback", feedback}, {"by", topic.to}, {"text", fmt::format("Trả lời mô phỏng cho ý kiến số {:02}", i)}});
  }
}

void survey(DemoWriter& writer, const DemoCast& cast) {
  auto& random = writer.random();
  auto time = on_the_day(10, 22);
  for (int i = 1; i <= 36; ++i) {
    const auto& district = cast.districts[static_cast<std::size_t>(i) % cast.districts.size()];
    Json factors = Json::array();
    for (const char* factor : {"s1", "s2", "s3", "s4", "s5"})
      factors.push_back({{"factor", factor}, {"score", random.between(2, 5)}, {"scale", 5}});
    const auto response = fmt::format("ks-{:03}", i);
    time = later(time, seconds(random.between(20, 100)));
    writer.add(response, "/feedback", "feedback.survey_answered", "surveys/khao-sat-01", time,
               {{"survey", "khao-sat-01"},
                {"response", response},
                {"unit", district},
                {"index", "SIPAS"},
                {"factors", factors},
                {"text", "Phiếu mô phỏng"}});
  }
}

void conclusion(DemoWriter& writer) {
  const std::pair<const char*, const char*> conclusions[] = {{"PAR INDEX", "c3"}, {"PAR INDEX", "c5"}, {"SIPAS", "s5"}};
  int number = 0;
  for (const auto& [index, component] : conclusions) {
    const auto id = fmt::format("kl-{:02}", ++number);
    writer.add("ket-luan-" + id, kCommittee, "conclusion.issued", "conclusions/" + id,
               later(on_the_day(11, 12), minutes(3 * number)),
               {{"conclusion", id},
                {"text", fmt::format("Kết luận mô phỏng số {} của chủ trì", number)},
                {"index", index},
                {"component", component},
                {"unit", "49"}});
  }
  struct Task {
    const char *unit, *index, *component, *conclusion;
  };
  const Task tasks[] = {{"van-phong-ubnd", "PAR INDEX", "c3", "kl-01"},
                        {"so-noi-vu", "PAR INDEX", "c5", "kl-02"},
                        {"so-noi-vu", "PAR INDEX", "c1", "kl-02"},
                        {"so-tai-chinh", "PAR INDEX", "c6", "kl-01"},
                        {"so-thong-tin-va-truyen-thong", "PAR INDEX", "c7", "kl-01"},
                        {"so-tu-phap", "PAR INDEX", "c2", "kl-01"},
                        {"so-tai-nguyen-va-moi-truong", "PAPI", "d7", "kl-03"},
                        {"502", "SIPAS", "s5", "kl-03"}};
  number = 0;
  for (const auto& task : tasks) {
    const auto id = fmt::format("nv-{:02}", ++number);
    writer.add("giao-" + id, kCommittee, "commitment.assigned", "commitments/" + id,
               later(on_the_day(11, 24), seconds(25 * number)),
               {{"commitment", id},
                {"unit", task.unit},
                {"task", fmt::format("Nhiệm vụ mô phỏng số {:02}", number)},
                {"conclusion", task.conclusion},
                {"index", task.index},
                {"component", task.component},
                {"target", "mục tiêu mô phỏng"},
                {"due", "2023-12-31"}});
  }
}

}  // namespace

void write_proceedings(DemoWriter& writer, const DemoCast& cast) {
  writer.add("khai-mac", kSecretariat, "meeting.opened", "", on_the_day(8, 3),
             {{"point", "dc-49"}, {"chair", "Lãnh đạo Ủy ban nhân dân tỉnh"}});
  papers_presented(writer);
  questions(writer, cast);
  survey(writer, cast);
  conclusion(writer);
  writer.add("be-mac", kSecretariat, "meeting.closed", "", on_the_day(11, 30),
             {{"point", "dc-49"}, {"chair", "Lãnh đạo Ủy ban nhân dân tỉnh"}});
}

}  // namespace dongbo::cli
