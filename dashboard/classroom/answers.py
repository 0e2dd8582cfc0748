"""What may be answered in a step: the question of a prediction, the answers after the game, the
options of a seat.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sim
from dashboard.classroom import plan
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.names import as_headline
from dashboard.classroom.refusals import BAD, NOT_YOURS, TOO_LATE, ClassError
from dashboard.classroom.seats import Seat
from dashboard.classroom.text_talks import VOTES, check_stance, wish_in_words
from dashboard.data.record import directory

SIGN, STAY_OUT, STAY, LEAVE = "sign", "stay-out", "stay", "leave"
OPTIONS = (SIGN, STAY_OUT, STAY, LEAVE)
KEEP, BREAK, NOBODY = "keep", "break", "nobody"
# begins the answer of whoever asks for a sanction of the country that it accuses, too
SANCTION = "sanction "
SIGNS = (SIGN, STAY)  # values after which a seat is a signatory
MOODS = (
    "content",
    "proud",
    "curious",
    "surprised",
    "unsure",
    "pressed",
    "frustrated",
    "indifferent",
)
MONTH_OF_THE_QUESTION = 12  # the first anniversary, on which the register has a count


@dataclass(frozen=True)
class Accusation:
    """Whom a team accuses, by invented name, and whether it asks for a sanction, too."""

    name: str
    sanction: bool


def accusation_in(value: str) -> Accusation | None:
    """The accusation that an answer is; None of nobody."""
    return (
        None
        if value == NOBODY
        else Accusation(value.removeprefix(SANCTION), value.startswith(SANCTION))
    )


def kind_of_the_question(scenario: sim.Scenario) -> str:
    """Whose signatures the question is about: states, or the first kind that may sign."""
    return "state" if "state" in scenario.code.may_sign else scenario.code.may_sign[0]


BEFORE, ABOUT_THE_RECORD, ANEW = "question-before", "question-record", "question-anew"  # messages


def question(scenario: sim.Scenario, date: str, key: str = BEFORE) -> dict[str, Any]:
    """The question that the message *key* asks about the first anniversary, which falls on
    *date*.
    """
    kind = kind_of_the_question(scenario)
    who = sim.KIND_WORDS[kind]
    return {
        "question": ENGLISH.say(key, who=who), "date": date, "unit": who, "low": 0,
        "high": int((directory()["kind"] == kind).sum()),
    }  # fmt: skip


def options(has_signed: bool) -> list[dict[str, str]]:
    """What a seat may choose that *has_signed*, or has not."""
    values = (STAY, LEAVE) if has_signed else (SIGN, STAY_OUT)
    return [{"value": value, "words": ENGLISH.say(f"answer-{value}")} for value in values]


def options_of_conduct(has_signed: bool) -> list[dict[str, str]]:
    """How the team of a state may act in secret that *has_signed*, or has not."""
    return [
        {"value": value, "words": ENGLISH.say(f"answer-{value}{'' if has_signed else '.unsigned'}")}
        for value in (KEEP, BREAK)
    ]


def options_of_accusers(countries: Collection[str], own: str | None) -> list[dict[str, str]]:
    """Whom a team may accuse that plays the country *own*: another one of the invented *countries*,
    in words alone or with a sanction, or nobody.
    """
    found = []
    for name in sorted(countries):
        if name != own:
            found += [
                {
                    "value": name,
                    "words": ENGLISH.say("accuse-in-words", country=name),
                    "country": name,
                },
                {
                    "value": SANCTION + name,
                    "words": ENGLISH.say("accuse-and-sanction", country=name),
                    "country": name,
                },
            ]
    return [*found, {"value": NOBODY, "words": ENGLISH.say("accuse-nobody")}]


def moods() -> list[dict[str, str]]:
    """What a student may feel after the game."""
    return [{"value": value, "words": _mood(value)} for value in MOODS]


def in_words(value: Any) -> str:
    """An answer as a sentence repeats it."""
    if isinstance(value, dict):
        return (
            f"{_mood(value['mood'])}, {value['answer']}"
            if "mood" in value
            else wish_in_words(value)
        )
    return ENGLISH.say(f"answer-{value}") if value in (*OPTIONS, *VOTES) else str(value)


def decision_in_words(kind: str, value: str) -> str:
    """What a team decided in a step of that *kind*, as the past says it."""
    if kind != plan.ACCUSE:
        return ENGLISH.say(f"answer-{value}.done")
    accused = accusation_in(value)
    if accused is None:
        return ENGLISH.say("accuse-nobody.done")
    return ENGLISH.say(
        "accuse-and-sanction.done" if accused.sanction else "accuse-in-words.done",
        country=accused.name,
    )


def check_answer(
    step: plan.Step,
    seat: Seat | None,
    has_signed: bool,
    high: int,
    cast: Mapping[str, str],
    value: object,
    scenario: str,
) -> Any:
    """*value* as an answer in *step* of a student in *seat*, in a session of *scenario*; ClassError
    where it is none. *cast* has the invented countries by who plays them.
    """
    match step.kind:
        case plan.PREDICT:
            return _number(value, high)
        case plan.EXIT:
            if not isinstance(value, dict) or set(value) != {"mood", "answer"}:
                raise ClassError(BAD, "refusal-answer-mood-and-number")
            if not isinstance(value["mood"], str) or value["mood"] not in MOODS:
                raise ClassError(BAD, "refusal-no-mood")
            return {"mood": value["mood"], "answer": _number(value["answer"], high)}
        case plan.CHOOSE:
            if seat is None or seat.is_press:
                raise ClassError(NOT_YOURS, "refusal-only-teams-sign")
            return _one_of(options(has_signed), value)
        case plan.KEEP:
            if seat is None or seat.id not in cast:
                raise ClassError(NOT_YOURS, "refusal-only-states")
            return _one_of(options_of_conduct(has_signed), value)
        case plan.AMEND | plan.ACCEPT:
            return check_stance(step, seat, scenario, value)
        case plan.ACCUSE:
            if seat is None or seat.is_press:
                raise ClassError(NOT_YOURS, "refusal-only-teams-accuse")
            if value not in [
                each["value"] for each in options_of_accusers(cast.values(), cast.get(seat.id))
            ]:
                raise ClassError(BAD, "refusal-no-country")
            return value
        case plan.NEWS | plan.DRAFT:
            if seat is None or not seat.is_press:
                raise ClassError(NOT_YOURS, "refusal-only-press")
            return as_headline(value)
        case _:
            raise ClassError(TOO_LATE, "refusal-nothing-to-decide")


def _mood(value: str) -> str:
    return ENGLISH.say(f"mood-{value}")


def _one_of(choices: list[dict[str, str]], value: object) -> Any:
    values = [each["value"] for each in choices]
    if value not in values:
        raise ClassError(BAD, "refusal-no-choice", choices=" or ".join(values))
    return value


def _number(value: object, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= high:
        raise ClassError(BAD, "refusal-not-a-number", high=str(high))
    return value
