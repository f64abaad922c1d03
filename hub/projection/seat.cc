#include "hub/projection/seat.h"

namespace dongbo::projection {

Seat::Seat(std::string_view point, std::string_view unit, std::string_view composition)
    : unit_at_(static_cast<std::uint32_t>(point.size() + 1)),
      composition_at_(static_cast<std::uint32_t>(unit_at_ + unit.size() + 1)) {
  joined_.reserve(composition_at_ + composition.size());
  joined_.insert(joined_.end(), point.begin(), point.end());
  joined_.push_back('\0');
  joined_.insert(joined_.end(), unit.begin(), unit.end());
  joined_.push_back('\0');
  joined_.insert(joined_.end(), composition.begin(), composition.end());
}

void Seat::encode(std::string& out) const {
  for (const auto part : {point(), unit(), composition()}) put_string(out, part);
}

void Seat::decode(ByteReader& in) {
  const auto point = in.string();
  const auto unit = in.string();
  *this = Seat(point, unit, in.string());
}

nlohmann::ordered_json Seat::to_json() const {
  return {{"point", point()}, {"unit", unit()}, {"composition", composition()}};
}

}  // namespace dongbo::projection
