"""How numbers and dates read: one set of rules, the same on pages (JavaScript) and everywhere else
(Python).
"""

from __future__ import annotations

import ast
import inspect
import json
import math
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import sim
from dashboard.data.words import vocabulary
from dashboard.pages.negotiate.question import question_of
from dashboard.view import View
from sim import number_formats as formats

VOCABULARY = {"kind": {}, "kinds": {}, "statuses": [], "bases": {}}
OF_ONE = (
    *(("decimal", places) for places in range(5)),
    ("count",),
    ("mean",),
    *(("significant", k) for k in (1, 2, 3, 6)),
    ("setting",),
    ("percent",),
    ("percent", 1),
    ("difference",),
    ("difference", 0),
    ("difference", 2),
    ("points",),
    ("effect",),
    ("level", ""),
    ("level", "share"),
    ("change", ""),
    ("change", "share"),
    ("duration",),
    ("more_or_fewer",),
)
OF_TWO = (
    ("interval",),
    ("percent_interval",),
    ("difference_interval",),
    ("points_interval",),
    ("extent",),
    ("extent", "", True),
    ("extent", "share of all"),
    ("extent", "share", True),
    ("extent", "% of harm"),
    ("extent", "%", True),
    ("change_interval", "stakeholders"),
    ("change_interval", "share"),
    ("effect_interval",),
    ("is_clear",),
    ("clear_change", 0.5),
    ("clear_change", 0, "share"),
    ("change_in_words",),
    ("change_in_words", "share"),
)
DAYS = [
    f"20{year}-{month:02}-{day:02}"
    for year in (18, 24)
    for month in range(1, 13)
    for day in (1, 12, 28)
]
TRAPS = (
    0.0,
    -0.0,
    0.285,
    2.675,
    1.005,
    28.499999999999996,
    0.1 + 0.2,
    0.995,
    0.9949999,
    0.9951,
    1 - 1e-13,
    1 - 1e-9,
    1.0,
    1 + 1e-9,
    1.004,
    5e-324,
    1e-300,
    2.0**-18,
    9.9996e-5,
    9.9994e-5,
    999.6,
    999.4,
    9.996,
    1e9,
    999999999.6,
    1e12,
    2.0**53,
    123456789012345.6,
    1e21,
    math.inf,
    -math.inf,
    math.nan,
)


def some_values() -> list[float | None]:
    """Halves, shares of worlds, neighbours of powers of ten, anything at random, and what is
    missing.
    """
    stream = random.Random(1)
    near = [
        sign * first * 10.0**power
        for power in range(-7, 8)
        for first in (1, 1.5, 2.5, 4.95, 9.5, 9.95, 9.995)
        for sign in (1, -1)
    ]
    shares = [number / worlds for worlds in (20, 50, 200) for number in range(worlds + 1)]
    halves = [number / 2 for number in range(-100, 800)] + [
        number / 20 for number in range(-100, 100)
    ]
    chosen = [round(stream.random(), digits) for digits in range(1, 7) for _ in range(50)]
    anything = [stream.uniform(-1, 1) * 10.0 ** stream.randint(-9, 12) for _ in range(1000)]
    return [*TRAPS, *near, *shares, *halves, *chosen, *anything, None]


def as_json(value: float | None) -> float | str | None:
    """*value* as JSON can hold it."""
    return value if value is None or math.isfinite(value) else str(value)


