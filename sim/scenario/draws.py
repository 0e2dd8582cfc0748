"""Draws of the weights: other weights that the data leave possible, from the bootstrap of `parley
calibrate`.

The file of the draws lies beside that of the weights. In a scenario with `draws = true` each world
has the weights of one draw, so that intervals over worlds hold the weights' uncertainty too.
"""

from __future__ import annotations

import csv
from pathlib import Path

from sim import facts
from sim.code_of_conduct import Code
from sim.errors import InputError
from sim.file_memory import FileMemory
from sim.parameters import DIALS
from sim.reading import file_text
from sim.scenario.text_weights import between, read_common, share_for
from sim.scenario.weights import read_weights

COMMON = "common_"  # before the names of common weights

# By share and path. An answer has the draws of the same fit many times, and a check of each of
# their numbers.
_DRAWS: FileMemory[dict[str, list[float]]] = FileMemory(16)


def draws_beside(weights: Path) -> Path:
    """Where the draws of the fit in the file *weights* lie."""
    return weights.with_name(f"{weights.stem}-draws.csv")


def read_draws(path: Path) -> dict[str, list[float]]:
    """The draws of the bootstraps in the CSV file *path*: dial -> one value per draw, those of
    common weights with COMMON before their names. InputError for a cell that is missing or no
    number.
    """
    label = facts.label_of(path)
    header, *rows = csv.reader(file_text(path, label, "draws of weights").splitlines())
    try:
        return {dial: [float(row[place]) for row in rows] for place, dial in enumerate(header)}
    except (IndexError, ValueError):
        raise InputError(
            f"{label}: found a cell that is missing or no number, expected a value per dial"
        ) from None


def draws_for(code: Code, weights: Path) -> dict[str, list[float]]:
    """Dial -> one value per draw of the weights that hold for *code*, of the fit in the file
    *weights*. Dials that shape the population are left out, as all worlds have one population.

    InputError where there is no draw, or one has a value out of its dial's range.
    """
    share = share_for(code, weights)
    return dict(_DRAWS.recall(f"{share} {weights}", lambda: _draws_at(share, weights)))


def _draws_at(share: float, weights: Path) -> dict[str, list[float]]:
    """The same with this *share* of the common weights."""
    path, of_texts = draws_beside(weights), read_common(weights)
    label, columns = facts.label_of(path), read_draws(path)
    for name in (*read_weights(weights), *(f"{COMMON}{dial}" for dial in of_texts)):
        if name not in columns:
            raise InputError(
                f"{label}: the column {name} is missing, expected one for each weight beside it"
            )
    draws = {}
    for dial, values in columns.items():
        if dial.startswith(COMMON):
            continue
        if dial not in DIALS:
            raise InputError(f"{label}: there is no dial {dial!r}, expected fitted weights only")
        if not values:
            raise InputError(f"{label}: found no draw, expected at least one")
        common = columns[f"{COMMON}{dial}"] if dial in of_texts else values
        if not DIALS[dial].structural:
            pairs = zip(values, common, strict=True)
            draws[dial] = [
                DIALS[dial].check(between(value, other, share), label) for value, other in pairs
            ]
    return draws
