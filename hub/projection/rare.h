#pragma once
#include <memory>
#include <string>

#include "hub/base/record_codec.h"
#include "hub/projection/row_json.h"

namespace dongbo::projection {

// A member that many rows do without: what it takes of such a row is a pointer. Stored and shown as its value, and copied
// with it. T: what is made without arguments is empty() and stands for all that are.
template <class T>
class Rare {
 public:
  Rare() = default;
  Rare(const Rare& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(const Rare& other) {
    if (this != &other) *this = Rare(other);
    return *this;
  }
  Rare& operator=(Rare&&) noexcept = default;

  const T& operator*() const {
    static const T none;
    return value_ ? *value_ : none;
  }
  const T* operator->() const { return &**this; }
  T& change() {
    if (!value_) value_ = std::make_unique<T>();
    return *value_;
  }

  void encode(std::string& out) const { record_codec::write(out, **this); }
  void decode(ByteReader& in) {
    T value;
    record_codec::read(in, value);
    value_ = value.empty() ? nullptr : std::make_unique<T>(std::move(value));
  }
  void append_json(std::string& out) const { projection::append_json(out, **this); }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace dongbo::projection
