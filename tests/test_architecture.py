"""docs/architecture.md follows the code: its drawing and table are fresh, and each list has all
files it is about.
"""

from __future__ import annotations

import io
import re
import tokenize
import xml.etree.ElementTree as ElementTree
from functools import cache
from pathlib import Path

import pytest

import sim
from docs import architecture, drawing
from docs.imports import (
    ROOT,
    circles,
    imports,
    module_of,
    modules,
    reachable,
    room_of,
    rooms,
)
from sim.errors import InputError

PAGE = architecture.PAGE.read_text(encoding="utf-8")
FOLDERS = ("sim", "dashboard", "scenarios")  # whose files the lists have
USES = "scenarios/sweeps/"  # of dials and outcomes, as tests are
GENERATED = {"scenarios/data/evidence.json"}  # by make evidence, from all that there is
LINK = re.compile(r"\[[^]]+\]\((\S+?)\)(?: `([^`]+)`)?")
SECTIONS = dict(re.findall(r"^### (.+)\n((?:(?!^##).*\n)+)", PAGE, re.MULTILINE))
WAY = re.search(r"^## One number's way.*\n((?:(?!^##).*\n)+)", PAGE, re.MULTILINE)[1]


@cache
def names_in(path: Path) -> frozenset[str]:
    """All names in a file's code or data, without comments and docstrings."""
    if path.suffix not in (".py", ".toml", ".csv", ".js", ".md"):
        return frozenset()
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return frozenset(re.findall(r"[\w-]+", text)) | frozenset(re.findall(r"[\w/-]+", text))
    tokens = [
        (token.type, token.string) for token in tokenize.generate_tokens(io.StringIO(text).readline)
    ]
    strings = {
        string.lstrip("rbfRBF").strip("\"'") for kind, string in tokens if kind == tokenize.STRING
    }
    return frozenset(strings | {string for kind, string in tokens if kind == tokenize.NAME})


def is_of(example: str, name: str) -> bool:
    """Whether a name is that of the example: a weight of each kind of stakeholder, a stream of
    draws, a folder.
    """
    alike = name.lower().replace("-", "_")
    return (
        re.fullmatch(rf"((state|firm|ngo)_|instruments/)?{example.replace('-', '_')}s?", alike)
        is not None
    )


def files_of_the_house() -> list[Path]:
    files = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    files = (path for path in files if not relative(path).startswith(USES))
    return [path for path in files if path.is_file() and "__pycache__" not in path.parts]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def files_about(example: str) -> set[str]:
    """Every file of the house that names the example in code or data, or is named after it."""
    by_content = {
        path
        for path in files_of_the_house()
        if any(is_of(example, name) for name in names_in(path))
    }
    by_name = {
        path
        for path in files_of_the_house()
        if any(is_of(example, Path(part).stem) for part in path.parts)
    }
    return {
        relative(path) for path in {path for path in by_content if path.suffix != ".md"} | by_name
    } - GENERATED


def page_of(name: str) -> set[str]:
    """A page's module or folder, its script, and what imports it."""
    own = {
        relative(path)
        for path in (ROOT / "dashboard").rglob("*")
        if path.is_file() and path.stem == name
    }
    room = f"dashboard.pages.{name}"
    return own | {relative(modules()[m]) for m, names in imports().items() if room in names}


def link_targets(text: str) -> set[str]:
    """The files of the house to which *text* links, those of a folder one by one."""
    targets = {
        (ROOT / "docs" / target).resolve()
        for target, _ in LINK.findall(text)
        if "://" not in target
    }
    files = {
        file
        for path in targets
        for file in (path.rglob("*") if path.is_dir() else [path])
        if file.is_file()
    }
    return {relative(file) for file in files if file.relative_to(ROOT).parts[0] in FOLDERS}


