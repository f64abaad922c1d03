#include "hub/cli/demo_facts.h"

#include <fstream>

#include "hub/cli/csv_table.h"
#include "hub/cli/demo_figures.h"

namespace dongbo::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kAsOf = "2023-04-10";  // the register's state: in force on the conference day
const char* const kAsOfNote =
    "hiện trạng ngày 10/4/2023; ngày thành lập chưa ghi / state of 10 April 2023; the day of founding is not recorded";

Result<Json> read_json(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error::fatal("không đọc được / cannot read " + file.string());
  auto parsed = Json::parse(in, nullptr, false);
  if (parsed.is_discarded()) return Error::fatal(file.string() + " không phải JSON / is not JSON");
  return parsed;
}

std::string text(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

DemoEvent established(const RegisteredUnit& unit, const std::string& source, const std::string& note) {
  DemoEvent event;
  event.id = "u-" + unit.code;
  event.source = source;
  event.fact = "unit.established";
  event.subject = "units/" + unit.code;
  event.time = event.sent = vietnam(2023, 4, 10);
  event.data = {{"unit", unit.code}, {"code", unit.code}, {"name", unit.name}, {"level", unit.level}, {"kind", unit.kind}};
  if (!unit.parent.empty()) event.data["parent"] = unit.parent;
  event.data["valid_from"] = kAsOf;
  if (!note.empty()) event.data["note"] = note;
  return event;
}

Result<void> load_units(const std::filesystem::path& catalogues, DemoFacts& facts) {
  DONGBO_ASSIGN(const auto provinces, CsvTable::read(catalogues / "facts" / "provinces.csv"));
  DONGBO_ASSIGN(const auto units, CsvTable::read(catalogues / "facts" / "units.csv"));
  DONGBO_ASSIGN(const auto agencies, read_json(catalogues / "agencies.json"));
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto cell = [&](const char* column) { return units.cell(i, column); };
    facts.units.push_back({cell("code"), cell("name_vi"), cell("level"), cell("kind"), cell("parent_code")});
    facts.events.push_back(established(facts.units.back(), "/provinces/49/so-noi-vu", cell("note")));
  }
  for (std::size_t i = 0; i < provinces.size(); ++i) {
    const RegisteredUnit unit{provinces.cell(i, "code"), provinces.cell(i, "name_vi"), "province", provinces.cell(i, "kind"), ""};
    if (unit.code != "49") facts.events.push_back(established(unit, "/publishers/gso", kAsOfNote));
  }
  if (!agencies.is_object() || !agencies.contains("agencies"))
    return Error::fatal("agencies.json không nêu cơ quan nào / agencies.json names no agencies");
  for (const auto& agency : agencies["agencies"]) {
    RegisteredUnit unit{text(agency, "code"), text(agency, "name"), "agency", text(agency, "kind"), text(agency, "parent")};
    auto event = established(unit, "/provinces/49/so-noi-vu", kAsOfNote);
    event.data.erase("code");  // the official code was not found
    facts.events.push_back(std::move(event));
    unit.kind = text(agency, "group");
    facts.agencies.push_back(std::move(unit));
  }
  // Guests from outside the province that the plan names.
  for (const auto& guest :
       {RegisteredUnit{"bo-noi-vu", "Bộ Nội vụ", "central", "bộ", ""},
        RegisteredUnit{"undp", "Chương trình Phát triển Liên Hợp Quốc (UNDP) tại Việt Nam", "other", "tổ chức quốc tế", ""}}) {
    auto event = established(guest, "/provinces/49/so-noi-vu", kAsOfNote);
    event.data.erase("code");
    facts.events.push_back(std::move(event));
  }
  return {};
}

Result<void> load_groups(const std::filesystem::path& catalogues, DemoFacts& facts) {
  DONGBO_ASSIGN(const auto groups, read_json(catalogues / "compositions.json"));
  if (!groups.is_object() || !groups.contains("compositions"))
    return Error::fatal("compositions.json không nêu nhóm nào / compositions.json names no groups");
  for (const auto& group : groups["compositions"])
    (text(group, "where") == "district" ? facts.district_groups : facts.province_groups).push_back(text(group, "code"));
  return {};
}

