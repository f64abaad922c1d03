#pragma once
#include <string>
#include <vector>

#include "hub/cli/demo_facts.h"
#include "hub/cli/demo_random.h"

namespace dongbo::cli {

// A post that the plan invites, and the simulated person who holds it. Two posts may name one delegate (kiêm nhiệm).
struct Post {
  std::string invitation;
  std::string point;
  std::string unit;
  std::string composition;
  std::string delegate;  // "0007"
  std::string position;  // the post, not a person's name
  std::string inviter;   // source of the invitation, without /simulated
};

// A group that is invited and counted by number; the plan gives none, so the number is simulated.
struct CountedGroup {
  std::string invitation;
  std::string point;
  std::string unit;
  std::string composition;
  std::string inviter;
  int headcount = 0;
};

struct DemoCast {
  std::vector<Post> posts;
  std::vector<CountedGroup> groups;
  std::vector<std::string> districts;  // codes in the register's order
};

// Everyone the plan names: 241 communes with two posts each, 18 districts with four, 25 provincial heads, one each for
// the provincial groups that send one person, and the groups that can only be counted. Pure: facts and seed decide.
DemoCast cast_demo(const DemoFacts& facts, DemoRandom& random);

inline std::string delegate_name(const std::string& delegate) {
  return "Đại biểu mô phỏng " + delegate;
}

}  // namespace dongbo::cli
