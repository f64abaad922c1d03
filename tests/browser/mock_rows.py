"""The lists of a meeting as the reading paths give them, counted from mock_fold's facts: delegates, papers, feedback …"""

PAPER_TIMES = {"requested": "requested_at", "submitted": "submitted_at", "approved": "approved_at", "presented": "presented_at"}
FEEDBACK_TIMES = {"submitted": "submitted_at", "routed": "routed_at", "answered": "answered_at"}
STATES = ("line", "sound", "picture", "power")


def paper_rows(meeting):
    rows = {}
    for what, data, time in meeting.papers:
        row = rows.setdefault(data["paper"], {"paper": data["paper"], "unit": "", "topic": "", "title": "", "index": "",
                                              "component": "", "due": "", "state": "", "point": "",
                                              **dict.fromkeys(PAPER_TIMES.values(), "")})
        row |= {key: data[key] for key in ("unit", "topic", "title", "index", "component", "due", "point") if key in data}
        row |= {"state": what, PAPER_TIMES[what]: time}
    return [rows[paper] for paper in sorted(rows)]


def feedback_rows(meeting):
    rows = {}
    for what, data, time in meeting.feedback:
        row = rows.setdefault(data["feedback"], {"feedback": data["feedback"], "unit": "", "from": "", "index": "",
                                                 "component": "", "text": "", "point": "", "to": "", "due": "",
                                                 **dict.fromkeys(FEEDBACK_TIMES.values(), "")})
        taken = ("unit", "from", "index", "component", "text", "point") if what == "submitted" else ("to", "due")
        row |= {key: data[key] for key in taken if key in data}
        row |= {"state": what, FEEDBACK_TIMES[what]: time}
    return [rows[feedback] for feedback in sorted(rows)]


def readiness_rows(meeting):
    rows = []
    for point, reports in sorted(meeting.readiness.items()):
        state, history = dict.fromkeys(STATES, ""), []
        for report in reports:
            state |= {key: report[key] for key in STATES if key in report}
            history.append({**state, "time": report["time"], "rehearsal": report.get("rehearsal", False)})
        rows.append({"point": point, **history[-1], "history": history})
    return rows


def matrix(meeting, position):
    places = {(row["point"], row["composition"]) for row in [*meeting.invitations.values(), *meeting.scans]
              if row.get("point") and row.get("composition")} | set(meeting.counts)
    cells = [{"point": point, "composition": composition, **meeting.figures(point=point, composition=composition)}
             for point, composition in sorted(places)]
    return {"meeting": meeting.meeting, "cells": cells, "freshness": meeting.freshness(position)}


def delegate_rows(meeting, flag):
    """One row a person, with the flags of GET …/delegates; all of them without a flag."""
    people = {}

    def person(delegate):
        return people.setdefault(delegate, {
            "delegate": delegate, "name": "", "invited": False, "state": "none", "checked_in": False, "present": False,
            "points": [], "compositions": [], "units": [], "substitute_for": "", "replaced_by": "", "first_in": "", "flags": []})

    def at(row, fact):
        for name, value in (("points", "point"), ("compositions", "composition"), ("units", "unit")):
            if fact.get(value) and fact[value] not in row[name]:
                row[name].append(fact[value])

    for row in meeting.invitations.values():
        if row["valid"] and "delegate" in row:
            person(row["delegate"])["invited"] = True
            at(person(row["delegate"]), row)
    inside = {}
    for scan in meeting.scans:
        row = person(scan["delegate"])
        row["checked_in"] |= scan["in"]
        row["first_in"] = min(filter(None, [row["first_in"], scan["time"] if scan["in"] else ""]), default="")
        inside[scan["delegate"], scan["point"]] = scan["in"]
        at(row, scan)
    for (delegate, _), here in inside.items():
        people[delegate]["present"] |= here
    came = {delegate for delegate, row in people.items() if row["checked_in"]}
    for delegate, said in meeting.registrations.items():
        if said["what"] == "delegated":
            person(delegate)["replaced_by"] = said["substitute"]
            if said["substitute"] in came:
                people[said["substitute"]] |= {"substitute_for": delegate}
                people[said["substitute"]]["flags"].append("substitute")
    for row in people.values():
        said = meeting.registrations.get(row["delegate"], {})
        if row["checked_in"]:
            row["state"] = "present" if row["present"] else "left"
        elif said.get("what") == "declined" and said.get("leave"):
            row["state"] = "absent_with_leave"
        elif row["replaced_by"]:
            row["state"] = "replaced"
        elif row["invited"]:
            row["state"] = "absent_without_leave" if meeting.closed_at else "expected"
        if row["state"].startswith("absent"):
            row["flags"].append(row["state"])
    return [row for _, row in sorted(people.items()) if flag is None or flag in row["flags"]]
