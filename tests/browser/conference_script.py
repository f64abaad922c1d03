"""A conference day as a list of CloudEvents: what the mock hub plays to the page.

Everything is simulated and says so. The units are those of schemas/catalogues, the people are numbers; the same seed
gives the same day. Awkward cases are placed by hand where the tests look for them: a person at two points, a withdrawn
invitation with a person present, a stranger, a substitute, a lost line, a gap in one source's sequence.
"""

import csv
import datetime
import json
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ROOT / "schemas" / "catalogues"
MEETING = "QNA-2023-05-30"
TITLE = (
    "Hội nghị trực tuyến phân tích, đánh giá kết quả Chỉ số SIPAS, Chỉ số PAR INDEX, Chỉ số PAPI năm 2022 "
    "của tỉnh Quảng Nam"
)
ZONE = datetime.timezone(datetime.timedelta(hours=7))
DAY = datetime.datetime(2023, 5, 30, tzinfo=ZONE)

# Groups of one seat a district, and groups that are only counted.
DISTRICT_SEATS = ["bi_thu_cap_huyen", "thuong_truc_hdnd_huyen", "chu_tich_mttq_huyen", "chu_tich_ubnd_huyen",
                  "chanh_van_phong_huyen"]
DISTRICT_COUNTED = {"truong_phong_chuyen_mon": 12, "lanh_dao_mot_cua": 2}
PROVINCE_SEATS = {"chu_tri": 1, "lanh_dao_bo_noi_vu": 1, "vu_cai_cach_hanh_chinh": 2, "chuyen_gia_undp": 2,
                  "thuong_truc_tinh_uy": 3, "thuong_truc_hdnd_tinh": 3, "dai_dien_mttq_tinh": 1,
                  "lanh_dao_vp_tinh_uy": 1, "lanh_dao_vp_ddbqh_hdnd_tinh": 1, "thu_truong_so_ban_nganh": 20,
                  "thu_truong_nganh_doc": 5}
PROVINCE_COUNTED = {"co_quan_truyen_thong": 10}


def at(hour, minute=0, second=0, days=0):
    return DAY + datetime.timedelta(days=days, hours=hour, minutes=minute, seconds=second)


class Script:
    def __init__(self, seed=20230530):
        self.random = random.Random(seed)
        self.events = []
        self.sequences = {}

    def add(self, when, source, fact, subject, data, identity=None, gap=False):
        sequence = self.sequences.get(source, 0) + (2 if gap else 1)
        self.sequences[source] = sequence
        self.events.append({
            "specversion": "1.0",
            "id": identity or f"{fact}-{sequence:06d}",
            "source": source,
            "type": f"vn.dongbo.{fact}.v1",
            "subject": subject,
            "time": when.isoformat(),
            "datacontenttype": "application/json",
            "sequence": f"{sequence:010d}",
            "data": data,
        })


def index_events():
    """The province's figures with their source and quality, as the catalogues hold them."""
    script = Script()
    components = list(csv.DictReader((CATALOGUES / "facts" / "index_components.csv").open(encoding="utf-8")))
    own = [("PAR INDEX", "PAR-876", "80.91", 57, 63, "derived", "par_index_2022.csv"),
           ("SIPAS", "SIPAS-2022", "74.56", 61, 63, "derived", "sipas_2022.csv"),
           ("PAPI", "PAPI-2022", "42.2377", 31, 61, "computed", "papi_2022.csv")]
    for index, method, score, rank, population, quality, file in own:
        subject = f"indexes/{index}/2022/units/49"
        script.add(at(0, days=-41), "/publishers/index", "index.published", subject,
                   {"index": index, "year": 2022, "method": method, "unit": "49", "score": score, "rank": rank,
                    "population": population, "quality": quality, "origin": f"schemas/catalogues/facts/{file}"})
        for row in components:
            if row["index"] != index or row["year"] != "2022" or row["unit_code"] != "49" or "." in row["component"]:
                continue
            data = {"index": index, "year": 2022, "method": method, "unit": "49", "component": row["component"],
                    "score": row["score"], "quality": row["quality"], "origin": row["source"]}
            if row["max"]:
                data["max"] = row["max"]
            if row["rank"]:
                data["rank"] = int(row["rank"])
            script.add(at(0, days=-41), "/publishers/index", "index.published", subject, data)
    return script.events


