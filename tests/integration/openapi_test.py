"""schemas/openapi.yaml is true: every example that may be posted is posted, every reading path is read, and each answer of the real hub is
held against the schema that the document gives for its status and content type."""
import json
import re
import urllib.parse

import jsonschema
import pytest
import requests
import yaml

from dongbo_test.hub import Hub
from dongbo_test.paths import ROOT

DOCUMENT = yaml.safe_load((ROOT / "schemas" / "openapi.yaml").read_text(encoding="utf-8"))
SAMPLES = (ROOT / "schemas" / "samples" / "events.ndjson").read_bytes()
# What the path parameters stand for: things that the samples and the examples bring.
PARAMETERS = {"meeting": "QNA-2023-05-30", "file": "QNA-2023-05-30.json", "index": "PAPI", "year": "2022", "code": "20335", "id": "0:q1", "projection": "attendance"}
# Not JSON answers, or one that never ends: they have tests of their own.
NOT_JSON = {"/v1/feed", "/metrics", "/openapi.yaml", "/healthz", "/readyz"}


def resolved(node):
    while "$ref" in node:
        target = DOCUMENT
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def faults(operation, answer):
    """What is wrong with an answer by the document; empty: nothing."""
    responses = operation["responses"]
    declared = responses.get(str(answer.status_code)) or responses.get("default")
    if declared is None:
        return [f"status {answer.status_code} is not in the document: {answer.text[:300]}"]
    content = resolved(declared).get("content")
    if not content:
        return []
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    if kind not in content:
        return [f"content type {kind} is not in the document for {answer.status_code}"]
    schema = {**content[kind]["schema"], "components": DOCUMENT["components"]}
    validator = jsonschema.Draft202012Validator(schema)
    return [f"/{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in validator.iter_errors(answer.json())]


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    hub = Hub(tmp_path_factory.mktemp("openapi") / "hub", shards=2)
    hub.start()
    sent = requests.post(hub.url("/v1/events"), data=SAMPLES, headers={"Content-Type": "application/x-ndjson"}, timeout=60)
    assert sent.status_code == 200, sent.text
    first = json.loads(SAMPLES.splitlines()[0])
    first["data"]["name"] = "Tên khác"
    conflict = requests.post(hub.url("/v1/events"), data=json.dumps(first), timeout=60, headers={"Content-Type": "application/cloudevents+json"})
    assert conflict.status_code == 409 and not faults(DOCUMENT["paths"]["/v1/events"]["post"], conflict)
    PARAMETERS["id"] = conflict.json()["quarantine"]
    yield hub
    hub.stop()


def event_examples():
    for kind, media in DOCUMENT["paths"]["/v1/events"]["post"]["requestBody"]["content"].items():
        for name, example in media["examples"].items():
            yield pytest.param(kind, example["value"], id=f"{kind.split('/')[1]}-{name}")


@pytest.mark.parametrize("kind,value", list(event_examples()))
def test_every_example_of_an_upload_is_taken(hub, kind, value):
    operation = DOCUMENT["paths"]["/v1/events"]["post"]
    headers = {"Content-Type": kind}
    if kind == "application/json":
        headers |= {p["name"]: p["example"] for p in operation["parameters"] if p["name"].startswith("ce-")}
    body = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    answer = requests.post(hub.url("/v1/events"), data=body.encode(), headers=headers, timeout=30)
    assert answer.status_code == 200, answer.text
    assert not faults(operation, answer)


@pytest.mark.parametrize("body,kind,status", [(b"rubbish", "application/cloudevents+json", 422), (b"x", "text/plain", 415),
                                              (b'[{"id":1}]', "application/cloudevents-batch+json", 207)])
def test_refusals_have_the_shape_that_is_promised(hub, body, kind, status):
    answer = requests.post(hub.url("/v1/events"), data=body, headers={"Content-Type": kind}, timeout=30)
    assert answer.status_code == status, answer.text
    assert not faults(DOCUMENT["paths"]["/v1/events"]["post"], answer)


@pytest.mark.parametrize("path", [p for p, item in DOCUMENT["paths"].items() if "get" in item and p not in NOT_JSON])
def test_every_answer_is_as_described(hub, path):
    filled = re.sub(r"{(\w+)}", lambda m: urllib.parse.quote(PARAMETERS[m.group(1)], safe=""), path)
    operation = DOCUMENT["paths"][path]["get"]
    answer = requests.get(hub.url(filled), params={} if path == "/v1/status" else {"min_position": "0:1"}, timeout=30)
    if answer.status_code == 422:  # a path without min_position
        answer = requests.get(hub.url(filled), timeout=30)
    assert answer.status_code == 200, answer.text
    assert not faults(operation, answer)


@pytest.mark.parametrize("path", ["/v1/meetings/{meeting}", "/v1/meetings/{meeting}/attendance", "/v1/indexes/{index}/{year}", "/v1/units/{code}"])
def test_what_is_not_there_is_a_problem_as_described(hub, path):
    answer = requests.get(hub.url(re.sub(r"{\w+}", "1999", path)), timeout=30)
    assert answer.status_code == 404, answer.text
    assert not faults(DOCUMENT["paths"][path]["get"], answer)


def test_a_wrong_answer_would_be_noticed():
    answer = requests.Response()
    answer.status_code, answer._content = 200, b'{"outcome":"perhaps"}'
    answer.headers["Content-Type"] = "application/json"
    assert faults(DOCUMENT["paths"]["/v1/events"]["post"], answer)
