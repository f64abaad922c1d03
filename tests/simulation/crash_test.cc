// A shard that is killed at any moment loses nothing acknowledged and doubles nothing. Real processes, real SIGKILL, one seed a
// case: the seed decides what is sent, in what portions, with which repetitions and conflicts, and when the process dies.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "hub/projection/attendance.h"
#include "tests/support/shard_fixture.h"

namespace dongbo::shard {
namespace {

using testing::check_in;
using testing::TempDirectory;

// One line of the plan: an event number and which of two contents it has.
struct Planned {
  int number = 0;
  bool other_content = false;
};

std::vector<std::vector<Planned>> plan_of(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::vector<Planned>> portions;
  int next = 0;
  for (int portion = 0; portion < 400; ++portion) {
    auto& items = portions.emplace_back();
    const int size = 1 + static_cast<int>(random() % 40);
    for (int i = 0; i < size; ++i) {
      const auto dice = random() % 20;
      if (dice < 3 && next > 0) {
        items.push_back({static_cast<int>(random() % static_cast<unsigned>(next)), false});
      } else if (dice == 3 && next > 0) {
        items.push_back({static_cast<int>(random() % static_cast<unsigned>(next)), true});
      } else {
        items.push_back({next++, false});
      }
    }
  }
  return portions;
}

std::string text_of(const Planned& item) {
  const auto number = std::to_string(item.number);
  return check_in("e" + number, "M", item.other_content ? "other" : number);
}

// The child: sends the plan from `from` on, writing the number of each portion after it was acknowledged.
[[noreturn]] void run_child(const std::filesystem::path& directory, const std::vector<std::vector<Planned>>& plan, int from,
                            int pipe) {
  auto shard = Shard::open(directory, ShardId(0), {});
  if (!shard) _exit(3);
  (*shard)->start();
  for (int portion = from; portion < static_cast<int>(plan.size()); ++portion) {
    std::vector<std::string> events;
    for (const auto& item : plan[static_cast<std::size_t>(portion)]) events.push_back(text_of(item));
    for (const auto& outcome : testing::submit(**shard, events))
      if (outcome.kind == Outcome::Kind::kFailed) _exit(4);
    if (::write(pipe, &portion, sizeof portion) != sizeof portion) _exit(5);
  }
  _exit(0);  // without stopping: that too is a crash
}

// What is wrong with the directory after all lives; empty: nothing.
std::string fault_in(const std::filesystem::path& directory, const std::vector<std::vector<Planned>>& plan) {
  std::set<int> numbers;
  for (const auto& portion : plan)
    for (const auto& item : portion) numbers.insert(item.number);
  auto shard = Shard::open(directory, ShardId(0), {});
  if (!shard) return shard.error().message;
  if ((*shard)->head() != Sequence(numbers.size()))
    return fmt::format("{} events were sent, the journal holds {}", numbers.size(), (*shard)->head().value());
  std::set<event::Digest> identities;
  std::string fault;
  Sequence last;
  const auto read = (*shard)->journal().read(
      Sequence(0), (*shard)->head(),
      [&](const event::EntryRecord& record) {
        if (record.sequence != last.next()) fault = fmt::format("after {} comes {}", last.value(), record.sequence.value());
        if (!identities.insert(record.identity).second)
          fault = fmt::format("sequence {} is a repetition", record.sequence.value());
        last = record.sequence;
        return fault.empty();
      },
      [&](Sequence, Sequence, const std::string& reason) { fault = reason; });
  if (!read) return read.error().message;
  if (!fault.empty()) return fault;
  const auto total =
      projection::row(*(*shard)->engine().snapshot(), projection::kAttendanceTotals, projection::key(std::string("M")));
  if (!total || !*total) return "there is no total";
  if ((*total)->figures.present != static_cast<std::int64_t>(numbers.size()))
    return fmt::format("{} persons came, {} are counted", numbers.size(), (*total)->figures.present);
  return {};
}

// Runs `work` in a process of its own and gives its text: the parent never has threads, so its forks are sound.
template <class Work>
std::string in_child(Work work) {
  int pipe[2];
  if (::pipe(pipe) != 0) return "no pipe";
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string text = work();
    const bool written = ::write(pipe[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
    _exit(written ? 0 : 1);
  }
  ::close(pipe[1]);
  std::string out;
  char buffer[512];
  for (ssize_t size; (size = ::read(pipe[0], buffer, sizeof buffer)) > 0;) out.append(buffer, static_cast<std::size_t>(size));
  ::close(pipe[0]);
  int status = 0;
  if (::waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return "the child died: " + out;
  return out;
}

class CrashTest : public ::testing::TestWithParam<unsigned> {};

TEST_P(CrashTest, NothingAcknowledgedIsLostAndNothingIsDoubled) {
  const auto plan = plan_of(GetParam());
  std::mt19937 random(GetParam() + 1000);
  TempDirectory directory;
  testing::real_schemas();  // before the first fork
  int acknowledged = -1;
  for (int life = 0; acknowledged + 1 < static_cast<int>(plan.size()); ++life) {
    ASSERT_LT(life, 200);
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    // A portion whose acknowledgement was not heard is sent again, as a publisher does.
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(pipe[0]);
      run_child(directory.path(), plan, acknowledged + 1, pipe[1]);
    }
    ::close(pipe[1]);
    const int until = acknowledged + 1 + static_cast<int>(random() % 120);
    int portion = 0;
    while (::read(pipe[0], &portion, sizeof portion) == sizeof portion) {
      ASSERT_EQ(portion, acknowledged + 1);
      acknowledged = portion;
      if (acknowledged >= until) break;
    }
    ::kill(child, SIGKILL);
    while (::read(pipe[0], &portion, sizeof portion) == sizeof portion) acknowledged = portion;
    ::close(pipe[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "the child ended with " << WEXITSTATUS(status);
  }

  EXPECT_EQ(in_child([&] { return fault_in(directory.path(), plan); }), "");
}

INSTANTIATE_TEST_SUITE_P(Seeds, CrashTest, ::testing::Values(1u, 2u, 3u));

}  // namespace
}  // namespace dongbo::shard
