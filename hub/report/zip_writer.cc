#include "hub/report/zip_writer.h"

#include <fmt/format.h>

namespace dongbo::report {
namespace {

constexpr zip_uint16_t kFirstDay = 1U << 5U | 1U;  // 1980-01-01 as MS-DOS writes it

Error failed(std::string_view vietnamese, std::string_view english, zip_error_t* error) {
  return Error::transient(fmt::format("{}; hãy thử lại khi máy còn nhiều bộ nhớ hơn / {}: {}; try again with more memory free",
                                      vietnamese, english, zip_error_strerror(error)));
}

}  // namespace

Result<ZipWriter> ZipWriter::open() {
  zip_error_t error;
  zip_error_init(&error);
  auto* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (target == nullptr) return failed("không đủ bộ nhớ cho tệp nén zip", "no memory for a zip archive", &error);
  zip_source_keep(target);  // one for the archive, one for reading it afterwards
  auto* const archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (archive == nullptr) {
    zip_source_free(target);
    zip_source_free(target);
    return failed("không tạo được tệp nén zip", "a zip archive could not be begun", &error);
  }
  return ZipWriter(target, archive);
}

Result<void> ZipWriter::add(const std::string& name, std::string bytes) {
  const auto& kept = files_.emplace_back(std::move(bytes));
  auto* const source = zip_source_buffer(archive_.get(), kept.data(), kept.size(), 0);
  const auto index = source == nullptr ? -1 : zip_file_add(archive_.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return failed("không đưa được " + name + " vào tệp nén zip", name + " could not be put into the zip archive",
                  zip_get_error(archive_.get()));
  }
  if (zip_file_set_dostime(archive_.get(), static_cast<zip_uint64_t>(index), 0, kFirstDay, 0) != 0) {
    return failed("không ghi được ngày của " + name + " trong tệp nén zip", name + " could not be dated in the zip archive",
                  zip_get_error(archive_.get()));
  }
  return {};
}

Result<std::string> ZipWriter::finish() {
  if (zip_close(archive_.get()) != 0)
    return failed("không đóng được tệp nén zip", "the zip archive could not be closed", zip_get_error(archive_.get()));
  static_cast<void>(archive_.release());  // zip_close has freed it
  zip_stat_t status;
  if (zip_source_stat(target_.get(), &status) != 0 || zip_source_open(target_.get()) != 0) {
    return failed("không đọc lại được tệp nén zip", "the zip archive could not be read back", zip_source_error(target_.get()));
  }
  std::string bytes(status.size, '\0');
  const auto got = zip_source_read(target_.get(), bytes.data(), bytes.size());
  zip_source_close(target_.get());
  if (got < 0 || static_cast<std::size_t>(got) != bytes.size()) {
    return failed("không đọc lại được tệp nén zip", "the zip archive could not be read back", zip_source_error(target_.get()));
  }
  return bytes;
}

}  // namespace dongbo::report
