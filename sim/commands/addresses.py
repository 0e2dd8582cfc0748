"""The addresses of this computer: which of them others can reach, and at which phones find a
server.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any

from sim.errors import InputError

EVERYWHERE = ("0.0.0.0", "::")
# Addresses of private networks, and one of documentation. Nothing is sent to them: the system only
# says from which of its own addresses it would.
ASKED_FOR_A_WAY = ("192.168.0.1", "10.0.0.1", "172.16.0.1", "192.0.2.1")


def own_addresses() -> list[str]:
    """The addresses of this computer in its networks, the likeliest first; none of the loopback."""
    addresses: dict[str, None] = {}
    for target in ASKED_FOR_A_WAY:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
            except OSError:  # there is no way to that network
                continue
            addresses[probe.getsockname()[0]] = None
    try:
        names: Iterable[Any] = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        names = ()
    addresses |= dict.fromkeys(str(each[4][0]) for each in names)
    return [address for address in addresses if not is_loopback(address)]


def check_host(host: str) -> None:
    """InputError where *host* is empty, which a system takes for all addresses of a computer."""
    if not host.strip():
        raise InputError(
            f"--host is {host!r}, expected an address such as 127.0.0.1, or {EVERYWHERE[0]} for all"
        )


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach *host*."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def join_address(host: str, port: int) -> str:
    """Where phones come to a server on *host*, such as 192.168.1.20:8050."""
    name = next(iter(own_addresses()), "127.0.0.1") if host in EVERYWHERE else host
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"
