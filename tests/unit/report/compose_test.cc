#include "hub/report/compose.h"

#include <algorithm>
#include <set>

#include "hub/report/render.h"
#include "hub/report/seal.h"
#include "tests/unit/report/report_hub.h"

namespace dongbo::report {
namespace {

TEST(BaoCao, AMeetingOfWhichNothingElseIsKnownSaysSoInEverySection) {
  ReportHub hub;
  hub.say("meeting.planned", R"("meeting":"M","title":"Hội nghị trống","day":"2023-05-30","indexes":["PAPI"])");
  hub.say("meeting.closed", R"("meeting":"M")", "2023-05-30T11:30:00+07:00");
  const auto document = hub.make(Kind::kBaoCao, "M");
  const auto text = text_of(document);
  for (const char* said :
       {"Hệ thống chưa ghi nhận căn cứ", "chưa ghi nhận sự kiện khai mạc", "chưa ghi nhận điểm cầu nào", "chưa ghi nhận dự toán",
        "chưa ghi nhận giấy mời, đăng ký hoặc điểm danh", "chưa ghi nhận đại biểu theo nhóm thành phần",
        "chưa ghi nhận chương trình", "chưa ghi nhận tham luận", "chưa ghi nhận ý kiến", "chưa ghi nhận số liệu chỉ số",
        "chưa ghi nhận kết luận", "chưa ghi nhận nhiệm vụ", "chưa có số đại biểu được mời để đánh giá",
        "[Đơn vị soạn thảo bổ sung đề xuất, kiến nghị]"})
    EXPECT_TRUE(holds(text, said)) << said << "\n" << text;
  EXPECT_EQ(document.letterhead.issuer, "[CƠ QUAN BAN HÀNH]");
  EXPECT_FALSE(document.simulated);
  EXPECT_EQ(document.annexes.size(), 6u);
  for (const auto kind : kKinds) EXPECT_TRUE(is_sealed(hub.make(kind, "M")));
}

TEST(BaoCao, AnOrganiserNobodyRegisteredIsAPlaceToFillIn) {
  ReportHub hub;
  hub.say("meeting.planned", R"("meeting":"M","title":"Hội nghị","day":"2023-05-30","organiser":"77")");
  const auto document = hub.make(Kind::kBaoCao, "M");
  EXPECT_EQ(document.letterhead.issuer, "[CƠ QUAN BAN HÀNH]");
  EXPECT_EQ(document.letterhead.place, "[Địa danh]");
}

TEST(BaoCao, AMeetingNobodyKnowsIsNotFound) {
  ReportHub hub;
  const auto facts = hub.facts("nowhere");
  ASSERT_FALSE(facts.has_value());
  EXPECT_EQ(facts.error().error_class, ErrorClass::kNotFound);
  EXPECT_TRUE(holds(facts.error().message, "nowhere"));
}

TEST(BaoCao, FiguresComeFromTheFactsAndLeadWithWhoCame) {
  ReportHub hub;
  tell_meeting(hub);
  close_meeting(hub);
  const auto document = hub.make(Kind::kBaoCao, "M");
  const auto value = [&](std::string_view id) {
    const auto* found = figure(document, id);
    return found == nullptr ? std::string("none") : found->value.value_or(found->text);
  };
  EXPECT_EQ(value("attendance.invited"), "4");
  EXPECT_EQ(value("attendance.checked_in"), "2");
  EXPECT_EQ(value("attendance.share"), "50.0");
  EXPECT_EQ(value("attendance.absent_with_leave"), "1");
  EXPECT_EQ(value("attendance.absent_without_leave"), "1");
  EXPECT_EQ(value("attendance.substitutes"), "1");
  EXPECT_EQ(value("meeting.duration"), "3 giờ 30 phút");
  const auto text = text_of(document);
  EXPECT_TRUE(holds(text, "Được mời đích danh: 4 đại biểu")) << text;
  EXPECT_TRUE(holds(text, "Có dự (đã điểm danh): 2 đại biểu, bằng 50,0% số được mời")) << text;
  EXPECT_TRUE(holds(text, "bế mạc lúc 11 giờ 30 phút, ngày 30 tháng 5 năm 2023")) << text;
  EXPECT_EQ(document.letterhead.issuer, "ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM");
  EXPECT_EQ(document.letterhead.symbol, "/BC-UBND");
  EXPECT_EQ(document.letterhead.place, "Quảng Nam");
  EXPECT_EQ(document.letterhead.subject, "Kết quả tổ chức Hội nghị thử");
}

TEST(BaoCao, NobodyIsAbsentWithoutLeaveBeforeTheMeetingIsClosed) {
  ReportHub hub;
  tell_meeting(hub);
  const auto document = hub.make(Kind::kBaoCao, "M");
  EXPECT_EQ(figure(document, "attendance.absent_without_leave"), nullptr);
  EXPECT_TRUE(holds(text_of(document), "vắng không phép: chưa tính (hội nghị chưa bế mạc)"));
}

TEST(BaoCao, AnAgencyReportsToTheCommitteeAboveIt) {
  ReportHub hub;
  tell_meeting(hub);
  const auto facts = hub.facts("M", false, "so-noi-vu");
  ASSERT_TRUE(facts.has_value());
  const auto document = compose(Kind::kBaoCao, *facts, reference());
  EXPECT_EQ(document.letterhead.parent, "ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM");
  EXPECT_EQ(document.letterhead.issuer, "SỞ NỘI VỤ");
  EXPECT_EQ(document.letterhead.symbol, "/BC-SNV");
  EXPECT_EQ(document.letterhead.addressee, "Ủy ban nhân dân tỉnh Quảng Nam");
  EXPECT_EQ(document.recipients.front(), "Như trên");
  ASSERT_EQ(document.signatures.size(), 1u);
  EXPECT_EQ(document.signatures.front().lines, std::vector<std::string>{"GIÁM ĐỐC"});
}

TEST(BaoCao, PersonsAreNamedOnlyWhenThatIsAsked) {
  ReportHub hub;
  tell_meeting(hub);
  close_meeting(hub);
  for (const auto kind : kKinds) {
    const auto json = render_json(hub.make(kind, "M"));
    for (const char* personal : {"Nguyễn Thị Mật", "Trần Văn Kín", "ốm nặng", "Giám đốc"})
      EXPECT_FALSE(holds(json, personal)) << kind_name(kind) << " tells " << personal;
  }
  const auto named = hub.make(Kind::kBaoCao, "M", true);
  const auto* absent = table(named, "vang");
  ASSERT_NE(absent, nullptr);
  ASSERT_EQ(absent->rows.size(), 3u);
  const auto text = text_of(named);
  for (const char* personal : {"Nguyễn Thị Mật 2", "Trần Văn Kín (3-thay)", "ốm nặng", "Giám đốc"})
    EXPECT_TRUE(holds(text, personal)) << personal << "\n" << text;
  EXPECT_TRUE(named.frozen.with_names);
}

TEST(BaoCao, OpinionsOfFewerThanFiveAreNotToldApart) {
  ReportHub hub;
  tell_meeting(hub);
  auto opinion = [&, number = 0](const char* from, const char* index) mutable {
    hub.say("feedback.submitted",
            fmt::format(R"("meeting":"M","feedback":"y-{}","from":"{}","index":"{}","text":"ý kiến","author":"Lê Ẩn Danh")",
                        ++number, from, index));
  };
  for (int i = 0; i < 6; ++i) opinion("nguoi_dan", "SIPAS");
  for (int i = 0; i < 8; ++i) opinion("doanh_nghiep", "PAPI");
  for (int i = 0; i < 3; ++i) opinion("chuyen_gia", "PAR INDEX");
  const auto document = hub.make(Kind::kBaoCao, "M");
  EXPECT_EQ(figure(document, "feedback.all")->value, "17");
  EXPECT_EQ(figure(document, "feedback.chi_so.par_index.all")->text, "dưới 5");
  EXPECT_FALSE(figure(document, "feedback.chi_so.par_index.all")->value.has_value());
  // The next smallest is hidden too, or 17 - 8 - 6 would tell.
  EXPECT_EQ(figure(document, "feedback.chi_so.sipas.all")->text, "không nêu");
  EXPECT_EQ(figure(document, "feedback.chi_so.papi.all")->value, "8");
  EXPECT_FALSE(holds(render_json(document), "Ẩn Danh"));
}

TEST(BaoCao, TimeWithoutLineIsCountedWithinTheMeeting) {
  ReportHub hub;
  tell_meeting(hub);
  close_meeting(hub);
  const auto line = [&](const char* state, const char* time, const char* more = "") {
    hub.say("readiness.reported", fmt::format(R"("meeting":"M","point":"dc-49","line":"{}"{})", state, more), time);
  };
  line("disconnected", "2023-05-29T15:00:00+07:00", R"(,"rehearsal":true)");  // says nothing about the meeting
  line("disconnected", "2023-05-30T07:30:00+07:00");                          // before the opening
  line("connected", "2023-05-30T08:05:00+07:00");
  line("disconnected", "2023-05-30T11:20:00+07:00");  // nobody says that it came back
  const auto document = hub.make(Kind::kBaoCao, "M");
  EXPECT_EQ(figure(document, "line.failures")->value, "2");
  EXPECT_EQ(figure(document, "line.minutes_lost")->value, "15");
  EXPECT_TRUE(holds(text_of(document), "từ 11 giờ 20 phút chưa có báo cáo nối lại (10 phút)")) << text_of(document);
}

TEST(BaoCao, AGroupThatNoCatalogueHasIsCalledThat) {
  ReportHub hub;
  tell_meeting(hub);
  hub.say("attendance.checked_in",
          R"("meeting":"M","point":"dc-49","unit":"49","composition":"khach_moi_khac","delegate":"khach-01")",
          "2023-05-30T07:52:00+07:00");
  EXPECT_TRUE(holds(text_of(hub.make(Kind::kBaoCao, "M")), "| Thành phần khác (khach_moi_khac) |"));
}

TEST(BaoCao, SimulatedFiguresAreCalledThat) {
  ReportHub hub;
  hub.source("/simulated/districts/502/ubnd");
  tell_meeting(hub);
  const auto document = hub.make(Kind::kBaoCao, "M");
  EXPECT_TRUE(document.simulated);
  EXPECT_TRUE(holds(text_of(document), "có số liệu mô phỏng"));
}

TEST(BaoCao, GapsOfASourceMakeFiguresProvisional) {
  ReportHub hub;
  tell_meeting(hub);
  hub.source("/districts/502/checkin");
  hub.say("attendance.counted", R"("meeting":"M","point":"dc-49","composition":"truong_phong_chuyen_mon","headcount":3)",
          "2023-05-30T08:15:00+07:00", "0000000001");
  hub.say("attendance.counted", R"("meeting":"M","point":"dc-49","composition":"truong_phong_chuyen_mon","headcount":4)",
          "2023-05-30T08:25:00+07:00", "0000000004");
  const auto document = hub.make(Kind::kBaoCao, "M");
  EXPECT_TRUE(
      holds(text_of(document), "Số liệu tạm tính: còn thiếu bản ghi theo số thứ tự của nguồn /districts/502/checkin (2 bản ghi)"))
      << text_of(document);
  EXPECT_EQ(figure(document, "assessment.sources_with_gaps")->value, "1");
  EXPECT_EQ(figure(document, "attendance.headcount")->value, "4");
}

TEST(BaoCao, AWrongClockIsCountedAndSaysNothingOfTheLastEvent) {
  ReportHub hub;
  tell_meeting(hub);
  hub.source("/districts/502/checkin");
  for (const char* time : {"2023-05-30T08:15:00+07:00", "2030-01-01T00:00:00+07:00"})
    hub.say("attendance.counted", R"("meeting":"M","point":"dc-49","composition":"truong_phong_chuyen_mon","headcount":3)", time);
  const auto document = hub.make(Kind::kBaoCao, "M");
  const auto* sources = table(document, "nguon");
  ASSERT_NE(sources, nullptr);
  const auto row = std::find_if(sources->rows.begin(), sources->rows.end(),
                                [](const Row& each) { return each.cells[0].text == "/districts/502/checkin"; });
  ASSERT_NE(row, sources->rows.end());
  EXPECT_EQ(sources->columns[3].title, "Sai giờ");
  EXPECT_EQ(row->cells[1].text, "2");
  EXPECT_EQ(row->cells[3].text, "1");
  EXPECT_TRUE(holds(row->cells[6].text, "ngày 30 tháng 5 năm 2023")) << row->cells[6].text;
}

TEST(BaoCao, TheContractsSamplesMakeAllThreePapers) {
  ReportHub hub;
  hub.say_samples();
  for (const auto kind : kKinds) {
    const auto document = hub.make(kind, "QNA-2023-05-30");
    EXPECT_TRUE(document.simulated);
    EXPECT_TRUE(holds(text_of(document), "Kết luận mô phỏng của chủ trì")) << kind_name(kind);
  }
  const auto text = text_of(hub.make(Kind::kBaoCao, "QNA-2023-05-30"));
  EXPECT_TRUE(holds(text, "tổng số 13.000.000 đồng")) << text;
  EXPECT_TRUE(holds(text, "Sửa lượt điểm danh | quét nhầm điểm cầu")) << text;
  EXPECT_TRUE(holds(text, "Căn cứ Quyết định số 3532/QĐ-UBND ngày 23/12/2022;")) << text;
}

TEST(BaoCao, LongNamesAndManyDelegatesAreTaken) {
  ReportHub hub;
  tell_meeting(hub);
  close_meeting(hub);
  std::string name;
  for (int i = 0; i < 12; ++i) name += "Nghiêng";  // more than 60 letters without a blank
  constexpr int kDelegates = 3000;
  for (int i = 0; i < kDelegates; ++i)
    hub.say(
        "invitation.issued",
        fmt::format(
            R"("meeting":"M","invitation":"gm-x{0}","point":"dc-49","unit":"so-noi-vu","composition":"thu_truong_so_ban_nganh","delegate":"x{0:04}","name":"{1}")",
            i, name),
        "2023-05-20T08:00:00+07:00");
  const auto document = hub.make(Kind::kBaoCao, "M", true);
  const auto* absent = table(document, "vang");
  ASSERT_NE(absent, nullptr);
  EXPECT_EQ(absent->rows.size(), static_cast<std::size_t>(kDelegates + 3));
  EXPECT_EQ(figure(document, "attendance.invited")->text, "3.004");
  for (const auto& row : absent->rows) ASSERT_EQ(row.cells.size(), absent->columns.size());
  EXPECT_TRUE(holds(absent->rows.back().cells[2].text, name));
}

TEST(BaoCao, StrangeCodesNeitherBreakFiguresNorMarkup) {
  ReportHub hub;
  tell_meeting(hub);
  for (const char* point : {"a b", "a_b", "A_B", "điểm|*cầu*"})
    hub.say("attendance.counted", fmt::format(R"("meeting":"M","point":"{}","composition":"<b>nhóm</b>|x","headcount":1)", point),
            "2023-05-30T08:15:00+07:00");
  const auto document = hub.make(Kind::kBaoCao, "M");
  std::set<std::string> ids;
  for (const auto& each : document.figures) EXPECT_TRUE(ids.insert(each.id).second) << each.id << " is twice there";
  const auto markdown = render_md(document);
  EXPECT_TRUE(holds(markdown, "điểm\\|\\*cầu\\*"));
  EXPECT_FALSE(holds(markdown, "<b>"));
}

TEST(ThongBao, SaysTheDayByWhichItIsDue) {
  ReportHub hub;
  tell_meeting(hub);
  close_meeting(hub);
  hub.say("commitment.assigned", R"("meeting":"M","commitment":"nv-1","unit":"so-noi-vu","task":"Rà soát","due":"2023-12-31")");
  const auto document = hub.make(Kind::kThongBao, "M");
  const auto text = text_of(document);
  EXPECT_TRUE(holds(text, "chậm nhất ngày 06 tháng 6 năm 2023.")) << text;
  EXPECT_TRUE(holds(text, "Giao Sở Nội vụ chủ trì: Rà soát; thời gian hoàn thành: ngày 31 tháng 12 năm 2023.")) << text;
  EXPECT_EQ(document.letterhead.symbol, "/TB-UBND");
  ASSERT_EQ(document.annexes.size(), 1u);
  EXPECT_EQ(document.annexes.front().number, "");
}

TEST(ThongBao, TasksKeepTheirCapitals) {
  ReportHub hub;
  tell_meeting(hub);
  for (const char* task : {"HĐND giám sát việc thực hiện", "PAPI: cải thiện nội dung 7", "Sở Nội vụ trình đề án"})
    hub.say("commitment.assigned", fmt::format(R"("meeting":"M","commitment":"{0}","unit":"so-noi-vu","task":"{0}")", task));
  const auto text = text_of(hub.make(Kind::kThongBao, "M"));
  for (const char* said : {"chủ trì: HĐND giám sát", "chủ trì: PAPI: cải thiện", "chủ trì: Sở Nội vụ trình"})
    EXPECT_TRUE(holds(text, said)) << said << "\n" << text;
}

TEST(BaoCao, TasksStandInTheOrderOfTheirNumbers) {
  ReportHub hub;
  tell_meeting(hub);
  for (const char* number : {"11", "2", "10", "1"})
    hub.say("commitment.assigned",
            fmt::format(R"("meeting":"M","commitment":"nv-{0}","unit":"so-noi-vu","task":"Việc {0}")", number));
  const auto document = hub.make(Kind::kBaoCao, "M");
  std::vector<std::string> tasks;
  for (const auto& row : table(document, "nhiem_vu")->rows) tasks.push_back(row.cells[1].text);
  EXPECT_EQ(tasks, (std::vector<std::string>{"Việc 1", "Việc 2", "Việc 10", "Việc 11"}));
}

TEST(ThongBao, CountsOnlyThePointsWhereSomebodyCame) {
  ReportHub hub;
  tell_meeting(hub);
  for (const char* point : {"dc-502", "dc-503"})
    hub.say("meeting.point_planned", fmt::format(R"("meeting":"M","point":"{}","level":"district")", point));
  const auto text = text_of(hub.make(Kind::kThongBao, "M"));
  EXPECT_TRUE(holds(text, "Dự hội nghị có 2 đại biểu điểm danh tại 1 điểm cầu.")) << text;
}

TEST(ThongBao, ADeadlineInAYearWithoutHolidaysIsMarked) {
  ReportHub hub;
  hub.say("meeting.planned", R"("meeting":"M","title":"Hội nghị","day":"2031-05-30")");
  hub.say("meeting.opened", R"("meeting":"M")", "2031-05-30T08:00:00+07:00");
  EXPECT_TRUE(holds(text_of(hub.make(Kind::kThongBao, "M")), "chưa có bảng ngày nghỉ của năm này"));
}

TEST(BienBan, HasPlacesForTheSecretaryAndTwoSignatures) {
  ReportHub hub;
  tell_meeting(hub);
  close_meeting(hub);
  const auto document = hub.make(Kind::kBienBan, "M");
  ASSERT_EQ(document.signatures.size(), 2u);
  EXPECT_EQ(document.signatures[0].lines.front(), "THƯ KÝ");
  const auto text = text_of(document);
  EXPECT_TRUE(holds(text, "Chủ trì: Lãnh đạo Ủy ban nhân dân tỉnh."));
  EXPECT_TRUE(holds(text, "thư ký bổ sung kết quả biểu quyết"));
  EXPECT_TRUE(holds(text, "Hội nghị kết thúc vào 11 giờ 30 phút, ngày 30 tháng 5 năm 2023./."));
}

}  // namespace
}  // namespace dongbo::report
