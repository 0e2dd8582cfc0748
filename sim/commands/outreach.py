"""`parley outreach`: whom to approach, in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.arguments import APPROACHES, MONTHS, OUTREACH_REPLICATES, STRENGTH
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
from sim.number_formats import count, difference, difference_interval, percent, setting
from sim.scenario import Scenario
from sim.scenario.event import MOST_OUTREACH

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

HEADINGS = {
    "not_reached": "not\nreached",
    "waits": "waits",
    "declines": "would\ndecline",
    "signed": "signed",
}

Approaches = Annotated[
    str | None,
    typer.Option(
        "--approaches",
        metavar="NUMBER",
        help="How many states to approach.",
        show_default=str(APPROACHES),
    ),
]
FromRound = Annotated[
    str | None,
    typer.Option(
        "--from-round",
        metavar="NUMBER",
        help="The first round of the approaches.",
        show_default="0, the launch",
    ),
]
Months = Annotated[
    str | None,
    typer.Option(
        "--months", metavar="NUMBER", help="How long they last.", show_default=str(MONTHS)
    ),
]
Strength = Annotated[
    str | None,
    typer.Option(
        "--strength",
        metavar="RATE",
        help=(
            f"What one adds to a state's attention, a rate a month, 0 to {setting(MOST_OUTREACH)}."
        ),
        show_default=f"{STRENGTH}: nine in ten take it up within three months",
    ),
]


@dataclass(frozen=True)
class SimulationOfOutreach(options.Simulation):
    """The options of a simulation, in which fewer worlds are simulated."""

    worlds = OUTREACH_REPLICATES
    replicates: Annotated[int | None, options.replicates_option(OUTREACH_REPLICATES)] = None


def outreach(
    name: options.ScenarioName,
    *,
    approaches: Approaches = None,
    from_round: FromRound = None,
    date: options.Date = None,
    months: Months = None,
    strength: Strength = None,
    simulation: SimulationOfOutreach,
    output: Output,
) -> None:
    """Choose whom to approach so that most states sign, and judge the choice on fresh luck beside
    other lists.
    """
    request = simulation.request(name)
    scenario = request.scenario
    campaign: dict[str, Any] = {
        "approaches": APPROACHES if approaches is None else options.whole(approaches),
        "start": options.first_round(scenario, "--from-round", from_round, date),
        "months": MONTHS if months is None else options.whole(months),
        "strength": STRENGTH if strength is None else options.number(strength),
    }
    with output.target() as target:
        from sim.results.outreach import outreach_of

        target.expect(("approached", "lists"))
        with reporting("Simulating") as report:
            result = outreach_of(request.with_progress(report), **campaign, prefix="--")
        target.deliver(result.as_json(), partial(show_outreach, scenario=scenario), result.save)


def show_outreach(content: Record, screen: Console, scenario: Scenario) -> None:
    """Print the question and its assumptions, the approaches in their order, then the lists side by
    side.
    """
    arguments, manifest = content["asked"], content["manifest"]
    headline(screen, f"{scenario.title}: whom to approach", scenario)
    screen.print(
        f"{arguments['approaches']} of {arguments['states']} states, over {arguments['months']}"
        f" months from round {arguments['from_round']} on, each with"
        f" {setting(arguments['strength'])} a month added to its attention."
    )
    screen.print(
        f"Chosen on {count(manifest['replicates'])} simulated worlds of seed {manifest['seed']},"
        f" judged on {arguments['judged_on']} fresh ones, under {scenario.weights_words}; not a"
        " forecast."
    )
    screen.print(f"Intervals: {content['interval']}. Who is not clearly different shares a rank.")
    screen.print(f"What others add {content['assumes']}.\n")
    screen.print(_approaches(content["approached"], basis_of_what_if(scenario)), "")
    screen.print(_lists(content["lists"], basis_of_what_if(scenario)))


def _approaches(approached: list[Record], basis: str) -> Table:
    """A row per approach: what it adds, and the status of the state in worlds without any
    approach.
    """
    statuses = [
        (heading, number(f"{when}_{status}", percent))
        for when in ("before", "end")
        for status, heading in HEADINGS.items()
    ]
    columns: list[Column] = [
        ("", "{order}"),
        ("rank", "{rank}"),
        ("", "{name}"),
        ("states\nadded", number("gain", difference)),
        interval("interval", "low", "high"),
        ("itself", number("itself", difference)),
        ("others", number("others", difference)),
        *statuses,
    ]
    title = (
        f"{on_signing('The approaches, each added to those above it', basis)}\nOn the right where"
        " the state stands in worlds without any: before the first month, then by the end"
    )
    return record_table(title, columns, approached, left=3)


def _lists(lists: list[Record], basis: str) -> Table:
    """A row per list: its gain and the parts of it, and how much more the greedy list gains."""

    def except_greedy(cell: Callable[[Record], str]) -> Callable[[Record], str]:
        return lambda row: "" if row["list"] == "greedy" else cell(row)

    columns: list[Column] = [
        ("", "{list}"),
        ("states gained", number("gain", difference)),
        interval("interval", "low", "high"),
        ("the approached", number("approached", difference)),
        ("other states", number("others", difference)),
        ("firms", number("firms", difference)),
        ("NGOs", number("ngos", difference)),
        ("greedy, less it", except_greedy(number("greedy_less", difference))),
        (
            "interval",
            except_greedy(
                lambda row: difference_interval(row["greedy_less_low"], row["greedy_less_high"])
            ),
        ),
    ]
    return record_table(on_signing("Lists of equal length, in fresh worlds", basis), columns, lists)
