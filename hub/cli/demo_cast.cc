#include "hub/cli/demo_cast.h"

#include <fmt/format.h>

namespace dongbo::cli {
namespace {

class Casting {
 public:
  Casting(const DemoFacts& facts, DemoRandom& random) : facts_(facts), random_(random) {}

  DemoCast run() {
    province();
    for (const auto& unit : facts_.units)
      if (unit.level == "district") district(unit);
    for (const auto& unit : facts_.units)
      if (unit.level == "commune") commune(unit);
    return std::move(cast_);
  }

 private:
  static constexpr const char* kHomeAffairs = "/provinces/49/so-noi-vu";
  static constexpr const char* kOffice = "/provinces/49/van-phong-ubnd";

  void post(const std::string& point, const std::string& unit, const std::string& composition, const std::string& position,
            const std::string& inviter) {
    const auto number = fmt::format("{:04}", ++number_);
    cast_.posts.push_back({"moi-" + number, point, unit, composition, number, position, inviter});
  }
  void group(const std::string& point, const std::string& unit, const std::string& composition, const std::string& inviter,
             std::int64_t people) {
    cast_.groups.push_back(
        {fmt::format("moi-{}-{}", point, composition), point, unit, composition, inviter, static_cast<int>(people)});
  }

  void province() {
    const auto point = point_of("49");
    post(point, "49", "chu_tri", "Lãnh đạo Ủy ban nhân dân tỉnh", kOffice);
    post(point, "bo-noi-vu", "lanh_dao_bo_noi_vu", "Lãnh đạo Bộ Nội vụ", kHomeAffairs);
    post(point, "ubmttq", "dai_dien_mttq_tinh", "Đại diện Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", kOffice);
    post(point, "van-phong-tinh-uy", "lanh_dao_vp_tinh_uy", "Đại diện lãnh đạo Văn phòng Tỉnh ủy", kOffice);
    post(point, "van-phong-ddbqh-hdnd", "lanh_dao_vp_ddbqh_hdnd_tinh", "Đại diện lãnh đạo Văn phòng Đoàn ĐBQH và HĐND tỉnh",
         kOffice);
    for (const auto& agency : facts_.agencies) {
      if (agency.kind == "department") post(point, agency.code, "thu_truong_so_ban_nganh", "Thủ trưởng " + agency.name, kOffice);
      if (agency.kind == "vertical") post(point, agency.code, "thu_truong_nganh_doc", "Thủ trưởng " + agency.name, kOffice);
    }
    group(point, "bo-noi-vu", "vu_cai_cach_hanh_chinh", kHomeAffairs, random_.between(2, 4));
    group(point, "undp", "chuyen_gia_undp", kHomeAffairs, random_.between(1, 3));
    group(point, "49", "thuong_truc_tinh_uy", kOffice, random_.between(2, 4));
    group(point, "49", "thuong_truc_hdnd_tinh", kOffice, random_.between(2, 4));
    group(point, "49", "co_quan_truyen_thong", kOffice, random_.between(8, 14));
  }

  void district(const RegisteredUnit& unit) {
    cast_.districts.push_back(unit.code);
    const auto point = point_of(unit.code);
    const auto inviter = "/districts/" + unit.code + "/ubnd";
    post(point, unit.code, "bi_thu_cap_huyen", "Bí thư cấp ủy " + unit.name, inviter);
    post(point, unit.code, "chu_tich_mttq_huyen", "Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam " + unit.name, inviter);
    post(point, unit.code, "chu_tich_ubnd_huyen", "Chủ tịch Ủy ban nhân dân " + unit.name, inviter);
    // In two districts one person holds two of the posts.
    if (unit.code == "508" || unit.code == "514") cast_.posts.back().delegate = cast_.posts[cast_.posts.size() - 3].delegate;
    post(point, unit.code, "chanh_van_phong_huyen", "Chánh Văn phòng HĐND và UBND " + unit.name, inviter);
    group(point, unit.code, "thuong_truc_hdnd_huyen", inviter, random_.between(2, 3));
    group(point, unit.code, "truong_phong_chuyen_mon", inviter, random_.between(10, 13));
    group(point, unit.code, "lanh_dao_mot_cua", inviter, random_.between(1, 2));
  }

  void commune(const RegisteredUnit& unit) {
    const auto point = point_of(unit.parent);
    const auto inviter = "/districts/" + unit.parent + "/ubnd";
    post(point, unit.code, "chu_tich_ubnd_xa", "Chủ tịch Ủy ban nhân dân " + unit.name, inviter);
    post(point, unit.code, "chu_tich_mttq_xa", "Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam " + unit.name, inviter);
  }

  const DemoFacts& facts_;
  DemoRandom& random_;
  DemoCast cast_;
  int number_ = 0;
};

}  // namespace

DemoCast cast_demo(const DemoFacts& facts, DemoRandom& random) {
  return Casting(facts, random).run();
}

}  // namespace dongbo::cli
