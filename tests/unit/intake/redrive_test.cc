#include "hub/intake/redrive.h"

#include "hub/intake/refused.h"
#include "tests/unit/intake/intake_fixture.h"

namespace dongbo::intake {
namespace {

class Redrive : public ShardsFixture {
 protected:
  void SetUp() override {
    ShardsFixture::SetUp();
    intake_ = make_embedded_intake(*shards_, clock_);
  }
  void TearDown() override {
    intake_.reset();
    ShardsFixture::TearDown();
  }

  // Puts bytes into quarantine as if an older hub had refused them.
  void quarantine(const std::string& raw, const std::string& subject, std::int64_t received_at, std::uint32_t shard = 0,
                  const std::string& attributes = "", event::RefusalKind kind = event::RefusalKind::kInvalid) {
    std::promise<void> done;
    shard::Submission submission;
    submission.origin.door = "kafka";
    submission.origin.topic = "dongbo.events";
    event::Refusal refusal;
    refusal.kind = kind;
    refusal.faults.push_back({"", "refused by an older hub"});
    refusal.subject = subject;
    refusal.source = "/simulated/door";
    submission.items.push_back({refused_item(std::move(refusal), raw,
                                             attributes.empty() ? std::string(kStructuredJson) : "application/json", attributes),
                                Millis(received_at), 7});
    submission.done = [&](auto) { done.set_value(); };
    ASSERT_TRUE(shards_->at(ShardId(shard)).submit(submission));
    done.get_future().get();
  }
  RedriveResult run(const RedriveFilter& filter = {}) {
    auto result = redrive(*shards_, *intake_, codec_, filter);
    EXPECT_TRUE(result.has_value()) << (result ? "" : result.error().message);
    return result ? *result : RedriveResult{};
  }
  std::string state(std::uint32_t shard, std::uint64_t number) const {
    const auto entry = shards_->at(ShardId(shard)).journal().quarantine_entry(QuarantineNumber(number));
    return std::string(journal::text_of(static_cast<journal::QuarantineState>(entry->state)));
  }
  std::unique_ptr<Intake> intake_;
};

TEST_F(Redrive, OldestFirstOverAllShards) {
  quarantine(check_in(kHome0, "second"), "s1", 200, 0);
  quarantine(check_in(kHome0, "first"), "s2", 100, 1);
  quarantine(check_in(kHome0, "third"), "s3", 300, 1);
  const auto result = run();
  EXPECT_EQ(result.tried, 3U);
  EXPECT_EQ(result.accepted, 3U);
  EXPECT_EQ(journaled(0), std::vector<std::string>({"first", "second", "third"}));
  EXPECT_EQ(state(0, 1), "redriven");
  EXPECT_EQ(run().tried, 0U);
}

TEST_F(Redrive, LaterEntriesOfASubjectStayHeldWhenAFormerIsRefusedAgain) {
  quarantine(check_in(kHome0, "a"), "s1", 100);
  quarantine("{not an event", "s1", 200);
  quarantine(check_in(kHome0, "b"), "s1", 300);
  quarantine(check_in(kHome0, "c"), "s2", 400);
  const auto result = run();
  EXPECT_EQ(result.tried, 3U);
  EXPECT_EQ(result.accepted, 2U);
  EXPECT_EQ(result.still_refused, 1U);
  EXPECT_EQ(result.held_back, 1U);
  // "c" is of another subject: it need not wait for those of s1.
  EXPECT_EQ(journaled(0), std::vector<std::string>({"a", "c"}));
  EXPECT_EQ(state(0, 1), "redriven");
  EXPECT_EQ(state(0, 2), "held");
  EXPECT_EQ(state(0, 3), "held");
  EXPECT_NE(quarantined(0)[1].state_note.find("refused again"), std::string::npos);
}

TEST_F(Redrive, EntriesWithoutSubjectDoNotHoldEachOtherBack) {
  quarantine("{", "", 100);
  quarantine(check_in(kHome0, "a"), "", 200);
  const auto result = run();
  EXPECT_EQ(result.accepted, 1U);
  EXPECT_EQ(result.still_refused, 1U);
  EXPECT_EQ(result.held_back, 0U);
}

TEST_F(Redrive, OfOneSubjectTheOrderIsKept) {
  for (int i = 0; i < 20; ++i) quarantine(check_in(kHome0, fmt::format("{:02}", i)), "s1", 100 + i, i % 2 ? 1 : 0);
  EXPECT_EQ(run().accepted, 20U);
  const auto ids = journaled(0);
  EXPECT_EQ(ids.size(), 20U);
  EXPECT_TRUE(std::ranges::is_sorted(ids));
}

TEST_F(Redrive, AnEventThatIsThereAlreadySettlesAsDuplicate) {
  give(*intake_, items(item(check_in(kHome0, "a"))));
  quarantine(check_in(kHome0, "a"), "s1", 100);
  const auto result = run();
  EXPECT_EQ(result.duplicate, 1U);
  EXPECT_EQ(state(0, 1), "redriven");
  EXPECT_EQ(quarantined(0)[0].state_note, "trùng với 0:1 / a duplicate of 0:1");
}

TEST_F(Redrive, AConflictStaysHeldOnceHoweverOftenItIsReDriven) {
  give(*intake_, items(item(check_in(kHome0, "a", "0001"))));
  const auto receipts = give(*intake_, items(item(check_in(kHome0, "a", "0002"))));
  ASSERT_EQ(receipts[0].quarantine, "0:q1");
  for (int i = 0; i < 3; ++i) {
    const auto result = run();
    EXPECT_EQ(result.still_refused, 1U);
    EXPECT_EQ(result.tried, 1U);
  }
  EXPECT_EQ(state(0, 1), "held");
  EXPECT_EQ(std::ranges::count_if(quarantined(0), [](const auto& entry) { return entry.state == 0; }), 1);
  EXPECT_EQ(journaled(0).size(), 1U);
}

TEST_F(Redrive, BinaryRecordsAreReadAsBinary) {
  quarantine(R"({"meeting":"HN-2","point":"dc-1","delegate":"1"})", "s1", 100, 0,
             "specversion\n1.0\nid\nb-1\nsource\n/simulated/door\ntype\nvn.dongbo.attendance.checked_in.v1\n"
             "time\n2023-05-30T07:41:09+07:00\ndatacontenttype\napplication/json\n");
  EXPECT_EQ(run().accepted, 1U);
  EXPECT_EQ(journaled(0), std::vector<std::string>({"b-1"}));
}

TEST_F(Redrive, FiltersChoose) {
  quarantine(check_in(kHome0, "a"), "s1", 100);
  quarantine("{", "", 200, 0, "", event::RefusalKind::kUnreadable);
  RedriveFilter filter;
  filter.reason = "unreadable";
  EXPECT_EQ(run(filter).tried, 1U);
  filter = {};
  filter.origin_topic = "another";
  EXPECT_EQ(run(filter).tried, 0U);
  filter = {};
  filter.source = "/simulated/door";
  filter.origin_topic = "dongbo.events";
  EXPECT_EQ(run(filter).tried, 2U);
}

TEST_F(Redrive, OneByItsId) {
  quarantine(check_in(kHome0, "a"), "s1", 100);
  quarantine(check_in(kHome0, "b"), "s2", 200);
  RedriveFilter filter;
  filter.id = "0:q2";
  EXPECT_EQ(run(filter).accepted, 1U);
  EXPECT_EQ(journaled(0), std::vector<std::string>({"b"}));
  const auto again = redrive(*shards_, *intake_, codec_, filter);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().error_class, ErrorClass::kConflict);
  for (const auto* missing : {"0:q9", "7:q1", "nonsense"}) {
    filter.id = missing;
    const auto none = redrive(*shards_, *intake_, codec_, filter);
    ASSERT_FALSE(none.has_value()) << missing;
    EXPECT_EQ(none.error().error_class, ErrorClass::kNotFound) << missing;
  }
}

TEST(QuarantineId, IsWrittenAndReadBack) {
  EXPECT_EQ(quarantine_id(ShardId(3), QuarantineNumber(12)), "3:q12");
  const auto place = parse_quarantine_id("3:q12");
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->first, ShardId(3));
  EXPECT_EQ(place->second, QuarantineNumber(12));
  for (const auto* wrong : {"", "3:12", "3:q", ":q1", "3:q0", "3:q1x", "-1:q1", "3:q-1", "99999999999:q1"})
    EXPECT_FALSE(parse_quarantine_id(wrong).has_value()) << wrong;
}

}  // namespace
}  // namespace dongbo::intake
