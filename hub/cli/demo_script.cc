#include "hub/cli/demo_script.h"

#include <algorithm>
#include <map>

#include "hub/cli/demo_writer.h"

namespace dongbo::cli {

DemoScript write_demo_script(const DemoFacts& facts, std::uint64_t seed) {
  DemoWriter writer(seed);
  const auto cast = cast_demo(facts, writer.random());
  const auto people = write_preparations(writer, cast);
  write_readiness(writer, cast);
  write_attendance(writer, cast, people);
  write_proceedings(writer, cast);

  DemoScript script{std::move(writer).finish(), on_the_day(6, 30), on_the_day(11, 40)};
  std::map<std::pair<std::string, std::string>, std::string> seen;
  for (const auto& event : script.events) {
    const auto [first, fresh] = seen.emplace(std::make_pair(event.source, event.id), event.json());
    if (fresh) continue;
    ++(first->second == event.json() ? script.repeated : script.contradicted);
  }
  return script;
}

}  // namespace dongbo::cli