DemoEvent of_plan(std::string id, std::string fact, std::string subject, Json data) {
  DemoEvent event;
  event.id = std::move(id);
  event.source = "/provinces/49/ubnd";
  event.fact = std::move(fact);
  event.subject = std::move(subject);
  event.time = event.sent = vietnam(2023, 5, 16);  // the plan's file is called 1605
  event.data = {{"meeting", kDemoMeeting}};
  event.data.update(data);
  return event;
}

// "Thành phố Tam Kỳ" -> "thành phố Tam Kỳ", as inside a sentence.
std::string lower_kind(const std::string& name) {
  if (name.starts_with("Thành phố")) return "t" + name.substr(1);
  if (name.starts_with("Thị xã")) return "t" + name.substr(1);
  if (name.starts_with("Huyện")) return "h" + name.substr(1);
  return name;
}

void load_plan(DemoFacts& facts) {
  const std::string meeting = std::string("meetings/") + kDemoMeeting;
  const char* const hall = "Hội trường số 2 (tầng 2), Văn phòng Ủy ban nhân dân tỉnh";
  facts.events.push_back(of_plan("kh-hoi-nghi", "meeting.planned", meeting,
                                 {{"title",
                                   "Hội nghị trực tuyến phân tích, đánh giá kết quả Chỉ số SIPAS, Chỉ số PAR INDEX, Chỉ số PAPI "
                                   "năm 2022 của tỉnh Quảng Nam"},
                                  {"organiser", "49"},
                                  {"chair", "Lãnh đạo Ủy ban nhân dân tỉnh"},
                                  {"day", "2023-05-30"},
                                  {"mode", "online"},
                                  {"place", hall},
                                  {"basis", {"Quyết định số 3532/QĐ-UBND ngày 23/12/2022"}},
                                  {"indexes", {"SIPAS", "PAR INDEX", "PAPI"}},
                                  {"purpose",
                                   "Phân tích, đánh giá cụ thể kết quả, làm rõ những tồn tại, hạn chế, điểm yếu trong công tác "
                                   "cải cách hành chính và các Chỉ số PAR INDEX, SIPAS, PAPI năm 2022 của tỉnh Quảng Nam."}}));
  facts.events.push_back(of_plan("kh-noi-dung", "meeting.agenda_set", meeting,
                                 {{"items",
                                   {{{"order", 1},
                                     {"title",
                                      "Đánh giá kết quả, phân tích những tồn tại, hạn chế đối với các Chỉ số PAR INDEX, SIPAS, "
                                      "PAPI của tỉnh năm 2022; khuyến nghị, định hướng, giải pháp cải thiện"}},
                                    {{"order", 2}, {"title", "Báo cáo tham luận của các Sở, ngành và các đơn vị, địa phương"}}}},
                                  {"note", "kế hoạch không nêu giờ / the plan gives no times"}}));
  int order = 0;
  for (const auto& unit : facts.units) {
    if (unit.level != "province" && unit.level != "district") continue;
    const bool province = unit.level == "province";
    const auto point = point_of(unit.code);
    const auto name = lower_kind(unit.name);
    facts.events.push_back(of_plan("kh-" + point, "meeting.point_planned", meeting + "/points/" + point,
                                   {{"point", point},
                                    {"level", unit.level},
                                    {"unit", unit.code},
                                    {"name", province ? "Điểm cầu tỉnh" : "Điểm cầu " + name},
                                    {"place", province ? hall : "Phòng họp trực tuyến Ủy ban nhân dân " + name},
                                    {"order", ++order},
                                    {"compositions", province ? facts.province_groups : facts.district_groups}}));
  }
}

}  // namespace

Result<DemoFacts> load_demo_facts(const std::filesystem::path& catalogues) {
  DemoFacts facts;
  DONGBO_TRY(load_units(catalogues, facts));
  DONGBO_TRY(load_groups(catalogues, facts));
  DONGBO_TRY(load_index_figures(catalogues / "facts", facts.events));
  load_plan(facts);
  return facts;
}

}  // namespace dongbo::cli
