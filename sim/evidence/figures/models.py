"""Parley beside other models, on states that none of them was fitted to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.figures.sheet import INK, OTHER, OURS, SMALL, Sheet
from sim.evidence.said.states import HEADLINE_SPLIT, SCORE_WORDS
from sim.evidence.scoreboard import OURS as PARLEY

LEFT, PANEL, BETWEEN, ROW = 2.05, 2.65, 0.75, 0.3
BETTER = {"auc": "larger is better", "brier": "smaller is better"}


def models(content: Mapping[str, Any]) -> str:
    """Every model by both scores, with the interval of its difference from Parley."""
    backtest = content["backtest"]
    scores, gaps = backtest[HEADLINE_SPLIT], backtest["differences"][HEADLINE_SPLIT]
    draws = max(gap["auc"]["draws"] for gap in gaps.values())
    names = sorted(scores, key=lambda name: -scores[name]["auc"])
    sheet = Sheet(
        1.75 + ROW * len(names),
        "Who signs, in sub-regions that the fit has not seen",
        "Scores over all states, each left out with its sub-region; with what was published before the launch",
        f"n = {len(backtest['states'])} states in {len(backtest['ridges'][HEADLINE_SPLIT])} sub-regions, resampled by "
        f"sub-region {draws} times; {backtest['worlds']['a_fold']} worlds a fold; seed {content['manifest']['seed']}.",
    )
    sheet.key(
        0.76,
        (
            ("dot", OURS, "Parley"),
            ("dot", OTHER, "another model"),
            ("bar", OTHER, "90 % interval of the difference: not clear where it crosses Parley's line"),
        ),
    )
    for place, (name, words) in enumerate(SCORE_WORDS.items()):
        left = LEFT + place * (PANEL + BETWEEN)
        sheet.words(left, 1.06, f"{words} ({BETTER[name]})", weight="bold", size=SMALL)
        axes = sheet.panel(left, 1.12, PANEL, ROW * len(names))
        sheet.rows(axes, [_label(model) for model in names] if place == 0 else [""] * len(names))
        ours = scores[PARLEY][name]
        axes.axvline(ours, color=OURS, linewidth=1)
        for at, model in enumerate(names):
            value = scores[model][name]
            if model != PARLEY:
                low, high = ours - gaps[model][name]["high"], ours - gaps[model][name]["low"]
                axes.barh(at, high - low, 0.2, low, color=OTHER, linewidth=0)
            axes.plot(value, at, "o", color=OURS if model == PARLEY else OTHER, markersize=7, markeredgecolor=INK,
                      markeredgewidth=0.6, zorder=3)  # fmt: skip
            sheet.words(
                left + PANEL + 0.08, 1.12 + ROW * (at + 0.5 + 0.1) * len(names) / (len(names) + 0.2), f"{value:.3f}",
                size=SMALL, weight="bold" if model == PARLEY else "normal",
            )  # fmt: skip
    return sheet.svg()


def _label(model: str) -> str:
    return f"{model[0].upper()}{model[1:]}"
