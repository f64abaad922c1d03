#pragma once
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "hub/query/catalogues.h"
#include "hub/query/listing.h"
#include "hub/query/parameters.h"
#include "hub/query/problem.h"
#include "hub/query/view.h"

namespace dongbo::query {

// What a handler gets: its request, checked, and where to read. Lives as long as the answer is made.
struct Context {
  View& view;
  const Catalogues& catalogues;
  const Parameters& parameters;
  const std::vector<std::string>& segments;  // {"meetings","QNA-2023-05-30","attendance"}

  const std::string& meeting() const { return segments[1]; }
};

// JSON text, or the problem to answer with. A Result's error is a reading that failed.
using Reply = std::variant<std::string, Problem>;
using Handler = Result<Reply> (*)(Context& context);

inline Reply not_found(std::string detail) {
  return Problem::not_found(std::move(detail));
}
inline Reply invalid_parameter(std::string pointer, std::string detail) {
  return Problem::invalid({{std::move(pointer), std::move(detail)}});
}

// Every handler ends here, so that every answer carries its freshness: of the view, when the body has none yet.
Reply reply(Context& context, Json body);
Reply reply_list(Context& context, Listing listing, Json more = Json::object());  // `more`: members after the items
std::string dump(const Json& json);

}  // namespace dongbo::query
