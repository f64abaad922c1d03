#include <algorithm>

#include <fmt/format.h>

#include "hub/report/sections.h"
#include "hub/report/words.h"

namespace dongbo::report {
namespace {

// Points that a picture shows; more would not be readable on a page.
constexpr std::size_t kBarsMax = 40;
// A line has at most so many places; longer arrivals are told in longer stretches.
constexpr std::int64_t kPlacesMax = 60;

bool nothing_known(const Counts& total) {
  return total.invited == 0 && total.registered == 0 && total.checked_in == 0 && total.invited_headcount == 0 &&
         total.headcount == 0;
}

// Points with someone invited by name, the lowest share of arrivals first.
std::vector<const PointFacts*> by_share(const Facts& facts) {
  std::vector<const PointFacts*> out;
  for (const auto& point : facts.points)
    if (point.counts.invited > 0) out.push_back(&point);
  std::stable_sort(out.begin(), out.end(), [](const PointFacts* a, const PointFacts* b) {
    return a->counts.checked_in * b->counts.invited < b->counts.checked_in * a->counts.invited;
  });
  return out;
}

void write_chart(const Page& page) {
  const auto& points = page.facts.points;
  Chart chart{
      "dai_bieu_theo_diem_cau", Chart::Kind::kBars, "Đại biểu được mời và đã điểm danh theo điểm cầu", "", "đại biểu", {}, {}};
  chart.series = {{"Được mời", {}}, {"Đã điểm danh", {}}};
  std::int64_t invited = 0, came = 0;
  for (const auto& point : points) {
    if (!point.attended || chart.categories.size() == kBarsMax) continue;
    chart.categories.push_back(shortened(point.name, 60));
    chart.series[0].values.emplace_back(static_cast<double>(point.counts.invited));
    chart.series[1].values.emplace_back(static_cast<double>(point.counts.checked_in));
    invited += point.counts.invited;
    came += point.counts.checked_in;
  }
  if (chart.categories.empty()) return;
  const auto attended = static_cast<std::size_t>(
      std::count_if(points.begin(), points.end(), [](const PointFacts& point) { return point.attended; }));
  if (attended > kBarsMax) chart.caption += fmt::format(" ({} điểm cầu đầu danh sách)", kBarsMax);
  chart.alternative = fmt::format(
      "Biểu đồ thanh so sánh số đại biểu được mời và đã điểm danh của {} điểm cầu; cộng các điểm cầu trong hình: mời {}, điểm "
      "danh {}. Số liệu từng điểm cầu ở {}.",
      chart.categories.size(), number_text(invited), number_text(came), annex_name(page, ReportAnnex::kPoints));
  page.out.chart(std::move(chart));
}

// Arrivals in stretches of 1, 5, … minutes, none left out between the first and the last.
struct Stretches {
  std::int64_t minutes = 1;
  std::vector<std::pair<Millis, std::int64_t>> counts;
};
Stretches stretches_of(const std::vector<Arrival>& arrivals) {
  Stretches out;
  if (arrivals.empty()) return out;
  const auto minute = [](Millis at) { return at.value() / 60'000; };
  const auto span = minute(arrivals.back().minute) - minute(arrivals.front().minute) + 1;
  for (const std::int64_t minutes : {1, 5, 10, 30, 60, 360, 1440, 10080}) {
    out.minutes = minutes;
    if (span / minutes < kPlacesMax) break;
  }
  const auto width = out.minutes * 60'000;
  constexpr std::int64_t kZone = 7 * 3600 * 1000;  // stretches begin at Vietnam's full hours and days
  const auto start_of = [&](Millis at) { return Millis((at.value() + kZone) / width * width - kZone); };
  auto at = start_of(arrivals.front().minute);
  std::size_t next = 0;
  while (next < arrivals.size() && out.counts.size() < 10'000) {
    std::int64_t came = 0;
    for (; next < arrivals.size() && start_of(arrivals[next].minute) == at; ++next) came += arrivals[next].checked_in;
    out.counts.emplace_back(at, came);
    at = Millis(at.value() + width);
  }
  return out;
}

std::string stretch_text(const Stretches& stretches, Millis at) {
  const auto& first = stretches.counts.front().first;
  const auto& last = stretches.counts.back().first;
  if (stretches.minutes >= 1440) return short_day_text(day_of(at));
  return day_of(first) == day_of(last) ? clock_text(at) : clock_text(at) + " " + short_day_text(day_of(at));
}

void write_arrivals_chart(const Page& page) {
  const auto stretches = stretches_of(page.facts.arrivals);
  if (stretches.counts.empty()) return;
  Chart chart{"dai_bieu_den", Chart::Kind::kLine, "", "", "đại biểu", {}, {{"Đại biểu đến", {}}}};
  chart.caption = stretches.minutes == 1 ? std::string("Đại biểu đến theo phút")
                                         : fmt::format("Đại biểu đến theo khoảng {}", duration_text(stretches.minutes));
  auto most = stretches.counts.front();
  for (const auto& count : stretches.counts) {
    chart.categories.push_back(stretch_text(stretches, count.first));
    chart.series[0].values.emplace_back(static_cast<double>(count.second));
    if (count.second > most.second) most = count;
  }
  chart.alternative = fmt::format(
      "Biểu đồ đường: đại biểu điểm danh lần đầu từ {} đến {}, nhiều nhất ở khoảng bắt đầu lúc {} ({} đại biểu). Số liệu ở "
      "{}.",
      chart.categories.front(), chart.categories.back(), stretch_text(stretches, most.first), number_text(most.second),
      annex_name(page, ReportAnnex::kPoints));
  page.out.chart(std::move(chart));
}

void write_invited(const Page& page) {
  auto& out = page.out;
  const auto& total = page.facts.total;
  out.item(runs("Được mời đích danh: ", out.number("attendance.invited", "Số đại biểu được mời", total.invited),
                " đại biểu; đã xác nhận dự: ", out.number("attendance.registered", "Số đại biểu đăng ký dự", total.registered),
                " đại biểu."));
  if (!page.facts.held() && total.invited_headcount > 0)
    out.item(runs("Mời theo số lượng (không đích danh): ",
                  out.number("attendance.invited_headcount", "Số lượng mời không đích danh", total.invited_headcount),
                  " người."));
}

}  // namespace

void write_attendance(const Page& page) {
  auto& out = page.out;
  const auto& facts = page.facts;
  const auto& total = facts.total;
  if (nothing_known(total)) {
    out.body(runs("Hệ thống chưa ghi nhận giấy mời, đăng ký hoặc điểm danh nào của hội nghị."));
    return;
  }
  write_invited(page);
  if (!facts.held()) return;
  auto came = runs("Có dự (đã điểm danh): ", out.number("attendance.checked_in", "Số đại biểu đã điểm danh", total.checked_in),
                   " đại biểu");
  if (total.invited > 0)
    append_runs(came, ", bằng ",
                out.percent("attendance.share", "Tỷ lệ điểm danh so với được mời", total.checked_in, total.invited),
                " số được mời");
  if (!facts.closed())
    append_runs(came, "; đang có mặt: ", out.number("attendance.present", "Số đại biểu đang có mặt", total.present), " đại biểu");
  append_runs(came, ".");
  out.item(std::move(came));
  auto absent =
      runs("Vắng có phép: ", out.number("attendance.absent_with_leave", "Số đại biểu vắng có phép", total.absent_with_leave),
           " đại biểu; ");
  if (facts.closed()) {
    append_runs(absent, "vắng không phép: ",
                out.number("attendance.absent_without_leave", "Số đại biểu vắng không phép", total.absent_without_leave),
                " đại biểu; ");
  } else {
    append_runs(absent, "vắng không phép: chưa tính (hội nghị chưa bế mạc); ");
  }
  append_runs(absent, "người dự thay: ", out.number("attendance.substitutes", "Số người dự thay", total.substitutes), " người.");
  out.item(std::move(absent));
  if (total.invited_headcount > 0 || total.headcount > 0)
    out.item(runs("Mời theo số lượng (không đích danh): ",
                  out.number("attendance.invited_headcount", "Số lượng mời không đích danh", total.invited_headcount),
                  " người; đếm được tại điểm cầu: ", out.number("attendance.headcount", "Số người đếm được", total.headcount),
                  " người. Hai cách tính là hai thước đo riêng, không cộng vào số điểm danh."));
}

void write_attendance_by_point(const Page& page) {
  auto& out = page.out;
  const auto shares = by_share(page.facts);
  if (shares.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận giấy mời đích danh theo điểm cầu."));
  } else {
    std::vector<std::string> full, low;
    for (const auto* point : shares)
      if (point->counts.checked_in >= point->counts.invited) full.push_back(point->name);
    for (const auto* point : shares)
      if (point->counts.checked_in < point->counts.invited && low.size() < 3)
        low.push_back(fmt::format("{} ({}/{} đại biểu, {})", point->name, number_text(point->counts.checked_in),
                                  number_text(point->counts.invited),
                                  percent_text(point->counts.checked_in, point->counts.invited).value_or("")));
    auto text = runs(
        "Có ",
        out.number("attendance.points_full", "Số điểm cầu có số điểm danh bằng hoặc hơn số mời",
                   static_cast<std::int64_t>(full.size())),
        "/",
        out.number("attendance.points_inviting", "Số điểm cầu có giấy mời đích danh", static_cast<std::int64_t>(shares.size())),
        " điểm cầu có số đại biểu điểm danh bằng hoặc hơn số được mời.");
    if (!low.empty()) append_runs(text, " Tỷ lệ điểm danh thấp nhất: ", enumerated(low, 3, "điểm cầu"), ".");
    if (page.full) append_runs(text, " Số liệu từng điểm cầu tại ", annex_name(page, ReportAnnex::kPoints), ".");
    out.body(std::move(text));
  }
  if (!page.full) return;
  write_chart(page);
  write_arrivals_chart(page);
}

void write_attendance_by_group(const Page& page) {
  auto& out = page.out;
  const auto& groups = page.facts.compositions;
  if (groups.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận đại biểu theo nhóm thành phần."));
    return;
  }
  out.body(runs("Đại biểu thuộc ",
                out.number("attendance.compositions", "Số nhóm thành phần", static_cast<std::int64_t>(groups.size())),
                " nhóm thành phần", page.full ? "; số liệu từng nhóm tại " + annex_name(page, ReportAnnex::kGroups) : "",
                ". Một người có thể thuộc hai nhóm, vì vậy tổng các nhóm có thể lớn "
                "hơn tổng số đại biểu."));
  const GroupFacts* most_absent = nullptr;
  const auto absent = [](const GroupFacts& group) { return group.counts.absent_with_leave + group.counts.absent_without_leave; };
  for (const auto& group : groups)
    if (absent(group) > 0 && (most_absent == nullptr || absent(group) > absent(*most_absent))) most_absent = &group;
  if (most_absent != nullptr)
    out.body(runs("Nhóm có nhiều đại biểu vắng nhất: ", most_absent->name, " (vắng ",
                  out.number("attendance.most_absent", "Số vắng của nhóm vắng nhiều nhất", absent(*most_absent)), "/",
                  number_text(most_absent->counts.invited), " đại biểu được mời)."));
}

void write_attention(const Page& page) {
  auto& out = page.out;
  const auto& facts = page.facts;
  const auto withdrawn = std::count_if(facts.attention.begin(), facts.attention.end(), [](const DelegateFacts& delegate) {
    return std::find(delegate.flags.begin(), delegate.flags.end(), "withdrawn_but_present") != delegate.flags.end();
  });
  if (facts.total.at_two_points == 0 && facts.total.not_invited == 0 && withdrawn == 0) {
    out.body(
        runs("Không ghi nhận đại biểu điểm danh ở hai điểm cầu, không có trong danh sách mời hoặc đã rút giấy mời mà vẫn dự."));
    return;
  }
  out.body(runs("Cần đối chiếu lại: ",
                out.number("attendance.at_two_points", "Số đại biểu điểm danh ở hai điểm cầu", facts.total.at_two_points),
                " đại biểu điểm danh ở hai điểm cầu; ",
                out.number("attendance.not_invited", "Số người dự không có giấy mời", facts.total.not_invited),
                " người dự không có trong danh sách mời; ",
                out.number("attendance.withdrawn_but_present", "Số người dự dù giấy mời đã rút", withdrawn),
                " người dự dù giấy mời đã rút.",
                page.full ? " Danh sách tại " + annex_name(page, ReportAnnex::kQuality) + "." : ""));
}

void annex_points(const Page& page) {
  auto& out = page.out;
  out.annex("Tổng hợp đại biểu theo điểm cầu", true);
  std::vector<Row> rows;
  int number = 0;
  const auto row = [&](const std::string& id, const std::string& name, const Counts& counts, bool total) {
    const auto figure = [&](const char* what, const char* label, std::int64_t count) {
      // The totals are the figures of the text.
      const auto figure_id = total ? fmt::format("attendance.{}", what) : fmt::format("attendance.{}.{}", id, what);
      return out.number_cell(figure_id, total ? std::string(label) : fmt::format("{} - {}", label, name), count);
    };
    const auto share_id = total ? std::string("attendance.share") : fmt::format("attendance.{}.share", id);
    const auto share_label = total ? std::string("Tỷ lệ điểm danh so với được mời") : "Tỷ lệ điểm danh so với được mời - " + name;
    Cell share = Writer::text_cell("");
    if (counts.invited > 0) {
      auto run = out.percent(share_id, share_label, counts.checked_in, counts.invited);
      share = {run.text, percent_value(counts.checked_in, counts.invited), run.figure};
    }
    Cell without = page.facts.closed()
                       ? figure("absent_without_leave", "Số đại biểu vắng không phép", counts.absent_without_leave)
                       : Writer::text_cell("chưa tính");
    rows.push_back({{Writer::text_cell(total ? "" : std::to_string(++number)), Writer::text_cell(total ? "Tổng số" : name),
                     figure("invited", "Số đại biểu được mời", counts.invited),
                     figure("registered", "Số đại biểu đăng ký dự", counts.registered),
                     figure("checked_in", "Số đại biểu đã điểm danh", counts.checked_in), std::move(share),
                     figure("absent_with_leave", "Số đại biểu vắng có phép", counts.absent_with_leave), std::move(without),
                     figure("substitutes", "Số người dự thay", counts.substitutes),
                     figure("invited_headcount", "Số lượng mời không đích danh", counts.invited_headcount),
                     figure("headcount", "Số người đếm được", counts.headcount)},
                    total});
  };
  for (const auto& point : page.facts.points) row(id_part(point.point), point.name, point.counts, false);
  if (!rows.empty()) row("", "", page.facts.total, true);
  using Align = Column::Align;
  out.table("diem_cau", "Đại biểu theo điểm cầu",
            {{"STT", 0.8, Align::kCentre},
             {"Điểm cầu", 4, Align::kLeft},
             {"Được mời", 1, Align::kRight},
             {"Đăng ký dự", 1, Align::kRight},
             {"Điểm danh", 1, Align::kRight},
             {"Tỷ lệ", 1, Align::kRight},
             {"Vắng có phép", 1, Align::kRight},
             {"Vắng không phép", 1, Align::kRight},
             {"Dự thay", 1, Align::kRight},
             {"Mời theo số lượng", 1.1, Align::kRight},
             {"Đếm được", 1, Align::kRight}},
            std::move(rows), "Hệ thống chưa ghi nhận điểm cầu nào của hội nghị.");
  out.note(runs("Một người điểm danh ở hai điểm cầu được tính ở cả hai, vì vậy tổng số có thể nhỏ hơn tổng các dòng."));
  const auto stretches = stretches_of(page.facts.arrivals);
  std::vector<Row> arrivals;
  std::int64_t so_far = 0;
  for (const auto& [at, came] : stretches.counts) {
    so_far += came;
    // No figures: the stretches are cut anew as people arrive, so two reports could not be compared by them.
    arrivals.push_back({{Writer::text_cell(stretch_text(stretches, at)),
                         {number_text(came), std::to_string(came), {}},
                         {number_text(so_far), std::to_string(so_far), {}}},
                        false});
  }
  out.table("dai_bieu_den", fmt::format("Đại biểu đến theo khoảng {}", duration_text(stretches.minutes)),
            {{"Từ lúc", 1, Align::kCentre}, {"Đại biểu đến", 1, Align::kRight}, {"Cộng dồn", 1, Align::kRight}},
            std::move(arrivals), "Hệ thống chưa ghi nhận lượt điểm danh nào.");
}

void annex_groups(const Page& page) {
  auto& out = page.out;
  out.annex("Tổng hợp đại biểu theo thành phần", true);
  std::vector<Row> rows;
  int number = 0;
  for (const auto& group : page.facts.compositions) {
    const auto figure = [&](const char* what, const char* label, std::int64_t count) {
      return out.number_cell(fmt::format("composition.{}.{}", id_part(group.code), what),
                             fmt::format("{} - {}", label, group.name), count);
    };
    const auto& counts = group.counts;
    rows.push_back(
        {{Writer::text_cell(std::to_string(++number)), Writer::text_cell(group.name),
          figure("invited", "Số đại biểu được mời", counts.invited),
          figure("registered", "Số đại biểu đăng ký dự", counts.registered),
          figure("checked_in", "Số đại biểu đã điểm danh", counts.checked_in),
          figure("absent_with_leave", "Số đại biểu vắng có phép", counts.absent_with_leave),
          page.facts.closed() ? figure("absent_without_leave", "Số đại biểu vắng không phép", counts.absent_without_leave)
                              : Writer::text_cell("chưa tính"),
          figure("substitutes", "Số người dự thay", counts.substitutes),
          figure("headcount", "Số người đếm được", counts.headcount)},
         false});
  }
  using Align = Column::Align;
  out.table("thanh_phan", "Đại biểu theo nhóm thành phần",
            {{"STT", 0.8, Align::kCentre},
             {"Nhóm thành phần", 5, Align::kLeft},
             {"Được mời", 1, Align::kRight},
             {"Đăng ký dự", 1, Align::kRight},
             {"Điểm danh", 1, Align::kRight},
             {"Vắng có phép", 1, Align::kRight},
             {"Vắng không phép", 1, Align::kRight},
             {"Dự thay", 1, Align::kRight},
             {"Đếm được", 1, Align::kRight}},
            std::move(rows), "Hệ thống chưa ghi nhận đại biểu theo nhóm thành phần.");
}

}  // namespace dongbo::report
