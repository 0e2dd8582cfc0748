"""Names as they stand inside a sentence."""

from __future__ import annotations

from sim.number_formats import listing
from sim.reading import check_text

_WITH_ARTICLE = frozenset(
    {"Netherlands", "Philippines", "Bahamas", "Maldives", "Comoros", "Gambia", "Seychelles"}
)


def with_article(name: str) -> str:
    """*name* inside a sentence: the United States, the Netherlands, Kenya. InputError where it is
    no text.
    """
    check_text(name, "name")
    takes_one = (
        name.startswith("United ")
        or name.endswith((" Republic", " Islands"))
        or name in _WITH_ARTICLE
    )
    return f"the {name}" if takes_one else name


def enumeration(names: list[str], conjunction: str, most: int = 3) -> str:
    """The first *most* of *names* in a sentence, with a *conjunction* before the last, and how many
    more there are.
    """
    return listing([with_article(name) for name in names], most, conjunction)
