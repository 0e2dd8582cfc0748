"""Scores of predictions: of who signs, and of how many.

All functions take arrays over n states: `signed`, 1 for those on the register and 0 for all others,
and `share`, in [0, 1], the share of simulated worlds (or a baseline's estimate of it) in which each
signs. A score is compared with that of a *perfect model of this size*, whose shares are the true
chances of the outcomes: with 193 states its score too depends on chance.

That bootstrap and perfect model may take the Union's 28 as one was chosen with knowledge of the
register, in which they signed as one. It makes intervals and bands wider. Nothing else here was
chosen by its result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.experiments.outcomes import PERCENTILES

Floats = NDArray[np.float64]
Score = Callable[[NDArray, Floats], float | None]

BINS = 5
LOW, _, HIGH = PERCENTILES  # of every interval here
PERFECT_DRAWS = 1000
RESAMPLES = 2000


class Interval(NamedTuple):
    """An expected value and where 90 % of it lie; None where no draw defines it."""

    mean: float | None
    low: float | None
    high: float | None


class Bin(NamedTuple):
    """States of similar shares: mean share, observed share, and the band of a perfect model's
    observed share.
    """

    predicted: float
    observed: float
    states: int
    perfect_low: float
    perfect_high: float


class Difference(NamedTuple):
    """A score less another, and the interval of the difference over resampled groups.

    draws  in how many resamples both scores were defined
    """

    value: float | None
    low: float | None
    high: float | None
    draws: int

    @property
    def clear(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def auc(signed: NDArray, share: Floats) -> float | None:
    """The chance that a signatory drawn at random has a larger share than a state that is none,
    ties counting half (Mann and Whitney 1947; Hanley and McNeil 1982). None, undefined, without
    signatories or without others.
    """
    positive, shares = np.asarray(signed) > 0, np.asarray(share)
    signatories, others = shares[positive], np.sort(shares[~positive])
    if not len(signatories) or not len(others):
        return None
    above, not_below = (
        np.searchsorted(others, signatories, side).sum() for side in ("left", "right")
    )
    return float((above + not_below) / 2 / (len(signatories) * len(others)))


def brier(signed: NDArray, share: Floats) -> float:
    """The mean square of share less outcome, in [0, 1]; small is good (Brier 1950)."""
    return float(np.mean((np.asarray(share) - signed) ** 2))


def log_score(signed: NDArray, share: Floats, worlds: int) -> float:
    """The mean natural logarithm of the share given to what happened; at most 0, and large is good
    (Good 1952).

    Shares are clipped to [1 / (2m + 2), 1 - 1 / (2m + 2)] for m *worlds*: a state that signs in
    none of m worlds may still sign, and a single such state would make the score infinite. The end
    is Jeffreys' estimate of a chance after m worlds without the event, (0 + 1/2) / (m + 1).
    Baselines are clipped to the same ends as Parley.
    """
    least = 1 / (2 * worlds + 2)
    clipped = np.clip(share, least, 1 - least)
    return float(np.mean(np.where(np.asarray(signed) > 0, np.log(clipped), np.log1p(-clipped))))


def outcomes(
    share: Floats, seed: int, draws: int = PERFECT_DRAWS, as_one: NDArray[np.bool_] | None = None
) -> NDArray:
    """[draws, n] who signs, 0 or 1, if *share* are the chances. States *as_one* have one random
    number together, all others their own.
    """
    uniform = np.random.default_rng(seed).random((draws, len(share)))
    if as_one is not None and as_one.any():
        uniform[:, as_one] = uniform[:, [int(np.argmax(as_one))]]
    return (uniform < share).astype(np.int64)


def calibration(
    signed: NDArray,
    share: Floats,
    seed: int,
    bins: int = BINS,
    as_one: NDArray[np.bool_] | None = None,
) -> tuple[Bin, ...]:
    """From the lowest shares to the highest, *bins* of equally many states (to within one; equal
    shares in the order in which they come): mean share, observed share, and the 5 to 95 % band of
    the latter if the shares were the chances.
    """
    perfect = outcomes(share, seed, as_one=as_one)
    groups = []
    for members in np.array_split(np.argsort(share, kind="stable"), min(bins, len(share))):
        low, high = np.percentile(perfect[:, members].mean(axis=1), [LOW, HIGH]).tolist()
        predicted, observed = (
            float(np.mean(share[members])),
            float(np.mean(np.asarray(signed)[members])),
        )
        groups.append(Bin(predicted, observed, len(members), low, high))
    return tuple(groups)


def perfect(
    score: Score, share: Floats, seed: int, as_one: NDArray[np.bool_] | None = None
) -> Interval:
    """The *score* of these shares if they are the true chances: its mean, 5th and 95th percentile
    over random outcomes. An observed score far below means that the shares are too confident, or
    wrong.
    """
    return _interval([score(sample, share) for sample in outcomes(share, seed, as_one=as_one)])


def difference(
    signed: NDArray,
    ours: Floats,
    theirs: Floats,
    score: Score,
    groups: ArrayLike,
    seed: int,
    draws: int = RESAMPLES,
) -> Difference:
    """*score* of *ours* less that of *theirs*, and its 5th and 95th percentile when whole *groups*
    are drawn anew, with replacement (the cluster bootstrap; Cameron, Gelbach and Miller 2008).

    groups  [n] labels: sub-regions, and one for the Union, since neighbours sign alike and single
            states would make the interval too narrow

    For a Brier score a negative difference is better. The shares stay the same, so that the
    interval is about these predictions for other states, not about a model fitted to other states.
    """
    resampled = resamples(groups, seed, draws)
    return less(*(scores_over(resampled, score, signed, share) for share in (ours, theirs)))


def resamples(groups: ArrayLike, seed: int, draws: int = RESAMPLES) -> list[NDArray[np.int64]]:
    """*draws* resamples of the places 0 to n - 1, in which whole *groups* [n] are drawn with
    replacement.
    """
    labels = np.unique(np.asarray(groups), return_inverse=True)[1]
    members = [np.flatnonzero(labels == label) for label in range(labels.max() + 1)]
    rng = np.random.default_rng(seed)
    return [
        np.concatenate([members[label] for label in rng.integers(len(members), size=len(members))])
        for _ in range(draws)
    ]


def scores_over(
    resampled: Sequence[NDArray[np.int64]], score: Score, signed: NDArray, share: Floats
) -> list[float | None]:
    """The *score* of all, then of each of the resamples *resampled*."""
    return [score(signed, share), *(score(signed[places], share[places]) for places in resampled)]


def less(ours: Sequence[float | None], theirs: Sequence[float | None]) -> Difference:
    """The difference between two of `scores_over` the same resamples."""
    value, *gaps = (
        a - b if a is not None and b is not None else None
        for a, b in zip(ours, theirs, strict=True)
    )
    defined = [gap for gap in gaps if gap is not None]
    interval = _interval(defined)
    return Difference(value, interval.low, interval.high, len(defined))


# intervals: under the fitted weights, and under uncertain ones
NARROW, WIDE = WIDTHS = "fitted", "with_uncertainty"


def coverage(rows: Sequence[Mapping[str, Any]], kind: str, which: str) -> int:
    """How many of the dated totals of *kind* lie within the interval *which* of their row, ends
    included.
    """
    return sum(
        row[which]["low"] <= row["registered"] <= row[which]["high"]
        for row in rows
        if row["kind"] == kind
    )


def _interval(values: list[float] | list[float | None]) -> Interval:
    """Mean, 5th and 95th percentile of those *values* that are defined."""
    defined = [value for value in values if value is not None]
    if not defined:
        return Interval(None, None, None)
    low, high = np.percentile(defined, [LOW, HIGH])
    return Interval(float(np.mean(defined)), float(low), float(high))


OURS, WITHOUT_CONTAGION, WITHOUT_CLUB = (
    "parley",
    "parley without contagion",
    "parley without the club",
)
OF_PARLEY = (OURS, WITHOUT_CONTAGION, WITHOUT_CLUB)
TRIVIAL = ("base rate", "freedom alone")  # of the baselines; to do better than these proves nothing
HEADLINE_SPLIT = "leave_one_region_out"
SMALL_IS_GOOD = frozenset({"brier"})


def scores_by_name(worlds: int) -> dict[str, Score]:
    """Name -> the score; the number of *worlds* limits how near to 0 or 1 a share counts."""
    return {
        "auc": auc,
        "brier": brier,
        "log_score": lambda signed, share: log_score(signed, share, worlds),
    }


def scored(
    signed: NDArray[np.int64], shares: Mapping[str, Floats], worlds: int
) -> dict[str, dict[str, Any]]:
    """Model -> its scores, for *shares* [193] of each model."""
    return {
        model: {name: score(signed, share) for name, score in scores_by_name(worlds).items()}
        for model, share in shares.items()
    }


def differences(
    signed: NDArray[np.int64],
    shares: Mapping[str, Floats],
    worlds: int,
    groups: NDArray[np.str_],
    seed: int,
) -> dict[str, dict[str, Any]]:
    """Other model -> score -> Parley's less the other's, with the interval over resampled *groups*
    [193].
    """
    resampled = resamples(groups, seed)
    by_model: dict[str, dict[str, Any]] = {model: {} for model in shares if model != OURS}
    for name, score in scores_by_name(worlds).items():
        ours = scores_over(resampled, score, signed, shares[OURS])
        for model, gaps in by_model.items():
            gaps[name] = less(ours, scores_over(resampled, score, signed, shares[model]))._asdict()
    return by_model


def against_perfection(
    signed: NDArray[np.int64], share: Floats, worlds: int, union: NDArray[np.bool_], seed: int
) -> dict[str, Any]:
    """Parley's shares beside perfect ones: `calibration` in five bins, and the scores of a perfect
    model of this size, the *union* [193] signing or not as one.
    """
    return {
        "calibration": [bin_._asdict() for bin_ in calibration(signed, share, seed, as_one=union)],
        "perfect_model": {
            name: perfect(score, share, seed, as_one=union)._asdict()
            for name, score in scores_by_name(worlds).items()
        },
    }
