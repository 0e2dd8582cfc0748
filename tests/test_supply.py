"""The supply: every package is pinned with its hashes, and every file that ships has a licence and
a source.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib.metadata import PackageNotFoundError, requires
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
OF_RUN = ("analysis", "dashboard")  # the extras of pins/run.txt
PINNED = ["core", "run", *(name for name in EXTRAS if name not in OF_RUN)]
WITHOUT_A_ROW = {
    ".py",
    ".js",
    ".css",
    ".html",
    ".md",
    ".typed",
}  # code, and what is written about it
OF_OTHERS = {"fluent-bundle.js"}  # code that others wrote
SUPPLY = (ROOT / "docs" / "supply.md").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, list[tuple[Requirement, list[str]]]]:
    """By package, the pinned versions of `pins/NAME.txt`, with the hashes of each; those of the
    file that it begins with too.
    """
    text = (ROOT / "pins" / f"{name}.txt").read_text(encoding="utf-8")
    found = next((pins(file) for file in ("core", "run") if f"-r {file}.txt" in text), {})
    lines = text.replace("\\\n", " ").splitlines()
    for line in lines:
        if line and not line.startswith(("#", "-r ")):
            requirement, *hashes = line.split("--hash=")
            pin = Requirement(requirement)
            found.setdefault(canonicalize_name(pin.name), []).append(
                (pin, [one.strip() for one in hashes])
            )
    return found


def version(pin: Requirement) -> Version:
    (specifier,) = pin.specifier
    assert specifier.operator == "=="
    return Version(specifier.version)


def requirements(name: str) -> list[Requirement]:
    """What the build, the program, and the extras of `pins/NAME.txt` ask for themselves."""
    project = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
    extras = () if name == "core" else (*OF_RUN, name)
    return [Requirement(line) for line in chain(project, *(EXTRAS.get(one, []) for one in extras))]


@pytest.mark.parametrize("name", PINNED)
def test_every_requirement_is_pinned_to_a_version_that_it_admits(name):
    pinned = pins(name)
    for requirement in requirements(name):
        versions = [version(pin) for pin, _ in pinned[canonicalize_name(requirement.name)]]
        assert versions
        assert all(requirement.specifier.contains(one) for one in versions), requirement


@pytest.mark.parametrize("name", PINNED)
def test_every_pinned_version_has_its_hashes(name):
    hashes = {str(pin): some for pins_of in pins(name).values() for pin, some in pins_of}
    assert [pin for pin, some in hashes.items() if not some] == []
    assert {
        one
        for some in hashes.values()
        for one in some
        if not re.fullmatch("sha256:[0-9a-f]{64}", one)
    } == set()


def test_pins_name_no_host():
    files = list((ROOT / "pins").iterdir())
    names = {f"{name}.txt" for name in PINNED} | {"package.json", "package-lock.json"}
    assert {file.name for file in files} == names
    assert [file.name for file in files if "://" in file.read_text(encoding="utf-8")] == []


def test_every_package_that_checks_scripts_has_an_exact_version_and_a_hash():
    asked = json.loads((ROOT / "pins/package.json").read_text(encoding="utf-8"))["devDependencies"]
    locked = json.loads((ROOT / "pins/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked.pop("")["devDependencies"] == asked
    assert {name: locked[f"node_modules/{name}"]["version"] for name in asked} == asked
    assert [
        name for name, one in locked.items() if not one["integrity"].startswith("sha512-")
    ] == []


@pytest.mark.parametrize(
    ("name", "some"), [("core", {"llvmlite"}), ("run", {"setuptools", "werkzeug", "llvmlite"})]
)
def test_whatever_a_requirement_brings_in_is_pinned(name, some):
    """What is installed here asks for other packages: setuptools by way of dash, for one."""
    pinned, seen = pins(name), set()

    def follow(asked: list[Requirement]) -> Iterator[str]:
        for requirement in asked:
            name = canonicalize_name(requirement.name)
            if name not in seen and (
                requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            ):
                seen.add(name)
                yield name
                try:
                    yield from follow([Requirement(line) for line in requires(name) or []])
                except PackageNotFoundError:  # a package of another Python or system
                    continue

    names = set(follow(requirements(name)))
    assert some <= names
    assert names - set(pinned) == set()


def installations(file: str) -> list[str]:
    """The arguments of every `pip install` in a file of the sources."""
    return re.findall(r"pip install (.*)", (ROOT / file).read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", ["docs/deploy.md", "docs/deploy/Containerfile"])
def test_a_server_is_installed_from_the_pins_alone(file):
    commands = [
        line.replace("--no-cache-dir ", "") for line in installations(file) if line.startswith("-")
    ]
    assert commands == ["--require-hashes -r pins/run.txt", "--no-deps --no-build-isolation ."]
    assert installations("docs/deploy/parley.service") == []


def test_the_image_has_every_file_that_the_wheel_is_built_from():
    text = (ROOT / "docs/deploy/Containerfile").read_text(encoding="utf-8")
    copied = {
        name
        for names in re.findall(r"^COPY (?!--)(.*) \S+$", text, re.MULTILINE)
        for name in names.split()
    }
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    project = PROJECT["project"]
    needed = [
        *wheel["packages"],
        *wheel["force-include"],
        *project["license-files"],
        project["readme"],
    ]
    assert "." not in copied
    assert [
        name for name in needed if not any(Path(name).is_relative_to(one) for one in copied)
    ] == []


def test_the_build_requirement_has_a_bound_on_both_sides():
    for requirement in map(Requirement, PROJECT["build-system"]["requires"]):
        assert {one.operator for one in requirement.specifier} == {">=", "<"}


def rows() -> list[tuple[list[str], str]]:
    """The patterns and the licence of each row of the table of what ships."""
    table = SUPPLY.partition("## What ships beside code")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \| (.*?) \| .* \|$", table, re.MULTILINE)
    return [(re.findall("`(.*?)`", files), licence) for files, licence in cells]


def shipped() -> list[str]:
    """Every file of the wheel that is neither code nor written about it, by its path in the
    sources.
    """
    files = [
        path.relative_to(ROOT)
        for package in ("sim", "scenarios", "dashboard")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    documents = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    ours = [path for path in files if path.suffix in WITHOUT_A_ROW and path.name not in OF_OTHERS]
    return sorted({*documents, *(path.as_posix() for path in {*files} - {*ours})})


def test_every_file_that_ships_has_a_licence_and_a_source():
    of_file = {
        file: [
            licence
            for patterns, licence in rows()
            if any(fnmatchcase(file, one) for one in patterns)
        ]
        for file in shipped()
    }
    assert "dashboard/assets/inter.woff2" in of_file
    assert {file: licences for file, licences in of_file.items() if len(licences) != 1} == {}


def test_every_row_is_about_a_file():
    patterns = [one for patterns, _ in rows() for one in patterns]
    assert [one for one in patterns if not any(fnmatchcase(file, one) for file in shipped())] == []


def test_the_licence_expression_names_what_the_wheel_holds():
    licences = {part for _, licence in rows() for part in re.split(", | AND ", licence)} - {"facts"}
    assert set(PROJECT["project"]["license"].split(" AND ")) == licences | {"MIT"}


def test_the_licences_travel_with_what_they_cover():
    assert [
        file for file in PROJECT["project"]["license-files"] if not (ROOT / file).is_file()
    ] == []
    assert "SIL OPEN FONT LICENSE" in (ROOT / "dashboard/assets/inter-licence.txt").read_text(
        encoding="utf-8"
    )
    assert "Apache License" in (ROOT / "dashboard/classroom/static/fluent-licence.txt").read_text(
        encoding="utf-8"
    )
    assert "Bostock" in (ROOT / "dashboard/assets/topojson/world-atlas-licence.txt").read_text(
        encoding="utf-8"
    )
