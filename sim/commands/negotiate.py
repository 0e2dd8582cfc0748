"""`parley negotiate`: talks over a text, draft by draft, and who blocks it over what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from sim.arguments import REPLICATES, SEED, check_points
from sim.commands import options
from sim.commands.printing import (
    Column,
    Output,
    Record,
    number,
    on_signing,
    record_table,
    reporting,
)
from sim.errors import InputError
from sim.findings import ASSUMED
from sim.negotiation.files import is_talks, load_talks, talks_of
from sim.negotiation.talks import Talks
from sim.number_formats import (
    decimal,
    difference,
    interval,
    percent,
    points_interval,
    setting,
)
from sim.words.language import say

if TYPE_CHECKING:
    from rich.console import Console

MOST_SEATS = 12
HUNDRED = 100  # gains are told in points, hundredths of all that a seat wants
SHOWN_DRAFTS = (1, 2, 3, 5, 10, 20)  # and the last

TalksName = Annotated[
    str,
    typer.Argument(
        metavar="TALKS", help="Talks or a scenario that `parley list` shows, or the path of a file."
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="A dial of talks, rule, chair or settle; may be repeated.",
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="SEAT,…",
        help="Seats that are left empty, by iso3 or name; may be repeated.",
    ),
]


Assumptions = Annotated[
    int | None,
    options.number_option(
        "--assumptions",
        check=check_points,
        help="Repeat the talks under so many other sets of assumptions: how robust their end is.",
    ),
]


def negotiate(
    name: TalksName,
    *,
    replicates: options.Replicates = None,
    seed: options.Seed = None,
    set_: Settings = None,
    without: Without = None,
    assumptions: Assumptions = None,
    choose: options.Choices = None,
    facts: options.Facts = None,
    output: Output,
) -> None:
    """Negotiate a text: the drafts of a chair, who accepts them, and which provisions block."""
    settings = options.words_and_numbers(set_)
    empty = [part.strip() for parts in without or () for part in parts.split(",")]
    if choose:
        if is_talks(name):
            raise InputError(
                f"{options.COMMAND_LINE}: found --choose beside talks, expected talks without it"
            )
        over = talks_of(options.scenario(name, None, choose, facts=facts))
    else:
        over = load_talks(name, facts=facts)
    talks = over.with_changes(settings, empty, where=options.COMMAND_LINE)
    worlds = REPLICATES if replicates is None else replicates
    start = SEED if seed is None else seed
    with output.target() as target:
        from sim.results.negotiate import ASSUMPTIONS, TABLES
        from sim.results.negotiate import negotiate as simulate

        target.expect(TABLES if assumptions is None else (*TABLES, ASSUMPTIONS))
        result = simulate(talks, replicates=worlds, seed=start)
        content, save = result.as_json(), result.save
        if assumptions is not None:
            with reporting("Other assumptions") as report:
                robustness = result.over_assumptions(assumptions, progress=report)
            content[ASSUMPTIONS] = robustness.as_json()
            save = partial(result.save, robustness=robustness)
        show = partial(show_negotiation, talks=talks, changes={**settings}, without=empty)
        target.deliver(content, show, save)


def show_negotiation(
    content: Record,
    screen: Console,
    talks: Talks,
    changes: dict[str, float | str],
    without: list[str],
) -> None:
    """Print what came of the talks, then the path of drafts, the provisions and the seats."""
    from sim.words.negotiation import procedure

    manifest = content["manifest"]
    title, *about = procedure(talks, changes, without, manifest["replicates"], manifest["seed"])
    screen.print(title, style="bold")
    for sentence in about:
        screen.print(sentence)
    for sentence in content["sentences"]:
        screen.print(sentence)
    drafts = [
        row for row in content["drafts"] if row["draft"] in (*SHOWN_DRAFTS, len(content["drafts"]))
    ]
    columns: list[Column] = [
        (say("talks-head-draft"), "{draft}"),
        (say("talks-head-adopted"), number("adopted", percent)),
        (say("talks-head-objections"), number("objections", decimal, 1)),
        (say("talks-head-least-gain"), lambda row: difference(HUNDRED * row["least_gain"])),
        (say("talks-head-level"), number("level", decimal)),
        (say("talks-head-resisted"), lambda row: row["resisted"] or ""),
    ]
    title = on_signing(say("talks-table-drafts"), ASSUMED)
    screen.print("", record_table(title, columns, drafts), "")
    fails = content["agreed"] < 1
    of_provisions: list[Column] = [
        ("", "{number}"),
        (say("talks-head-provision"), "{provision}"),
        (say("talks-head-in-force"), number("in_force", decimal)),
        (say("talks-head-tabled"), number("tabled", decimal)),
        (say("talks-head-text"), number("text", decimal)),
        (say("talks-head-nine-in-ten"), lambda row: interval(row["low"], row["high"], decimal)),
    ]
    if fails:
        of_provisions += [(say("talks-head-blocks"), number("blocks", percent))]
        of_provisions += [(say("talks-head-blame"), number("blame_share", percent))]
    title = on_signing(say("talks-table-text"), ASSUMED)
    screen.print(record_table(title, of_provisions, content["levels"], left=2), "")
    blockers = [row for row in content["seats"] if row["blocks"] > 0][:MOST_SEATS]
    of_seats: list[Column] = [
        ("", "{name}"),
        (say("talks-head-weight"), number("weight", percent, 1)),
        (say("talks-head-refuses"), number("blocks", percent)),
        (say("talks-head-too-far"), number("too_far", percent)),
        (say("talks-head-too-little"), number("too_little", percent)),
        (say("talks-head-over"), "{over}"),
    ]
    if blockers:
        title = on_signing(say("talks-table-seats"), ASSUMED)
        screen.print(record_table(title, of_seats, blockers), "")
        screen.print(say("talks-both-ways"))
    if "assumptions" in content:
        _show_assumptions(content["assumptions"], screen)


def _show_assumptions(content: Record, screen: Console) -> None:
    """Print how the talks end under other assumptions, and what each of these does to it."""
    screen.print("")
    screen.print(say("talks-part-robust"), style="bold")
    for sentence in content["sentences"]:
        screen.print(sentence)
    columns: list[Column] = [
        ("", "{label}"),
        (say("talks-head-here"), number("value", setting)),
        (say("talks-head-range"), lambda row: interval(row["low"], row["high"], setting)),
        (say("talks-head-lower"), number("lower", percent)),
        (say("talks-head-upper"), number("upper", percent)),
        (
            say("talks-head-apart"),
            lambda row: points_interval(row["interval_low"], row["interval_high"]),
        ),
    ]
    title = on_signing(say("talks-table-assumptions"), ASSUMED)
    screen.print("", record_table(title, columns, content["dials"]))
