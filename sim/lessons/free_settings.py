"""The free settings of a lesson in words: dials with their range, and choices with their
options.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from sim.classics.classic import classic_dials
from sim.dials.negotiation import DIALS as DIALS_OF_TALKS
from sim.lessons.figure import Value
from sim.lessons.lesson import CLASSIC, SCENARIO, Lesson, Setting
from sim.negotiation.files import load_talks
from sim.negotiation.talks import Talks
from sim.number_formats import TO, interval, significant
from sim.number_formats import setting as as_set
from sim.parameters import DIALS
from sim.scenario import load
from sim.scenario.code import AMBITION
from sim.scenario.dials_in_use import ALL_AMBITIONS

TABLED = "tabled_"  # and the number of a provision
OF_TALKS = {
    "rule": "the rule by which a text is adopted",
    "chair": "what the chair does about objections",
    "settle": "whether provisions are settled one by one",
    "deadline": "how many drafts there may be",
    "amendments": "whether seats may propose amendments",
    "trades": "whether seats may trade one provision for another",
}


@dataclass(frozen=True)
class FreeSetting:
    """A free setting: its *name*, as it is set; what it is, in *words*; the *value* that it has at
    first; a dial has a range, a choice its *options*, each with its words.
    """

    name: str
    words: str
    value: Value
    low: float | None = None
    high: float | None = None
    options: tuple[tuple[Value, str], ...] = ()

    @property
    def range_words(self) -> str:
        """What it may be, in words."""
        if self.options:
            return ", or ".join(words for _, words in self.options)
        return (
            f"from {interval(self.low, self.high, as_set, TO)}, at first"
            f" {significant(float(self.value))}"
        )


def free_settings(lesson: Lesson) -> tuple[FreeSetting, ...]:
    """What is free in *lesson*, the dials first."""
    setting = lesson.setting
    choices = tuple(
        _choice(setting.base, setting.names[0], name, values)
        for name, values in setting.choices.items()
    )
    return (*(_dial(setting, name) for name in setting.dials), *choices)


def _dial(setting: Setting, name: str) -> FreeSetting:
    loaded, fixed = load(setting.names[0]), setting.fixed.get(name)
    if name == ALL_AMBITIONS:
        ambitions = [
            value for lever, value in loaded.settings.items() if lever.startswith(AMBITION)
        ]
        words = setting.words.get(name, "how much the text asks for in all its provisions (share)")
        return FreeSetting(name, words, fmean(ambitions) if fixed is None else fixed, 0.0, 1.0)
    dial = DIALS[name]
    value = loaded.settings[name] if fixed is None else fixed
    low, high = dial.between
    words = setting.words.get(name, f"{dial.meaning} ({dial.unit})")
    return FreeSetting(name, words, float(value), float(low), float(high))


def _choice(base: str, of: str, name: str, values: tuple[Value, ...]) -> FreeSetting:
    if base == SCENARIO:
        choice = load(of).choices[name]
        titles = {option.name: option.title for option in choice.options}
        options = tuple((value, titles[str(value)]) for value in values)
        return FreeSetting(
            name, choice.question.rstrip("?"), ", ".join(choice.default), options=options
        )
    options = tuple((value, value if isinstance(value, str) else as_set(value)) for value in values)
    if base == CLASSIC:
        dial = classic_dials(of)[name]
        return FreeSetting(name, dial.meaning, float(dial.default or 0.0), options=options)
    talks = load_talks(of)
    value = talks.settings[name]
    return FreeSetting(name, _words_of_talks(talks, name), value, options=options)


def _words_of_talks(talks: Talks, name: str) -> str:
    """What the setting *name* of *talks* is."""
    if name in DIALS_OF_TALKS:
        return str(DIALS_OF_TALKS[name].meaning)
    if name.startswith(TABLED) and name.removeprefix(TABLED).isdecimal():
        return (
            f"how much is tabled on {talks.subjects[int(name.removeprefix(TABLED)) - 1].provision}"
        )
    return OF_TALKS.get(name, name)
