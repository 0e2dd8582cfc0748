"""`parley compare`: what a second scenario changes under common random numbers, or one scenario under each lens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands import options
from sim.commands.printing import Target, outcome_table, reporting, said, table
from sim.errors import InputError
from sim.facts import home_names
from sim.parameters.lenses import LENSES, lens_named
from sim.scenario import Scenario, load
from sim.scenario.files import DEFAULT
from sim.stakeholders import GROUP_WORDS, KIND_WORDS
from sim.writing import records

if TYPE_CHECKING:
    from rich.console import Console

    from sim.experiments.compare import Comparison, LensComparison

MOST_MOVED = 5

Second = Annotated[str | None, typer.Argument(metavar="[SECOND]", help=options.NAMED)]
AllLenses = Annotated[
    bool, typer.Option("--lenses", help="Compare the theories on one scenario, each with the weights fitted for it.")
]
SecondSettings = Annotated[
    list[str] | None,
    typer.Option("--set-second", metavar="NAME=VALUE", help="As --set, in the second scenario only."),
]


def compare(
    first: options.NamedOrDefault = None,
    second: Second = None,
    replicates: options.Replicates = None,
    seed: options.Seed = None,
    set_: options.Settings = None,
    set_second: SecondSettings = None,
    choose: options.Choices = None,
    lens: options.Lens = None,
    lenses: AllLenses = False,
    workers: options.Workers = None,
    json: options.Json = None,
    out: options.Out = None,
    format_: options.Formats = None,
) -> None:
    """Simulate two scenarios under the same luck: what does the second change? --set, --choose and --lens hold for
    both. With --lenses instead: one scenario, under each of the theories.
    """
    if lenses:
        options.only_alone("--lenses", {"a second scenario": second, "--set-second": set_second, "--lens": lens})
        compare_lenses(first or DEFAULT, replicates, seed, set_, choose, workers, Target(json, out, format_))
        return
    if first is None or second is None:
        raise InputError(f"compare: found {'one scenario' if first else 'none'}, expected two, or one with --lenses")
    settings, choices = options.settings(set_), options.choices(choose)
    number, start, threads = options.luck(replicates, seed, workers)
    sides = _sides(first, second, choices)
    if lens is not None:
        sides = [side.with_lens(lens_named(lens, "--lens").name) for side in sides]
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
    target.take(done, show)


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
    for which, side in (("First", done.first), ("Second", done.second)):
        if with_what := said(side.scenario):
            screen.print(f"{which}: {with_what}")
    screen.print("An interval runs from the 5th to the 95th percentile of the paired differences.\n")
    rows = [
        (f"{day}", KIND_WORDS[kind], f"{a:.0f}", f"{b:.0f}", f"{difference:+.0f}", f"{low:+.0f} to {high:+.0f}")
        for day, kind, a, b, difference, low, high in done.table().tail(3).itertuples(index=False, name=None)
    ]
    columns = ("date", "", "first", "second", "difference", "interval")
    screen.print(table("On the public list  [fitted to the register]", columns, rows, left=2), "")
    movers = sorted((item for item in done.signed.items() if item[1]), key=lambda item: -abs(item[1]))[:MOST_MOVED]
    moved = [(home_names().get(who, who), f"{change:+.2f}") for who, change in movers]
    screen.print(
        table("Moved most: change in the share of simulated worlds signed by the end", ("", "change"), moved), ""
    )
    fitted = done.outcomes[done.outcomes["basis"] == "fitted"]
    assumed = done.outcomes[done.outcomes["basis"] == "assumed"]
    everybody = {"all": "all"}
    screen.print(outcome_table("Change in signing  [fitted]", fitted, everybody | KIND_WORDS), "")
    title = "Change in conduct in simulated worlds  [assumed: ranges over what nobody has measured]"
    screen.print(outcome_table(title, assumed, everybody | GROUP_WORDS))
    if done.withheld:
        screen.print("A dash: withheld, as fewer than three changed there, or one more than all others together.")


MOST_DISPUTED = 8


def compare_lenses(
    scenario: str,
    replicates: str | None,
    seed: str | None,
    set_: list[str] | None,
    choose: list[str] | None,
    workers: str | None,
    target: Target,
) -> None:
    """Simulate *scenario* under every lens and write or print what they say."""
    asked = options.changed(scenario, options.settings(set_), options.choices(choose))
    number, start, threads = options.luck(replicates, seed, workers)

    from sim.experiments.compare import compare_lenses as simulate

    with reporting("Simulating") as report:
        done = simulate(asked, replicates=number, seed=start, workers=threads, progress=report)
    target.take(done, show_lenses)


def show_lenses(done: LensComparison, screen: Console) -> None:
    """Print how well each lens tells the register, what list it arrives at, and over whom they differ."""
    from sim.experiments.compare import verdict

    run = next(iter(done.runs.values()))
    screen.print(f"{run.scenario.title} under {len(done.runs)} lenses", style="bold")
    screen.print(f"{run.replicates} simulated worlds each, with the same luck; seed {run.seed}.")
    screen.print("Each lens has the weights that the register gives to its own motives.\n")
    scores = [
        (
            row["lens"],
            LENSES[row["lens"]].title,
            f"{row['motives']}",
            *(f"{row[k]:.1f}" for k in (*KIND_WORDS, "total")),
        )
        for row in records(done.scores)
    ]
    columns = ("lens", "what speaks", "weights", *KIND_WORDS.values(), "total")
    screen.print(table("Log score on the register  [fitted; larger is better]", columns, scores, left=2))
    screen.print(verdict(done.scores), "")
    last = done.table()["date"].max()
    at_end = {(row["lens"], row["kind"]): row for row in records(done.table()) if row["date"] == str(last)}
    rows = [(name, *(_range(at_end[name, kind]) for kind in KIND_WORDS)) for name in done.runs]
    known = [at_end[next(iter(done.runs)), kind]["registered"] for kind in KIND_WORDS]
    if None not in known:
        rows.append(("register", *(f"{count}" for count in known)))
    screen.print(
        table(f"On the public list, {last}  [fitted]", ("lens", *KIND_WORDS.values()), rows),
        "",
    )
    disputed = done.signed.sort_values("spread", ascending=False, kind="stable").head(MOST_DISPUTED)
    rows = [
        (home_names().get(row["who"], row["who"]), *(f"{row[name]:.2f}" for name in done.runs))
        for row in records(disputed)
    ]
    title = "Over whom they differ most: share of simulated worlds signed by the end  [fitted]"
    screen.print(table(title, ("", *done.runs), rows))


def _range(row: dict[str, float]) -> str:
    return f"{row['median']:.0f} ({row['low']:.0f}–{row['high']:.0f})"
