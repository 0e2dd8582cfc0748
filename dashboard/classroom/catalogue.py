"""The sentences of cards and ballots by language, as patterns: nobody's card is translated by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sim
from dashboard.classroom import english, french
from dashboard.classroom.refusals import BAD, ClassError

NARROW = "\u202f"  # a narrow no-break space


@dataclass(frozen=True)
class Language:
    """One language: its *code*, what it calls itself, its sentences by key, its words for names of the data, and how
    it writes months, the first of one, thousands, the last of several, and which *signs* have a narrow space before
    them. What it lacks is in English.
    """

    code: str
    title: str
    sentences: Mapping[str, str]
    words: Mapping[str, str]
    months: Sequence[str]
    first: str
    thousands: str
    last: str
    signs: str

    def say(self, key: str, **values: object) -> str:
        """The sentence of that *key*, with *values* in its gaps."""
        return self._set(self.sentences.get(key, english.SENTENCES[key]).format(**values))

    def word(self, name: str) -> str:
        """What it calls *name*, a state, an alliance, a principle or a title."""
        return self._set(self.words.get(name, name))

    def listed(self, words: Sequence[str]) -> str:
        """*words* one after the other."""
        return f" {self.last} ".join([*([", ".join(words[:-1])] if len(words) > 1 else []), words[-1]])

    def number(self, text: str) -> str:
        """*text*, a number as `sim.number_formats` writes it, as this language parts thousands."""
        return text.replace(",", self.thousands)

    def day(self, day: str | date) -> str:
        """*day*, such as 12 November 2018."""
        text = re.sub(r"^1 ", f"{self.first} ", sim.number_formats.day(day))
        for own, name in zip(self.months, english.MONTHS, strict=True):
            text = re.sub(rf"\b{name}\b", own, text)
        return text

    def _set(self, text: str) -> str:
        return re.sub(f" ([{self.signs}])", f"{NARROW}\\1", text) if self.signs else text


ENGLISH = Language("en", "English", english.SENTENCES, english.WORDS, english.MONTHS, "1", ",", "and", "")
FRENCH = Language("fr", "Français", french.SENTENCES, french.WORDS, french.MONTHS, "1er", NARROW, "et", ":;?!")
LANGUAGES = {language.code: language for language in (ENGLISH, FRENCH)}


def language_of(code: object) -> Language:
    """The language of that *code*; ClassError where there is none."""
    if not isinstance(code, str) or code not in LANGUAGES:
        raise ClassError(BAD, f"there are no cards in this language; expected {' or '.join(LANGUAGES)}")
    return LANGUAGES[code]
