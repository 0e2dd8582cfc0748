"""Which weights calibration finds again in worlds that were simulated under them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.figures.sheet import FAINT, OURS, REGISTER, RULE, SMALL, Sheet
from sim.evidence.said.weights import BAR
from sim.evidence.said.words import KIND_WORDS
from sim.scenario.fit import kind_of

LEFT, PANEL, COLUMN, ROW = 1.85, 0.95, 2.9, 0.19


def found_again(content: Mapping[str, Any]) -> str:
    """A dot per weight, kind by kind, beside the line at nine in ten."""
    told = content["recovery"]
    found = told["found"]
    by_kind = {kind: [name for name in found if kind_of(name) == kind] for kind in KIND_WORDS}
    most = max(len(names) for names in by_kind.values())
    sheet = Sheet(
        1.75 + ROW * most,
        "Does the fit find weights that are known?",
        "Share of simulated worlds in which the true weight lies within two standard errors of the fitted one, %",
        f"n = {told['worlds']} worlds, {told['draws']} draws of the bootstrap in each; "
        f"seed {content['manifest']['seed']}.",
    )
    sheet.key(
        0.76,
        (
            ("dot", OURS, f"at least {100 * BAR:.0f} %"),
            ("dot", REGISTER, "less often"),
            ("line", FAINT, f"{100 * BAR:.0f} %"),
        ),
    )
    for place, (kind, words) in enumerate(KIND_WORDS.items()):
        names = by_kind[kind]
        left = LEFT + place * COLUMN
        sheet.words(left, 1.06, f"{words[0].upper()}{words[1:]}", weight="bold", size=SMALL)
        axes = sheet.panel(left, 1.12, PANEL, ROW * len(names))
        sheet.rows(axes, [name.removeprefix(f"{kind}_").replace("_", " ") for name in names])
        axes.set_xlim(-4, 104)
        axes.set_xticks([0, 50, 100], ["0", "50", "100"], fontsize=SMALL)
        axes.axvline(100 * BAR, color=FAINT, linewidth=1)
        for at, name in enumerate(names):
            colour = OURS if found[name] >= BAR else REGISTER
            axes.plot([0, 100 * found[name]], [at, at], color=RULE, linewidth=1.5)
            sheet.dot(axes, at, 100 * found[name], colour)
    return sheet.svg()
