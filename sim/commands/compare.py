"""`parley compare`: what a second scenario changes, under the same luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands import options
from sim.commands.printing import GROUP_HEADINGS, KIND_HEADINGS, Target, console, outcome_table, reporting, table
from sim.errors import InputError
from sim.facts import home_names
from sim.scenario import Scenario, load

if TYPE_CHECKING:
    from rich.console import Console

    from sim.experiments.compare import Comparison

MOST_MOVED = 5

SecondSettings = Annotated[
    list[str] | None,
    typer.Option("--set-second", metavar="NAME=VALUE", help="As --set, in the second scenario only."),
]


def compare(
    first: options.Named,
    second: options.Named,
    replicates: options.Replicates = None,
    seed: options.Seed = None,
    set_: options.Settings = None,
    set_second: SecondSettings = None,
    choose: options.Choices = None,
    workers: options.Workers = None,
    json: options.Json = None,
    out: options.Out = None,
    format_: options.Formats = None,
) -> None:
    """Simulate two scenarios under the same luck: what does the second change? --set and --choose hold for both."""
    settings, choices = options.settings(set_), options.choices(choose)
    number, start, threads = options.luck(replicates, seed, workers)
    sides = _sides(first, second, choices)
    asked = [side.with_changes(set=settings, where=options.COMMAND_LINE) for side in sides]
    asked[1] = asked[1].with_changes(set=options.settings(set_second), where=options.COMMAND_LINE)
    target = Target(json, out, format_)

    from sim.experiments.compare import compare as simulate

    with reporting("Simulating") as report:
        done = simulate(
            *asked,
            replicates=number,
            seed=start,
            workers=threads,
            progress=report,
        )
    with reporting("Conduct, over its assumptions") as report:
        done.simulate_corners(report)
    if out is not None:
        done.save(out, target.formats)
    target.emit(done.as_json)
    if target.prints:
        show(done, console())


def _sides(first: str, second: str, choices: dict[str, str]) -> list[Scenario]:
    """Both scenarios, each with those of the *choices* that it leaves open."""
    loaded = [load(first), load(second)]
    for name in choices:
        if not any(name in side.choices for side in loaded):
            raise InputError(
                f"--choose: there is no choice {name!r} in {first} or {second}, expected one that either has"
            )
    return [
        side.with_choices({name: choices[name] for name in choices if name in side.choices}, options.COMMAND_LINE)
        for side in loaded
    ]


def show(done: Comparison, screen: Console) -> None:
    """Print the differences: the public list at the end, who is moved most, then every outcome."""
    first, second = done.first.scenario.title, done.second.scenario.title
    screen.print(f"{second}, less {first}", style="bold")
    screen.print(
        f"{done.first.replicates} pairs of simulated worlds under the fitted weights, each with the same luck; ", end=""
    )
    screen.print(f"seed {done.first.seed}.")
    screen.print("An interval runs from the 5th to the 95th percentile of the paired differences.\n")
    rows = [
        (f"{day}", KIND_HEADINGS[kind], f"{a:.0f}", f"{b:.0f}", f"{difference:+.0f}", f"{low:+.0f} to {high:+.0f}")
        for day, kind, a, b, difference, low, high in done.table().tail(3).itertuples(index=False, name=None)
    ]
    columns = ("date", "", "first", "second", "difference", "interval")
    screen.print(table("On the public list  [fitted to the register]", columns, rows, left=2), "")
    movers = sorted(done.signed.items(), key=lambda item: -abs(item[1]))[:MOST_MOVED]
    moved = [(home_names().get(who, who), f"{change:+.2f}") for who, change in movers]
    screen.print(
        table("Moved most: change in the share of simulated worlds signed by the end", ("", "change"), moved), ""
    )
    fitted = done.outcomes[done.outcomes["basis"] == "fitted"]
    assumed = done.outcomes[done.outcomes["basis"] == "assumed"]
    everybody = {"all": "all"}
    screen.print(outcome_table("Change in signing  [fitted]", fitted, everybody | KIND_HEADINGS), "")
    title = "Change in conduct in simulated worlds  [assumed: ranges over what nobody has measured]"
    screen.print(outcome_table(title, assumed, everybody | GROUP_HEADINGS))
