"""Whatever a file, document or help text names exists: files, modules and names in them, commands,
options.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import typer

import sim
from dashboard.cli import app
from docs.imports import ROOT, modules
from sim import facts
from sim.scenario.event import stakeholder_named
from sim.scenario.files import classics, other_instruments

FOLDERS = ("sim", "dashboard", "scenarios", "docs", "benchmarks")
FILES = sorted(
    path
    for path in [
        *ROOT.glob("*.md"),
        ROOT / "Makefile",
        *(p for f in FOLDERS for p in (ROOT / f).rglob("*")),
    ]
    if path.is_file() and (path.suffix in (".py", ".js", ".md", ".toml") or path.name == "Makefile")
)
DOCUMENTS = [path for path in FILES if path.suffix == ".md"]
PARLEY = typer.main.get_command(app)
COMMANDS = PARLEY.commands


def options_of(command) -> set[str]:
    """The options that may follow the command's name."""
    return {"--help", "-h", *(option for parameter in command.params for option in parameter.opts)}


OPTIONS = {name: options_of(command) for name, command in COMMANDS.items()}
OF_A_SCENARIO = {"run", "compare", "explain", "pivots", "outreach", "frontier", "stability"}
OF_OTHERS = {
    "--bind",
    "--threads",
    "--no-control-socket",
    "--at",
    "--attack",  # of gunicorn and of benchmarks
    "--require-hashes",
    "--no-deps",
    "--no-build-isolation",
    "--upgrade",  # of pip and uv
    "--system",
    "--create-home",
    "--home-dir",
    "--shell",
    "--now",  # of useradd and systemctl
    "--webroot",
    "--webroot-path",
    "--domain",
    "--deploy-hook",  # of certbot
}
PLACES = (
    ROOT,
    ROOT / "docs",
    ROOT / "scenarios" / "data",
)  # from which a document is called by its name
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


def help_of(name: str) -> str:
    """The help text of a command and of each of its options."""
    command = COMMANDS[name]
    return "\n".join(
        [
            command.help or "",
            *(getattr(parameter, "help", None) or "" for parameter in command.params),
        ]
    )


def is_a_name(name: str) -> bool:
    """Whether `sim.theory.motives.patron` is a module of ours, or a name in one."""
    parts = name.split(".")
    length = next(n for n in range(len(parts), 0, -1) if n == 1 or ".".join(parts[:n]) in modules())
    value = import_module(".".join(parts[:length]))
    for part in parts[length:]:
        if is_dataclass(value) and part in value.__dataclass_fields__:
            return True
        if not hasattr(value, part):
            return False
        value = getattr(value, part)
    return True


def missing_files(words: str, beside: Path) -> list[str]:
    """The files that *words* name and that are not there, seen from the root, the documents, the
    data or *beside*.
    """
    names = {name for name in A_FILE.findall(words) if "NAME" not in name} - IN_EVERY_SCENARIO
    return sorted(
        name for name in names if not any((place / name).exists() for place in (*PLACES, beside))
    )


def wrong_commands(words: str) -> Iterator[str]:
    """Every command in *words* that does not exist, and every option that its command does not
    have.
    """
    for command, rest in A_COMMAND.findall(words):
        if command not in OPTIONS:
            yield command
        else:
            yield from (
                f"{command} {option}"
                for option in AN_OPTION.findall(rest)
                if option not in OPTIONS[command]
            )


def wrong_names(words: str) -> list[str]:
    """The modules of ours, and names in them, that *words* have and that are not there."""
    names = {name for name in A_NAME.findall(words) if not name.endswith((".py", ".toml"))}
    return sorted(name for name in names if not is_a_name(name))


def wrong_options(document: str) -> set[str]:
    """The options that a document has in code, and that no command has."""
    code = "\n".join(re.findall(r"`[^`\n]+`|^    .*", document, re.MULTILINE))
    return set(AN_OPTION.findall(code)) - options_of(PARLEY).union(*OPTIONS.values()) - OF_OTHERS


def missing_sections(words: str) -> set[str]:
    """The sections of the protocol that *words* cite, and that it does not have."""
    there = set(re.findall(r"^##+ ([\d.]*\d)", text(ROOT / "docs" / "odd.md"), re.MULTILINE))
    pairs = re.findall(r"odd\.md\)?,\s+sections? ([\d.]*\d)(?: to ([\d.]*\d))?", words)
    return {number for pair in pairs for number in pair if number} - there


