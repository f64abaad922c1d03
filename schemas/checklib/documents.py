"""openapi.yaml and asyncapi.yaml: every $ref must lead somewhere, every event type must be a message."""
import json
import os

import yaml


_Safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where it is there: twenty times faster


class _Loader(_Safe):
    """YAML as JSON means it: a time stays a string, and a member given twice is a fault."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _mapping(loader, node, deep=False):
    names = [loader.construct_object(key, deep=True) for key, _ in node.value]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise yaml.constructor.ConstructorError(None, None, f"member given twice: {', '.join(map(str, twice))}", node.start_mark)
    return loader.construct_mapping(node, deep)


_Loader.add_constructor(
    yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, lambda loader, node: _mapping(loader, node, deep=True)
)


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=_Loader) if path.endswith((".yaml", ".yml")) else json.load(file)


def lookup(document, pointer):
    """What a JSON Pointer leads to; KeyError when nothing."""
    for part in pointer.split("/")[1:]:
        part = part.replace("~1", "/").replace("~0", "~").replace("%7B", "{").replace("%7D", "}")
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document


def references(node, place=""):
    """(place, reference) of every $ref that is not inside an example."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                yield place, value
            elif key not in ("example", "examples") or not place.startswith("/components/schemas"):
                yield from references(value, f"{place}/{key}")
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from references(value, f"{place}/{i}")


def dangling(path, document=None):
    """[(place, message)] for every reference of the file that leads nowhere."""
    document = load(path) if document is None else document
    found = []
    for place, reference in references(document):
        file, _, pointer = reference.partition("#")
        try:
            target = load(os.path.join(os.path.dirname(path), file)) if file else document
            lookup(target, pointer)
        except (OSError, KeyError, IndexError, ValueError, TypeError):
            found.append((place, f"$ref {reference} leads nowhere"))
    return found


def stray(node, place=""):
    """(place, message) of members without a value: what an unquoted comma in a flow mapping leaves behind."""
    if isinstance(node, dict):
        for key, value in node.items():
            if value is None:
                yield place, f"member {key!r} has no value (an unquoted comma?)"
            yield from stray(value, f"{place}/{key}")
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from stray(value, f"{place}/{i}")


def message_types(asyncapi):
    """The event types that some message of the document carries, with the schema each refers to."""
    types = {}
    for name, message in asyncapi["components"]["messages"].items():
        if "x-type" in message:
            types[message["x-type"]] = (name, message["payload"])
    return types
