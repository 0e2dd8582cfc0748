"""The patient rule induction method (PRIM; Friedman and Fisher 1999), as scenario discovery uses it
(Bryant and Lempert 2010; Kwakkel 2017).

A box is cut smaller, one thin slice of one axis at a time, by the slice that raises the share of
cases of interest most for each case that it costs. Then it is widened again as long as that raises
the share. The search works on arrays: an analysis repeats it for many shuffles of the cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from sim.experiments.outcomes import Array

Members = NDArray[np.bool_]  # [cases]
Values = Array | NDArray[np.int64]  # [cases] of an axis: numbers, or the codes of its texts
Ends = tuple[float, float]  # of an axis of numbers, both within the box
Codes = frozenset[int]  # of an axis of texts: those within the box
Alternatives = Callable[["Box"], Iterator["Box"]]

PASTE = 0.05  # of the cases beside a box, taken in at a time


class Box(NamedTuple):
    """What is left of each axis, and which cases lie in the box."""

    sides: tuple[Ends | Codes, ...]
    members: Members


class End(NamedTuple):
    """An end that a box sets to an *axis*, or which of its texts it holds: the box *without* that,
    and its quasi-p-value, the chance that as many cases of interest lie in the box by luck if the
    end does nothing.
    """

    axis: int
    without: Box
    quasi_p: float


@dataclass(frozen=True, eq=False)
class Search:
    """The *axes*, and which cases are *of_interest*."""

    axes: Sequence[Values]
    of_interest: Members

    @cached_property
    def whole(self) -> Box:
        """The box of all cases."""
        sides = tuple(
            frozenset(np.unique(axis).tolist())
            if axis.dtype == np.int64
            else (float(axis.min()), float(axis.max()))
            for axis in self.axes
        )
        return Box(sides, np.ones(len(self.of_interest), bool))

    def path(self, share: float, least: float) -> list[Box]:
        """The boxes from the whole on, first cut by slices that hold that *share* of its cases,
        then widened; none holds less than *least* of all cases.
        """
        boxes = [self.whole]

        def cut(box: Box) -> Iterator[Box]:
            return self._cut(box, share)

        alternatives: Sequence[Alternatives] = (cut, self._widened)
        for each in alternatives:
            while (box := self._best(boxes[-1], each(boxes[-1]), least)) is not None:
                boxes.append(box)
        return boxes

    def restricted(self, box: Box) -> list[int]:
        """The axes that *box* restricts."""
        whole = self.whole.sides
        return [axis for axis, side in enumerate(box.sides) if side != whole[axis]]

    def ends(self, box: Box) -> list[End]:
        """The ends that *box* sets to the axes it restricts, both of one axis after one another."""
        hits, size = int(self.of_interest[box.members].sum()), int(box.members.sum())
        result = []
        for axis in self.restricted(box):
            side, whole = box.sides[axis], self.whole.sides[axis]
            freed: list[Ends | Codes] = [whole]
            if isinstance(side, tuple) and isinstance(whole, tuple):
                one_freed = ((whole[0], side[1]), (side[0], whole[1]))
                freed = [each for each in one_freed if each != side]
            for each in freed:
                without = self._with(box, axis, each)
                share = self.of_interest[without.members].mean()
                result.append(End(axis, without, float(binom.sf(hits - 1, size, share))))
        return result

    def _best(self, box: Box, others: Iterator[Box], least: float) -> Box | None:
        """The box among *others* that gains most against *box*; of those that gain as much, one
        with fewest restricted axes; None where none gains, or the best one is too small.
        """
        best = max(
            others,
            key=lambda each: (self._gain(box, each), -len(self.restricted(each))),
            default=None,
        )
        if best is None or self._gain(box, best) <= 0 or best.members.mean() < least:
            return None
        return best

    def _gain(self, before: Box, after: Box) -> float:
        """By how much the share of cases of interest rises for each case that is cut off, or taken
        in.
        """
        cases = abs(int(after.members.sum()) - int(before.members.sum()))
        if not cases:
            return 0.0
        rise = self._share(after) - self._share(before)
        return rise / cases

    def _share(self, box: Box) -> float:
        size = int(box.members.sum())
        return int(self.of_interest[box.members].sum()) / size if size else 0.0

    def _cut(self, box: Box, share: float) -> Iterator[Box]:
        for axis, (values, side) in enumerate(zip(self.axes, box.sides, strict=True)):
            if not isinstance(side, tuple):
                for code in sorted(side) if len(side) > 1 else ():
                    yield self._shrunk(box, axis, side - {code})
                continue
            own = values[box.members]
            yield self._shrunk(box, axis, (side[0], quantile(own, 1 - share)))
            yield self._shrunk(box, axis, (quantile(own, share), side[1]))

    def _widened(self, box: Box) -> Iterator[Box]:
        for axis in self.restricted(box):
            values, side, whole = self.axes[axis], box.sides[axis], self.whole.sides[axis]
            if isinstance(side, frozenset) or isinstance(whole, frozenset):
                codes = {int(code) for code in side}
                for code in sorted({int(each) for each in whole} - codes):
                    yield self._with(box, axis, frozenset((*codes, code)))
                continue
            low, high = whole
            below = values[self._other(box, axis, (low, side[0]))]
            above = values[self._other(box, axis, (side[1], high))]
            yield self._with(
                box, axis, (quantile(below, 1 - PASTE) if below.size else low, side[1])
            )
            yield self._with(box, axis, (side[0], quantile(above, PASTE) if above.size else high))

    def _shrunk(self, box: Box, axis: int, side: Ends | Codes) -> Box:
        return Box(_sides_with(box, axis, side), box.members & _within(self.axes[axis], side))

    def _with(self, box: Box, axis: int, side: Ends | Codes) -> Box:
        return Box(_sides_with(box, axis, side), self._other(box, axis, side))

    def _other(self, box: Box, axis: int, side: Ends | Codes) -> Members:
        """Which cases lie in *box* once *axis* has another *side*."""
        members = np.ones(len(self.of_interest), bool)
        for values, each in zip(self.axes, _sides_with(box, axis, side), strict=True):
            members &= _within(values, each)
        return members


def _sides_with(box: Box, axis: int, side: Ends | Codes) -> tuple[Ends | Codes, ...]:
    return (*box.sides[:axis], side, *box.sides[axis + 1 :])


def _within(values: Values, side: Ends | Codes) -> Members:
    if isinstance(side, tuple):
        return np.asarray((values >= side[0]) & (values <= side[1]))
    return np.isin(values, sorted(side))


def quantile(values: Values, share: float) -> float:
    """A number between two of *values*, with about that *share* of them below it; where many are
    the same, the nearest one beyond these that parts them from the rest.
    """
    ordered = np.sort(values)
    place = (len(ordered) - 1) * share
    low, high = floor(place), ceil(place)
    if share > 1 / 2:
        while ordered[low] == ordered[high] and low > 0:
            low -= 1
    else:
        while ordered[low] == ordered[high] and high < len(ordered) - 1:
            high += 1
    return float(ordered[low] + ordered[high]) / 2
