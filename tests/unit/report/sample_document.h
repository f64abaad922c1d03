#pragma once
#include <array>
#include <string>
#include <utility>

#include "hub/report/document.h"

// A report of the Quảng Nam conference as the composer would give it, built by hand. All its figures are made up and marked so.
namespace dongbo::report::testing {

inline Run say(std::string text) {
  return {std::move(text), false, false, {}};
}
inline Paragraph paragraph(Paragraph::Kind kind, std::vector<Run> runs) {
  return {kind, std::move(runs)};
}
inline Paragraph paragraph(std::string text) {
  return {Paragraph::Kind::kBody, {say(std::move(text))}};
}

inline Cell number_cell(int value, std::string figure = {}) {
  return {std::to_string(value), std::to_string(value), std::move(figure)};
}

// Figures first, so that text and tables can only print what is there.
class SampleBuilder {
 public:
  Document build() {
    letterhead();
    body();
    document_.recipients = {"Như trên", "Chủ tịch, các Phó Chủ tịch UBND tỉnh",
                            "Các sở, ban, ngành; UBND các huyện, thị xã, thành phố", "Lưu: VT, CCHC"};
    document_.signatures = {{{"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}}};
    document_.annexes.push_back({"I", "TỔNG HỢP ĐẠI BIỂU DỰ HỘI NGHỊ THEO ĐIỂM CẦU", false, {points()}});
    document_.annexes.push_back(
        {"II", "CHỈ SỐ THÀNH PHẦN CỦA PAR INDEX NĂM 2022 SO VỚI BÌNH QUÂN CẢ NƯỚC", true, {components(), absent()}});
    document_.frozen = {"QNA-2023-05-30",
                        "bao-cao",
                        false,
                        "0:41,1:7",
                        "2023-05-30T17:00:00.000+07:00",
                        {{"attendance", 3}, {"indices", 2}},
                        "5f2a6c1b9d3e4f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8",
                        ""};
    document_.simulated = true;
    return document_;
  }

 private:
  static constexpr std::array<const char*, 18> kPoints = {
      "Thành phố Tam Kỳ", "Thành phố Hội An", "Huyện Tây Giang",  "Huyện Đông Giang", "Huyện Đại Lộc",  "Thị xã Điện Bàn",
      "Huyện Duy Xuyên",  "Huyện Quế Sơn",    "Huyện Nam Giang",  "Huyện Phước Sơn",  "Huyện Hiệp Đức", "Huyện Thăng Bình",
      "Huyện Tiên Phước", "Huyện Bắc Trà My", "Huyện Nam Trà My", "Huyện Núi Thành",  "Huyện Phú Ninh", "Huyện Nông Sơn"};

  std::string figure(const std::string& id, const std::string& label, const std::string& text, std::optional<std::string> value) {
    document_.figures.push_back({id, label, text, std::move(value)});
    return id;
  }

  void letterhead() {
    document_.letterhead = {
        "ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM",
        "SỞ NỘI VỤ",
        "/BC-SNV",
        "Quảng Nam",
        "BÁO CÁO",
        "Kết quả tổ chức Hội nghị trực tuyến phân tích, đánh giá kết quả Chỉ số SIPAS, Chỉ số PAR INDEX, Chỉ số "
        "PAPI năm 2022 của tỉnh Quảng Nam",
        "Ủy ban nhân dân tỉnh Quảng Nam"};
  }

  void body() {
    auto& out = document_.body;
    figure("attendance.invited", "Số đại biểu được mời", "1.234", "1234");
    figure("attendance.present", "Số đại biểu có mặt", "1.107", "1107");
    figure("attendance.present_share", "Tỷ lệ có mặt (%)", "89,71", "89.71");
    figure("meeting.day", "Ngày họp", "ngày 30 tháng 5 năm 2023", std::nullopt);
    figure("index.par_index.score", "Điểm PAR INDEX năm 2022", "80,91", "80.91");
    out.emplace_back(
        paragraph(Paragraph::Kind::kLegalBasis,
                  {say("Căn cứ Quyết định số 45/2018/QĐ-TTg ngày 09 tháng 10 năm 2018 của Thủ tướng Chính phủ quy định chế độ "
                       "họp trong hoạt động quản lý, điều hành của cơ quan thuộc hệ thống hành chính nhà nước;")}));
    out.emplace_back(Heading{1, "I.", "THỜI GIAN, HÌNH THỨC VÀ THÀNH PHẦN"});
    out.emplace_back(Heading{2, "1.", "Thời gian và hình thức"});
    out.emplace_back(
        paragraph(Paragraph::Kind::kBody, {say("Hội nghị được tổ chức "),
                                           {"ngày 30 tháng 5 năm 2023", false, false, "meeting.day"},
                                           say(" theo hình thức trực tuyến, từ điểm cầu chính tại Trung tâm tỉnh đến 18 "
                                               "điểm cầu của các huyện, thị xã, thành phố.")}));
    out.emplace_back(Heading{2, "2.", "Thành phần"});
    out.emplace_back(paragraph(Paragraph::Kind::kBody, {say("Tổng số đại biểu được mời là "),
                                                        {"1.234", true, false, "attendance.invited"},
                                                        say(", có mặt "),
                                                        {"1.107", true, false, "attendance.present"},
                                                        say(", đạt tỷ lệ "),
                                                        {"89,71", false, true, "attendance.present_share"},
                                                        say("% (đại biểu < 5 người & \"khách mời\" không tính).")}));
    out.emplace_back(Heading{3, "a)", "Đại biểu tại các điểm cầu"});
    out.emplace_back(paragraph(Paragraph::Kind::kItem, {say("- Điểm cầu có tỷ lệ đại biểu dự cao nhất: Thành phố Hội An;")}));
    out.emplace_back(paragraph(Paragraph::Kind::kItem, {say("- Điểm cầu có tỷ lệ đại biểu dự thấp nhất: Huyện Nam Trà My.")}));
    out.emplace_back(
        paragraph(Paragraph::Kind::kNote, {say("Số liệu tạm tính đến 17 giờ 00 phút: còn 01 điểm cầu chưa gửi đủ dữ liệu.")}));
    out.emplace_back(bars());
    out.emplace_back(lines());
    out.emplace_back(Heading{1, "II.", "KẾT QUẢ CÁC CHỈ SỐ"});
    out.emplace_back(paragraph(Paragraph::Kind::kBody, {say("Chỉ số cải cách hành chính (PAR INDEX) năm 2022 của tỉnh đạt "),
                                                        {"80,91", true, false, "index.par_index.score"},
                                                        say(" điểm. Các chỉ số thành phần được nêu tại Phụ lục II.")}));
    out.emplace_back(radar());
    out.emplace_back(Heading{1, "III.", "ĐỀ XUẤT, KIẾN NGHỊ"});
    out.emplace_back(
        paragraph(Paragraph::Kind::kToWrite, {say("[Đơn vị soạn thảo bổ sung: đề xuất, kiến nghị với Ủy ban nhân dân tỉnh]")}));
    out.emplace_back(
        paragraph("Trên đây là báo cáo kết quả tổ chức Hội nghị, Sở Nội vụ kính báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ "
                  "đạo./."));
  }

  static int invited(std::size_t point) { return 40 + static_cast<int>(point * 7 % 31); }
  static int present(std::size_t point) { return invited(point) - static_cast<int>(point * 5 % 9); }

  static Chart bars() {
    Chart chart{"co_mat",
                Chart::Kind::kBars,
                "Hình 1. Đại biểu được mời và có mặt theo điểm cầu",
                "Biểu đồ thanh: số đại biểu được mời và có mặt tại 18 điểm cầu; nơi nào cũng trên 80%.",
                "đại biểu",
                {},
                {}};
    chart.series = {{"Được mời", {}}, {"Có mặt", {}}};
    for (std::size_t i = 0; i < kPoints.size(); ++i) {
      chart.categories.emplace_back(kPoints[i]);
      chart.series[0].values.emplace_back(invited(i));
      chart.series[1].values.emplace_back(i == 14 ? std::nullopt : std::optional<double>(present(i)));
    }
    return chart;
  }

  static Chart lines() {
    Chart chart{"den_theo_phut",
                Chart::Kind::kLine,
                "Hình 2. Đại biểu đến theo thời gian",
                "Đường: số đại biểu đến trong từng 5 phút.",
                "đại biểu",
                {},
                {{"Đến trong 5 phút", {}}}};
    for (int i = 0; i < 18; ++i) {
      chart.categories.push_back((i < 12 ? "07:" : "08:") + std::string(i % 12 < 2 ? "0" : "") + std::to_string(i % 12 * 5));
      chart.series[0].values.emplace_back(i == 5 ? std::nullopt : std::optional<double>(i * (17 - i) * 2));
    }
    return chart;
  }

  static Chart radar() {
    return {"par_thanh_phan",
            Chart::Kind::kRadar,
            "Hình 3. Các lĩnh vực của PAR INDEX năm 2022 (% điểm tối đa)",
            "Biểu đồ mạng nhện tám lĩnh vực của PAR INDEX, tỉnh và bình quân cả nước.",
            "%",
            {"Chỉ đạo, điều hành cải cách hành chính", "Cải cách thể chế", "Cải cách thủ tục hành chính",
             "Cải cách tổ chức bộ máy", "Cải cách chế độ công vụ", "Cải cách tài chính công",
             "Xây dựng chính quyền điện tử, chính quyền số", "Tác động của cải cách hành chính"},
            {{"Quảng Nam", {81.2, 77.5, 90.1, 83.4, 79.9, 74.2, 80.6, 71.3}},
             {"Bình quân cả nước", {88, 82, 91.5, 86.2, 84.1, 80.3, 84.7, 78.9}}}};
  }

  Table points() {
    Table table{"diem_cau",
                "Bảng 1. Đại biểu theo điểm cầu",
                {{"STT", 1, Column::Align::kCentre},
                 {"Điểm cầu", 4},
                 {"Được mời", 2, Column::Align::kRight},
                 {"Có mặt", 2, Column::Align::kRight},
                 {"Ghi chú", 3}},
                {},
                "Hệ thống chưa ghi nhận điểm cầu nào."};
    for (std::size_t i = 0; i < kPoints.size(); ++i) {
      const auto id = "attendance.dc-" + std::to_string(502 + i);
      figure(id + ".invited", std::string(kPoints[i]) + ": được mời", std::to_string(invited(i)), std::to_string(invited(i)));
      figure(id + ".present", std::string(kPoints[i]) + ": có mặt", std::to_string(present(i)), std::to_string(present(i)));
      table.rows.push_back({{number_cell(static_cast<int>(i) + 1),
                             {kPoints[i], {}, {}},
                             number_cell(invited(i), id + ".invited"),
                             number_cell(present(i), id + ".present"),
                             {i == 3 ? "=1+1" : "", {}, {}}}});
    }
    table.rows.push_back({{{"", {}, {}},
                           {"Cộng", {}, {}},
                           {"1.234", "1234", "attendance.invited"},
                           {"1.107", "1107", "attendance.present"},
                           {"", {}, {}}},
                          true});
    return table;
  }

  static Table components() {
    return {"par_thanh_phan_bang",
            "Bảng 2. Điểm các lĩnh vực PAR INDEX năm 2022",
            {{"STT", 1, Column::Align::kCentre},
             {"Lĩnh vực", 6},
             {"Điểm tối đa", 2, Column::Align::kRight},
             {"Điểm của tỉnh", 2, Column::Align::kRight},
             {"So với bình quân cả nước", 3, Column::Align::kRight},
             {"Nguồn", 4}},
            {{{{"1", "1", ""},
               {"Chỉ đạo, điều hành cải cách hành chính", {}, {}},
               {"8,5", "8.5", ""},
               {"6,90", "6.90", ""},
               {"-0,58", "-0.58", ""},
               {"Số liệu giả định", {}, {}}}},
             {{{"2", "2", ""},
               {"Cải cách thể chế", {}, {}},
               {"10", "10", ""},
               {"7,75", "7.75", ""},
               {"-0,45", "-0.45", ""},
               {"Số liệu giả định", {}, {}}}}},
            ""};
  }

  static Table absent() {
    return {"vang",
            "Bảng 3. Đại biểu vắng mặt",
            {{"STT", 1, Column::Align::kCentre}, {"Đơn vị", 5}, {"Lý do", 5}},
            {},
            "Hệ thống chưa ghi nhận đại biểu vắng mặt."};
  }

  Document document_;
};

inline Document sample_document() {
  return SampleBuilder().build();
}

// The longest list a province has given so far, as an annex of its own.
inline Document long_document(std::size_t rows) {
  auto document = sample_document();
  Table table{"dai_bieu",
              "Bảng 4. Danh sách đại biểu",
              {{"STT", 1, Column::Align::kCentre},
               {"Mã đại biểu", 3},
               {"Đơn vị", 5},
               {"Điểm cầu", 4},
               {"Giờ đến", 2, Column::Align::kCentre},
               {"Số phút dự", 2, Column::Align::kRight}},
              {},
              ""};
  for (std::size_t i = 0; i < rows; ++i) {
    table.rows.push_back({{number_cell(static_cast<int>(i) + 1),
                           {"QNA-DB-" + std::to_string(100000 + i), {}, {}},
                           {"Ủy ban nhân dân xã số " + std::to_string(i % 241), {}, {}},
                           {"Huyện Núi Thành", {}, {}},
                           {"07 giờ 41 phút", {}, {}},
                           number_cell(static_cast<int>(i * 7 % 200))}});
  }
  document.annexes.push_back({"III", "DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ", false, {std::move(table)}});
  return document;
}

}  // namespace dongbo::report::testing
