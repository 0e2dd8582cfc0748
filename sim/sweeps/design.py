"""The designs of a sweep: at which points of its axes to simulate. SciPy and SALib make them.

full factorial    every combination of all values (of ranges: of their steps)
one at a time     the scenario as it is, then each value of each axis alone, all else as the
                  scenario has it
latin hypercube   a sample in which each axis is cut into as many strata as there are points, one
                  point in each (McKay, Beckman and Conover 1979)
sobol             a scrambled Sobol' sequence, which fills the space evenly (Sobol' 1967; Owen 1998)
saltelli          the sample for Sobol' indices: points x (axes + 2) of them (Saltelli 2002)
morris            elementary effects: points trajectories of (axes + 1) points each (Morris 1991)
given             points that somebody gives one by one, in a file or a frame
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError
from sim.extras import extra
from sim.sweeps.axis import Axis

FACTORIAL, ONE_AT_A_TIME, LATIN, SOBOL, SALTELLI, MORRIS, GIVEN = DESIGNS = (
    "full factorial",
    "one at a time",
    "latin hypercube",
    "sobol",
    "saltelli",
    "morris",
    "given",
)
SAMPLES = (LATIN, SOBOL, SALTELLI, MORRIS)  # which take a number of points
POWERS_OF_TWO = (SOBOL, SALTELLI)
LEVELS = 4  # of Morris' grid (Saltelli et al. 2008, chapter 3)
MOST_POINTS = 100_000_000

OWN = None  # the value that the scenario itself has
Point = tuple[Any, ...]  # a value for each axis

Shares = NDArray[np.float64]  # [points, axes] of the way from the low to the high end of each axis


class Design(NamedTuple):
    """A design with its number of *points*: of the sample, of trajectories (morris), of the base
    sample (saltelli), or of those that are given; 0 for one that takes none.
    """

    name: str
    points: int = 0

    def size(self, axes: Sequence[Axis]) -> int:
        """How many points it has on these *axes*."""
        if self.name == FACTORIAL:
            return int(np.prod([float(len(axis.grid())) for axis in axes]))
        if self.name == ONE_AT_A_TIME:
            return 1 + sum(len(axis.grid()) for axis in axes)
        return self.points * {SALTELLI: len(axes) + 2, MORRIS: len(axes) + 1}.get(self.name, 1)

    def columns(self, axes: Sequence[Axis], seed: int) -> list[list[Any]]:
        """For each of *axes*, its value at each point, OWN for the scenario's. The sample depends
        on *seed* alone.
        """
        if self.name == FACTORIAL:
            points: Sequence[Point] = list(product(*(axis.grid() for axis in axes)))
            return [[point[place] for point in points] for place in range(len(axes))]
        if self.name == ONE_AT_A_TIME:
            return _one_at_a_time(axes)
        shares = SAMPLERS[self.name](len(axes), self.points, seed)
        return [axis.at(shares[:, place]) for place, axis in enumerate(axes)]


def check_points(name: str, points: int, where: str) -> Design:
    """The Design; InputError that begins with *where* where its sample needs a power of two."""
    if name in POWERS_OF_TWO and points & (points - 1):
        below = 1 << (points.bit_length() - 1)
        raise InputError(
            f"{where}: points is {points}, expected a power of two for design = {name!r}, such as"
            f" {below} or {2 * below}"
        )
    return Design(name, points)


def _one_at_a_time(axes: Sequence[Axis]) -> list[list[Any]]:
    columns: list[list[Any]] = []
    total = 1 + sum(len(axis.grid()) for axis in axes)
    before = 1
    for axis in axes:
        values = axis.grid()
        columns.append([OWN] * before + values + [OWN] * (total - before - len(values)))
        before += len(values)
    return columns


def _latin(axes: int, points: int, seed: int) -> Shares:
    from scipy.stats import qmc

    sample: Shares = qmc.LatinHypercube(axes, rng=np.random.default_rng(seed)).random(points)
    return sample


def _sobol(axes: int, points: int, seed: int) -> Shares:
    from scipy.stats import qmc

    sample: Shares = qmc.Sobol(axes, rng=np.random.default_rng(seed)).random(points)
    return sample


def unit_problem(axes: int) -> dict[str, Any]:
    """SALib's problem of so many axes, each from 0 to 1."""
    return {
        "num_vars": axes,
        "names": [f"{place}" for place in range(axes)],
        "bounds": [[0.0, 1.0]] * axes,
    }


def _saltelli(axes: int, points: int, seed: int) -> Shares:
    with extra("analysis", f"design {SALTELLI}"):
        from SALib.sample import sobol

    generator = np.random.default_rng(seed)
    sample: Shares = sobol.sample(
        unit_problem(axes), points, calc_second_order=False, seed=generator
    )
    return sample


def _morris(axes: int, points: int, seed: int) -> Shares:
    with extra("analysis", f"design {MORRIS}"):
        from SALib.sample import morris

    generator = np.random.default_rng(seed)
    sample: Shares = morris.sample(unit_problem(axes), points, num_levels=LEVELS, seed=generator)
    return sample


SAMPLERS: dict[str, Callable[[int, int, int], Shares]] = {
    LATIN: _latin,
    SOBOL: _sobol,
    SALTELLI: _saltelli,
    MORRIS: _morris,
}
