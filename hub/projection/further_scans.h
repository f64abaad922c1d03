#pragma once
#include <string_view>

#include "hub/projection/held_scans.h"
#include "hub/projection/projection.h"

namespace dongbo::projection {

// The scans that a person's row does not hold (see HeldScans), a row for each person, seat and way: written without being
// read, for mostly nobody asks for them again. Only when a deciding scan is taken back, or a person is scanned out for the
// first time, does one of them count. Lives as long as the event being folded.
class FurtherScans {
 public:
  // Both must outlive it.
  FurtherScans(Tables& tables, std::string_view meeting) : tables_(tables), meeting_(meeting) {}

  // Each keeps `held`, the scans in the person's row, with what is said here: together they are all his scans, and what
  // `held` has follows from those alone.
  void add(std::string_view delegate, HeldScans& held, const HeldScans::Moment& scan);
  void remove(std::string_view delegate, HeldScans& held, const HeldScans::Moment& scan);  // one such, if there is one
  // The same as add() of a scan that repeats one, of a seat that has others: the person's row stays as it is.
  void append(std::string_view delegate, const HeldScans::Moment& scan);
  bool has(std::string_view delegate, const HeldScans& held, const HeldScans::Moment& scan);

 private:
  RowKey key_of(std::string_view delegate, const Seat& seat, bool out) const;
  void bring_in(std::string_view delegate, HeldScans& held, const Seat& seat, bool out);

  Tables& tables_;
  const std::string_view meeting_;
};

}  // namespace dongbo::projection
