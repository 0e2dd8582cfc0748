"""`parley frontier`: depth against breadth, at fixed and at free membership."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.arguments import DEPTHS, MOST_DEPTHS
from sim.commands import options
from sim.commands.printing import (
    Column,
    Output,
    Record,
    headline,
    number,
    on_signing,
    record_table,
    reporting,
)
from sim.experiments.basis import furthest
from sim.findings import ASSUMED
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import count, decimal, extent, interval, percent, percent_interval
from sim.reading import check_whole
from sim.scenario import Scenario
from sim.words.basis import BASES

if TYPE_CHECKING:
    from rich.console import Console

HEADINGS = (
    ("compliance", "compliance", "all"),
    ("fewer oper-\nations, %", "departure", "operations"),
    ("fewer neg-\nlected, %", "departure", "practices"),
    ("harm pre-\nvented, %", "harm_prevented", "all"),
)
ROWS = 11  # texts that are printed; --json and --out have all

Depths = Annotated[
    str | None,
    typer.Option(
        "--depths",
        metavar="NUMBER",
        help="How many texts, from one that asks for nothing to one that asks for everything.",
        show_default=str(DEPTHS),
    ),
]


def frontier(
    name: options.ScenarioName,
    *,
    depths: Depths = None,
    simulation: options.Simulation,
    output: Output,
) -> None:
    """Let the text ask for more: who signs, who complies, what changes; with the same and with new
    signatories.
    """
    request = simulation.request(name)
    several = (
        DEPTHS if depths is None else check_whole(options.whole(depths), 3, MOST_DEPTHS, "--depths")
    )
    with output.target() as target:
        from sim.results.frontier import frontier_of

        target.expect(("frontier", "changes"))
        with reporting("Simulating") as report:
            result = frontier_of(request.with_progress(report), several)
        target.deliver(
            result.as_json(), partial(show_frontier, scenario=request.scenario), result.save
        )


def show_frontier(content: Record, screen: Console, scenario: Scenario) -> None:
    """Print the question, what comes of it in sentences, then a row for each of some texts."""
    manifest, scales = content["manifest"], content["asked"]["depths"]
    headline(screen, f"{scenario.title}: depth against breadth", scenario)
    screen.print(
        f"{len(scales)} texts, {count(manifest['replicates'])} simulated worlds of each under "
        f"{scenario.weights_words}, seed {manifest['seed']}, not a forecast.\n"
    )
    for sentence in content["sentences"]:
        screen.print(sentence)
    screen.print("\nScale: 0 asks for nothing, 1 is the text as it is, 2 asks for everything.\n")
    rows = [_row(content["frontier"], scale) for scale in some_of(scales)]
    kinds = [kind for kind in KIND_WORDS if kind in scenario.code.may_sign]
    participation: list[Column] = [
        ("scale", number("scale", decimal)), ("depth", number("depth", decimal)),
        *((KIND_WORDS[kind], _signing("signatories", kind, count, interval)) for kind in kinds),
        ("of states", _signing("state_share", "all", percent, percent_interval)),
        ("of power", _signing("power_share", "all", percent, percent_interval)),
        ("basis", "{basis}"),
    ]  # fmt: skip
    basis = furthest(*(row["basis"] for row in rows))
    title = on_signing("Who signs, everybody deciding anew: median, 90\u00a0% of worlds", basis)
    screen.print(record_table(title, participation, rows), "")
    conduct: list[Column] = [("scale", number("scale", decimal))]
    for heading, outcome, part in HEADINGS:
        conduct += [
            (f"{heading},\n{way}", _conduct(way, outcome, part)) for way in ("fixed", "free")
        ]
    screen.print(record_table(f"Conduct of signatories  [{BASES[ASSUMED]}]", conduct, rows))


def some_of(scales: Sequence[float]) -> list[float]:
    """Some of the *scales*, evenly chosen, both ends and the text as it is among them."""
    last = len(scales) - 1
    places = (
        {round(last * k / (ROWS - 1)) for k in range(ROWS)}
        if last >= ROWS
        else set(range(len(scales)))
    )
    own = [place for place, scale in enumerate(scales) if scale == 1.0]
    return [scales[place] for place in sorted({*places, *own})]


def _row(records: Sequence[Record], scale: float) -> dict[str, Any]:
    """All numbers of one text, by membership, outcome and part."""
    of_text = [record for record in records if record["scale"] == scale]
    numbers = {
        (record["membership"], record["outcome"], record["part"]): record for record in of_text
    }
    basis = numbers["free", "power_share", "all"]["basis"]
    return {"scale": scale, "depth": of_text[0]["depth"], "basis": basis, "numbers": numbers}


def _signing(outcome: str, part: str, middle: Callable[..., str], ends: Callable[..., str]) -> Any:
    def cell(row: Record) -> str:
        record = row["numbers"]["free", outcome, part]
        return f"{middle(record['middle'])} ({ends(record['low'], record['high'])})"

    return cell


def _conduct(way: str, outcome: str, part: str) -> Any:
    def cell(row: Record) -> str:
        record = row["numbers"][way, outcome, part]
        return extent(record["low"], record["high"], "share" if outcome == "compliance" else "")

    return cell
