"""A conference as large as it gets, as CloudEvents: many points, thousands of delegates, everybody checking in. Simulated."""

import json

from conference_script import CATALOGUES

MEETING = "DONG-2023-05-30"


def conference(points, delegates):
    """(what is known before the day, one check-in for each delegate in the order of arrival)."""
    groups = [row["code"] for row in json.loads((CATALOGUES / "compositions.json").read_text(encoding="utf-8"))["compositions"]]

    def event(number, fact, subject, time, source, data):
        return {"specversion": "1.0", "id": f"dong-{number}", "source": f"/simulated/communes/{source}",
                "type": f"vn.dongbo.{fact}.v1", "subject": f"meetings/{MEETING}{subject}", "time": time,
                "data": {"meeting": MEETING, "simulated": True, **data}}

    plan = [event("plan", "meeting.planned", "", "2023-05-20T00:00:00+07:00", "ubnd",
                  {"title": "Hội nghị đông người (mô phỏng)", "day": "2023-05-30", "mode": "online"})]
    for point in range(points):
        where, unit = {"point": f"xa-{point}"}, str(20335 + point)
        plan.append(event(f"p{point}", "meeting.point_planned", f"/points/xa-{point}", "2023-05-20T00:00:00+07:00", "ubnd",
                          {**where, "level": "commune", "unit": unit, "name": f"Điểm cầu xã Mô phỏng {point}", "order": point}))
        plan.append(event(f"r{point}", "readiness.reported", f"/points/xa-{point}", "2023-05-30T06:45:00+07:00", f"{unit}/ky-thuat",
                          {**where, "line": "connected", "sound": "ok", "picture": "ok", "power": "ok"}))
    scans = []
    for number in range(delegates):
        seat = {"point": f"xa-{number * 7 % points}", "unit": str(20335 + number * 7 % points),
                "composition": groups[number % len(groups)], "delegate": f"{number:05}"}
        plan.append(event(f"g{number}", "invitation.issued", f"/invitations/g{number}", "2023-05-21T00:00:00+07:00",
                          f"{seat['unit']}/ubnd", {**seat, "invitation": f"g{number}"}))
        time = f"2023-05-30T07:{number // 200 % 60:02}:{number // 4 % 60:02}+07:00"
        scans.append(event(f"s{number}", "attendance.checked_in", f"/delegates/{number:05}", time, f"{seat['unit']}/checkin", seat))
    return plan, scans
