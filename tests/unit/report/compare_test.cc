#include "hub/report/compare.h"

#include <gtest/gtest.h>

#include "hub/report/render.h"
#include "hub/report/seal.h"

namespace dongbo::report {
namespace {

Document with(std::vector<Figure> figures) {
  Document out;
  out.frozen.meeting = "M";
  out.frozen.kind = "bao-cao";
  out.letterhead.subject = "Kết quả";
  out.figures = std::move(figures);
  seal(out);
  return out;
}

TEST(Compare, NamesWhatChangedWhatCameAndWhatWent) {
  const auto was =
      with({{"a", "Số có dự", "1.234", "1234"}, {"b", "Hạng", "31", "31"}, {"gone", "Bế mạc", "11 giờ", std::nullopt}});
  const auto is = with({{"a", "Số có dự", "1.240", "1240"}, {"b", "Hạng", "31", "31"}, {"new", "Ý kiến", "5", "5"}});
  const auto differences = compare(was, is);
  ASSERT_EQ(differences.size(), 3u);
  EXPECT_EQ(differences[0].figure, "a");
  EXPECT_EQ(differences[0].was, "1.234");
  EXPECT_EQ(differences[0].is, "1.240");
  EXPECT_EQ(differences[1].figure, "new");
  EXPECT_FALSE(differences[1].was.has_value());
  EXPECT_EQ(differences[2].figure, "gone");
  EXPECT_FALSE(differences[2].is.has_value());
}

TEST(Compare, NumbersAreComparedByValueAndTextsAsTheyStand) {
  const auto was =
      with({{"n", "Điểm", "1,50", "1.50"}, {"t", "Ngày", "30/5", std::nullopt}, {"k", "Số", "dưới 5", std::nullopt}});
  const auto is = with({{"n", "Điểm", "1,5", "1.5"}, {"t", "Ngày", "31/5", std::nullopt}, {"k", "Số", "5", "5"}});
  const auto differences = compare(was, is);
  ASSERT_EQ(differences.size(), 2u);
  EXPECT_EQ(differences[0].figure, "t");
  EXPECT_EQ(differences[1].figure, "k");
  EXPECT_TRUE(compare(was, was).empty());
}

TEST(Supplement, TellsTheDifferencesWithTheirCauseAndIsSealedAnew) {
  const auto was = with({{"a", "Số có dự", "1", "1"}});
  const auto is = with({{"a", "Số có dự", "2", "2"}});
  auto differences = compare(was, is);
  differences[0].cause = "sửa lượt điểm danh, 1:42";
  const auto document = supplement(is, was, differences);
  EXPECT_EQ(document.frozen.supplement_to, was.frozen.sha256);
  EXPECT_NE(document.frozen.sha256, is.frozen.sha256);
  EXPECT_TRUE(is_sealed(document));
  EXPECT_EQ(document.letterhead.subject, "Bổ sung: Kết quả");
  const auto markdown = render_md(document);
  EXPECT_NE(markdown.find("| 1 | Số có dự | 1 | 2 | sửa lượt điểm danh, 1:42 |"), std::string::npos) << markdown;
  EXPECT_NE(markdown.find(was.frozen.sha256), std::string::npos);
  EXPECT_EQ(document.figures.size(), is.figures.size());
}

TEST(Supplement, ReasonsDoNotTurnTheDirectionOfWriting) {
  const auto was = with({{"a", "Số có dự", "1", "1"}});
  const auto is = with({{"a", "Số có dự", "2", "2"}});
  auto differences = compare(was, is);
  differences[0].cause = "sửa ‮x‬";
  EXPECT_NE(render_md(supplement(is, was, differences)).find("| sửa x |"), std::string::npos);
}

TEST(Supplement, ManyDifferencesStandInAnAnnexOfTheirOwn) {
  std::vector<Figure> before, after;
  for (int i = 0; i < 21; ++i) {
    before.push_back({std::to_string(i), "Số", "1", "1"});
    after.push_back({std::to_string(i), "Số", "2", "2"});
  }
  const auto was = with(before);
  auto is = with(after);
  is.annexes = {{"", "PHỤ LỤC", false, {}}};
  const auto document = supplement(is, was, compare(was, is));
  ASSERT_EQ(document.annexes.size(), 2u);
  EXPECT_EQ(document.annexes[0].number, "I");
  EXPECT_EQ(document.annexes[1].number, "II");
  EXPECT_EQ(std::get<Table>(document.annexes[1].blocks.front()).rows.size(), 21u);
  EXPECT_NE(render_md(document).find("Có 21 số liệu thay đổi, nêu tại Phụ lục II."), std::string::npos);
}

TEST(Supplement, BeginsBehindTheLegalBases) {
  auto was = with({{"a", "Số", "1", "1"}});
  was.body = {Paragraph{Paragraph::Kind::kLegalBasis, {{"Căn cứ A;", false, false, ""}}}, Heading{1, "I.", "PHẦN"}};
  const auto document = supplement(was, was, {});
  ASSERT_EQ(document.body.size(), 4u);
  EXPECT_EQ(std::get<Paragraph>(document.body[0]).kind, Paragraph::Kind::kLegalBasis);
  EXPECT_EQ(std::get<Paragraph>(document.body[1]).kind, Paragraph::Kind::kBody);
  EXPECT_EQ(std::get<Heading>(document.body[3]).text, "PHẦN");
}

TEST(Supplement, WithoutDifferencesSaysSo) {
  const auto was = with({{"a", "Số có dự", "1", "1"}});
  EXPECT_NE(render_md(supplement(was, was, {})).find("Không có số liệu nào thay đổi"), std::string::npos);
}

}  // namespace
}  // namespace dongbo::report
