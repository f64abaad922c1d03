#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "hub/event/fault.h"

namespace dongbo::event {

// One top-level member of a CloudEvent. Points into memory of whoever gave it.
struct Attribute {
  enum class Kind { kText, kInteger, kBoolean, kData };
  std::string_view name;
  Kind kind = Kind::kText;
  std::string_view text;
  std::int64_t integer = 0;
};

// Collects the attributes of one event, from members (structured mode) or headers (binary mode), and judges them by
// CloudEvents 1.0 and what the hub asks beyond it. begin(), add…, close(), then the rest may be asked. Keeps its
// memory from event to event: one a thread.
class Attributes {
 public:
  explicit Attributes(std::size_t text_bytes_max) : text_bytes_max_(text_bytes_max) {}

  void begin();
  void add(std::string_view name, const simdjson::dom::element& value);
  void add_header(std::string_view name, std::string_view value);
  // Sorts, sets datacontenttype, finds what stands twice and what is missing.
  void close();

  // Their places, in the order of their names' bytes.
  const std::vector<std::uint32_t>& sorted() const { return order_; }
  const Attribute& at(std::uint32_t place) const { return attributes_[place]; }
  std::vector<Fault>& faults() { return faults_; }
  const simdjson::dom::element* data() const { return has_data_ ? &data_ : nullptr; }
  // Empty: missing or not text.
  std::string_view id() const { return known_[kId]; }
  std::string_view source() const { return known_[kSource]; }
  std::string_view type() const { return known_[kType]; }
  std::string_view subject() const { return known_[kSubject]; }

 private:
  // What CloudEvents or the hub gives a meaning of its own; all are texts.
  enum Known {
    kId,
    kSource,
    kType,
    kSpecVersion,
    kTime,
    kSubject,
    kContentType,
    kRecordedTime,
    kSequence,
    kOtherText,
    kKnownCount
  };

  // What was found out about a name. Publishers mostly send the same names in the same order, so what was found out about those
  // of one event is kept for the next: of decoding a tenth.
  struct Name {
    std::string text;
    std::uint64_t prefix = 0;  // of the text, see words.h
    std::optional<Known> known;
  };

  static std::optional<Known> find_known(std::string_view name, std::uint64_t prefix);
  bool is_expected(std::string_view name) const;
  bool name_is_good(std::string_view name);
  void add_text(std::string_view name, std::string_view value, bool known_to_be_utf8);
  void judge_text(std::string_view name, std::string_view value);
  void judge_known(Known known, std::string_view name, std::string_view value);
  void judge_time(std::string_view name, std::string_view value);
  void judge_content_type(std::string_view value);
  const Name& push(const Attribute& attribute);
  void sort();
  void say_repeated();
  void say_missing();
  void fault(std::string_view name, std::string detail);

  const std::size_t text_bytes_max_;
  std::vector<Attribute> attributes_;
  std::vector<Name> names_;           // of attributes_; behind them, those of the event before
  std::vector<std::uint32_t> order_;  // places in names_, sorted by name
  bool order_holds_ = true;           // names_ have not changed since it was made
  bool names_are_unique_ = true;
  std::vector<Fault> faults_;
  std::string_view known_[kKnownCount];
  std::uint32_t seen_ = 0;  // one bit a Known
  simdjson::dom::element data_;
  bool has_data_ = false;
};

}  // namespace dongbo::event
