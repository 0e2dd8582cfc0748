"""Choices left to whoever runs a scenario. An option stands for a value, which events use by the name of the choice.

    [choices.when]
    question = "When do they sign?"
    options = [{ name = "launch", title = "at the launch", value = 2018-11-12 }, ...]
    default = "launch"

    [[events]]
    date = { choice = "when" }

With `several = true` one option or more may be taken, and their values are used as a list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.errors import InputError, nearest
from sim.reading import Section, shown


@dataclass(frozen=True)
class Option:
    """One answer to a choice: its name for the command line, its title for people, the value that it stands for."""

    name: str
    title: str
    value: Any


@dataclass(frozen=True)
class Choice:
    """A question with its options; `default` names those that hold when nobody chooses."""

    name: str
    question: str
    options: tuple[Option, ...]
    several: bool
    default: tuple[str, ...] = ()

    def value(self, taken: Sequence[str]) -> Any:
        """What the options *taken* (by name) stand for: a list of values where several may be taken, else one value."""
        values = [option.value for option in self.options if option.name in taken]
        return values if self.several else values[0]

    def taken(self, answer: Any, where: str) -> tuple[str, ...]:
        """The names of the options in *answer*: a text, with commas between several, or a list of texts.

        InputError beginning with *where* for anything else.
        """
        names = [option.name for option in self.options]
        expected = f"{'one or more' if self.several else 'one'} of {', '.join(names)}"
        found = [part.strip() for part in answer.split(",")] if isinstance(answer, str) else answer
        if not isinstance(found, (list, tuple)) or not found or (len(found) > 1 and not self.several):
            raise InputError(f"{where}: {self.name} is {shown(answer)}, expected {expected}")
        for name in found:
            if name not in names:
                raise InputError(f"{where}: {self.name} is {shown(answer)}, expected {expected}{nearest(name, names)}")
        return tuple(name for name in names if name in found)


def read_choices(section: Section) -> dict[str, Choice]:
    """The choices that *section*, [choices], declares, by name."""
    return {name: _read_choice(name, section.section(name)) for name in section}


def _read_choice(name: str, section: Section) -> Choice:
    section.only(("question", "options", "several", "default"))
    options = tuple(_read_option(option) for option in section.sections("options"))
    names = [option.name for option in options]
    if len(options) < 2 or len(set(names)) < len(names):
        raise section.wrong("options", "at least two tables, no name twice")
    choice = Choice(name, section.text("question"), options, section.truth("several", False))
    return replace(choice, default=choice.taken(section.values.get("default"), f"{section.where}, default"))


def _read_option(section: Section) -> Option:
    section.only(("name", "title", "value"))
    if "value" not in section:
        raise section.wrong("value", "what the option stands for")
    return Option(section.text("name"), section.text("title"), section.values["value"])


def options_taken(choices: Mapping[str, Choice], answers: Mapping[str, Any], where: str) -> dict[str, tuple[str, ...]]:
    """The names of the options taken in each of *choices*: as *answers* say, else the defaults."""
    for name in answers:
        if name not in choices:
            known = f"one of {', '.join(choices)}" if choices else "none, as this scenario leaves nothing to choose"
            raise InputError(f"{where}: there is no choice {name!r}, expected {known}{nearest(name, choices)}")
    return {
        name: choice.taken(answers[name], where) if name in answers else choice.default
        for name, choice in choices.items()
    }


def settled(value: Any, settlements: Mapping[str, Any], where: str) -> Any:
    """*value*, any piece of a scenario file, where each `{ choice = "name" }` in it is replaced by its settlement."""
    if isinstance(value, Mapping):
        if set(value) != {"choice"}:
            return {key: settled(part, settlements, where) for key, part in value.items()}
        name = value["choice"]
        if not isinstance(name, str) or name not in settlements:
            known = f"one of {', '.join(settlements)}" if settlements else "one that [choices] declares"
            raise InputError(f"{where}: choice is {shown(name)}, expected {known}{nearest(name, settlements)}")
        return settlements[name]
    if isinstance(value, list):
        return [settled(part, settlements, where) for part in value]
    return value
