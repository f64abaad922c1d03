#include "hub/service/problem.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "hub/event/json_text.h"

namespace dongbo::service {

void append_faults(std::string& out, const std::vector<event::Fault>& faults) {
  out.push_back('[');
  for (std::size_t i = 0; i < faults.size(); ++i) {
    out.append(i == 0 ? "{\"pointer\":" : ",{\"pointer\":");
    event::append_json(out, faults[i].pointer);
    out.append(",\"detail\":");
    event::append_json(out, faults[i].detail);
    out.push_back('}');
  }
  out.push_back(']');
}

std::string problem_body(const ProblemKind& kind, std::string_view detail, const ProblemExtras& extras) {
  auto out = fmt::format(R"({{"type":"urn:dongbo:problem:{}","title":)", kind.name);
  event::append_json(out, kind.title);
  out.append(fmt::format(R"(,"status":{},"detail":)", kind.status));
  event::append_json(out, detail);
  if (!extras.members.empty()) {
    out.push_back(',');
    out.append(extras.members);
  }
  if (!extras.errors.empty()) {
    out.append(",\"errors\":");
    append_faults(out, extras.errors);
  }
  out.push_back('}');
  return out;
}

HttpResponse problem(const ProblemKind& kind, std::string_view detail, const ProblemExtras& extras) {
  HttpResponse response;
  response.status = kind.status;
  response.content_type = "application/problem+json";
  response.body = problem_body(kind, detail, extras);
  if (kind.status == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

HttpResponse invalid_parameter(std::string pointer, std::string detail) {
  ProblemExtras extras;
  extras.errors.push_back({std::move(pointer), detail});
  return problem(problems::kInvalid, detail, extras);
}

std::optional<HttpResponse> unknown_parameter(const HttpRequest& request, std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : request.target.parameters)
    if (std::find(known.begin(), known.end(), name) == known.end())
      return invalid_parameter(
          "/" + name, fmt::format("không có tham số này; có: / unknown parameter; known here: {}", fmt::join(known, ", ")));
  return std::nullopt;
}

}  // namespace dongbo::service
