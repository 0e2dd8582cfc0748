"""`parley stability`: who would gain by leaving or by joining, on whom others hang, and what would
win a state.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

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
from sim.experiments.basis import basis_of_signing
from sim.findings import ASSUMED
from sim.number_formats import count, decimal, difference, percent
from sim.scenario import Scenario

if TYPE_CHECKING:
    from rich.console import Console

LOGITS = 2  # decimals


def stability(
    name: options.ScenarioName,
    simulation: options.SimulationOfPivots,
    output: Output,
) -> None:
    """Who would gain by leaving, who by joining, on whom do others hang, and what would it take to
    win a state?
    """
    request = simulation.request(name)
    with output.target() as target:
        from sim.results.stability import stability_of

        target.expect(("stability", "brought"))
        with reporting("Simulating") as report:
            result = stability_of(request.with_progress(report))
        show = partial(show_stability, scenario=request.scenario)
        target.deliver(result.as_json(), show, result.save)


def show_stability(content: Record, screen: Console, scenario: Scenario) -> None:
    """Print the question, what comes of it in sentences, then a row per state: signatories, and
    those outside.
    """
    manifest, basis = content["manifest"], basis_of_signing(scenario)
    headline(screen, f"{scenario.title}: is its membership stable?", scenario)
    screen.print(
        f"{count(manifest['replicates'])} simulated worlds under {scenario.weights_words}, seed"
        f" {manifest['seed']}, not a forecast. The median world is number"
        f" {content['asked']['median_world']}."
    )
    screen.print(f"Intervals: {content['interval']}.\n")
    for sentence in content["sentences"]:
        screen.print(sentence)
    screen.print("")
    shared: list[Column] = [
        ("", "{name}"), ("signs in\nworlds", number("share", percent)),
        ("value,\npoints", number("value", difference, LOGITS)),
        interval("90\u00a0% of worlds", "value_low", "value_high", LOGITS),
        ("chance\nto sign", number("chance", percent)),
    ]  # fmt: skip
    others: list[Column] = [
        ("others", number("others", difference)),
        interval("interval", "low", "high"),
    ]
    inside: list[Column] = [
        *shared,
        ("gain by\nleaving", number("gain", difference, LOGITS)),
        *others,
    ]
    outside: list[Column] = [
        *shared,
        ("gain by\njoining", number("gain", difference, LOGITS)),
        ("it lacks,\npoints", _payment),
        *others,
    ]
    rows = content["stability"]
    within, without = (
        [row for row in rows if row["signatory"] is member] for member in (True, False)
    )
    title_inside = on_signing("Signatories of the median world; others: had it stayed out", ASSUMED)
    title_outside = on_signing("Outside; others: where it signs from the launch on", basis)
    screen.print(record_table(title_inside, inside, within), "")
    screen.print(record_table(title_outside, outside, without))


def _payment(row: Record) -> str:
    """What a state lacks, and with whom it decides."""
    if row["decides"] == "an event":
        return "by event"
    return f"{decimal(row['payment'], LOGITS)}{' (Union)' if row['decides'] == 'the Union' else ''}"
