"""The Kafka measurement counts exactly; how fast it is does not matter here."""

import json
import subprocess

import pytest

from dongbo_test.paths import ROOT, dongbo_binary


@pytest.mark.parametrize("peer", [False, True], ids=["hub", "hub and Kafka Streams"])
def test_counts_exactly(tmp_path, peer):
    program = ROOT / "build" / "release" / "tests" / "bench" / "bench_kafka"
    if not program.exists():
        pytest.skip("built by deploy/build --tests release")
    if peer:
        subprocess.run([ROOT / "tests" / "bench" / "peers" / "install"], check=True, timeout=600)
    out = tmp_path / "figures.json"
    done = subprocess.run([program, "--dongbo", dongbo_binary(), "--dir", tmp_path / "bench", "--out", out, "--events", "20000",
                           *([] if peer else ["--without-peer"])], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(out.read_text())["exact"] is True
