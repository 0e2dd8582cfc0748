"""What a teacher may let happen in a session: each a change of the scenario from a month on, in
plain words.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.plan import EVENT, NEWS, OF_A_SEAT, OF_TALKS, Step, is_shown_later

OPEN = {*OF_A_SEAT, NEWS, EVENT} - {*OF_TALKS}  # kinds of step in which something may happen


@dataclass(frozen=True)
class Happening:
    """One thing that may happen, and what it is in the keys of a scenario's events. The month is
    added where it happens; `months` is how long it lasts, None for good; `who` acts in it, and is
    of that `kind`.
    """

    id: str
    tables: tuple[dict[str, Any], ...]
    months: int | None = None
    who: str = ""
    kind: str = ""

    @property
    def words(self) -> str:
        """What the class is told."""
        return ENGLISH.say(f"happening-{self.id}")

    def events(self, month: int) -> list[dict[str, Any]]:
        """Its events from *month* on."""
        until = {} if self.months is None else {"until": month + self.months - 1}
        return [{"round": month, **table, **until} for table in self.tables]


HAPPENINGS = (
    Happening(
        "forum",
        tuple({"kind": kind, "outreach": 0.3} for kind in ("state", "firm", "ngo")),
        months=3,
    ),
    Happening(
        "summit",
        ({"kind": "state", "outreach": 0.5},),
        months=3,
    ),
    Happening(
        "firms",
        ({"kind": "firm", "outreach": 0.5},),
        months=3,
    ),
    Happening(
        "attack",
        ({"kind": "state", "trait": "exposure", "value": 1.0},),
        months=6,
    ),
    Happening("usa", ({"who": "USA", "signs": True},), who="USA", kind="state"),
    Happening("china", ({"who": "CHN", "signs": True},), who="CHN", kind="state"),
    Happening("google", ({"who": "Google", "signs": False},), who="Google", kind="firm"),
)
BY_ID = {happening.id: happening for happening in HAPPENINGS}


def may_happen(plan: tuple[Step, ...], number: int) -> bool:
    """Whether something may happen in the step *number* of *plan*: while a later news can show what
    comes of it.
    """
    return plan[number].kind in OPEN and is_shown_later(plan, number)


def happenings_for(may_sign: Collection[str], taken: Collection[str]) -> list[Happening]:
    """What may happen where the kinds *may_sign* sign, and where teams or the scenario decide for
    those *taken*.
    """
    return [
        happening
        for happening in HAPPENINGS
        if happening.who not in taken
        and {happening.kind or None, *(table.get("kind") for table in happening.tables)} - {None}
        <= {*may_sign}
    ]