PAPERS = [("tl-01", "so-tai-chinh", "PAR INDEX", "Cải cách tài chính công"),
          ("tl-02", "so-tu-phap", "PAR INDEX", "Cải cách thể chế"),
          ("tl-03", "502", "SIPAS", "Tiếp nhận, giải quyết ý kiến góp ý, phản ánh, kiến nghị"),
          ("tl-04", "so-y-te", "PAPI", "Cung ứng dịch vụ công")]


def plan_papers(script, meeting):
    """All are asked for; the last one never comes."""
    for number, (paper, unit, index, topic) in enumerate(PAPERS):
        about, source = f"meetings/{MEETING}/papers/{paper}", f"/simulated/provinces/49/{unit}"
        base = {**meeting, "paper": paper, "unit": unit}
        script.add(at(8, 30, days=-13), "/simulated/provinces/49/so-noi-vu", "paper.requested", about,
                   {**base, "topic": f"Tham luận mô phỏng: {topic}", "index": index, "due": "2023-05-25"})
        if number < 3:
            script.add(at(14, number, days=-6), source, "paper.submitted", about, base)
        if number < 2:
            script.add(at(9, number, days=-3), "/simulated/provinces/49/so-noi-vu", "paper.approved", about, base)


def questions(meeting):
    """Questions of the morning: some answered, some passed on, some only received."""
    asked = [("517", "nguoi_dan", "SIPAS", "answered"), ("515", "doanh_nghiep", "SIPAS", "routed"),
             ("509", "dai_bieu", "PAR INDEX", "answered"), ("518", "doanh_nghiep", "PAR INDEX", "submitted"),
             ("507", "chuyen_gia", "PAPI", "submitted"), ("503", "dai_bieu", "PAPI", "routed")]
    out = []
    for number, (unit, group, index, end) in enumerate(asked, start=1):
        feedback = f"yk-{number:02d}"
        about, source = f"meetings/{MEETING}/feedback/{feedback}", "/simulated/feedback"
        base = {**meeting, "feedback": feedback, "unit": unit}
        out.append((at(8, 40 + number), source, "feedback.submitted", about,
                    {**base, "from": group, "index": index, "point": f"dc-{unit}",
                     "text": f"Ý kiến mô phỏng số {number:02d} về cách giải quyết hồ sơ", "author": "Người góp ý mô phỏng"}))
        if end != "submitted":
            out.append((at(8, 50 + number), source, "feedback.routed", about,
                        {**base, "to": "van-phong-ubnd", "due": "2023-06-15"}))
        if end == "answered":
            out.append((at(9, 20 + number), source, "feedback.answered", about, {**base, "text": "Trả lời mô phỏng"}))
    return out


