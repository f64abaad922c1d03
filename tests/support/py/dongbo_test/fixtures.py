"""pytest fixtures; a conftest.py takes them with `from dongbo_test.fixtures import *`."""

import subprocess
from pathlib import Path

import pytest

from .broker import Broker
from .hub import Hub

__all__ = ["broker", "own_broker", "kafka_topics", "hub", "make_hub", "small_disk", "pytest_runtest_makereport"]


@pytest.fixture(scope="session")
def broker(tmp_path_factory):
    """One broker for the whole run, without topics. Tests that stop or break a broker take own_broker."""
    with Broker(tmp_path_factory.mktemp("kafka") / "broker") as running:
        yield running


@pytest.fixture
def own_broker(tmp_path):
    """A broker for this test alone: it may be stopped, paused and killed."""
    with Broker(tmp_path / "kafka") as running:
        yield running


@pytest.fixture
def kafka_topics(broker):
    """The session's broker with the hub's three topics, empty, four partitions each."""
    broker.reset_topics(4)
    return broker


@pytest.fixture
def make_hub(tmp_path, request):
    """make_hub(name="hub", start=True, shards=…, kafka=…, args=[…]) -> Hub; all are stopped at the end."""
    made = []
    request.node.dongbo_hubs = made

    def make(name: str = "hub", *, start: bool = True, **options) -> Hub:
        hub = Hub(tmp_path / name, **options)
        made.append(hub)
        return hub.start() if start else hub

    yield make
    for hub in made:
        if hub.running():
            hub.stop()


@pytest.fixture
def hub(make_hub):
    """An embedded hub of two shards."""
    return make_hub(shards=2)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 256 MiB that a test can fill: a hub made by make_hub("small/hub") lies on it."""
    where = tmp_path / "small"
    where.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", where], capture_output=True).returncode != 0:
        pytest.skip("mounting a tmpfs is not allowed here")
    yield SmallDisk(where)
    subprocess.run(["umount", "-l", where], check=True)


class SmallDisk:
    def __init__(self, where: Path):
        self.ballast = where / "ballast"

    def fill(self) -> None:
        with open(self.ballast, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(65536))
            except OSError:
                pass

    def free(self) -> None:
        self.ballast.unlink()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test shows the end of its hubs' logs."""
    outcome = yield
    report = outcome.get_result()
    if report.failed:
        for hub in getattr(item, "dongbo_hubs", []):
            report.sections.append((f"log of {hub.data_dir.name}", hub.log_tail()))
