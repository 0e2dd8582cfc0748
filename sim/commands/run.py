"""`parley run`, `parley list` and `parley parameters`: one scenario or classic, and what there is to run and to set."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.classics.catalogue import available_classics, described
from sim.commands import options
from sim.commands.printing import (
    Target,
    console,
    headline,
    outcome_table,
    reporting,
    table,
)
from sim.facts import state_names
from sim.parameters import Dial
from sim.scenario import available, load
from sim.scenario.files import DEFAULT, is_classic
from sim.stakeholders import GROUP_WORDS, KIND_WORDS
from sim.writing import records

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from sim.classics.classic import Classic
    from sim.experiments.run import Run

From = Annotated[
    Path | None, typer.Option("--from", metavar="MANIFEST", help="Repeat the run that a manifest describes.")
]
All = Annotated[bool, typer.Option("--all", help="Print all 193 states, with their share of simulated worlds.")]
ConductByName = Annotated[
    bool,
    typer.Option(
        "--conduct-by-name", help="Add simulated conduct by name to --json and --out: no evidence about anybody."
    ),
]


def run(
    scenario: options.NamedOrDefault = None,
    replicates: options.ReplicatesOrClassics = None,
    seed: options.Seed = None,
    set_: options.Settings = None,
    choose: options.Choices = None,
    lens: options.Lens = None,
    from_: From = None,
    workers: options.Workers = None,
    json: options.Json = None,
    out: options.Out = None,
    format_: options.Formats = None,
    everyone: All = False,
    conduct_by_name: ConductByName = False,
) -> None:
    """Simulate a scenario: who signs, when, and who keeps their word."""
    if from_ is not None:
        options.only_alone(
            "--from",
            {"a scenario": scenario, "--replicates": replicates is not None, "--seed": seed is not None, "--set": set_,
             "--choose": choose, "--lens": lens is not None, "--conduct-by-name": conduct_by_name},
        )  # fmt: skip
    settings, choices = options.settings(set_), options.choices(choose)
    if scenario is not None and is_classic(scenario):
        options.only_alone(
            "a classic",
            {"--choose": choose, "--lens": lens is not None, "--out": out, "--format": format_, "--all": everyone,
             "--conduct-by-name": conduct_by_name},
        )  # fmt: skip
        run_classic(scenario, replicates, seed, settings, workers, Target(json))
        return
    number, start, threads = options.luck(replicates, seed, workers)
    asked = None if from_ else options.changed(scenario or DEFAULT, settings, choices, lens)
    target = Target(json, out, format_)

    from sim.experiments.manifest import Repetition, read_manifest
    from sim.experiments.run import run as simulate

    if asked is None:
        repeated = read_manifest(Path(from_ or ""))
    else:
        repeated = Repetition(asked, number, start, conduct_by_name)
    with reporting("Simulating") as report:
        done = simulate(
            repeated.scenario,
            replicates=repeated.replicates,
            seed=repeated.seed,
            workers=threads,
            progress=report,
            conduct_by_name=repeated.conduct_by_name,
        )
    with reporting("Conduct, over its assumptions") as report:
        done.simulate_corners(report)
    target.take(done, partial(show, everyone=everyone))


def show(done: Run, screen: Console, everyone: bool) -> None:
    """Print the run: signing beside the register, how far to trust it, then conduct as ranges."""
    headline(screen, f"{done.scenario.title}: {done.replicates} simulated worlds, seed {done.seed}", done.scenario)
    screen.print("These are worlds under the fitted weights, not a forecast.")
    screen.print("An interval runs from the 5th to the 95th percentile of the worlds and holds luck alone.\n")
    screen.print(_milestones(done), "")
    screen.print(_shares(done), "")
    misses = done.misses()
    if misses:
        screen.print("The five largest misses", style="bold")
        for miss in misses:
            screen.print(f"  {miss}")
    else:
        screen.print("The register is of another code, so nothing stands beside these worlds.")
        screen.print("To hold them against this code's own list: parley backtest --scenario FILE --signers FILE.csv")
    screen.print("", _conduct(done))
    if everyone:
        screen.print("", _everyone(done))


def _milestones(done: Run) -> Table:
    """The public list at the register's dates, the three kinds side by side."""
    rows: dict[str, list[str]] = {}
    for row in records(done.table()):
        known = "" if row["registered"] is None else f"{row['registered']}"
        cells = (known, f"{row['median']:.0f}", f"{row['low']:.0f}–{row['high']:.0f}")
        rows.setdefault(row["date"], []).extend(cells)
    columns = [
        column for kind in KIND_WORDS.values() for column in (f"{kind}: register", "median world", "interval")
    ]
    dated = [(day, *cells) for day, cells in rows.items()]
    return table("On the public list  [fitted to the register]", ("date", *columns), dated)


