"""Ports for the servers that tests start."""

from __future__ import annotations

import random
import socket

# Below the ports that a system gives to its connections (from 32768 in Linux, from 49152
# elsewhere). Of these any may be taken while a server that shall listen there is still importing.
PORTS = range(20_000, 32_000)


def free_port() -> int:
    """A port of this computer that nobody listens at."""
    while True:
        port = random.SystemRandom().choice(PORTS)
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
