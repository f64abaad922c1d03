#pragma once
#include <string>

#include <rapidcheck.h>
#include <nlohmann/json.hpp>

namespace dongbo::event {

// Draws for properties over JSON; each `*rc::gen` inside shrinks. Call within a property only.
inline int pick(int count) {
  return *rc::gen::inRange(0, count);
}

inline std::string pick_text() {
  static const std::string kTexts[] = {"", "a", "ab", "b1", "Đ", "ĐĐĐ", "xyz", "2023-05-30", "a\nb", "\"\\/", "😀", "\x01\x7f"};
  return kTexts[pick(12)];
}

inline std::string pick_name() {
  static const std::string kNames[] = {"a", "b", "cc", "đ", "a/b~", ""};
  return kNames[pick(6)];
}

// Whole numbers as integers, others as halves: see the note on the oracle in event_plan.cc.
inline nlohmann::json pick_value(int depth) {
  switch (pick(depth > 0 ? 8 : 6)) {
    case 0:
      return nullptr;
    case 1:
      return pick(2) == 0;
    case 2:
      return pick(9) - 4;
    case 3:
      return pick(9) - 3.5;
    case 4:
    case 5:
      return pick_text();
    case 6: {
      auto array = nlohmann::json::array();
      for (int i = pick(4); i > 0; --i) array.push_back(pick_value(depth - 1));
      return array;
    }
    default: {
      auto object = nlohmann::json::object();
      for (int i = pick(4); i > 0; --i) object[pick_name()] = pick_value(depth - 1);
      return object;
    }
  }
}

}  // namespace dongbo::event
