#include "hub/report/compose.h"

#include "hub/report/render.h"
#include "tests/unit/report/report_hub.h"

namespace dongbo::report {
namespace {

// A meeting with somebody invited, of which nothing was heard yet.
void tell_plan(ReportHub& hub) {
  hub.say("unit.established",
          R"("unit":"49","code":"49","name":"Tỉnh Quảng Nam","level":"province","kind":"tỉnh","valid_from":"2023-04-10")");
  hub.say("meeting.planned",
          R"("meeting":"M","title":"Hội nghị bàn việc","organiser":"49","day":"2023-12-05","mode":"online","indexes":["PAPI"])");
  hub.say("meeting.point_planned", R"("meeting":"M","point":"dc-49","level":"province","unit":"49","name":"Điểm cầu tỉnh")");
  hub.say("invitation.issued",
          R"("meeting":"M","invitation":"gm-1","point":"dc-49","unit":"49","composition":"chu_tri","delegate":"1")");
}

// What a paper tells only of a meeting that took place.
constexpr const char* kOfHeldMeetings[] = {
    "Hội nghị được tổ chức",   "Có dự", "%",           "điểm danh tại",  "kết luận như sau",
    "ngày làm việc kể từ khi", "vắng",  "Kết quả các", "Kết quả tổ chức"};

TEST(Documents, ACancelledMeetingIsCalledThatAndHasNoResults) {
  ReportHub hub;
  tell_plan(hub);
  hub.say("meeting.cancelled", R"("meeting":"M","reason":"bão số 5","legal_act":"Công văn số 12/UBND-NC")",
          "2023-12-04T15:00:00+07:00");
  for (const auto kind : kKinds) {
    const auto document = hub.make(kind, "M");
    const auto text = document.letterhead.subject + "\n" + text_of(document);
    EXPECT_TRUE(holds(text, "Theo kế hoạch, hội nghị được tổ chức ngày 05 tháng 12 năm 2023")) << text;
    EXPECT_TRUE(holds(text, "Hội nghị đã hủy (lý do: bão số 5; văn bản: Công văn số 12/UBND-NC).")) << text;
    for (const char* said : kOfHeldMeetings)
      EXPECT_FALSE(holds(text, said)) << kind_name(kind) << " says " << said << "\n" << text;
  }
  EXPECT_EQ(hub.make(Kind::kBaoCao, "M").letterhead.subject, "Việc hủy Hội nghị bàn việc");
  EXPECT_EQ(hub.make(Kind::kThongBao, "M").letterhead.subject, "Việc hủy Hội nghị bàn việc");
  EXPECT_EQ(hub.make(Kind::kBienBan, "M").letterhead.subject, "Hội nghị bàn việc (đã hủy)");
}

TEST(Documents, AMeetingNotYetHeldIsCalledThatAndHasNoResults) {
  ReportHub hub;
  tell_plan(hub);
  hub.say(
      "meeting.rescheduled",
      R"("meeting":"M","previous_day":"2023-12-05","day":"2023-12-20","reason":"trùng lịch","legal_act":"Công văn số 9/UBND")",
      "2023-12-04T15:00:00+07:00");
  for (const auto kind : kKinds) {
    const auto document = hub.make(kind, "M");
    const auto text = document.letterhead.subject + "\n" + text_of(document);
    EXPECT_TRUE(holds(text, "Theo kế hoạch, hội nghị được tổ chức ngày 20 tháng 12 năm 2023")) << text;
    EXPECT_TRUE(holds(text, "sang ngày 20 tháng 12 năm 2023 (lý do: trùng lịch; văn bản: Công văn số 9/UBND).")) << text;
    EXPECT_TRUE(holds(text, "Hội nghị chưa tổ chức: ")) << text;
    for (const char* said : kOfHeldMeetings)
      EXPECT_FALSE(holds(text, said)) << kind_name(kind) << " says " << said << "\n" << text;
  }
  EXPECT_EQ(figure(hub.make(Kind::kBaoCao, "M"), "attendance.invited")->value, "1");
  EXPECT_EQ(hub.make(Kind::kBaoCao, "M").letterhead.subject, "Tình hình chuẩn bị Hội nghị bàn việc");
}

TEST(Documents, WhoeverCameMakesAMeetingHeld) {
  ReportHub hub;
  tell_plan(hub);
  hub.say("attendance.checked_in", R"("meeting":"M","point":"dc-49","unit":"49","composition":"chu_tri","delegate":"1")",
          "2023-12-05T07:41:09+07:00");
  EXPECT_TRUE(holds(text_of(hub.make(Kind::kBaoCao, "M")), "Có dự (đã điểm danh): 1 đại biểu, bằng 100,0% số được mời"));
}

TEST(BaoCao, WhoCameToACancelledMeetingIsNotHidden) {
  ReportHub hub;
  tell_plan(hub);
  hub.say("attendance.checked_in", R"("meeting":"M","point":"dc-49","unit":"49","composition":"chu_tri","delegate":"1")",
          "2023-12-05T07:41:09+07:00");
  hub.say("meeting.cancelled", R"("meeting":"M")", "2023-12-05T08:00:00+07:00");
  const auto text = text_of(hub.make(Kind::kBaoCao, "M"));
  EXPECT_TRUE(holds(text, "Hội nghị đã hủy.\nHệ thống vẫn ghi nhận của hội nghị đã hủy này 1 đại biểu điểm danh")) << text;
}

TEST(Documents, EveryFigureIsPrintedAsItIsRegistered) {
  ReportHub hub;
  hub.say_samples();
  for (const auto kind : kKinds) {
    const auto document = hub.make(kind, "QNA-2023-05-30");
    std::map<std::string, std::string> printed;
    const auto note = [&](const std::string& id, const std::string& text) {
      if (id.empty()) return;
      const auto* found = figure(document, id);
      ASSERT_NE(found, nullptr) << id;
      EXPECT_EQ(found->text, text) << id;
      printed[id] = text;
    };
    const auto read = [&](const std::vector<Block>& blocks) {
      for (const auto& block : blocks) {
        if (const auto* paragraph = std::get_if<Paragraph>(&block))
          for (const auto& run : paragraph->runs) note(run.figure, run.text);
        if (const auto* rows = std::get_if<Table>(&block))
          for (const auto& row : rows->rows)
            for (const auto& cell : row.cells) note(cell.figure, cell.text);
      }
    };
    read(document.body);
    for (const auto& annex : document.annexes) read(annex.blocks);
    EXPECT_EQ(printed.size(), document.figures.size()) << "a figure stands nowhere";
    const auto markdown = render_md(document);
    for (const auto& [id, text] : printed) EXPECT_TRUE(!figure(document, id)->value || holds(markdown, text)) << id;
  }
}

TEST(Documents, ChartsHaveAsManyValuesAsPlacesAndTellTheirNumbers) {
  ReportHub hub;
  tell_meeting(hub);
  const auto document = hub.make(Kind::kBaoCao, "M");
  for (const char* id : {"dai_bieu_theo_diem_cau", "dai_bieu_den"}) {
    const auto* found = chart(document, id);
    ASSERT_NE(found, nullptr) << id;
    EXPECT_FALSE(found->alternative.empty());
    for (const auto& series : found->series) EXPECT_EQ(series.values.size(), found->categories.size());
  }
  EXPECT_EQ(chart(document, "dai_bieu_den")->categories, std::vector<std::string>{"07:41"});
  EXPECT_EQ(*chart(document, "dai_bieu_den")->series[0].values[0], 2.0);
}

TEST(Documents, NoTextTurnsTheDirectionOfWriting) {
  const std::vector<std::string> marks = {"\u200E", "\u200F", "\u061C", "\u202A", "\u202B", "\u202C",
                                          "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};
  std::string turned = "x";
  for (const auto& mark : marks) turned += mark;
  ReportHub hub;
  tell_meeting(hub);
  close_meeting(hub);
  hub.say("meeting.point_planned", fmt::format(R"("meeting":"M","point":"p{0}","level":"district","name":"Điểm {0}")", turned));
  hub.say("meeting.agenda_set", fmt::format(R"("meeting":"M","items":[{{"title":"Mục {}"}}])", turned));
  hub.say(
      "attendance.checked_in",
      fmt::format(R"("meeting":"M","point":"q{0}","unit":"u{0}","composition":"c{0}","delegate":"d{0}","name":"N{0}")", turned),
      "2023-05-30T07:42:00+07:00");
  hub.say("commitment.assigned", fmt::format(R"("meeting":"M","commitment":"nv{0}","unit":"v{0}","task":"Việc {0}")", turned));
  hub.say("conclusion.issued", fmt::format(R"("meeting":"M","conclusion":"kl","text":"Kết luận {}")", turned));
  for (const auto kind : kKinds) {
    const auto json = render_json(hub.make(kind, "M", true));
    EXPECT_TRUE(holds(json, "Kết luận x"));
    for (const auto& mark : marks) EXPECT_FALSE(holds(json, mark)) << kind_name(kind);
  }
}

TEST(Documents, TheSameFactsGiveTheSameBytes) {
  ReportHub one, two;
  for (auto* hub : {&one, &two}) {
    tell_meeting(*hub);
    close_meeting(*hub);
  }
  for (const auto kind : kKinds) {
    const auto a = one.make(kind, "M"), b = two.make(kind, "M");
    EXPECT_EQ(render_json(a), render_json(b));
    EXPECT_EQ(render_md(a), render_md(b));
    EXPECT_EQ(a.frozen.sha256.size(), 64u);
  }
}

TEST(Documents, APastPositionGivesTheReportOfThen) {
  ReportHub hub;
  tell_meeting(hub);
  const auto then = hub.make(Kind::kBaoCao, "M");
  hub.recorded_at(Millis(1685500000000));
  close_meeting(hub);
  const auto now = hub.make(Kind::kBaoCao, "M");
  EXPECT_NE(now.frozen.position, then.frozen.position);
  EXPECT_NE(now.frozen.as_of, then.frozen.as_of);
  const auto again = hub.make(Kind::kBaoCao, "M", false, then.frozen.position);
  EXPECT_EQ(again.frozen.position, then.frozen.position);
  EXPECT_EQ(render_json(again), render_json(then));
}

}  // namespace
}  // namespace dongbo::report
