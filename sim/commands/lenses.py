"""`parley compare --lenses`: one scenario as each theory sees it, under the same luck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.commands import options
from sim.commands.printing import KIND_HEADINGS, Target, reporting, table
from sim.facts import home_names
from sim.lenses import LENSES
from sim.writing import records

if TYPE_CHECKING:
    from rich.console import Console

    from sim.experiments.compare_lenses import LensComparison

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

    from sim.experiments.compare_lenses import compare_lenses as simulate

    with reporting("Simulating") as report:
        done = simulate(asked, replicates=number, seed=start, workers=threads, progress=report)
    target.take(done, show)


def show(done: LensComparison, screen: Console) -> None:
    """Print how well each lens tells the register, what list it arrives at, and over whom they differ."""
    from sim.experiments.compare_lenses import verdict

    run = next(iter(done.runs.values()))
    screen.print(f"{run.scenario.title} under {len(done.runs)} lenses", style="bold")
    screen.print(f"{run.replicates} simulated worlds each, with the same luck; seed {run.seed}.")
    screen.print("Each lens has the weights that the register gives to its own motives.\n")
    scores = [
        (
            row["lens"],
            LENSES[row["lens"]].title,
            f"{row['motives']}",
            *(f"{row[k]:.1f}" for k in (*KIND_HEADINGS, "total")),
        )
        for row in records(done.scores)
    ]
    columns = ("lens", "what speaks", "weights", *KIND_HEADINGS.values(), "total")
    screen.print(table("Log score on the register  [fitted; larger is better]", columns, scores, left=2))
    screen.print(verdict(done.scores), "")
    last = done.table()["date"].max()
    at_end = {(row["lens"], row["kind"]): row for row in records(done.table()) if row["date"] == str(last)}
    rows = [(name, *(_range(at_end[name, kind]) for kind in KIND_HEADINGS)) for name in done.runs]
    known = [at_end[next(iter(done.runs)), kind]["registered"] for kind in KIND_HEADINGS]
    if None not in known:
        rows.append(("register", *(f"{count}" for count in known)))
    screen.print(
        table(f"On the public list, {last}  [fitted]", ("lens", *KIND_HEADINGS.values()), rows),
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
