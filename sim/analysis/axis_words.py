"""What an axis of a sweep and its values are called in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from sim.kinds_and_statuses import GROUP_WORDS, KIND_WORDS
from sim.number_formats import TO, interval, setting, significant
from sim.parameters import DIALS, Uncertainty
from sim.scenario.code import POSITIONS
from sim.sweeps.axis import AMBITION as ALL_AMBITIONS
from sim.sweeps.axis import CHOICE, CHOOSE, LENS, SCENARIO, WEIGHTS

AMBITION = (  # before the number of a provision, in the name of the dial of how much it asks for
    "ambition_"
)
NONE = "none"
ANSWER_TO = "the answer to "
# What some values of a dial say, in the words of who would decide on it.
SPOKEN: Mapping[str, Mapping[float, str]] = {
    "sanctions": {0: NONE, 2: "the strongest"},
    "monitoring": {0: NONE, 1: "all that signatories can"},
    "joint_attribution": {0: NONE, 1: "by all friends of the victim"},
}
AMBITION_SPOKEN: Mapping[float, str] = {0: "nothing", 0.2: "little", 1: "all"}
# The same as a thing that somebody has or does.
THINGS: Mapping[str, Mapping[float, str]] = {
    "sanctions": {2: "the strongest sanctions"},
    "monitoring": {1: "all the monitoring that signatories can do"},
    "joint_attribution": {1: "joint attribution by all friends of the victim"},
}
AMBITIOUS_TEXT: Mapping[float, str] = {1: "a text that asks for all"}


class Rise(NamedTuple):
    """What a dial decides, as the *subject* of a sentence, and what it is like at the *upper* end
    of its range rather than at the *lower* one, after "if"; *opposite*: what it is like at that
    one, where that can be said in a sentence.
    """

    subject: str
    upper: str
    lower: str = ""
    opposite: str = ""

    def __str__(self) -> str:
        return f"{self.upper} instead of {self.lower}" if self.lower else self.upper


RISES: Mapping[str, Rise] = {
    ALL_AMBITIONS: Rise(
        "how much the text asks", "all provisions ask for much", "little", "they ask for little"
    ),
    "text_openness": Rise("the openness of the text", "the text is open", "for state control"),
    "text_public_rule": Rise(
        "public rule in the text", "the text is for public rule", "private self-rule"
    ),
    "attention_scale": Rise("the loudness of the campaign", "the campaign is far louder"),
    "bloc_votes": Rise("whether the EU decides as one", "the EU decides as one"),
    "ratification_needed": Rise("whether the code is a treaty", "the code is a treaty"),
    "state_attention_gradient": Rise(
        "how often the poorest states hear of it", "states without means hear far less of it"
    ),
    "organisations_attention_gradient": Rise(
        "how often the poorest firms and NGOs hear of it",
        "firms and NGOs without means hear far less of it",
    ),
}
KINDS_OF_AXES = {
    SCENARIO: "the scenario",
    LENS: "the theory of why they sign",
    WEIGHTS: "the draw of the weights",
}


@dataclass(frozen=True)
class Ends:
    """What it is called where an axis is low and high, below and above the *middle*, and *between*,
    around it.
    """

    low: str
    middle: float
    high: str
    between: str


ENDS: Mapping[str, Ends] = {
    "attribution_quality": Ends(
        "attribution is poor", 0.5, "attribution is good", "attribution is middling"
    ),
    "baseline_share": Ends(
        "states restrain themselves little anyway",
        0.5,
        "states restrain themselves much anyway",
        "states restrain themselves somewhat anyway",
    ),
}


@dataclass(frozen=True)
class AxisWords:
    """The *label* of an axis as it stands within a sentence, the *titles* of those of its values
    that are texts, what some numbers among its values say, *spoken* and as *things*, what its
    *ends* are called, and what it is like where it *rises*; whether it is *decided* by somebody, or
    a guess, as nobody has measured it: None where it is neither.
    """

    label: str
    titles: Mapping[str, str] = field(default_factory=dict)
    spoken: Mapping[float, str] = field(default_factory=dict)
    things: Mapping[float, str] = field(default_factory=dict)
    ends: Ends | None = None
    rises: Rise | None = None
    decided: bool | None = None

    def value(self, value: Any) -> str:
        """A value of the axis as people read it."""
        if isinstance(value, (int, float, np.number)):
            return setting(float(value))
        return " and ".join(self.titles.get(part, part) for part in str(value).split(","))

    def at(self, value: Any) -> str:
        """The axis with a value: "sanctions at 2", "China"."""
        text = self.value(value)
        return f"{self.label} at {text}" if isinstance(value, (int, float, np.number)) else text

    def instead(self, before: Any, after: Any) -> str:
        """The axis with one value instead of another: "sanctions at 2 instead of 0"."""
        return f"{self.at(after)} instead of {self.value(before)}"

    def in_full(self, before: Any, after: Any) -> str:
        """The same with what these values say: "sanctions at 2 (the strongest) instead of 0
        (none)".
        """
        return (
            f"{self.at(after)}{self._gloss(after)} instead of"
            f" {self.value(before)}{self._gloss(before)}"
        )

    def plainly(self, before: Any, after: Any) -> str:
        """The same without numbers, where there are words: "the strongest sanctions", which stand
        beside none, and "a text that asks for all instead of little".
        """
        if after in self.things and before in self.spoken:
            beside = "" if self.spoken[before] == NONE else f" instead of {self.spoken[before]}"
            return f"{self.things[after]}{beside}"
        return self.instead(before, after)

    def rise(self, before: Any, after: Any) -> str:
        """It as the condition of a sentence, from the lower end *before* to the upper one *after*:
        "if the campaign is far louder", or, where that has no words, "with sanctions at 2 instead
        of 0".
        """
        return f"if {self.rises}" if self.rises else f"with {self.plainly(before, after)}"

    def lies(
        self, low: float | None, high: float | None, digits: int = 3, shortly: bool = False
    ) -> str:
        """Where a number on the axis lies, from *low* to *high*: "attribution is poor (below
        0.33)", *shortly* without the number, or, where its ends have no words, "temptation lies
        below 1.2".
        """
        if low is not None and high is not None:
            ends = interval(low, high, lambda value: significant(value, digits), TO)
            return f"{self.label} lies from {ends}"
        side = (
            f"above {significant(low, digits)}"
            if high is None
            else f"below {significant(high, digits)}"
        )
        if self.ends and high is not None and high <= self.ends.middle:
            return self.ends.low if shortly else f"{self.ends.low} ({side})"
        if self.ends and low is not None and low >= self.ends.middle:
            return self.ends.high if shortly else f"{self.ends.high} ({side})"
        return f"{self.label} lies {side}"

    def state(self, low: float | None, high: float | None) -> str:
        """What the axis is from *low* to *high*, of which one may be missing: "attribution is
        poor"; empty where it has no words for that.
        """
        if self.ends is None:
            return ""
        if low is not None and high is not None:
            return self.ends.between if low < self.ends.middle < high else ""
        if high is not None:
            return self.ends.low if high <= self.ends.middle else ""
        return self.ends.high if low is not None and low >= self.ends.middle else ""

    def as_json(self) -> dict[str, Any]:
        """What an answer tells of it."""
        return {"label": self.label, "titles": dict(self.titles), "decided": self.decided}

    def _gloss(self, value: Any) -> str:
        return f" ({self.spoken[value]})" if value in self.spoken else ""


def words_of_dial(name: str) -> AxisWords:
    """The words of the dial called *name*: its label, as it is declared."""
    if name.startswith(AMBITION):
        number = name.removeprefix(AMBITION)
        return AxisWords(
            f"the ambition of provision {number}", spoken=AMBITION_SPOKEN, decided=True
        )
    if name == ALL_AMBITIONS:
        label, rises = "the ambition of all provisions", RISES[name]
        return AxisWords(
            label, spoken=AMBITION_SPOKEN, things=AMBITIOUS_TEXT, rises=rises, decided=True
        )
    label = DIALS[name].label if name in DIALS else POSITIONS.get(name, name.replace("_", " "))
    return AxisWords(
        label, spoken=SPOKEN.get(name, {}), things=THINGS.get(name, {}), ends=ENDS.get(name),
        rises=RISES.get(name), decided=_is_decided(name),
    )  # fmt: skip


def _is_decided(name: str) -> bool | None:
    """Whether somebody could decide on the dial called *name*, or nobody has measured it; None
    where it is neither.
    """
    if name in POSITIONS:
        return True
    dial = DIALS.get(name)
    return (
        None
        if dial is None or not (dial.is_decided or dial.role == Uncertainty.role)
        else dial.is_decided
    )


def words_of_axes(axes: Mapping[str, str], scenarios: Mapping[str, Any]) -> dict[str, AxisWords]:
    """The words of *axes*, name -> kind, of a sweep of *scenarios*: name -> the table of its
    manifest.
    """
    return {name: _words(name, kind, scenarios) for name, kind in axes.items()}


def _words(name: str, kind: str, scenarios: Mapping[str, Any]) -> AxisWords:
    if kind == SCENARIO:
        return AxisWords(
            KINDS_OF_AXES[kind], {each: str(table["title"]) for each, table in scenarios.items()}
        )
    if kind == CHOICE:
        choice = next(iter(scenarios.values()))["choices"][name.removeprefix(CHOOSE)]
        titles = {str(option["name"]): str(option["title"]) for option in choice["options"]}
        return AxisWords(f"{ANSWER_TO}“{choice['question']}”", titles, decided=True)
    return AxisWords(KINDS_OF_AXES[kind]) if kind in KINDS_OF_AXES else words_of_dial(name)


def together(names: list[str], words: list[AxisWords], alike: bool) -> AxisWords:
    """The words of axes that are given point by point, the first of which stands for all; *alike*:
    with one value.
    """
    if all(name.startswith(AMBITION) for name in names) and alike:
        label = f"the ambition of all {len(names)} provisions"
        return AxisWords(label, spoken=AMBITION_SPOKEN, things=AMBITIOUS_TEXT)
    others = ", ".join(each.label for each in words[1:])
    return AxisWords(f"{words[0].label}, and with it {others},", words[0].titles, words[0].spoken)


def part_words(part: str) -> str:
    """A kind or a group within a sentence: "states", "the most capable third of states"."""
    return KIND_WORDS[part] if part in KIND_WORDS else f"the {GROUP_WORDS.get(part, part)}"
