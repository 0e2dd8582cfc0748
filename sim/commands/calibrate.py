"""`parley calibrate`: fit the weights to the register, and write the file that the default scenario uses."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.commands import options
from sim.commands.printing import Target, console, reporting, table
from sim.scenario.files import DEFAULT
from sim.writing import writable_file


def calibrate(
    scenario: Annotated[str, typer.Argument(help="The scenario whose text and assumptions hold.")] = DEFAULT,
    lens: Annotated[str, typer.Option("--lens", help="The theory whose motives are fitted.")] = "full",
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file of weights to write.")] = Path(
        "weights.toml"
    ),
    seed: options.Seed = None,
    workers: options.Workers = None,
    json: options.Json = None,
) -> None:
    """Fit the weights to the register (some minutes); `weights = "FILE"` in a scenario then uses them. Draws of weights
    that the register leaves possible go into a CSV file beside it. Interrupted, it goes on where it was.
    """
    from sim.lenses import lens_named

    lens_named(lens, "--lens")
    target = Target(json)
    writable_file(out)
    _, start, threads = options.luck(None, seed, workers)

    from sim.evidence.calibrate import calibrate as fit
    from sim.evidence.remarks import contagion, not_pinned_down
    from sim.evidence.weights_file import write

    with reporting("Fitting to the register") as report:
        done = fit(scenario, lens=lens, seed=start, workers=threads, progress=report)
    written = write(done, out)
    told, verdicts = not_pinned_down(done), contagion(done)
    target.emit(lambda: {**vars(done), "not_pinned_down": told, "contagion": verdicts})
    if not target.prints:
        return
    rows = [
        (
            name,
            f"{value:g}",
            f"{done.standard_errors[name]:.2g}" if name in done.standard_errors else "",
            "{:.3g} to {:.3g}".format(*done.intervals[name]) if name in done.intervals else "",
        )
        for name, value in done.weights.items()
    ]
    printer = console()
    printer.print(table("Weights fitted to the register", ("dial", "weight", "standard error", "90 %"), rows))
    for sentence in (*told, *verdicts.values()):
        printer.print(sentence)
    printer.print(f"Written to {' and '.join(map(str, written))}")
