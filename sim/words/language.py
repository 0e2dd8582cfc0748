"""Languages, and the messages of each: files of Project Fluent (https://projectfluent.org) in a
folder of its own. What a language lacks is said in English, which has all messages.

A message is said with values, not with words: `{ PERCENT($share) }` in a message writes a number by
`sim.number_formats`, and a gap without such a function takes text alone. So whoever edits a message
decides how its numbers read.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentType

from sim import number_formats as formats
from sim.errors import InputError, nearest
from sim.facts.names_in_sentences import with_article
from sim.findings import Interval
from sim.reading import literal

HUNDRED = 100  # points are hundredths


@dataclass(frozen=True)
class Language:
    """One language, whose *code* names its folder in *texts*: what it calls itself, the *locale* by
    which it writes numbers, dates, lists and plurals, and what it calls the *first* of a month.
    """

    code: str
    title: str
    locale: str
    texts: Path
    first: str = "1"

    @property
    def tag(self) -> str:
        """The locale as a browser calls it."""
        return self.locale.replace("_", "-")

    def say(self, key: str, **values: object) -> str:
        """The message *key*, or its attribute by `key.attribute`, with *values* in its gaps;
        KeyError where no language has it or a gap stays empty.
        """
        name, _, attribute = key.partition(".")
        bundle = next((each for each in _bundles(self) if each.has_message(name)), None)
        if bundle is None:
            raise KeyError(key)
        message = bundle.get_message(name)
        pattern = message.attributes.get(attribute) if attribute else message.value
        if pattern is None:
            raise KeyError(key)
        gaps = {gap.replace("_", "-"): _fluent(value) for gap, value in values.items()}
        text, problems = bundle.format_pattern(pattern, gaps)
        if problems:
            raise KeyError(f"{key}: {problems[0]}")
        return str(text)

    def has(self, key: str) -> bool:
        """Whether this language, or English, has the message *key*."""
        return any(each.has_message(key) for each in _bundles(self))

    def listed(self, words: Sequence[str]) -> str:
        """*words* one after the other."""
        return format_list(words, locale=self.locale)

    def count(self, value: float) -> str:
        """A number of people, or of others, as this language parts thousands."""
        return format_decimal(formats.rounded(value), format="#,##0", locale=self.locale)

    def day(self, day: date) -> str:
        """*day*, such as 12 November 2018."""
        return re.sub(r"^1 ", f"{self.first} ", format_date(day, "d MMMM y", locale=self.locale))


TEXTS = Path(__file__).parent
ENGLISH = Language("en", "English", "en_GB", TEXTS)
FRENCH = Language("fr", "Français", "fr_FR", TEXTS, "1er")
LANGUAGES = {language.code: language for language in (ENGLISH, FRENCH)}
VARIABLE = "PARLEY_LANGUAGE"  # of the environment, with the code of a language


def say(key: str, **values: object) -> str:
    """The message *key* of `sim.words` in the language that the environment asks for."""
    return language_of_environment().say(key, **values)


@functools.cache
def language_of_environment() -> Language:
    """The language that the environment asks for, English where it asks for none; InputError for
    one that there is not.
    """
    code = os.environ.get(VARIABLE, ENGLISH.code)
    if code not in LANGUAGES:
        raise InputError(
            f"{VARIABLE} is {literal(code)}, expected one of {', '.join(LANGUAGES)}"
            f"{nearest(code, LANGUAGES)}"
        )
    return LANGUAGES[code]


class Value(FluentType):
    """What a function of a message writes: a number that is no whole one, an interval, or a list.
    In a gap of its own it has no form.
    """

    def __init__(self, value: Any) -> None:
        self.value = value

    def format(self, locale: Locale) -> str:
        """TypeError: whoever wrote the message has left out the function."""
        raise TypeError(f"a gap has {self.value!r}, which takes a function such as COUNT or LIST")


def _fluent(value: object) -> Any:
    """*value* as a gap takes it: truths are yes or no, and nothing is none."""
    if isinstance(value, bool | None):
        return {True: "yes", False: "no", None: "none"}[value]
    if isinstance(value, int | date):
        return value
    return str(value) if isinstance(value, str) else Value(value)


def _of_value(function: Callable[..., str]) -> Callable[..., Any]:
    """*function* as a message calls it."""

    def call(value: Any, **options: Any) -> str:
        return function(value.value if isinstance(value, Value) else value, **options)

    return call


def _points(utility: float) -> str:
    """Hundredths of all that a seat wants, without a sign."""
    return formats.mean(HUNDRED * abs(utility))


def _span(interval: Interval) -> str:
    return formats.percent_interval(interval.low, interval.high, between=formats.TO)


def _range(interval: Interval) -> str:
    """From low to high, in one piece that no line breaks."""
    between = f"{formats.NO_BREAK}to{formats.NO_BREAK}"
    return formats.percent_interval(interval.low, interval.high, between=between)


def _gain(interval: Interval) -> str:
    """By how many points of a share something is moved, from low to high."""
    return formats.points_interval(interval.low, interval.high, 0)


def _move(difference: float) -> str:
    return formats.points(difference, 0)


def _difference_interval(interval: Interval, places: int = 1) -> str:
    """From a difference to another, each with its sign."""
    return formats.difference_interval(interval.low, interval.high, places)


def _quoted(names: Sequence[str], most: int | None = None) -> str:
    return formats.listing([f"“{name}”" for name in names], most)


def _names(names: Sequence[str], most: int | None = None) -> str:
    return formats.listing([with_article(name) for name in names], most)


def _series(words: Sequence[str], separator: str = ", ") -> str:
    """*words* one after the other, with nothing but the *separator* between them."""
    return separator.join(words)


def _capital(text: str) -> str:
    """*text* as a sentence begins with it."""
    return f"{text[:1].upper()}{text[1:]}"


FUNCTIONS: dict[str, Any] = {
    "CAPITAL": _capital,
    "COUNT": formats.count,
    "DAY": formats.day,
    "DECIMAL": formats.decimal,
    "DIFFERENCE": formats.difference,
    "DIFFERENCES": _difference_interval,
    "DURATION": formats.duration,
    "GAIN": _gain,
    "LIST": formats.listing,
    "MEAN": formats.mean,
    "MONTH": lambda day: f"{day:%B}",
    "MOVE": _move,
    "NAME": with_article,
    "NAMES": _names,
    "PERCENT": formats.percent,
    "POINTS": _points,
    "QUOTED": _quoted,
    "RANGE": _range,
    "SERIES": _series,
    "SETTING": formats.setting,
    "SIGNIFICANT": formats.significant,
    "SIZE": formats.size,
    "SPAN": _span,
    "YEAR": lambda day: str(day.year),
}


@functools.cache
def _bundles(language: Language) -> tuple[FluentBundle, ...]:
    """The messages of *language*, then those of English."""
    codes = dict.fromkeys((language.code, ENGLISH.code))
    return tuple(_bundle(replace(LANGUAGES[code], texts=language.texts)) for code in codes)


@functools.cache
def _bundle(language: Language) -> FluentBundle:
    functions = {name: _of_value(function) for name, function in FUNCTIONS.items()}
    bundle = FluentBundle([language.tag], functions=functions, use_isolating=False)
    for path in sorted((language.texts / language.code).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle
