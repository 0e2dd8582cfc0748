"""The answers of the page Campaign with other fits that the data allow: what a signature, or an approach, changes in
pairs of worlds with the same luck, each under the weights of another fit. The words are those of the other pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

import sim
from dashboard.data.brief_pairs import Change, in_other_fits
from dashboard.data.pairs import middle_and_ends, under_other_fits
from dashboard.view import View

Progress = Callable[[int, int], None]
STAYS_OUT, SIGNS, AS_IT_IS = "stays out", "signs", "as it is"
WORLDS = {AS_IT_IS: 0, STAYS_OUT: 1, SIGNS: 2}  # places in the counts of sim.Pivots
AMONG_KINDS = "state"  # is told first


def of_pivots(
    view: View, who: Sequence[str], start: int, contrasts: Sequence[str], progress: Progress | None
) -> dict[str, dict[str, str]]:
    """By contrast and candidate, how many others its signature brings with other fits, in a sentence, empty where
    nobody; no contrasts where *view* has other weights than the fitted ones.
    """
    for wider in under_other_fits(view):
        pivots = sim.pivots(
            wider.variant, who=who, from_round=start, replicates=view.worlds, seed=view.seed, progress=progress
        )
        ids = [pivots.setting.population.ids[place] for place in pivots.candidates]
        return {
            contrast: {each: _in_words(*_sides(counts, contrast), view)
                       for each, counts in zip(ids, pivots.counts[:, 0], strict=True)}
            for contrast in contrasts
        }  # fmt: skip
    return {}


def _sides(counts: np.ndarray, contrast: str) -> tuple[np.ndarray, np.ndarray]:
    """Others that sign [world, kind] before and after a *contrast*."""
    after, _, before = contrast.partition(" less ")
    return counts[WORLDS[before]], counts[WORLDS[after]]


def of_approaches(view: View, events: Sequence[Mapping[str, Any]], worlds: int, seed: int) -> str | None:
    """How many more sign with other fits where the *events* of approaches happen, in a sentence, empty where nobody
    does; None where *view* has other weights than the fitted ones.
    """
    for wider in under_other_fits(view):
        runs = [sim.run(wider.variant, events=some, replicates=worlds, seed=seed, conduct=False)
                for some in ((), events)]  # fmt: skip
        before, after = (
            np.stack([run.by_replicate["signatories", kind] for kind in sim.KINDS], axis=1) for run in runs
        )
        return _in_words(before, after, view)
    return None


def _in_words(before: np.ndarray, after: np.ndarray, view: View) -> str:
    kinds = view.variant.code.may_sign
    changes = {}
    for place, kind in enumerate(sim.KINDS):
        if kind in kinds:
            change = middle_and_ends(before[:, place], after[:, place])
            changes[kind] = Change(change, change, "")
    return in_other_fits(changes, AMONG_KINDS).removesuffix(".")
