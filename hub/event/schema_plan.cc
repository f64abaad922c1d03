#include "hub/event/schema_plan.h"

#include <fmt/format.h>

#include <cmath>

#include "hub/base/in_both.h"
#include "hub/event/canonical.h"
#include "hub/event/timestamp.h"
#include "hub/event/words.h"

namespace dongbo::event {

using simdjson::dom::element;
using simdjson::dom::element_type;

// One judgement of one value. Without `faults` it stops at the first violation; with them it goes on and says each.
class SchemaJudge {
 public:
  SchemaJudge(const SchemaPlan& plan, std::vector<Fault>* faults, std::string pointer)
      : plan_(plan), faults_(faults), pointer_(std::move(pointer)) {}

  bool judge(plan::NodeIndex index, const element& value) {
    const plan::Node& node = plan_.nodes_[static_cast<std::size_t>(index)];
    if (node.never) return fail("không được có ở đây / not allowed here");
    const element_type type = value.type();
    // A value of a wrong type gets that one fault; what the other keywords would say about it is noise.
    if (node.types != 0 && !type_fits(node.types, type, value)) {
      return fail(plan::wrong_type(node.types));
    }
    bool good = true;
    if (node.ref != plan::kNone) good = judge(node.ref, value);
    if (go_on(good) && node.allowed) good &= judge_allowed(*node.allowed, value);
    if (go_on(good)) good &= judge_by_type(node, type, value);
    if (go_on(good) && !node.any_of.empty()) good &= judge_any_of(node.any_of, value);
    if (go_on(good) && !node.one_of.empty()) good &= judge_one_of(node.one_of, value);
    return good;
  }

 private:
  bool go_on(bool good) const { return good || (faults_ != nullptr && faults_->size() < SchemaPlan::kFaultsMax); }

  bool fail(std::string detail) {
    if (faults_ != nullptr && faults_->size() < SchemaPlan::kFaultsMax) faults_->push_back({pointer_, std::move(detail)});
    return false;
  }
  // The same for texts that take work to make: nothing is made when nobody reads it.
  template <class MakeDetail>
  bool fail_with(MakeDetail make_detail) {
    return faults_ == nullptr ? false : fail(make_detail());
  }

  static bool type_fits(std::uint8_t types, element_type type, const element& value) {
    switch (type) {
      case element_type::NULL_VALUE:
        return (types & plan::kNull) != 0;
      case element_type::BOOL:
        return (types & plan::kBoolean) != 0;
      case element_type::OBJECT:
        return (types & plan::kObject) != 0;
      case element_type::ARRAY:
        return (types & plan::kArray) != 0;
      case element_type::STRING:
        return (types & plan::kString) != 0;
      case element_type::INT64:
      case element_type::UINT64:
        return (types & (plan::kNumber | plan::kInteger)) != 0;
      case element_type::DOUBLE: {
        if ((types & plan::kNumber) != 0) return true;
        const double number = value.get_double().value_unsafe();
        return (types & plan::kInteger) != 0 && std::trunc(number) == number;  // 1.0 is an integer
      }
    }
    return false;
  }

  bool judge_by_type(const plan::Node& node, element_type type, const element& value) {
    switch (type) {
      case element_type::STRING:
        return !node.string || judge_string(*node.string, value.get_string().value_unsafe());
      case element_type::OBJECT:
        return !node.object || judge_object(*node.object, value.get_object().value_unsafe());
      case element_type::ARRAY:
        return !node.array || judge_array(*node.array, value.get_array().value_unsafe());
      case element_type::INT64:
        return !node.number || judge_number(*node.number, static_cast<long double>(value.get_int64().value_unsafe()));
      case element_type::UINT64:
        return !node.number || judge_number(*node.number, static_cast<long double>(value.get_uint64().value_unsafe()));
      case element_type::DOUBLE:
        return !node.number || judge_number(*node.number, static_cast<long double>(value.get_double().value_unsafe()));
      case element_type::BOOL:
      case element_type::NULL_VALUE:
        break;
    }
    return true;
  }

