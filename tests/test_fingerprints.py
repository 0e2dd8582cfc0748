"""A fingerprint of code changes where a result may change, and never with a word."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sources import ROOT, edit, run

# A package in which a function leads to another one, to a constant, to a column and to arrays.
PACKAGE = {
    "__init__": "",
    "decorators": """
def compiled(function): return function
def compiled_unchecked(function): return function
""",
    "formula": '''
"""A formula."""
import numpy as np
from package.decorators import compiled, compiled_unchecked

STEEPNESS = 2.0
TABLE = np.array([1.0, 2.0])

@compiled
def formula(x):
    """Twice x, and something."""
    return STEEPNESS * x * TABLE[0] + something(x)

@compiled
def something(x):
    return x

@compiled
def other(x):
    return x
''',
    "layout": '''
"""Columns and arrays."""
from collections import namedtuple
from typing import NamedTuple

AT = namedtuple("AT", ["base", "slope"])(0, 1)
Wide = namedtuple("Wide", ["level", "trend"])
Unread = namedtuple("Unread", ["some", "more"])

class Narrow(NamedTuple):
    """One array."""
    reach: object
    limit: object
''',
    "caller": '''
"""Who calls it."""
from package import formula
from package.decorators import compiled
from package.layout import AT

@compiled
def caller(wide, narrow, dials):
    """The formula, of a dial."""
    return formula.formula(dials[AT.base]) * wide.level[0] * narrow.reach[0]
''',
    "apart": "VALUE = 1",
}


class Package:
    """The package above in a folder, where one file after the other may be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "package"
        self.folder.mkdir()
        for name, text in PACKAGE.items():
            (self.folder / f"{name}.py").write_text(text, encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        edit(self.folder / f"{file}.py", old, new)

    def fingerprints(self) -> list[str]:
        """Of the function `caller`, and of its module."""
        program = (
            "from package.caller import caller; from sim.fingerprints import of_function, of_module; "
            "print(of_function(caller), of_module('package.caller'))"
        )
        return run(program, {"PYTHONPATH": f"{self.folder.parent}{os.pathsep}{ROOT}"}).split()


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return Package(tmp_path)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The fingerprints of the package as it is."""
    return Package(tmp_path_factory.mktemp("unchanged")).fingerprints()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("formula", "Twice x, and something.", "x, doubled."),
        ("formula", '    """Twice x, and something."""\n', ""),
        ("formula", "@compiled\ndef formula", "# why\n\n\n@compiled\ndef formula"),
        ("formula", "STEEPNESS * x * TABLE[0]", "(STEEPNESS * x  *  TABLE[0])"),
        ("layout", '    """One array."""', '    """Two arrays."""'),
        ("caller", '"""Who calls it."""', ""),
        ("apart", "VALUE = 1", "VALUE = 2"),
    ],
)
def test_words_and_what_stands_apart_change_no_fingerprint(
    package: Package, before: list[str], file: str, old: str, new: str
) -> None:
    package.change(file, old, new)
    assert package.fingerprints() == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("formula", "STEEPNESS * x", "x * STEEPNESS"),
        ("formula", "    return x\n", "    return x + 1\n"),  # below the function that calls it
        ("formula", "@compiled\ndef something", "@compiled_unchecked\ndef something"),
        ("formula", "STEEPNESS = 2.0", "STEEPNESS = 3.0"),
        ("formula", "np.array([1.0, 2.0])", "np.array([1.0, 3.0])"),
        ("layout", '["base", "slope"]', '["slope", "base"]'),
        ("layout", '["level", "trend"]', '["trend", "level"]'),
        ("layout", "    reach: object\n    limit: object", "    limit: object\n    reach: object"),
        ("layout", 'namedtuple("Wide"', 'namedtuple("Wider"'),
        ("caller", "formula.formula(", "formula.other("),
    ],
)
def test_whatever_machine_code_depends_on_changes_the_fingerprint(
    package: Package, before: list[str], file: str, old: str, new: str
) -> None:
    package.change(file, old, new)
    after = package.fingerprints()
    assert after[0] != before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("formula", "def other(x):\n    return x", "def other(x):\n    return 2 * x"),
        ("layout", '["base", "slope"])(0, 1)', '["base", "slope", "end"])(0, 1, 2)'),
        ("layout", '["some", "more"]', '["more", "some"]'),
    ],
)
def test_what_a_function_does_not_reach_changes_its_module_alone(
    package: Package, before: list[str], file: str, old: str, new: str
) -> None:
    package.change(file, old, new)
    after = package.fingerprints()
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_a_constant_that_cannot_be_compared_is_refused(package: Package) -> None:
    package.change("formula", "STEEPNESS = 2.0", "STEEPNESS = {}")
    with pytest.raises(AssertionError, match=r"a compiled function reads \{\}"):
        package.fingerprints()
