"""What may be answered in a step: the question of a prediction, the answers after the game, the options of a seat."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sim
from dashboard.classroom import plan
from dashboard.classroom.names import as_headline
from dashboard.classroom.refusals import BAD, NOT_YOURS, TOO_LATE, ClassError
from dashboard.classroom.seats import Seat
from dashboard.classroom.text_talks import VOTED, VOTES, check_stance, wish_in_words
from dashboard.data.record import directory

SIGN, STAY_OUT, STAY, LEAVE = "sign", "stay-out", "stay", "leave"
OPTIONS = {
    SIGN: "Sign the text", STAY_OUT: "Stay out for now", STAY: "Stay a signatory", LEAVE: "Leave: take the name off",
}  # fmt: skip
DONE = {SIGN: "signed", STAY_OUT: "stayed out", STAY: "stayed a signatory", LEAVE: "left"}  # as the past says it
KEEP, BREAK, NOBODY = "keep", "break", "nobody"
ACTED = {KEEP: "held back", BREAK: "acted in secret"}  # of all alike, so that nobody learns who has signed
KEPT = {KEEP: "Keep it", BREAK: "Break it in secret"}  # of who has signed
HELD = {KEEP: "Hold back", BREAK: "Act in secret"}  # of who has not
SANCTION = "sanction "  # begins the answer of whoever asks for a sanction of the country that it accuses, too
SIGNS = (SIGN, STAY)  # values after which a seat is a signatory
MOODS = {
    "content": "content", "proud": "proud", "curious": "curious", "surprised": "surprised", "unsure": "unsure",
    "pressed": "under pressure", "frustrated": "frustrated", "indifferent": "indifferent",
}  # fmt: skip
MONTH_OF_THE_QUESTION = 12  # the first anniversary, on which the register has a count


@dataclass(frozen=True)
class Accusation:
    """Whom a team accuses, by invented name, and whether it asks for a sanction, too."""

    name: str
    sanction: bool


def accusation_in(value: str) -> Accusation | None:
    """The accusation that an answer is; None of nobody."""
    return None if value == NOBODY else Accusation(value.removeprefix(SANCTION), value.startswith(SANCTION))


def kind_of_the_question(scenario: sim.Scenario) -> str:
    """Whose signatures the question is about: states, or the first kind that may sign."""
    return "state" if "state" in scenario.code.may_sign else scenario.code.may_sign[0]


BEFORE = "How many {who} will stand on the list of signatories a year after the launch?"
ABOUT_THE_RECORD = "How many {who} really stood on the list of signatories a year after the launch?"
ANEW = "If another class played it anew: how many {who} would stand on its list a year after the launch?"


def question(scenario: sim.Scenario, date: str, words: str = BEFORE) -> dict[str, Any]:
    """The question in these *words*, about the first anniversary, which falls on *date*."""
    kind = kind_of_the_question(scenario)
    who = sim.KIND_WORDS[kind]
    return {
        "question": words.format(who=who), "date": date, "unit": who, "low": 0,
        "high": int((directory()["kind"] == kind).sum()),
    }  # fmt: skip


def options(has_signed: bool) -> list[dict[str, str]]:
    """What a seat may choose that *has_signed*, or has not."""
    values = (STAY, LEAVE) if has_signed else (SIGN, STAY_OUT)
    return [{"value": value, "words": OPTIONS[value]} for value in values]


def options_of_conduct(has_signed: bool) -> list[dict[str, str]]:
    """How the team of a state may act in secret that *has_signed*, or has not."""
    return [{"value": value, "words": words} for value, words in (KEPT if has_signed else HELD).items()]


def options_of_accusers(countries: Collection[str], own: str | None) -> list[dict[str, str]]:
    """Whom a team may accuse that plays the country *own*: another one of the invented *countries*, in words alone or
    with a sanction, or nobody.
    """
    found = []
    for name in sorted(countries):
        if name != own:
            found += [
                {"value": name, "words": f"Accuse {name} in words", "country": name},
                {"value": SANCTION + name, "words": f"Accuse {name} and ask for a sanction", "country": name},
            ]
    return [*found, {"value": NOBODY, "words": "Accuse nobody"}]


def moods() -> list[dict[str, str]]:
    """What a student may feel after the game."""
    return [{"value": value, "words": words} for value, words in MOODS.items()]


def in_words(value: Any) -> str:
    """An answer as a sentence repeats it."""
    if isinstance(value, dict):
        return f"{MOODS[value['mood']]}, {value['answer']}" if "mood" in value else wish_in_words(value)
    return {**OPTIONS, **VOTES}.get(value, value) if isinstance(value, str) else str(value)


def decision_in_words(kind: str, value: str) -> str:
    """What a team decided in a step of that *kind*, as the past says it."""
    if kind != plan.ACCUSE:
        return {**DONE, **ACTED, **VOTED}[value]
    accused = accusation_in(value)
    if accused is None:
        return "accused nobody"
    return f"accused {accused.name} {'and asked for a sanction' if accused.sanction else 'in words'}"


def check_answer(
    step: plan.Step, seat: Seat | None, has_signed: bool, high: int, cast: Mapping[str, str], value: object,
    scenario: str,
) -> Any:
    """*value* as an answer in *step* of a student in *seat*, in a session of *scenario*; ClassError where it is none.
    *cast* has the invented countries by who plays them.
    """  # fmt: skip
    match step.kind:
        case plan.PREDICT:
            return _number(value, high)
        case plan.EXIT:
            if not isinstance(value, dict) or set(value) != {"mood", "answer"}:
                raise ClassError(BAD, "the answer has a mood and a number")
            if not isinstance(value["mood"], str) or value["mood"] not in MOODS:
                raise ClassError(BAD, "there is no such mood to choose")
            return {"mood": value["mood"], "answer": _number(value["answer"], high)}
        case plan.CHOOSE:
            if seat is None or seat.is_press:
                raise ClassError(NOT_YOURS, "only a team in the seat of a state, a firm or an NGO signs")
            return _one_of(options(has_signed), value)
        case plan.KEEP:
            if seat is None or seat.id not in cast:
                raise ClassError(NOT_YOURS, "only a team in the seat of a state decides in this step")
            return _one_of(options_of_conduct(has_signed), value)
        case plan.AMEND | plan.ACCEPT:
            return check_stance(step, seat, scenario, value)
        case plan.ACCUSE:
            if seat is None or seat.is_press:
                raise ClassError(NOT_YOURS, "only a team in the seat of a state, a firm or an NGO accuses")
            if value not in [each["value"] for each in options_of_accusers(cast.values(), cast.get(seat.id))]:
                raise ClassError(BAD, "there is no such country to accuse; take one of the others, or nobody")
            return value
        case plan.NEWS | plan.DRAFT:
            if seat is None or not seat.is_press:
                raise ClassError(NOT_YOURS, "only the press writes headlines")
            return as_headline(value)
        case _:
            raise ClassError(TOO_LATE, "there is nothing to decide in this step")


def _one_of(choices: list[dict[str, str]], value: object) -> Any:
    values = [each["value"] for each in choices]
    if value not in values:
        raise ClassError(BAD, f"there is no such choice; expected {' or '.join(values)}")
    return value


def _number(value: object, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= high:
        raise ClassError(BAD, f"the answer is a whole number from 0 to {high}")
    return value

