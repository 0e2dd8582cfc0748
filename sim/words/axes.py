"""What an axis of a sweep and its values are called in a sentence (sim/words/en/axes.ftl)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.analysis.study import AMBITION, Study, is_ambition
from sim.findings import AxisPart, Contrast
from sim.kinds_and_statuses import GROUP_WORDS, KIND_WORDS
from sim.number_formats import TO, interval, setting, significant
from sim.parameters import DIALS
from sim.scenario.code import POSITIONS
from sim.sweeps.axis import AMBITION as ALL_AMBITIONS
from sim.sweeps.axis import CHOICE, LENS, SCENARIO, WEIGHTS
from sim.words.language import language_of_environment, say

MIDDLE = 0.5  # of an axis whose ends have words
BOX_DIGITS = 2  # of a limit of a box
OF_AMBITION = "ambition"  # in keys


@dataclass(frozen=True)
class AxisWords:
    """The *label* of an axis as it stands within a sentence, the *titles* of those of its values
    that are texts, and the *key* by which messages know it; *question*: of a choice; is_alone: whether no
    others move with it.
    """

    label: str
    key: str
    titles: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    is_alone: bool = True

    def value(self, value: Any) -> str:
        """A value of the axis as people read it."""
        if isinstance(value, str):
            return " and ".join(self.titles.get(part, part) for part in value.split(","))
        return setting(float(value))

    def at(self, value: Any) -> str:
        """The axis with a value: "sanctions at 2", "China"."""
        text = self.value(value)
        return text if isinstance(value, str) else say("axis-at", axis=self.label, value=text)

    def instead(self, before: Any, after: Any) -> str:
        """The axis with one value instead of another: "sanctions at 2 instead of 0"."""
        return say("axis-instead", after=self.at(after), before=self.value(before))

    def in_full(self, before: Any, after: Any) -> str:
        """The same with what these values say: "sanctions at 2 (the strongest) instead of 0
        (none)".
        """
        return say(
            "axis-instead",
            after=f"{self.at(after)}{self._gloss(after)}",
            before=f"{self.value(before)}{self._gloss(before)}",
        )

    def spoken(self, value: Any) -> str:
        """What a *value* says, in the words of who would decide on it; empty where it has none."""
        return self._said("spoken", value)

    def thing(self, value: Any) -> str:
        """The same as a thing that somebody has or does."""
        return self._said("thing", value) if self.is_alone else ""

    def plainly(self, before: Any, after: Any) -> str:
        """The same without numbers, where there are words: "the strongest sanctions", and "a text
        that asks for all instead of little".
        """
        thing, said = self.thing(after), self.spoken(before)
        if not (thing and said):
            return self.instead(before, after)
        key = f"axis-{self.key}-thing-beside"
        return say(key, thing=thing, before=said) if _has(key) else thing

    @property
    def rises(self) -> bool:
        """Whether messages have words for how it is at the upper end of its range."""
        return _has(f"axis-{self.key}-upper")

    @property
    def subject(self) -> str:
        """What it decides, as the subject of a sentence."""
        return say(f"axis-{self.key}-subject")

    @property
    def upper(self) -> str:
        """What it is like at the upper end of its range."""
        return say(f"axis-{self.key}-upper")

    @property
    def opposite(self) -> str:
        """What it is like at the lower end; empty where that cannot be said in a sentence."""
        return say(f"axis-{self.key}-opposite") if _has(f"axis-{self.key}-opposite") else ""

    def rise(self, before: Any, after: Any) -> str:
        """It as the condition of a sentence, from the lower end *before* to the upper one *after*:
        "if the campaign is far louder", or, where that has no words, "with sanctions at 2 instead
        of 0".
        """
        if self.rises:
            key = f"axis-{self.key}-upper-beside"
            return say("axis-if", upper=say(key) if _has(key) else self.upper)
        return say("axis-with", thing=self.plainly(before, after))

    def state(self, part: AxisPart) -> str:
        """What the axis is in a *part*: "attribution is poor"; empty where it has no words for
        that.
        """
        if part.value is not None:
            return say("axis-is", axis=self.label, value=self.value(part.value))
        end = self._end(part)
        return say(f"axis-{self.key}-{end}") if end else ""

    def again(self, part: AxisPart) -> str:
        """The same where the axis has just been named: "it is good"; `state`, where there is no
        such message.
        """
        if part.value is not None:
            return say("axis-is-it", value=self.value(part.value))
        key = f"axis-{self.key}-{self._end(part)}-again"
        return say(key) if _has(key) else self.state(part)

    def limits(self, part: AxisPart) -> str:
        """Between which numbers a *part* lies; empty of a single value."""
        return "" if part.value is not None else _limits(part, significant)

    def where(self, part: AxisPart) -> str:
        """A *part* of the assumptions: "where attribution is poor (below 0.33)", "from 1 to 2"."""
        kind = "value"
        if part.value is None:
            kind = "lower" if part.low is None else "upper" if part.high is None else "inner"
        return say(
            "axis-where",
            kind=kind,
            state=self.state(part) or None,
            limits=self.limits(part),
            axis=self.label,
            words=self.has_ends,
            inner=False,
        )

    def shortly(self, part: AxisPart, is_again: bool = False) -> str:
        """The same without numbers where there are words for it; *is_again*: where the axis has
        just been named.
        """
        state = self.again(part) if is_again else self.state(part)
        return say("axis-where-state", state=state) if state else self.where(part)

    def limit(self, part: AxisPart, texts: tuple[str, ...], in_short: bool = False) -> str:
        """A restriction of a box: "attribution is poor (below 0.2)", *in_short* without its number
        where words say it.
        """
        if texts:
            return say("axis-is", axis=self.label, value=say_or([self.value(each) for each in texts]))
        state = self.state(part) if part.low is None or part.high is None else ""
        limits = _limits(part, lambda value: significant(value, BOX_DIGITS))
        if in_short and state:
            return state
        is_inner = part.low is not None and part.high is not None
        return say(
            "axis-lies", state=state or None, limits=limits, axis=self.label, inner=is_inner
        )

    @property
    def has_ends(self) -> bool:
        """Whether messages have words for its ends."""
        return _has(f"axis-{self.key}-low")

    def _end(self, part: AxisPart) -> str:
        """Which words hold for a *part*: low, high, or between, around the middle."""
        if not self.has_ends:
            return ""
        if part.low is not None and part.high is not None:
            return "between" if part.low < MIDDLE < part.high else ""
        if part.high is not None:
            return "low" if part.high <= MIDDLE else ""
        return "high" if part.low is not None and part.low >= MIDDLE else ""

    def _said(self, what: str, value: Any) -> str:
        if isinstance(value, str):
            return ""
        key = f"axis-{self.key}-{what}-{setting(float(value)).replace('.', '-')}"
        return say(key) if _has(key) else ""

    def _gloss(self, value: Any) -> str:
        said = self.spoken(value)
        return f" ({said})" if said else ""


def say_or(words: list[str]) -> str:
    """One or another of *words*."""
    return words[0] if len(words) == 1 else say("axis-or", first=say_or(words[:-1]), last=words[-1])


def words_of_dial(name: str) -> AxisWords:
    """The words of the dial called *name*: its label, as it is declared."""
    if is_ambition(name):
        number = name.removeprefix(AMBITION)
        return AxisWords(say("axis-ambition-of", number=number), f"{OF_AMBITION}-one")
    if name == ALL_AMBITIONS:
        return AxisWords(say("axis-ambition"), OF_AMBITION)
    label = DIALS[name].label if name in DIALS else POSITIONS.get(name, name.replace("_", " "))
    return AxisWords(label, name.replace("_", "-"))


def words_of_axis(study: Study, name: str) -> AxisWords:
    """The words of the axis called *name* of a *study*."""
    axis = study.axes.get(name)
    kind, titles = axis.kind if axis else "", study.titles.get(name, {})
    if kind == CHOICE:
        question = study.questions[name]
        return AxisWords(say("axis-choice", question=question), "", titles, question)
    if kind in (SCENARIO, LENS, WEIGHTS):
        return AxisWords(say(f"axis-{kind}"), "", titles)
    return words_of_dial(name)


def words_of_lever(study: Study, name: str) -> AxisWords:
    """The words of a lever, and of what goes with it where points are given one by one."""
    names, alike = study.moves_with(name)
    words = words_of_axis(study, name)
    if len(names) == 1:
        return words
    if alike and all(map(is_ambition, names)):
        return AxisWords(say("axis-ambition-of-all", number=len(names)), OF_AMBITION)
    others = ", ".join(words_of_axis(study, each).label for each in names[1:])
    label = say("axis-with-others", axis=words.label, others=others)
    return AxisWords(label, words.key, words.titles, is_alone=False)


def contrast_words(study: Study, contrast: Contrast) -> str:
    """What is compared: "sanctions at 2 instead of 0"."""
    return words_of_lever(study, contrast.lever).instead(contrast.before, contrast.after)


def part_words(part: str) -> str:
    """A kind or a group within a sentence: "states", "the most capable third of states"."""
    return KIND_WORDS[part] if part in KIND_WORDS else f"the {GROUP_WORDS.get(part, part)}"


def _limits(part: AxisPart, number: Any) -> str:
    if part.low is None:
        return say("axis-below", limit=number(part.high))
    if part.high is None:
        return say("axis-above", limit=number(part.low))
    return interval(part.low, part.high, number, TO)


def _has(key: str) -> bool:
    return language_of_environment().has(key)
