"""How a sentence calls somebody."""

from __future__ import annotations

_WITH_ARTICLE = frozenset({"Netherlands", "Philippines", "Bahamas", "Maldives", "Comoros", "Gambia", "Seychelles"})


def called(name: str) -> str:
    """*name* inside a sentence: the United States, the Netherlands, Kenya."""
    takes_one = name.startswith("United ") or name.endswith((" Republic", " Islands")) or name in _WITH_ARTICLE
    return f"the {name}" if takes_one else name


def listed(names: list[str], joint: str, most: int = 3) -> str:
    """The first *most* of *names* in a sentence, with *joint* before the last, and how many more there are."""
    shown = [called(name) for name in names[:most]]
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    return f" {joint} ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
