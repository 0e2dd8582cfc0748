"""Whether shares are borne out: five groups of equally many states, foreseen and observed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.figures.sheet import OURS, REGISTER, SMALL, WIDE, Sheet
from sim.evidence.said.states import HEADLINE_SPLIT
from sim.evidence.scores import PERFECT_DRAWS

LEFT, PANEL, ROW = 2.05, 6.3, 0.34
NAMES = ("lowest shares", "second", "third", "fourth", "highest shares")


def bins(content: Mapping[str, Any]) -> str:
    """Five groups, the one with the lowest shares on top."""
    backtest = content["backtest"]
    groups = backtest["against_perfection"][HEADLINE_SPLIT]["calibration"]
    sheet = Sheet(
        1.55 + ROW * len(groups),
        "Are the shares borne out?",
        "Share of states that sign, in five groups of equally many states by Parley's share, sub-region left out",
        f"n = {sum(group['states'] for group in groups)} states; {backtest['worlds']['a_fold']} worlds a fold; band: "
        f"90 % of {PERFECT_DRAWS} draws, the Union as one; seed {content['manifest']['seed']}.",
    )
    sheet.key(
        0.76,
        (
            ("dot", REGISTER, "register"),
            ("dot", OURS, "Parley, mean share"),
            ("pale", WIDE, "where the register would be if the shares were the chances"),
        ),
    )
    axes = sheet.panel(LEFT, 0.95, PANEL, ROW * len(groups))
    sheet.rows(axes, [_label(place, group, len(groups)) for place, group in enumerate(groups)])
    axes.set_xlim(-0.02, 1.02)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0", "0.2", "0.4", "0.6", "0.8", "1"], fontsize=SMALL)
    for at, group in enumerate(groups):
        sheet.bar(axes, at, group["perfect_low"], group["perfect_high"], pale=True)
        sheet.dot(axes, at, group["predicted"], OURS)
        sheet.dot(axes, at, group["observed"], REGISTER)
    return sheet.svg()


def _label(place: int, group: Mapping[str, Any], of: int) -> str:
    name = NAMES[place] if of == len(NAMES) else f"group {place + 1}"
    return f"{name} ({group['states']} states)"
