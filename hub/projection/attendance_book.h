#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "hub/projection/attendance.h"
#include "hub/projection/further_scans.h"

namespace dongbo::projection {

// The persons and counters of one meeting while one event is folded: whoever changes a person here moves the difference
// it makes into every counter, and tells the substitute and those he stands for. Lives as long as the event.
class AttendanceBook {
 public:
  AttendanceBook(Tables& tables, std::string_view meeting)
      : tables_(tables), meeting_(meeting), further_scans_(tables, meeting_) {}

  const std::string& meeting() const { return meeting_; }
  const PersonRow* person(std::string_view delegate) { return tables_[kAttendancePersons].find(key(meeting_, delegate)); }

  // Poison error: no delegate is named, or he would stand for too many.
  template <class Change>
  Result<void> change(const std::string& delegate, Change apply) {
    if (delegate.empty()) return Error::poison("sự kiện không nêu đại biểu / the event names no delegate");
    change_one(delegate, apply);
    return spread(delegate);
  }
  // Poison error: no delegate is named, or too many invitations name him.
  Result<void> set_invitation(const std::string& delegate, const HeldInvitation& invitation);
  // Poison error: no delegate is named, or he was scanned at too many places.
  Result<void> add_scan(const std::string& delegate, const HeldScans::Moment& scan);
  Result<void> remove_scan(const std::string& delegate, const HeldScans::Moment& scan);
  bool has_scan(std::string_view delegate, const HeldScans::Moment& scan);
  // A name is not counted anywhere.
  void set_name(std::string_view delegate, std::string_view name, const Stamp& stamp);

  void add_headcount(const Figures& figures, const Seat& seat);
  // An attendance event at `time` named the point.
  void touch_point(std::string_view point, Millis time);

 private:
  template <class Change>
  void change_one(const std::string& delegate, Change apply) {
    auto& person = tables_[kAttendancePersons].upsert(key(meeting_, delegate));
    if (person.counts_nothing()) {  // mostly he is new
      apply(person);
      count_difference(delegate, {}, person);
    } else {
      const PersonRow before = person;
      apply(person);
      count_difference(delegate, Standing::of(before), person);
    }
  }
  // What a row counts for, before it changes. Its names lie in that row, which must stay.
  struct Standing {
    static Standing of(const PersonRow& person);
    PersonView view;
    Contribution counted;
    std::string_view substitute;
  };
  void count_difference(const std::string& delegate, const Standing& before, const PersonRow& person);
  Result<void> spread(const std::string& delegate);
  // A row without anything is no row: the same facts in another order leave the same rows.
  void erase_if_empty(const TableSpec<FiguresRow>& table, std::string_view row_key, const FiguresRow& row);
  void change_figures(const TableSpec<FiguresRow>& table, std::string_view row_key, FigureSet before, FigureSet after);
  void difference(const TableSpec<FiguresRow>& table, const NamedFigures& before, const NamedFigures& after);
  void difference_of_cells(const Contribution& before, const Contribution& after);
  void arrive(const std::optional<Millis>& moment, int sign);
  void attend(std::string_view kind, std::string_view delegate, bool before, bool now, const PersonView& view_before,
              const PersonView& view);

  Tables& tables_;
  const std::string meeting_;
  FurtherScans further_scans_;
  std::set<std::string> left_substitutes_;  // of the person just changed
};

}  // namespace dongbo::projection
