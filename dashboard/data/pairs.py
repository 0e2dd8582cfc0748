"""Pairs of worlds with the same luck: what one view changes of another, told alike on every page
that sets two side by side. assets/aa-pairs.js has the words.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

import sim
from dashboard.view import DRAWS, KEYS, REPEATED, SIGNS, STAYS_OUT, View

ENDS = {"low_90": 5, "high_90": 95}  # percentiles over the pairs
MOST = 0.5  # of the worlds: who signs in more of them than that counts as in
FAR = 3 / 2  # times as many, or as few: "far" more or fewer; below it is "somewhat"
MOVED = 0.1  # of the worlds: who moves less is not told from luck
# of the worlds: who signs in so many more or fewer than one half is neither clearly in nor out
NEAR_HALF = 0.12
DOUBT = 0.025  # the chance, on either side, with which luck alone would part the pairs as unevenly
ALL_MOTIVES = "full"  # the lens whose weights are fitted
EITHER = "either"
SUPPOSED = {  # what is supposed of somebody's choice, in words
    SIGNS: "supposed to sign",
    STAYS_OUT: "supposed to stay out",
    EITHER: "whose choice is supposed",
}
MANY = 10  # states that join, and as many that leave: one coalition for another
NAMED = 3  # of them, by material power


def paired(first: np.ndarray, second: np.ndarray) -> dict[str, Any]:
    """*second* less *first* [world, ...] in pairs: the ends of 90 % of them, and the `sign` of the
    difference, 1 or -1, or 0 where there are too few to tell whether more of them rise or fall.
    """
    gaps = second - first
    ends = np.percentile(gaps, list(ENDS.values()), axis=0)
    return {**dict(zip(ENDS, ends.tolist(), strict=True)), "sign": sign_of(gaps).tolist()}


def middle_and_ends(first: np.ndarray, second: np.ndarray) -> dict[str, Any]:
    """As `paired`, with the median of the differences."""
    return {"median": np.median(second - first, axis=0).tolist(), **paired(first, second)}


def sign_of(gaps: np.ndarray) -> np.ndarray:
    """The sign of the differences *gaps* [world, ...], by a sign test; 0 where it cannot be
    told.
    """
    up, down = (gaps > 0).sum(axis=0), (gaps < 0).sum(axis=0)
    told = np.vectorize(_is_told, otypes=[bool])(np.minimum(up, down), up + down)
    return np.where(told, np.sign(up - down), 0)


@functools.cache
def _is_told(fewer: int, pairs: int) -> bool:
    """Whether at most *fewer* of so many *pairs* would seldom go one way, were both ways as
    likely.
    """
    return sum(math.comb(int(pairs), k) for k in range(int(fewer) + 1)) <= DOUBT * 2 ** int(pairs)


def crosses(before: float, after: float) -> bool:
    """Whether somebody signs in most worlds where it did not *before*, or the other way round."""
    return (before > MOST) is not (after > MOST)


def turns(before: float, after: float) -> bool:
    """Whether somebody joins, or leaves: `crosses` one half of the worlds, and clearly `moves`. All
    pages that count who would join and who would leave count these.
    """
    return crosses(before, after) and moves(before, after)


def moves(before: float, after: float) -> bool:
    """Whether somebody is clearly likelier, or less likely, to sign than *before*."""
    return (
        abs(after - before) >= MOVED - 1e-9
    )  # as much as MOVED, however the difference is rounded


def is_near_half(share: float) -> bool:
    """Whether somebody signs in about half of the worlds, so that it is neither clearly in nor
    clearly out.
    """
    return abs(share - MOST) <= NEAR_HALF + 1e-9


def reference_of(views: Sequence[View]) -> int:
    """The place of the view beside which the others are set: the first, unless it is a change of
    another; then the plainest that it is a change of, so that "if X signs" is told beside the world
    without that, in whatever order.
    """
    first = views[0]
    plainer = [
        place for place, view in enumerate(views) if set(_changes(view)) <= set(_changes(first))
    ]
    return min(plainer, key=lambda place: len(_changes(views[place])))


def _changes(view: View) -> list[tuple[str, Any]]:
    """What *view* changes of the Paris Call as it was, part by part of its link."""
    fields = View.__dataclass_fields__
    parts = [(key, getattr(view, key)) for key in KEYS if key not in ("worlds", "seed")]
    return [
        (key, each) for key, value in parts
        for each in (value if key in REPEATED else () if value == fields[key].default else (value,))
    ]  # fmt: skip


def has_other_fits(*views: View) -> bool:
    """Whether all *views* have the fitted weights, beside which the data allow others."""
    return all(not view.weights and view.variant.lens == ALL_MOTIVES for view in views)


def under_other_fits(*views: View) -> list[View]:
    """The *views* with the weights of another fit that the data allow in each world; empty where
    one of them has other weights than the fitted ones.
    """
    return [replace(view, weights=DRAWS) for view in views] if has_other_fits(*views) else []


def choosers(views: Iterable[View]) -> list[str]:
    """Whoever signs or stays out in one of *views* because an event says so, by id."""
    return sorted({who for view in views for _, who, _ in _choices(view)})


def choices_of(view: View) -> dict[str, str]:
    """What is supposed of whoever chooses in *view* as an event says, by id; the last such event
    counts.
    """
    return {who: SIGNS if value == 1 else STAYS_OUT for _, who, value in sorted(_choices(view))}


def supposed(first: View, second: View, kinds: dict[str, str]) -> dict[str, dict[str, Any]]:
    """By kind, those whose choice is given from outside in one of the two views and not alike in
    the other: `who`, their ids; their `choice`, a key of SUPPOSED, and its `words`. *kinds*: the
    kind of everybody with a name, by id.
    """
    here, there = _choices(second), _choices(first)
    told: dict[str, dict[str, Any]] = {}
    for kind in sim.KINDS:
        own = [each for each in here ^ there if kinds.get(each[1]) == kind]
        if own:
            values = {value for _, _, value in own} if here >= set(own) else set()
            choice = SIGNS if values == {1} else STAYS_OUT if values == {0} else EITHER
            told[kind] = {
                "who": sorted({who for _, who, _ in own}),
                "choice": choice,
                "words": SUPPOSED[choice],
            }
    return told


def _choices(view: View) -> set[tuple[int, str, float]]:
    """The round, the id and the value of each choice that an event of *view* gives."""
    return {
        (event.round, who, event.value)
        for event in view.variant.events
        if event.what == "choice"
        for who in event.who
    }


def coalitions_of(
    moved: Mapping[str, Sequence[Mapping[str, Any]]], power: Mapping[str, float]
) -> dict[str, dict[str, Any]] | None:
    """Of those who *moved*, up and down, how many states join and how many leave, and the first of
    them by *power*, as a sentence names them; None where either are few.
    """
    states = {
        way: [row for row in rows if row["kind"] == "state" and turns(row["first"], row["second"])]
        for way, rows in moved.items()
    }
    if any(len(rows) < MANY for rows in states.values()):
        return None
    by_power = {
        way: sorted(rows, key=lambda row: -power[row["id"]]) for way, rows in states.items()
    }
    return {
        way: {"number": len(rows), "named": [row["said"] for row in rows[:NAMED]]}
        for way, rows in by_power.items()
    }
