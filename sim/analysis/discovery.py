"""Scenario discovery: in which worlds an outcome falls short, as a box in few dimensions (Bryant
and Lempert 2010), by the patient rule induction of the EMA Workbench (Friedman and Fisher 1999;
Kwakkel 2017).

PRIM cuts slices off the ranges of axes as long as the share of cases of interest rises. Coverage is
the share of cases of interest that lie in the box, density the share of cases in the box that are
of interest. A restriction's quasi-p-value is the chance to find so many of interest by luck without
it; an axis with one above 0.05 is left out. As PRIM tries many slices, a box also has to be better
than that in each of 19 shuffles of which cases are of interest.
"""

from __future__ import annotations

import logging
import re
import warnings
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.axis_words import AxisWords
from sim.analysis.bootstrap import RESAMPLES, draw_replicates, mean_over_replicates
from sim.analysis.scores import coded, varied
from sim.errors import InputError
from sim.experiments.outcomes import Array
from sim.extras import extra
from sim.reading import literal

Members = NDArray[np.bool_]  # [cases]

SIGNIFICANT = 0.05  # quasi-p-value of each end of a box
MOST_AXES = 8  # that PRIM tries, of more those that tell most
SHUFFLES = 19  # so that a box by luck is best once in twenty times
FEWEST = 20  # cases
LIMIT_DIGITS = 2  # of a limit of a box, in its sentence
FEWEST_OF_INTEREST = 5
LEAST_SHARE, MOST_SHARE = 0.02, 0.9  # of cases, that can be of interest
SLICES = (
    0.05,
    0.1,
)  # of cases, cut off at a time; a thin one may find nothing to gain where a thicker one does
LEAST_MASS = 0.03  # of cases, in a box
ENDS = (2.5, 97.5)
ANY = 0.01  # of a last box that PRIM still returns: any, as the choice on its path is made here
SIGNS = {"<": np.less, ">": np.greater, "<=": np.less_equal, ">=": np.greater_equal}
FORM = "an outcome, <, >, <= or >=, and a number, such as 'harm_prevented < 5'"
WHERE = re.compile(r"\s*([\w-]+)\s*(<=|>=|<|>)\s*(-?[\d.]+(?:e-?\d+)?)\s*")


class Condition(NamedTuple):
    """What makes a case one of interest: its *name* on the side *sign* of the *threshold*."""

    name: str
    sign: str
    threshold: float

    def holds(self, values: Array) -> Members:
        """Which of *values* fulfil it; NaN do not."""
        return np.asarray(SIGNS[self.sign](values, self.threshold)) & ~np.isnan(values)

    def __str__(self) -> str:
        return f"{self.name} {self.sign} {self.threshold:.3g}"


def condition(text: str, where: str) -> Condition:
    """The condition in *text*; InputError that begins with *where* for anything else."""
    match = WHERE.fullmatch(text)
    if match is not None:
        with suppress(ValueError):
            return Condition(match[1], match[2], float(match[3]))
    raise InputError(f"{where} is {literal(text)}, expected {FORM}")


class Limit(NamedTuple):
    """A restriction of a box: the axis, its ends (None: open), or the values of a text, and its
    quasi-p-value.
    """

    axis: str
    low: float | None
    high: float | None
    values: tuple[str, ...]
    quasi_p: float


@dataclass(frozen=True, eq=False)
class Box:
    """A box with its *limits*; which cases are *members*. coverage and density with the ends of
    their intervals over replicates; worlds: the share of single worlds in the box that are of
    interest, and *worlds_outside* it.
    """

    limits: tuple[Limit, ...]
    members: Members
    coverage: tuple[float, float, float]
    density: tuple[float, float, float]
    base: float
    worlds: float
    worlds_outside: float


