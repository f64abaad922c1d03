#include "hub/report/child_process.h"

#include <gtest/gtest.h>

namespace dongbo::report {
namespace {

ChildProgram shell(std::string script) {
  ChildProgram program;
  program.path = "/bin/sh";
  program.arguments = {"-c", std::move(script)};
  program.environment = {"PATH=/usr/bin:/bin"};
  program.time_limit = std::chrono::seconds(20);
  return program;
}

TEST(RunProgram, GivesWhatTheProgramMakesOfTheInput) {
  const std::string input(300'000, 'a');
  EXPECT_EQ(run_program(shell("cat"), input).value(), input);
  EXPECT_EQ(run_program(shell("tr a b"), "aca").value(), "bcb");
  EXPECT_EQ(run_program(shell("true"), "").value(), "");
}

TEST(RunProgram, HandsDownNothingButTheGivenEnvironmentAndThreeStreams) {
  auto program = shell("echo $HOME$SECRET; ls /proc/self/fd | wc -l");
  program.environment.emplace_back("SECRET=x");
  EXPECT_EQ(run_program(program, "").value(), "x\n4\n");  // and the directory that ls reads
}

TEST(RunProgram, AFailureTellsWhatTheProgramSaid) {
  const auto result = run_program(shell("echo partly; echo 'no such font' >&2; exit 3"), "");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().error_class, ErrorClass::kFatal);
  EXPECT_NE(result.error().message.find("code 3: no such font"), std::string::npos) << result.error().message;
  EXPECT_NE(run_program(shell("kill -9 $$"), "").error().message.find("signal 9"), std::string::npos);
}

TEST(RunProgram, AMissingProgramIsNotFound) {
  auto program = shell("");
  program.path = "/usr/bin/no-such-program";
  EXPECT_EQ(run_program(program, "").error().error_class, ErrorClass::kNotFound);
}

TEST(RunProgram, IsStoppedWithItsChildrenAtTheTimeLimit) {
  auto program = shell("sleep 30 & sleep 30");
  program.time_limit = std::chrono::milliseconds(200);
  const auto begin = std::chrono::steady_clock::now();
  const auto result = run_program(program, "");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().error_class, ErrorClass::kTransient);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15));
}

TEST(RunProgram, CannotWriteMoreThanItMay) {
  auto program = shell("sleep 0.2; head -c 100000 /dev/zero");
  program.output_bytes_max = 1000;
  EXPECT_FALSE(run_program(program, ""));
}

}  // namespace
}  // namespace dongbo::report
