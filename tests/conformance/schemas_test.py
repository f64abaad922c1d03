"""The contract holds: its check passes, catches every kind of break, and the documents say what the schemas say."""
import copy
import json
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
sys.dont_write_bytecode = True
sys.path.insert(0, str(SCHEMAS))
from checklib import documents, subset, surface, validate  # noqa: E402

FILES = sorted(SCHEMAS.glob("events/*/*.json"))
CHECKED_IN = "events/attendance/checked_in.v1.json"
CORRECTED = "events/attendance/corrected.v1.json"
READINESS = "events/readiness/reported.v1.json"
INDEX = "events/index/published.v1.json"
FEEDBACK = "events/feedback/submitted.v1.json"


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def schema_of(kind):
    area, fact, version = kind.split(".")[2:]
    return read(SCHEMAS / "events" / area / f"{fact}.{version}.json")


def run_check(root, *options):
    done = subprocess.run(
        ["/usr/bin/python3", str(SCHEMAS / "check"), "--root", str(root), *options], capture_output=True, text=True, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def contract(tmp_path):
    """A copy of the contract that a test may spoil."""
    copied = tmp_path / "schemas"
    shutil.copytree(SCHEMAS, copied, ignore=shutil.ignore_patterns("facts", "__pycache__"))
    return copied


def edit(contract, file, change):
    schema = read(contract / file)
    change(schema)
    (contract / file).write_text(json.dumps(schema, ensure_ascii=False, indent=2), encoding="utf-8")


# ---- the check as it stands


def test_the_contract_passes_its_own_check():
    code, output = run_check(SCHEMAS)
    assert code == 0, output


def test_an_untouched_copy_passes(contract):
    code, output = run_check(contract)
    assert code == 0, output


# ---- breaks that the lock catches: file, change, the place and words that must be named


def prop(name):
    return lambda s: s["properties"][name]


def rename(schema, old, new):
    schema["properties"] = {new if n == old else n: rule for n, rule in schema["properties"].items()}


def optional(name, **rule):
    return {"title": "t", "x-title-en": "t", "description": "d", "x-description-en": "d", **rule}


BREAKS = {
    "removed field": (CHECKED_IN, lambda s: s["properties"].pop("method"), ["/method", "removed or renamed"]),
    "renamed field": (CHECKED_IN, lambda s: rename(s, "unit", "unit_code"), ["/unit", "removed or renamed"]),
    "removed nested field": (CORRECTED, lambda s: s["$defs"]["replacement"]["properties"].pop("time"), ["/replacement/time", "removed or renamed"]),
    "newly required": (CHECKED_IN, lambda s: s["required"].append("unit"), ["/unit", "became required"]),
    "new and required": (
        CHECKED_IN,
        lambda s: (s["properties"].update(gate=optional("gate", type="string")), s["required"].append("gate"), s["examples"][0].update(gate="A"), s["examples"][1].update(gate="A")),
        ["/gate", "new and required"],
    ),
    "newly required deep inside": (CORRECTED, lambda s: s["$defs"]["replacement"].update(required=["time"]), ["/replacement/time", "became required"]),
    "no longer required": (CHECKED_IN, lambda s: s["required"].remove("point"), ["/point", "no longer required"]),
    "narrowed type": (INDEX, lambda s: prop("score")(s).update(type="string"), ["/score", "type narrowed"]),
    "widened type": (CHECKED_IN, lambda s: prop("note")(s).update(type=["string", "integer"]), ["/note", "type widened"]),
    "narrowed enum": (CHECKED_IN, lambda s: prop("origin")(s)["enum"].remove("self"), ["/origin", "enum narrowed", "self"]),
    "new enum": (CHECKED_IN, lambda s: prop("method")(s).update(enum=["qr", "list"]), ["/method", "got an enum"]),
    "lost enum": (CHECKED_IN, lambda s: prop("origin")(s).pop("enum"), ["/origin", "lost its enum"]),
    "changed pattern": (CHECKED_IN, lambda s: prop("delegate")(s).update(pattern="^[0-9a-z-]+$"), ["/delegate", "pattern changed"]),
    "new pattern": (CHECKED_IN, lambda s: prop("name")(s).update(pattern="^[A-Z]"), ["/name", "pattern changed"]),
    "changed format": (CORRECTED, lambda s: s["$defs"]["replacement"]["properties"]["time"].pop("format"), ["/replacement/time", "format changed"]),
    "new const": (CHECKED_IN, lambda s: prop("method")(s).update(const="qr") or s["examples"].pop(), ["/method", "const changed"]),
    "smaller maxLength": (CHECKED_IN, lambda s: prop("delegate")(s).update(maxLength=20), ["/delegate", "maxLength narrowed from 200 to 20"]),
    "larger minLength": (CHECKED_IN, lambda s: prop("delegate")(s).update(minLength=4), ["/delegate", "minLength narrowed"]),
    "smaller maximum": ("events/attendance/counted.v1.json", lambda s: prop("headcount")(s).update(maximum=500), ["/headcount", "maximum narrowed"]),
    "larger minimum": ("events/attendance/counted.v1.json", lambda s: prop("headcount")(s).update(minimum=1), ["/headcount", "minimum narrowed"]),
    "smaller maxItems": ("events/meeting/agenda_set.v1.json", lambda s: prop("items")(s).update(maxItems=5), ["/items", "maxItems narrowed"]),
    "larger minItems": ("events/meeting/agenda_set.v1.json", lambda s: prop("items")(s).update(minItems=1), ["/items", "minItems narrowed"]),
    "items changed": ("events/meeting/agenda_set.v1.json", lambda s: s["$defs"]["agenda_item"]["properties"].pop("paper") and s["examples"][0]["items"].pop(), ["/items/*/paper", "removed or renamed"]),
    "changed alternatives": (READINESS, lambda s: s["anyOf"].pop(), ["anyOf changed"]),
    "changed home": (FEEDBACK, lambda s: s.update({"x-home": ["{meeting}", "{unit}", "{feedback}"]}), ["/x-home", "live elsewhere"]),
    "lost personal mark": (CHECKED_IN, lambda s: prop("name")(s).pop("x-personal"), ["/name", "x-personal"]),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_is_refused_with_file_and_place(contract, name):
    file, change, words = BREAKS[name]
    edit(contract, file, change)
    code, output = run_check(contract)
    assert code == 3, output
    named = [line for line in output.splitlines() if line.startswith(f"{file}: ")]
    assert any(all(word in line for word in words) for line in named), output
    assert "stale" not in output, "a break must not be reported as a stale lock only"


@pytest.mark.parametrize("name", BREAKS)
def test_update_does_not_wave_a_break_through(contract, name):
    file, change, _ = BREAKS[name]
    before = (contract / "lock").read_text(encoding="utf-8")
    edit(contract, file, change)
    code, output = run_check(contract, "--update")
    assert code == 3, output
    assert (contract / "lock").read_text(encoding="utf-8") == before


def test_a_removed_schema_is_refused(contract):
    (contract / CHECKED_IN).unlink()
    code, output = run_check(contract)
    assert code == 3 and f"{CHECKED_IN}: " in output and "removed" in output, output


def test_a_new_version_beside_the_old_one_is_allowed_once_locked(contract):
    schema = read(contract / CHECKED_IN)
    schema["x-type"] = "vn.dongbo.attendance.checked_in.v2"
    schema["$id"] = "urn:dongbo:schema:" + schema["x-type"]
    schema["required"].append("method")
    (contract / "events/attendance/checked_in.v2.json").write_text(json.dumps(schema), encoding="utf-8")
    asyncapi = contract / "asyncapi.yaml"
    text = asyncapi.read_text(encoding="utf-8")
    message = f"\n    attendance_checked_in_v2:\n      x-type: {schema['x-type']}\n      payload: {{schema: {{$ref: ./events/attendance/checked_in.v2.json}}}}\n"
    asyncapi.write_text(text.rstrip("\n") + message, encoding="utf-8")
    assert run_check(contract)[0] == 3
    code, output = run_check(contract, "--update")
    assert code == 0, output
    assert run_check(contract)[0] == 0


# ---- changes that break nobody: stale until the lock is written, then fine

COMPATIBLE = {
    "new optional field": (CHECKED_IN, lambda s: s["properties"].update(gate=optional("gate", type="string", maxLength=20))),
    "widened enum": (CHECKED_IN, lambda s: prop("origin")(s)["enum"].append("kiosk")),
    "wider limit": (CHECKED_IN, lambda s: prop("name")(s).update(maxLength=600)),
    "new personal mark": (CHECKED_IN, lambda s: prop("device")(s).update({"x-personal": True})),
}


@pytest.mark.parametrize("name", COMPATIBLE)
def test_a_compatible_change_makes_the_lock_stale_and_update_settles_it(contract, name):
    file, change = COMPATIBLE[name]
    edit(contract, file, change)
    code, output = run_check(contract)
    assert code == 3 and f"lock: {file}: is stale" in output, output
    code, output = run_check(contract, "--update")
    assert code == 0, output
    code, output = run_check(contract)
    assert code == 0, output


def test_wording_is_not_part_of_the_surface(contract):
    edit(contract, CHECKED_IN, lambda s: prop("point")(s).update(description="Lời khác.", title="Khác"))
    code, output = run_check(contract)
    assert code == 0, output


# ---- what the hub could not compile or accept

UNSOUND = {
    "unsupported keyword": (lambda s: prop("point")(s).update(uniqueItems=True), "/properties/point/uniqueItems", "not supported"),
    "look-ahead": (lambda s: prop("point")(s).update(pattern="^(?!x)"), "/properties/point/pattern", "RE2"),
    "back reference": (lambda s: prop("point")(s).update(pattern=r"^(a)\1$"), "/properties/point/pattern", "RE2"),
    "broken pattern": (lambda s: prop("point")(s).update(pattern="^("), "/properties/point/pattern", "compile"),
    "unsupported format": (lambda s: prop("phone")(s).update(format="email"), "/properties/phone/format", "not supported"),
    "unknown type": (lambda s: prop("point")(s).update(type="text"), "/properties/point/type", "unknown type"),
    "reference elsewhere": (lambda s: prop("phone")(s).update({"$ref": "other.json#/x"}), "/properties/phone/$ref", "must point into"),
    "reference to nothing": (lambda s: prop("phone")(s).update({"$ref": "#/$defs/x"}), "/properties/phone/$ref", "not there"),
    "closed root": (lambda s: s.update(additionalProperties=False), "/additionalProperties", "must be true"),
    "no English": (lambda s: prop("point")(s).pop("x-title-en"), "/properties/point", "x-title-en"),
    "loose identifier": (lambda s: prop("point")(s).pop("pattern"), "/properties/point", "identifier"),
    "home of a missing member": (lambda s: s.update({"x-home": ["{conference}"]}), "/x-home", "string or integer member"),
    "home that data may lack": (lambda s: s.update({"x-home": ["{unit}"]}), "/x-home", "lack every home key"),
    "wrong type": (lambda s: s.update({"x-type": "vn.dongbo.attendance.entered.v1"}), "/x-type", "must be"),
    "invalid example": (lambda s: s["examples"][0].pop("meeting"), "/examples/0", "meeting"),
    "no example": (lambda s: s.update(examples=[]), "/examples", "missing"),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_an_unsound_schema_is_refused_with_file_and_place(contract, name):
    change, place, word = UNSOUND[name]
    edit(contract, CHECKED_IN, change)
    code, output = run_check(contract)
    assert code == 3, output
    assert any(line.startswith(f"{CHECKED_IN}: {place}") and word in line for line in output.splitlines()), output


def test_a_missing_fact_of_the_design_is_named(contract):
    (contract / READINESS).unlink()
    assert f"{READINESS}: the design names this fact" in run_check(contract)[1]


def test_a_sample_that_is_no_longer_valid_is_named_with_its_line(contract):
    samples = contract / "samples/events.ndjson"
    lines = samples.read_text(encoding="utf-8").splitlines()
    samples.write_text("\n".join([lines[0], lines[1].replace('"level": "commune"', '"level": 3'), *lines[2:]]), encoding="utf-8")
    code, output = run_check(contract)
    assert code == 3 and "samples/events.ndjson: line 2 /data/level" in output, output


def test_a_dangling_reference_in_openapi_is_named(contract):
    file = contract / "openapi.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("    Unit:\n", "    UnitRow:\n"), encoding="utf-8")
    assert "#/components/schemas/Unit leads nowhere" in run_check(contract)[1]


def test_an_event_type_missing_from_asyncapi_is_named(contract):
    file = contract / "asyncapi.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("      x-type: vn.dongbo.paper.presented.v1\n", ""), encoding="utf-8")
    assert "no message carries vn.dongbo.paper.presented.v1" in run_check(contract)[1]


# ---- schemas and data


def test_every_fact_of_the_design_has_its_schema():
    wanted = {f"vn.dongbo.{area}.{fact}.v1" for area, facts in subset.AREAS.items() for fact in facts}
    assert {read(file)["x-type"] for file in FILES} >= wanted and len(wanted) == 39


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}.{f.stem}")
def test_examples_are_valid_and_each_required_member_is_missed(file):
    schema = read(file)
    for example in schema["examples"]:
        assert validate.errors(schema, example) == []
        for member in schema["required"]:
            assert validate.errors(schema, {k: v for k, v in example.items() if k != member}), f"{member} could be left out"
        assert validate.errors(schema, {**example, "an_extension": {"of": "a publisher"}}) == []


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}.{f.stem}")
@pytest.mark.parametrize("value", ["", "x" * 201, "a\x00b", "a\nb", "a\n", "\x7f", 7, None, [], {}], ids=repr)
def test_identifiers_refuse_what_is_no_identifier(file, value):
    schema = read(file)
    example = copy.deepcopy(schema["examples"][0])
    for member in sorted(subset.IDENTIFIERS & example.keys()):
        assert validate.errors(schema, {**example, member: value}), f"{member} took {value!r}"


def test_every_sample_event_is_valid():
    lines = (SCHEMAS / "samples/events.ndjson").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines if line.strip()]
    assert len(events) == 22
    for event in events:
        assert validate.errors(schema_of(event["type"]), event["data"]) == [], event["id"]


