#include "hub/projection/attendance.h"

#include <fmt/format.h>

#include <algorithm>

#include "hub/event/timestamp.h"
#include "hub/projection/attendance_book.h"
#include "hub/projection/facts.h"

namespace dongbo::projection {
namespace {

constexpr std::size_t kAmendmentsMax = 200;  // of one scan
constexpr std::size_t kCountsMax = 1000;     // of one point and group: beyond it the oldest are forgotten
constexpr std::size_t kAliasDepthMax = 16;

std::string text(std::string_view view) {
  return std::string(view);
}

std::optional<ScanFacts::Kind> kind_of(std::string_view fact) {
  if (fact == "attendance.checked_in") return ScanFacts::kIn;
  if (fact == "attendance.checked_out") return ScanFacts::kOut;
  if (fact == "attendance.counted") return ScanFacts::kCount;
  return std::nullopt;
}

Seat seat_of(const event::DataView& data) {
  return {data.text("point"), data.text("unit"), data.text("composition")};
}

// One event being folded.
class AttendanceFold {
 public:
  AttendanceFold(const event::EntryView& event, Tables& tables)
      : event_(event), tables_(tables), stamp_(Stamp::of(event)), book_(tables, event.data.text("meeting")) {}

  Result<void> fold() {
    if (book_.meeting().empty()) return Error::poison("sự kiện không nêu hội nghị / the event names no meeting");
    const auto fact = fact_name(event_.type);
    if (const auto kind = kind_of(fact)) return scanned(*kind);
    if (fact == "attendance.corrected" || fact == "attendance.revoked") return amended(fact == "attendance.revoked");
    if (fact == "invitation.issued" || fact == "invitation.withdrawn") return invited(fact == "invitation.issued");
    if (fact == "meeting.closed") return closed();
    return registered(fact.substr(fact.find('.') + 1));
  }

 private:
  // ---- scans ----

  static ScanFacts facts_of(const event::EntryView& event, ScanFacts::Kind kind) {
    ScanFacts facts;
    facts.kind = kind;
    facts.delegate = text(event.data.text("delegate"));
    facts.seat = seat_of(event.data);
    facts.time = event.time;
    facts.headcount = event.data.integer("headcount").value_or(0);
    return facts;
  }

  Result<void> scanned(ScanFacts::Kind kind) {
    auto facts = facts_of(event_, kind);
    touch_point(facts.seat.point());
    if (kind == ScanFacts::kIn) DONGBO_TRY(came_for(facts));
    book_.set_name(facts.delegate, event_.data.text("name"), stamp_);
    auto amendments = take_ahead(event_.identity);
    if (amendments.empty()) return count(event_.identity, facts);
    ScanRow scan{{}, std::move(facts), std::move(amendments)};
    const auto now = standing(scan, event_.identity);
    tables_[kAttendanceScans].put(scan_key(event_.identity), std::move(scan));
    return recount(event_.identity, std::nullopt, now);
  }

  void touch_point(std::string_view point) {
    if (!event_.is_ahead()) book_.touch_point(point, event_.time);
  }

  // A check-in may say for whom the person came, without a registration before it.
  Result<void> came_for(const ScanFacts& facts) {
    const auto replaced = text(event_.data.text("substitute_for"));
    if (replaced.empty() || replaced == facts.delegate) return {};
    return register_as(replaced,
                       RegistrationSaid{static_cast<std::uint8_t>(RegistrationState::kDelegated), false, facts.delegate},
                       Seat("", facts.seat.unit(), facts.seat.composition()));
  }

