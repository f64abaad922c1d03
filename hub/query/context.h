#pragma once
#include <string>
#include <variant>
#include <vector>

#include "hub/query/catalogues.h"
#include "hub/query/listing.h"
#include "hub/query/parameters.h"
#include "hub/query/problem.h"
#include "hub/query/unit_names.h"
#include "hub/query/view.h"

namespace dongbo::query {

// What a handler gets: its request, checked, and where to read. Lives as long as the answer is made.
struct Context {
  View& view;
  const Catalogues& catalogues;
  UnitNames& unit_names;
  const Parameters& parameters;
  const std::vector<std::string>& segments;  // {"meetings","QNA-2023-05-30","attendance"}

  bool of_meeting() const { return segments.size() > 1 && segments[0] == "meetings"; }
  const std::string& meeting() const { return segments[1]; }  // REQUIRES: of_meeting()
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

// Every handler ends here, so that every answer carries its freshness: of the meeting that the path names, else of what was
// read.
Result<Reply> reply(Context& context, ObjectText body);
// An answer of items, the token of the next page, and what else `add` puts beside them.
template <class Add>
Result<Reply> reply_list(Context& context, const Listing& listing, Add add) {
  ObjectText body;
  body.raw("items", listing.json()).member("next_page_token", context.parameters.page_token(listing.next));
  add(body);
  return reply(context, std::move(body));
}
inline Result<Reply> reply_list(Context& context, const Listing& listing) {
  return reply_list(context, listing, [](ObjectText&) {});
}

}  // namespace dongbo::query
