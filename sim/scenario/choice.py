"""Choices that a scenario leaves to its user. An option stands for a value, which events use by the
choice's name.

    [choices.when]
    question = "When do they sign?"
    options = [{ name = "launch", title = "at the launch", value = 2018-11-12 }, ...]
    default = "launch"

    [[events]]
    date = { choice = "when" }

With `several = true` one or more options may be taken, and their values are used as a list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.errors import InputError, nearest
from sim.reading import Section, literal


@dataclass(frozen=True)
class Option:
    """One option of a choice: its name for the command line, its title for people, the value that
    it stands for.
    """

    name: str
    title: str
    value: Any


@dataclass(frozen=True)
class Choice:
    """A question with its options; `default` names the options that hold where the user takes
    none.
    """

    name: str
    question: str
    options: tuple[Option, ...]
    several: bool
    default: tuple[str, ...] = ()

    def value(self, names: Sequence[str]) -> Any:
        """The value of the options called *names*: a list of values where several may be taken,
        else one value.
        """
        values = [option.value for option in self.options if option.name in names]
        return values if self.several else values[0]

    def option_names(self, answer: Any, where: str) -> tuple[str, ...]:
        """The names of the options in *answer*: a text, with commas between several, or a list of
        texts.

        InputError that begins with *where* for anything else.
        """
        names = [option.name for option in self.options]
        expected = f"{'one or more' if self.several else 'one'} of {', '.join(names)}"
        parts = [part.strip() for part in answer.split(",")] if isinstance(answer, str) else answer
        if (
            not isinstance(parts, (list, tuple))
            or not parts
            or (len(parts) > 1 and not self.several)
        ):
            raise InputError(f"{where}: {self.name} is {literal(answer)}, expected {expected}")
        for part in parts:
            if part not in names:
                raise InputError(
                    f"{where}: {self.name} is {literal(answer)}, expected"
                    f" {expected}{nearest(part, names)}"
                )
        return tuple(name for name in names if name in parts)


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
    return replace(
        choice,
        default=choice.option_names(section.values.get("default"), f"{section.where}, default"),
    )


def _read_option(section: Section) -> Option:
    section.only(("name", "title", "value"))
    if "value" not in section:
        raise section.wrong("value", "what the option stands for")
    return Option(section.text("name"), section.text("title"), section.values["value"])


def option_names(
    choices: Mapping[str, Choice], answers: Mapping[str, Any], where: str
) -> dict[str, tuple[str, ...]]:
    """The names of the options that hold in each of *choices*: those of *answers*, else the
    defaults.
    """
    for name in answers:
        if name not in choices:
            expected = (
                f"one of {', '.join(choices)}"
                if choices
                else "none, as this scenario leaves nothing to choose"
            )
            raise InputError(
                f"{where}: there is no choice {name!r}, expected {expected}{nearest(name, choices)}"
            )
    return {
        name: choice.option_names(answers[name], where) if name in answers else choice.default
        for name, choice in choices.items()
    }


def substitute(content: Any, values: Mapping[str, Any], where: str) -> Any:
    """*content*, any part of a scenario file, with each `{ choice = "name" }` in it replaced by the
    choice's value.
    """
    if isinstance(content, Mapping):
        if set(content) != {"choice"}:
            return {key: substitute(part, values, where) for key, part in content.items()}
        name = content["choice"]
        if not isinstance(name, str) or name not in values:
            expected = f"one of {', '.join(values)}" if values else "one that [choices] declares"
            raise InputError(
                f"{where}: choice is {literal(name)}, expected {expected}{nearest(name, values)}"
            )
        return values[name]
    if isinstance(content, list):
        return [substitute(part, values, where) for part in content]
    return content
