"""The files of scenarios: a shipped one by name, in the folder beside this package alone; a user's
own by path.
"""

from __future__ import annotations

from collections.abc import Mapping
from os.path import isfile, join
from pathlib import Path
from typing import Any

from sim.errors import InputError, nearest
from sim.facts import SCENARIOS, label_of, read_facts, read_ties
from sim.file_memory import FileMemory
from sim.reading import FILE as A_FILE
from sim.reading import FOLDER, NOTHING, as_path, file_text, kind_at, literal
from sim.scenario.scenario import Layer, Scenario, compose, layer_of

DEFAULT = "paris-call-2018"
FILE = "scenario.toml"
# prefix of models from the literature, which have dials of their own (sim/classics)
CLASSICS = "classics/"
# prefix of talks over a text, of which some are over that of a scenario (sim/negotiation)
TALKS = "talks/"
# prefix of other instruments with the answers of states; `parley list --instruments`
INSTRUMENTS = "instruments/"

_LOADED: FileMemory[Scenario] = FileMemory(16)  # shipped scenarios, by name


def available() -> list[tuple[str, str, str]]:
    """(name, title, question) of every shipped scenario, the default first, the others by name."""
    shipped = _shipped()
    rows = []
    for name in sorted(shipped, key=lambda name: (name != DEFAULT, name)):
        section = layer_of(shipped[name]).section()
        rows.append((name, section.text("title"), section.text("question")))
    return rows


def load(name_or_path: str | Path, *, facts: Any = None, ties: Any = None) -> Scenario:
    """The shipped scenario of that name, an instrument such as "instruments/dfi", or the scenario
    at that path: a directory with a scenario.toml, or a .toml file.

    facts: those of a world of one's own, a folder with some of states.csv, other_homes.csv,
    organisations.csv and positions.csv, each in place of the shipped one, or pandas frames by these
    names, or one in the columns of states.csv. ties: whose example stakeholders heed, a CSV file or
    a pandas frame with the columns source (who heeds), target (whom) and weight, in place of the
    ties of each source in it. None: those that ship.

    InputError, in one sentence, where there is none or its content is wrong.
    """
    if (
        facts is None
        and ties is None
        and isinstance(name_or_path, str)
        and _is_shipped(name_or_path)
    ):
        return _LOADED.recall(name_or_path, lambda: _load(name_or_path, None, None))
    return _load(name_or_path, facts, ties)


def _load(name_or_path: str | Path, facts: Any, ties: Any) -> Scenario:
    of = read_facts(facts)
    path = as_path(
        name_or_path, "scenario", "a name that `parley list` shows or the path of a file"
    )
    name = str(name_or_path)
    file = (
        {**_shipped(), **other_instruments()}.get(name) or _in_talks(name) or _file_at(path, name)
    )
    chain = _with_bases(file)
    notes = file.with_name("notes.md")
    has_notes = file.name == FILE and kind_at(notes, label_of(notes)) == A_FILE
    return compose(
        name=_name(file),
        layers=tuple(layer for _, layer in reversed(chain)),
        base=tuple(_name(base) for base, _ in chain[1:]),
        path=file,
        notes=file_text(notes, label_of(notes), "notes") if has_notes else "",
        facts=of,
        ties=read_ties(ties, of),
    )


def classics() -> dict[str, Path]:
    """The file of each classic, by its name with the prefix."""
    return {
        f"{CLASSICS}{file.parent.name}": file
        for file in sorted((SCENARIOS / CLASSICS).glob(f"*/{FILE}"))
    }


def other_instruments() -> dict[str, Path]:
    """The file of each shipped instrument other than the Paris Call, by its name with the
    prefix.
    """
    folder = SCENARIOS / INSTRUMENTS
    return {f"{INSTRUMENTS}{file.parent.name}": file for file in sorted(folder.glob(f"*/{FILE}"))}


def talks_files() -> dict[str, Path]:
    """The file of all shipped talks, by name."""
    return {file.parent.name: file for file in sorted((SCENARIOS / TALKS).glob(f"*/{FILE}"))}


def is_scenario(table: Mapping[str, Any]) -> bool:
    """Whether *table*, of a file of talks, is a scenario, which has a code or a base."""
    return "base" in table or "code" in table


def _in_talks(name: str) -> Path | None:
    """The file of the shipped talks called *name* over the text of a scenario, None where there are
    no such talks; InputError where they are over another text.
    """
    file = talks_files().get(name.removeprefix(TALKS))
    if file is not None and not is_scenario(layer_of(file).table):
        raise InputError(
            f"{name}: found talks over a text that is no code of conduct, expected a scenario; "
            f"`parley negotiate {name}` negotiates that text"
        )
    return file


def is_classic(name: str) -> bool:
    """Whether *name* means a classic: it has their prefix, and is not the path of a user's own
    file.
    """
    return name.startswith(CLASSICS) and (
        name in classics() or kind_at(Path(name), "scenario") == NOTHING
    )


def _is_shipped(name: str) -> bool:
    return Path(name).name == name and any(
        isfile(join(SCENARIOS, prefix, name, FILE)) for prefix in ("", TALKS)
    )


def _shipped() -> dict[str, Path]:
    return {file.parent.name: file for file in SCENARIOS.glob(f"*/{FILE}")}


def _name(file: Path) -> str:
    return file.absolute().parent.name if file.name == FILE else file.stem


def _with_bases(file: Path) -> list[tuple[Path, Layer]]:
    """*file* and the files that it builds on, the nearest first; InputError where one of them
    builds on itself.
    """
    chain = [(file, layer_of(file))]
    while True:
        file, layer = chain[-1]
        section = layer.section()
        if "base" not in section:
            return chain
        name = section.text("base")
        where = f"{layer.where}: base is {literal(name)}"
        base = (
            _shipped().get(name)
            or _in_talks(name)
            or _file_at(layer.folder / as_path(name, where), where)
        )
        if any(base.samefile(other) for other, _ in chain):
            raise section.wrong("base", "a scenario that does not itself build on this one")
        chain.append((base, layer_of(base)))


def _file_at(path: Path, where: str) -> Path:
    """The scenario file at *path*; InputError that begins with *where* where there is none."""
    kind = kind_at(path, where)
    is_a_classic = kind != NOTHING and path.resolve().is_relative_to(SCENARIOS / CLASSICS)
    if is_a_classic or "/".join(path.parts[-2:]) in classics():
        raise InputError(
            f"{where}: found a classic, expected a scenario; `parley run classics/NAME` runs it, or"
            " sim.classic"
        )
    if kind == FOLDER:
        if kind_at(path / FILE, where) != A_FILE:
            raise InputError(f"{where}: found a directory without {FILE}, expected one with it")
        return path / FILE
    if kind != A_FILE:
        names = sorted(_shipped())
        unlisted = [
            *classics(),
            *other_instruments(),
            *(f"{TALKS}{name}" for name in talks_files()),
        ]
        same = [name for name in unlisted if name.endswith(f"/{path.name}")]  # without its prefix
        hint = nearest(same[0], same) if same else nearest(path.name, [*names, *unlisted])
        expected = f"one of {', '.join(names)} or the path of a .toml file{hint}"
        raise InputError(f"{where}: found no such scenario, expected {expected}")
    return path
