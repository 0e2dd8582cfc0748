"""Talks of a class over the text before it opens: how far each provision goes, the chair's draft,
and who adopts it.

A seat without a team, or whose team is silent, answers as the seat of `parley.negotiate` wants and
accepts in the one world of the session's seed. All of that is assumed.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sim
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.plan import ACCEPT, AMEND, DRAFT, Step
from dashboard.classroom.refusals import BAD, NOT_YOURS, ClassError
from dashboard.classroom.seats import Seat
from dashboard.classroom.world import scenario_named

OUT, WEAKER, AS_WRITTEN, DEEPER, FULL = "out", "weaker", "written", "deeper", "full"
RUNGS = (
    OUT,
    WEAKER,
    AS_WRITTEN,
    DEEPER,
    FULL,
)  # how far a provision may go, against the text that is written
ACCEPTS, BLOCKS = "accept", "block"
VOTES = (ACCEPTS, BLOCKS)
TWO_THIRDS, CONSENSUS = "two-thirds", "consensus"
RULES = (TWO_THIRDS, CONSENSUS)
Text = tuple[str, ...]  # a rung for each provision, in their order


@dataclass(frozen=True)
class Talks:
    """Talks over the text of a *scenario* among *seats*, by a *rule*; the *seed* is that of the
    world.
    """

    scenario: str
    seed: int
    seats: tuple[str, ...]
    rule: str

    @property
    def provisions(self) -> tuple[Any, ...]:
        """The provisions of the text."""
        return scenario_named(self.scenario).code.provisions

    @property
    def written(self) -> Text:
        """The text as its convenor has written it."""
        return (AS_WRITTEN,) * len(self.provisions)

    @property
    def needed(self) -> int:
        """How many seats have to accept a draft."""
        return len(self.seats) if self.rule == CONSENSUS else -(-2 * len(self.seats) // 3)

    def levels(self, text: Text) -> tuple[float, ...]:
        """The ambition of each provision of *text*."""
        return tuple(
            ladder(one.ambition)[rung] for one, rung in zip(self.provisions, text, strict=True)
        )

    def wish(self, table: Text, answer: Mapping[str, str]) -> Text:
        """The text that a team wants whose *answer* has a rung by the number of each provision that
        it does not leave as it is on the *table*.
        """
        return tuple(
            answer.get(str(one.principle), rung)
            for one, rung in zip(self.provisions, table, strict=True)
        )

    def wish_of_the_model(self, seat: str) -> Text:
        """The text that *seat* wants in the model: of each provision the rung nearest to its
        ideal.
        """
        ideals = _negotiation(self).at_table.ideals[0, self.seats.index(seat)]
        return tuple(
            min(rungs, key=lambda rung: (abs(rungs[rung] - ideal), rungs[rung]))
            for rungs, ideal in zip(
                (ladder(one.ambition) for one in self.provisions), ideals.tolist(), strict=True
            )
        )

    def accepts_in_the_model(self, seat: str, text: Text) -> bool:
        """Whether *seat* accepts *text* in the model: it is worth to it at least what it has
        without any.
        """
        return bool(_negotiation(self).gains(self.levels(text))[0, self.seats.index(seat)] >= 0)


@dataclass(frozen=True)
class Round:
    """One round: the numbers of its steps, the text on the *table*, and, each once its step is
    over, what every seat wishes, the *draft* of that, and which seats accept it. `teams` are the
    seats that answered by themselves, by step.
    """

    amend: int
    accept: int
    table: Text
    wishes: Mapping[str, Text]
    draft: Text | None
    votes: Mapping[str, bool]
    teams: Mapping[int, frozenset[str]]
    needed: int

    @property
    def is_adopted(self) -> bool | None:
        """Whether the draft is adopted; None before all have voted."""
        return sum(self.votes.values()) >= self.needed if self.votes else None

    @property
    def blockers(self) -> list[str]:
        """The seats that block the draft."""
        return [seat for seat, accepts in self.votes.items() if not accepts]


def ladder(ambition: float) -> dict[str, float]:
    """The level of each rung of a provision that is written with that *ambition*, no level twice:
    half of it, and half of the way from it to all.
    """
    rungs = {
        OUT: 0.0,
        WEAKER: ambition / 2,
        AS_WRITTEN: ambition,
        DEEPER: (1 + ambition) / 2,
        FULL: 1.0,
    }
    if ambition == 0:
        return {rung: rungs[rung] for rung in (AS_WRITTEN, DEEPER, FULL)}
    return {rung: rungs[rung] for rung in (OUT, WEAKER, AS_WRITTEN)} if ambition == 1 else rungs


def draft(table: Text, wishes: Collection[Text]) -> Text:
    """The chair's draft: of each provision the median of what seats want. Where two are in the
    middle, the draft takes the one nearest to the text on the *table*, so that a provision moves
    only where more than half want it to.
    """
    order = RUNGS
    columns = [sorted(order.index(rung) for rung in column) for column in zip(*wishes, strict=True)]
    middles = [(column[(len(column) - 1) // 2], column[len(column) // 2]) for column in columns]
    return tuple(
        order[min(max(order.index(rung), low), high)]
        for rung, (low, high) in zip(table, middles, strict=True)
    )


def directions(table: Text, wishes: Collection[Text]) -> list[Counter[str]]:
    """How many of *wishes* ask for more and for less than the text on the *table*, by provision."""
    order = RUNGS
    return [
        Counter(
            "more" if order.index(rung) > order.index(before) else "less"
            for rung in column
            if rung != before
        )
        for before, column in zip(table, zip(*wishes, strict=True), strict=True)
    ]


def rounds_of(
    talks: Talks, steps: Sequence[Step], until: int, decided: Mapping[tuple[int, str], Any]
) -> tuple[Round, ...]:
    """The rounds of *talks* that have begun by the step *until*, with what teams *decided* in steps
    before it.
    """
    rounds: list[Round] = []
    for amend in (
        number for number, step in enumerate(steps) if step.kind == AMEND and number <= until
    ):
        if rounds and rounds[-1].is_adopted:
            break
        table = (rounds[-1].draft if rounds else None) or talks.written
        accept = next(number for number in range(amend, len(steps)) if steps[number].kind == ACCEPT)
        teams = {
            number: frozenset(seat for step, seat in decided if step == number)
            for number in (amend, accept)
        }
        wishes, text, votes = {}, None, {}
        if amend < until:
            wishes = {
                seat: talks.wish(table, decided[amend, seat])
                if seat in teams[amend]
                else talks.wish_of_the_model(seat)
                for seat in talks.seats
            }
            text = draft(table, list(wishes.values()))
        if text and accept < until:
            votes = {
                seat: decided[accept, seat] == ACCEPTS if seat in teams[accept]
                else talks.accepts_in_the_model(seat, text)
                for seat in talks.seats
            }  # fmt: skip
        rounds.append(Round(amend, accept, table, wishes, text, votes, teams, talks.needed))
    return tuple(rounds)


def first_after_talks(
    talks: Talks, steps: Sequence[Step], number: int, decided: Mapping[tuple[int, str], Any]
) -> int:
    """*number*, or the first step after the rounds where one before it has adopted a text."""
    rounds = rounds_of(talks, steps, number, decided)
    if rounds and rounds[-1].is_adopted:
        while steps[number].kind in (AMEND, DRAFT, ACCEPT):
            number += 1
    return number


def text_that_opens(talks: Talks, rounds: Sequence[Round]) -> Text:
    """The text that opens for signature after all *rounds*: the draft that is adopted, else that of
    the convenor.
    """
    adopted = rounds[-1].draft if rounds and rounds[-1].is_adopted else None
    return adopted or talks.written


def options_of_acceptance() -> list[dict[str, str]]:
    """What a seat may say to a draft."""
    return [{"value": value, "words": ENGLISH.say(f"answer-{value}")} for value in VOTES]


def check_stance(step: Step, seat: Seat | None, scenario: str, value: object) -> Any:
    """*value* as an answer of *seat* in a *step* of talks over the text of *scenario*; ClassError
    where it is none.
    """
    if seat is None or seat.is_press:
        raise ClassError(NOT_YOURS, "refusal-only-teams-text")
    if step.kind == ACCEPT:
        if not isinstance(value, str) or value not in VOTES:
            raise ClassError(BAD, "refusal-no-choice", choices=" or ".join(VOTES))
        return value
    rungs = {
        str(one.principle): ladder(one.ambition) for one in scenario_named(scenario).code.provisions
    }
    if not isinstance(value, dict):
        raise ClassError(BAD, "refusal-wish-form")
    for number, rung in value.items():
        if number not in rungs:
            raise ClassError(BAD, "refusal-no-provision", numbers=", ".join(rungs))
        if not isinstance(rung, str) or rung not in rungs[number]:
            raise ClassError(
                BAD, "refusal-no-rung", number=number, rungs=" or ".join(rungs[number])
            )
    return value


def wish_in_words(value: Mapping[str, str]) -> str:
    """What a team wants, as a sentence repeats it."""
    wishes = [f"{number}: {ENGLISH.say(f'rung-{rung}').lower()}" for number, rung in value.items()]
    return ", ".join(wishes) or ENGLISH.say("wish-none")


@functools.lru_cache(maxsize=64)
def _negotiation(talks: Talks) -> sim.Negotiation:
    """The talks as `parley.negotiate` holds them, in one world: who wants what, and what each has
    without a text.
    """
    at_table = replace(
        sim.load_talks(talks.scenario),
        seats=talks.seats,
        voice=(),
        rule="consensus",
        convenor=None,
        amendments=False,
        trades=False,
    )
    return sim.negotiate(at_table, replicates=1, seed=talks.seed)