def _shares(done: Run) -> Table:
    """How often those have signed in fact who sign in so large a share of simulated worlds."""
    tenths = done.deciles()
    rows = [
        (f"{tenth}", f"{states}", f"{lowest:.2f}–{highest:.2f}", f"{simulated:.2f}", f"{observed:.2f}")
        for tenth, states, lowest, highest, simulated, observed in tenths.itertuples(index=False, name=None)
    ]
    columns = ("tenth", "states", "share of simulated worlds", "on average", "share on the register")
    title = "States, by the share of simulated worlds in which they have signed by the end"
    if tenths["observed"].isna().all():
        return table(title, columns[:-1], [row[:-1] for row in rows])
    return table(title, columns, rows)


def _conduct(done: Run) -> Table:
    """One row per assumed outcome, told apart by group, without a name anywhere."""
    title = "Conduct in simulated worlds  [assumed: ranges over what nobody has measured; no evidence about anybody]"
    assumed = done.outcomes[done.outcomes["basis"] == "assumed"]
    return outcome_table(title, assumed, {"all": "all", **GROUP_WORDS})


def _everyone(done: Run) -> Table:
    rows = [
        (iso3, name, f"{done.signed_soon[iso3]:.2f}", f"{done.signed[iso3]:.2f}")
        for iso3, name in state_names().items()
    ]
    columns = ("state", "", "three months after the launch", "by the end")
    return table("Share of simulated worlds in which a state has signed", columns, rows, left=2)


def run_classic(
    name: str,
    replicates: str | None,
    seed: str | None,
    settings: Mapping[str, float],
    workers: str | None,
    target: Target,
) -> None:
    """Run the classic called *name* and print or write its checks."""
    found = described(name)
    asked = str(found.replicates) if replicates is None else replicates
    number, start, threads = options.luck(asked, seed, workers)

    from sim.classics.classic import classic

    with reporting("Simulating") as report:
        done = classic(
            name,
            set=settings,
            seed=start,
            replicates=number,
            workers=threads,
            progress=report,
            where=options.COMMAND_LINE,
        )
    target.emit(done.as_json)
    if target.prints:
        show_classic(done, console())


def show_classic(done: Classic, screen: Console) -> None:
    """Print a classic: its question, every check, and what there is to say about them."""
    screen.print(done.description.title, style="bold")
    screen.print(f"{done.description.question}\n")
    rows = [
        (
            row["name"],
            *(f"{row[key]:.4g}" for key in ("expected", "simulated", "tolerance")),
            "yes" if row["within"] else "no",
        )
        for row in done.rows()
    ]
    screen.print(table("", ("", "expected", "simulated", "tolerance", "within"), rows))
    for remark in done.remarks:
        screen.print(f"\n{remark}")


def scenarios(json: options.Json = None) -> None:
    """List the scenarios, each with its question, then the classics of the literature."""
    target = Target(json)
    columns, groups = ("name", "title", "question"), {"scenarios": available(), "classics": available_classics()}
    target.emit(
        lambda: [
            {**dict(zip(columns, row, strict=True)), "group": group} for group, rows in groups.items() for row in rows
        ]
    )
    if target.prints:
        for group, rows in groups.items():
            console().print(table(group.capitalize(), columns, rows, left=3), "")


def parameters(scenario: options.NamedOrDefault = None, json: options.Json = None) -> None:
    """List every dial with its value in a scenario or a classic, range, unit, meaning and source."""
    target = Target(json)
    title, dials = _of_classic(scenario) if scenario and is_classic(scenario) else _of_scenario(scenario or DEFAULT)
    target.emit(
        lambda: [
            {
                "name": dial.name, "group": dial.group, "role": dial.role, "value": value, "low": dial.between[0],
                "high": dial.between[1], "unit": dial.unit, "meaning": dial.meaning, "source": dial.source,
            }
            for value, dial in dials
        ]
    )  # fmt: skip
    if target.prints:
        rows = [
            (dial.name, dial.role, f"{value:g}", "{:g} to {:g}".format(*dial.between), f"{dial.meaning} ({dial.unit})")
            for value, dial in dials
        ]
        console().print(table(title, ("name", "role", "value", "range", "meaning (unit)"), rows, left=5))


def _of_scenario(name: str) -> tuple[str, list[tuple[float, Dial]]]:
    loaded = load(name)
    return loaded.title, [(loaded.settings[dial.name], dial) for dial in loaded.dials.values()]


def _of_classic(name: str) -> tuple[str, list[tuple[float, Dial]]]:
    title = described(name).title

    from sim.classics.classic import classic_dials

    return title, [(dial.default or 0.0, dial) for dial in classic_dials(name).values()]
