#pragma once
#include <string>
#include <utility>
#include <variant>

#include "hub/base/assert.h"

namespace dongbo {

// What the caller does next decides the class of an error.
enum class ErrorClass {
  kTransient,  // retry with backoff: a busy broker, a full queue
  kConflict,   // read again and decide again
  kPoison,     // this input never works: set it aside and go on
  kFatal,      // stop this task cleanly: a broken disk, a wrong directory
  kNotFound,   // what was asked for is not there
};

// An error as a value: its class and a message, Vietnamese first, that says what, where (file, shard, offset) and what to do.
struct Error {
  ErrorClass error_class = ErrorClass::kFatal;
  std::string message;

  static Error transient(std::string message) { return {ErrorClass::kTransient, std::move(message)}; }
  static Error conflict(std::string message) { return {ErrorClass::kConflict, std::move(message)}; }
  static Error poison(std::string message) { return {ErrorClass::kPoison, std::move(message)}; }
  static Error fatal(std::string message) { return {ErrorClass::kFatal, std::move(message)}; }
  static Error not_found(std::string message) { return {ErrorClass::kNotFound, std::move(message)}; }
};

// A value or an Error, with std::expected's method names so that it can become std::expected (C++23) one day.
// [[nodiscard]]: an error is dropped only by naming it (`ignore`).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & {
    DONGBO_ASSERT(has_value());
    return std::get<0>(state_);
  }
  const T& value() const& {
    DONGBO_ASSERT(has_value());
    return std::get<0>(state_);
  }
  T&& value() && {
    DONGBO_ASSERT(has_value());
    return std::get<0>(std::move(state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& {
    DONGBO_ASSERT(!has_value());
    return std::get<1>(state_);
  }
  Error&& error() && {
    DONGBO_ASSERT(!has_value());
    return std::get<1>(std::move(state_));
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), failed_(true) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const { return !failed_; }
  explicit operator bool() const { return has_value(); }
  const Error& error() const {
    DONGBO_ASSERT(failed_);
    return error_;
  }

 private:
  Error error_;
  bool failed_ = false;
};

// Drops a result on purpose; `reason` is for the reader.
template <class T>
void ignore(const Result<T>& /*result*/, const char* /*reason*/) {}

}  // namespace dongbo

#define DONGBO_CONCAT_INNER(a, b) a##b
#define DONGBO_CONCAT(a, b) DONGBO_CONCAT_INNER(a, b)
// DONGBO_TRY(expr): returns the error of a Result<void>-like expression from the calling function.
#define DONGBO_TRY(expression)                                                                                              \
  do {                                                                                                                      \
    if (auto dongbo_try_result = (expression); !dongbo_try_result.has_value()) return std::move(dongbo_try_result).error(); \
  } while (false)
// DONGBO_ASSIGN(auto x, expr): assigns the value or returns the error.
#define DONGBO_ASSIGN_INNER(temporary, target, expression)         \
  auto temporary = (expression);                                   \
  if (!temporary.has_value()) return std::move(temporary).error(); \
  target = std::move(temporary).value()
#define DONGBO_ASSIGN(target, expression) DONGBO_ASSIGN_INNER(DONGBO_CONCAT(dongbo_assign_, __LINE__), target, expression)
