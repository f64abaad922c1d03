#include "hub/query/query.h"

#include <fmt/format.h>
#include <xxhash.h>

#include "hub/query/moment.h"
#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

Answer problem_answer(const Problem& problem, const View& view) {
  return {problem.status, problem.body(), view.position(), {}};
}

std::string etag_of(const std::string& body) {
  const auto hash = XXH3_128bits(body.data(), body.size());
  return fmt::format("\"{:016x}{:016x}\"", hash.high64, hash.low64);
}

// Binds page tokens: segments may hold slashes, so the path alone would not do.
std::string binding_of(const Request& request) {
  std::string out;
  for (const auto& segment : request.segments) out.append(segment).push_back('\0');
  return out;
}

}  // namespace

Answer QueryEngine::answer(const Request& request) const {
  View view(shards_);
  const auto* route = find_route(request.segments);
  if (route == nullptr) {
    return problem_answer(
        Problem::not_found(fmt::format(
            "không có đường dẫn {0}; các đường dẫn ở /openapi.yaml / no such path: {0}; the paths are in /openapi.yaml",
            request.path)),
        view);
  }
  const auto parameters = Parameters::read(request.parameters, binding_of(request), route->paged, route->parameters);
  if (const auto* problem = std::get_if<Problem>(&parameters)) return problem_answer(*problem, view);
  for (const auto& segment : request.segments) {
    // Keys join their parts with zero bytes; no identifier holds one.
    if (segment.find('\0') != std::string::npos) {
      return problem_answer(
          Problem::not_found("một tên trong đường dẫn có ký tự rỗng (U+0000) / a name in the path holds a zero character"), view);
    }
  }
  const auto moment = moment_of(std::get<Parameters>(parameters), shards_);
  if (!moment) return problem_answer(Problem::failed(moment.error()), view);
  if (const auto* problem = std::get_if<Problem>(&*moment)) return problem_answer(*problem, view);
  if (const auto& past = std::get<std::optional<Moment>>(*moment)) view.look_at(*past);
  Context context{view, catalogues_, unit_names_, std::get<Parameters>(parameters), request.segments};
  auto replied = route->handler(context);
  if (!replied) return problem_answer(Problem::failed(replied.error()), view);
  if (const auto* problem = std::get_if<Problem>(&*replied)) return problem_answer(*problem, view);
  Answer out;
  out.body = std::get<std::string>(std::move(*replied));
  out.position = view.position();
  out.etag = etag_of(out.body);
  return out;
}

}  // namespace dongbo::query
