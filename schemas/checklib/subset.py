"""The JSON Schema subset that the hub's compiled validator understands, and the rules of this contract.

Every fault is a pair (place, message); place is a JSON Pointer into the schema. Nothing here reads files.
"""
import re

AREAS = {
    "unit": ["established", "changed", "dissolved"],
    "meeting": ["planned", "rescheduled", "cancelled", "opened", "closed", "point_planned", "agenda_set"],
    "readiness": ["reported"],
    "budget": ["estimated", "appraised", "approved"],
    "paper": ["requested", "submitted", "approved", "presented"],
    "invitation": ["issued", "withdrawn"],
    "registration": ["confirmed", "declined", "delegated", "changed"],
    "attendance": ["checked_in", "checked_out", "counted", "corrected", "revoked"],
    "feedback": ["submitted", "routed", "answered", "survey_answered"],
    "index": ["published", "corrected"],
    "conclusion": ["issued"],
    "commitment": ["assigned", "progressed", "completed"],
}

KEYWORDS = {
    "type", "required", "properties", "additionalProperties", "enum", "const", "pattern", "minLength", "maxLength",
    "minimum", "maximum", "items", "minItems", "maxItems", "format", "oneOf", "anyOf", "$ref", "$defs",
}
ANNOTATIONS = {"$schema", "$id", "title", "description", "examples"}
TYPES = {"string", "integer", "number", "boolean", "object", "array", "null"}
FORMATS = {"date-time", "date", "uri-reference"}
COUNTS = {"minLength", "maxLength", "minItems", "maxItems"}
# Members that name a thing: bounded, not empty, no control characters.
IDENTIFIERS = {
    "meeting", "point", "unit", "composition", "delegate", "invitation", "paper", "estimate", "feedback", "conclusion",
    "commitment", "substitute", "index", "component", "survey",
}
# RE2 has neither look-around nor back references nor possessive or atomic groups.
NOT_RE2 = re.compile(r"\(\?[=!>]|\(\?<[=!]|\\[1-9]|[+*?}]\+")


def faults(schema):
    """All faults of one event schema against the subset and the contract's own rules."""
    found = []
    _walk(schema, "", schema, found)
    _root(schema, found)
    return found


def _kind(value):
    return type(value).__name__


def _walk(node, place, root, found):
    if isinstance(node, bool):
        if not place.endswith("/additionalProperties"):
            found.append((place, "a boolean schema is allowed for additionalProperties only"))
        return
    if not isinstance(node, dict):
        found.append((place, f"a schema must be an object, not {_kind(node)}"))
        return
    for key, value in node.items():
        here = f"{place}/{key.replace('~', '~0').replace('/', '~1')}"
        if key.startswith("x-") or key in ANNOTATIONS:
            continue
        if key not in KEYWORDS:
            found.append((here, f"keyword {key!r} is not supported by the compiled validator"))
            continue
        _keyword(key, value, here, place, root, found)


def _keyword(key, value, here, place, root, found):
    if key == "type":
        for name in value if isinstance(value, list) else [value]:
            if name not in TYPES:
                found.append((here, f"unknown type {name!r}"))
    elif key == "required":
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value) or len(set(value)) != len(value):
            found.append((here, "must be a list of different names"))
    elif key in ("properties", "$defs"):
        if key == "$defs" and place:
            found.append((here, "$defs belongs at the root"))
        if not isinstance(value, dict):
            found.append((here, "must be an object"))
            return
        for name, child in value.items():
            there = f"{here}/{name}"
            _walk(child, there, root, found)
            for word in ("title", "x-title-en", "description", "x-description-en"):
                if isinstance(child, dict) and not child.get(word):
                    found.append((there, f"lacks {word}"))
    elif key in ("additionalProperties", "items"):
        _walk(value, here, root, found)
    elif key in ("oneOf", "anyOf"):
        if not isinstance(value, list) or not value:
            found.append((here, "must be a list that is not empty"))
            return
        for i, child in enumerate(value):
            _walk(child, f"{here}/{i}", root, found)
    elif key == "enum":
        if not isinstance(value, list) or not value:
            found.append((here, "must be a list that is not empty"))
    elif key == "pattern":
        _pattern(value, here, found)
    elif key in COUNTS:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            found.append((here, "must be a whole number, zero or more"))
    elif key in ("minimum", "maximum"):
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            found.append((here, "must be a number"))
    elif key == "format":
        if value not in FORMATS:
            found.append((here, f"format {value!r} is not supported"))
    elif key == "$ref":
        name = value[len("#/$defs/"):] if isinstance(value, str) and value.startswith("#/$defs/") else None
        if name is None:
            found.append((here, "must point into this file's #/$defs/"))
        elif name not in root.get("$defs", {}):
            found.append((here, f"points to {value}, which is not there"))


def _pattern(value, here, found):
    if not isinstance(value, str):
        found.append((here, "must be a string"))
        return
    if NOT_RE2.search(value):
        found.append((here, "is not RE2 syntax (look-around, back reference, possessive or atomic group)"))
    try:
        re.compile(value)
    except re.error as error:
        found.append((here, f"does not compile: {error}"))


def _root(schema, found):
    properties = schema.get("properties", {})
    for word in ("title", "x-title-en", "description", "x-description-en", "x-type", "x-home", "examples", "type"):
        if not schema.get(word):
            found.append((f"/{word}", "is missing"))
    if schema.get("additionalProperties") is not True:
        found.append(("/additionalProperties", "must be true: publishers may add members"))
    if schema.get("$schema") != "https://json-schema.org/draft/2020-12/schema":
        found.append(("/$schema", "must be the 2020-12 dialect"))
    if schema.get("$id") != f"urn:dongbo:schema:{schema.get('x-type')}":
        found.append(("/$id", f"must be urn:dongbo:schema:{schema.get('x-type')}"))
    for name in schema.get("required", []):
        if name not in properties:
            found.append(("/required", f"names {name!r}, which properties does not describe"))
    for name in sorted(IDENTIFIERS & properties.keys()):
        rule = properties[name]
        # survey_answered and the like may leave a member to $defs; identifiers never are.
        if rule.get("type") != "string" or rule.get("minLength", 0) < 1 or rule.get("maxLength", 9999) > 200 or "pattern" not in rule:
            found.append((f"/properties/{name}", "an identifier is a string of 1 to 200 characters with a pattern"))
    _home(schema, properties, found)


def _home(schema, properties, found):
    templates = schema.get("x-home") or []
    members = [re.findall(r"\{([^{}]*)\}", t) for t in templates]
    for i, names in enumerate(members):
        for name in names:
            if properties.get(name, {}).get("type") not in ("string", "integer"):
                found.append((f"/x-home/{i}", f"{{{name}}} must be a string or integer member of data"))
    required = set(schema.get("required", []))
    branches = [required | set(b.get("required", [])) for b in schema.get("anyOf", [])] or [required]
    for branch in branches:
        if templates and not any(set(names) <= branch for names in members):
            found.append(("/x-home", "valid data could lack every home key; require its members"))
            break
