"""Choices that a scenario leaves to whoever runs it: each option stands for a value, and events use it by naming the choice.

    [choices.when]
    question = "When do they sign?"
    options = [{ name = "launch", title = "at the launch", value = 2018-11-12 }, ...]
    default = "launch"

    [[events]]
    date = { choice = "when" }

With `several = true` any number of options but none may be taken together, and the value is their list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.errors import InputError, nearest
from sim.section import Section, shown

Chosen = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Option:
    """One answer to a choice: its name for the command line, its title for people, and the value that it stands for."""

    name: str
    title: str
    value: Any


@dataclass(frozen=True)
class Choice:
    """A question with its options; `default` holds the names of those taken when nobody chooses."""

    name: str
    question: str
    options: tuple[Option, ...]
    several: bool
    default: tuple[str, ...]

    def value(self, taken: Sequence[str]) -> Any:
        """What the options *taken* (by name) stand for: one value, or a list of them where several may be taken."""
        values = [option.value for option in self.options if option.name in taken]
        return values if self.several else values[0]

    def taken(self, answer: Any, where: str) -> tuple[str, ...]:
        """The names of the options in *answer*, a text (with commas where several may be taken) or a list of texts; InputError for others."""
        names = [option.name for option in self.options]
        number = "some" if self.several else "one"
        expected = f"{number} of {', '.join(names)}"
        found = [part.strip() for part in answer.split(",")] if isinstance(answer, str) else answer
        if not isinstance(found, (list, tuple)) or not found or (len(found) > 1 and not self.several):
            raise InputError(f"{where}: {self.name} is {shown(answer)}, expected {expected}")
        for name in found:
            if name not in names:
                raise InputError(f"{where}: {self.name} is {shown(answer)}, expected {expected}{nearest(name, names)}")
        return tuple(name for name in names if name in found)


def read_choices(section: Section) -> dict[str, Choice]:
    """The choices that the table *section*, [choices], declares, by name."""
    choices = {}
    for name in section:
        table = section.section(name)
        table.only(("question", "options", "several", "default"))
        several = table.truth("several", False)
        options = tuple(_read_option(option) for option in table.sections("options"))
        names = [option.name for option in options]
        if len(options) < 2 or len(set(names)) < len(names):
            raise table.wrong("options", "at least two tables, no name twice")
        choice = Choice(name, table.text("question"), options, several, ())
        if "default" not in table:
            raise table.wrong("default", f"{'some' if several else 'one'} of {', '.join(names)}")
        default = choice.taken(table.values["default"], table.where)
        choices[name] = Choice(name, choice.question, options, several, default)
    return choices


def _read_option(section: Section) -> Option:
    section.only(("name", "title", "value"))
    if "value" not in section:
        raise section.wrong("value", "what the option stands for")
    return Option(section.text("name"), section.text("title"), section.values["value"])


def taken_options(choices: Mapping[str, Choice], answers: Mapping[str, Any], where: str) -> dict[str, tuple[str, ...]]:
    """The options taken in each of *choices*: the defaults, where *answers* do not say otherwise."""
    for name in answers:
        if name not in choices:
            known = ", ".join(choices) or "none, as this scenario leaves no choice"
            raise InputError(f"{where}: there is no choice {name!r}, expected {known}{nearest(name, choices)}")
    return {name: choice.taken(answers[name], where) if name in answers else choice.default for name, choice in choices.items()}


def settled(value: Any, choices: Mapping[str, Choice], chosen: Chosen, where: str) -> Any:
    """*value*, a piece of a scenario file, with each `{ choice = "name" }` in it replaced by what was chosen."""
    if isinstance(value, Mapping):
        if set(value) == {"choice"}:
            name = value["choice"]
            if name not in choices:
                raise InputError(
                    f"{where}: choice is {shown(name)}, expected one of {', '.join(choices) or 'those in [choices]'}"
                    f"{nearest(str(name), choices)}")
            return choices[name].value(chosen[name])
        return {key: settled(part, choices, chosen, where) for key, part in value.items()}
    if isinstance(value, list):
        return [settled(part, choices, chosen, where) for part in value]
    return value
