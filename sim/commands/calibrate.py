"""`parley calibrate`: fit the weights to the register, and write the file that the default scenario uses."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sim.commands import options
from sim.commands.printing import Target, console, reporting, table
from sim.writing import writable_file


def calibrate(
    lens: Annotated[str, typer.Option("--lens", help="The theory whose motives are fitted.")] = "full",
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file of weights to write.")] = Path(
        "weights.toml"
    ),
    json: options.Json = None,
) -> None:
    """Fit the weights to the register (a few minutes); `weights = "FILE"` in a scenario then uses them."""
    from sim.evidence.calibrate import calibrate as fit
    from sim.evidence.calibrate import write
    from sim.lenses import lens_named

    lens_named(lens, "--lens")
    target = Target(json)
    writable_file(out)
    with reporting("Fitting to the register") as report:
        done = fit(lens, lambda number, total, _: report(number, total))
    write(done, out)
    target.emit(lambda: asdict(done))
    if not target.prints:
        return
    errors = {name: f"{error:.2g}" for name, error in done.standard_errors.items()}
    rows = [(name, f"{value:g}", errors.get(name, "at its bound")) for name, value in done.weights.items()]
    weights = table("Weights fitted to the register", ("dial", "weight", "standard error"), rows)
    printer = console()
    printer.print(weights)
    for first, second, correlation in done.hard_to_tell_apart:
        printer.print(f"The register can hardly tell {first} from {second} (correlation {correlation:g}).")
    printer.print(f"Written to {out}")
