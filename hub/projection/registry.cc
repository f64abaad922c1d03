#include "hub/projection/registry.h"

#include "hub/projection/attendance.h"
#include "hub/projection/budget.h"
#include "hub/projection/commitments.h"
#include "hub/projection/conclusions.h"
#include "hub/projection/feedback.h"
#include "hub/projection/indexes.h"
#include "hub/projection/invitations.h"
#include "hub/projection/meetings.h"
#include "hub/projection/papers.h"
#include "hub/projection/points.h"
#include "hub/projection/readiness.h"
#include "hub/projection/registrations.h"
#include "hub/projection/sources.h"
#include "hub/projection/surveys.h"
#include "hub/projection/units.h"

namespace dongbo::projection {

std::vector<std::unique_ptr<Projection>> all_projections() {
  std::vector<std::unique_ptr<Projection>> out;
  out.push_back(make_units());
  out.push_back(make_meetings());
  out.push_back(make_points());
  out.push_back(make_invitations());
  out.push_back(make_registrations());
  out.push_back(make_attendance());
  out.push_back(make_readiness());
  out.push_back(make_papers());
  out.push_back(make_budget());
  out.push_back(make_feedback());
  out.push_back(make_surveys());
  out.push_back(make_indexes());
  out.push_back(make_conclusions());
  out.push_back(make_commitments());
  out.push_back(make_sources());
  return out;
}

}  // namespace dongbo::projection
