"""Where things are in the tree, and loopback ports nobody uses."""

import os
import random
import socket
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


def dongbo_binary() -> Path:
    """The program under test: DONGBO_BIN, else the release build."""
    return Path(os.environ.get("DONGBO_BIN") or ROOT / "build" / "release" / "dongbo")


def free_port() -> int:
    """A port below the kernel's range for outgoing connections, so that none of those takes it before the server binds it."""
    while True:
        port = random.SystemRandom().randrange(12000, 20000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
