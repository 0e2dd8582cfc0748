"""The plans of a session: an ordered list of steps each, as data. Months count from the launch of
the code.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.classroom.catalogue import ENGLISH

LOBBY, PREDICT, CHOOSE, NEWS, EVENT, EXIT, DEBRIEF = (
    "lobby",
    "predict",
    "choose",
    "news",
    "event",
    "exit",
    "debrief",
)
KEEP, ACCUSE = (
    "keep",
    "accuse",
)  # in secret and under invented names alone: no real name stands beside conduct
AMEND, DRAFT, ACCEPT, TEXT = (
    "amend",
    "draft",
    "accept",
    "text",
)  # talks over the text, before it opens
KINDS = (
    LOBBY,
    PREDICT,
    AMEND,
    DRAFT,
    ACCEPT,
    TEXT,
    CHOOSE,
    NEWS,
    KEEP,
    EVENT,
    ACCUSE,
    EXIT,
    DEBRIEF,
)
SECRET = (KEEP, ACCUSE)  # steps that go by invented names
OF_TALKS = (AMEND, ACCEPT)  # steps in which teams decide on the text
OF_A_SEAT = (CHOOSE, KEEP, ACCUSE, *OF_TALKS)  # steps in which teams decide, each once
OF_A_STUDENT = (PREDICT, EXIT)  # steps in which each student answers alone
WRITTEN = (NEWS, DRAFT)  # steps in which the press writes a headline
CONDUCT, SANCTION, WORDING = "conduct", "sanction", "wording"
PARTS = (
    "feelings",
    WORDING,
    "facts",
    CONDUCT,
    SANCTION,
    "model",
    "record",
    "transfer",
)  # of the debrief, in order


@dataclass(frozen=True)
class Step:
    """One step: its kind, its minutes (None for as long as the teacher likes), the month in which
    the world stands in it, and the *key* of its words in the catalogue.
    """

    kind: str
    minutes: int | None
    month: int
    key: str

    @property
    def title(self) -> str:
        """What the step is called."""
        return ENGLISH.say(f"step-{self.key}")

    @property
    def words(self) -> str:
        """What the step is about."""
        return ENGLISH.say(f"step-{self.key}.words")

    @property
    def seconds(self) -> int | None:
        """How long the step takes."""
        return None if self.minutes is None else 60 * self.minutes


DAY = 24 * 60  # minutes
BEFORE = -1  # the month before the launch, in which nobody has signed
LOBBY_STEP = Step(LOBBY, None, BEFORE, "seats")
FEWEST_TO_SANCTION = 2  # teams of states, so that none of them sanctions alone
OFFERS = ("15", "50", "150", "week")
REAL = {
    "50": "50-real",
    "150": "150-real",
}  # plan with rounds under invented names -> as long, under real names alone
TALKS_STEPS = (
    LOBBY_STEP,
    Step(PREDICT, 3, BEFORE, "predict"),
    Step(AMEND, 20, BEFORE, "amend"),
    Step(DRAFT, 10, BEFORE, "draft"),
    Step(ACCEPT, 8, BEFORE, "accept"),
    Step(AMEND, 12, BEFORE, "second-amend"),
    Step(DRAFT, 6, BEFORE, "second-draft"),
    Step(ACCEPT, 6, BEFORE, "second-accept"),
    Step(TEXT, 5, BEFORE, "text"),
)


def _three_years(*minutes: int | None) -> tuple[Step, ...]:
    """The steps from the launch to the debrief of a plan of three years, of so many *minutes* each;
    None leaves one out.
    """
    steps = (
        (CHOOSE, 0, "launch"),
        (NEWS, 3, "months-later"),
        (KEEP, 4, "keep"),
        (EVENT, 6, "event"),
        (CHOOSE, 12, "anniversary"),
        (NEWS, 15, "after-anniversary"),
        (ACCUSE, 15, "accuse"),
        (CHOOSE, 36, "november-2021"),
        (NEWS, 39, "three-years"),
        (EXIT, 39, "exit"),
        (DEBRIEF, 62, "debrief"),
    )
    return tuple(
        Step(kind, each, month, key)
        for each, (kind, month, key) in zip(minutes, steps, strict=True) if each is not None
    )  # fmt: skip


PLANS: dict[str, tuple[Step, ...]] = {
    "15": (
        LOBBY_STEP,
        Step(PREDICT, 2, BEFORE, "predict"),
        Step(CHOOSE, 4, 0, "launch"),
        Step(NEWS, 3, 3, "months-later"),
        Step(EXIT, 2, 3, "exit"),
        Step(DEBRIEF, 4, 62, "debrief"),
    ),
    "50": (
        LOBBY_STEP,
        Step(PREDICT, 2, BEFORE, "predict"),
        *_three_years(4, 3, 4, 2, 4, 3, 3, 3, 3, 3, 16),
    ),
    "50-real": (
        LOBBY_STEP,
        Step(PREDICT, 3, BEFORE, "predict"),
        *_three_years(6, 4, None, 3, 6, 4, None, 5, 3, 4, 12),
    ),
    "150": (*TALKS_STEPS, *_three_years(8, 5, 6, 4, 8, 5, 5, 6, 4, 4, 25)),
    "150-real": (*TALKS_STEPS, *_three_years(10, 5, None, 5, 10, 5, None, 8, 5, 4, 28)),
    "week": (
        LOBBY_STEP,
        Step(PREDICT, DAY, BEFORE, "predict"),
        Step(CHOOSE, 2 * DAY, 0, "launch"),
        Step(NEWS, DAY, 3, "months-later"),
        Step(CHOOSE, DAY, 12, "anniversary"),
        Step(NEWS, DAY, 15, "after-anniversary"),
        Step(EXIT, DAY, 15, "exit"),
        Step(DEBRIEF, None, 62, "debrief"),
    ),
}


def title_of(name: str) -> str:
    """What the plan of that *name* is called, with or without rounds under invented names."""
    offer = {real: plan for plan, real in REAL.items()}.get(name, name)
    title = ENGLISH.say(f"plan-{offer}")
    return ENGLISH.say("plan-real-names", plan=title) if offer != name else title


def column(plan: tuple[Step, ...], number: int, what: str) -> str:
    """What the teacher's table calls the column that has *what* was answered in the step *number*
    of *plan*.
    """
    return ENGLISH.say("column", number=str(number), step=plan[number].title, what=what)


def first_step(plan: tuple[Step, ...], kind: str) -> int | None:
    """The number of the first step of that *kind* in *plan*."""
    return next((number for number, step in enumerate(plan) if step.kind == kind), None)


def has_talks(plan: tuple[Step, ...]) -> bool:
    """Whether teams talk over the text in *plan*."""
    return first_step(plan, AMEND) is not None


def choices_before(plan: tuple[Step, ...], number: int) -> list[int]:
    """The numbers of the steps of *plan* before *number* in which seats choose."""
    return [place for place, step in enumerate(plan[:number]) if step.kind == CHOOSE]


def is_shown_later(plan: tuple[Step, ...], number: int) -> bool:
    """Whether news of a later month follow the step *number* of *plan*, in which what happens in it
    can be seen.
    """
    return any(step.kind == NEWS and step.month > plan[number].month for step in plan[number + 1 :])


def parts_of(plan: tuple[Step, ...]) -> tuple[str, ...]:
    """The parts of the debrief of *plan*: on the text, on conduct and on sanctions where it was
    decided on them.
    """
    kinds = {step.kind for step in plan}
    left_out = {
        part
        for part, kind in ((WORDING, AMEND), (CONDUCT, KEEP), (SANCTION, ACCUSE))
        if kind not in kinds
    }
    return tuple(part for part in PARTS if part not in left_out)


def world_shows(plan: tuple[Step, ...], number: int) -> bool:
    """Whether the world is shown in the step *number* of *plan*: from its first news on."""
    return any(step.kind == NEWS for step in plan[: number + 1])
