#include "hub/projection/seat.h"

#include "hub/event/json_text.h"
#include "hub/projection/row_key.h"

namespace dongbo::projection {

Seat::Seat(std::string_view point, std::string_view unit, std::string_view composition)
    : joined_(key(point, unit, composition).view()) {}

std::string_view Seat::part(int number) const {
  auto rest = joined();
  for (; number > 0; --number) rest.remove_prefix(rest.find('\0') + 1);
  return rest.substr(0, rest.find('\0'));
}

void Seat::encode(std::string& out) const {
  for (const auto part : {point(), unit(), composition()}) put_string(out, part);
}

void Seat::decode(ByteReader& in) {
  const auto point = in.string();
  const auto unit = in.string();
  *this = Seat(point, unit, in.string());
}

void Seat::append_json(std::string& out) const {
  event::append_json(out.append("{\"point\":"), point());
  event::append_json(out.append(",\"unit\":"), unit());
  event::append_json(out.append(",\"composition\":"), composition());
  out.push_back('}');
}

}  // namespace dongbo::projection
