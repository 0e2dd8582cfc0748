"""What a brief says of a treaty beside who signs it, in the numbers of the page Simulate: how many
states ratify it, so that it binds them, and what that does to the harm prevented. Nobody has
measured either: both are ranges over all that is assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim import number_formats as formats

UNIT = "%"  # of the harm that there would be


def of_treaty(conduct: Mapping[str, Any], signed: float) -> dict[str, str]:
    """`bound`: how many of those *signed* ratify, as the end of a finding, and `harm`: what comes
    of it, from the *conduct* of a view at its end; both empty where that is not told, or is of a
    declaration.
    """
    ratified = conduct["ratified"]
    if ratified is None:
        return {"bound": "", "harm": ""}
    return {
        "bound": _bound(ratified, signed),
        "harm": " ".join(filter(None, [_harm(conduct), _all_bound(ratified)])),
    }


def _bound(ratified: Mapping[str, Any], signed: float) -> str:
    """Whom the treaty binds."""
    if not ratified["is_in_force"]:
        return "Too few would ratify it for it to bind anybody (assumed)"
    only = "Only " if ratified["high"] < signed else ""
    return (
        f"{only}{formats.interval(ratified['low'], ratified['high'])} would ratify it and be bound"
        " (assumed)"
    )


def _harm(conduct: Mapping[str, Any]) -> str:
    """What the treaty, and all that comes with it, changes of the harm prevented."""
    beside, whatever = conduct["beside"], conduct["ratified"]["beside"]
    if beside is None:
        return ""
    even = "Even with" if whatever and beside["change"][1] < 0 else "With"
    return f"{even} {whatever or 'nothing else changed'}, {_change_in_words(*beside['change'])}."


def _change_in_words(low: float, high: float) -> str:
    """A change of the harm prevented, from *low* to *high* points, as a clause."""
    if not formats.is_clear(low, high):
        span = formats.extent(low, high, UNIT, signs=True)
        return (
            f"whether more harm is prevented than by the Paris Call as it was is unclear ({span}"
            " points, assumed)"
        )
    way, ends = ("more", (low, high)) if low > 0 else ("less", (-high, -low))
    return (
        f"{formats.extent(*ends, UNIT)} points {way} harm is prevented than by the Paris Call as it"
        " was (assumed)"
    )


def _all_bound(ratified: Mapping[str, Any]) -> str:
    """How much more harm the same prevents as a declaration, which binds all who sign; empty where
    that is unclear.
    """
    binding = ratified["binding"]
    if not ratified["is_in_force"] or binding is None or binding[1] >= 0:
        return ""
    more = formats.extent(-binding[1], -binding[0], UNIT)
    return (
        f"As a declaration, which binds all who sign, the same would prevent {more} points more"
        " (assumed)."
    )
