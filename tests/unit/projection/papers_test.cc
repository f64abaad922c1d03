#include "hub/projection/papers.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string fact(std::string_view what, std::string_view id, std::string_view time, std::string_view more = "") {
  return event(fmt::format("paper.{}", what), id, time, fmt::format(R"({{"meeting":"M","paper":"tl-01"{}}})", more));
}

TEST(Papers, APaperGoesFromRequestToPresentation) {
  FoldFixture fixture(make_papers());
  fixture.fold(fact("requested", "r", "2023-05-17T08:00:00+07:00",
                    R"(,"unit":"so-tai-chinh","topic":"Cải cách tài chính công","due":"2023-05-25")"));
  EXPECT_EQ(fixture.row(kPapers, "M", "tl-01")->state, "requested");
  fixture.fold(fact("submitted", "s", "2023-05-24T08:00:00+07:00", R"(,"title":"Tham luận","pages":6)"));
  EXPECT_EQ(fixture.row(kPapers, "M", "tl-01")->state, "submitted");
  fixture.fold(fact("approved", "a", "2023-05-26T08:00:00+07:00", R"(,"order":1,"minutes":10)"));
  fixture.fold(fact("presented", "p", "2023-05-30T09:00:00+07:00", R"(,"unit":"van-phong","minutes":9)"));
  const auto* row = fixture.row(kPapers, "M", "tl-01");
  EXPECT_EQ(row->state, "presented");
  EXPECT_EQ(row->unit, "so-tai-chinh") << "a mention in passing does not move the paper to another unit";
  EXPECT_EQ(row->minutes, 10);
  EXPECT_EQ(row->minutes_spoken, 9);
  EXPECT_EQ(row->due, "2023-05-25");
}

TEST(Papers, ARequestSaidAgainIsAReminder) {
  FoldFixture fixture(make_papers());
  fixture.fold(fact("requested", "r2", "2023-05-22T08:00:00+07:00", R"(,"unit":"u","due":"2023-05-26","reminder":true)"));
  EXPECT_FALSE(fixture.row(kPapers, "M", "tl-01")->reminded_at);
  fixture.fold(fact("requested", "r1", "2023-05-17T08:00:00+07:00", R"(,"unit":"u","due":"2023-05-25")"));
  const auto shown = fixture.shown(kPapers, "M", "tl-01");
  EXPECT_EQ(shown["requests"], 2);
  EXPECT_EQ(shown["requested_at"], "2023-05-17T08:00:00+07:00");
  EXPECT_EQ(shown["reminded_at"], "2023-05-22T08:00:00+07:00");
  EXPECT_EQ(shown["due"], "2023-05-26");
}

TEST(Papers, ARevisionReplacesTheFileButNotTheApproval) {
  FoldFixture fixture(make_papers());
  fixture.fold(fact("submitted", "s1", "2023-05-24T08:00:00+07:00", R"(,"title":"Tham luận","document":"v1.docx","pages":6)"));
  fixture.fold(fact("approved", "a", "2023-05-26T08:00:00+07:00"));
  fixture.fold(fact("submitted", "s2", "2023-05-28T08:00:00+07:00", R"(,"document":"v2.docx")"));
  const auto* row = fixture.row(kPapers, "M", "tl-01");
  EXPECT_EQ(row->state, "approved");
  EXPECT_EQ(row->document, "v2.docx");
  EXPECT_FALSE(row->pages);
  EXPECT_EQ(row->title, "Tham luận");
  EXPECT_EQ(row->revisions, 2);
  EXPECT_FALSE(row->known) << "nobody asked for it";
}

TEST(Papers, TheOrderOfArrivalDoesNotMatter) {
  testing::expect_same_rows_in_any_order(
      make_papers,
      {fact("requested", "r1", "2023-05-17T08:00:00+07:00", R"(,"unit":"u","topic":"t","minutes":5)"),
       fact("requested", "r2", "2023-05-22T08:00:00+07:00", R"(,"unit":"v")"),
       fact("submitted", "s1", "2023-05-24T08:00:00+07:00", R"(,"unit":"w","document":"v1.docx","pages":6)"),
       fact("submitted", "s2", "2023-05-28T08:00:00+07:00", R"(,"title":"x")"),
       fact("approved", "a", "2023-05-26T08:00:00+07:00", R"(,"unit":"y","minutes":7)"),
       fact("presented", "p", "2023-05-30T09:00:00+07:00", R"(,"speaker":"z","started_at":"2023-05-30T09:00:00+07:00")")});
}

}  // namespace
}  // namespace dongbo::projection
