"""The texts of class sessions by language, as Fluent messages in `texts`: cards, ballots, pages and
refusals alike.

A folder of `texts` is a language, and its files hold messages by their ids; the syntax is that of
Project Fluent (https://projectfluent.org). What a language lacks is said in English, which has them
all. Pages of the server are filled with them here, and get the files that their scripts ask for.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from sim import words

TEXTS = Path(__file__).parent / "texts"


class Language(words.Language):
    """One language of class sessions."""

    def word(self, name: str) -> str:
        """What it calls *name*, a state, an alliance, a principle or a trade; *name* itself where
        it has no word.
        """
        key = id_of(name)
        return self.say(key) if self.has(key) else name


LANGUAGES = {
    code: Language(**(vars(language) | {"texts": TEXTS}))
    for code, language in words.LANGUAGES.items()
}
ENGLISH, FRENCH = LANGUAGES["en"], LANGUAGES["fr"]


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
