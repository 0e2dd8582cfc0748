"""What a ballot of paper asks in each kind of step: printed for a seat, and typed in by the
teacher.

A kind of step that is decided on ballots has one entry in BALLOTS. What is decided in secret has
none: a teacher who types it in would know it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import sim
from dashboard.classroom import answers
from dashboard.classroom.catalogue import Language
from dashboard.classroom.names import LONGEST_HEADLINE
from dashboard.classroom.plan import (
    ACCEPT,
    AMEND,
    CHOOSE,
    DRAFT,
    EXIT,
    NEWS,
    PREDICT,
    Step,
    choices_before,
)
from dashboard.classroom.seats import Seat
from dashboard.classroom.text_talks import (
    ACCEPTS,
    AS_WRITTEN,
    BLOCKS,
    DEEPER,
    FULL,
    OUT,
    VOTES,
    WEAKER,
    ladder,
)
from dashboard.classroom.world import record
from dashboard.data.record import directory


@dataclass(frozen=True)
class Choice:
    """One of several on a ballot: its value, the key that the teacher presses for it, its words,
    and whether it is for signatories alone or for all others alone, None for both.
    """

    value: str
    key: str
    words: str
    signed: bool | None = None


@dataclass(frozen=True)
class Question:
    """One question of a ballot: its *name* in an answer of several, its words, and what answers it:
    one of the *choices*, a whole number of *unit* up to *high*, or a line of at most *longest*
    characters. An `optional` one of several may stay without an answer.
    """

    name: str
    words: str
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    high: int = 0
    longest: int = 0
    optional: bool = False

    def put_to(self, signed: bool) -> tuple[Choice, ...]:
        """The choices of a seat that has *signed*, or has not."""
        return tuple(each for each in self.choices if each.signed in (None, signed))


@dataclass(frozen=True)
class Ballot:
    """What is asked in a step, and of *whom*."""

    whom: Callable[[Seat], bool]
    ask: Callable[[sim.Scenario, Language], Sequence[Question]] = field(repr=False)


RUNG_KEYS = {OUT: "1", WEAKER: "2", AS_WRITTEN: "3", DEEPER: "4", FULL: "5"}
VOTE_KEYS = {ACCEPTS: "a", BLOCKS: "b"}
KEYS = {answers.SIGN: "s", answers.STAY_OUT: "o", answers.STAY: "s", answers.LEAVE: "l"}


def _prediction(scenario: sim.Scenario, language: Language) -> list[Question]:
    return [_number("", "ballot-predict", scenario, language)]


def _choice(_: sim.Scenario, language: Language) -> list[Question]:
    choices = tuple(
        Choice(each["value"], KEYS[each["value"]], language.say(f"answer-{each['value']}"), signed)
        for signed in (False, True) for each in answers.options(signed)
    )  # fmt: skip
    return [Question("", language.say("ballot-choose"), choices)]


def _wishes(scenario: sim.Scenario, language: Language) -> list[Question]:
    """One for each provision; one without an answer stays as it is on the table."""
    return [
        Question(
            str(one.principle),
            language.say("ballot-amend", number=one.principle, name=language.word(one.short_name)),
            tuple(
                Choice(rung, RUNG_KEYS[rung], language.say(f"rung-{rung}"))
                for rung in ladder(one.ambition)
            ),
            optional=True,
        )
        for one in scenario.code.provisions
    ]


def _acceptance(_: sim.Scenario, language: Language) -> list[Question]:
    choices = tuple(
        Choice(value, VOTE_KEYS[value], language.say(f"answer-{value}")) for value in VOTES
    )
    return [Question("", language.say("ballot-accept"), choices)]


def _headline(_: sim.Scenario, language: Language) -> list[Question]:
    return [Question("", language.say("ballot-news"), longest=LONGEST_HEADLINE)]


def _looking_back(scenario: sim.Scenario, language: Language) -> list[Question]:
    moods = tuple(Choice(mood, "", language.say(f"mood-{mood}")) for mood in answers.MOODS)
    about = "ballot-exit-answer" if record(scenario.name) else "ballot-exit-anew"
    return [
        Question("mood", language.say("ballot-exit-mood"), moods),
        _number("answer", about, scenario, language),
    ]


def _number(name: str, key: str, scenario: sim.Scenario, language: Language) -> Question:
    kind = answers.kind_of_the_question(scenario)
    unit = language.word(sim.KIND_WORDS[kind])
    return Question(
        name, language.say(key, unit=unit), unit=unit, high=int((directory()["kind"] == kind).sum())
    )


BALLOTS = {
    PREDICT: Ballot(lambda seat: True, _prediction),
    AMEND: Ballot(lambda seat: not seat.is_press, _wishes),
    DRAFT: Ballot(lambda seat: seat.is_press, _headline),
    ACCEPT: Ballot(lambda seat: not seat.is_press, _acceptance),
    CHOOSE: Ballot(lambda seat: not seat.is_press, _choice),
    NEWS: Ballot(lambda seat: seat.is_press, _headline),
    EXIT: Ballot(lambda seat: True, _looking_back),
}


def may_stand(steps: tuple[Step, ...], number: int) -> tuple[bool, ...]:
    """Whether a seat may or may not be a signatory as the step *number* begins: before the first
    choice it is none.
    """
    return (False, True) if choices_before(steps, number) else (False,)
