"""How sentences on evidence write numbers, days and lists; and what the register cannot pin down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sim.evidence.calibrate import Fit
from sim.evidence.states.expected_path import MOVING
from sim.scenario.weights import TIED
from sim.stakeholders import KIND_WORDS, KINDS

CLEAR = 2.0  # log likelihood that one more weight has to bring (about the 5 % level of a likelihood-ratio test)
NOT_SHOWN = "contagion is not shown by this register."


def not_pinned_down(fit: Fit) -> list[str]:
    """A sentence on every weight whose interval reaches 0, that a bound holds back, or that has a twin."""
    found = []
    for dial, value in fit.weights.items():
        if dial in TIED:
            found.append(f"{dial} is not fitted by itself: it follows from {TIED[dial]}.")
        elif dial in fit.at_bound and value == 0:
            high = fit.intervals.get(dial, (0.0, 0.0))[1]
            found.append(f"{dial} gets no weight; resampled, the register gives it up to {high:.3g}.")
        elif dial in fit.at_bound:
            found.append(f"{dial} lies at its bound, {value:g}, which is ours: the register alone would go beyond it.")
        elif dial in fit.intervals and fit.intervals[dial][0] <= 0 <= fit.intervals[dial][1]:
            low, high = fit.intervals[dial]
            found.append(f"{dial}, {value:.3g}, cannot be told from 0: resampled, it is {low:.3g} to {high:.3g}.")
    for first, second, correlation in fit.hard_to_tell_apart:
        found.append(f"{first} and {second} can hardly be told apart (correlation {correlation:.2f}).")
    return found


def contagion(fit: Fit) -> dict[str, str]:
    """kind -> whether the register shows that others' signatures moved it, in words."""
    words = {}
    for kind in KINDS:
        gain = fit.log_likelihood[kind] - fit.without_contagion[kind]
        names = [f"{kind}_{motive}" for motive in MOVING]
        speaking = [name for name in names if fit.weights.get(name, 0) > 0]
        if not speaking:
            none = f"Nothing that moves with others' signatures gets a weight among {KIND_WORDS[kind]}"
            words[kind] = f"{none}: {NOT_SHOWN}"
            continue
        told = f"What moves with others' signatures raises the log likelihood of {KIND_WORDS[kind]} by {gain:.1f}"
        if gain < CLEAR * len(speaking):
            words[kind] = f"{told}, for {len(speaking)} more weights: {NOT_SHOWN}"
        else:
            words[kind] = (
                f"{told}, through {', '.join(speaking)}: they go together, and the register cannot say which led."
            )
    return words


def score(value: float) -> str:
    """A score with three digits."""
    return f"{value:.3f}"


def span(interval: Mapping[str, float]) -> str:
    """Median and ends of an interval of counts."""
    return f"{interval['median']:.0f} ({interval['low']:.0f} to {interval['high']:.0f})"


def holds(interval: Mapping[str, float], value: float) -> bool:
    """Whether *value* lies in the interval, ends included."""
    return interval["low"] <= value <= interval["high"]


def listed(parts: Iterable[str]) -> str:
    """a, b and c."""
    *most, last = list(parts)
    return f"{', '.join(most)} and {last}" if most else last


def also_written(parts: Sequence[str], otherwise: str = "none") -> str:
    """a, b and c; *otherwise* where there is nothing."""
    return listed(parts) if parts else otherwise


def counted(number: int, one: str, many: str = "") -> str:
    """1 world, 2 worlds."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def day_written(day: str) -> str:
    """2019-09-16 as 16 September 2019."""
    read = date.fromisoformat(day)
    return f"{read.day} {read:%B %Y}"


def by_kind(inside: Mapping[str, Any], which: str) -> str:
    """How many dates of each kind are *inside* the interval *which*."""
    return listed(f"{inside[kind][which]} of {words}" for kind, words in KIND_WORDS.items())


def model_name(model: str) -> str:
    """The name of a *model* as it can stand among others: flat ridge (18 covariates)."""
    name, _, more = model.partition(", ")
    return f"{name} ({more})" if more else name