VALUES = [
    (INDEX, "score", "42.2377", True), (INDEX, "score", 42.2377, True), (INDEX, "score", "42,2377", False),
    (INDEX, "score", "4e2", False), (INDEX, "score", "-1", True), (INDEX, "score", None, False), (INDEX, "year", 2022.5, False),
    (INDEX, "year", 2022.0, True), (INDEX, "year", "2022", False), (INDEX, "quality", "guessed", False),
    (INDEX, "published_at", "2023-04-12", True), (INDEX, "published_at", "2023-02-29", False),
    (INDEX, "published_at", "2023-04-12T00:00:00+07:00", True), (INDEX, "published_at", "2023-04-12T00:00:00", False),
    ("events/attendance/counted.v1.json", "headcount", 1000000, True), ("events/attendance/counted.v1.json", "headcount", 1000001, False),
    ("events/attendance/counted.v1.json", "headcount", -1, False), (CHECKED_IN, "origin", "offline", True),
    (CHECKED_IN, "origin", "bluetooth", False), (CHECKED_IN, "note", "x" * 20000, True), (CHECKED_IN, "note", "x" * 20001, False),
    (READINESS, "line", "connecting", True), (READINESS, "line", "ok", False), ("events/unit/changed.v1.json", "parent", None, True),
    ("events/unit/established.v1.json", "valid_from", "2024-02-29", True), ("events/unit/established.v1.json", "valid_from", "2023-02-29", False),
]