@pytest.mark.long
@pytest.mark.browser
def test_pages_write_every_number_as_all_else_does(browser: Browser, root: Path):
    values = some_values()
    pairs = list(zip(values, [*values[7:], *values[:7]], strict=True))
    page = browser.new_page()
    page.evaluate(
        "vocabulary => { window.parley = {dom: {at: () => ({textContent: vocabulary})}}; }",
        json.dumps(VOCABULARY),
    )
    page.add_script_tag(
        content=(root / "dashboard" / "assets" / "aa-format.js").read_text(encoding="utf-8")
    )
    written = page.evaluate(
        """([values, pairs, one, two, days]) => {
            const read = value =>
                typeof value === "string" ? Number(value.replace("inf", "Infinity")) : value;
            const {format} = parley;
            const of_one = ([name, ...more]) =>
                values.map(value => format[name](read(value), ...more));
            const of_two = ([name, ...more]) =>
                pairs.map(([a, b]) => format[name](read(a), read(b), ...more));
            return [one.map(of_one), two.map(of_two),
                    ["day", "short_day"].map(name => days.map(format[name]))];
        }""",
        [
            [*map(as_json, values)],
            [[as_json(end) for end in pair] for pair in pairs],
            OF_ONE,
            OF_TWO,
            DAYS,
        ],
    )
    lists = [["A", "B", "C"][:number] for number in range(4)]
    assert page.evaluate(
        "lists => lists.map(each => parley.format.listing(each, 'or'))", lists
    ) == [formats.listing(words, last="or") for words in lists]
    page.close()
    expected = [
        [[getattr(formats, name)(value, *more) for value in values] for name, *more in OF_ONE],
        [[getattr(formats, name)(*pair, *more) for pair in pairs] for name, *more in OF_TWO],
        [[getattr(formats, name)(day) for day in DAYS] for name in ("day", "short_day")],
    ]
    different = [
        (name, arguments, there, here)
        for names, inputs, rows, others in zip(
            (OF_ONE, OF_TWO, (("day",), ("short_day",))),
            (values, pairs, DAYS),
            written,
            expected,
            strict=True,
        )
        for name, row, other in zip(names, rows, others, strict=True)
        for arguments, there, here in zip(inputs, row, other, strict=True)
        if there != here
    ]
    assert different == []
    assert sum(len(row) for rows in written for row in rows) > 50_000


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (formats.decimal(0.285), "0.29"),
        (formats.decimal(2.675), "2.68"),
        (formats.decimal(-0.001), "0.00"),
        (formats.count(0.5), "1"),
        (formats.count(1.5), "2"),
        (formats.count(-2.5), "−3"),
        (formats.count(1234), "1,234"),
        (formats.count(28.499999999999996), "29"),
        (formats.count(None), "–"),
        (formats.count(math.nan), "–"),
        (formats.mean(17.82), "17.8"),
        (formats.mean(0), "0"),
        (formats.mean(0.04), "<0.1"),
        (formats.significant(17.82), "17.8"),
        (formats.significant(0.01234), "0.0123"),
        (formats.significant(1234.5), "1,235"),
        (formats.significant(9.996), "10"),
        (formats.significant(0.0000123), "1.23 × 10⁻⁵"),
        (formats.setting(0.25), "0.25"),
        (formats.setting(2), "2"),
        (formats.difference(4.63), "+4.6"),
        (formats.difference(-0.04), "0"),
        (formats.difference(-4.65), "−4.7"),
        (formats.interval(61.5, 79.4), "62–79"),
        (formats.interval(61.5, 79.4, between=formats.TO), "62 to 79"),
        (formats.difference_interval(-0.52, 3.24), "−0.5 to +3.2"),
        (formats.interval(None, 3), "–"),
        (formats.day("2018-11-12"), "12 November 2018"),
        (formats.duration(89), "89 seconds"),
        (formats.duration(100), "2 minutes"),
    ],
)
def test_numbers_read_as_by_the_rules(words, number):
    assert words == number


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0 %"),
        (0.004, "<1 %"),
        (0.005, "1 %"),
        (0.285, "29 %"),
        (0.5, "50 %"),
        (0.9949, "99 %"),
        (0.995, ">99 %"),
        (1, "100 %"),
        (None, "–"),
    ],
)
def test_none_and_all_are_said_of_none_and_all_alone(share, words):
    assert formats.percent(share) == words.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-2, 3, "2 fewer to 3 more"),
        (-0.4, 0.3, "as many"),
        (2, 2, "2 more"),
        (1.6, 3, "2 to 3 more"),
        (0, 4, "up to 4 more"),
        (-5, -1, "1 to 5 fewer"),
        (-5, -0.2, "up to 5 fewer"),
        (None, 2, "–"),
    ],
)
def test_a_change_is_said_as_its_interval_in_words(low, high, words):
    assert formats.change_in_words(low, high) == words


def test_one_point_is_no_points():
    said = [
        formats.change(share, "share of power").replace("\u00a0", " ")
        for share in (-0.01, 0.01, 0.02, 0.11)
    ]
    assert said == ["−1 point", "+1 point", "+2 points", "+11 points"]
    assert formats.change_interval(-0.01, -0.01, "share of power").endswith("1\u00a0point")


def test_a_change_of_shares_is_said_in_points():
    said = [
        formats.change_in_words(*ends, "share").replace("\u00a0", " ")
        for ends in ((0.06, 0.1), (-0.01, -0.01))
    ]
    assert said == ["6 to 10 points more", "1 point less"]


def test_an_interval_of_shares_has_one_sign():
    assert formats.percent_interval(0.004, 0.61).replace("\u00a0", " ") == "0–61 %"
    assert formats.percent_interval(0.001, 0.004).replace("\u00a0", " ") == "<1 %"
    assert formats.percent_interval(0.997, 1).replace("\u00a0", " ") == ">99 %"
    assert formats.points_interval(-0.005, 0.032).replace("\u00a0", " ") == "−0.5 to +3.2 points"


