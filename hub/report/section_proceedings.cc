#include <algorithm>

#include <fmt/format.h>

#include "hub/report/sections.h"
#include "hub/report/words.h"

namespace dongbo::report {
namespace {

std::string paper_state(const PaperFacts& paper) {
  if (paper.state == "presented") return "Đã trình bày";
  if (paper.state == "approved") return "Đã duyệt";
  return paper.state == "submitted" ? "Đã gửi" : "Chưa gửi";
}

// Opinions that belong together, with what became of them.
struct Group {
  std::int64_t all = 0;
  std::int64_t routed = 0;  // handed on, answered or not
  std::int64_t answered = 0;
  bool hidden = false;
};

// Groups of fewer than five are not told apart. One hidden group alone could be worked out from the sum: then the smallest
// of the others is hidden with it.
void hide_small(std::map<std::string, Group>& groups) {
  std::int64_t hidden = 0;
  Group* smallest = nullptr;
  for (auto& [name, group] : groups) {
    if (group.all < kSmallGroup) {
      group.hidden = true;
      ++hidden;
    } else if (smallest == nullptr || group.all < smallest->all) {
      smallest = &group;
    }
  }
  if (hidden == 1 && smallest != nullptr) smallest->hidden = true;
}

std::map<std::string, Group> grouped_by(const std::vector<FeedbackFacts>& feedback, std::string FeedbackFacts::*what,
                                        const std::string& otherwise) {
  std::map<std::string, Group> out;
  for (const auto& each : feedback) {
    auto& group = out[(each.*what).empty() ? otherwise : each.*what];
    ++group.all;
    group.routed += each.state != "submitted" ? 1 : 0;
    group.answered += each.state == "answered" ? 1 : 0;
  }
  hide_small(out);
  return out;
}

// The keys in the order in which people look them up.
template <class Value>
std::vector<std::string> in_order(const std::map<std::string, Value>& map) {
  std::vector<std::string> out;
  for (const auto& [name, value] : map) out.push_back(name);
  const Collation collation;
  std::sort(out.begin(), out.end(), [&](const auto& a, const auto& b) { return collation.less(a, b); });
  return out;
}

void write_groups(const Page& page, const std::string& id, const std::string& title, std::string_view caption,
                  const std::map<std::string, Group>& groups) {
  auto& out = page.out;
  std::vector<Row> rows;
  for (const auto& name : in_order(groups)) {
    const auto& group = groups.at(name);
    const auto figure = [&](const char* what, const char* label, std::int64_t count) {
      const auto figure_id = fmt::format("feedback.{}.{}.{}", id, id_part(name), what);
      const auto figure_label = fmt::format("{} - {}", label, name);
      if (!group.hidden) return out.number_cell(figure_id, figure_label, count);
      // That it is small may be said of the number itself, and of nothing that is part of it.
      const bool small = group.all < kSmallGroup && std::string_view(what) == "all";
      return out.said_cell(figure_id, figure_label, small ? "dưới 5" : "không nêu");
    };
    rows.push_back(
        {{Writer::text_cell(name), figure("all", "Số ý kiến", group.all), figure("routed", "Số ý kiến đã chuyển", group.routed),
          figure("answered", "Số ý kiến đã trả lời", group.answered)},
         false});
  }
  using Align = Column::Align;
  out.table("y_kien_" + id, caption,
            {{title, 4, Align::kLeft},
             {"Số ý kiến", 1, Align::kRight},
             {"Đã chuyển cơ quan xử lý", 1.4, Align::kRight},
             {"Đã trả lời", 1, Align::kRight}},
            std::move(rows), "Không có ý kiến.");
}

}  // namespace

void write_papers(const Page& page) {
  auto& out = page.out;
  const auto& papers = page.facts.papers;
  if (papers.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận tham luận nào của hội nghị."));
    return;
  }
  const auto reached = [&](std::initializer_list<std::string_view> states) {
    return std::count_if(papers.begin(), papers.end(), [&](const PaperFacts& paper) {
      return std::find(states.begin(), states.end(), paper.state) != states.end();
    });
  };
  auto text = runs("Hệ thống ghi nhận ", out.number("papers.all", "Số tham luận", static_cast<std::int64_t>(papers.size())),
                   " tham luận; đã gửi nội dung: ",
                   out.number("papers.submitted", "Số tham luận đã gửi", reached({"submitted", "approved", "presented"})));
  if (page.facts.held())
    append_runs(text, "; đã trình bày tại hội nghị: ",
                out.number("papers.presented", "Số tham luận đã trình bày", reached({"presented"})));
  append_runs(text, ".");
  out.body(std::move(text));
  std::vector<Row> rows;
  for (const auto& paper : papers) {
    const auto id = "paper." + id_part(paper.paper);
    rows.push_back(
        {{Writer::text_cell(std::to_string(rows.size() + 1)), Writer::text_cell(paper.unit), Writer::text_cell(paper.title),
          out.said_cell(id + ".state", "Trạng thái tham luận " + paper.paper, paper_state(paper)),
          paper.minutes_spoken
              ? out.number_cell(id + ".minutes", "Số phút trình bày tham luận " + paper.paper, *paper.minutes_spoken)
              : Writer::text_cell("")},
         false});
  }
  using Align = Column::Align;
  out.table("tham_luan", "Tham luận của hội nghị",
            {{"STT", 0.8, Align::kCentre},
             {"Cơ quan, đơn vị", 3, Align::kLeft},
             {"Nội dung", 4, Align::kLeft},
             {"Trạng thái", 1.4, Align::kLeft},
             {"Số phút", 1, Align::kRight}},
            std::move(rows), "");
}

void write_feedback(const Page& page) {
  auto& out = page.out;
  const auto& feedback = page.facts.feedback;
  if (feedback.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận ý kiến, phản ánh, kiến nghị nào của hội nghị."));
    return;
  }
  const auto all = static_cast<std::int64_t>(feedback.size());
  if (all < kSmallGroup) {
    out.body(runs("Hội nghị nhận ", out.said("feedback.all", "Số ý kiến", "dưới 5"),
                  " ý kiến, phản ánh, kiến nghị; không phân nhóm để bảo vệ người góp ý."));
    return;
  }
  const auto answered =
      std::count_if(feedback.begin(), feedback.end(), [](const auto& each) { return each.state == "answered"; });
  const auto waiting =
      std::count_if(feedback.begin(), feedback.end(), [](const auto& each) { return each.state == "submitted"; });
  auto text =
      runs("Hội nghị nhận ", out.number("feedback.all", "Số ý kiến", all), " ý kiến, phản ánh, kiến nghị; đã trả lời ",
           out.number("feedback.answered", "Số ý kiến đã trả lời", answered), " (",
           out.percent("feedback.share", "Tỷ lệ ý kiến đã trả lời", answered, all), "), đang xử lý tại cơ quan được chuyển ",
           out.number("feedback.routed", "Số ý kiến đang xử lý", all - answered - waiting), ", chưa chuyển ",
           out.number("feedback.waiting", "Số ý kiến chưa chuyển", waiting), ".");
  out.body(std::move(text));
  std::map<std::string, std::pair<std::int64_t, std::string>> open;  // by body: how many, the first due day
  for (const auto& each : feedback) {
    if (each.state != "routed" || each.to.empty()) continue;
    auto& [count, due] = open[each.to];
    ++count;
    if (due.empty() || (!each.due.empty() && each.due < due)) due = each.due;
  }
  for (const auto& body : in_order(open)) {
    const auto& state = open.at(body);
    out.item(runs(body, ": còn ", out.number("feedback.open." + id_part(body), "Số ý kiến chờ trả lời - " + body, state.first),
                  " ý kiến chờ trả lời", state.second.empty() ? "." : "; hạn sớm nhất " + day_text(state.second) + "."));
  }
  write_groups(page, "chi_so", "Chỉ số", "Ý kiến theo chỉ số", grouped_by(feedback, &FeedbackFacts::index, "Không nêu chỉ số"));
  write_groups(page, "doi_tuong", "Đối tượng góp ý", "Ý kiến theo đối tượng góp ý",
               grouped_by(feedback, &FeedbackFacts::from, "Không nêu đối tượng"));
  out.note(runs(
      "Nhóm dưới 5 ý kiến không nêu số để bảo vệ người góp ý; khi chỉ có một nhóm như vậy, nhóm nhỏ kế tiếp cũng không nêu."));
}

void write_opinions(const Page& page) {
  auto& out = page.out;
  if (page.facts.feedback.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận ý kiến nào tại hội nghị."));
    return;
  }
  for (const auto& each : page.facts.feedback) {
    std::string about = each.index;
    if (!each.component.empty()) about += (about.empty() ? "" : ", ") + each.component;
    auto text = runs(about.empty() ? "" : about + ": ", each.text.empty() ? "(chưa có nội dung)" : each.text);
    if (!each.answer.empty()) {
      append_runs(text, " - Trả lời", each.by.empty() ? ": " : " (" + each.by + "): ", each.answer);
    } else if (!each.to.empty()) {
      append_runs(text, " - Đã chuyển ", each.to, each.due.empty() ? "" : ", hạn trả lời " + day_text(each.due));
    }
    append_runs(text, full_stop(text.back().text));
    out.item(std::move(text));
  }
}

void write_surveys(const Page& page) {
  auto& out = page.out;
  const auto& facts = page.facts;
  if (facts.surveys.empty()) return;
  if (facts.survey_responses < kSmallGroup) {
    out.body(runs("Khảo sát tại hội nghị nhận dưới 5 phiếu, không nêu kết quả để bảo vệ người trả lời."));
    return;
  }
  out.body(runs("Khảo sát tại hội nghị nhận ", out.number("surveys.responses", "Số phiếu khảo sát", facts.survey_responses),
                " phiếu trả lời."));
  std::vector<Row> rows;
  for (const auto& survey : facts.surveys) {
    const auto id = fmt::format("surveys.{}.{}.{}.{}", id_part(survey.survey), id_part(survey.index), id_part(survey.factor),
                                id_part(survey.scale));
    const bool hidden = survey.answers < kSmallGroup;
    rows.push_back({{Writer::text_cell(survey.index), Writer::text_cell(survey.factor),
                     hidden ? Writer::text_cell("dưới 5")
                            : out.number_cell(id + ".answers", "Số trả lời - " + survey.factor, survey.answers),
                     hidden ? Writer::text_cell("không nêu")
                            : out.decimal_cell(id + ".mean", "Điểm trung bình - " + survey.factor, survey.mean),
                     Writer::text_cell(decimal_text(survey.scale))},
                    false});
  }
  using Align = Column::Align;
  out.table("khao_sat", "Kết quả khảo sát tại hội nghị",
            {{"Chỉ số", 1.4, Align::kLeft},
             {"Yếu tố", 4, Align::kLeft},
             {"Số trả lời", 1, Align::kRight},
             {"Điểm trung bình", 1.2, Align::kRight},
             {"Thang điểm", 1, Align::kRight}},
            std::move(rows), "");
  if (!facts.surveys_complete)
    out.note(runs("Bảng chỉ gồm các dòng đầu của kết quả khảo sát: số dòng vượt giới hạn của một câu trả lời."));
}

}  // namespace dongbo::report
