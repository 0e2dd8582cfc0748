"""The register's dates beside the intervals of simulated worlds: a row per date, a panel per kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.evidence.figures.sheet import FAINT, OURS, REGISTER, SMALL, WIDE, Sheet
from sim.evidence.said.later_dates import JUMP
from sim.evidence.said.words import KIND_WORDS, day_written

KEY = (("dot", REGISTER, "register"), ("strong", OURS, "90 % of worlds, fitted weights"))
WEIGHTS_UNCERTAIN = ("pale", WIDE, "90 % of worlds, with the weights' uncertainty")
ALL_UNCERTAIN = ("pale", WIDE, "90 % of worlds, with the weights' and the gradient's uncertainty")
YET_TO_COME = "the first anniversary is still to come: anything between silent and as loud as the launch"
LEFT, BETWEEN, RIGHT, ROW = 1.25, 0.2, 0.2, 0.19
PANEL = (8.8 - LEFT - RIGHT - 2 * BETWEEN) / 3


def dates_in_sample(content: Mapping[str, Any]) -> str:
    """The dates that the weights were fitted to."""
    told = content["in_sample"]
    dates = list(dict.fromkeys(row["date"] for row in told["dates"]))
    sheet = Sheet(
        1.75 + ROW * len(dates),
        "The dates that the weights were fitted to",
        "Stakeholders on the public list, by kind, at the register's dates",
        f"n = {len(dates)} dates of each kind; {told['worlds']} worlds under the fitted weights, {told['draws']} x "
        f"{told['worlds_of_a_draw']} under redrawn ones; seed {content['manifest']['seed']}. Fitted to, so no test.",
    )
    sheet.key(0.76, (*KEY, WEIGHTS_UNCERTAIN))
    _panels(sheet, 1.12, told["dates"], dates, told["inside"])
    return sheet.svg()


def later_dates(content: Mapping[str, Any]) -> str:
    """The dates that came after each of the days on which it was asked."""
    days, worlds = content["backtest"]["time_split"], content["backtest"]["worlds"]
    heights = {day: 0.95 + ROW * told["of"] for day, told in days.items()}
    sheet = Sheet(
        1.05 + sum(heights.values()),
        "Dates that the fit has not seen",
        "Stakeholders on the public list, by kind, foreseen from what was known on two days",
        f"n = {' and '.join(str(told['of']) for told in days.values())} later dates of each kind; "
        f"{worlds['of_a_day']} worlds under the fitted weights, {worlds['draws']} x {worlds['of_a_draw']} under "
        f"redrawn ones and gradients; seed {content['manifest']['seed']}.",
    )
    sheet.key(0.76, (*KEY, ALL_UNCERTAIN))
    top = 1.0
    for day, told in days.items():
        dates = list(dict.fromkeys(row["date"] for row in told["dates"]))
        sheet.words(0.15, top + 0.1, f"Known by {day_written(day)}", weight="bold")
        if day < JUMP[1]:
            sheet.words(2.55, top + 0.1, YET_TO_COME, size=SMALL, color=FAINT)
        _panels(sheet, top + 0.42, told["dates"], dates, told["inside"])
        top += heights[day]
    return sheet.svg()


def _panels(
    sheet: Sheet,
    top: float,
    rows: Sequence[Mapping[str, Any]],
    dates: Sequence[str],
    inside: Mapping[str, Mapping[str, int]],
) -> None:
    """A panel per kind, side by side, their first row *top* inches below the upper edge."""
    for place, (kind, words) in enumerate(KIND_WORDS.items()):
        left = LEFT + place * (PANEL + BETWEEN)
        held = inside[kind]
        sheet.words(left, top - 0.06, f"{words[0].upper()}{words[1:]}", weight="bold", size=SMALL)
        within = f"inside: {held['fitted']} narrow, {held['with_uncertainty']} wide, of {len(dates)}"
        sheet.words(left + PANEL, top - 0.06, within, size=SMALL, color=FAINT, ha="right")
        axes = sheet.panel(left, top, PANEL, ROW * len(dates))
        sheet.rows(axes, [_short(day) for day in dates] if place == 0 else [""] * len(dates))
        for row in (row for row in rows if row["kind"] == kind):
            at = dates.index(row["date"])
            for which in ("with_uncertainty", "fitted"):
                sheet.bar(axes, at, row[which]["low"], row[which]["high"], pale=which == "with_uncertainty")
            sheet.dot(axes, at, row["registered"], REGISTER)


def _short(day: str) -> str:
    """2019-09-16 as 16 Sep 2019."""
    number, month, year = day_written(day).split()
    return f"{number} {month[:3]} {year}"
