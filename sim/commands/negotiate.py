"""`parley negotiate`: talks over a text, draft by draft, and who blocks it over what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from sim.arguments import REPLICATES, SEED
from sim.commands import options
from sim.commands.printing import Column, Output, Record, number, on_signing, record_table
from sim.errors import InputError
from sim.experiments.basis import ASSUMED
from sim.negotiation.files import is_talks, load_talks, talks_of
from sim.negotiation.talks import CONSENSUS, Talks
from sim.number_formats import count, decimal, difference, interval, percent, setting
from sim.scenario.text_talks import OPEN_CALL

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


def negotiate(
    name: TalksName,
    *,
    replicates: options.Replicates = None,
    seed: options.Seed = None,
    set_: Settings = None,
    without: Without = None,
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
        from sim.experiments.negotiate import TABLES
        from sim.experiments.negotiate import negotiate as simulate

        target.expect(TABLES)
        result = simulate(talks, replicates=worlds, seed=start)
        show = partial(show_negotiation, talks=talks, changes={**settings}, without=empty)
        target.deliver(result.as_json(), show, result.save)


def _procedure(talks: Talks) -> str:
    """The rule, with the chair or the quotas that belong to it, in words."""
    if talks.rule == OPEN_CALL:
        return "an open call: the convenor's text stands"
    if talks.rule == CONSENSUS:
        return f"the rule is {talks.rule}, the chair's way {talks.chair}"
    seats, weight = (percent(talks.values[name]) for name in ("quota_number", "quota_weight"))
    drafts = "open amendments" if talks.amendments else f"the chair's way {talks.chair}"
    return (
        f"the rule is {talks.rule}, of {seats} of the seats and {weight} of the weight, with"
        f" {drafts}"
    )


def show_negotiation(
    content: Record,
    screen: Console,
    talks: Talks,
    changes: dict[str, float | str],
    without: list[str],
) -> None:
    """Print what came of the talks, then the path of drafts, the provisions and the seats."""
    manifest = content["manifest"]
    screen.print(
        f"{talks.title}: {len(talks.seats)} seats, {len(talks.subjects)} provisions", style="bold"
    )
    parts = [
        f"{name} {setting(value) if isinstance(value, float) else value}"
        for name, value in changes.items()
    ]
    if parts:
        screen.print(f"With {'; '.join(parts)}.")
    if without:
        screen.print(f"Without {', '.join(without)}.")
    screen.print(
        f"{count(manifest['replicates'])} simulated worlds, seed {manifest['seed']};"
        f" {_procedure(talks)}."
    )
    for sentence in content["sentences"]:
        screen.print(sentence)
    drafts = [
        row for row in content["drafts"] if row["draft"] in (*SHOWN_DRAFTS, len(content["drafts"]))
    ]
    columns: list[Column] = [
        ("draft", "{draft}"),
        ("adopted", number("adopted", percent)),
        ("seats that object", number("objections", decimal, 1)),
        ("least gain,\npoints", lambda row: difference(HUNDRED * row["least_gain"])),
        ("mean level", number("level", decimal)),
        ("most resisted", lambda row: row["resisted"] or ""),
    ]
    title = (
        "The path of drafts, the first as tabled; means of all worlds, gains beside no text, in"
        " points of 100"
    )
    screen.print("", record_table(on_signing(title, ASSUMED), columns, drafts), "")
    fails = content["agreed"] < 1
    of_provisions: list[Column] = [
        ("", "{number}"),
        ("provision", "{provision}"),
        ("in force", number("in_force", decimal)),
        ("tabled", number("tabled", decimal)),
        ("final text", number("text", decimal)),
        ("in 9 of 10 worlds", lambda row: interval(row["low"], row["high"], decimal)),
    ]
    if fails:
        of_provisions += [("weighs most\nin failures", number("blocks", percent))]
        of_provisions += [("blame,\npoints", lambda row: difference(HUNDRED * row["blame"]))]
    screen.print(
        record_table(on_signing("The text", ASSUMED), of_provisions, content["levels"], left=2), ""
    )
    blockers = [row for row in content["seats"] if row["blocks"] > 0][:MOST_SEATS]
    of_seats: list[Column] = [
        ("", "{name}"),
        ("weight", number("weight", percent, 1)),
        ("share of failures\nit does not accept", number("blocks", percent)),
        ("too far", number("too_far", percent)),
        ("too little", number("too_little", percent)),
        ("most over", "{over}"),
    ]
    if blockers:
        title = "Who does not accept the text that came nearest to adoption, and which way"
        screen.print(record_table(on_signing(title, ASSUMED), of_seats, blockers), "")
        screen.print(
            "Too far and too little: the provision that a seat resists most goes further than it"
            " wants, or less far. Where clubs of the like-minded can have a text of their own, both"
            " sides block."
        )
