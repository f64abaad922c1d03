"""The include arrows of the house (tests/conformance/arrows) hold in hub/ and connectors/."""
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = (ROOT / "tests" / "conformance" / "arrows").read_text(encoding="utf-8")


def rules():
    allowed, only = {}, {}
    for line in RULES.splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        head, _, rest = line.partition(":")
        if head.startswith("only "):
            only[head[5:].strip()] = set(rest.split())
        else:
            allowed[head] = set(rest.split()) | {head}
    return allowed, only


def includes(file):
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*["<]([^">]+)[">]', line)
        if match:
            yield number, match.group(1)


def faults_of(files, allowed, only):
    faults = []
    for room, file, name in files:
        for number, target in includes(file):
            if target.startswith("hub/"):
                other = target.split("/")[1]
                if other not in allowed.get(room, set()):
                    faults.append(f"{name}:{number}: {room} must not include {other} ({target})")
            for prefix, rooms in only.items():
                if target.startswith(prefix) and room not in rooms:
                    faults.append(f"{name}:{number}: {target} belongs to {sorted(rooms)} only")
    return faults


def hub_files():
    for file in sorted((ROOT / "hub").rglob("*")):
        if file.suffix in (".h", ".cc"):
            yield file.relative_to(ROOT / "hub").parts[0], file, file.relative_to(ROOT)


def test_rooms_include_only_what_the_house_allows():
    allowed, only = rules()
    files = list(hub_files())
    assert len(files) > 50
    assert not (faults := faults_of(files, allowed, only)), "\n".join(faults)


def test_every_room_of_the_hub_has_its_arrows():
    allowed, _ = rules()
    assert {room for room, _, _ in hub_files()} <= set(allowed)


@pytest.mark.parametrize("line,wrong", [('#include "hub/shard/shard.h"', True), ('#include <rocksdb/db.h>', True),
                                        ('#include "hub/base/result.h"', False)])
def test_a_wrong_arrow_is_found(tmp_path, line, wrong):
    file = tmp_path / "x.cc"
    file.write_text(line + "\n", encoding="utf-8")
    allowed, only = rules()
    assert bool(faults_of([("event", file, "x.cc")], allowed, only)) == wrong
