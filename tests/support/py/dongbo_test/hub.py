"""One `dongbo serve` under test: started, asked, stopped, killed and started again on the same data."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Iterable, Optional

import requests

from .child import die_with_parent
from .paths import dongbo_binary, free_port
from .sse import Feed


class HubFailed(AssertionError):
    """The hub ended by itself or did not become ready; the message carries the end of its log."""


class Hub:
    """Not thread-safe except get/post, which any thread may call. The port stays the same over restarts, as clients expect."""

    def __init__(self, data_dir, *, shards: Optional[int] = None, kafka: Optional[str] = None, args: Iterable[str] = (),
                 env: Optional[dict] = None, port: Optional[int] = None, binary=None):
        self.data_dir = Path(data_dir)
        self.shards, self.kafka, self.args, self.env = shards, kafka, list(args), dict(env or {})
        self.port = port or free_port()
        self.binary = Path(binary) if binary else dongbo_binary()
        self.log_path = self.data_dir.parent / f"{self.data_dir.name}.log"
        self.process: Optional[subprocess.Popen] = None
        self.http = requests.Session()

    # --- life ---
    def command(self) -> list:
        line = [str(self.binary), "serve", "--data", str(self.data_dir), "--listen", f"127.0.0.1:{self.port}"]
        if self.shards is not None:
            line += ["--shards", str(self.shards)]
        if self.kafka is not None:
            line += ["--kafka", self.kafka]
        return line + self.args

    def start(self, *, until: Optional[str] = "/readyz", timeout: float = 60) -> "Hub":
        """Starts the program and waits until `until` answers 200 (None: does not wait)."""
        assert not self.running(), "the hub runs already"
        if not self.binary.exists():
            raise HubFailed(f"{self.binary} is not there: build it, or name another with DONGBO_BIN")
        self.data_dir.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log_path, "ab") as log:
            log.write(f"--- {' '.join(self.command())}\n".encode())
            log.flush()
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env={**os.environ, **self.env}, preexec_fn=die_with_parent)
        if until:
            self.wait_until(until, timeout)
        return self

    def wait_until(self, path: str = "/readyz", timeout: float = 60) -> None:
        deadline = time.monotonic() + timeout
        last = "no answer"
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise HubFailed(f"the hub ended with {self.process.returncode}\n{self.log_tail()}")
            try:
                answer = requests.get(self.url(path), timeout=5)
                if answer.status_code == 200:
                    return
                last = f"{answer.status_code} {answer.text[:300]}"
            except requests.RequestException as error:
                last = type(error).__name__
            time.sleep(0.02)
        raise HubFailed(f"{path} not 200 within {timeout} s, last: {last}\n{self.log_tail()}")

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self, timeout: float = 60) -> int:
        """SIGTERM; returns the exit code. A hub that does not end in time is killed and the test fails."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(signal.SIGTERM)
        return self.wait(timeout)

    def kill9(self) -> None:
        """As a power cut for the process: nothing is flushed."""
        self.process.kill()
        self.process.wait()
        self.http.close()

    def wait(self, timeout: float = 60) -> int:
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.kill9()
            raise HubFailed(f"the hub did not end within {timeout} s\n{self.log_tail()}") from None
        self.http.close()  # its pooled connections are dead
        return code

    def restart(self, **start) -> "Hub":
        if self.running():
            self.stop()
        return self.start(**start)

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def __enter__(self) -> "Hub":
        return self if self.running() else self.start()

    def __exit__(self, *_) -> None:
        if self.running():
            self.stop()

    # --- what it says ---
    def log_text(self) -> str:
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def log_tail(self, lines: int = 40) -> str:
        return "\n".join(self.log_text().splitlines()[-lines:])

    def rss_bytes(self) -> int:
        with open(f"/proc/{self.pid}/status") as status:
            for line in status:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) * 1024
        raise HubFailed("no VmRSS")

    # --- asking ---
    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path: str, **options) -> requests.Response:
        options.setdefault("timeout", 60)
        return self.http.get(self.url(path), **options)

    def get_json(self, path: str, **params) -> dict:
        """The JSON of a 200 answer; any other answer fails the test with what the hub said."""
        answer = self.get(path, params=params or None)
        assert answer.status_code == 200, f"GET {path} {params}: {answer.status_code} {answer.text[:1000]}"
        return answer.json()

    def items(self, path: str, **params) -> list:
        """All items of a list, page by page."""
        found, token = [], ""
        while True:
            page = self.get_json(path, **params, **({"page_token": token} if token else {}))
            found += page["items"]
            token = page.get("next_page_token") or ""
            if not token:
                return found

    def post(self, path: str, **options) -> requests.Response:
        options.setdefault("timeout", 120)
        return self.http.post(self.url(path), **options)

    def post_event(self, event: dict) -> requests.Response:
        return self.post("/v1/events", json=event, headers={"content-type": "application/cloudevents+json"})

    def post_batch(self, events: list) -> requests.Response:
        return self.post("/v1/events", json=events, headers={"content-type": "application/cloudevents-batch+json"})

    def post_ndjson(self, body, *, encoding: Optional[str] = None, params: Optional[dict] = None) -> requests.Response:
        """`body`: bytes or an iterable of bytes (then sent chunked)."""
        headers = {"content-type": "application/x-ndjson"}
        if encoding:
            headers["content-encoding"] = encoding
        return self.post("/v1/events", data=body, headers=headers, params=params)

    def take(self, event: dict) -> dict:
        """Posts one event that must be taken; returns the answer."""
        answer = self.post_event(event)
        assert answer.status_code == 200, f"{answer.status_code} {answer.text[:1000]}"
        return answer.json()

    def feed(self, *, last_event_id: Optional[str] = None, **params) -> Feed:
        return Feed(self.url("/v1/feed"), params=params, last_event_id=last_event_id)
