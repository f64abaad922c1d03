#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "hub/base/result.h"
#include "hub/event/fault.h"

namespace simdjson::dom {
class element;
}

namespace dongbo::event {

class SchemaPlan;

// One event type: its compiled plan and how its home key is made. Owned by the SchemaSet.
class EventType {
 public:
  const std::string& name() const { return name_; }  // vn.dongbo.attendance.checked_in.v1
  const std::string& area() const { return area_; }  // attendance
  std::uint16_t number() const { return number_; }   // dense, in the order of names; not stored anywhere
  const nlohmann::json& schema() const;

  // Appends a Fault for each violation in `data`; pointers start with "/data". At most 20 faults.
  void validate(const simdjson::dom::element& data, std::vector<Fault>& faults) const;

  // validate() and home_key() in one.
  void validate(const simdjson::dom::element& data, std::vector<Fault>& faults, std::string& home_key) const;

  // The home key of valid data: the first x-home template ("{index}/{year}") whose members are all there. Empty when
  // none is: then the event is invalid and validate has said so.
  std::string home_key(const simdjson::dom::element& data) const;

  ~EventType();

 private:
  friend class SchemaSet;
  EventType();
  std::string name_;
  std::string area_;
  std::uint16_t number_ = 0;
  std::unique_ptr<nlohmann::json> schema_;
  std::unique_ptr<SchemaPlan> plan_;
  // Each alternative: literal texts and member names in turn.
  struct HomePart {
    std::string text;
    bool member = false;
  };
  std::vector<std::vector<HomePart>> home_;
  std::string home_text_;  // the templates, for people

  bool append_home_key(const simdjson::dom::element& data, std::string& key) const;
};

// All event types of schemas/events, compiled at start. Immutable afterwards: any thread may read.
class SchemaSet {
 public:
  // Reads every *.json below `directory` (schemas/events). Fails with file and JSON Pointer on an unsupported keyword,
  // a missing x-type or x-home, a pattern RE2 cannot compile, or two files for one type.
  static Result<SchemaSet> load(const std::filesystem::path& directory);
  // The same from texts (file name, JSON): for tests and for schemas linked into the program.
  static Result<SchemaSet> from_texts(const std::vector<std::pair<std::string, std::string>>& files);

  const EventType* find(std::string_view type) const;  // nullptr: unknown
  std::vector<std::string> types() const;
  // Known types of the area an unknown type names ("vn.dongbo.attendance.x" -> attendance's); all areas when none fits.
  std::vector<std::string> suggestions(std::string_view unknown_type) const;

 private:
  Result<void> add(const std::string& file, const std::string& text);
  static Result<void> read_home(const std::string& file, const nlohmann::json& schema, EventType& type);

  std::map<std::string, std::unique_ptr<EventType>, std::less<>> types_;
  std::unordered_map<std::string_view, const EventType*> by_name_;  // keys live in types_
};

}  // namespace dongbo::event