@pytest.mark.parametrize("file, member, value, taken", VALUES, ids=lambda v: str(v)[-40:])
def test_values_at_the_edge(file, member, value, taken):
    schema = read(SCHEMAS / file)
    found = validate.errors(schema, {**schema["examples"][0], member: value})
    assert (found == []) == taken, found


def test_an_invitation_names_a_person_or_a_headcount():
    schema = schema_of("vn.dongbo.invitation.issued.v1")
    assert validate.errors(schema, {"meeting": "m", "invitation": "i", "point": "p"})
    assert validate.errors(schema, {"meeting": "m", "invitation": "i", "headcount": 3}) == []


def test_feedback_without_a_meeting_needs_its_unit():
    schema = read(SCHEMAS / FEEDBACK)
    assert validate.errors(schema, {"feedback": "f", "text": "t"})
    assert validate.errors(schema, {"feedback": "f", "text": "t", "unit": "502"}) == []


def test_personal_members_are_marked_wherever_they_stand():
    names = {"name", "phone", "email", "author", "actor", "speaker", "presenter", "substitute_name", "substitute_phone", "technician", "approver", "signer", "chair_name", "contact_name", "contact_phone", "answerer"}
    naming = {"unit.established", "unit.changed", "meeting.point_planned"}  # here `name` is the name of a place
    found = set()
    for file in FILES:
        schema = read(file)
        kind = schema["x-type"].removeprefix("vn.dongbo.").removesuffix(".v1")
        for place, rule in surface.surface(schema)["places"].items():
            member = place.rsplit("/", 1)[-1]
            if member in names and not (member == "name" and kind in naming):
                assert rule.get("personal"), f"{kind}{place}"
                found.add(member)
    assert found == names


