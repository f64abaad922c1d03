#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/container/small_vector.hpp>

#include "hub/base/ids.h"
#include "hub/base/record_codec.h"
#include "hub/projection/held_scans.h"
#include "hub/projection/latest.h"
#include "hub/projection/rare.h"

namespace dongbo::projection {

// The figures of a meeting, a point, a composition group or a unit. Persons, but for the two headcounts.
// `awaited` becomes absent_without_leave from the closing of the meeting on.
struct Figures {
  std::int64_t invited = 0;
  std::int64_t registered = 0;
  std::int64_t present = 0;
  std::int64_t checked_in = 0;
  std::int64_t checked_out = 0;
  std::int64_t invited_headcount = 0;
  std::int64_t headcount = 0;
  std::int64_t absent_with_leave = 0;
  std::int64_t awaited = 0;
  std::int64_t substitutes = 0;
  std::int64_t at_two_points = 0;
  std::int64_t not_invited = 0;

  bool operator==(const Figures&) const = default;
  static void fields(auto& row, auto&& visit) {
    visit("invited", row.invited);
    visit("registered", row.registered);
    visit("present", row.present);
    visit("checked_in", row.checked_in);
    visit("checked_out", row.checked_out);
    visit("invited_headcount", row.invited_headcount);
    visit("headcount", row.headcount);
    visit("absent_with_leave", row.absent_with_leave);
    visit("awaited", row.awaited);
    visit("substitutes", row.substitutes);
    visit("at_two_points", row.at_two_points);
    visit("not_invited", row.not_invited);
  }
};
// into += sign * by
void add(Figures& into, const Figures& by, int sign);

// An invitation as the invited person's row holds it.
struct HeldInvitation {
  std::string invitation;
  Seat seat;
  std::optional<Millis> issued;
  std::optional<Millis> withdrawn;  // nullopt: valid

  // Did it hold at `moment`?
  bool valid_at(Millis moment) const { return issued && *issued <= moment && (!withdrawn || moment < *withdrawn); }
  bool valid() const { return issued && !withdrawn; }
  bool operator==(const HeldInvitation&) const = default;
  static void fields(auto& row, auto&& visit) {
    visit("invitation", row.invitation);
    visit("seat", row.seat);
    visit("issued", row.issued);
    visit("withdrawn", row.withdrawn);
  }
};

enum class RegistrationState : std::uint8_t { kNone = 0, kConfirmed = 1, kDeclined = 2, kDelegated = 3 };
struct RegistrationSaid {
  std::uint8_t state = 0;  // RegistrationState
  bool leave = false;
  std::string substitute;
  static void fields(auto& row, auto&& visit) {
    visit("state", row.state);
    visit("leave", row.leave);
    visit("substitute", row.substitute);
  }
};

// A seat that this person takes for another: what of the other one's row counts for the substitute.
struct TakenSeat {
  Seat seat;
  std::vector<HeldInvitation> invitations;
  bool operator==(const TakenSeat&) const = default;
  static void fields(auto& row, auto&& visit) {
    visit("seat", row.seat);
    visit("invitations", row.invitations);
  }
};

// Everything known of one person in one meeting. Key: meeting, delegate.
// At most 200 seats of scans, 100 invitations, 100 delegates he stands for: the next one is refused (poison).
struct PersonRow {
  HeldScans scans;                          // of many only those that decide; in front, for each further scan looks at them alone
  Rare<Latest<std::string>> name;           // x-personal
  std::vector<HeldInvitation> invitations;  // by invitation
  Rare<Latest<RegistrationSaid>> registration;
  Rare<Latest<Seat>> registered_seat;
  Rare<std::map<std::string, TakenSeat>> stands_for;  // delegates whose latest registration names this person
  bool substitute_came = false;                       // of this person's own substitute

  bool counts_nothing() const {
    return scans.empty() && invitations.empty() && registration->empty() && registered_seat->empty() && stands_for->empty();
  }
  bool says_nothing() const { return counts_nothing() && name->empty(); }

  static void fields(auto& row, auto&& visit) {
    visit("name", row.name);
    visit("scans", row.scans);
    visit("invitations", row.invitations);
    visit("registration", row.registration);
    visit("registered_seat", row.registered_seat);
    visit("stands_for", row.stands_for);
    visit("substitute_came", row.substitute_came);
  }
};

// Few names, sorted, each once; they lie in the row they were taken from.
using NameList = boost::container::small_vector<std::string_view, 4>;

// What a row comes to: the rules of attendance, in one place. Pure; its names point into the row, which must stay.
struct PersonView {
  bool invited = false;
  bool registered = false;
  bool checked_in = false;   // ever
  bool checked_out = false;  // ever
  bool present = false;      // in and not out, at some point
  bool absent_with_leave = false;
  bool awaited = false;     // invited, not come, no substitute come, no leave
  bool replaced = false;    // the substitute came
  bool substitute = false;  // came for another
  bool at_two_points = false;
  bool not_invited = false;  // came, and no invitation held at that time
  bool withdrawn_but_present = false;
  std::optional<Millis> first_in;
  std::optional<Millis> last_out;
  NameList scanned_points;  // where checked in
  NameList present_points;
  NameList out_points;
  NameList points;        // where expected or scanned
  NameList compositions;  // of valid invitations and of scans
  NameList units;
};
PersonView view_of(const PersonRow& person);

// Which figures one person adds to a counter: of one person each is 0 or 1.
class FigureSet {
 public:
  enum Bit : std::uint16_t {
    kInvited = 1 << 0,
    kRegistered = 1 << 1,
    kPresent = 1 << 2,
    kCheckedIn = 1 << 3,
    kCheckedOut = 1 << 4,
    kAbsentWithLeave = 1 << 5,
    kAwaited = 1 << 6,
    kSubstitutes = 1 << 7,
    kAtTwoPoints = 1 << 8,
    kNotInvited = 1 << 9,
  };
  void set(Bit bit, bool on = true) { bits_ = static_cast<std::uint16_t>(on ? bits_ | bit : bits_ & ~bit); }
  bool has(Bit bit) const { return (bits_ & bit) != 0; }
  bool empty() const { return bits_ == 0; }
  FigureSet both(FigureSet other) const { return FigureSet(bits_ & other.bits_); }
  FigureSet either(FigureSet other) const { return FigureSet(bits_ | other.bits_); }
  FigureSet without(FigureSet other) const { return FigureSet(bits_ & ~other.bits_); }
  bool operator==(const FigureSet&) const = default;

  FigureSet() = default;

 private:
  explicit FigureSet(int bits) : bits_(static_cast<std::uint16_t>(bits)) {}
  std::uint16_t bits_ = 0;
};
// into += sign * by
void add(Figures& into, FigureSet by, int sign);

// The sets of one person at his points, groups or units: few, sorted by name. The names lie in the person's row.
class NamedFigures {
 public:
  using Item = std::pair<std::string_view, FigureSet>;
  FigureSet& operator[](std::string_view name);
  FigureSet at(std::string_view name) const;  // empty when it is not there
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  bool empty() const { return items_.empty(); }

 private:
  boost::container::small_vector<Item, 4> items_;
};

// The figures that one person adds: to the total, and once to each of his points, groups and units. The row must stay.
struct Contribution {
  FigureSet total;
  NamedFigures points;
  NamedFigures compositions;
  NamedFigures units;
};
Contribution contribution(const PersonRow& person, const PersonView& view);

}  // namespace dongbo::projection
