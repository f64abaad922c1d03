"""The compatible surface of a schema, and what a change of it breaks.

The surface is a flat map from a place in the data ("/corrects/id", "/items/*/amount", "" for the root) to what a publisher must obey and
a reader may rely on. Annotations are left out, except x-personal (the promise to erase) and x-home (where an event lives).
"""
import json

LOWER = ("minLength", "minItems", "minimum")
UPPER = ("maxLength", "maxItems", "maximum")
EXACT = ("pattern", "format", "const")


def surface(schema):
    """{"type", "home", "places": {place: rule}} of one event schema."""
    places = {}
    _collect(schema, "", False, schema, places)
    return {"type": schema.get("x-type"), "home": schema.get("x-home"), "places": places}


def _bare(node):
    """The node without annotations, for alternatives, which are compared as a whole."""
    if isinstance(node, dict):
        skip = ("title", "description", "examples", "$id", "$schema")
        return {k: _bare(v) for k, v in node.items() if k not in skip and not k.startswith("x-")}
    return [_bare(v) for v in node] if isinstance(node, list) else node


def _collect(node, place, required, root, places):
    if "$ref" in node:
        target = root.get("$defs", {}).get(node["$ref"][len("#/$defs/"):], {})
        node = {**target, **{k: v for k, v in node.items() if k != "$ref"}}
    kind = node.get("type", [])
    rule = {"required": required, "type": sorted(kind) if isinstance(kind, list) else [kind]}
    for key in LOWER + UPPER + EXACT + ("enum",):
        if key in node:
            rule[key] = node[key]
    for key in ("anyOf", "oneOf"):
        if key in node:
            rule[key] = _bare(node[key])
    if node.get("x-personal"):
        rule["personal"] = True
    if isinstance(node.get("additionalProperties"), dict):
        _collect(node["additionalProperties"], f"{place}/+", False, root, places)
    elif "object" in rule["type"]:
        rule["open"] = node.get("additionalProperties", True)
    places[place] = rule
    needed = node.get("required", [])
    for name, child in node.get("properties", {}).items():
        _collect(child, f"{place}/{name}", name in needed, root, places)
    if isinstance(node.get("items"), dict):
        _collect(node["items"], f"{place}/*", False, root, places)


def breaks(old, new):
    """[(place, message)] for every change that breaks a publisher or a reader of the old surface."""
    found = []
    if old["type"] != new["type"]:
        found.append(("/x-type", f"changed from {old['type']} to {new['type']}"))
    if old["home"] != new["home"]:
        found.append(("/x-home", f"changed from {_text(old['home'])} to {_text(new['home'])}: old events would live elsewhere"))
    for place, before in old["places"].items():
        after = new["places"].get(place)
        if after is None:
            found.append((place, "was removed or renamed"))
        else:
            _compare(place, before, after, found)
    for place, after in new["places"].items():
        parent = place.rsplit("/", 1)[0]
        if place not in old["places"] and after["required"] and parent in old["places"]:
            found.append((place, "is new and required: old publishers do not send it"))
    return found


def _text(value):
    return json.dumps(value, ensure_ascii=False)


def _compare(place, before, after, found):
    if after["required"] and not before["required"]:
        found.append((place, "became required: old publishers may leave it out"))
    if before["required"] and not after["required"]:
        found.append((place, "is no longer required: old readers rely on it"))
    lost = set(before["type"]) - set(after["type"])
    if lost:
        found.append((place, f"type narrowed, {', '.join(sorted(lost))} no longer allowed"))
    gained = set(after["type"]) - set(before["type"])
    if gained:
        found.append((place, f"type widened by {', '.join(sorted(gained))}: old readers do not expect it"))
    if "enum" in after:
        gone = [v for v in before["enum"] if v not in after["enum"]] if "enum" in before else None
        if gone is None:
            found.append((place, "got an enum: old publishers may send other values"))
        elif gone:
            found.append((place, f"enum narrowed, without {_text(gone)}"))
    elif "enum" in before:
        found.append((place, "lost its enum: old readers rely on the listed values"))
    for key in EXACT:
        if before.get(key) != after.get(key):
            found.append((place, f"{key} changed from {_text(before.get(key))} to {_text(after.get(key))}"))
    for key in LOWER:
        if key in after and after[key] > before.get(key, float("-inf")):
            found.append((place, f"{key} narrowed from {_text(before.get(key))} to {after[key]}"))
    for key in UPPER:
        if key in after and after[key] < before.get(key, float("inf")):
            found.append((place, f"{key} narrowed from {_text(before.get(key))} to {after[key]}"))
    for key in ("anyOf", "oneOf"):
        if before.get(key) != after.get(key):
            found.append((place, f"{key} changed"))
    if before.get("personal") and not after.get("personal"):
        found.append((place, "lost x-personal: what was promised to be erasable must stay so"))
    if before.get("open") is True and after.get("open") is False:
        found.append((place, "additionalProperties was closed: old publishers may add members"))