def unknown_scenarios(document: str) -> set[str]:
    """The scenarios that a document has some command simulate, and that do not ship."""
    talks = (name for name, *_ in sim.available_talks())
    scenarios = {*(name for name, *_ in sim.available()), *talks, *classics(), *other_instruments()}
    commands = [
        (command, rest.split())
        for command, rest in A_COMMAND.findall(document)
        if command in OF_A_SCENARIO
    ]
    places = [
        word.rstrip(",;")
        for command, words in commands
        for word in words[: 2 if command == "compare" else 1]
    ]
    return {word for word in places if re.fullmatch(r"[a-z][a-z\d/-]*", word)} - scenarios


def unknown_targets(document: str) -> set[str]:
    """The targets that a document names, and the Makefile does not have."""
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    return set(re.findall(r"(?:`|^    )make ([a-z-]+)", document, re.MULTILINE)) - targets


def faults(paths: Iterable[Path], check: Callable[[str], Iterable[str]]) -> dict[str, list[str]]:
    """File -> what is wrong in it, of those where something is."""
    names_of_files = {
        path.relative_to(ROOT).as_posix(): sorted(check(text(path))) for path in paths
    }
    return {path: names for path, names in names_of_files.items() if names}


def test_files_name_files_that_exist():
    missing = {
        path.relative_to(ROOT).as_posix(): missing_files(text(path), path.parent) for path in FILES
    }
    assert {path: names for path, names in missing.items() if names} == {}


@pytest.mark.parametrize(
    "check", [wrong_names, wrong_commands, missing_sections], ids=lambda check: check.__name__
)
def test_files_name_what_exists(check):
    assert faults(FILES, check) == {}


@pytest.mark.parametrize(
    "check", [wrong_options, unknown_scenarios, unknown_targets], ids=lambda check: check.__name__
)
def test_documents_name_what_exists(check):
    assert faults(DOCUMENTS, check) == {}


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (wrong_names, "see sim.theory.luck"), (wrong_commands, "`parley compare A --worlds 3`"),
        (missing_sections, "docs/odd.md, section 9.9"), (wrong_options, "`--wordls`"),
        (unknown_scenarios, "`parley run third-wya`"), (unknown_targets, "`make coffee`"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)  # fmt: skip
def test_a_check_finds_what_is_wrong(check, words):
    assert len(list(check(words))) == 1


def test_a_document_that_is_not_there_is_missing():
    assert missing_files("(model.md, section 2; docs/odd.md; notes.md)", ROOT) == ["model.md"]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_help_text_names_what_exists(name):
    words = help_of(name)
    assert missing_files(words, ROOT / "docs") == []
    assert set(AN_OPTION.findall(words)) - set().union(*OPTIONS.values()) == set()
    assert wrong_names(words) == []
    assert list(wrong_commands(words)) == []


def test_an_extra_that_is_named_is_declared():
    extras = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]["optional-dependencies"]
    names = {
        extra
        for path in FILES
        for extra in re.findall(r"(?:parley|['\"]\.)\[([a-z]+)\]", text(path))
    }
    assert names - set(extras) == set()


# The page on the article.

ARTICLE = text(ROOT / "docs" / "article.md")
ROWS_OF_ARTICLE = [line for line in ARTICLE.splitlines() if line.startswith("| ")][1:]
COMMANDS_OF_ARTICLE = re.findall(r"`parley (\w+) ([^`]+)`", ARTICLE)
PROVISIONS = re.findall(r"provision (\d+), \*([^*]+)\*", ARTICLE)


@pytest.mark.parametrize(
    "row", ROWS_OF_ARTICLE, ids=[row.split("|")[1].strip() for row in ROWS_OF_ARTICLE]
)
def test_every_element_of_the_article_names_where_it_is(row):
    assert re.search(r"`parley|\]\(|provision \d", row)


@pytest.mark.parametrize(
    "who", [rest.split()[1] for command, rest in COMMANDS_OF_ARTICLE if command == "explain"]
)
def test_whoever_the_article_names_is_a_stakeholder(who):
    assert stakeholder_named(who, "article") == who


@pytest.mark.parametrize(("number", "name"), PROVISIONS)
def test_every_provision_of_the_article_has_that_number(number, name):
    assert {p.principle: p.short_name for p in facts.provisions()}[int(number)] == name


def test_the_article_names_outcomes_that_are_measured():
    assert set(re.findall(r"outcome `(\w+)`", ARTICLE)) <= set(sim.OUTCOMES)