def conference():
    """The day's events in the order in which they reach the hub."""
    script = Script()
    rng = script.random
    units = list(csv.DictReader((CATALOGUES / "facts" / "units.csv").open(encoding="utf-8")))
    districts = [unit for unit in units if unit["level"] == "district"]
    meeting = {"meeting": MEETING}
    script.add(at(0, days=-14), "/provinces/49/ubnd", "meeting.planned", f"meetings/{MEETING}",
               {**meeting, "title": TITLE, "organiser": "49", "chair": "Lãnh đạo Ủy ban nhân dân tỉnh",
                "day": "2023-05-30", "mode": "online"})
    points = [("dc-49", "province", "49", "Điểm cầu tỉnh", "Hội trường số 2 (tầng 2), Văn phòng UBND tỉnh")]
    for unit in districts:
        name = unit["name_vi"][0].lower() + unit["name_vi"][1:]
        points.append((f"dc-{unit['code']}", "district", unit["code"], f"Điểm cầu {name}",
                       f"Phòng họp trực tuyến UBND {name}"))
    for point, level, unit, name, place in points:
        script.add(at(0, days=-14), "/provinces/49/ubnd", "meeting.point_planned", f"meetings/{MEETING}/points/{point}",
                   {**meeting, "point": point, "level": level, "unit": unit, "name": name, "place": place})

    def sender(unit):
        return f"/simulated/provinces/{unit}/so-noi-vu" if unit == "49" else f"/simulated/districts/{unit}/ubnd"

    delegates = []

    def invite(point, unit, home, composition, headcount=None):
        number = f"{len(script.events):05d}"
        data = {**meeting, "invitation": f"gm-{number}", "point": point, "unit": unit, "composition": composition}
        if headcount:
            data["headcount"] = headcount
        else:
            delegate = f"{len(delegates) + 1:04d}"
            data |= {"delegate": delegate, "name": f"Đại biểu mô phỏng {delegate}"}
            delegates.append({"delegate": delegate, "point": point, "unit": unit, "home": home,
                              "composition": composition, "invitation": data["invitation"]})
        script.add(at(9, days=-8), sender(home), "invitation.issued",
                   f"meetings/{MEETING}/invitations/{data['invitation']}", data)

    for composition, seats in PROVINCE_SEATS.items():
        for _ in range(seats):
            invite("dc-49", "49", "49", composition)
    for composition, people in PROVINCE_COUNTED.items():
        invite("dc-49", "49", "49", composition, people)
    for unit in districts:
        code = unit["code"]
        for composition in DISTRICT_SEATS:
            invite(f"dc-{code}", code, code, composition)
        for composition, people in DISTRICT_COUNTED.items():
            invite(f"dc-{code}", code, code, composition, people)
        for commune in (row for row in units if row["parent_code"] == code):
            invite(f"dc-{code}", commune["code"], code, "chu_tich_ubnd_xa")
            invite(f"dc-{code}", commune["code"], code, "chu_tich_mttq_xa")

    plan_papers(script, meeting)

    def seat(person):
        return {**meeting, "delegate": person["delegate"], "point": person["point"], "unit": person["unit"],
                "composition": person["composition"]}

    def about(person):
        return f"meetings/{MEETING}/delegates/{person['delegate']}"

    coming = []
    for person in delegates:
        chance = rng.random()
        base = {**seat(person), "invitation": person["invitation"]}
        if chance < 0.06:
            script.add(at(10, days=-5), sender(person["home"]), "registration.declined", about(person),
                       {**base, "leave": chance < 0.045, "reason": "công tác"})
        elif chance < 0.11:
            substitute = f"{person['delegate']}-thay"
            script.add(at(10, days=-5), sender(person["home"]), "registration.delegated", about(person),
                       {**base, "substitute": substitute, "substitute_name": f"Đại biểu mô phỏng {substitute}"})
            coming.append({**person, "delegate": substitute})
        else:
            if chance < 0.9:
                script.add(at(10, days=-5), sender(person["home"]), "registration.confirmed", about(person), base)
            if chance < 0.97:
                coming.append(person)

    timed = []  # what happens on the day, sorted by time afterwards
    codes = ["49"] + [unit["code"] for unit in districts]
    for number, code in enumerate(codes):
        point = f"dc-{code}"
        technicians = f"/simulated/points/{code}/ky-thuat"

        def ready(when, point=point, source=technicians, **state):
            timed.append((when, source, "readiness.reported", f"meetings/{MEETING}/points/{point}",
                          {**meeting, "point": point, **state}))

        good = {"line": "connected", "sound": "ok", "picture": "ok", "power": "ok"}
        ready(at(6, 30 + number % 7), **{**good, "line": "connecting", "sound": "unknown"})
        ready(at(6, 45 + number % 13), **good)
        if code == "504":
            ready(at(7, 48), **{**good, "line": "disconnected", "picture": "failed"})
            ready(at(8, 6), **{**good, "picture": "degraded"})
        if code == "516":
            ready(at(7, 35), **{**good, "line": "connecting", "power": "degraded"})
        counted = PROVINCE_COUNTED if code == "49" else DISTRICT_COUNTED
        for composition, people in counted.items():
            for when, part in ((at(7, 50), 0.7), (at(8, 15), 0.92)):
                timed.append((when, f"/simulated/points/{code}/checkin", "attendance.counted",
                              f"meetings/{MEETING}/points/{point}",
                              {**meeting, "point": point, "composition": composition,
                               "headcount": min(people, max(1, round(people * part + rng.random())))}))
    for person in coming:
        minute = min(max(rng.gauss(41, 11), 5), 100)
        when = at(7) + datetime.timedelta(seconds=round(minute * 60 + rng.random() * 60))
        code = person["point"].removeprefix("dc-")
        timed.append((when, f"/simulated/points/{code}/checkin", "attendance.checked_in", about(person),
                      {**seat(person), "method": "qr"}))
        if rng.random() < 0.03:
            leave = when + datetime.timedelta(minutes=rng.randint(20, 90))
            timed.append((leave, f"/simulated/points/{code}/checkin", "attendance.checked_out", about(person),
                          {**meeting, "delegate": person["delegate"], "point": person["point"]}))
    double = next(person for person in coming if person["point"] == "dc-507")
    timed.append((at(7, 55), "/simulated/points/508/checkin", "attendance.checked_in", about(double),
                  {**seat(double), "point": "dc-508", "method": "qr"}))
    withdrawn = next(person for person in coming if person["point"] == "dc-511")
    timed.append((at(7, 10), sender("511"), "invitation.withdrawn",
                  f"meetings/{MEETING}/invitations/{withdrawn['invitation']}",
                  {**meeting, "invitation": withdrawn["invitation"], "reason": "thay đổi thành phần"}))
    timed.append((at(7, 58), "/simulated/points/503/checkin", "attendance.checked_in",
                  f"meetings/{MEETING}/delegates/khach-01",
                  {**meeting, "delegate": "khach-01", "point": "dc-503", "unit": "503", "composition": "khach_moi_khac"}))
    timed.append((at(8), "/simulated/provinces/49/ubnd", "meeting.opened", f"meetings/{MEETING}", dict(meeting)))
    timed += questions(meeting)
    for number in (1, 2, 3):
        timed.append((at(9, 4 + 11 * number), "/simulated/provinces/49/so-noi-vu", "paper.presented",
                      f"meetings/{MEETING}/papers/tl-0{number}", {**meeting, "paper": f"tl-0{number}", "point": "dc-49"}))
    timed.append((at(11, 20), "/simulated/provinces/49/ubnd", "conclusion.issued",
                  f"meetings/{MEETING}/conclusions/kl-01", {**meeting, "conclusion": "kl-01", "text": "mô phỏng"}))
    timed.append((at(11, 30), "/simulated/provinces/49/ubnd", "meeting.closed", f"meetings/{MEETING}", dict(meeting)))
    timed.sort(key=lambda entry: entry[0])
    gap_at = next(i for i, entry in enumerate(timed) if entry[1].endswith("/513/checkin") and entry[0] > at(7, 40))
    for number, (when, source, fact, subject, data) in enumerate(timed):
        script.add(when, source, fact, subject, data, gap=number == gap_at)
    return script.events


def planning_length(events):
    """How many events come before the day itself."""
    return next(i for i, event in enumerate(events) if event["type"] == "vn.dongbo.readiness.reported.v1")


if __name__ == "__main__":
    for event in conference():
        print(json.dumps(event, ensure_ascii=False))
