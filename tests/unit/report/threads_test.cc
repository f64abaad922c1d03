#include <gtest/gtest.h>

#include <thread>

#include "hub/report/render.h"
#include "tests/unit/report/sample_document.h"

namespace dongbo::report {
namespace {

TEST(Render, ManyThreadsAtOnceGiveTheSameBytes) {
  const auto document = testing::sample_document();
  const std::string alone[] = {render_html(document).value(), render_docx(document).value(), render_xlsx(document).value()};
  std::vector<std::string> made(9);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < made.size(); ++i) {
    threads.emplace_back([&, i] {
      const auto result = i % 3 == 0 ? render_html(document) : i % 3 == 1 ? render_docx(document) : render_xlsx(document);
      if (result) made[i] = result.value();
    });
  }
  for (auto& thread : threads) thread.join();
  for (std::size_t i = 0; i < made.size(); ++i) EXPECT_TRUE(made[i] == alone[i % 3]) << i;
}

}  // namespace
}  // namespace dongbo::report
