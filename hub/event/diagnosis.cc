#include "hub/event/diagnosis.h"

#include <vector>

#include <nlohmann/json.hpp>

#include "hub/base/in_both.h"
#include "hub/event/canonical.h"

namespace dongbo::event {
namespace {

// Follows nlohmann's parser with a path of its own, until the first trouble.
class Reader : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Reader(std::size_t depth_max) : depth_max_(depth_max) {}

  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(number_integer_t) override { return value(); }
  bool number_unsigned(number_unsigned_t) override { return value(); }
  bool number_float(number_float_t, const string_t& spelling) override {
    // A whole number that did not fit into 64 bits arrives here.
    if (spelling.find_first_of(".eE") == std::string::npos) return stop(RefusalKind::kInvalid, kTooLarge);
    return value();
  }
  bool string(string_t& text) override {
    if (path_.size() == 1 && !path_.back().array) {
      if (path_.back().token == "id") refusal_.id = text;
      if (path_.back().token == "source") refusal_.source = text;
      if (path_.back().token == "subject") refusal_.subject = text;
    }
    return value();
  }
  bool binary(binary_t&) override { return value(); }
  bool start_object(std::size_t) override { return enter(false); }
  bool start_array(std::size_t) override { return enter(true); }
  bool key(string_t& name) override {
    path_.back().token = name;
    return true;
  }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    constexpr int kNumberOverflow = 406;
    if (error.id == kNumberOverflow) return stop(RefusalKind::kInvalid, kTooLarge);
    refusal_.faults.push_back({"", in_both("không phải JSON, hỏng ở byte " + std::to_string(position),
                                           "not JSON: it breaks at byte " + std::to_string(position))});
    return false;
  }

  Refusal take() { return std::move(refusal_); }

 private:
  static constexpr const char* kTooLarge =
      "số quá lớn, hãy viết số dài dạng chuỗi / number too large: whole numbers go to 18446744073709551615, others to 1.8e308; "
      "write a longer one as text";

  struct Step {
    bool array;
    std::size_t index = 0;
    std::string token;
  };

  bool stop(RefusalKind kind, std::string detail) {
    std::string pointer;
    for (const auto& step : path_) pointer += pointer_token(step.array ? std::to_string(step.index) : step.token);
    refusal_.kind = kind;
    refusal_.faults.push_back({std::move(pointer), std::move(detail)});
    return false;
  }
  bool value() {
    if (!path_.empty()) ++path_.back().index;
    return true;
  }
  bool enter(bool array) {
    if (path_.size() == depth_max_) {
      return stop(RefusalKind::kUnreadable, in_both("lồng sâu quá " + std::to_string(depth_max_) + " tầng",
                                                    "nested deeper than " + std::to_string(depth_max_) + " levels"));
    }
    path_.push_back({array, 0, {}});
    return true;
  }
  bool leave() {
    path_.pop_back();
    return value();
  }

  std::size_t depth_max_;
  std::vector<Step> path_;
  Refusal refusal_{RefusalKind::kUnreadable, {}, {}, {}, {}};
};

}  // namespace

Refusal diagnose(std::string_view json, simdjson::error_code error, std::size_t depth_max) {
  Reader reader(depth_max);
  nlohmann::json::sax_parse(json.begin(), json.end(), &reader);
  Refusal refusal = reader.take();
  if (refusal.faults.empty())
    refusal.faults.push_back({"", in_both("không phải JSON", std::string("not JSON: ") + simdjson::error_message(error))});
  Fault& fault = refusal.faults.front();
  if (json.empty()) {
    fault = {"", "trống, sự kiện là một đối tượng JSON / empty: an event is a JSON object"};
  } else if (refusal.kind == RefusalKind::kUnreadable && !simdjson::validate_utf8(json)) {
    fault.detail += ", and the text is not UTF-8";
  } else if (error == simdjson::UNCLOSED_STRING) {
    fault.detail += ", in a string without an end";
  }
  return refusal;
}

}  // namespace dongbo::event
