"""Where scenarios are found: the shipped ones by name, a user's own by path. A name of ours is never looked for in the working directory."""

from __future__ import annotations

from pathlib import Path

from sim import facts
from sim.errors import InputError, nearest
from sim.scenario.layer import Layer, toml_table
from sim.scenario.whole import Scenario, put_together
from sim.section import Section

DEFAULT = "paris-call-2018"


def available() -> list[tuple[str, str, str]]:
    """(name, title, question) of every shipped scenario, the default first, the others by name."""
    names = sorted(_shipped(), key=lambda name: (name != DEFAULT, name))
    listed = []
    for name in names:
        path = _shipped()[name]
        section = Section(toml_table(path, facts.label_of(path)), facts.label_of(path))
        listed.append((name, section.text("title"), section.text("question")))
    return listed


def load(name_or_path: str | Path) -> Scenario:
    """The shipped scenario of that name, or the one at that path: a directory with a scenario.toml, or a .toml file anywhere.

    InputError, in one sentence, where there is none or something in it is wrong.
    """
    path = _shipped().get(str(name_or_path)) or _file_at(Path(name_or_path), str(name_or_path))
    chain = _base_chain(path)
    layers = tuple(Layer(facts.label_of(file), file.parent, toml_table(file, facts.label_of(file))) for file in reversed(chain))
    notes = path.with_name("notes.md")
    return put_together(
        name=_name(path), layers=layers, base=tuple(_name(file) for file in chain[1:]), path=path,
        notes=notes.read_text(encoding="utf-8") if path.name == "scenario.toml" and notes.is_file() else "")


def _shipped() -> dict[str, Path]:
    return {path.parent.name: path for path in facts.SCENARIOS.glob("*/scenario.toml")}


def _name(path: Path) -> str:
    return path.absolute().parent.name if path.name == "scenario.toml" else path.stem


def _base_chain(path: Path) -> list[Path]:
    """*path* and the files it builds on, the nearest first; InputError where one of them comes round again."""
    chain = [path]
    while True:
        file = chain[-1]
        label = facts.label_of(file)
        section = Section(toml_table(file, label), label)
        if "base" not in section:
            return chain
        named = section.text("base")
        base = _shipped().get(named) or _file_at(file.parent / named, f"{label}: base is {named!r}")
        if base.resolve() in [other.resolve() for other in chain]:
            raise section.wrong("base", "a scenario that does not build on this one")
        chain.append(base)


def _file_at(path: Path, found: str) -> Path:
    file = path / "scenario.toml" if path.is_dir() else path
    if file.is_file():
        return file
    if path.is_dir():
        raise InputError(f"{found}: the directory holds no scenario.toml, expected one")
    known = sorted(_shipped())
    raise InputError(
        f"{found}: there is no such scenario, expected one of {', '.join(known)} or the path of a .toml file{nearest(path.name, known)}")
