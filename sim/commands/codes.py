"""Two codes side by side, as `parley run` prints them: who signs either, both or none, and what the
second does to the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.commands.printing import Column, Record, on_signing, record_table
from sim.findings import EXTRAPOLATED
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import count, difference, difference_interval, interval, mean, percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

COUNT = "stakeholders"  # the unit of what is no share


def show_codes(content: Record, screen: Console) -> None:
    """Print the table of two codes, and a sentence on what the second does to the first."""
    columns: list[Column] = [
        ("", _words),
        ("of", lambda row: "all" if row["kind"] is None else KIND_WORDS[row["kind"]]),
        ("median world", lambda row: _number(row, row["median"])),
        (
            "interval",
            lambda row: interval(row["low"], row["high"], lambda number: _number(row, number)),
        ),
    ]
    title = on_signing("Two codes, by the end: who signs either, both or none", EXTRAPOLATED)
    screen.print("", record_table(title, columns, content["codes"], left=2))
    screen.print(effect_in_words(content["effect_of_rival"]))


def effect_in_words(effect: Iterable[Record]) -> str:
    """What the second code does to the first, in a sentence for each kind that may sign it."""
    return "\n".join(_effect(row) for row in effect)


def _effect(row: Record) -> str:
    kind = KIND_WORDS[row["kind"]]
    if row["difference"] == row["range_low"] == row["range_high"] == 0:
        return (
            f"Among {kind} the first has as many signatories beside the second code as alone, in"
            " every world."
        )
    over = (
        "over the assumptions on two codes"
        f" {difference_interval(row['range_low'], row['range_high'], 0)}"
    )
    means = f"{difference(row['difference'])} beside it, of {mean(row['alone'])} alone"
    if row["low"] is None:
        return f"In one world the second code moves the first among {kind}: {means}; {over}."
    luck = f"(luck: {difference_interval(row['low'], row['high'])})"
    return f"The second code {_verb(row)} the first among {kind}: {means} {luck};\n  {over}."


def _verb(row: Record) -> str:
    """What it does in as many words: it moves the first where luck leaves 0 out."""
    if row["low"] <= 0 <= row["high"]:
        return "neither slows nor helps, as far as these worlds tell,"
    if round(row["range_low"]) < 0 < round(row["range_high"]):
        return "slows or helps, by what is assumed,"
    return "slows" if row["difference"] < 0 else "helps"


def _words(row: Record) -> str:
    return f"signatories of {row['code']}" if row["code"] else f"{row['measure']}, {row['unit']}"


def _number(row: Record, number: float | None) -> str:
    return count(number) if row["unit"] == COUNT else percent(number)
