"""`parley class`: open a class session and serve it to the phones of a class, or check whether
these would reach it.
"""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.arguments import DEFAULTS
from sim.commands import addresses, options
from sim.commands.addresses import EVERYWHERE, is_loopback, join_address
from sim.commands.options import LAST_PORT, whole
from sim.errors import InputError
from sim.extras import extra
from sim.reading import check_whole
from sim.scenario.files import DEFAULT
from sim.words.language import say
from sim.writing import writable_file, write_text

PAGES, HTML = "/class", ".html"
CHECK, PRINT, SLIDES, LANGUAGE, RULE = "--check", "--print", "--slides", "--language", "--rule"
# Option that serves nothing -> what is used beside it. The first that is there decides.
USED = {
    CHECK: ("--host", "--port"),
    PRINT: ("SCENARIO", "--plan", "--seats", LANGUAGE, SLIDES),
    SLIDES: (),
}

Sheets = Callable[[dict[str, Any]], str]
Serve = Callable[[str, int, str, dict[str, Any], Path | None, Callable[[str, str], None]], None]

Name = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="A name that `parley list` shows, of a scenario that ships."
    ),
]
Plan = Annotated[
    str,
    typer.Option(
        "--plan",
        metavar="LENGTH",
        help="Minutes, -real without a secret round: 15, 50, 50-real, 150, 150-real or week.",
    ),
]
Seats = Annotated[
    str,
    typer.Option("--seats", metavar="NUMBER", help="How many seats teams may take: 6, 12, 20, 30."),
]
Rule = Annotated[
    str,
    typer.Option(
        RULE, metavar="NAME", help="Who adopts a text, in 150 minutes: two-thirds or consensus."
    ),
]
Host = Annotated[
    str, typer.Option("--host", help="The address to serve on; 0.0.0.0 are all of this computer.")
]
Port = Annotated[str, typer.Option("--port", metavar="NUMBER", help="The port to serve on.")]
Seed = Annotated[
    str | None,
    typer.Option(
        "--seed",
        metavar="NUMBER",
        help="The seed of the class's world, to repeat one; nobody else should know it.",
        show_default="drawn",
    ),
]
File = Annotated[
    Path | None,
    options.path_option(
        "--store", metavar="FILE", help="Where sessions are kept, else in the user's cache folder."
    ),
]
Check = Annotated[
    bool,
    typer.Option(CHECK, help="Say whether other devices can reach this one, and serve nothing."),
]
Print = Annotated[
    Path | None,
    options.path_option(
        PRINT, metavar="FILE.html", help="Write role cards and ballots, and serve nothing."
    ),
]
Slides = Annotated[
    Path | None,
    options.path_option(
        SLIDES, metavar="FILE.html", help="Write slides to show, and serve nothing."
    ),
]
Language = Annotated[
    str,
    typer.Option(
        LANGUAGE, metavar="CODE", help="The language of role cards and ballots: en or fr."
    ),
]


def class_with(serve: Serve, sheets: Sheets, slides: Callable[[], str]) -> Callable[..., None]:
    """The command, which lets *serve* open and serve the session, and writes the *sheets* and
    *slides* of a class: whoever has the pages hands these in.
    """

    def class_session(
        context: typer.Context,
        scenario: Name = DEFAULT,
        plan: Plan = DEFAULTS["minutes of a class session"].command,
        seats: Seats = str(DEFAULTS["seats of a class session"].command),
        rule: Rule = DEFAULTS["rule of a class's talks"].command,
        host: Host = "0.0.0.0",
        port: Port = "8050",
        seed: Seed = None,
        store: File = None,
        check: Check = False,
        print_: Print = None,
        slides_: Slides = None,
        language: Language = "en",
    ) -> None:
        """Open a class session, and serve it with the dashboard to every device of this network."""
        there = options.on_command_line(context)
        _check_use(there)
        if print_ or slides_:
            sizes = {
                "scenario": scenario,
                "plan": plan,
                "seats": whole(seats),
                "language": language,
            }
            _write(print_, lambda: sheets(sizes))
            _write(slides_, slides)
            return
        addresses.check_host(host)
        number = check_whole(whole(port), 1, LAST_PORT, "--port")
        address = join_address(host, number)
        if check:
            _report(host, number, address)
            return
        own = {} if seed is None else {"seed": whole(seed)}
        own |= {"rule": rule} if RULE in there else {}
        wish = {"scenario": scenario, "plan": plan, "seats": whole(seats), **own}
        serve(
            host, number, address, wish, store, lambda code, secret: _welcome(address, code, secret)
        )

    return class_session


def _check_use(there: Collection[str]) -> None:
    """InputError where one of the options that are *there* does nothing beside the others."""
    for option, used in USED.items():
        if option in there:
            others = {each: True for each in there if each not in (option, *used)}
            options.only_alone(option, others)
            return
    if LANGUAGE in there:
        raise InputError(
            f"{LANGUAGE}: found it without {PRINT}, expected {PRINT} beside it, as role cards and"
            " ballots alone have a language"
        )


def _write(file: Path | None, text: Callable[[], str]) -> None:
    """Writes the *text* to *file*, if there is one, and says so."""
    if file is None:
        return
    if file.suffix != HTML:
        raise InputError(
            f"class: {str(file)!r} does not end in {HTML}, expected a file of that kind"
        )
    writable_file(file)
    write_text(file, text())
    _print(say("class-sheet", file=str(file)))


def _welcome(address: str, code: str, secret: str) -> None:
    """Prints what a teacher needs."""
    join, console = (f"http://{address}{PAGES}/{page}" for page in ("join", "console"))
    _print(say("class-open", console=f"{console}#{code}.{secret}", join=join, code=code))
    _print_picture(f"{join}#{code}")
    _print(say("class-end"))


def _report(host: str, port: int, address: str) -> None:
    """Prints whether another device can reach a server on *host* and *port*; InputError where none
    can.
    """
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
        reason = (
            "another program has it; name another --port"
            if is_busy
            else "it is none of this computer; see --host"
        )
        raise InputError(f"class: cannot serve on {host}, port {port}: {reason}") from problem
    join = f"http://{address}{PAGES}/join"
    _print(say("class-reach", join=join, port=str(port)))
    if others := [each for each in addresses.own_addresses() if each != name]:
        _print(say("class-addresses", addresses=others))
    _print_picture(join)


def _print(text: str) -> None:
    print(text, flush=True)


def _print_picture(text: str) -> None:
    """Prints *text* as a QR code that a phone reads from the screen."""
    with extra("dashboard", "class"):
        import segno

    segno.make(text, micro=False).terminal(out=sys.stdout, compact=True)
    sys.stdout.flush()