# ---- openapi.yaml and asyncapi.yaml


@pytest.mark.parametrize("name", ["openapi.yaml", "asyncapi.yaml"])
def test_documents_parse_and_their_references_resolve(name):
    document = documents.load(str(SCHEMAS / name))
    assert document["info"]["version"]
    assert documents.dangling(str(SCHEMAS / name)) == []
    assert list(documents.stray(document)) == []


@pytest.fixture(scope="module")
def openapi():
    return documents.load(str(SCHEMAS / "openapi.yaml"))


def inside(openapi, schema):
    """The schema with the document's components beside it, so that its references resolve."""
    return {"allOf": [schema], "components": openapi["components"]}


def test_every_schema_of_openapi_is_a_schema(openapi):
    for schema in openapi["components"]["schemas"].values():
        validate.Validator.check_schema(schema)


def posts(openapi):
    for path, item in openapi["paths"].items():
        for kind, body in item.get("post", {}).get("requestBody", {}).get("content", {}).items():
            for name, example in body["examples"].items():
                yield path, kind, name, body["schema"], example["value"]


def test_every_post_example_is_valid_and_carries_valid_events(openapi):
    seen, identities = 0, set()
    headers = {p["name"]: p.get("example") for p in openapi["paths"]["/v1/events"]["post"]["parameters"]}
    for path, kind, name, schema, value in posts(openapi):
        assert validate.errors(inside(openapi, schema), value) == [], (path, kind, name)
        if path != "/v1/events":
            continue
        if kind == "application/x-ndjson":
            events = [json.loads(line) for line in value.splitlines()]
        elif kind == "application/json":
            events = [{"type": headers["ce-type"], "source": headers["ce-source"], "id": headers["ce-id"], "data": value}]
        else:
            events = value if isinstance(value, list) else [value]
        for event in events:
            assert validate.errors(schema_of(event["type"]), event["data"]) == [], (name, event["id"])
            assert (event["source"], event["id"]) not in identities, "examples posted one after another must not collide"
            identities.add((event["source"], event["id"]))
            seen += 1
    assert seen >= 7
    assert {kind for path, kind, *_ in posts(openapi) if path == "/v1/events"} == {
        "application/cloudevents+json", "application/cloudevents-batch+json", "application/x-ndjson", "application/json"}


