"""`parley outreach`: whom to approach, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.arguments import APPROACHES, MONTHS, OUTREACH_REPLICATES, STRENGTH
from sim.commands import options
from sim.commands.printing import Target, headline, interval, reporting, table
from sim.facts import state_names
from sim.reading import check_number, check_whole
from sim.scenario.event import MOST_OUTREACH
from sim.writing import records

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from sim.experiments.outreach import Outreach

HEADINGS = {"not_reached": "not\nreached", "waits": "waits", "declines": "would\ndecline", "signed": "signed"}

Approaches = Annotated[
    str | None,
    typer.Option("--approaches", metavar="NUMBER", help="How many states to approach.", show_default=str(APPROACHES)),
]
FromRound = Annotated[
    str | None,
    typer.Option(
        "--from-round", metavar="NUMBER", help="The first round of the approaches.", show_default="0, the launch"
    ),
]
Months = Annotated[
    str | None, typer.Option("--months", metavar="NUMBER", help="How long they last.", show_default=str(MONTHS))
]
Strength = Annotated[
    str | None,
    typer.Option(
        "--strength",
        metavar="RATE",
        help=f"What one adds to a state's attention, a rate a month, 0 to {MOST_OUTREACH:g}.",
        show_default=f"{STRENGTH}: nine in ten take it up within three months",
    ),
]


def outreach(
    scenario: options.Named,
    approaches: Approaches = None,
    from_round: FromRound = None,
    date: options.Date = None,
    months: Months = None,
    strength: Strength = None,
    replicates: options.OutreachReplicates = None,
    seed: options.Seed = None,
    set_: options.Settings = None,
    choose: options.Choices = None,
    lens: options.Lens = None,
    workers: options.Workers = None,
    json: options.Json = None,
    out: options.Out = None,
    format_: options.Formats = None,
) -> None:
    """Choose whom to approach so that most states sign, and judge the choice on fresh luck beside other lists."""
    asked = options.changed(scenario, options.settings(set_), options.choices(choose), lens)
    number, luck, threads = options.luck(replicates, seed, workers, OUTREACH_REPLICATES)
    start = options.starting(asked, "--from-round", from_round, date)
    several = APPROACHES if approaches is None else options.whole(approaches)
    lasting = MONTHS if months is None else options.whole(months)
    rate = STRENGTH if strength is None else options.number(strength)
    checked = (
        check_whole(several, 1, len(state_names()), "--approaches"),
        check_whole(lasting, 1, asked.last_round - start + 1, "--months"),
        check_number(rate, 0, MOST_OUTREACH, "--strength"),
    )
    target = Target(json, out, format_)

    from sim.experiments.outreach import outreach as simulate

    with reporting("Simulating") as report:
        done = simulate(
            asked, approaches=checked[0], from_round=start, months=checked[1], strength=checked[2],
            replicates=number, seed=luck, workers=threads, progress=report,
        )  # fmt: skip
    target.take(done, show)


def show(done: Outreach, screen: Console) -> None:
    """Print what was asked and what it assumes, the approaches in their order, then the lists side by side."""
    asked = done.asked
    headline(screen, f"{done.scenario.title}: whom to approach", done.scenario)
    screen.print(
        f"{asked['approaches']} of {asked['states']} states, over {asked['months']} months from round "
        f"{asked['from_round']} on, each with {asked['strength']:g} a month added to its attention."
    )
    screen.print(
        f"Chosen on {done.replicates} simulated worlds of seed {done.seed}, judged on {done.worlds} fresh ones, under "
        "the fitted weights; not a forecast."
    )
    screen.print(f"Intervals: {done.interval}. Who is not clearly different shares a rank.")
    screen.print(f"What others add {done.assumes}.\n")
    screen.print(_approached(done), "")
    screen.print(_lists(done))


def _approached(done: Outreach) -> Table:
    """A row per approach: what it adds, and where the state stands in worlds without any."""
    shares = [f"{when}_{status}" for when in ("before", "end") for status in HEADINGS]
    rows = [
        (
            f"{row['order']}",
            f"{row['rank']}",
            row["name"],
            f"{row['gain']:+.2f}",
            interval(row["low"], row["high"]),
            f"{row['itself']:+.2f}",
            f"{row['others']:+.2f}",
            *(f"{row[share]:.2f}" for share in shares),
        )
        for row in records(done.approached)
    ]
    headings = HEADINGS.values()
    columns = ("", "rank", "", "states\nadded", "interval", "itself", "others", *headings, *headings)
    title = (
        "The approaches, each added to those above it  [fitted to the register]\n"
        "On the right where the state stands in worlds without any: before the first month, then by the end"
    )
    return table(title, columns, rows, left=3)


def _lists(done: Outreach) -> Table:
    rows = []
    for row in records(done.lists):
        less = (f"{row['greedy_less']:+.2f}", interval(row["greedy_less_low"], row["greedy_less_high"]))
        rows.append(
            (
                row["list"],
                f"{row['gain']:+.2f}",
                interval(row["low"], row["high"]),
                *(f"{row[part]:+.2f}" for part in ("approached", "others", "firms", "ngos")),
                *(("", "") if row["list"] == "greedy" else less),
            )
        )
    columns = ("", "states gained", "interval", "the approached", "other states", "firms", "NGOs", "greedy, less it",
               "interval")  # fmt: skip
    return table("Lists of equal length, in fresh worlds  [fitted to the register]", columns, rows)
