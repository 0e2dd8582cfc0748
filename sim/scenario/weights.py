"""Fitted weights: a file in scenarios/data/weights, or one of a researcher's own, as calibration writes it."""

from __future__ import annotations

from pathlib import Path

from sim import facts
from sim.errors import InputError, nearest
from sim.parameters import DIALS, Fitted, dial_named
from sim.scenario.layer import toml_table
from sim.section import Section

WEIGHTS = facts.DATA / "weights"


def shipped_weights(name: str) -> Path:
    """The file of the weights called *name*."""
    return WEIGHTS / f"{name}.toml"


def named_weights(section: Section, folder: Path) -> Path:
    """The file that `weights` in *section* means: a shipped one by name, or a .toml file, its path taken from
    *folder*."""
    name = section.text("weights")
    if name.endswith(".toml"):
        return folder / name
    known = sorted(path.stem for path in WEIGHTS.glob("*.toml"))
    if name not in known:
        raise section.wrong("weights", f"one of {', '.join(known)} or the path of a .toml file{nearest(name, known)}")
    return shipped_weights(name)


def read_weights(path: Path) -> dict[str, float]:
    """The fitted weights in the file *path*, by dial; InputError where it holds something else. [fit] there is for
    people to read."""
    label = facts.label_of(path)
    section = Section(toml_table(path, label), label)
    section.only(("weights", "fit"))
    section.section("fit")
    weights = section.section("weights")
    for name in weights:
        if not isinstance(dial_named(name, DIALS, weights.where), Fitted):
            raise InputError(
                f"{weights.where}: found {name}, expected fitted weights only; set it in [parameters] of a scenario"
            )
    return {name: DIALS[name].check(value, weights.where) for name, value in weights.values.items()}


def read_fit(path: Path, kind_of_number: str) -> dict[str, float]:
    """What the fit that made the file *path* says of itself, by name: its `log_likelihood` (kind -> natural logarithm),
    the same `_without_contagion`, its `standard_errors` (dial -> error, none at a bound), or the `low` and `high` ends
    of each dial's interval. Empty where nobody wrote any.
    """
    label = facts.label_of(path)
    numbers = Section(toml_table(path, label), label).section("fit").section(kind_of_number)
    return {name: numbers.number(name, -1e9, 1e9) for name in numbers}
