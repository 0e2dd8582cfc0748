"""Lenses: theories of international relations, each as the motives of signing that it admits
(docs/odd.md, 7.2).

A lens is fitted to the register with its own motives alone; the weights of all others are 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.errors import InputError, nearest
from sim.motives import MOTIVES
from sim.reading import as_list, literal

ALWAYS = frozenset({"inclination"})
NO_NORMS = {"norm_rate": 0.0}


@dataclass(frozen=True)
class Lens:
    """A theory: its title, its source, its motives of signing beside inclination, which say so
    themselves, and the dials about conduct that it sets.
    """

    name: str
    title: str
    source: str
    motives: frozenset[str]
    dials: Mapping[str, float] = field(default_factory=dict)

    def has(self, motive: str) -> bool:
        """Whether *motive*, a name of sim.motives, counts under this lens."""
        return motive in self.motives or motive in ALWAYS


def _lens(name: str, title: str, source: str, dials: Mapping[str, float] | None = None) -> Lens:
    """The lens called *name* with the motives that name it; "full" has them all."""
    admitted = {m.name for m in MOTIVES.values() if name == "full" or name in m.lenses}
    return Lens(name, title, source, frozenset(admitted) - ALWAYS, dials or {})


_ALL = (
    _lens("full", "All motives together", "all of those below"),
    _lens(
        "realist",
        "Means that one would give up, the ally's choice, costs; norms are not learned",
        "Waltz 1979; Mearsheimer 1994",
        NO_NORMS,
    ),
    _lens(
        "institutionalist",
        "The safety that others' restraint promises, and costs; norms are not learned",
        "Keohane 1984; Barrett 1994",
        NO_NORMS,
    ),
    _lens(
        "constructivist",
        "Nearness to the text, earlier commitments, the example of peers",
        "Finnemore and Sikkink 1998",
    ),
    _lens(
        "liberal-domestic",
        "What one's own firms and NGOs, or one's own state, have done; norms are not learned,"
        " audiences punish",
        "Putnam 1988; Moravcsik 1997",
        NO_NORMS,
    ),
    _lens(
        "null", "Attention and size alone: whoever hears of it is as likely to sign as anybody", ""
    ),
)
LENSES: Mapping[str, Lens] = {lens.name: lens for lens in _ALL}


_UNKNOWN = {name for motive in MOTIVES.values() for name in motive.lenses} - LENSES.keys()
if _UNKNOWN:
    raise ValueError(
        f"motives name the lenses {', '.join(_UNKNOWN)}, expected some of {', '.join(LENSES)}"
    )


def lenses_named(names: Any, where: str) -> list[str]:
    """The names of lenses *names*, checked; InputError that begins with *where* where they are no
    list of them.
    """
    return [
        lens_named(name, where).name
        for name in as_list(names, where, f"some of {', '.join(LENSES)}")
    ]


def lens_named(name: str, where: str) -> Lens:
    """The lens called *name*; InputError that begins with *where* where there is none."""
    if not isinstance(name, str) or name not in LENSES:
        expected = f"expected one of {', '.join(LENSES)}{nearest(name, LENSES)}"
        raise InputError(f"{where}: there is no lens {literal(name)}, {expected}")
    return LENSES[name]
