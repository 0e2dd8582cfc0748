"""`parley pivots`: whose signature moves most others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.arguments import PIVOTS, PIVOTS_REPLICATES, check_signers
from sim.commands import options
from sim.commands.printing import Target, headline, interval, reporting, table
from sim.facts import organisation_kinds, state_names
from sim.reading import check_whole
from sim.stakeholders import KIND_WORDS
from sim.writing import records

if TYPE_CHECKING:
    from rich.console import Console

    from sim.experiments.pivots import Pivots

Who = Annotated[
    str | None, typer.Option("--who", metavar="NAME,…", help="The candidates: states, firms or NGOs, by name or iso3.")
]
Most = Annotated[
    str | None,
    typer.Option(
        "--most",
        metavar="NUMBER",
        help="Instead, as many of those whose signature weighs most at first sight.",
        show_default=str(PIVOTS),
    ),
]
Round = Annotated[
    str | None,
    typer.Option(
        "--round", metavar="NUMBER", help="The round from which on a candidate signs.", show_default="0, the launch"
    ),
]


def pivots(
    scenario: options.Named,
    who: Who = None,
    most: Most = None,
    round_: Round = None,
    date: options.Date = None,
    replicates: options.PivotsReplicates = None,
    seed: options.Seed = None,
    set_: options.Settings = None,
    choose: options.Choices = None,
    lens: options.Lens = None,
    workers: options.Workers = None,
    json: options.Json = None,
    out: options.Out = None,
    format_: options.Formats = None,
) -> None:
    """Find whose signature moves most others: each candidate signs, or stays out, under the same luck."""
    if who is not None:
        options.only_alone("--who", {"--most": most is not None})
    asked = options.changed(scenario, options.settings(set_), options.choices(choose), lens)
    number, start, threads = options.luck(replicates, seed, workers, PIVOTS_REPLICATES)
    everybody = len(state_names()) + len(organisation_kinds())
    named = None if who is None else check_signers(asked, [name.strip() for name in who.split(",")], "--who")
    several = None if most is None else check_whole(options.whole(most), 1, everybody, "--most")
    first = options.starting(asked, "--round", round_, date)
    target = Target(json, out, format_)

    from sim.experiments.pivots import pivots as simulate

    with reporting("Simulating") as report:
        done = simulate(
            asked, who=named, most=several, from_round=first,
            replicates=number, seed=start, workers=threads, progress=report,
        )  # fmt: skip
    target.take(done, show)


def show(done: Pivots, screen: Console) -> None:
    """Print what was asked and what it assumes, then a row per candidate, by rank."""
    headline(screen, f"{done.scenario.title}: whose signature moves most others", done.scenario)
    screen.print(f"{done.replicates} simulated worlds under the fitted weights, seed {done.seed}, not a forecast.")
    screen.print(f"A candidate signs from round {done.from_round} on, less: it stays out from the first round on.")
    screen.print("Counted are the others that have signed by the end; beside it, each against the scenario as it is.")
    screen.print(f"Every figure {done.assumes}.")
    screen.print(f"Intervals: {done.interval}.")
    screen.print("Who is not clearly different shares a rank; places are those at best and at worst.\n")
    rows = [
        (
            f"{row['rank']}",
            row["name"],
            f"{row['best']}–{row['worst']}",
            f"{row['mean']:+.2f}",
            interval(row["low"], row["high"]),
            *(f"{row[part]:+.2f}" for part in (*KIND_WORDS, "signs", "stays_out", "low_end_mean")),
            interval(row["low_end_low"], row["low_end_high"]),
        )
        for row in records(done.table())
    ]
    against = ("signs,\nas it is", "stays out,\nas it is")
    columns = (
        "rank",
        "",
        "places",
        "others",
        "interval",
        *KIND_WORDS.values(),
        *against,
        "peers at\nlow end",
        "interval",
    )
    screen.print(table("Others moved  [fitted to the register]", columns, rows, left=2))
    peers = ", ".join(f"{name} {value:g}" for name, value in done.asked["peers_low_end"].items())
    screen.print(f"\nPeers at their low end are two standard errors below the fitted weights, at least 0: {peers}.")