def test_every_answer_example_is_valid(openapi):
    seen = 0
    for item in openapi["paths"].values():
        for operation in item.values():
            for answer in operation.get("responses", {}).values() if isinstance(operation, dict) else []:
                for body in answer.get("content", {}).values():
                    for name, example in body.get("examples", {}).items():
                        assert validate.errors(inside(openapi, body["schema"]), example["value"]) == [], name
                        seen += 1
    assert seen >= 5


FIGURES = dict.fromkeys(
    "invited registered present checked_in checked_out invited_headcount headcount absent_with_leave absent_without_leave substitutes at_two_points not_invited".split(), 0)
ATTENDANCE = {
    "meeting": "m", "total": FIGURES, "points": [{"point": "p", **FIGURES, "last_event_time": "", "flags": ["unplanned_point"]}],
    "compositions": [{"composition": "c", **FIGURES, "flags": []}], "units": [{"unit": "u", **FIGURES, "flags": []}],
    "arrivals": [{"minute": "2023-05-30T07:41+07:00", "checked_in": 1}],
    "attention": {"at_two_points": [], "withdrawn_but_present": [], "not_invited": []},
    "freshness": {"position": "0:41,1:7", "event_time": "2023-05-30T07:41:09+07:00", "provisional": True,
                  "sources": [{"source": "s", "last_event_time": "", "last_seen": "", "missing": ["0000000045"]}]},
}
WRONG_ATTENDANCE = {
    "a figure is missing": lambda a: a["total"].pop("present"),
    "a figure is text": lambda a: a["total"].update(present="1"),
    "a figure is negative": lambda a: a["total"].update(present=-1),
    "a figure nobody decided": lambda a: a["total"].update(attended=1),
    "a point without its name": lambda a: a["points"][0].pop("point"),
    "a minute with seconds": lambda a: a["arrivals"][0].update(minute="2023-05-30T07:41:00+07:00"),
    "no attention": lambda a: a.pop("attention"),
    "no position": lambda a: a["freshness"].pop("position"),
    "a broken position": lambda a: a["freshness"].update(position="0-41"),
    "a flag nobody decided": lambda a: a["points"][0].update(flags=["odd"]),
}