  bool judge_string(const plan::StringRules& rules, std::string_view text) {
    bool good = true;
    // A character takes one to four bytes: mostly the bytes alone decide.
    if (text.size() > rules.length_max || text.size() < rules.length_min * 4) {
      const std::size_t length = count_characters(text);
      if (length < rules.length_min) {
        good = fail_with([&] {
          return in_both(fmt::format("cần ít nhất {} ký tự", rules.length_min),
                         fmt::format("needs at least {} characters", rules.length_min));
        });
      } else if (length > rules.length_max) {
        good = fail_with([&] {
          return in_both(fmt::format("có {} ký tự, tối đa {}", length, rules.length_max),
                         fmt::format("has {} characters, at most {} are allowed", length, rules.length_max));
        });
      }
    }
    if (go_on(good) && rules.pattern && !rules.pattern->matches(text)) {
      good = fail_with([&] { return in_both("phải khớp mẫu", "must match " + rules.pattern->text()); });
    }
    if (go_on(good)) good &= judge_format(rules.format, text);
    return good;
  }

  bool judge_format(plan::Format format, std::string_view text) {
    switch (format) {
      case plan::Format::kAny:
        return true;
      case plan::Format::kDateTime:
        return parse_timestamp(text) ||
               fail("phải là ngày giờ kèm múi giờ như 2023-05-30T07:41:09+07:00 / must be a date and time with a zone");
      case plan::Format::kDate:
        return is_date(text) || fail("phải là ngày như 2023-05-30 / must be a calendar day");
      case plan::Format::kUriReference:
        return is_uri_reference(text) || fail("phải là URI hoặc tham chiếu tương đối / must be a URI or a relative reference");
    }
    return true;
  }

  bool judge_number(const plan::NumberRules& rules, long double number) {
    if (rules.minimum && number < *rules.minimum) {
      return fail_with([&] {
        return in_both("nhỏ nhất là " + number_text(*rules.minimum), "must be at least " + number_text(*rules.minimum));
      });
    }
    if (rules.maximum && number > *rules.maximum) {
      return fail_with([&] {
        return in_both("lớn nhất là " + number_text(*rules.maximum), "must be at most " + number_text(*rules.maximum));
      });
    }
    return true;
  }

  static std::string number_text(long double number) {
    std::string out;
    append_number(out, static_cast<double>(number));
    return out;
  }

  bool judge_array(const plan::ArrayRules& rules, const simdjson::dom::array& array) {
    bool good = true;
    std::size_t count = 0;
    const std::size_t length = pointer_.size();
    for (const element item : array) {
      if (rules.items != plan::kNone) {
        if (faults_ != nullptr) pointer_.append("/").append(std::to_string(count));
        good &= judge(rules.items, item);
        pointer_.resize(length);
        if (!go_on(good)) return false;
      }
      ++count;
    }
    if (count < rules.count_min) {
      good = fail_with([&] {
        return in_both(fmt::format("cần ít nhất {} mục", rules.count_min),
                       fmt::format("needs at least {} items", rules.count_min));
      });
    } else if (count > rules.count_max) {
      good = fail_with([&] {
        return in_both(fmt::format("có {} mục, tối đa {}", count, rules.count_max),
                       fmt::format("has {} items, at most {} are allowed", count, rules.count_max));
      });
    }
    return good;
  }

  bool judge_object(const plan::ObjectRules& rules, const simdjson::dom::object& object) {
    bool good = true;
    std::uint64_t seen = 0;
    const std::size_t length = pointer_.size();
    for (const auto& [name, value] : object) {
      const plan::Property* const property = rules.find(name);
      plan::NodeIndex node = rules.additional;
      if (property != nullptr) {
        seen |= property->required;
        if (property->node != plan::kNone) node = property->node;
      }
      if (node == plan::kNone) continue;
      if (faults_ != nullptr) pointer_.append(pointer_token(name));
      good &= judge(node, value);
      pointer_.resize(length);
      if (!go_on(good)) return false;
    }
    if ((seen & rules.required_mask) == rules.required_mask) return good;
    return say_missing(rules, seen);
  }

