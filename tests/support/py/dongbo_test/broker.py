"""A real Kafka broker for the tests: deploy/kafka's scripts, and the troubles a broker has."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Optional

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient, NewPartitions, NewTopic

from .paths import ROOT, free_port

_SCRIPTS = ROOT / "deploy" / "kafka"
TOPICS = ("dongbo.events", "dongbo.changes", "dongbo.quarantine")


class Broker:
    """One broker in one folder. It keeps its port over stop and start, as a hub's configuration expects."""

    def __init__(self, directory, port: Optional[int] = None):
        self.directory = Path(directory)
        self.port = port or free_port()
        self._admin: Optional[AdminClient] = None

    @property
    def bootstrap(self) -> str:
        return f"127.0.0.1:{self.port}"

    # --- life ---
    def start(self) -> "Broker":
        done = subprocess.run([_SCRIPTS / "start", "--dir", self.directory, "--port", str(self.port)], capture_output=True, text=True, timeout=180)
        assert done.returncode == 0, f"deploy/kafka/start failed\n{done.stdout}{done.stderr}"
        assert f"bootstrap={self.bootstrap}" in done.stdout.splitlines(), done.stdout
        return self

    def stop(self, *, now: bool = False) -> None:
        """`now`: SIGKILL, as a power cut."""
        subprocess.run([_SCRIPTS / "stop", "--dir", self.directory, *(["--now"] if now else [])], check=True, timeout=120)

    @property
    def pid(self) -> int:
        return int((self.directory / "kafka.pid").read_text())

    def pause(self) -> None:
        """The broker hangs: connections stay, nothing answers."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def log_tail(self, lines: int = 40) -> str:
        log = self.directory / "kafka.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""

    # --- topics (by the admin protocol: a Java tool a call would cost a second each) ---
    @property
    def admin(self) -> AdminClient:
        if self._admin is None:
            self._admin = AdminClient({"bootstrap.servers": self.bootstrap})
        return self._admin

    def partitions(self, topic: str) -> int:
        """0 when there is no such topic."""
        found = self.admin.list_topics(timeout=20).topics.get(topic)
        return len(found.partitions) if found and not found.error else 0

    def create_topics(self, partitions: int = 4, topics=TOPICS) -> None:
        config = {"retention.ms": "-1", "message.timestamp.type": "LogAppendTime"}
        self._all(self.admin.create_topics([NewTopic(t, partitions, 1, config=config) for t in topics]))
        self._wait(lambda: all(self.partitions(t) == partitions for t in topics), f"{topics} with {partitions} partitions")

    def delete_topics(self, topics=TOPICS) -> None:
        there = [t for t in topics if self.partitions(t)]
        if there:
            self._all(self.admin.delete_topics(there, operation_timeout=20))
            self._wait(lambda: not any(self.partitions(t) for t in there), f"{there} to go")

    def reset_topics(self, partitions: int = 4) -> None:
        """The three topics, empty, with that many partitions. Offsets committed for the old ones go with them."""
        self.delete_topics()
        self.create_topics(partitions)

    def add_partitions(self, partitions: int, topic: str = "dongbo.events") -> None:
        self._all(self.admin.create_partitions([NewPartitions(topic, partitions)]))
        self._wait(lambda: self.partitions(topic) == partitions, f"{topic} with {partitions} partitions")

    @staticmethod
    def _all(futures: dict) -> None:
        for topic, future in futures.items():
            try:
                future.result(30)
            except KafkaException as error:
                raise AssertionError(f"{topic}: {error}") from error

    @staticmethod
    def _wait(holds, what: str, timeout: float = 20) -> None:
        deadline = time.monotonic() + timeout
        while not holds():
            assert time.monotonic() < deadline, f"waited {timeout} s for {what}"
            time.sleep(0.05)

    def __enter__(self) -> "Broker":
        return self.start()

    def __exit__(self, *_) -> None:
        self.stop(now=True)
