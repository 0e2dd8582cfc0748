"""Two codes side by side, as `parley run` prints them: who signs either, both or none, and what the
second does to the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.commands.printing import Column, Record, on_signing, record_table
from sim.findings import EXTRAPOLATED
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import count, interval, percent
from sim.words.language import say

if TYPE_CHECKING:
    from rich.console import Console

COUNT = "stakeholders"  # the unit of what is no share


def show_codes(content: Record, screen: Console) -> None:
    """Print the table of two codes, and a sentence on what the second does to the first."""
    from sim.experiments.codes import rival_effect
    from sim.words.codes import effect_words

    columns: list[Column] = [
        ("", _measure),
        (say("codes-head-of"), lambda row: KIND_WORDS.get(row["kind"], say("codes-all"))),
        (say("codes-head-median"), lambda row: _number(row, row["median"])),
        (
            say("codes-head-interval"),
            lambda row: interval(row["low"], row["high"], lambda number: _number(row, number)),
        ),
    ]
    title = on_signing(say("codes-table"), EXTRAPOLATED)
    screen.print("", record_table(title, columns, content["codes"], left=2))
    for row in content["effect_of_rival"]:
        screen.print(effect_words(rival_effect(row)))


def _measure(row: Record) -> str:
    names = {"code": row["code"] or None, "measure": row["measure"], "unit": row["unit"]}
    return say("codes-row", **names)


def _number(row: Record, number: float | None) -> str:
    return count(number) if row["unit"] == COUNT else percent(number)
