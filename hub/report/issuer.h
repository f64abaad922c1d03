#pragma once
#include <string>

#include "hub/report/document.h"
#include "hub/report/facts.h"
#include "hub/report/reference.h"

namespace dongbo::report {

// The body that issues the paper, as Nghị định 30/2020/NĐ-CP writes it. Where the registry does not know it, a place to
// fill in stands there: nothing is guessed.
struct Issuer {
  std::string name;       // in a sentence: "Ủy ban nhân dân tỉnh Quảng Nam"
  std::string parent;     // "ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM"; empty: none
  std::string symbol;     // "UBND"
  std::string place;      // "Quảng Nam"
  std::string addressee;  // the body above, when the report goes to one
  Signature signature;    // without a name
  bool known = false;
};
Issuer issuer_of(const Facts& facts, const Reference& reference);

// The last of the recipients: where the paper is kept.
std::string filing_of(const Issuer& issuer);
// Letterhead of a paper of this body: type_symbol "BC", type "BÁO CÁO".
Letterhead letterhead_of(const Issuer& issuer, std::string_view type_symbol, std::string_view type, std::string subject);

// The meeting in a sentence: "Hội nghị trực tuyến …"; its identifier when no title is known.
std::string title_of(const Facts& facts);

}  // namespace dongbo::report
