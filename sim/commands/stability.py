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
from sim.number_formats import difference, percent
from sim.scenario import Scenario
from sim.words.language import say

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
    headline(screen, say("stability-title", title=scenario.title), scenario)
    numbers = {"worlds": manifest["replicates"], "seed": manifest["seed"]}
    numbers["median"] = content["asked"]["median_world"]
    screen.print(say("stability-asked", weights=scenario.weights_words, **numbers))
    screen.print(say("stability-intervals", intervals=content["interval"]), end="\n\n")
    for sentence in content["sentences"]:
        screen.print(sentence)
    shared: list[Column] = [
        ("", "{name}"),
        (say("stability-head-share"), number("share", percent)),
        (say("stability-head-value"), number("value", difference, LOGITS)),
        interval(say("stability-head-worlds"), "value_low", "value_high", LOGITS),
        (say("stability-head-chance"), number("chance", percent)),
    ]
    others: list[Column] = [
        (say("stability-head-others"), number("others", difference)),
        interval(say("stability-head-interval"), "low", "high"),
    ]
    lacks: list[Column] = [(say("stability-head-lacks"), _payment)]
    tables: tuple[tuple[str, str, str, list[Column]], ...] = (
        ("inside", "stability-table-inside", ASSUMED, []),
        ("outside", "stability-table-outside", basis, lacks),
    )
    for side, title, rests_on, more in tables:
        screen.print("")
        gain = say("stability-head-gain", side=side), number("gain", difference, LOGITS)
        rows = [row for row in content["stability"] if row["signatory"] is (side == "inside")]
        columns = [*shared, gain, *more, *others]
        screen.print(record_table(on_signing(say(title), rests_on), columns, rows))


def _payment(row: Record) -> str:
    """What a state lacks, and with whom it decides."""
    return say("stability-payment", decides=row["decides"].split()[-1], payment=row["payment"])
