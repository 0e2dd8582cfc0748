"""The motives of signing, the terms x of V = Σ β x, a file each (docs/odd.md, section 7.2).

A file of this folder that has a `MOTIVE` is a motive: the engine weighs it, the fit gives it a
weight, explanations have it, and its weights are dials.
"""

from __future__ import annotations

from collections import namedtuple
from importlib import import_module
from pkgutil import iter_modules

from sim.dials.dial import Fitted
from sim.motives.motive import Motive


def _declared() -> list[Motive]:
    """The motives of the files in this folder, in their places."""
    names = (module.name for module in iter_modules(__path__, f"{__name__}."))
    motives = (getattr(import_module(name), "MOTIVE", None) for name in names)
    declared = [motive for motive in motives if motive is not None]
    if len({motive.name for motive in declared}) < len(declared):
        raise ValueError(
            "two files of sim.motives declare a motive of the same name, expected one for each"
        )
    return sorted(declared, key=lambda motive: (motive.place, motive.name))


MOTIVES: dict[str, Motive] = {motive.name: motive for motive in _declared()}
NAMES = tuple(MOTIVES)
ON_SIGNATURES = tuple(
    name for name, motive in MOTIVES.items() if motive.effect is not None
)  # of others

WEIGHTS: dict[str, Fitted] = {
    name: dial for motive in MOTIVES.values() for name, dial in motive.dials().items()
}

# Weights that no single text can tell.
BETWEEN_TEXTS = frozenset(
    name for motive in MOTIVES.values() if not motive.one_text for name in motive.dials()
)

# Dial -> the property of the text that its motive looks at; empty for none.
OF_TEXT: dict[str, str] = {
    name: motive.of_text for motive in MOTIVES.values() for name in motive.dials()
}

# The compiled functions of all motives, in their order, for loops in compiled code.
VALUES = namedtuple("VALUES", NAMES)._make(motive.value for motive in MOTIVES.values())  # type: ignore[misc]
EFFECTS = namedtuple("EFFECTS", ON_SIGNATURES)._make(MOTIVES[name].effect for name in ON_SIGNATURES)  # type: ignore[misc]
