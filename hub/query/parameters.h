#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hub/query/problem.h"

namespace dongbo::query {

// A query parameter that a path knows: its name and what is wrong with a value (nullopt: nothing).
struct ParameterSpec {
  std::string_view name;
  std::optional<std::string> (*check)(std::string_view value) = nullptr;  // nullptr: any text
};

std::optional<std::string> check_position(std::string_view value);
std::optional<std::string> check_position_or_time(std::string_view value);
std::optional<std::string> check_time(std::string_view value);
std::optional<std::string> check_level(std::string_view value);
std::optional<std::string> check_quarantine_state(std::string_view value);
std::optional<std::string> check_quarantine_reason(std::string_view value);

inline constexpr std::size_t kPageSizeDefault = 100;
inline constexpr std::size_t kPageSizeMax = 1000;

// The parameters of one request, checked: none that the path does not know, none twice wrong. An empty value is the same
// as an absent parameter.
class Parameters {
 public:
  // `path` binds page tokens to what was listed; `paged`: does the path know page_size and page_token?
  static std::variant<Parameters, Problem> read(const std::map<std::string, std::string>& given, std::string_view path,
                                                bool paged, const std::vector<ParameterSpec>& known);

  const std::string& text(std::string_view name) const;  // empty: not given
  bool has(std::string_view name) const { return !text(name).empty(); }

  std::size_t page_size() const { return page_size_; }
  const std::string& after() const { return after_; }     // the cursor in the token; empty: from the start
  std::string page_token(std::string_view cursor) const;  // a token that reads on after `cursor`; empty for an empty one

 private:
  std::map<std::string, std::string, std::less<>> values_;
  std::size_t page_size_ = kPageSizeDefault;
  std::string after_;
  std::string binding_;  // the path and the filters
};

}  // namespace dongbo::query
