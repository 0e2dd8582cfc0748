"""A quantity of a lesson: a number of the register, of the record of talks or of a publication, or
one per world.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from sim.errors import InputError
from sim.experiments.outcomes import PERCENTILES, Array
from sim.lessons.figure import Figure
from sim.lessons.worlds import Worlds
from sim.number_formats import HALF
from sim.results.disclosure import withheld_between
from sim.results.run import Run


class Sample(NamedTuple):
    """One number per world, or a single one where nothing is drawn, and what they rest on
    (`Figure.basis`). is_share: they are 0 and 1, so that their mean is a share of worlds; is_range:
    each comes from other assumptions, so that they have a range and no mean; of_conduct: the run,
    the outcome and the part of conduct that they are, where they are any.
    """

    numbers: Array
    basis: str
    is_share: bool = False
    is_range: bool = False
    of_conduct: tuple[Run, str, str] | None = None


PERCENT = 100.0
POINTS_OF = {"%": "points"}  # the unit of a change, where it is another than that of what changes
Measure = Callable[[Worlds], Sample]


@dataclass(frozen=True, eq=False)
class Quantity:
    """A number called *name*, as `figure` shows it under *label* (none where only claims use it),
    in *unit*. *measure* gives its sample; *less* the one that is subtracted from it world by world,
    if any, and *signs* whether the two are of different worlds. values: number -> words, where
    words say more.
    """

    name: str
    label: str
    unit: str
    measure: Measure
    less: Measure | None = None
    signs: bool = False
    values: Mapping[float, str] | None = None

    def sample(self, worlds: Worlds) -> Sample:
        """Its numbers in *worlds*; InputError where they would be the conduct of one
        stakeholder.
        """
        sample = self.measure(worlds)
        if sample.of_conduct is not None:
            run, outcome, part = sample.of_conduct
            if part in run.untold.of(outcome):
                raise self._of_one()
        if self.less is None:
            return sample
        other = self.less(worlds)
        self._check_disclosure(sample, other)
        return sample._replace(numbers=sample.numbers - other.numbers)

    def _check_disclosure(self, sample: Sample, other: Sample) -> None:
        """InputError where the difference of the two would be the conduct of one stakeholder."""
        if sample.of_conduct is None or other.of_conduct is None:
            return
        (run, outcome, part), (other_run, _, _) = sample.of_conduct, other.of_conduct
        if part in withheld_between(other_run, run).of(outcome):
            raise self._of_one()

    def _of_one(self) -> InputError:
        return InputError(
            f"figure {self.name}: found one stakeholder's conduct, expected that of many"
        )

    def mean(self, worlds: Worlds) -> float:
        """Its mean over *worlds*; not a number where no world has any."""
        numbers = _measured(self.sample(worlds))
        return float(numbers.mean()) if numbers.size else float("nan")

    def figure(self, worlds: Worlds) -> Figure:
        """Its median over *worlds*, or their share, and where nine in ten of them lie."""
        figure = self._figure(self.sample(worlds), self.unit, self.signs)
        if self.values is None or isinstance(figure.value, str):
            return figure
        return replace(figure, value=self.values.get(figure.value, figure.value))

    def change(self, worlds: Worlds, first: Worlds, in_percent: bool = False) -> Figure:
        """By how much it is more in *worlds* than in *first*, each world beside its own, or each
        set of assumptions beside itself; *in_percent* of what it is in *first*, where it is any
        there.
        """
        sample, other = self.sample(worlds), self.sample(first)
        self._check_disclosure(sample, other)
        change, unit = sample.numbers - other.numbers, POINTS_OF.get(self.unit, self.unit)
        if in_percent:
            change, unit = (
                PERCENT * change / np.where(other.numbers > 0, other.numbers, np.nan),
                "%",
            )
        return self._figure(sample._replace(numbers=change), unit, signs=True)

    def _figure(self, sample: Sample, unit: str, signs: bool) -> Figure:
        numbers = _measured(sample)
        low, value, high = _ends_and_median(numbers) if numbers.size else (float("nan"),) * 3
        if sample.is_share and numbers.size:
            value = float(numbers.mean())
        ends = (low, high) if numbers.size > 1 and not sample.is_share else None
        figure = Figure(self.name, self.label, value, unit, sample.basis, ends, signs)
        return (
            replace(figure, value=figure.range_words, is_range=True) if sample.is_range else figure
        )


def _ends_and_median(numbers: Array) -> tuple[float, float, float]:
    """The ends of where nine in ten of *numbers* lie, with their median between. Of whole ones,
    such as counts, all three are whole, rounded as other pages round them.
    """
    is_whole = bool((numbers == np.round(numbers)).all())
    low, middle, high = (float(number) for number in np.percentile(numbers, PERCENTILES))
    return (_whole(low), _whole(middle), _whole(high)) if is_whole else (low, middle, high)


def _whole(number: float) -> float:
    """*number* as a whole one, with halves away from zero."""
    return math.copysign(math.floor(round(abs(number), 9) + HALF), number)


def _measured(sample: Sample) -> Array:
    """The numbers of *sample* that are any."""
    numbers: Array = sample.numbers[~np.isnan(sample.numbers)]
    return numbers
