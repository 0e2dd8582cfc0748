"""The texts of class sessions by language, as Fluent messages in `texts`: cards, ballots, pages and
refusals alike.

A folder of `texts` is a language, and its files hold messages by their ids; the syntax is that of
Project Fluent (https://projectfluent.org). What a language lacks is said in English, which has them
all. Pages of the server are filled with them here, and get the files that their scripts ask for.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import get_group_symbol
from fluent.runtime import FluentBundle, FluentResource

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Language:
    """One language: its *code*, which names its folder, what it calls itself, the *locale* by which
    it writes numbers, dates, lists and plurals, and what it calls the *first* of a month.
    """

    code: str
    title: str
    locale: str
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
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            raise KeyError(key)
        text, problems = bundle.format_pattern(pattern, values)
        if problems:
            raise KeyError(f"{key}: {problems[0]}")
        return str(text)

    def word(self, name: str) -> str:
        """What it calls *name*, a state, an alliance, a principle or a trade; *name* itself where
        it has no word.
        """
        key = id_of(name)
        return self.say(key) if self.has(key) else name

    def has(self, key: str) -> bool:
        """Whether this language, or English, has the message *key*."""
        return any(each.has_message(key) for each in _bundles(self))

    def listed(self, words: Sequence[str]) -> str:
        """*words* one after the other."""
        return format_list(words, locale=self.locale)

    def number(self, text: str) -> str:
        """*text*, a number as `sim.number_formats` writes it, as this language parts thousands."""
        return text.replace(",", get_group_symbol(self.locale))

    def day(self, day: date) -> str:
        """*day*, such as 12 November 2018."""
        return re.sub(r"^1 ", f"{self.first} ", format_date(day, "d MMMM y", locale=self.locale))


ENGLISH = Language("en", "English", "en_GB")
FRENCH = Language("fr", "Français", "fr_FR", "1er")
LANGUAGES = {language.code: language for language in (ENGLISH, FRENCH)}


def id_of(name: str) -> str:
    """The id of the message that has the word for *name*: its letters and digits, in small and
    without accents.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"name-{re.sub(r'[^a-z0-9]+', '-', plain.casefold()).strip('-')}"


def source(language: Language, *files: str) -> str:
    """The *files* of that *language* one after the other; of one that it has not, nothing."""
    paths = (TEXTS / language.code / f"{name}.ftl" for name in files)
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if path.is_file())


@functools.cache
def _bundles(language: Language) -> tuple[FluentBundle, ...]:
    """The messages of *language*, then those of English."""
    languages = (language,) if language == ENGLISH else (language, ENGLISH)
    return tuple(_bundle(each) for each in languages)


@functools.cache
def _bundle(language: Language) -> FluentBundle:
    bundle = FluentBundle([language.tag], use_isolating=False)
    for path in sorted((TEXTS / language.code).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle
