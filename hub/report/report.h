#pragma once
#include <string>

#include "hub/report/answers.h"
#include "hub/report/compose.h"

namespace dongbo::report {

struct ReportRequest {
  std::string meeting;
  Kind kind = Kind::kBaoCao;
  bool with_names = false;  // delegates by name in the annexes that list them; the caller answers for the right to it
  std::string issuer;       // code of the body that reports; "": the organiser
};

// Asks, composes and seals: the whole way from answers to a document. Errors as read_facts.
Result<Document> make_report(Answers& answers, const Reference& reference, const ReportRequest& request);

}  // namespace dongbo::report
