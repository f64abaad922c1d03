"""The figures of a meeting, counted plainly from its events: the second opinion that the page is compared with.

Counted anew from the whole list each time, with sets and no cleverness; it is not the hub's fold and shares nothing with
it. Speed does not matter here.
"""

KEYS = ["invited", "registered", "present", "checked_in", "checked_out", "invited_headcount", "headcount",
        "absent_with_leave", "absent_without_leave", "substitutes", "at_two_points", "not_invited"]


def fact(event):
    return event["type"].removeprefix("vn.dongbo.").rsplit(".v", 1)[0]


class Meeting:
    """The facts of one meeting, sorted out."""

    def __init__(self, meeting, events):
        self.meeting = meeting
        self.plan, self.state, self.opened_at, self.closed_at = {}, "planned", "", ""
        self.points, self.readiness, self.last_event = {}, {}, {}
        self.invitations, self.registrations, self.counts = {}, {}, {}
        self.scans, self.sources, self.event_time = [], {}, ""
        self.commitments, self.conclusions, self.history = {}, {}, []
        self.papers, self.feedback, self.memo = [], [], {}
        for event in events:
            if event["data"].get("meeting") == meeting:
                self.take(event)

    def take(self, event):
        what, data, time = fact(event), event["data"], event["time"]
        self.event_time = max(self.event_time, time)
        source = self.sources.setdefault(event["source"], {"last": "", "sequences": set()})
        source["last"] = max(source["last"], time)
        if "sequence" in event:
            source["sequences"].add(int(event["sequence"]))
        point = data.get("point")
        if point and what.startswith(("attendance.", "readiness.")):
            self.last_event[point] = max(self.last_event.get(point, ""), time)
        if what.startswith("meeting.") and what != "meeting.point_planned":
            self.history.append({"fact": what.split(".")[1], "time": time, "day": "", "previous_day": "", "reason": "",
                                 "legal_act": "", **data})
        if what == "meeting.planned":
            self.plan = data
        elif what == "meeting.rescheduled":
            self.plan, self.state = {**self.plan, **data}, "planned"
        elif what == "meeting.cancelled":
            self.state = "cancelled"
        elif what == "meeting.opened":
            self.state, self.opened_at = "opened", time
        elif what == "meeting.closed":
            self.state, self.closed_at = "closed", time
        elif what == "meeting.point_planned":
            self.points[point] = data
        elif what == "readiness.reported":
            self.readiness.setdefault(point, []).append({**data, "time": time})
        elif what == "invitation.issued":
            self.invitations[data["invitation"]] = {**data, "valid": True}
        elif what == "invitation.withdrawn":
            self.invitations[data["invitation"]]["valid"] = False
        elif what.startswith("registration."):
            self.registrations[data["delegate"]] = {**data, "what": what.split(".")[1]}
        elif what == "attendance.counted":
            self.counts[point, data["composition"]] = data["headcount"]
        elif what == "conclusion.issued":
            self.conclusions[data["conclusion"]] = {"conclusion": data["conclusion"], "text": data["text"]}
        elif what.startswith("commitment."):
            self.commitments.setdefault(data["commitment"], []).append((what.split(".")[1], time, data))
        elif what in ("attendance.checked_in", "attendance.checked_out"):
            self.scans.append({**data, "in": what.endswith("in"), "time": time})
        elif what.startswith("paper."):
            self.papers.append((what.split(".")[1], data, time))
        elif what.startswith("feedback."):
            self.feedback.append((what.split(".")[1], data, time))

    def remembered(self, name, make):
        """An answer of this fold, made once."""
        if name not in self.memo:
            self.memo[name] = make()
        return self.memo[name]

    def missing(self, source):
        held = self.sources[source]["sequences"] or {0}
        return [f"{n:010d}" for n in range(min(held), max(held)) if n not in held]

    def figures(self, **wanted):
        """All figures, or those of one point, unit or composition, or of a composition at a point."""
        def mine(row):
            return all(row.get(field) == value for field, value in wanted.items())

        valid = [row for row in self.invitations.values() if row["valid"]]
        everyone_invited = {row["delegate"] for row in valid if "delegate" in row}
        stands_for = {row["substitute"]: row["delegate"] for row in self.registrations.values()
                      if row["what"] == "delegated"}
        withdrawn = {row["delegate"] for row in self.invitations.values() if not row["valid"] and "delegate" in row}
        invited = {row["delegate"] for row in valid if "delegate" in row and mine(row)}
        last, composition_of, came, where = {}, {}, set(), {}
        for scan in self.scans:
            place = scan["delegate"], scan["point"]
            composition_of[place] = scan.get("composition") or composition_of.get(place)
            row = {**scan, "composition": composition_of[place]}
            where.setdefault(scan["delegate"], set()).add(scan["point"])
            if mine(row):
                last[place] = scan["in"]
                if scan["in"]:
                    came.add(scan["delegate"])
        present = {delegate for (delegate, _), inside in last.items() if inside}
        came_for = {stands_for.get(delegate, delegate) for delegate in came}
        declined = {delegate: row for delegate, row in self.registrations.items() if row["what"] == "declined"}
        leave = {delegate for delegate, row in declined.items() if row["leave"] and delegate in invited}
        replaced = {row["delegate"] for row in self.registrations.values() if row["what"] == "delegated"}
        strangers = {d for d in came if d not in everyone_invited and d not in stands_for and d not in withdrawn}
        never = invited - came_for
        return dict(zip(KEYS, [
            len(invited),
            len({d for d, row in self.registrations.items() if d in invited and row["what"] != "declined"}),
            len(present),
            len(came),
            len(came - present),
            sum(row["headcount"] for row in valid if "headcount" in row and mine(row)),
            sum(people for (point, composition), people in self.counts.items()
                if mine({"point": point, "composition": composition})),
            len(leave & never),
            len(never - leave - replaced) if self.closed_at else 0,
            len({d for d in came if d in stands_for}),
            len({d for d in came if len(where[d]) > 1}),
            len(strangers),
        ]))

    def attention(self):
        where = {}
        for scan in self.scans:
            if scan["in"]:
                where.setdefault(scan["delegate"], set()).add(scan["point"])
        valid = {row.get("delegate") for row in self.invitations.values() if row["valid"]}
        withdrawn = {row.get("delegate") for row in self.invitations.values() if not row["valid"]} - valid
        substitutes = {row.get("substitute") for row in self.registrations.values()}
        return {
            "at_two_points": [{"delegate": d, "points": sorted(p)} for d, p in sorted(where.items()) if len(p) > 1],
            "withdrawn_but_present": [{"delegate": d} for d in sorted(where) if d in withdrawn],
            "not_invited": [{"delegate": d, "points": sorted(p)} for d, p in sorted(where.items())
                            if d not in valid | withdrawn | substitutes],
        }

    def attendance(self, position):
        rows = [row for row in self.invitations.values()] + self.scans
        rows += [{"composition": composition} for _, composition in self.counts]
        compositions = sorted({row["composition"] for row in rows if row.get("composition")})
        points = sorted(set(self.points) | {row["point"] for row in rows if row.get("point")})
        minutes, seen = {}, set()
        for scan in sorted(self.scans, key=lambda row: row["time"]):
            if scan["in"] and scan["delegate"] not in seen:
                seen.add(scan["delegate"])
                minute = scan["time"][:16] + "+07:00"
                minutes[minute] = minutes.get(minute, 0) + 1
        return {
            "meeting": self.meeting,
            "total": self.figures(),
            "points": [{"point": p, **self.figures(point=p), "last_event_time": self.last_event.get(p, ""),
                        "flags": [] if p in self.points else ["unplanned_point"]} for p in points],
            "compositions": [{"composition": c, **self.figures(composition=c)} for c in compositions],
            "units": [],
            "arrivals": [{"minute": m, "checked_in": n} for m, n in sorted(minutes.items())],
            "attention": self.attention(),
            "freshness": self.freshness(position),
        }

    def freshness(self, position):
        sources = [{"source": s, "last_event_time": row["last"], "last_seen": row["last"], "missing": self.missing(s)}
                   for s, row in sorted(self.sources.items())]
        return {"position": position, "event_time": self.event_time,
                "provisional": any(row["missing"] for row in sources), "sources": sources}

    def head(self):
        return {"meeting": self.meeting, "title": self.plan.get("title", self.meeting),
                "organiser": self.plan.get("organiser"), "chair": self.plan.get("chair"), "day": self.plan.get("day"),
                "mode": self.plan.get("mode"), "place": self.plan.get("place", ""), "starts_at": self.plan.get("starts_at", ""),
                "ends_at": self.plan.get("ends_at", ""), "state": self.state, "opened_at": self.opened_at,
                "closed_at": self.closed_at, "points": len(self.points),
                "simulated": any(source.startswith("/simulated/") for source in self.sources)}

    def conclusion_rows(self):
        return list(self.conclusions.values())

    def commitment_rows(self):
        """Each commitment as its last assignment and its reports leave it."""
        rows = []
        for name, facts in sorted(self.commitments.items()):
            row = {"commitment": name, "unit": "", "task": "", "state": "assigned", "history": [], "simulated": True}
            for what, time, data in facts:
                if what == "assigned":
                    row |= {key: data[key] for key in ("unit", "task", "index", "component", "target", "due", "supporting")
                            if key in data}
                else:
                    row |= {key: str(data[key]) for key in ("percent", "value", "due", "result") if key in data}
                    row["progress"] = data.get("text", row.get("progress", ""))
                    row["progressed_at"] = time
                row["state"] = {"assigned": "assigned", "progressed": "progressing", "completed": "completed"}[what]
                if what == "completed":
                    row["completed_on"] = data.get("completed_on", time[:10])
                row["history"].append({"time": time, "fact": what, **{key: str(data[key]) for key in ("due", "percent", "text")
                                                                      if key in data}})
            rows.append({**row, "history_total": len(facts)})
        return rows

    def point_rows(self):
        rows = []
        for point in sorted(set(self.points) | set(self.readiness)):
            plan, reports = self.points.get(point), self.readiness.get(point, [])
            row = {"point": point, "planned": plan is not None, "readiness_time": ""}
            row |= {key: (plan or {}).get(key) for key in ("level", "unit", "name", "place")}
            for report in reports:
                row |= {key: report[key] for key in ("line", "sound", "picture", "power") if key in report}
                row["readiness_time"] = report["time"]
            rows.append(row)
        return rows
