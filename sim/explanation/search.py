"""The search for the smallest change of a family: found by what is weighed, then held against whole simulations."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from sim.experiments.replicates import Progress
from sim.explanation.case import Case
from sim.explanation.change import Change, Way, smallest

SIMULATIONS = 4  # at most, for one family
STRIDE = 0.05  # of the feasible range, where a simulation asks for more
REACH = "it would have to be reached as well"


def search(case: Case, ways: list[Way], progress: Progress | None) -> Change:
    """The change that turns the decision and uses the smallest share of its range; where none does, the one whose end
    comes nearest to it.

    What is weighed in one round says where to look. A change of the whole scenario does more than that, and so does
    time, so the change is simulated, and enlarged while the simulation does not bear it out. Of somebody who takes the
    matter up in few worlds it is only said what it would decide in these.
    """
    steps = [smallest(way) for way in ways]
    turning = [(way, step) for way, step in zip(ways, steps, strict=True) if step is not None]
    if turning:
        way, step = min(turning, key=lambda found: found[0].described(found[1]).range_used or 0.0)
        return _borne_out(case, way, step, progress)
    ends = [case.taken(way, way.steps, False) for way in ways]
    sign = 1 if case.keeps_out else -1
    return _simulated(case, min(ends, key=lambda change: sign * (change.value or 0.0)), progress)


def _borne_out(case: Case, way: Way, step: int, progress: Progress | None) -> Change:
    change = _simulated(case, case.taken(way, step, True), progress)
    if case.not_reached and case.aim.met(change.chance or 0.0):
        return replace(change, note=f"{change.note}; {REACH}".removeprefix("; "))
    for _ in range(SIMULATIONS - 1):
        if case.aim.in_most(change.share_after or 0.0) or step == way.steps:
            break
        step = min(way.steps, step + ceil(STRIDE * way.steps))
        change = _simulated(case, case.taken(way, step, True), None)
    return replace(change, turns=case.aim.in_most(change.share_after or 0.0))


def _simulated(case: Case, change: Change, progress: Progress | None) -> Change:
    assert change.change is not None
    share = case.share_with(change.change, progress)
    return replace(change, share_before=case.share_signed, share_after=share)
