"""Parley beside other models, on states that none of them was fitted to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.figures.sheet import FAINT, OTHER, OURS, SMALL, Sheet
from sim.evidence.said.states import HEADLINE_SPLIT, SCORE_WORDS
from sim.evidence.said.words import model_name
from sim.evidence.scoreboard import OURS as PARLEY

LEFT, PANEL, BETWEEN, ROW = 2.05, 2.65, 0.75, 0.3
LEAST_AUC = 0.5  # of the panel: what ranks states in reverse is told by its number alone
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
            ("dot", FAINT, "another model"),
            ("strong", OTHER, "90 % interval of the difference: not clear where it crosses Parley's line"),
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
                sheet.bar(axes, at, low, high, colour=OTHER)
            if name != "auc" or value >= LEAST_AUC:
                sheet.dot(axes, at, value, OURS if model == PARLEY else FAINT, size=7)
            else:
                sheet.within(axes, at, f"below {LEAST_AUC:g}")
            sheet.beside(axes, at, f"{value:.3f}", bold=model == PARLEY)
        if name == "auc":
            axes.set_xlim(left=LEAST_AUC)
    return sheet.svg()


def _label(model: str) -> str:
    name = model_name(model)
    return f"{name[0].upper()}{name[1:]}"
