"""The question that a change answers, and the verdicts on it: what would bring a stakeholder in by
a date, or keep it out until then.

Who has signed by that date, in most simulated worlds and as far as anybody knows in fact too, is
asked to stay out, and everybody else to come in, unless the other question is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.arguments import check_round, place_of
from sim.errors import InputError
from sim.experiments.outcomes import Array
from sim.kinds_and_statuses import KINDS
from sim.population import Population
from sim.reading import as_date, literal
from sim.scenario import Scenario
from sim.scenario.calendar import dates_within, end_of_round, round_of_count

IN, OUT = "in", "out"
AIMS = (IN, OUT)
MOST, NEARLY_ALL = 0.5, 0.9  # of the simulated worlds
# Of the worlds: less is not called a move, though it may cross one of these. Luck alone shifts a
# share of 200 worlds by up to six points, and nobody acts on a few points that happen to lie around
# a half.
LEAST_MOVE = 0.1
ROUNDING, HALF = 1e-9, 0.5
YEAR = 12  # months


class Judgement(StrEnum):
    """Whether a change, or what is supposed, is enough to turn a decision."""

    ENOUGH = "enough"
    PERHAPS = "perhaps"  # some luck or some fits say otherwise
    NOT_ENOUGH = "not enough"
    HARDLY = "hardly moves it"
    CANNOT_BE_JUDGED = "cannot be judged"  # it rests on what no answer may rest on
    MODEL_ONLY = "in the model only"  # enough, or perhaps, of somebody whom the model misses

    @property
    def of_a_miss(self) -> Judgement:
        """The same of somebody whom the model has on the wrong side."""
        is_enough = self in (Judgement.ENOUGH, Judgement.PERHAPS)
        return Judgement.MODEL_ONLY if is_enough else self


@dataclass(frozen=True)
class Subject:
    """The stakeholder that is explained: id, name, kind, place in the population, and the round in
    which it deliberates.
    """

    who: str
    name: str
    kind: str
    index: int
    round: int


def subject_of(
    population: Population, who: str, round_number: int = 0, name: str = "what_happened"
) -> Subject:
    """*who*, an id in the *population*, as it deliberates in that round. InputError that begins
    with *name*.
    """
    index = place_of(population, who, name)
    return Subject(who, population.names[index], KINDS[population.kind[index]], index, round_number)


@dataclass(frozen=True)
class Question:
    """What would bring it `in`, or keep it `out`, by the end of round *by*; *day* is its last. A
    change acts from the round *start* on, within the year up to that date, whichever round is
    explained.
    """

    aim: str
    by: int
    start: int
    day: date

    @property
    def keeps_out(self) -> bool:
        """Whether it is asked what would keep it out."""
        return self.aim == OUT

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        return {"aim": self.aim, "by": self.by, "day": self.day, "start": self.start}


def question(
    scenario: Scenario, by: int, aim: str | None, share: float, had_joined: bool | None
) -> Question:
    """The question on a stakeholder that has signed by round *by* in this *share* of worlds, with
    the *aim* that is asked for, or that follows from the share and from whether it *had joined* by
    then in fact, None where nobody knows.
    """
    start = max(scenario.first_round, by - YEAR + 1)
    stays = share > MOST and had_joined is not False
    return Question(
        aim or (OUT if stays else IN), by, start, end_of_round(scenario.code.launch, by)
    )


def share_sought(aim: str, share: float) -> float | None:
    """The share of worlds to rise above (or to fall below): most of them or, where it signs (or
    stays out) in most already, nearly all. None where it does in nearly all.
    """
    if aim == IN:
        return MOST if share <= MOST else NEARLY_ALL if share <= NEARLY_ALL else None
    return MOST if share >= MOST else 1 - NEARLY_ALL if share >= 1 - NEARLY_ALL else None


def points_moved(before: Array | float, after: Array | float) -> Array:
    """How many points each share of worlds moves, between the whole percentages that people
    read.
    """
    whole_before, whole_after = (
        np.floor(100 * np.asarray(share) + HALF + ROUNDING) for share in (before, after)
    )
    points: Array = whole_after - whole_before
    return points


def is_large(before: Array | float, after: Array | float) -> NDArray[np.bool_]:
    """Whether each share of worlds moves far enough to be called a move, by the points that people
    read.
    """
    return np.asarray(np.abs(points_moved(before, after)) >= 100 * LEAST_MOVE)


def check_by(scenario: Scenario, value: Any, explained: int, name: str = "by") -> int:
    """The round at whose end a signature counts: a number, a day, which means the last round that
    ends by then, either as a text; None for the round that is explained. InputError that begins
    with *name* where it is before that one, or after the last.
    """
    if value is None:
        return explained
    day = as_date(value)
    if day is None:
        number = check_round(scenario, value, name)
    else:
        number = min(round_of_count(scenario.code.launch, day), scenario.last_round)
    if number < explained:
        within = dates_within(scenario.code.launch, explained, scenario.last_round)
        expected = (
            f"a whole number from {explained}, the round that is explained, to"
            f" {scenario.last_round}, or a date"
        )
        raise InputError(f"{name} is {literal(value)}, expected {expected} {within}")
    return number


def check_aim(value: Any, name: str = "aim") -> str | None:
    """*value*, one of AIMS or None; InputError that begins with *name* otherwise."""
    if value is not None and not (isinstance(value, str) and value in AIMS):
        raise InputError(f"{name} is {literal(value)}, expected one of {', '.join(AIMS)}")
    return None if value is None else str(value)
