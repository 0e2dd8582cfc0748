"""The files of talks: those that ship by name, a user's own by path, and the talks over the text of
a scenario.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.dials.negotiation import DEFAULTS
from sim.errors import InputError, nearest
from sim.facts import label_of, read_facts
from sim.negotiation.talks import ALL, Subject, Talks, checked_talks, levels_of, read_talks
from sim.reading import FILE as A_FILE
from sim.reading import FOLDER, Section, as_path, kind_at, toml_table
from sim.scenario import Scenario, available, load
from sim.scenario.files import FILE, TALKS, is_scenario, talks_files
from sim.scenario.text_talks import KEY, OPEN_CALL

EVERYBODY: dict[str, Any] = {
    "rule": OPEN_CALL,
    "seats": ALL,
}  # of a scenario that says nothing of talks


def available_talks() -> list[tuple[str, str, str]]:
    """(name, title, question) of all talks that ship, by name."""
    return [(talks.name, talks.title, talks.question) for talks in map(load_talks, talks_files())]


def load_talks(name_or_path: str | Path, *, facts: Any = None) -> Talks:
    """The shipped talks of that name, such as "un-gge-2017", or those at that path: a directory
    with a scenario.toml, or a .toml file. Of a scenario, by its name or path, the talks over its
    text (`talks_of`). facts: those of a world of one's own, as `parley.load` takes them.
    InputError, in one sentence, where there are none or their content is wrong.
    """
    path = as_path(name_or_path, "talks", "a name that `parley list` shows or the path of a file")
    name = str(name_or_path).removeprefix(TALKS)
    files = talks_files()
    if name not in files and name in {name for name, *_ in available()}:
        return talks_of(load(name, facts=facts))
    file = files.get(name) or _file_at(path, name)
    label = label_of(file)
    whole = Section(toml_table(file, label), label)
    if is_scenario(whole.values):
        return talks_of(load(file, facts=facts))
    return read_talks(file, whole, read_facts(facts))


def is_talks(name_or_path: str) -> bool:
    """Whether *name_or_path* means talks over a text that is no code of conduct, which no scenario
    is.
    """
    file = talks_files().get(name_or_path.removeprefix(TALKS))
    if file is None:
        path = as_path(name_or_path, "talks")
        file = path / FILE if kind_at(path, name_or_path) == FOLDER else path
        if kind_at(file, name_or_path) != A_FILE or file.suffix != ".toml":
            return False
    table = toml_table(file, label_of(file))
    return KEY in table and not is_scenario(table)


def _file_at(path: Path, where: str) -> Path:
    """The file of talks at *path*; InputError that begins with *where* where there is none."""
    kind = kind_at(path, where)
    if kind == FOLDER:
        path, kind = path / FILE, kind_at(path / FILE, where)
    if kind != A_FILE:
        names = list(talks_files())
        expected = (
            f"one of {', '.join(names)}, a scenario, or the path of a .toml"
            f" file{nearest(path.name, names)}"
        )
        raise InputError(f"{where}: found no such talks, expected {expected}")
    return path


def talks_of(scenario: Scenario) -> Talks:
    """The talks over the text of *scenario*: its provisions at their ambition are what is tabled.
    Where it says nothing of talks, the convenor's text stands, and all states say whether they
    would accept it. InputError where its table [negotiation] is wrong.
    """
    own, code = scenario.talks, scenario.code
    section = own.section if own else Section(EVERYBODY, scenario.name, KEY)
    if "seats" not in section and "group" not in section:
        section = Section({**section.values, "seats": ALL}, section.file, KEY)
    count = len(code.provisions)
    in_force = levels_of(section, "in_force", count) if "in_force" in section else [0.0] * count
    subjects = [
        Subject(one.short_name, one.restraint, one.burden, one.position, level, one.ambition)
        for one, level in zip(code.provisions, in_force, strict=True)
    ]
    return checked_talks(
        section,
        name=scenario.name,
        title=scenario.title,
        question=scenario.question,
        notes=scenario.notes,
        subjects=tuple(subjects),
        convenor=code.convenor if section.values.get("rule") == OPEN_CALL else None,
        values=own.values if own else DEFAULTS,
        of=scenario.facts,
    )
