"""The plans of a session: an ordered list of steps each, as data. Months count from the launch of the code."""

from __future__ import annotations

from dataclasses import dataclass

LOBBY, PREDICT, CHOOSE, NEWS, EVENT, EXIT, DEBRIEF = "lobby", "predict", "choose", "news", "event", "exit", "debrief"
KEEP, ACCUSE = "keep", "accuse"  # in secret and under invented names alone: no real name stands beside conduct
AMEND, DRAFT, ACCEPT, TEXT = "amend", "draft", "accept", "text"  # talks over the text, before it opens
KINDS = (LOBBY, PREDICT, AMEND, DRAFT, ACCEPT, TEXT, CHOOSE, NEWS, KEEP, EVENT, ACCUSE, EXIT, DEBRIEF)
SECRET = (KEEP, ACCUSE)  # steps that go by invented names
OF_TALKS = (AMEND, ACCEPT)  # steps in which teams decide on the text
OF_A_SEAT = (CHOOSE, KEEP, ACCUSE, *OF_TALKS)  # steps in which teams decide, each once
OF_A_STUDENT = (PREDICT, EXIT)  # steps in which each student answers alone
WRITTEN = (NEWS, DRAFT)  # steps in which the press writes a headline
CONDUCT, SANCTION, WORDING = "conduct", "sanction", "wording"
PARTS = ("feelings", WORDING, "facts", CONDUCT, SANCTION, "model", "record", "transfer")  # of the debrief, in order


@dataclass(frozen=True)
class Step:
    """One step: its kind, its minutes (None for as long as the teacher likes), and the month in which the world stands
    in it.
    """

    kind: str
    minutes: int | None
    month: int
    title: str
    words: str

    @property
    def seconds(self) -> int | None:
        """How long the step takes."""
        return None if self.minutes is None else 60 * self.minutes


DAY = 24 * 60  # minutes
BEFORE = -1  # the month before the launch, in which nobody has signed
LOBBY_STEP = Step(LOBBY, None, BEFORE, "Take a seat", "Choose whom your team plays. The model plays everybody else.")
GUESS = "Say what you expect, each for yourself, before anything has happened."
LAUNCH_WORDS = "The text is open. Sign it today, or stay out for now; nobody sees what the others do."
NEWS_WORDS = "See who has signed, and who has not. The press writes its headline."
ANEW = "You may change your mind, or stay with what you have decided."
KEEP_WORDS = (
    "Nobody sees what you do here. Victims accuse whom they take for it, and are wrong now and then: it may be you."
)
FEWEST_TO_SANCTION = 2  # teams of states, so that none of them sanctions alone
SANCTION_RULE = "A country is sanctioned if more than half of the states’ teams that decide ask for it, two at least."
ACCUSE_WORDS = f"Accuse one country, or nobody: in words alone, or asking for a sanction too. {SANCTION_RULE}"
AMEND_WORDS = "Say what text your seat wants. Leave as it is what you can live with."
AMEND_ANEW = "The blocked draft is on the table now. Say once more what you want."
DRAFT_WORDS = "The chair has made one draft of all wishes. Look what moved, and talk to others: who can live with it?"
ACCEPT_WORDS = "Accept the draft, or block it. All of the class will see who blocks."
TEXT_WORDS = "This is the text that opens for signature."
EXIT_WORDS = "Two questions: how it was, and a number once more. Each answers alone."
DEBRIEF_WORDS = "Talk about what happened: what you felt, the facts, the model, the real record, and what it means."

OFFERS = {
    "15": ("15 minutes", "One decision at the launch, then news and debrief. Joining takes three minutes more."),
    "50": ("50 minutes", "Three decisions, an event in between, a longer debrief. Joining takes five minutes more."),
    "150": (
        "150 minutes",
        "First the teams negotiate the text, in one round or two; then they decide on it as in 50. Joining takes ten "
        "minutes more.",
    ),
    "week": ("A week", "Homework: two decisions, with a day or two for each step; the debrief is in class."),
}
REAL = {"50": "50-real", "150": "150-real"}  # plan with rounds under invented names -> as long, under real names alone
TALKS_STEPS = (
    LOBBY_STEP,
    Step(PREDICT, 3, BEFORE, "What do you expect?", GUESS),
    Step(AMEND, 20, BEFORE, "What should the text say?", AMEND_WORDS),
    Step(DRAFT, 10, BEFORE, "The chair’s draft", DRAFT_WORDS),
    Step(ACCEPT, 8, BEFORE, "Accept or block", ACCEPT_WORDS),
    Step(AMEND, 12, BEFORE, "The second round", AMEND_ANEW),
    Step(DRAFT, 6, BEFORE, "The second draft", DRAFT_WORDS),
    Step(ACCEPT, 6, BEFORE, "The last word", ACCEPT_WORDS),
    Step(TEXT, 5, BEFORE, "The text that opens", TEXT_WORDS),
)


