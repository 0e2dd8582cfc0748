"""The names that students give themselves, and the headlines that they write.

What a character may be is Unicode's word: names keep to the profile Nickname of PRECIS (RFC 8266),
headlines to OpaqueString (RFC 8265). Whether two names look alike is told by the skeletons of
Unicode's security mechanisms (UTS 39).
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable

from confusable_homoglyphs.confusables import confusables_data
from precis_i18n import get_profile

from dashboard.classroom.refusals import BAD, ClassError

LONGEST_NAME, LONGEST_HEADLINE = 30, 140
FROM_PAPER, BY_THE_MODEL = "the teacher, from paper", "the model (assumed)"  # instead of a name
NAME, HEADLINE = get_profile("NicknameCasePreserved"), get_profile("OpaqueString")
MOST_MARKS = 3  # on one letter, as Tibetan has; UTS 39 warns of more than four
BLANK = "\u2800\U0001d159\U00016fe4"  # symbols to Unicode, of which nothing is seen
# What joins letters of some scripts, or makes one picture of several; nothing of it is seen.
JOINERS = "\u200c\u200d\ufe0e\ufe0f"


def as_name(text: object) -> str:
    """*text* as a name; ClassError for anything else."""
    name = _line(text, "name", LONGEST_NAME)
    if not any(unicodedata.category(each)[0] in "LN" for each in name):
        raise ClassError(BAD, "refusal-name-letters")
    marks = 0
    for each in unicodedata.normalize("NFD", name):
        marks = marks + 1 if unicodedata.category(each) in ("Mn", "Me") else 0
        if marks > MOST_MARKS:
            raise ClassError(BAD, "refusal-name-marks")
    return name


def as_headline(text: object) -> str:
    """*text* as a headline; ClassError for anything else."""
    return _line(text, "headline", LONGEST_HEADLINE)


@functools.lru_cache(maxsize=4096)
def looks(name: str) -> frozenset[str]:
    """How *name* looks, with its capitals and without: two names with one of these in common look
    alike.
    """
    return frozenset((as_compared(name), skeleton(name)))


def as_compared(name: str) -> str:
    """The skeleton of *name* without its capitals."""
    return skeleton(unicodedata.normalize("NFKC", name).casefold())


def look_alike(name: str, others: Iterable[str]) -> bool:
    """Whether *name* looks like one of *others*."""
    return any(not looks(name).isdisjoint(looks(other)) for other in others)


def skeleton(text: str) -> str:
    """The skeleton of *text*, which is the same for all that look alike (UTS 39, section 4)."""
    seen = (each for each in unicodedata.normalize("NFD", text) if each not in JOINERS)
    prototypes = _prototypes()
    alike = "".join(prototypes.get(each, each) for each in seen)
    return unicodedata.normalize("NFD", " ".join(alike.split()))


@functools.cache
def _prototypes() -> dict[str, str]:
    """What each character looks like. The library lists both ways from a character to its
    prototype, so that a prototype is what several lead to, or what is longer; of a mere pair either
    one serves.
    """
    left_to_right = "\u200e"  # stands around characters of scripts that run from right to left
    near = {
        each.strip(left_to_right): [other["c"].strip(left_to_right) for other in others]
        for each, others in confusables_data.items()
    }
    return {
        each: min(each, other) if len(other) == 1 and len(near.get(other, ())) == 1 else other
        for each, (other, *more) in near.items()
        if len(each) == 1 and not more
    }


def _line(text: object, what: str, longest: int) -> str:
    if not isinstance(text, str):
        raise ClassError(BAD, f"refusal-{what}-form")
    profile = NAME if what == "name" else HEADLINE
    line, apart = text.strip(), _emoji_apart(text).strip()
    if apart:
        try:
            enforced = profile.enforce(apart)
        except UnicodeError as problem:
            raise ClassError(BAD, f"refusal-{what}-unseen") from problem
        line = enforced if apart == line else profile.apply_five_rules(line)
    if any(each in BLANK for each in line):
        raise ClassError(BAD, f"refusal-{what}-unseen")
    if not 1 <= len(line) <= longest:
        raise ClassError(BAD, f"refusal-{what}-long", length=str(len(line)), longest=str(longest))
    return line


def _emoji_apart(text: str) -> str:
    """*text* without what makes one picture of several emoji, such as of a woman and a computer:
    PRECIS takes it for hidden characters.
    """
    found: list[str] = []
    for each in text:
        if not (each in JOINERS and found and unicodedata.category(found[-1]) in ("So", "Sk")):
            found.append(each)
    return "".join(found)
