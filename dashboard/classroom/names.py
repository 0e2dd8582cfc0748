"""The names that students give themselves, and the headlines that they write."""

from __future__ import annotations

import unicodedata

from dashboard.classroom.refusals import BAD, ClassError

LONGEST_NAME, LONGEST_HEADLINE = 30, 140
UNSEEN = (
    "C",
    "Zl",
    "Zp",
)  # categories of characters that control how others are shown, or are none
# of them those between the letters of some scripts, and between the parts of one emoji
JOINERS = "\u200c\u200d"


def as_name(text: object) -> str:
    """*text* as a name; ClassError for anything else."""
    return _line(text, "name", LONGEST_NAME)


def as_headline(text: object) -> str:
    """*text* as a headline; ClassError for anything else."""
    return _line(text, "headline", LONGEST_HEADLINE)


def as_compared(name: str) -> str:
    """What two names that read alike have in common."""
    seen = "".join(character for character in name if character not in JOINERS)
    return unicodedata.normalize("NFKC", seen).casefold()


def _line(text: object, what: str, longest: int) -> str:
    if not isinstance(text, str):
        raise ClassError(BAD, f"refusal-{what}-form")
    line = unicodedata.normalize("NFC", text.strip().strip(JOINERS + " "))
    if any(unicodedata.category(each).startswith(UNSEEN) for each in line if each not in JOINERS):
        raise ClassError(BAD, f"refusal-{what}-unseen")
    if not 1 <= len(line) <= longest:
        raise ClassError(BAD, f"refusal-{what}-long", length=str(len(line)), longest=str(longest))
    return line
