"""`parley class`: open a class session and serve it to the phones of a class, or check whether these would reach it."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.arguments import SEED, check_seed
from sim.commands import options
from sim.commands.options import LAST_PORT, whole
from sim.errors import InputError
from sim.reading import check_whole
from sim.scenario.files import DEFAULT

EVERYWHERE = ("0.0.0.0", "::")
# Addresses of private networks, and one of documentation. Nothing is sent to them: the system only says from which of
# its own addresses it would.
ASKED_FOR_A_WAY = ("192.168.0.1", "10.0.0.1", "172.16.0.1", "192.0.2.1")
PAGES = "/class"

Serve = Callable[[str, int, str, dict[str, Any], Path | None, Callable[[str, str], None]], None]

Name = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A name that `parley list` shows, of a scenario that ships.")
]
Plan = Annotated[str, typer.Option("--plan", metavar="MINUTES", help="How long the session takes: 15 or 50.")]
Seats = Annotated[str, typer.Option("--seats", metavar="NUMBER", help="How many seats teams may take: 6, 12, 20, 30.")]
Host = Annotated[str, typer.Option("--host", help="The address to serve on; 0.0.0.0 are all of this computer.")]
Port = Annotated[str, typer.Option("--port", metavar="NUMBER", help="The port to serve on.")]
File = Annotated[
    Path | None,
    options.path_option("--store", metavar="FILE", help="Where sessions are kept, else in the user's cache folder."),
]
Check = Annotated[
    bool, typer.Option("--check", help="Say whether other devices can reach this one, and serve nothing.")
]


def class_with(serve: Serve) -> Callable[..., None]:
    """The command, which lets *serve* open and serve the session: whoever has the pages hands it in."""

    def class_session(
        scenario: Name = DEFAULT,
        plan: Plan = "50",
        seats: Seats = "12",
        host: Host = "0.0.0.0",
        port: Port = "8050",
        seed: options.Seed = None,
        store: File = None,
        check: Check = False,
    ) -> None:
        """Open a class session, and serve it with the dashboard to every device of this network."""
        number = check_whole(whole(port), 1, LAST_PORT, "--port")
        address = join_address(host, number)
        if check:
            _report(host, number, address)
            return
        wish = {
            "scenario": scenario, "plan": plan, "seats": whole(seats),
            "seed": SEED if seed is None else check_seed(whole(seed)),
        }  # fmt: skip
        serve(host, number, address, wish, store, lambda code, secret: _welcome(address, code, secret))

    return class_session


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


def _welcome(address: str, code: str, secret: str) -> None:
    """Prints what a teacher needs."""
    join = f"http://{address}{PAGES}/join"
    _print(
        "The class session is open.",
        f"  Teacher: http://{address}{PAGES}/console#{code}.{secret}",
        "           (keep this link to yourself: whoever has it leads the session)",
        f"  Students: {join}",
        f"  Code: {code}",
    )
    _print_picture(f"{join}#{code}")
    _print("Ctrl-C ends the server; the session stays in its file.")


def _report(host: str, port: int, address: str) -> None:
    """Prints whether another device can reach a server on *host* and *port*; InputError where none can."""
    name = address.rpartition(":")[0]
    if is_loopback(name.strip("[]")):
        reason = (
            "found no network: join the Wi-Fi, or open a hotspot, first" if host in EVERYWHERE
            else f"--host is {host!r}, which only this computer reaches, expected 0.0.0.0"
        )  # fmt: skip
        raise InputError(f"class: no other device can reach this one; {reason}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except (OSError, UnicodeError) as problem:
        is_busy = getattr(problem, "errno", None) == errno.EADDRINUSE
        reason = "another program has it; name another --port" if is_busy else "it is none of this computer; see --host"
        raise InputError(f"class: cannot serve on {host}, port {port}: {reason}") from problem
    others = [each for each in own_addresses() if each != name]
    _print(
        f"Address: http://{address}{PAGES}/join",
        f"Port {port}: free",
        "Other devices of the same network can reach this computer, unless its firewall or the Wi-Fi keeps them apart.",
        "To be sure, run `parley class` and open the address on a phone. If it does not answer: allow Python in the",
        "firewall; or the Wi-Fi isolates its guests, then open a hotspot (docs/teaching/class.md).",
        *([f"Other addresses of this computer: {', '.join(others)} (name one with --host)"] if others else []),
    )
    _print_picture(f"http://{address}{PAGES}/join")


def _print(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)


def _print_picture(text: str) -> None:
    """Prints *text* as a QR code that a phone reads from the screen."""
    import segno

    segno.make(text, micro=False).terminal(out=sys.stdout, compact=True)
    sys.stdout.flush()
