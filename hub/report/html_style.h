#pragma once
#include <string>

#include "hub/report/document.h"

namespace dongbo::report {

// The style sheet of a report: the decree's page for print (one named page an annex, numbered by itself), a sheet of paper on a
// screen, and a narrow column on a phone. Holds no text of the document.
std::string html_style(const Document& document);

}  // namespace dongbo::report