def _three_years(*minutes: int | None) -> tuple[Step, ...]:
    """The steps from the launch to the debrief of a plan of three years, of so many *minutes* each; None leaves one
    out.
    """
    steps = (
        (CHOOSE, 0, "The launch", LAUNCH_WORDS),
        (NEWS, 3, "Three months later", NEWS_WORDS),
        (KEEP, 4, "Keep it or not", KEEP_WORDS),
        (EVENT, 6, "Something happens", "Read it, and talk about what it means for you."),
        (CHOOSE, 12, "The first anniversary", ANEW),
        (NEWS, 15, "After the anniversary", NEWS_WORDS),
        (ACCUSE, 15, "Who was it?", ACCUSE_WORDS),
        (CHOOSE, 36, "November 2021", ANEW),
        (NEWS, 39, "After three years", NEWS_WORDS),
        (EXIT, 39, "Before we talk", EXIT_WORDS),
        (DEBRIEF, 62, "Debrief", DEBRIEF_WORDS),
    )
    return tuple(
        Step(kind, each, month, title, words)
        for each, (kind, month, title, words) in zip(minutes, steps, strict=True) if each is not None
    )  # fmt: skip


PLANS: dict[str, tuple[Step, ...]] = {
    "15": (
        LOBBY_STEP,
        Step(PREDICT, 2, BEFORE, "What do you expect?", GUESS),
        Step(CHOOSE, 4, 0, "The launch", LAUNCH_WORDS),
        Step(NEWS, 3, 3, "Three months later", NEWS_WORDS),
        Step(EXIT, 2, 3, "Before we talk", EXIT_WORDS),
        Step(DEBRIEF, 4, 62, "Debrief", DEBRIEF_WORDS),
    ),
    "50": (
        LOBBY_STEP,
        Step(PREDICT, 2, BEFORE, "What do you expect?", GUESS),
        *_three_years(4, 3, 4, 2, 4, 3, 3, 3, 3, 3, 16),
    ),
    "50-real": (
        LOBBY_STEP,
        Step(PREDICT, 3, BEFORE, "What do you expect?", GUESS),
        *_three_years(6, 4, None, 3, 6, 4, None, 5, 3, 4, 12),
    ),
    "150": (*TALKS_STEPS, *_three_years(8, 5, 6, 4, 8, 5, 5, 6, 4, 4, 25)),
    "150-real": (*TALKS_STEPS, *_three_years(10, 5, None, 5, 10, 5, None, 8, 5, 4, 28)),
    "week": (
        LOBBY_STEP,
        Step(PREDICT, DAY, BEFORE, "What do you expect?", GUESS),
        Step(CHOOSE, 2 * DAY, 0, "The launch", LAUNCH_WORDS),
        Step(NEWS, DAY, 3, "Three months later", NEWS_WORDS),
        Step(CHOOSE, DAY, 12, "The first anniversary", ANEW),
        Step(NEWS, DAY, 15, "After the anniversary", NEWS_WORDS),
        Step(EXIT, DAY, 15, "Before we talk", EXIT_WORDS),
        Step(DEBRIEF, None, 62, "Debrief", DEBRIEF_WORDS),
    ),
}


def title_of(name: str) -> str:
    """What the plan of that *name* is called, with or without rounds under invented names."""
    offer = {real: plan for plan, real in REAL.items()}.get(name, name)
    return f"{OFFERS[offer][0]}{', real names alone' if offer != name else ''}"


def column(plan: tuple[Step, ...], number: int, what: str) -> str:
    """What the teacher's table calls the column that has *what* was answered in the step *number* of *plan*."""
    return f"{number}. {plan[number].title} ({what})"


def first_step(plan: tuple[Step, ...], kind: str) -> int | None:
    """The number of the first step of that *kind* in *plan*."""
    return next((number for number, step in enumerate(plan) if step.kind == kind), None)


def choices_before(plan: tuple[Step, ...], number: int) -> list[int]:
    """The numbers of the steps of *plan* before *number* in which seats choose."""
    return [place for place, step in enumerate(plan[:number]) if step.kind == CHOOSE]


def is_shown_later(plan: tuple[Step, ...], number: int) -> bool:
    """Whether news of a later month follow the step *number* of *plan*, in which what happens in it can be seen."""
    return any(step.kind == NEWS and step.month > plan[number].month for step in plan[number + 1 :])


def parts_of(plan: tuple[Step, ...]) -> tuple[str, ...]:
    """The parts of the debrief of *plan*: on the text, on conduct and on sanctions where it was decided on them."""
    kinds = {step.kind for step in plan}
    left_out = {part for part, kind in ((WORDING, AMEND), (CONDUCT, KEEP), (SANCTION, ACCUSE)) if kind not in kinds}
    return tuple(part for part in PARTS if part not in left_out)


def world_shows(plan: tuple[Step, ...], number: int) -> bool:
    """Whether the world is shown in the step *number* of *plan*: from its first news on."""
    return any(step.kind == NEWS for step in plan[: number + 1])
