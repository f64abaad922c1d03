#include "hub/projection/conclusions.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string issued(std::string_view id, std::string_view time, std::string_view more) {
  return event("conclusion.issued", id, time, fmt::format(R"({{"meeting":"M","conclusion":"kl-01",{}}})", more));
}

TEST(Conclusions, IssuedAgainTheLatestTextHolds) {
  const auto first = issued("k1", "2023-05-30T11:20:00+07:00", R"("text":"Kết luận mô phỏng","number":"1/TB")");
  const auto second = issued("k2", "2023-06-02T08:00:00+07:00", R"("text":"Kết luận mô phỏng, sửa")");
  FoldFixture fixture(make_conclusions());
  fixture.fold(second);
  fixture.fold(first);
  const auto shown = fixture.shown(kConclusions, "M", "kl-01");
  EXPECT_EQ(shown["text"], "Kết luận mô phỏng, sửa");
  EXPECT_EQ(shown["number"], "");
  EXPECT_EQ(shown["issued_at"], "2023-06-02T08:00:00+07:00");
  EXPECT_EQ(shown["issues"], 2);
  testing::expect_same_rows_in_any_order(make_conclusions, {first, second});
}

}  // namespace
}  // namespace dongbo::projection
