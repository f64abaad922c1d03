#include <algorithm>

#include <fmt/format.h>

#include "hub/report/decimals.h"
#include "hub/report/sections.h"
#include "hub/report/words.h"

namespace dongbo::report {
namespace {

std::string id_of(const IndexFacts& index) {
  return "index." + id_part(index.index);
}

std::string rank_text(const ScoreFacts& score) {
  if (score.rank) return number_text(*score.rank);
  if (score.rank_min && score.rank_max) return fmt::format("{}-{}", *score.rank_min, *score.rank_max);
  return {};
}

std::vector<Run> rank_runs(Writer& out, const IndexFacts& index, const ScoreFacts& score) {
  const auto id = id_of(index);
  const auto label = fmt::format("Hạng {} {}", index.index, index.year);
  std::vector<Run> text;
  if (score.rank) {
    append_runs(text, ", xếp hạng ", out.number(id + ".rank", label, *score.rank));
  } else if (!rank_text(score).empty()) {
    append_runs(text, ", xếp trong khoảng hạng ", out.said(id + ".rank", label, rank_text(score)));
  }
  if (!text.empty() && score.population) append_runs(text, "/", number_text(*score.population), " tỉnh, thành phố");
  return text;
}

std::string change_text(const ScoreFacts& now, const ScoreFacts& before) {
  const auto a = micros_of(now.score), b = micros_of(before.score);
  std::string out;
  if (a && b) {
    const auto change = *a - *b;
    const auto digits = [](const std::string& score) {
      const auto point = score.find('.');
      return point == std::string::npos ? 0 : static_cast<int>(std::min<std::size_t>(score.size() - point - 1, 6));
    };
    const auto size = decimal_text(decimal_of(change < 0 ? -change : change, std::max(digits(now.score), digits(before.score))));
    out = change == 0 ? "bằng năm trước" : fmt::format("{} {} điểm", change > 0 ? "tăng" : "giảm", size);
  }
  if (now.rank && before.rank && *now.rank != *before.rank) {
    const auto moved = *before.rank - *now.rank;
    out +=
        fmt::format("{}{} {} bậc", out.empty() ? "" : ", ", moved > 0 ? "tăng" : "giảm", number_text(moved > 0 ? moved : -moved));
  }
  return out;
}

void write_total(const Page& page, const IndexFacts& index) {
  auto& out = page.out;
  const auto id = id_of(index);
  if (!index.total) {
    out.body(runs("Hệ thống có số liệu thành phần nhưng chưa ghi nhận điểm tổng của chỉ số."));
    return;
  }
  const auto& total = *index.total;
  auto text = runs(name_of(page.facts, page.facts.unit));
  if (total.score.empty()) {
    append_runs(text, " chưa có điểm tổng được ghi nhận");
  } else {
    append_runs(text, " đạt ", out.decimal(id + ".score", fmt::format("Điểm {} {}", index.index, index.year), total.score),
                score_unit(index));
    if (!total.max.empty() && index.unit_of_score != "percent") append_runs(text, " (tối đa ", decimal_text(total.max), ")");
  }
  append_runs(text, rank_runs(out, index, total));
  if (!total.group.empty()) append_runs(text, ", thuộc nhóm ", total.group);
  append_runs(text, ".");
  if (!total.mean.empty()) {
    append_runs(text, " Trung bình của ", number_text(total.mean_of), " tỉnh, thành phố có số liệu là ",
                out.decimal(id + ".mean", fmt::format("Trung bình {} {}", index.index, index.year), total.mean),
                score_unit(index), total.below_mean ? "; tỉnh thấp hơn mức trung bình." : ".");
  }
  out.body(std::move(text));
  if (!index.before) return;
  const auto& before = *index.before;
  if (before.method != index.method) {
    out.body(runs(fmt::format("Năm {}: ", before.year),
                  before.total.score.empty() ? "chưa có điểm" : decimal_text(before.total.score),
                  before.total.score.empty() ? std::string_view("") : score_unit(index),
                  rank_text(before.total).empty() ? "" : ", hạng " + rank_text(before.total),
                  "; phương pháp hai năm khác nhau, không so sánh trực tiếp."));
    return;
  }
  const auto change = change_text(total, before.total);
  if (!change.empty()) out.body(runs("So với năm ", std::to_string(before.year), ": ", change, "."));
}

std::string component_text(const ScoreFacts& component, bool with_mean) {
  std::string out =
      fmt::format("{} ({}", component.name, component.score.empty() ? "chưa có điểm" : decimal_text(component.score));
  if (!component.max.empty()) out += "/" + decimal_text(component.max);
  if (!rank_text(component).empty()) out += ", hạng " + rank_text(component);
  if (with_mean) out += ", trung bình " + decimal_text(component.mean);
  return out + ")";
}

void write_components(const Page& page, const IndexFacts& index) {
  auto& out = page.out;
  std::vector<const ScoreFacts*> main, ranked;
  std::vector<std::string> below;
  std::int64_t compared = 0;
  for (const auto& component : index.components) {
    if (component.sub) continue;
    main.push_back(&component);
    if (component.rank) ranked.push_back(&component);
    compared += component.mean.empty() ? 0 : 1;
    if (component.below_mean) below.push_back(component_text(component, true));
  }
  if (main.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận số liệu thành phần của chỉ số này."));
    return;
  }
  if (compared > 0) {
    out.body(runs("So với mức trung bình tính từ điểm đã công bố của các tỉnh, thành phố, có ",
                  out.number(id_of(index) + ".below_mean", "Số thành phần dưới trung bình " + index.index,
                             static_cast<std::int64_t>(below.size())),
                  "/", number_text(compared), " thành phần thấp hơn", below.empty() ? "." : ":"));
    for (const auto& text : below) out.item(runs(text, "."));
  } else {
    out.body(runs("Chưa có đủ số liệu của các tỉnh, thành phố để tính mức trung bình toàn quốc của từng thành phần."));
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto* a, const auto* b) { return *a->rank > *b->rank; });
  if (ranked.size() > 3) ranked.resize(3);
  std::vector<std::string> lowest;
  for (const auto* component : ranked) lowest.push_back(component_text(*component, false));
  if (!lowest.empty()) out.body(runs("Các thành phần xếp hạng thấp nhất: ", enumerated(lowest, 3, "thành phần"), "."));
}

// Components in percent of their maximum; those without a known maximum cannot be drawn.
void write_radar(const Page& page, const IndexFacts& index) {
  Chart chart{"rada_" + id_part(index.index),
              Chart::Kind::kRadar,
              fmt::format("Các thành phần của {} năm {}, tính theo % điểm tối đa", index.index, index.year),
              "",
              "%",
              {},
              {{name_of(page.facts, page.facts.unit), {}}}};
  Series mean{"Trung bình các tỉnh, thành phố", {}};
  bool has_mean = false;
  std::size_t left_out = 0;
  std::string parts;
  for (const auto& component : index.components) {
    if (component.sub) continue;
    const auto score = micros_of(component.score), max = micros_of(component.max);
    const auto share = score && max ? percent_micros(*score, *max) : std::nullopt;
    if (!share) {
      ++left_out;
      continue;
    }
    const auto as_number = [](std::int64_t micros) { return static_cast<double>(micros / 10'000) / 100.0; };
    chart.categories.push_back(component.name);
    chart.series[0].values.emplace_back(as_number(*share));
    const auto average = micros_of(component.mean);
    const auto mean_share = average ? percent_micros(*average, *max) : std::nullopt;
    mean.values.push_back(mean_share ? std::optional(as_number(*mean_share)) : std::nullopt);
    has_mean |= mean_share.has_value();
    parts += fmt::format("{}{} {}%", parts.empty() ? "" : "; ", component.name, decimal_text(decimal_of(*share, 1)));
  }
  if (chart.categories.size() + left_out < 3) return;
  // A shape of a few of the areas would look like the whole.
  if (chart.categories.size() < 3 || chart.categories.size() < left_out) {
    page.out.note(runs("Không vẽ biểu đồ: mới có điểm và điểm tối đa của ", std::to_string(chart.categories.size()), "/",
                       std::to_string(chart.categories.size() + left_out), " thành phần."));
    return;
  }
  if (has_mean) chart.series.push_back(std::move(mean));
  if (left_out > 0) chart.caption += fmt::format(" ({} thành phần chưa có điểm hoặc điểm tối đa không vẽ)", left_out);
  chart.alternative = fmt::format("Biểu đồ ra-đa của {} thành phần: {}. Số liệu ở {}.", chart.categories.size(), parts,
                                  annex_name(page, ReportAnnex::kIndexes));
  page.out.chart(std::move(chart));
}

void write_sources(const Page& page, const IndexFacts& index) {
  if (!index.total) return;
  auto text = runs("Nguồn: ", index.total->origin.empty() ? "chưa nêu" : shortened(index.total->origin, 600));
  if (!index.published_at.empty()) append_runs(text, "; công bố ", day_text(index.published_at.substr(0, 10)));
  append_runs(text, "; phương pháp ", index.method, "; chất lượng: ",
              index.total->quality.empty() ? "chưa nêu" : lower_first(page.reference.label("quality", index.total->quality)),
              index.total->corrected ? "; đã được đính chính." : ".");
  page.out.note(std::move(text));
}

}  // namespace

std::string_view score_unit(const IndexFacts& index) {
  return index.unit_of_score == "percent" ? "%" : " điểm";
}

void write_indexes(const Page& page) {
  auto& out = page.out;
  if (page.facts.indexes.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận số liệu chỉ số nào của đơn vị tổ chức."));
    return;
  }
  for (const auto& index : page.facts.indexes) {
    out.part(index.name == index.index ? fmt::format("{} năm {}", index.index, index.year)
                                       : fmt::format("{} ({}) năm {}", index.name, index.index, index.year));
    write_total(page, index);
    write_components(page, index);
    write_radar(page, index);
    write_sources(page, index);
  }
}

void write_indexes_brief(const Page& page) {
  if (page.facts.indexes.empty()) page.out.body(runs("Hệ thống chưa ghi nhận số liệu chỉ số nào của đơn vị tổ chức."));
  for (const auto& index : page.facts.indexes) {
    page.out.body(runs(Run{fmt::format("{} năm {}", index.index, index.year), true, false, {}}));
    write_total(page, index);
  }
}

void write_weak_components(const Page& page) {
  if (page.facts.indexes.empty()) page.out.body(runs("Hệ thống chưa ghi nhận số liệu chỉ số nào của đơn vị tổ chức."));
  for (const auto& index : page.facts.indexes) {
    page.out.body(runs(Run{fmt::format("{} năm {}", index.index, index.year), true, false, {}}));
    write_components(page, index);
  }
}

void annex_indexes(const Page& page) {
  auto& out = page.out;
  out.annex("Kết quả các chỉ số", true);
  if (page.facts.indexes.empty()) out.body(runs("Hệ thống chưa ghi nhận số liệu chỉ số nào của đơn vị tổ chức."));
  using Align = Column::Align;
  for (const auto& index : page.facts.indexes) {
    std::vector<Row> rows;
    const auto row = [&](const ScoreFacts& score, bool total) {
      const auto id = total ? id_of(index) : fmt::format("{}.{}", id_of(index), id_part(score.component));
      const auto name = total ? std::string("Điểm tổng") : score.name;
      const auto label =
          total ? fmt::format("{} {}", index.index, index.year) : fmt::format("{} {} - {}", index.index, index.year, name);
      const auto own = micros_of(score.score), max = micros_of(score.max);
      const auto share = own && max ? percent_micros(*own, *max) : std::nullopt;
      rows.push_back(
          {{Writer::text_cell(total ? "" : score.component), Writer::text_cell(name),
            out.decimal_cell(id + ".score", "Điểm " + label, score.score), Writer::text_cell(decimal_text(score.max)),
            share ? out.decimal_cell(id + ".share", "% điểm tối đa " + label, decimal_of(*share, 2)) : Writer::text_cell(""),
            score.rank ? out.number_cell(id + ".rank", "Hạng " + label, *score.rank)
                       : out.said_cell(id + ".rank", "Hạng " + label, rank_text(score)),
            out.decimal_cell(id + ".mean", "Trung bình " + label, score.mean),
            Writer::text_cell(score.quality.empty() ? "" : page.reference.label("quality", score.quality)),
            Writer::text_cell(shortened(score.origin, 160))},
           total});
      if (!score.max.empty()) rows.back().cells[3].value = score.max;
    };
    for (const auto& component : index.components) row(component, false);
    if (index.total) row(*index.total, true);
    out.table("chi_so_" + id_part(index.index), fmt::format("{} năm {}, phương pháp {}", index.index, index.year, index.method),
              {{"Mã", 0.8, Align::kLeft},
               {"Thành phần", 4, Align::kLeft},
               {"Điểm", 1, Align::kRight},
               {"Tối đa", 1, Align::kRight},
               {"% tối đa", 1, Align::kRight},
               {"Hạng", 0.8, Align::kRight},
               {"Trung bình", 1.1, Align::kRight},
               {"Chất lượng", 1.6, Align::kLeft},
               {"Nguồn", 4, Align::kLeft}},
              std::move(rows), "Chưa có số liệu.");
  }
  if (!page.facts.indexes.empty())
    out.note(runs(
        "Trung bình được tính từ điểm đã công bố khi có điểm của mọi tỉnh, thành phố được xếp hạng; ô trống là chưa có nguồn."));
}

}  // namespace dongbo::report
