#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/report/compare.h"
#include "hub/report/report.h"

namespace dongbo::report {

// The answers of the same hub as of another position.
using AnswersAt = std::function<std::unique_ptr<Answers>(const std::string& as_of)>;

// The differences of two reports of one request, each with the event that caused it: the report is made again at moments
// between the two, by halves, until one event is left. Beyond kCausesMax makings the rest stays without a cause.
inline constexpr int kCausesMax = 400;
Result<std::vector<Difference>> differences_with_causes(const Document& was, const Document& is, const Reference& reference,
                                                        const ReportRequest& request, const AnswersAt& answers_at);

// Báo cáo bổ sung: `now` with its differences to the report that was made at the position `before`.
Result<Document> supplement_of(Document now, const std::string& before, const Reference& reference, const ReportRequest& request,
                               const AnswersAt& answers_at);

}  // namespace dongbo::report
