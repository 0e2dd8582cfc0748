"""Who may know whom, read from every file; and what no file may hold."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import sim

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("sim", "scenarios", "dashboard", "tests", "benchmarks", "docs", ".ci")
FILES = sorted(
    path for path in [*ROOT.iterdir(), *(p for folder in FOLDERS for p in (ROOT / folder).rglob("*"))]
    if path.is_file() and path.name != ".git" and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
)


def name_of(path: Path) -> str:
    """sim/theory/__init__.py is sim.theory."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in FILES if path.suffix == ".py"}


def within(name: str, *packages: str) -> bool:
    """Whether *name* is one of *packages* or lies in one."""
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def modules_of(*packages: str) -> list[str]:
    """Every module of *packages* but sim.cli, which stands above all others though it lies in sim."""
    return [module for module in MODULES if within(module, *packages) and module != "sim.cli"]


def syntax(module: str) -> Iterator[ast.AST]:
    """Every node of the syntax tree of *module*."""
    return ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))


def imports(module: str) -> Iterator[str]:
    """Full name of everything that *module* imports, inside functions too: `from sim import run` gives sim.run."""
    for node in syntax(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module} imports relatively, which hides who is meant"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def uses_of_sim(module: str) -> Iterator[str]:
    """sim.run for every `sim.run` that *module* writes."""
    for node in syntax(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sim":
            yield f"sim.{node.attr}"


def trespasses(modules: Iterable[str], *forbidden: str) -> list[str]:
    """Every import of something *forbidden* by one of *modules*."""
    return [f"{module}: {name}" for module in modules for name in imports(module) if within(name, *forbidden)]


def test_theory_knows_only_theory():
    allowed = ("sim.theory", "sim.compiled", "numpy", *sys.stdlib_module_names)
    named = [(module, name) for module in modules_of("sim.theory") for name in imports(module)]
    assert [row for row in named if not within(row[1], *allowed)] == []


def test_sim_knows_no_presentation():
    assert trespasses(modules_of("sim"), "dashboard", "dash", "plotly", "flask") == []


def test_the_command_line_opens_the_dashboard_and_draws_nothing_itself():
    assert trespasses(["sim.cli"], "dashboard")
    assert trespasses(["sim.cli"], "dash", "plotly", "flask") == []


def test_nothing_imports_the_command_line():
    assert trespasses(modules_of("sim", "dashboard", "benchmarks"), "sim.cli") == []


def test_only_the_command_line_imports_its_commands():
    others = [module for module in modules_of("sim", "dashboard", "benchmarks") if not within(module, "sim.commands")]
    assert trespasses(others, "sim.commands") == []


def test_the_dashboard_uses_public_names_only():
    public = {"sim", *(f"sim.{name}" for name in sim.__all__)}
    named = [(module, name) for module in modules_of("dashboard") for name in {*imports(module), *uses_of_sim(module)}]
    assert [row for row in named if within(row[1], "sim") and row[1] not in public] == []


def test_no_page_knows_another_page():
    pages = [module for module in modules_of("dashboard.pages") if module.count(".") > 1]
    known = [(module, name) for module in pages for name in imports(module) if within(name, *pages)]
    assert [row for row in known if row[0].split(".")[2] != row[1].split(".")[2]] == []


def test_scenarios_hold_data_only():
    assert modules_of("scenarios") == []


def test_files_are_named_for_what_they_hold():
    says_nothing = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
    assert [module for module in MODULES if says_nothing & set(module.split("."))] == []


def test_long_files_give_their_reason():
    decisions = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    long = [path for path in MODULES.values() if len(path.read_text(encoding="utf-8").splitlines()) > 400]
    assert [path for path in long if path.relative_to(ROOT).as_posix() not in decisions] == []


@pytest.mark.parametrize("halves", ["/wo rk/", "/ro ot/", "pypi .org", "python hosted.org", "npm js.org"])
def test_no_file_names_one_machine_or_one_registry(halves):
    word = halves.replace(" ", "").encode()
    assert [path.relative_to(ROOT).as_posix() for path in FILES if word in path.read_bytes()] == []


def test_pinned_versions_name_no_host():
    assert "://" not in (ROOT / "constraints.txt").read_text(encoding="utf-8")
