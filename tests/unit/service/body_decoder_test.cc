#include "hub/service/body_decoder.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include "hub/service/http_text.h"

namespace dongbo::service {
namespace {

// What comes out of `body` given in pieces of `piece` bytes, or the error's message.
std::string decoded(std::string_view encoding, std::string_view body, std::size_t piece = 7) {
  const auto decoder = make_body_decoder(encoding);
  std::string out;
  while (!body.empty()) {
    decoder->give(body.substr(0, piece));
    body.remove_prefix(std::min(piece, body.size()));
    while (true) {
      const auto bytes = decoder->next();
      if (!bytes) return "error: " + bytes.error().message;
      if (bytes->empty()) break;
      out.append(*bytes);
    }
  }
  const auto complete = decoder->finish();
  return complete ? out : "error: " + complete.error().message;
}

std::string zstd(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 60'000; ++i) text += std::to_string(i * 7919) + "\n";
  return text;
}

TEST(BodyDecoder, GivesBackWhatWasCompressed) {
  const auto text = long_text();
  EXPECT_EQ(decoded("", text), text);
  EXPECT_EQ(decoded("identity", text, 100'000), text);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}, text.size()}) {
    EXPECT_EQ(decoded("gzip", gzip_text(text), piece), text);
    EXPECT_EQ(decoded("zstd", zstd(text), piece), text);
  }
}

TEST(BodyDecoder, SeveralMembersAreOneBody) {
  EXPECT_EQ(decoded("gzip", gzip_text("one\n") + gzip_text("two\n")), "one\ntwo\n");
  EXPECT_EQ(decoded("zstd", zstd("one\n") + zstd("two\n")), "one\ntwo\n");
}

TEST(BodyDecoder, ABodyThatEndsInTheMiddleIsAnError) {
  const auto text = long_text();
  for (const auto& [encoding, body] : {std::pair{"gzip", gzip_text(text)}, std::pair{"zstd", zstd(text)}}) {
    EXPECT_TRUE(decoded(encoding, std::string_view(body).substr(0, body.size() - 1)).starts_with("error: ")) << encoding;
    EXPECT_TRUE(decoded(encoding, std::string_view(body).substr(0, 20)).starts_with("error: ")) << encoding;
  }
}

TEST(BodyDecoder, RubbishIsAnError) {
  EXPECT_TRUE(decoded("gzip", "this is not gzip").starts_with("error: "));
  EXPECT_TRUE(decoded("zstd", "this is not zstd").starts_with("error: "));
}

TEST(BodyDecoder, ABombComesOutInSmallPieces) {
  const std::string zeros(50u << 20, '0');
  const auto bomb = gzip_text(zeros);
  const auto decoder = make_body_decoder("gzip");
  decoder->give(bomb);
  std::size_t total = 0;
  while (true) {
    const auto bytes = decoder->next();
    ASSERT_TRUE(bytes);
    if (bytes->empty()) break;
    ASSERT_LE(bytes->size(), 64u << 10);
    total += bytes->size();
  }
  EXPECT_EQ(total, zeros.size());
}

TEST(BodyDecoder, UnknownEncodingsHaveNone) {
  EXPECT_EQ(make_body_decoder("br"), nullptr);
  EXPECT_EQ(make_body_decoder("gzip, zstd"), nullptr);
  EXPECT_NE(make_body_decoder(" GZIP "), nullptr);
}

}  // namespace
}  // namespace dongbo::service
