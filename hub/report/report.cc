#include "hub/report/report.h"

namespace dongbo::report {

Result<Document> make_report(Answers& answers, const Reference& reference, const ReportRequest& request) {
  DONGBO_ASSIGN(const auto facts, read_facts(answers, reference, {request.meeting, request.issuer, request.with_names}));
  return compose(request.kind, facts, reference);
}

}  // namespace dongbo::report
