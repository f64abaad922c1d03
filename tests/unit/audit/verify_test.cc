#include "hub/audit/verify.h"

#include <algorithm>

#include "hub/event/home.h"
#include "tests/unit/audit/audit_fixture.h"

namespace dongbo::audit {
namespace {

class Verify : public AuditDirectory {
 protected:
  Verification look() {
    VerifyOptions options;
    options.data = data_;
    options.at_least = at_least_;
    auto result = verify(options);
    EXPECT_TRUE(result.has_value()) << result.error().message;
    return result ? std::move(*result) : Verification{};
  }
  std::vector<std::string> events(int count, const std::string& meeting = "M") {
    std::vector<std::string> out;
    for (int i = 1; i <= count; ++i) out.push_back(check_in(meeting, i));
    return out;
  }
  std::uint32_t home() const { return event::home_shard("M", 2).value(); }
  static std::string first_kind(const Verification& result) {
    return result.findings.empty() ? "" : result.findings.front().kind;
  }
  event::Position at_least_;
};

TEST_F(Verify, FindsNothingInAHealthyDirectory) {
  fill(events(200));
  const auto result = look();
  EXPECT_TRUE(result.good()) << (result.findings.empty() ? "" : result.findings.front().detail);
  ASSERT_EQ(result.shards.size(), 2u);
  const auto& shard = result.shards[home()];
  EXPECT_EQ(shard.head, Sequence(200));
  EXPECT_EQ(shard.journal.events, 200u);
  EXPECT_EQ(shard.journal.identities, 200u);
  EXPECT_EQ(shard.applied, Sequence(200));
  EXPECT_GT(shard.rows.at("attendance"), 200u);
  EXPECT_EQ(result.shards[1 - home()].head, Sequence(0));
}

TEST_F(Verify, RunsBesideAHubThatServes) {
  fill(events(50));
  auto set = shard::ShardSet::open(data_, {});
  ASSERT_TRUE(set.has_value());
  (*set)->start();
  const auto result = look();
  EXPECT_TRUE(result.good()) << (result.findings.empty() ? "" : result.findings.front().detail);
  (*set)->stop();
}

TEST_F(Verify, NamesTheSequencesOfADamagedBlock) {
  fill(events(300));
  settle();
  flip_a_byte(shard_path(home()) / "journal");
  const auto result = look();
  ASSERT_FALSE(result.good());
  const auto block =
      std::find_if(result.findings.begin(), result.findings.end(), [](const auto& each) { return each.kind == "block"; });
  ASSERT_NE(block, result.findings.end()) << first_kind(result) << result.findings.front().detail;
  EXPECT_EQ(block->shard.value(), home());
  EXPECT_GE(block->first, Sequence(1));
  EXPECT_LE(block->last, Sequence(300));
  EXPECT_FALSE(block->detail.empty());
  // The rest was read all the same.
  EXPECT_EQ(result.shards[home()].journal.events, 300u - (block->last.value() - block->first.value() + 1));
}

TEST_F(Verify, NamesARowThatIsNotWhatTheEventsMake) {
  fill(events(20));
  for (const auto* family : {"attendance", "attendance+rewritten"}) {
    in_store(shard_path(home()) / "state", family, [&](rocksdb::DB& db, rocksdb::ColumnFamilyHandle* handle) {
      std::unique_ptr<rocksdb::Iterator> at(db.NewIterator({}, handle));
      at->SeekToFirst();
      ASSERT_TRUE(at->Valid());
      auto value = at->value().ToString();
      value.back() = static_cast<char>(value.back() ^ 1);
      EXPECT_TRUE(db.Put({}, handle, at->key(), value).ok());
    });
  }
  const auto result = look();
  ASSERT_EQ(result.found, 2u) << result.findings.front().detail;
  for (const auto& finding : result.findings) {
    EXPECT_EQ(finding.kind, "projection");
    EXPECT_EQ(finding.projection, "attendance");
    EXPECT_NE(finding.key.find("M"), std::string::npos) << finding.key;
  }
}

TEST_F(Verify, NamesARowThatIsMissingAndOneThatIsTooMany) {
  fill(events(20));
  in_store(shard_path(home()) / "state", "attendance", [&](rocksdb::DB& db, rocksdb::ColumnFamilyHandle* handle) {
    std::unique_ptr<rocksdb::Iterator> at(db.NewIterator({}, handle));
    at->SeekToFirst();
    ASSERT_TRUE(at->Valid());
    EXPECT_TRUE(db.Delete({}, handle, at->key()).ok());
    EXPECT_TRUE(db.Put({}, handle, std::string("\0stray", 6), "x").ok());
  });
  const auto result = look();
  ASSERT_EQ(result.found, 2u);
  EXPECT_NE(result.findings[0].detail.find("no event makes it"), std::string::npos);
  EXPECT_NE(result.findings[1].detail.find("missing"), std::string::npos);
}

TEST_F(Verify, NamesAnIdentityThatTheIndexHasElsewhere) {
  fill(events(20));
  {
    auto index = journal::IdentityIndex::open(shard_path(home()) / "identity", ShardId(home()), false);
    ASSERT_TRUE(index.has_value());
    const auto identity = event::identity_of("/districts/502/checkin", "c-7");
    const auto known = (*index)->find(std::span(&identity, 1));
    ASSERT_TRUE(known.has_value() && (*known)[0]);
    std::vector<journal::IdentityIndex::Item> items{{identity, {(*known)[0]->content, Sequence(19)}}};
    ASSERT_TRUE((*index)->index(items, Sequence(20)).has_value());
    ASSERT_TRUE((*index)->flush().has_value());
  }
  const auto result = look();
  ASSERT_FALSE(result.good());
  EXPECT_EQ(result.findings.front().kind, "index");
  EXPECT_EQ(result.findings.front().first, Sequence(7));
}

TEST_F(Verify, NamesAGapInTheSequences) {
  fill(events(5));
  fill({check_in("M", 6), check_in("M", 7)});
  in_store(shard_path(home()) / "journal", "index", [&](rocksdb::DB& db, rocksdb::ColumnFamilyHandle* handle) {
    std::unique_ptr<rocksdb::Iterator> at(db.NewIterator({}, handle));
    at->SeekToFirst();
    ASSERT_TRUE(at->Valid());
    EXPECT_TRUE(db.Delete({}, handle, at->key()).ok());
  });
  const auto result = look();
  ASSERT_FALSE(result.good());
  EXPECT_EQ(first_kind(result), "sequence");
  EXPECT_EQ(result.findings.front().first, Sequence(1));
}

TEST_F(Verify, NamesAQuarantineEntryThatCannotBeRead) {
  fill(events(3));
  fill(
      {R"({"specversion":"1.0","id":"c-1","source":"/districts/502/checkin","type":"vn.dongbo.attendance.checked_in.v1","time":"2023-05-30T07:11:00+07:00","data":{"meeting":"M","point":"dc-503","delegate":"1"}})"});
  in_store(shard_path(home()) / "journal", "quarantine", [&](rocksdb::DB& db, rocksdb::ColumnFamilyHandle* handle) {
    std::unique_ptr<rocksdb::Iterator> at(db.NewIterator({}, handle));
    at->SeekToFirst();
    ASSERT_TRUE(at->Valid()) << "the conflict is not in quarantine";
    EXPECT_TRUE(db.Put({}, handle, at->key(), "rubbish").ok());
  });
  const auto result = look();
  ASSERT_EQ(result.found, 1u);
  EXPECT_EQ(result.findings.front().kind, "quarantine");
  EXPECT_EQ(result.findings.front().key, std::to_string(home()) + ":q1");
}

TEST_F(Verify, SaysWhenTheJournalLacksWhatTheHubAcknowledged) {
  fill(events(4));
  at_least_.set(ShardId(home()), Sequence(9));
  const auto result = look();
  ASSERT_EQ(result.found, 1u);
  EXPECT_EQ(result.findings.front().kind, "position");
  EXPECT_EQ(result.findings.front().first, Sequence(5));
  EXPECT_EQ(result.findings.front().last, Sequence(9));
}

TEST_F(Verify, SaysWhenAStoreIsGone) {
  fill(events(4));
  std::filesystem::remove_all(shard_path(home()) / "journal");
  const auto result = look();
  ASSERT_FALSE(result.good());
  EXPECT_EQ(first_kind(result), "open");
}

TEST_F(Verify, RefusesADirectoryThatIsNoHubs) {
  VerifyOptions options;
  options.data = data_;
  const auto result = verify(options);
  ASSERT_FALSE(result.has_value());
  EXPECT_NE(result.error().message.find("not a data directory"), std::string::npos);
}

TEST_F(Verify, LeavesNoScratchBehind) {
  fill(events(10));
  look();
  EXPECT_TRUE(std::filesystem::is_empty(data_ / "hub" / "tmp"));
}

}  // namespace
}  // namespace dongbo::audit