def prim() -> Any:
    """The EMA Workbench's module; InputError where it is missing."""
    with extra("ema", "scenario discovery"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ema_workbench.analysis import prim as module
    logging.getLogger("EMA").setLevel(logging.ERROR)
    return module


def has_prim() -> bool:
    """Whether the EMA Workbench is installed."""
    from importlib.util import find_spec

    return find_spec("ema_workbench") is not None


def can_be_found(of_interest: Members) -> bool:
    """Whether there are enough cases, and neither too few nor too many of interest, to look for a
    box.
    """
    share = float(of_interest.mean()) if len(of_interest) else 0.0
    return (
        len(of_interest) >= FEWEST
        and of_interest.sum() >= FEWEST_OF_INTEREST
        and LEAST_SHARE <= share <= MOST_SHARE
    )


def discover(
    frame: pd.DataFrame,
    values: Array,
    rule: Condition,
    common_luck: bool,
    generator: np.random.Generator,
) -> Box | None:
    """The box of the cases whose mean over replicates *values* [cases, R] fulfils *rule*, in the
    columns of *frame*; None where no box does better than chance.
    """
    of_interest = rule.holds(mean_over_replicates(values))
    if not can_be_found(of_interest):
        return None
    limits, best = _limits(frame, of_interest)
    shuffles = (_limits(frame, generator.permutation(of_interest))[1] for _ in range(SHUFFLES))
    if not limits or any(other >= best for other in shuffles):
        return None
    members = inside(frame, limits)
    again = [rule.holds(mean_over_replicates(draw_replicates(values, common_luck, generator)))
             for _ in range(RESAMPLES if values.shape[1] > 1 else 0)]  # fmt: skip
    coverage = [_share(each & members, each) for each in again]
    density = [_share(each & members, members) for each in again]
    worlds = rule.holds(values)
    return Box(
        limits=limits,
        members=members,
        coverage=(_share(of_interest & members, of_interest), *_ends(coverage)),
        density=(_share(of_interest & members, members), *_ends(density)),
        base=float(of_interest.mean()),
        worlds=float(worlds[members].mean()),
        worlds_outside=float(worlds[~members].mean()) if (~members).any() else float("nan"),
    )


def _share(part: Members, whole: Members) -> float:
    return float(part.sum() / whole.sum()) if whole.sum() else float("nan")


def _ends(sample: list[float]) -> tuple[float, float]:
    if not sample:
        return float("nan"), float("nan")
    low, high = np.nanpercentile(sample, ENDS)
    return float(low), float(high)


def inside(frame: pd.DataFrame, limits: tuple[Limit, ...]) -> Members:
    """[cases] whether each row of *frame* lies within all *limits*."""
    members = np.ones(len(frame), bool)
    for limit in limits:
        column = frame[limit.axis]
        if limit.values:
            members &= column.astype(str).isin(limit.values).to_numpy()
            continue
        members &= (
            np.ones(len(frame), bool) if limit.low is None else (column >= limit.low).to_numpy()
        )
        members &= (
            np.ones(len(frame), bool) if limit.high is None else (column <= limit.high).to_numpy()
        )
    return members


def _limits(frame: pd.DataFrame, of_interest: Members) -> tuple[tuple[Limit, ...], float]:
    """The restrictions of the box with the largest harmonic mean of coverage and density on PRIM's
    path, and that mean.

    Of axes whose restriction there could be luck's, the half that looks most like it is left out,
    and the rest tried anew, until there is none.
    """
    numbers = frame.select_dtypes("number").astype(float)
    texts = frame.drop(columns=list(numbers)).astype(str).astype("category")
    x = pd.concat([numbers, texts], axis=1)
    names = _telling(varied(frame), of_interest)
    least = max(LEAST_MASS, FEWEST_OF_INTEREST / len(frame))
    while names:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tries = [
                prim()
                .Prim(x[names], of_interest, threshold=ANY, mass_min=least, peel_alpha=slice_)
                .find_box()
                for slice_ in SLICES
            ]
        path = [
            (mean, -number, place)
            for number, box in enumerate(tries)
            if box
            for mean, place in _path(box)
        ]
        if not path:
            break
        best, number, place = max(path)
        box = tries[-number]
        luck = {name: max(ends) for name, ends in box.qp[place].items() if max(ends) >= SIGNIFICANT}
        if not luck:
            return _limits_of(box, place, x), best
        worst = sorted(luck, key=lambda name: -luck[name])[: -(-len(luck) // 2)]
        names = [name for name in names if name not in worst]
    return (), 0.0


def _telling(frame: pd.DataFrame, of_interest: Members) -> list[str]:
    """The columns of *frame*; of many, those whose means differ most between cases of interest and
    others, by F.
    """
    with extra("analysis", "scenario discovery"):
        from sklearn.feature_selection import f_classif

    if len(frame.columns) <= MOST_AXES or of_interest.all() or not of_interest.any():
        return [str(name) for name in frame]
    scores = np.nan_to_num(f_classif(coded(frame), of_interest)[0])
    return [str(name) for _, name in sorted(zip(-scores, frame, strict=True))[:MOST_AXES]]


def _path(box: Any) -> list[tuple[float, int]]:
    """(harmonic mean of coverage and density, number) of each box on PRIM's path that restricts
    anything.
    """
    rows = box.peeling_trajectory
    means = 2 * rows["coverage"] * rows["density"] / (rows["coverage"] + rows["density"])
    return [
        (float(means.iloc[place]), place)
        for place in range(len(rows))
        if rows["res_dim"].iloc[place] > 0
    ]


def _limits_of(box: Any, place: int, x: pd.DataFrame) -> tuple[Limit, ...]:
    """The restrictions of one box on the path, the surest first."""
    limits = []
    for axis, ends in box.qp[place].items():
        quasi = max(p for p in ends if p != -1) if any(p != -1 for p in ends) else 0.0
        edge = box.box_lims[place][axis]
        if isinstance(x[axis].dtype, pd.CategoricalDtype):
            limits.append(
                Limit(axis, None, None, tuple(sorted(str(value) for value in edge.iloc[0])), quasi)
            )
            continue
        low, high = (float(end) for end in edge)
        least, most = float(x[axis].min()), float(x[axis].max())
        limits.append(
            Limit(axis, low if low > least else None, high if high < most else None, (), quasi)
        )
    return tuple(sorted(limits, key=lambda limit: limit.quasi_p))


def limit_words(limit: Limit, words: AxisWords, shortly: bool = False) -> str:
    """A restriction in the *words* of its axis, with few digits; *shortly* without numbers where
    words say it.
    """
    if limit.values:
        return f"{words.label} is {' or '.join(map(words.value, limit.values))}"
    return words.lies(limit.low, limit.high, LIMIT_DIGITS, shortly)