  Result<void> amended(bool revokes) {
    const auto corrects = event_.data.object("corrects");
    Amendment amendment;
    amendment.identity = event_.identity;
    amendment.target = event::identity_of(corrects.text("source"), corrects.text("id"));
    amendment.time = event_.time;
    amendment.revokes = revokes;
    if (amendment.target == amendment.identity) return Error::poison("sự kiện tự đính chính mình / the event corrects itself");
    const auto replacement = event_.data.object("replacement");
    const auto member = [&](std::string_view name, std::optional<std::string>& into) {
      if (replacement.present() && replacement.has(name)) into = text(replacement.text(name));
    };
    member("delegate", amendment.delegate);
    member("point", amendment.point);
    member("unit", amendment.unit);
    member("composition", amendment.composition);
    if (replacement.present()) {
      amendment.happened = event::parse_timestamp(replacement.text("time"));
      amendment.headcount = replacement.integer("headcount");
    }
    if (amendment.point) touch_point(*amendment.point);
    if (amendment.delegate) book_.set_name(*amendment.delegate, replacement.text("name"), stamp_);

    auto root = amendment.target;
    for (std::size_t depth = 0;; ++depth) {
      const auto* row = tables_[kAttendanceScans].find(scan_key(root));
      if (row == nullptr || row->alias_of.none()) break;
      if (depth == kAliasDepthMax)
        return Error::poison(
            "sự kiện đính chính một đính chính của đính chính … quá 16 lớp / the event corrects a correction of a correction … "
            "more than 16 deep");
      root = row->alias_of;
    }
    if (root == amendment.identity)
      return Error::poison("sự kiện đính chính một sự kiện đang đính chính nó / the event corrects an event that corrects it");
    // Amendments of this one that came before it move to the scan as well.
    auto waiting = take_ahead(amendment.identity);
    tables_[kAttendanceScans].put(scan_key(amendment.identity), {amendment.target, std::nullopt, {}});
    DONGBO_ASSIGN(const bool has_come, bring_in(root));
    auto& scan = tables_[has_come ? kAttendanceScans : kAttendanceAhead].upsert(scan_key(root));
    if (scan.amendments.size() + waiting.size() >= kAmendmentsMax)
      return Error::poison(fmt::format(
          "sự kiện được đính chính đã có {0} lần đính chính / the event corrects one that was corrected {0} times already",
          kAmendmentsMax));
    const auto before = standing(scan, root);
    add_amendment(scan, std::move(amendment));
    for (auto& later : waiting) add_amendment(scan, std::move(later));
    return recount(root, before, standing(scan, root));
  }

  // The row of a scan that is amended for the first time is made from what the journal holds; false: it has not come, or
  // was set aside when it came.
  Result<bool> bring_in(const event::Digest& identity) {
    if (tables_[kAttendanceScans].find(scan_key(identity)) != nullptr) return true;
    std::optional<ScanFacts> said;
    DONGBO_TRY(tables_.earlier(identity, [&](const event::EntryView& event) {
      const auto kind = kind_of(fact_name(event.type));
      if (kind && event.data.text("meeting") == book_.meeting()) said = facts_of(event, *kind);
    }));
    if (!said || !is_counted(identity, *said)) return false;
    tables_[kAttendanceScans].put(scan_key(identity), {{}, std::move(said), {}});
    return true;
  }
  bool is_counted(const event::Digest& identity, const ScanFacts& facts) {
    if (facts.kind == ScanFacts::kCount) return true;
    return book_.has_scan(facts.delegate, moment_of(identity, facts));
  }
  static HeldScans::Moment moment_of(const event::Digest& identity, const ScanFacts& facts) {
    return {facts.time, HeldScans::tag_of(identity), facts.kind == ScanFacts::kOut, facts.seat};
  }

  // What was said about an event before it came.
  std::vector<Amendment> take_ahead(const event::Digest& identity) {
    const auto* ahead = tables_[kAttendanceAhead].find(scan_key(identity));
    if (ahead == nullptr) return {};
    auto amendments = ahead->amendments;
    tables_[kAttendanceAhead].erase(scan_key(identity));
    return amendments;
  }

  // Moves the scan from where it stood to where it stands now.
  Result<void> recount(const event::Digest& identity, const std::optional<ScanFacts>& before,
                       const std::optional<ScanFacts>& now) {
    if (now == before) return {};
    if (before) DONGBO_TRY(uncount(identity, *before));
    if (now) DONGBO_TRY(count(identity, *now));
    return {};
  }

  Result<void> uncount(const event::Digest& identity, const ScanFacts& facts) {
    if (facts.kind == ScanFacts::kCount)
      return change_headcount(
          facts, [&](auto& counts) { std::erase_if(counts, [&](const auto& said) { return said.identity == identity; }); });
    return book_.remove_scan(facts.delegate, moment_of(identity, facts));
  }

  Result<void> count(const event::Digest& identity, const ScanFacts& facts) {
    if (facts.kind == ScanFacts::kCount)
      return change_headcount(facts, [&](auto& counts) {
        const auto by_time = [](const auto& a, const auto& b) {
          return std::tie(a.time, a.identity) < std::tie(b.time, b.identity);
        };
        CountSaid said{identity, facts.time, facts.headcount};
        counts.insert(std::upper_bound(counts.begin(), counts.end(), said, by_time), said);
        if (counts.size() > kCountsMax) counts.erase(counts.begin());
      });
    return book_.add_scan(facts.delegate, moment_of(identity, facts));
  }

  template <class Change>
  Result<void> change_headcount(const ScanFacts& facts, Change change_counts) {
    const auto row_key = key(book_.meeting(), facts.seat.point(), facts.seat.composition());
    auto& row = tables_[kAttendanceHeadcounts].upsert(row_key);
    const auto value = [&] { return row.counts.empty() ? 0 : row.counts.back().headcount; };
    const auto before = value();
    change_counts(row.counts);
    Figures difference;
    difference.headcount = value() - before;
    if (row.counts.empty()) tables_[kAttendanceHeadcounts].erase(row_key);
    book_.add_headcount(difference, {facts.seat.point(), "", facts.seat.composition()});
    return {};
  }

