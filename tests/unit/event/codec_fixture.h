#pragma once
#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hub/event/codec.h"
#include "tests/unit/event/english.h"

namespace dongbo::event {

// A codec over the contract's schemas, and a check-in to spoil.
class CodecTest : public testing::Test {
 protected:
  static const SchemaSet& schemas() {
    static const SchemaSet set = SchemaSet::load(DONGBO_SOURCE_DIR "/schemas/events").value();
    return set;
  }

  static nlohmann::json check_in() {
    return {{"specversion", "1.0"},
            {"id", "0000002a-7f3c"},
            {"source", "/simulated/districts/502/checkin"},
            {"type", "vn.dongbo.attendance.checked_in.v1"},
            {"subject", "meetings/QNA-2023-05-30/delegates/0007"},
            {"time", "2023-05-30T07:41:09+07:00"},
            {"datacontenttype", "application/json"},
            {"recordedtime", "2023-05-30T07:41:10+07:00"},
            {"sequence", "0000000042"},
            {"data", {{"meeting", "QNA-2023-05-30"}, {"point", "dc-502"}, {"delegate", "0007"}}}};
  }
  static nlohmann::json check_in_with(std::string_view name, const nlohmann::json& value) {
    auto event = check_in();
    event[std::string(name)] = value;
    return event;
  }
  static nlohmann::json check_in_without(std::string_view name) {
    auto event = check_in();
    event.erase(std::string(name));
    return event;
  }

  PreparedEvent accept(std::string_view json) { return accepted(codec_.decode(json), json); }
  template <std::same_as<nlohmann::json> Json>
  PreparedEvent accept(const Json& event) {
    return accept(event.dump());
  }
  static PreparedEvent accepted(Decoded decoded, std::string_view what) {
    if (const auto* refusal = std::get_if<Refusal>(&decoded)) {
      ADD_FAILURE() << refusal->faults[0].pointer << ": " << refusal->faults[0].detail << " in " << what;
      return {};
    }
    return std::get<PreparedEvent>(std::move(decoded));
  }

  Refusal refuse(std::string_view json) { return refused(codec_.decode(json), json); }
  template <std::same_as<nlohmann::json> Json>
  Refusal refuse(const Json& event) {
    return refuse(event.dump());
  }
  static Refusal refused(Decoded decoded, std::string_view what) {
    if (std::holds_alternative<PreparedEvent>(decoded)) {
      ADD_FAILURE() << "accepted: " << what.substr(0, 200);
      return {};
    }
    auto refusal = std::get<Refusal>(std::move(decoded));
    EXPECT_FALSE(refusal.faults.empty()) << what;
    EXPECT_LE(refusal.faults.size(), 20U) << what;
    return refusal;
  }

  // Refused for one thing: its pointer and detail.
  std::string fault_of(std::string_view json) {
    const auto refusal = refuse(json);
    EXPECT_EQ(refusal.faults.size(), 1U) << json.substr(0, 200);
    return refusal.faults.empty() ? "" : refusal.faults[0].pointer + ": " + english_of(refusal.faults[0].detail);
  }
  template <std::same_as<nlohmann::json> Json>
  std::string fault_of(const Json& event) {
    return fault_of(event.dump());
  }

  Codec codec_{schemas()};
};

}  // namespace dongbo::event
