"""A lesson: the prediction it asks for, the setting that it runs in, its figures, its claims and
its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.arguments import SEED
from sim.classics.pictures import picture_with_words
from sim.errors import InputError
from sim.lessons.catalogue import Card
from sim.lessons.claim import Claim, Finding, finding
from sim.lessons.figure import SHARE, Figure, Reveal, Value
from sim.lessons.quantity import Quantity
from sim.lessons.worlds import Worlds, each_ambition
from sim.number_formats import NO_BREAK

REFERENCE = re.compile(
    r"\{([a-z][a-z\d-]*)(:more)?\}"
)  # to a figure, in the sentence of a side: +6 states, or 6 more
PERCENT = 100.0
HEADINGS = {  # key -> heading of the sections, in their order
    "predict": "Predict",
    "run": "Run",
    "reveal": "Reveal",
    "explain": "Explain",
    "transfer": "Transfer",
    "good_answer": "One good answer",
    "false": "What would make this false?",
    "key": "Answer key",
    "misconceptions": "Misconceptions",
    "background": "Background",
}
OF_THE_TEACHER = (
    "good_answer",
    "key",
    "misconceptions",
)  # a page shows the first once a student has answered
COURSES = ("International relations", "Cyber policy", "Methods", "Ethics")
NUMBER, CHOICE = "number", "choice"  # forms of a prediction
SCENARIO, CLASSIC, TALKS = "scenario", "classic", "talks"  # bases of a setting
LEVELS, CHANGES = "levels", "changes"  # what step Run shows before the reveal


@dataclass(frozen=True)
class Option:
    """An option of a prediction; it is the answer where the figure of the answer lies from *low* to
    *high*.
    """

    name: str
    words: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Prediction:
    """What the student commits to: a number from *low* to *high* in a *unit*, or one of *options*;
    and, with *reasons*, a line on why.
    """

    question: str
    form: str
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    options: tuple[Option, ...] = ()
    reasons: bool = True


@dataclass(frozen=True)
class Setting:
    """What is simulated: one scenario, classic or talks, or several, by *names*. Free are up to
    three *dials* (of a scenario) and *choices*: of a scenario choice -> names of options; of a
    classic or talks setting -> values. The rest is as it is there, but for *fixed* dials. Among the
    dials may be ALL_AMBITIONS, that of all provisions at once. *words*: dial -> what it is, where
    the lesson says it otherwise. *view*: the address of the page that shows more; *shows*: the
    LEVELS of what is watched, or, where they would tell the answer, its CHANGES alone. *titles*:
    what two scenarios are called here, in the order of *names*; where there are any, what is
    watched is told of both.
    """

    base: str
    names: tuple[str, ...]
    dials: tuple[str, ...] = ()
    choices: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    fixed: Mapping[str, float] = field(default_factory=dict)
    replicates: int = 100
    view: str = "/"
    shows: str = LEVELS
    titles: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """Figures of one unit in rows and columns: the words of the *columns*, and of each row, with
    the names of its figures.
    """

    columns: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Lesson(Card):
    """A lesson as its file has it. outcomes: what one has learnt after it; sections: key ->
    Markdown, by the keys of HEADINGS; watch: the names of the figures that follow the free
    settings; grid: those that are revealed side by side, if any; finding: the sentence over them,
    if any. The rest its card shows: its kind is one of record, theorem, assumption and debate, its
    question a line.
    """

    courses: tuple[str, ...]
    outcomes: tuple[str, ...]
    predict: Prediction
    setting: Setting
    quantities: tuple[Quantity, ...]
    answer: str
    sides: tuple[str, ...]
    watch: tuple[str, ...]
    claims: tuple[Claim, ...]
    sections: Mapping[str, str]
    grid: Grid | None = None
    finding: str = ""

    def __repr__(self) -> str:
        return f"Lesson({self.name}, kind={self.kind})"

    @property
    def of_sides(self) -> tuple[str, ...]:
        """The figures that the finding and the sentences of the two sides name, in their order."""
        return tuple(
            match[1] for side in (self.finding, *self.sides) for match in REFERENCE.finditer(side)
        )

    def reveal(self, *, replicates: int | None = None, seed: int = SEED) -> Reveal:
        """What is set beside the prediction, computed now from the facts and from runs of
        *replicates* worlds, by default as many as the setting says.
        """
        worlds = Worlds(self._count(replicates), seed)
        rows = tuple(quantity.figure(worlds) for quantity in self.quantities if quantity.label)
        of_name = {row.name: row for row in rows}
        sentences = (self.finding, *self.sides)
        finding, *sides = (
            REFERENCE.sub(lambda to: _in_a_sentence(of_name[to[1]], to[2]), each)
            for each in sentences
        )
        if not self.answer:
            return Reveal(rows, sides=tuple(sides), finding=finding)
        row = next(row for row in rows if row.name == self.answer)
        quantity = next(one for one in self.quantities if one.name == self.answer)
        value = quantity.mean(worlds)
        option = self._option(value)
        if option is None:
            return Reveal(
                rows,
                PERCENT * value if row.unit == SHARE else value,
                row.words,
                tuple(sides),
                finding,
            )
        return Reveal(rows, option.name, option.words, tuple(sides), finding)

    def simulate(
        self,
        set: Mapping[str, Any] | None = None,
        choices: Mapping[str, Any] | None = None,
        *,
        scenario: str = "",
        replicates: int | None = None,
        seed: int = SEED,
    ) -> tuple[Figure, ...]:
        """The figures to watch under the free settings: set: dial -> value, or setting -> value of
        a classic or of talks; choices: choice -> option of a scenario; in *scenario* in the place
        of the setting's first. InputError for what is not free or does not fit.
        """
        worlds = self._worlds(set or {}, choices or {}, scenario, replicates, seed)
        return tuple(quantity.figure(worlds) for quantity in self._watched)

    def changes(
        self,
        set: Mapping[str, Any] | None = None,
        choices: Mapping[str, Any] | None = None,
        *,
        scenario: str = "",
        replicates: int | None = None,
        seed: int = SEED,
    ) -> tuple[Figure, ...]:
        """By how much the figures to watch change, each world beside its own: from where nothing is
        moved to these free settings; or, under these, from the setting's first scenario to
        *scenario*. In percent, where the setting shows changes alone.
        """
        worlds = self._worlds(set or {}, choices or {}, scenario, replicates, seed)
        first = self._worlds(
            *(((set or {}), (choices or {})) if scenario else ({}, {})), "", replicates, seed
        )
        in_percent = self.setting.shows == CHANGES
        return tuple(
            quantity.change(worlds, first, in_percent and not quantity.signs)
            for quantity in self._watched
        )

    def pictures(
        self, set: Mapping[str, Any] | None = None, *, seed: int = SEED
    ) -> tuple[dict[str, Any], ...]:
        """The picture of each classic of the setting, simulated under the same free settings as the
        figures to watch; empty of scenarios and of talks.
        """
        if self.setting.base != CLASSIC:
            return ()
        dials = self._worlds(set or {}, {}, "", None, seed).set
        return tuple(picture_with_words(name, dials, seed=seed) for name in self.setting.names)

    @property
    def _watched(self) -> tuple[Quantity, ...]:
        of_name = {quantity.name: quantity for quantity in self.quantities}
        return tuple(of_name[name] for name in self.watch)

    def _worlds(
        self,
        set: Mapping[str, Any],
        choices: Mapping[str, Any],
        scenario: str,
        replicates: int | None,
        seed: int,
    ) -> Worlds:
        free = (*self.setting.dials, *self.setting.choices)
        for key, settings in (("set", set), ("choices", choices)):
            for name in settings:
                if name not in free:
                    raise InputError(
                        f"{key}: {name!r} is not free in {self.name}, expected one of"
                        f" {', '.join(free)}"
                    )
        first = self.setting.names[0]
        dials = each_ambition(first, {**self.setting.fixed, **set})
        return Worlds(
            self._count(replicates), seed, dials, choices, {first: scenario} if scenario else {}
        )

    def evaluate(self, *, replicates: int | None = None, seed: int = SEED) -> tuple[Finding, ...]:
        """Whether each claim holds, at 95 % confidence, in runs of *replicates* worlds."""
        worlds = Worlds(self._count(replicates), seed)
        quantities = {quantity.name: quantity for quantity in self.quantities}
        return tuple(finding(claim, quantities, worlds) for claim in self.claims)

    def _count(self, replicates: int | None) -> int:
        return self.setting.replicates if replicates is None else replicates

    def _option(self, value: float) -> Option | None:
        """The option that is the answer where the figure of the answer is *value*; None for a
        number.
        """
        options = self.predict.options
        return next(
            (
                one
                for one in options
                if one.low is not None and one.high is not None and one.low <= value <= one.high
            ),
            None,
        )


def _in_a_sentence(figure: Figure, is_more: str | None) -> str:
    """The words of *figure*, a range on one line; if *is_more*, as so many more or fewer, with
    where nine in ten worlds lie.
    """
    if not is_more:
        return figure.words.replace(" ", NO_BREAK) if figure.is_range else figure.words
    words, ends = figure.more_words
    return f"{words} (nine in ten worlds: {ends})" if ends else words
