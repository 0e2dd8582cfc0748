"""The search for the smallest change of a family: found by what is weighed, then held against whole simulations."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from sim.experiments.simulate import Progress
from sim.explanation.change import Change, Way, smallest
from sim.explanation.decision import Case
from sim.explanation.levers import capacity, outreach

STRIDES = (0.05, 0.2, 1.0)  # shares of the range to go on by, where a simulation does not bear out what is weighed
NOTHING_LOOKS = "no motive that has a weight here looks at it"
REACHING = (outreach.FAMILY, capacity.FAMILY)
REACH = "it would have to be reached as well"


def search(case: Case, ways: list[Way], progress: Progress | None) -> Change:
    """The change that turns the decision and uses the smallest share of its range; where none does, the one whose end
    comes nearest to it.

    What is weighed in one round says where to look. A change of the whole scenario does more than that, and so does
    time, so the change is simulated, and enlarged where the simulation does not bear it out. Of somebody who takes the
    matter up in few worlds it is only said what it would decide in these.
    """
    steps = [smallest(way) for way in ways]
    turning = [
        (way, step)
        for way, step in zip(ways, steps, strict=True)
        if step is not None and _acts(case.taken(way, step))
    ]
    if turning:
        way, step = min(turning, key=lambda found: found[0].described(found[1]).range_used or 0.0)
        return _borne_out(case, way, step, progress)
    sign = 1 if case.keeps_out else -1
    way = min(ways, key=lambda way: sign * (case.taken(way, way.steps).value or 0.0))
    if not case.taken(way, way.steps).moved:
        return Change(way.described(way.steps).family, NOTHING_LOOKS, share_before=case.share_signed)
    return _simulated(case, way, way.steps, progress)


def _acts(change: Change) -> bool:
    """Whether *change* does anything: it moves a motive, or reaches whom nothing else reaches."""
    return bool(change.moved) or change.family in REACHING


def _borne_out(case: Case, way: Way, step: int, progress: Progress | None) -> Change:
    """The change of *step*, or a larger one that a simulation bears out, or the largest where none does."""
    change = _simulated(case, way, step, progress)
    if case.not_reached and case.aim.met(change.chance or 0.0):
        note = change.note if change.turns else f"{change.note}; {REACH}".removeprefix("; ")
        return replace(change, once_reached=not change.turns, note=note)
    larger = [min(way.steps, step + ceil(stride * way.steps)) for stride in STRIDES]
    for further in dict.fromkeys(larger):
        if not change.turns and further > step:
            change = _simulated(case, way, further)
    return change


def _simulated(case: Case, way: Way, step: int, progress: Progress | None = None) -> Change:
    """The change of *step*, and whether it turns what happens in most worlds."""
    change = case.taken(way, step)
    assert change.change is not None
    share = case.share_with(change.change, progress)
    return replace(change, turns=case.aim.in_most(share), share_before=case.share_signed, share_after=share)