  // ---- invitations ----

  Result<void> invited(bool issued) {
    const auto id = text(event_.data.text("invitation"));
    auto& row = tables_[kAttendanceInvitations].upsert(key(book_.meeting(), id));
    const auto before = row;
    if (!issued) {
      if (row.withdrawn.said() && stamp_ < row.withdrawn) return {};
      row.withdrawn = stamp_;
    } else {
      book_.set_name(event_.data.text("delegate"), event_.data.text("name"),
                     stamp_);  // also of an issue that a later one replaced
      if (row.issued.said() && stamp_ < row.issued) return {};
      row.issued = stamp_;
      row.seat = seat_of(event_.data);
      row.delegate = text(event_.data.text("delegate"));
      row.headcount = row.delegate.empty() ? event_.data.integer("headcount").value_or(0) : 0;
    }
    const auto after = row;
    const auto headcount = [&](const InvitationSeatRow& seat, int sign) {
      if (!valid(seat) || !seat.delegate.empty()) return;
      Figures figures;
      figures.invited_headcount = sign * seat.headcount;
      book_.add_headcount(figures, seat.seat);
    };
    headcount(before, -1);
    headcount(after, +1);
    if (!before.delegate.empty() && before.delegate != after.delegate)
      DONGBO_TRY(book_.change(before.delegate, [&](PersonRow& person) {
        std::erase_if(person.invitations, [&](const auto& held) { return held.invitation == id; });
      }));
    if (after.delegate.empty()) return {};
    HeldInvitation held{id, after.seat, after.issued.time, std::nullopt};
    if (!valid(after)) held.withdrawn = after.withdrawn.time;
    return book_.set_invitation(after.delegate, held);
  }

  static bool valid(const InvitationSeatRow& row) {
    return row.issued.said() && (!row.withdrawn.said() || row.withdrawn < row.issued);
  }

  // ---- registrations ----

  Result<void> registered(std::string_view fact) {
    const auto delegate = text(event_.data.text("delegate"));
    book_.set_name(delegate, event_.data.text("name"), stamp_);
    auto state = fact == "changed" ? event_.data.text("state") : fact;
    std::optional<RegistrationSaid> said;
    const auto leave = event_.data.boolean("leave").value_or(false);
    if (state == "confirmed") said = {static_cast<std::uint8_t>(RegistrationState::kConfirmed), false, ""};
    if (state == "declined") said = {static_cast<std::uint8_t>(RegistrationState::kDeclined), leave, ""};
    if (state == "delegated" || (state.empty() && event_.data.has("substitute"))) {
      said = {static_cast<std::uint8_t>(RegistrationState::kDelegated), false, text(event_.data.text("substitute"))};
      book_.set_name(said->substitute, event_.data.text("substitute_name"), stamp_);
    }
    return register_as(delegate, std::move(said), seat_of(event_.data));
  }

  Result<void> register_as(const std::string& delegate, std::optional<RegistrationSaid> said, const Seat& seat) {
    return book_.change(delegate, [&](PersonRow& person) {
      if (said) person.registration.change().set(*said, stamp_);
      if (seat != Seat()) person.registered_seat.change().set(seat, stamp_);
    });
  }

  Result<void> closed() {
    tables_[kAttendanceClosings].upsert(key(book_.meeting())).closed.set(text(event_.time_text), stamp_);
    return {};
  }

  RowKey scan_key(const event::Digest& identity) const { return key(book_.meeting(), identity.view()); }

  const event::EntryView& event_;
  Tables& tables_;
  const Stamp stamp_;
  AttendanceBook book_;
};

class Attendance final : public Projection {
 public:
  std::string_view name() const override { return "attendance"; }
  std::uint32_t version() const override { return 6; }
  bool takes(std::string_view type) const override {
    return type.starts_with("vn.dongbo.attendance.") || type.starts_with("vn.dongbo.invitation.") ||
           type.starts_with("vn.dongbo.registration.") || type.starts_with("vn.dongbo.meeting.closed.");
  }
  Tables tables(const RowStore& store) const override {
    return Tables::make(store, kAttendanceTotals, kAttendancePoints, kAttendanceCompositions, kAttendanceUnits,
                        kAttendanceArrivals, kAttendancePersons, kAttendanceAttention, kAttendanceClosings, kAttendanceScans,
                        kAttendanceHeadcounts, kAttendanceInvitations, kAttendanceCells, kAttendanceAhead,
                        kAttendanceFurtherScans);
  }
  Result<void> fold(const event::EntryView& event, Tables& tables) const override { return AttendanceFold(event, tables).fold(); }
};

}  // namespace

std::unique_ptr<Projection> make_attendance() {
  return std::make_unique<Attendance>();
}

}  // namespace dongbo::projection
