"""The structure of the code: which modules import which, and what no file may contain."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache

import pytest

import sim
from docs.imports import COMMAND_LINE, ROOT, circles, imported_names, name_of, rooms
from docs.imports import imports as imports_of_all

FOLDERS = ("sim", "scenarios", "dashboard", "tests", "benchmarks", "docs", "pins", ".ci")
NOT_OURS = {".git", "__pycache__", ".ipynb_checkpoints"}  # in a second work tree .git is a file
FILES = sorted(
    path
    for path in [*ROOT.iterdir(), *(p for folder in FOLDERS for p in (ROOT / folder).rglob("*"))]
    if path.is_file() and NOT_OURS.isdisjoint(path.parts)
)
# Each of these may import those before it, and none after it. Rooms that are not among them follow
# from their imports.
FROM_THE_GROUND_UP = (
    "sim.errors",
    "sim.findings",
    "sim.kinds_and_statuses",
    "sim.theory",
    "sim.dials",
    "sim.motives",
    "sim.facts",
    "sim.scenario",
    "sim.population",
    "sim.engine",
    "sim.negotiation",
    "sim.experiments",
    "sim.explanation",
    "sim.words",
    "sim.results",
    "sim.evidence",
    "sim.commands",
    "sim",
    "dashboard",
    "dashboard.cli",
    "dashboard.__main__",
)
PARTICIPLES = {
    "added",
    "asked",
    "begun",
    "built",
    "called",
    "changed",
    "chosen",
    "compared",
    "concerned",
    "counted",
    "described",
    "done",
    "drawn",
    "ended",
    "found",
    "given",
    "heard",
    "heeded",
    "held",
    "hidden",
    "kept",
    "known",
    "lost",
    "made",
    "meant",
    "moved",
    "opened",
    "played",
    "pledged",
    "put",
    "raised",
    "reached",
    "said",
    "seen",
    "shown",
    "struck",
    "taken",
    "tempted",
    "tied",
    "told",
    "wanted",
    "worth",
    "written",
}
STILL_NAMED_SO = {"sim.facts.facts.said"}  # a column of positions.csv, and a key of JSON

MODULES = {name_of(path): path for path in FILES if path.suffix == ".py"}


def within(name: str, *packages: str) -> bool:
    """Whether *name* is one of *packages* or lies in one."""
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def modules_of(*packages: str) -> list[str]:
    """Every module of *packages* but the command line, which stands above all others."""
    return [
        module for module in MODULES if within(module, *packages) and module not in COMMAND_LINE
    ]


@cache
def syntax(module: str) -> tuple[ast.AST, ...]:
    """Every node of the syntax tree of *module*."""
    return tuple(ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))))


@cache
def imports(module: str) -> list[str]:
    """Full name of everything that *module* imports, inside functions and for the type checker
    too.
    """
    return list(imported_names(MODULES[module].read_text(encoding="utf-8"), type_checking=True))


def uses_of_sim(module: str) -> Iterator[str]:
    """sim.run for every `sim.run` that *module* writes."""
    for node in syntax(module):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "sim"
        ):
            yield f"sim.{node.attr}"


def trespasses(modules: Iterable[str], *forbidden: str) -> list[str]:
    """Every import of something *forbidden* by one of *modules*."""
    return [
        f"{module}: {name}"
        for module in modules
        for name in imports(module)
        if within(name, *forbidden)
    ]


def test_no_import_is_relative():
    relative = [
        (module, node.lineno)
        for module in MODULES
        for node in syntax(module)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == [], "who is meant should stand there"


def test_no_module_imports_itself_by_way_of_others():
    assert circles(imports_of_all()) == []


def test_rooms_stand_in_no_circle():
    assert circles(rooms()) == []


def test_rooms_import_downwards():
    place = {room: number for number, room in enumerate(FROM_THE_GROUND_UP)}
    assert set(place) <= set(rooms())
    upward = [
        (room, name)
        for room in place
        for name in rooms()[room]
        if place.get(name, -1) > place[room]
    ]
    assert upward == []


def test_theory_knows_only_theory():
    modules_of_theory = ("sim.theory", "sim.compiled", "numpy", *sys.stdlib_module_names)
    pairs = [(module, name) for module in modules_of("sim.theory") for name in imports(module)]
    assert [row for row in pairs if not within(row[1], *modules_of_theory)] == []


def test_sim_knows_no_presentation():
    assert trespasses(modules_of("sim"), "dashboard", "dash", "plotly", "flask") == []


def test_the_command_line_opens_the_dashboard_and_draws_nothing_itself():
    assert trespasses(["dashboard.cli"], "dashboard.app")
    assert trespasses(COMMAND_LINE, "dash", "plotly", "flask") == []


def test_nothing_imports_the_command_line():
    assert trespasses(modules_of("sim", "dashboard", "benchmarks"), *COMMAND_LINE) == []


def test_only_the_command_line_imports_its_commands():
    others = [
        module
        for module in modules_of("sim", "dashboard", "benchmarks")
        if not within(module, "sim.commands")
    ]
    assert trespasses(others, "sim.commands") == []


def test_the_dashboard_uses_public_names_only():
    public = {"sim", *(f"sim.{name}" for name in sim.__all__)}
    pairs = [
        (module, name)
        for module in modules_of("dashboard")
        for name in {*imports(module), *uses_of_sim(module)}
    ]
    assert [row for row in pairs if within(row[1], "sim") and row[1] not in public] == []


def test_no_page_knows_another_page():
    pages = [module for module in modules_of("dashboard.pages") if module.count(".") > 1]
    pairs = [(module, name) for module in pages for name in imports(module) if within(name, *pages)]
    assert [row for row in pairs if row[0].split(".")[2] != row[1].split(".")[2]] == []


def test_scenarios_hold_data_only():
    assert modules_of("scenarios") == []


def test_files_are_named_for_what_they_hold():
    says_nothing = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
    assert [module for module in MODULES if says_nothing & set(module.split("."))] == []


def identifiers(module: str) -> Iterator[str]:
    """Every name that *module* gives: to functions, classes, arguments, variables and
    attributes.
    """
    for node in syntax(module):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


def test_a_name_is_no_participle():
    definitions = {
        f"{module}.{node.name}"
        for module in imports_of_all()
        for node in ast.iter_child_nodes(syntax(module)[0])
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }
    in_sim = {f"{module}.{name}" for module in modules_of("sim") for name in identifiers(module)}
    names = definitions | in_sim | {*imports_of_all()}
    assert {
        name for name in names if name.rpartition(".")[2].strip("_") in PARTICIPLES
    } == STILL_NAMED_SO


@pytest.mark.parametrize(
    "halves", ["/wo rk/", "/ro ot/", "pypi .org", "python hosted.org", "npm js.org"]
)
def test_no_file_names_one_machine_or_one_registry(halves):
    word = halves.replace(" ", "").encode()
    assert [path.relative_to(ROOT).as_posix() for path in FILES if word in path.read_bytes()] == []


def unmarked(styles: str) -> list[str]:
    """Every rule of *styles* in which something without a class or a name of its own follows a
    :has().
    """
    found = []
    for rule in re.findall(r"[^{}]+(?=\{)", re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)):
        plain, before = rule, ""
        while plain != before:
            before, plain = plain, re.sub(r"(?<!:is)\([^()]*\)", "", plain)
        ways = re.split(r",(?![^()]*\))", plain)
        ends = [re.split(r"[\s>+~]+(?![^()]*\))", way.strip())[-1] for way in ways]
        found += [
            rule
            for way, end in zip(ways, ends, strict=True)
            if ":has" in way.strip().removesuffix(end) and not re.search(r"[.#]", end)
        ]
    return found


def test_what_follows_has_in_a_style_sheet_has_a_class_or_a_name():
    """Else a browser styles the whole page anew for each word that is drawn, and a page of figures
    takes a minute.
    """
    assert unmarked(".a:has(.b[hidden]) > :first-child { } .a { }") == [
        ".a:has(.b[hidden]) > :first-child "
    ]
    assert unmarked(".a:has(td.b) thead th:nth-child(2) { }")
    sheets = {
        path.name: unmarked(path.read_text(encoding="utf-8"))
        for path in FILES
        if path.suffix == ".css"
    }
    assert len(sheets) > 5
    assert {name: rules for name, rules in sheets.items() if rules} == {}


def test_no_two_scripts_of_the_pages_give_one_name_to_two_things():
    scripts = [
        path
        for path in FILES
        if path.suffix == ".js" and path.parent == ROOT / "dashboard" / "assets"
    ]
    texts = [path.read_text("utf-8") for path in scripts]
    given = [
        name
        for text in texts
        for name in set(re.findall(r"^ *parley\.(\w+) = \{", text, re.MULTILINE))
    ]
    assert len(given) > 10
    assert sorted(name for name in set(given) if given.count(name) > 1) == []
