"""Whatever a file, a document or a help text names is there: files, modules and names in them, commands, options."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import typer

import sim
from docs.imports import ROOT, modules
from sim.cli import app
from sim.scenario.files import classics, other_instruments

FOLDERS = ("sim", "dashboard", "scenarios", "docs", "benchmarks")
FILES = sorted(
    path for path in [*ROOT.glob("*.md"), ROOT / "Makefile", *(p for f in FOLDERS for p in (ROOT / f).rglob("*"))]
    if path.is_file() and (path.suffix in (".py", ".js", ".md", ".toml") or path.name == "Makefile")
)
DOCUMENTS = [path for path in FILES if path.suffix == ".md"]
COMMANDS = typer.main.get_command(app).commands
OPTIONS = {
    name: {"--help", "-h", *(option for parameter in command.params for option in parameter.opts)}
    for name, command in COMMANDS.items()
}
OF_A_SCENARIO = {"run", "compare", "explain", "pivots", "outreach"}
OF_OTHERS = {"--threads", "--no-control-socket"}  # of gunicorn, in the README
PLACES = (ROOT, ROOT / "docs", ROOT / "scenarios" / "data")  # from which a document is called by its name
IN_EVERY_SCENARIO = {"notes.md"}
A_FILE = re.compile(
    r"(?<![\w/.<>-])((?:docs|sim|dashboard|scenarios|tests|benchmarks|\.ci)/[\w./-]*\w|[A-Za-z_-]+\.md)\b(?![*<])"
)
A_NAME = re.compile(r"(?<![\w./-])((?:sim|dashboard)(?:\.[A-Za-z_]\w*)+)")
A_COMMAND = re.compile(r"(?:`|^    (?:\S*bin\S)?)parley ([a-z]+)([^`\n]*)", re.MULTILINE)
AN_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def help_of(name: str) -> str:
    """The help text of a command and of each of its options."""
    command = COMMANDS[name]
    return "\n".join([command.help or "", *(getattr(parameter, "help", None) or "" for parameter in command.params)])


def is_a_name(name: str) -> bool:
    """Whether `sim.theory.motives.patron` is a module of ours, or a name in one."""
    parts = name.split(".")
    length = next(n for n in range(len(parts), 0, -1) if n == 1 or ".".join(parts[:n]) in modules())
    found = import_module(".".join(parts[:length]))
    for part in parts[length:]:
        if is_dataclass(found) and part in found.__dataclass_fields__:
            return True
        if not hasattr(found, part):
            return False
        found = getattr(found, part)
    return True


def missing_files(words: str, beside: Path) -> list[str]:
    """The files that *words* name and that are not there, seen from the root, the documents, the data or *beside*."""
    named = {name for name in A_FILE.findall(words) if "NAME" not in name} - IN_EVERY_SCENARIO
    return sorted(name for name in named if not any((place / name).exists() for place in (*PLACES, beside)))


def wrong_commands(words: str) -> Iterator[str]:
    """Every command in *words* that does not exist, and every option that its command does not have."""
    for command, rest in A_COMMAND.findall(words):
        if command not in OPTIONS:
            yield command
        else:
            yield from (f"{command} {option}" for option in AN_OPTION.findall(rest) if option not in OPTIONS[command])


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_a_file_names_files_that_exist(path):
    assert missing_files(text(path), path.parent) == []


@pytest.mark.parametrize("path", [path for path in FILES if A_NAME.search(text(path))], ids=ids)
def test_a_file_names_modules_and_functions_that_exist(path):
    names = {name for name in A_NAME.findall(text(path)) if not name.endswith((".py", ".toml"))}
    assert sorted(name for name in names if not is_a_name(name)) == []


@pytest.mark.parametrize("path", [path for path in FILES if A_COMMAND.search(text(path))], ids=ids)
def test_a_file_names_commands_and_options_that_exist(path):
    assert list(wrong_commands(text(path))) == []


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if AN_OPTION.search(text(path))], ids=ids)
def test_a_document_names_options_that_some_command_has(path):
    code = "\n".join(re.findall(r"`[^`\n]+`|^    .*", text(path), re.MULTILINE))
    assert set(AN_OPTION.findall(code)) - set().union(*OPTIONS.values()) - OF_OTHERS == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_help_text_names_what_exists(name):
    words = help_of(name)
    assert missing_files(words, ROOT / "docs") == []
    assert set(AN_OPTION.findall(words)) - set().union(*OPTIONS.values()) == set()
    assert [each for each in A_NAME.findall(words) if not is_a_name(each)] == []
    assert list(wrong_commands(words)) == []


@pytest.mark.parametrize("path", [path for path in FILES if "odd.md" in text(path)], ids=ids)
def test_a_section_of_the_protocol_that_is_cited_is_there(path):
    there = set(re.findall(r"^##+ ([\d.]*\d)", text(ROOT / "docs" / "odd.md"), re.MULTILINE))
    cited = re.findall(r"odd\.md\)?,\s+sections? ([\d.]*\d)(?: to ([\d.]*\d))?", text(path))
    assert {number for pair in cited for number in pair if number} - there == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=ids)
def test_a_document_runs_scenarios_that_exist(path):
    known = {*(name for name, *_ in sim.available()), *classics(), *other_instruments()}
    arguments = [rest.split() for command, rest in A_COMMAND.findall(text(path)) if command in OF_A_SCENARIO]
    first = {words[0].rstrip(",;") for words in arguments if words}
    assert {word for word in first if re.fullmatch(r"[a-z][a-z\d/-]*", word)} - known == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=ids)
def test_a_document_makes_what_can_be_made(path):
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^    )make ([a-z-]+)", text(path), re.MULTILINE)) - targets == set()


def test_an_extra_that_is_named_is_declared():
    declared = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]["optional-dependencies"]
    named = {extra for path in FILES for extra in re.findall(r"(?:parley|['\"]\.)\[([a-z]+)\]", text(path))}
    assert named - set(declared) == set()
