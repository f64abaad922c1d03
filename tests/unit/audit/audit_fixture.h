#pragma once
#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <vector>

#include "hub/event/codec.h"
#include "hub/event/schema_set.h"
#include "hub/shard/shard_set.h"

namespace dongbo::audit {

// A data directory filled by real shards, to be looked at and damaged.
class AuditDirectory : public testing::Test {
 protected:
  void SetUp() override {
    data_ = std::filesystem::path(testing::TempDir()) /
            (std::string("audit-") + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(data_);
    auto schemas = event::SchemaSet::load(std::filesystem::path(DONGBO_SOURCE_DIR) / "schemas" / "events");
    ASSERT_TRUE(schemas.has_value()) << schemas.error().message;
    schemas_ = std::make_unique<event::SchemaSet>(std::move(*schemas));
    codec_ = std::make_unique<event::Codec>(*schemas_);
  }
  void TearDown() override { std::filesystem::remove_all(data_); }

  static std::string check_in(const std::string& meeting, int number, const std::string& source = "/districts/502/checkin") {
    const auto id = std::to_string(number);
    const auto minute = std::to_string(10 + number % 50);
    return R"({"specversion":"1.0","id":"c-)" + id + R"(","source":")" + source +
           R"(","type":"vn.dongbo.attendance.checked_in.v1","subject":"meetings/)" + meeting + "/delegates/" + id +
           R"(","time":"2023-05-30T07:)" + minute + R"(:00+07:00","data":{"meeting":")" + meeting +
           R"(","point":"dc-502","delegate":")" + id + R"("}})";
  }

  // Gives the events to the shards in one submission a shard and event, waits, stops.
  void fill(const std::vector<std::string>& events, std::uint32_t shards = 2, std::int64_t recorded_from = 1'000'000) {
    shard::ShardSetOptions options;
    options.shards = shards;
    auto set = shard::ShardSet::open(data_, options);
    ASSERT_TRUE(set.has_value()) << set.error().message;
    (*set)->start();
    std::vector<std::future<std::vector<shard::Outcome>>> outcomes;
    for (const auto& text : events) {
      auto decoded = codec_->decode(text);
      auto* event = std::get_if<event::PreparedEvent>(&decoded);
      ASSERT_NE(event, nullptr) << text;
      const auto home = (*set)->home(event->home_key);
      shard::Submission submission;
      submission.items.push_back({std::move(*event), Millis(recorded_from++), -1});
      auto done = std::make_shared<std::promise<std::vector<shard::Outcome>>>();
      outcomes.push_back(done->get_future());
      submission.done = [done](std::vector<shard::Outcome> result) { done->set_value(std::move(result)); };
      ASSERT_TRUE((*set)->at(home).submit(submission));
    }
    for (auto& outcome : outcomes) outcome.get();
    (*set)->stop();
  }
  // Opening writes what was only in the write-ahead logs into tables.
  void settle() {
    auto set = shard::ShardSet::open(data_, {});
    ASSERT_TRUE(set.has_value()) << set.error().message;
    (*set)->start();
    (*set)->stop();
  }

  std::filesystem::path shard_path(std::uint32_t shard) const { return shard::shard_directory(data_, ShardId(shard)); }

  // Turns over one byte in the middle of the largest table of a store.
  void flip_a_byte(const std::filesystem::path& store) {
    std::filesystem::path largest;
    std::uintmax_t size = 0;
    for (const auto& file : std::filesystem::directory_iterator(store))
      if (file.path().extension() == ".sst" && file.file_size() > size) {
        largest = file.path();
        size = file.file_size();
      }
    ASSERT_FALSE(largest.empty());
    std::fstream bytes(largest, std::ios::in | std::ios::out | std::ios::binary);
    const auto at = static_cast<std::streamoff>(size / 4);
    bytes.seekg(at);
    const auto byte = static_cast<char>(bytes.get());
    bytes.seekp(at);
    bytes.put(static_cast<char>(byte ^ 0x55));
  }

  // Works on a store with all its column families: `change(db, handle of the family that starts with `family`)`.
  template <class Change>
  void in_store(const std::filesystem::path& store, const std::string& family, Change change) {
    std::vector<std::string> names;
    ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, store.string(), &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const auto& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    const auto opened = rocksdb::DB::Open({}, store.string(), families, &handles, &db);
    ASSERT_TRUE(opened.ok()) << opened.ToString();
    bool found = false;
    constexpr std::string_view kBeside = "+rewritten";
    const auto beside = family.ends_with(kBeside);
    const auto start = beside ? family.substr(0, family.size() - kBeside.size()) : family;
    for (auto* handle : handles)
      if (const auto& name = handle->GetName();
          name == family || (name.starts_with(start + ".") && name.ends_with(kBeside) == beside)) {
        found = true;
        change(*db, handle);
      }
    for (auto* handle : handles) {
      EXPECT_TRUE(db->Flush({}, handle).ok());
      EXPECT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
    }
    EXPECT_TRUE(db->Close().ok());
    delete db;
    ASSERT_TRUE(found) << family;
  }

  std::filesystem::path data_;
  std::unique_ptr<event::SchemaSet> schemas_;
  std::unique_ptr<event::Codec> codec_;
};

}  // namespace dongbo::audit
