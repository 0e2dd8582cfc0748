"""The answers of the page Campaign with other fits that the data allow: what a signature, or an
approach, changes in pairs of worlds with the same luck, each under the weights of another fit. The
words are those of the other pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

import sim
from dashboard.data.brief_pairs import Change, ranges_of
from dashboard.data.pairs import ENDS, middle_and_ends, under_other_fits
from dashboard.view import View
from sim import number_formats as formats

Progress = Callable[[int, int], None]
AS_IT_IS, STAYS_OUT, SIGNS = range(3)  # places in the counts of sim.Pivots
LOSES = "stays out less as it is"
SIDES = {  # contrast -> after and before
    "signs less stays out": (SIGNS, STAYS_OUT),
    "signs less as it is": (SIGNS, AS_IT_IS),
    LOSES: (STAYS_OUT, AS_IT_IS),
}
AMONG_KINDS = "state"  # is told first
IN_WORDS = "other_fits"  # at the end of a sentence, empty where nobody is brought
OF_STATES, OF_ORGANISATIONS = f"{IN_WORDS}_states", f"{IN_WORDS}_organisations"
IN_NUMBERS = f"{IN_WORDS}_ends"  # by column of a table


def of_pivots(
    view: View, who: Sequence[str], start: int, contrasts: Sequence[str], progress: Progress | None
) -> dict[str, dict[str, dict[str, Any]]]:
    """By contrast and candidate, what its signature brings with other fits: IN_WORDS, the ends of
    90 % of the worlds in number and in the place among the candidates, and in which share of the
    worlds nobody brings more; no contrasts where *view* has other weights than the fitted ones.
    """
    for wider in under_other_fits(view):
        pivots = sim.pivots(
            wider.variant,
            who=who,
            from_round=start,
            replicates=view.worlds,
            seed=view.seed,
            progress=progress,
        )
        ids = [pivots.setting.population.ids[place] for place in pivots.candidates]
        sides = {
            contrast: [_sides(counts, contrast) for counts in pivots.counts[:, 0]]
            for contrast in contrasts
        }
        return {
            contrast: {
                each: {IN_WORDS: _in_words(*own, view), **told}
                for each, own, told in zip(ids, of_all, _ranges(of_all, contrast), strict=True)
            }
            for contrast, of_all in sides.items()
        }
    return {}


def _ranges(
    sides: Sequence[tuple[np.ndarray, np.ndarray]], contrast: str
) -> list[dict[str, float]]:
    """Of each candidate the ends of 90 % of the worlds, of all others that it brings and of its
    place, and the share of the worlds in which nobody brings more, or where it stays out, loses
    more.
    """
    gaps = np.stack([(after - before).sum(axis=1) for before, after in sides])  # [candidate, world]
    ahead = -gaps if contrast == LOSES else gaps
    places = 1 + (ahead[None] > ahead[:, None]).sum(axis=1)
    ends = [np.percentile(values, list(ENDS.values()), axis=1).T for values in (gaps, places)]
    first = (places == 1).mean(axis=1)
    return [
        {
            f"{IN_WORDS}_low": low,
            f"{IN_WORDS}_high": high,
            f"{IN_WORDS}_best": round(best),
            f"{IN_WORDS}_worst": round(worst),
            f"{IN_WORDS}_first": share,
        }
        for (low, high), (best, worst), share in zip(
            *(each.tolist() for each in (*ends, first)), strict=True
        )
    ]


def _sides(counts: np.ndarray, contrast: str) -> tuple[np.ndarray, np.ndarray]:
    """Others that sign [world, kind] before and after a *contrast*."""
    after, before = SIDES[contrast]
    return counts[before], counts[after]


def of_approaches(
    view: View, events: Sequence[Mapping[str, Any]], worlds: int, seed: int
) -> dict[str, Any]:
    """How many more sign with other fits where the *events* of approaches happen: IN_WORDS, of
    states alone, as "1 to 8", in words of firms and NGOs alone, and the ends of each kind as
    IN_NUMBERS; None for each where *view* has other weights than the fitted ones.
    """
    for wider in under_other_fits(view):
        runs = [sim.run(wider.variant, events=some, replicates=worlds, seed=seed, conduct=False)
                for some in ((), events)]  # fmt: skip
        before, after = (
            np.stack([run.by_replicate["signatories", kind] for kind in sim.KINDS], axis=1)
            for run in runs
        )
        return {
            IN_WORDS: _in_words(before, after, view),
            OF_STATES: _number(middle_and_ends(before[:, 0], after[:, 0])),
            OF_ORGANISATIONS: _in_words(before, after, view, but=AMONG_KINDS),
            IN_NUMBERS: _ends_by_kind(before, after),
        }
    return {IN_WORDS: None, OF_STATES: None, OF_ORGANISATIONS: None, IN_NUMBERS: None}


def _number(change: Mapping[str, Any]) -> str:
    """The ends of 90 % of the pairs of a *change* as a number, which are more unless it says so."""
    ends = formats.change_range(*(change[end] for end in ENDS))
    if ends is None or ends.direction == "same":
        return "none"
    return formats.range_in_words(ends, from_none=True, side=ends.direction != "more")


def _ends_by_kind(before: np.ndarray, after: np.ndarray) -> dict[str, float]:
    """The ends of 90 % of the worlds for each kind, by the columns of a table."""
    ends = np.percentile(after - before, list(ENDS.values()), axis=0)
    return {
        f"{IN_WORDS}_{kind}s_{end}": float(ends[place, number])
        for number, kind in enumerate(sim.KINDS)
        for place, end in enumerate(("low", "high"))
    }


def _in_words(before: np.ndarray, after: np.ndarray, view: View, but: str = "") -> str:
    """What is changed of each kind that may sign, *but* one, as the end of a sentence."""
    kinds = set(view.variant.code.may_sign) - {but}
    changes = {}
    for place, kind in enumerate(sim.KINDS):
        if kind in kinds:
            change = middle_and_ends(before[:, place], after[:, place])
            changes[kind] = Change(change, change, "")
    return ranges_of(changes, AMONG_KINDS)
