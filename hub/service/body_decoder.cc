#include "hub/service/body_decoder.h"

#include <zlib.h>
#include <zstd.h>

#include "hub/service/http_text.h"

namespace dongbo::service {
namespace {

constexpr std::size_t kOutputBytes = 64u << 10;
constexpr int kZstdWindowLogMax = 23;  // 8 MiB: what `zstd -19` makes; `--long` needs more and is refused

class Identity final : public BodyDecoder {
 public:
  void give(std::string_view piece) override { piece_ = piece; }
  Result<std::string_view> next() override { return std::exchange(piece_, {}); }
  Result<void> finish() override { return {}; }

 private:
  std::string_view piece_;
};

class Gzip final : public BodyDecoder {
 public:
  Gzip() : ready_(inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK), output_(kOutputBytes, '\0') {}
  ~Gzip() override {
    if (ready_) inflateEnd(&stream_);
  }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  void give(std::string_view piece) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    stream_.avail_in = static_cast<uInt>(piece.size());
  }

  Result<std::string_view> next() override {
    if (!ready_) return Error::transient("không đủ bộ nhớ để đọc gzip / no memory to read gzip");
    while (stream_.avail_in > 0 || more_) {
      if (ended_) {  // another member follows
        inflateReset(&stream_);
        ended_ = false;
      }
      if (stream_.avail_in > 0) started_ = true;
      stream_.next_out = reinterpret_cast<Bytef*>(output_.data());
      stream_.avail_out = static_cast<uInt>(output_.size());
      const int code = inflate(&stream_, Z_NO_FLUSH);
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
        return Error::poison(std::string("phần thân không phải gzip hợp lệ / the body is not valid gzip: ") +
                             (stream_.msg != nullptr ? stream_.msg : "damaged"));
      ended_ = code == Z_STREAM_END;
      more_ = stream_.avail_out == 0 && !ended_;
      const auto made = output_.size() - stream_.avail_out;
      if (made > 0) return std::string_view(output_.data(), made);
      if (code == Z_BUF_ERROR) break;
    }
    more_ = false;
    return std::string_view();
  }

  Result<void> finish() override {
    if (started_ && !ended_) return Error::poison("phần thân gzip bị đứt giữa chừng / the gzip body ends in the middle");
    return {};
  }

 private:
  z_stream stream_{};
  const bool ready_;
  std::string output_;
  bool more_ = false;  // output was cut by the buffer's end
  bool started_ = false;
  bool ended_ = false;
};

class Zstd final : public BodyDecoder {
 public:
  Zstd() : stream_(ZSTD_createDStream()), output_(kOutputBytes, '\0') {
    if (stream_ != nullptr) ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, kZstdWindowLogMax);
  }
  ~Zstd() override { ZSTD_freeDStream(stream_); }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

  void give(std::string_view piece) override { input_ = {piece.data(), piece.size(), 0}; }

  Result<std::string_view> next() override {
    if (stream_ == nullptr) return Error::transient("không đủ bộ nhớ để đọc zstd / no memory to read zstd");
    while (input_.pos < input_.size || more_) {
      ZSTD_outBuffer out{output_.data(), output_.size(), 0};
      const auto left = ZSTD_decompressStream(stream_, &out, &input_);
      if (ZSTD_isError(left) != 0)
        return Error::poison(std::string("phần thân không phải zstd hợp lệ / the body is not valid zstd: ") +
                             ZSTD_getErrorName(left));
      open_ = left != 0;
      more_ = out.pos == out.size && open_;
      if (out.pos > 0) return std::string_view(output_.data(), out.pos);
      if (input_.pos == input_.size) break;
    }
    more_ = false;
    return std::string_view();
  }

  Result<void> finish() override {
    if (open_) return Error::poison("phần thân zstd bị đứt giữa chừng / the zstd body ends in the middle");
    return {};
  }

 private:
  ZSTD_DStream* stream_;
  std::string output_;
  ZSTD_inBuffer input_{nullptr, 0, 0};
  bool more_ = false;
  bool open_ = false;  // within a frame
};

}  // namespace

std::unique_ptr<BodyDecoder> make_body_decoder(std::string_view content_encoding) {
  const auto coding = trimmed(content_encoding);
  if (coding.empty() || equal_ignoring_case(coding, "identity")) return std::make_unique<Identity>();
  if (equal_ignoring_case(coding, "gzip") || equal_ignoring_case(coding, "x-gzip")) return std::make_unique<Gzip>();
  if (equal_ignoring_case(coding, "zstd")) return std::make_unique<Zstd>();
  return nullptr;
}

}  // namespace dongbo::service
