#pragma once
#include <string>
#include <vector>

namespace dongbo::event {

// One thing that is wrong with an event: a JSON Pointer (RFC 6901) into the structured event ("" = the whole) and what
// is wrong and what would be right, Vietnamese first and English beside it; the doors put it into RFC 9457 problem bodies.
struct Fault {
  std::string pointer;
  std::string detail;
};

// Why an event was refused; decides the quarantine's reason and the HTTP answer.
enum class RefusalKind { kUnreadable, kInvalid, kUnknownType };

struct Refusal {
  RefusalKind kind = RefusalKind::kInvalid;
  std::vector<Fault> faults;  // at least one, at most 20
  std::string id;             // what could be read of the identity, for lists; may be empty
  std::string source;
  std::string subject;
};

}  // namespace dongbo::event
