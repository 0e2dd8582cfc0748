"""`parley run`: simulate one scenario and print it beside the register."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands import options
from sim.commands.printing import check_json_target, console, emit_json, reporting, table
from sim.facts import state_names
from sim.scenario import load
from sim.scenario.files import DEFAULT
from sim.tallies import GROUPS

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from sim.experiments.run import Run

GROUP_HEADINGS = ("capable third of states", "middle third", "least capable", "firms", "NGOs")


def run(
    scenario: Annotated[
        str, typer.Argument(help="A name that `parley list` shows, or the path of a scenario file.")
    ] = DEFAULT,
    replicates: options.Replicates = 200,
    seed: options.Seed = 1,
    set_: options.Settings = None,
    choose: options.Choices = None,
    workers: options.Workers = None,
    json: options.Json = None,
    everyone: Annotated[bool, typer.Option("--all", help="Print the share of worlds of all 193 states.")] = False,
) -> None:
    """Simulate a scenario: who signs, when, and who keeps their word."""
    check_json_target(json)
    changed = load(scenario).with_changes(
        set=options.settings(set_), choices=options.choices(choose), where="the command line"
    )
    from sim.experiments.run import run as simulate

    with reporting("Simulating") as report:
        done = simulate(changed, replicates=replicates, seed=seed, workers=workers, progress=report)
    with reporting("Conduct, over its assumptions") as report:
        done.simulate_corners(report)
    if json:
        emit_json(json, done.as_json())
    if json != "-":
        show(done, everyone, console())


def show(done: Run, everyone: bool, out: Console) -> None:
    """Print the run: signing beside the register, how far to trust it, then conduct as ranges."""
    out.print(f"[bold]{done.scenario.title}[/bold]: {done.replicates} simulated worlds, seed {done.seed}")
    out.print(
        "Worlds under the fitted weights, not a forecast. An interval runs from the 5th to the 95th percentile and holds luck alone.\n"
    )
    out.print(_milestones(done), "")
    out.print(_shares(done), "")
    out.print("[bold]The five largest misses[/bold]")
    for miss in done.misses():
        out.print(f"  {miss}")
    out.print("", _conduct(done))
    if everyone:
        rows = [(who, f"{done.signed[who]:.2f}") for who in state_names()]
        out.print(
            "", table("Share of simulated worlds in which a state has signed by the end", ("state", "share"), rows)
        )


def _milestones(done: Run) -> Table:
    """The public list at the register's dates, the three kinds side by side."""
    rows: dict[str, list[str]] = {}
    for day, _, registered, median, low, high in done.table().itertuples(index=False, name=None):
        known = "" if registered is None or registered != registered else f"{registered}"
        rows.setdefault(f"{day}", []).extend((known, f"{median:.0f}", f"{low:.0f}–{high:.0f}"))
    columns = [column for kind in ("states", "firms", "NGOs") for column in (f"{kind}: register", "worlds", "interval")]
    return table(
        "On the public list (fitted to the register)",
        ("date", *columns),
        [(day, *cells) for day, cells in rows.items()],
    )


def _shares(done: Run) -> Table:
    rows = [
        (
            f"{tenth.decile}",
            f"{tenth.states}",
            f"{tenth.lowest:.2f}–{tenth.highest:.2f}",
            f"{tenth.simulated:.2f}",
            f"{tenth.observed:.2f}",
        )
        for tenth in done.deciles().itertuples()
    ]
    title = "States in tenths by the share of simulated worlds in which they have signed"
    return table(title, ("tenth", "states", "shares", "mean share", "on the register"), rows)


def _conduct(done: Run) -> Table:
    """One row per assumed outcome; by group where it is told apart, without a name anywhere."""
    assumed = done.outcomes[done.outcomes["basis"] == "assumed"]
    rows = []
    for name, parts in assumed.groupby("outcome", sort=False):
        ranges = dict(zip(parts["part"], zip(parts["low"], parts["high"], strict=True), strict=True))
        cells = [span(*ranges[part]) if part in ranges else "" for part in ("all", *GROUPS)]
        from sim.record import OUTCOMES

        rows.append((OUTCOMES[name].label, OUTCOMES[name].unit, *cells))
    title = "Conduct in simulated worlds (assumed: ranges over what nobody has measured, no evidence about anybody)"
    return table(title, ("outcome", "unit", "all", *GROUP_HEADINGS), rows, left=2)


def span(low: float, high: float) -> str:
    """A range with three significant digits, or a dash where there is nothing to measure."""
    if low != low:
        return "–"
    digits = max(0, 2 - int(floor(log10(max(abs(low), abs(high), 0.1)))))
    return f"{low:.{digits}f} to {high:.{digits}f}"