  bool say_missing(const plan::ObjectRules& rules, std::uint64_t seen) {
    if (faults_ == nullptr) return false;
    const std::size_t length = pointer_.size();
    for (const auto& property : rules.properties) {
      if (property.required == 0 || (seen & property.required) != 0) continue;
      pointer_.append(pointer_token(property.name));
      fail("thiếu / is missing");
      pointer_.resize(length);
    }
    return false;
  }

  bool judge_allowed(const std::vector<std::string>& allowed, const element& value) {
    thread_local CanonicalWriter writer;
    thread_local std::string text;
    text.clear();
    if (writer.append(text, value)) {
      for (const auto& one : allowed) {
        if (one == text) return true;
      }
    }
    return fail_with([&] {
      std::string detail = allowed.size() == 1 ? "phải là / must be " : "phải là một trong / must be one of ";
      for (std::size_t i = 0; i < allowed.size(); ++i) detail.append(i == 0 ? "" : ", ").append(allowed[i]);
      return detail;
    });
  }

  bool fits_silently(plan::NodeIndex index, const element& value) const {
    return SchemaJudge(plan_, nullptr, "").judge(index, value);
  }

  bool judge_any_of(const std::vector<plan::NodeIndex>& forms, const element& value) {
    for (const auto form : forms) {
      if (fits_silently(form, value)) return true;
    }
    return say_none_fits(forms, value);
  }

  bool judge_one_of(const std::vector<plan::NodeIndex>& forms, const element& value) {
    std::size_t fitting = 0;
    for (const auto form : forms) fitting += fits_silently(form, value) ? 1 : 0;
    if (fitting == 1) return true;
    if (fitting > 1)
      return fail("hợp nhiều dạng mà chỉ một dạng được nhận / fits more than one of the forms of which exactly one is allowed");
    return say_none_fits(forms, value);
  }

  bool say_none_fits(const std::vector<plan::NodeIndex>& forms, const element& value) {
    return fail_with([&] {
      std::string detail = "không hợp dạng nào được nhận / fits none of the allowed forms:";
      for (std::size_t i = 0; i < forms.size(); ++i) {
        std::vector<Fault> reasons;
        SchemaJudge(plan_, &reasons, "").judge(forms[i], value);
        detail.append(i == 0 ? " " : "; hoặc / or ");
        if (!reasons.empty())
          detail.append(reasons[0].pointer).append(reasons[0].pointer.empty() ? "" : " ").append(reasons[0].detail);
      }
      return detail;
    });
  }

  const SchemaPlan& plan_;
  std::vector<Fault>* faults_;
  std::string pointer_;
};

const plan::Property* plan::ObjectRules::find(std::string_view name) const {
  if (name.size() + 1 >= starts.size()) return nullptr;
  const std::uint64_t prefix = words::prefix(name);
  for (auto i = starts[name.size()]; i < starts[name.size() + 1]; ++i) {
    if (words::equal(properties[i].prefix, properties[i].name, prefix, name)) return &properties[i];
  }
  return nullptr;
}

std::string plan::wrong_type(std::uint8_t types) {
  struct Name {
    Type type;
    std::string_view vietnamese, english;
  };
  constexpr Name kNames[] = {{kString, "chuỗi", "text"},
                             {kInteger, "số nguyên", "an integer"},
                             {kNumber, "số", "a number"},
                             {kBoolean, "true hoặc false", "true or false"},
                             {kObject, "đối tượng", "an object"},
                             {kArray, "mảng", "an array"},
                             {kNull, "null", "null"}};
  std::string vietnamese, english;
  for (const auto& name : kNames) {
    if ((types & name.type) == 0) continue;
    vietnamese.append(vietnamese.empty() ? "phải là " : " hoặc ").append(name.vietnamese);
    english.append(english.empty() ? "must be " : " or ").append(name.english);
  }
  return in_both(vietnamese, english);
}

bool SchemaPlan::valid(const element& value) const {
  return SchemaJudge(*this, nullptr, "").judge(0, value);
}

void SchemaPlan::explain(const element& value, std::string pointer, std::vector<Fault>& faults) const {
  SchemaJudge(*this, &faults, std::move(pointer)).judge(0, value);
}

}  // namespace dongbo::event
