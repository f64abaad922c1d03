"""A client of Server-Sent Events by the letter of the HTML standard, on the standard library, so that a fault of a package is not taken for the hub's."""

import http.client
import json
import queue
import threading
import time
import urllib.parse
from dataclasses import dataclass
from typing import Callable, Optional


@dataclass(frozen=True)
class Message:
    event: str
    data: str
    id: str

    def json(self) -> dict:
        return json.loads(self.data)


class Feed:
    """Reads in a thread of its own from the moment it is made; messages wait in order until asked for. close() may be called twice."""

    _END = object()

    def __init__(self, url: str, *, params: Optional[dict] = None, last_event_id: Optional[str] = None, timeout: float = 30):
        parts = urllib.parse.urlsplit(url)
        query = urllib.parse.urlencode({k: v for k, v in (params or {}).items() if v is not None})
        headers = {"Accept": "text/event-stream", "Cache-Control": "no-cache"}
        if last_event_id is not None:
            headers["Last-Event-ID"] = last_event_id
        self.last_id = last_event_id or ""
        self.comments = 0  # heartbeats seen
        self.error: Optional[BaseException] = None
        self._messages: queue.Queue = queue.Queue()
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
        self._connection.request("GET", parts.path + (f"?{query}" if query else ""), headers=headers)
        self._sock = self._connection.sock  # getresponse() lets go of it when the server will close
        self._response = self._connection.getresponse()
        self.status = self._response.status
        self.headers = dict(self._response.getheaders())
        if self.status != 200:
            body = self._response.read(2000)
            self._connection.close()
            raise AssertionError(f"feed: {self.status} {body!r}")
        self._sock.settimeout(None)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        name, data, last_id = "", [], self.last_id
        try:
            for raw in self._response:
                line = raw.decode("utf-8").rstrip("\n").rstrip("\r")
                if not line:
                    if data:
                        self._messages.put(Message(name or "message", "\n".join(data), last_id))
                    name, data = "", []
                    continue
                if line.startswith(":"):
                    self.comments += 1
                    continue
                field, _, value = line.partition(":")
                value = value[1:] if value.startswith(" ") else value
                if field == "event":
                    name = value
                elif field == "data":
                    data.append(value)
                elif field == "id" and "\0" not in value:
                    last_id = value
        except (OSError, ValueError, http.client.HTTPException, AttributeError) as error:
            self.error = error  # the connection broke or was closed: the messages before it count
        finally:
            self._messages.put(self._END)

    def next(self, timeout: float = 15) -> Optional[Message]:
        """The next message, or None when the stream has ended. No message within the time fails."""
        try:
            message = self._messages.get(timeout=timeout)
        except queue.Empty:
            raise AssertionError(f"no message on the feed within {timeout} s") from None
        if message is self._END:
            self._messages.put(self._END)
            return None
        self.last_id = message.id
        return message

    def until(self, done: Callable[[Message], bool], timeout: float = 30) -> list:
        """Messages up to and with the first for which `done` holds."""
        found, deadline = [], time.monotonic() + timeout
        while True:
            message = self.next(max(0.01, deadline - time.monotonic()))
            assert message is not None, f"the feed ended after {len(found)} messages"
            found.append(message)
            if done(message):
                return found

    def take(self, count: int, event: Optional[str] = None, timeout: float = 30) -> list:
        """The next `count` messages (of the kind `event`; others are dropped)."""
        found, deadline = [], time.monotonic() + timeout
        while len(found) < count:
            message = self.next(max(0.01, deadline - time.monotonic()))
            assert message is not None, f"the feed ended after {len(found)} of {count} messages"
            if event is None or message.event == event:
                found.append(message)
        return found

    def close(self) -> None:
        try:
            self._sock.shutdown(2)
        except OSError:
            pass
        self._thread.join(5)
        self._connection.close()

    def __enter__(self) -> "Feed":
        return self

    def __exit__(self, *_) -> None:
        self.close()
