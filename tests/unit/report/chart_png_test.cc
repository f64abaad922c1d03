#include "hub/report/chart_png.h"

#include <gtest/gtest.h>

#include "hub/report/chart_canvas.h"
#include "tests/unit/report/sample_document.h"

namespace dongbo::report {
namespace {

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

std::vector<Chart> charts() {
  std::vector<Chart> out;
  for (const auto& block : testing::sample_document().body) {
    if (const auto* const chart = std::get_if<Chart>(&block)) out.push_back(*chart);
  }
  return out;
}

TEST(ChartPng, EveryKindIsAPictureAsWideAsTheTextAt300Dots) {
  ASSERT_EQ(charts().size(), 3U);
  for (const auto& chart : charts()) {
    const auto picture = chart_png(chart);
    ASSERT_TRUE(picture) << picture.error().message;
    ASSERT_TRUE(picture.value().png.starts_with("\x89PNG"));
    EXPECT_NEAR(big_endian(picture.value().png, 16), 160 / 25.4 * 300, 2);
    EXPECT_NEAR(big_endian(picture.value().png, 20), picture.value().height_mm / 25.4 * 300, 2);
    EXPECT_EQ(chart_png(chart).value().png, picture.value().png);
  }
}

TEST(ChartPng, AnotherValueIsAnotherPicture) {
  for (auto chart : charts()) {
    const auto before = chart_png(chart).value().png;
    chart.series[0].values[1] = 3;
    EXPECT_NE(chart_png(chart).value().png, before) << chart.id;
  }
}

TEST(ChartPng, EmptyAndHugeChartsAreDrawn) {
  for (const auto kind : {Chart::Kind::kBars, Chart::Kind::kLine, Chart::Kind::kRadar}) {
    EXPECT_TRUE(chart_png({"trong", kind, "", "", "", {}, {}}));
    Chart chart{"lon", kind, "", "", "đại biểu", {}, std::vector<Series>(12)};
    for (int i = 0; i < 500; ++i) {
      chart.categories.push_back("Xã có tên rất dài để thử chỗ hẹp của biểu đồ số " + std::to_string(i));
      for (auto& series : chart.series) series.values.emplace_back(i % 7 == 0 ? std::nullopt : std::optional<double>(i - 50));
    }
    const auto picture = chart_png(chart);
    ASSERT_TRUE(picture);
    EXPECT_LE(picture.value().height_mm, 230);
  }
}

// Whether anything is drawn on the first dots of the picture's lines.
bool touches_the_left_edge(const std::string& png) {
  std::string_view rest = png;
  const auto read = [](void* from, unsigned char* to, unsigned int size) {
    auto& bytes = *static_cast<std::string_view*>(from);
    if (bytes.size() < size) return CAIRO_STATUS_READ_ERROR;
    bytes.copy(reinterpret_cast<char*>(to), size);
    bytes.remove_prefix(size);
    return CAIRO_STATUS_SUCCESS;
  };
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> picture(
      cairo_image_surface_create_from_png_stream(read, &rest), cairo_surface_destroy);
  EXPECT_EQ(cairo_surface_status(picture.get()), CAIRO_STATUS_SUCCESS);
  const auto* dots = cairo_image_surface_get_data(picture.get());
  const auto stride = cairo_image_surface_get_stride(picture.get());
  for (int y = 0; y < cairo_image_surface_get_height(picture.get()); ++y)
    for (int at = 0; at < 3; ++at)
      if (dots[y * stride + at] != 0xFF) return true;
  return false;
}

TEST(ChartPng, NamesOfTheScaleAreNotCut) {
  for (const auto kind : {Chart::Kind::kBars, Chart::Kind::kLine}) {
    const Chart chart{"nho", kind, "", "", "", {"08:00", "08:01"}, {{"Tỷ lệ", {0.3, 0.97}}}};
    const auto picture = chart_png(chart);
    ASSERT_TRUE(picture);
    EXPECT_FALSE(touches_the_left_edge(picture.value().png));
  }
}

TEST(Axis, CountsHaveWholeSteps) {
  for (const double most : {1.0, 2.0, 3.0, 4.0}) {
    const auto axis = Axis::of({0.0, most}, 5);
    EXPECT_EQ(axis.step, 1) << most;
    EXPECT_EQ(axis.high, most);
  }
  EXPECT_EQ(Axis::of({0.3, 0.97}, 5).step, 0.2);
}

TEST(Axis, HoldsEveryValueInRoundSteps) {
  const auto axis = Axis::of({3.0, std::nullopt, 97.0}, 5);
  EXPECT_EQ(axis.low, 0);
  EXPECT_EQ(axis.high, 100);
  EXPECT_EQ(axis.step, 20);
  const auto below = Axis::of({-4.0, 11.0}, 5);
  EXPECT_LE(below.low, -4);
  EXPECT_GE(below.high, 11);
  EXPECT_EQ(Axis::of({}, 5).low, 0);
  EXPECT_EQ(Axis::of({0.0}, 5).high, 1);
}

TEST(NumberText, IsWrittenAsHere) {
  EXPECT_EQ(number_text(1234567), "1.234.567");
  EXPECT_EQ(number_text(80.91), "80,91");
  EXPECT_EQ(number_text(-1234.5), "-1.234,5");
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(-0.001), "0");
}

}  // namespace
}  // namespace dongbo::report