# Nobody else formats numbers.

FORMAT = re.compile(r"[+,]*(\.\d+)?[,_]?[efgEGF%]|,")  # of numbers, behind the colon of an f-string
OF_SCRIPTS = re.compile(
    r"\.(?:toFixed|toPrecision|toLocaleString)\(|Intl\.NumberFormat|tickformat|%\{[^}]*:[^}]*\}"
)
WRITE_FOR_PEOPLE = (
    "dashboard",
    "sim/commands",
    "sim/experiments",
    "sim/analysis",
    "sim/explanation",
    "sim/results",
)
FORMATS = {"aa-format.js", "fluent-bundle.js"}  # scripts that format numbers for all others
EXCEPTIONS = {  # by file: the line that may, and why
    "dashboard/data/tried.py": (":.12g}", "a value in an address"),
    "dashboard/data/sweep_views.py": ("{value:.15g}", "a value in an address"),
    "dashboard/classroom/static/texts.js": (
        "Intl.NumberFormat(locale)",
        "as the language of a page writes numbers",
    ),
    "dashboard/pages/simulate/network.py": ("settings[dial]:g", "a key of the cache"),
    "dashboard/pages/designer/routes.py": (
        "{name}:{value:g}",
        "a column of a file, as an address has it",
    ),
    "sim/negotiation/seat.py": ("accepts={self.accepts:.2f}", "the repr of an object"),
    "sim/results/negotiate.py": ("agreed={self.agreed:.2f}", "the repr of an object"),
    "sim/analysis/discovery.py": ("self.threshold:.3g", "a condition as --where takes it"),
    "sim/analysis/effects.py": ('float(f"{cut:.2g}")', "a number, not a text"),
}


def formats_of_numbers(path: Path) -> Iterator[str]:
    """The lines of a Python file that format a number by themselves."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            spec = "".join(
                str(part.value)
                for part in node.format_spec.values
                if isinstance(part, ast.Constant)
            )
            if FORMAT.fullmatch(spec):
                yield lines[node.lineno - 1].strip()
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            for found in re.findall(r"\{\w*:([^{}]*)\}|%\{[^}]*:([^}]*)\}", node.value):
                if any(map(FORMAT.fullmatch, filter(None, found))):
                    yield lines[node.lineno - 1].strip()


@pytest.mark.parametrize("folder", WRITE_FOR_PEOPLE)
def test_no_other_module_formats_a_number(root: Path, folder: str):
    found = [
        (path, line)
        for path in sorted((root / folder).rglob("*.py"))
        for line in formats_of_numbers(path)
    ]
    found += [
        (path, line.strip())
        for path in sorted((root / folder).rglob("*.js"))
        if path.name not in FORMATS
        for line in path.read_text(encoding="utf-8").splitlines()
        if OF_SCRIPTS.search(line)
    ]
    named = [(path.relative_to(root).as_posix(), line) for path, line in found]
    assert [
        (name, line) for name, line in named if EXCEPTIONS.get(name, ("\n", ""))[0] not in line
    ] == []


def test_every_exception_is_needed(root: Path):
    assert [
        name
        for name, (line, _) in EXCEPTIONS.items()
        if line not in (root / name).read_text("utf-8")
    ] == []


# Defaults


def test_what_nobody_gives_is_what_the_one_table_says():
    for function, name in (
        (sim.run, "worlds"),
        (sim.compare, "worlds"),
        (sim.explain, "worlds"),
        (sim.frontier, "worlds of a frontier"),
        (sim.negotiate, "worlds of talks"),
        (sim.pivots, "worlds of pivots"),
        (sim.outreach, "worlds of outreach"),
    ):
        parameters = inspect.signature(function).parameters
        assert parameters["replicates"].default == sim.DEFAULTS[name].command, name
        assert parameters["seed"].default == sim.DEFAULTS["seed"].command
    view, talks = View(), question_of("")[0]
    assert (view.scenario, view.worlds, view.seed) == tuple(
        sim.DEFAULTS[name].page for name in ("scenario", "worlds", "seed")
    )
    assert (talks.replicates, talks.seed) == (
        sim.DEFAULTS["worlds of talks"].page,
        sim.DEFAULTS["seed"].page,
    )
    assert vocabulary()["defaults"] == {
        "lens": "",
        "weights": "",
        "may_sign": "",
        "convenor": "",
        "scenario": view.scenario,
        "worlds": view.worlds,
        "seed": view.seed,
    }


def test_a_default_that_differs_says_why():
    assert all((each.command == each.page) is (each.why == "") for each in sim.DEFAULTS.values())
