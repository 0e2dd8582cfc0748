"""`parley pivots`: whose signature moves most others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.arguments import PIVOTS, check_signers
from sim.commands import options
from sim.commands.printing import (
    Column,
    Output,
    Record,
    headline,
    interval,
    number,
    on_signing,
    record_table,
    reporting,
)
from sim.experiments.basis import basis_of_what_if
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import count, difference, setting
from sim.scenario import Scenario

if TYPE_CHECKING:
    from rich.console import Console

Who = Annotated[
    str | None,
    typer.Option(
        "--who", metavar="NAME,…", help="The candidates: states, firms or NGOs, by name or iso3."
    ),
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
        "--round",
        metavar="NUMBER",
        help="The round from which on a candidate signs.",
        show_default="0, the launch",
    ),
]

MOVED = (
    "mean",
    "low",
    "high",
    "signs",
    "stays_out",
    "low_end_mean",
)  # all 0 where nobody moves anybody


def pivots(
    name: options.ScenarioName,
    *,
    who: Who = None,
    most: Most = None,
    round_: Round = None,
    date: options.Date = None,
    simulation: options.SimulationOfPivots,
    output: Output,
) -> None:
    """Find whose signature moves most others: each candidate signs, or stays out, under the same
    luck.
    """
    if who is not None:
        options.only_alone("--who", {"--most": most is not None})
    request = simulation.request(name)
    scenario = request.scenario
    candidates = (
        None
        if who is None
        else check_signers(scenario, [part.strip() for part in who.split(",")], "--who")
    )
    several: Any = None if most is None else options.whole(most)
    first = options.first_round(scenario, "--round", round_, date)
    with output.target() as target:
        from sim.results.pivots import pivots_of

        target.expect(("pivots", "moved"))
        with reporting("Simulating") as report:
            result = pivots_of(
                request.with_progress(report),
                who=candidates,
                most=several,
                start=first,
                prefix="--",
            )
        target.deliver(result.as_json(), partial(show_pivots, scenario=scenario), result.save)


def show_pivots(content: Record, screen: Console, scenario: Scenario) -> None:
    """Print the question and its assumptions, then a row per candidate, by rank."""
    arguments, manifest = content["asked"], content["manifest"]
    headline(screen, f"{scenario.title}: whose signature moves most others", scenario)
    screen.print(
        f"{count(manifest['replicates'])} simulated worlds under {scenario.weights_words}, seed"
        f" {manifest['seed']}, not a forecast."
    )
    screen.print(
        f"A candidate signs from round {arguments['from_round']} on, less: it stays out from the"
        " first round on."
    )
    screen.print(
        "Counted are the others that have signed by the end; beside it, each against the scenario"
        " as it is."
    )
    screen.print(f"Every figure {content['assumes']}.")
    screen.print(f"Intervals: {content['interval']}.")
    screen.print(
        "Who is not clearly different shares a rank; places are those at best and at worst.\n"
    )
    columns: list[Column] = [
        ("rank", "{rank}"),
        ("", "{name}"),
        ("places", "{best}–{worst}"),
        ("others", number("mean", difference)),
        interval("interval", "low", "high"),
        *((heading, number(kind, difference)) for kind, heading in KIND_WORDS.items()),
        ("signs,\nas it is", number("signs", difference)),
        ("stays out,\nas it is", number("stays_out", difference)),
        ("peers at\nlow end", number("low_end_mean", difference)),
        interval("interval", "low_end_low", "low_end_high"),
    ]
    title = on_signing("Others moved", basis_of_what_if(scenario))
    screen.print(record_table(title, columns, content["pivots"], left=2))
    if not any(row[key] for row in content["pivots"] for key in MOVED):
        screen.print(
            "\nNobody moves anybody: under these weights no motive of those who may sign looks at"
            " the signatures of others who may."
        )
    peers = ", ".join(
        f"{name} {setting(value)}" for name, value in arguments["peers_low_end"].items()
    )
    screen.print(
        "\nPeers at their low end are two standard errors below the fitted weights, at least 0:"
        f" {peers}."
    )