def files_in_list(section: str) -> set[str]:
    """The files of the house in a section's numbered list, and in its sentence on where else the
    example is named.
    """
    text = SECTIONS[section].split("Then: ")[0]
    return link_targets("\n".join(re.findall(r"^(?:\d+\. |Elsewhere: ).*$", text, re.MULTILINE)))


def example(section: str) -> str:
    return re.match(r"\nAs `([^`]+)`", SECTIONS[section])[1]


def test_the_drawing_is_fresh():
    assert architecture.DRAWING.read_text(encoding="utf-8") == drawing.drawing(), "run make docs"


def test_the_table_of_rooms_is_fresh():
    assert architecture.page(PAGE) == PAGE, "run make docs"


def test_every_room_is_drawn_once_with_all_its_files():
    svg = ElementTree.fromstring(drawing.drawing())
    texts = [element.text for element in svg.iter() if element.tag.endswith("text")]
    assert all(texts.count(drawing.title(room)) == 1 for room in rooms())
    words = {
        word.rpartition("/")[2] or word.split("/")[-2] for text in texts for word in text.split()
    }
    assert {name.rpartition(".")[2] for name in modules() if name not in rooms()} <= words


def test_every_arrow_leads_down():
    floors = drawing.floors()
    assert all(
        floors[a] > floors[b]
        for a, names in drawing.arrows().items()
        for b in names
        if a not in reachable(rooms(), b)
    )


def test_arrows_say_all_that_rooms_import():
    arrows = {room: frozenset(names) for room, names in drawing.arrows().items()}
    assert all(reachable(arrows, room) >= names for room, names in rooms().items())


def test_no_arrow_says_what_others_say():
    arrows = {room: frozenset(names) for room, names in drawing.arrows().items()}
    in_circles = set().union(*circles(rooms()))
    for room in set(arrows) - in_circles:
        for name in arrows[room]:
            assert name not in reachable({**arrows, room: arrows[room] - {name}}, room)


@pytest.mark.parametrize("target", sorted(set(LINK.findall(PAGE))), ids=" ".join)
def test_what_is_linked_holds_what_is_said_of_it(target):
    path, name = (ROOT / "docs" / target[0]).resolve(), target[1]
    assert path.exists()
    if name:
        files = sorted(path.glob("*.*")) if path.is_dir() else [path]
        assert [relative(file) for file in files if name not in names_in(file)] == []


@pytest.mark.parametrize("section", sorted(set(SECTIONS) - {"A page"}))
def test_a_list_holds_every_file_that_names_its_example_and_no_other(section):
    assert files_in_list(section) == files_about(example(section))


def test_a_page_is_its_files_and_what_imports_them():
    assert files_in_list("A page") == page_of(example("A page"))


def test_the_way_passes_every_file_that_names_the_number():
    targets = {target for target, name in LINK.findall(WAY) if name == "attribution_quality"}
    assert {relative((ROOT / "docs" / target).resolve()) for target in targets} == files_about(
        "attribution_quality"
    )


@pytest.mark.parametrize(
    ("step", "change"), [(2, {"attribution_qualty": 0.8}), (3, {"attribution_quality": 1.8})]
)
def test_wrong_values_are_refused_where_the_way_says(step, change):
    with pytest.raises(InputError) as error:
        sim.load("paris-call-2018").with_changes(set=change)
    places = {Path(str(entry.path)) for entry in error.traceback}
    (where,) = link_targets(re.search(rf"^{step}\. .*", WAY, re.MULTILINE)[0])
    assert ROOT / where in places


def test_the_number_at_the_start_of_the_way_decides_what_is_read_at_its_end():
    def operations_traced(quality: float) -> float:
        run = sim.run(replicates=2, set={"attribution_quality": quality, "wrongful_trace": 0})
        return run.history("traced")["value"].sum()

    assert operations_traced(0) == 0 < operations_traced(1)


def test_lists_of_rooms_are_told_apart_by_one_rule():
    assert {room_of(name) for name in modules()} == set(rooms())
    assert module_of("sim.run") == "sim"
