"""What an axis of a sweep and its values are called in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.kinds_and_statuses import GROUP_WORDS, KIND_WORDS
from sim.number_formats import setting
from sim.parameters import DIALS
from sim.sweeps.axis import CHOICE, CHOOSE, LENS, SCENARIO, WEIGHTS

AMBITION = "ambition_"  # before the number of a provision, in the name of the dial of how much it asks for
# What some values of a dial say, in the words of who would decide on it.
SPOKEN: Mapping[str, Mapping[float, str]] = {
    "sanctions": {0: "none", 2: "the strongest"},
    "monitoring": {0: "none", 1: "all that signatories can"},
    "joint_attribution": {0: "none", 1: "by all friends of the victim"},
}
AMBITION_SPOKEN: Mapping[float, str] = {0: "nothing", 0.2: "little", 1: "all"}
KINDS_OF_AXES = {SCENARIO: "the scenario", LENS: "the theory of why they sign", WEIGHTS: "the draw of the weights"}


@dataclass(frozen=True)
class AxisWords:
    """The *label* of an axis as it stands within a sentence, the *titles* of those of its values that are texts, and
    what some numbers among its values say, *spoken*.
    """

    label: str
    titles: Mapping[str, str] = field(default_factory=dict)
    spoken: Mapping[float, str] = field(default_factory=dict)

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
        """The same with what these values say: "sanctions at 2 (the strongest) instead of 0 (none)"."""
        return f"{self.at(after)}{self._gloss(after)} instead of {self.value(before)}{self._gloss(before)}"

    def as_json(self) -> dict[str, Any]:
        """What an answer tells of it."""
        return {"label": self.label, "titles": dict(self.titles)}

    def _gloss(self, value: Any) -> str:
        return f" ({self.spoken[value]})" if value in self.spoken else ""


def words_of_dial(name: str) -> AxisWords:
    """The words of the dial called *name*: its label, as it is declared."""
    if name.startswith(AMBITION):
        return AxisWords(f"the ambition of provision {name.removeprefix(AMBITION)}", spoken=AMBITION_SPOKEN)
    label = DIALS[name].label if name in DIALS else name.replace("_", " ")
    return AxisWords(label, spoken=SPOKEN.get(name, {}))


def words_of_axes(axes: Mapping[str, str], scenarios: Mapping[str, Any]) -> dict[str, AxisWords]:
    """The words of *axes*, name -> kind, of a sweep of *scenarios*: name -> the table of its manifest."""
    return {name: _words(name, kind, scenarios) for name, kind in axes.items()}


def _words(name: str, kind: str, scenarios: Mapping[str, Any]) -> AxisWords:
    if kind == SCENARIO:
        return AxisWords(KINDS_OF_AXES[kind], {each: str(table["title"]) for each, table in scenarios.items()})
    if kind == CHOICE:
        choice = next(iter(scenarios.values()))["choices"][name.removeprefix(CHOOSE)]
        titles = {str(option["name"]): str(option["title"]) for option in choice["options"]}
        return AxisWords(f"the answer to “{choice['question']}”", titles)
    return AxisWords(KINDS_OF_AXES[kind]) if kind in KINDS_OF_AXES else words_of_dial(name)


def together(names: list[str], words: list[AxisWords], alike: bool) -> AxisWords:
    """The words of axes that are given point by point, the first of which stands for all; *alike*: with one value."""
    if all(name.startswith(AMBITION) for name in names) and alike:
        return AxisWords(f"the ambition of all {len(names)} provisions", spoken=AMBITION_SPOKEN)
    others = ", ".join(each.label for each in words[1:])
    return AxisWords(f"{words[0].label}, and with it {others},", words[0].titles, words[0].spoken)


def part_words(part: str) -> str:
    """A kind or a group within a sentence: "states", "the most capable third of states"."""
    return KIND_WORDS[part] if part in KIND_WORDS else f"the {GROUP_WORDS.get(part, part)}"