def test_a_right_attendance_answer_passes(openapi):
    assert validate.errors(inside(openapi, {"$ref": "#/components/schemas/Attendance"}), ATTENDANCE) == []


@pytest.mark.parametrize("name", WRONG_ATTENDANCE)
def test_a_wrong_attendance_answer_is_caught(openapi, name):
    wrong = copy.deepcopy(ATTENDANCE)
    WRONG_ATTENDANCE[name](wrong)
    assert validate.errors(inside(openapi, {"$ref": "#/components/schemas/Attendance"}), wrong)


@pytest.fixture(scope="module")
def asyncapi():
    return documents.load(str(SCHEMAS / "asyncapi.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}.{f.stem}")
def test_every_event_type_is_a_message_of_the_events_channel(asyncapi, file):
    kind = read(file)["x-type"]
    name, payload = documents.message_types(asyncapi)[kind]
    assert (SCHEMAS / payload["schema"]["$ref"]).resolve() == file
    assert asyncapi["channels"]["events"]["messages"][name]["$ref"] == f"#/components/messages/{name}"
    headers = asyncapi["components"]["messages"][name]["headers"]["allOf"]
    assert {"properties": {"ce_type": {"const": kind}}} in headers


# ---- catalogues


def test_catalogues_hold_what_the_plan_and_the_register_say():
    compositions = {c["code"]: c for c in read(SCHEMAS / "catalogues/compositions.json")["compositions"]}
    units = (SCHEMAS / "catalogues/facts/units.csv").read_text(encoding="utf-8").splitlines()[1:]
    count = {level: sum(f",{level}," in row for row in units) for level in ("province", "district", "commune")}
    assert count == {"province": 1, "district": 18, "commune": 241}
    assert compositions["chu_tich_ubnd_xa"]["expected"]["count"] == count["commune"]
    assert compositions["chu_tich_ubnd_huyen"]["expected"]["count"] == count["district"]
    plan = " ".join((SCHEMAS / "catalogues/facts/plan_2023-05-30.txt").read_text(encoding="utf-8").replace("*", "").split())
    for code, group in compositions.items():
        quote = group["plan_text"].strip("… ,;.").split(" …")[0]
        assert quote in plan, code


def test_maxima_are_given_only_with_their_source():
    for index in read(SCHEMAS / "catalogues/indices.json")["indices"]:
        for method in index["methods"]:
            codes = [c["code"] for c in method["components"]]
            assert len(set(codes)) == len(codes)
            for component in method["components"]:
                assert (component["max"] is None) == (component["max_source"] is None), component["code"]
                assert component["parent"] is None or component["parent"] in codes


def test_the_states_of_the_catalogue_are_those_of_the_schema():
    schema = read(SCHEMAS / READINESS)
    for aspect in read(SCHEMAS / "catalogues/readiness.json")["aspects"]:
        assert [s["code"] for s in aspect["states"]] == schema["properties"][aspect["aspect"]]["enum"]
