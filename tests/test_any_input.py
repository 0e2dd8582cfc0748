"""Whatever is handed over, in files, on the command line or in Python, is taken or refused in one
sentence: never a traceback, never an essay, and no file is touched.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typer
from command_line import LONGEST, nothing_computed, parley
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import sim
from dashboard import cli
from sim.errors import InputError
from sim.scenario import Event, load
from sim.scenario.code import KEYS as KEYS_OF_CODE
from sim.scenario.event import KEYS as KEYS_OF_EVENT

pytestmark = pytest.mark.long
SCENARIOS = Path(sim.__file__).parent.parent / "scenarios"
PARIS = load("paris-call-2018")
CHOICE = load("great-powers-sign")
MANY = settings(max_examples=700, suppress_health_check=list(HealthCheck))

# Words that mean something somewhere, so that more than the first check is reached.
WORDS = [
    "paris-call-2018",
    "states-only",
    "third-way",
    "great-powers-sign",
    "classics/bass-1969",
    "instruments/dfi",
    "USA",
    "EU",
    "Microsoft",
    "firm DEU-017",
    "every state",
    "full",
    "null",
    "draws",
    "monitoring",
    "state_peers",
    "signs",
    "text_openness",
    "ambition_3",
    "2018-11-12",
    "who",
    "text",
    "launch",
    "declaration",
    "csv",
    "parquet",
    ".",
    "..",
    "/",
    "-",
    "-1",
    "0",
    "1",
    "0.5",
    "nan",
    "inf",
    "1e400",
    "9" * 5000,
    "a" * 256,
    "a\0b",
    "",
    " ",
    "%s",
    "{}",
    "circle",
    "mine.toml",
    "manifest.json",
    "nowhere/mine.toml",
    "/dev/full",
    "folder",
    "\udcff",
    "\ud800",
    "é",
    "\u202e",
    "--help",
    "=",
    "monitoring=0.5",
    "who=USA",
]
texts = st.sampled_from(WORDS) | st.text(max_size=20)
numbers = st.integers() | st.floats() | st.sampled_from([0, 1, 10**400, -(10**400), 1e308])
odd = st.sampled_from(
    [
        None,
        True,
        b"bytes",
        date(2018, 11, 12),
        Path("mine.toml"),
        object(),
        np.array(2.5),
        np.array([1, 2]),
        np.float32(1),
        np.int64(2),
        np.bool_(True),
        np.str_("USA"),
        {"USA"},
        range(3),
        PARIS,
        len,
        Event(0, "choice", ("USA",), 1.0),
    ]
)
keys = (
    st.sampled_from(
        [
            "base",
            "title",
            "question",
            "first_round",
            "last_round",
            "weights",
            "lens",
            "draws",
            "instrument",
            "choice",
            "value",
            "restraint",
            "burden",
            "ambition",
            "principle",
            "options",
            "default",
            "several",
            "others",
            "kind",
        ]
    )
    | texts
)
scalars = texts | numbers | st.booleans() | st.none() | st.dates()
values = st.recursive(
    scalars | odd,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
tables = st.dictionaries(keys, values, max_size=5)


def table_of(names: Iterable[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A table with some of the keys that belong there, and rarely another one."""
    return st.dictionaries(st.sampled_from(sorted(names)), values, max_size=4) | tables


scenarios = st.fixed_dictionaries(
    {},
    optional={
        "parameters": table_of(PARIS.dials),
        "code": table_of(KEYS_OF_CODE),
        "events": st.lists(table_of(KEYS_OF_EVENT), max_size=3),
        "choices": st.dictionaries(
            texts, table_of(("question", "options", "default", "several")), max_size=2
        ),
        "lens": values,
        "weights": values,
        "draws": values,
        "title": values,
        "first_round": values,
        "last_round": values,
    },
)


def taken_or_refused(call: Callable[[], Any]) -> None:
    """*call* returns, begins long work, or is refused in one sentence."""
    try:
        with nothing_computed():
            call()
    except InputError as problem:
        sentence = str(problem)
    except KeyboardInterrupt:
        return
    else:
        return
    assert 0 < len(sentence) <= LONGEST
    sentence.encode("utf-8")


# Files


@MANY
@given(scenarios | tables)
def test_any_table_is_a_scenario_or_none(table: dict[str, Any]) -> None:
    taken_or_refused(lambda: PARIS.with_table(table))
    taken_or_refused(lambda: CHOICE.with_table(table))


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """A scenario file in which pieces are cut, repeated or replaced."""
    file = draw(st.sampled_from(sorted(SCENARIOS.glob("*/scenario.toml"))))
    content = file.read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted(
            draw(st.tuples(st.integers(0, len(content)), st.integers(0, len(content))))
        )
        piece = draw(
            st.binary(max_size=8)
            | texts.map(lambda text: text.encode("utf-8", "replace"))
            | st.text(string.punctuation, max_size=6).map(str.encode)
            | st.just(content[start:end])
        )
        content = content[:start] + piece + content[min(end, start + 30) :]
    return content


@MANY
@given(mutants())
def test_any_file_is_a_scenario_or_none(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "mutant.toml"
    file.write_bytes(content)
    taken_or_refused(lambda: load(file))
    assert file.read_bytes() == content


# The command line

COMMANDS = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    name = draw(st.sampled_from(cli.COMMANDS) | texts)
    parameters = COMMANDS[name].params if name in COMMANDS else []
    arguments = [
        part for each in parameters if not each.opts[0].startswith("-") for part in draw(argument())
    ]
    options = [each for each in parameters if each.opts[0].startswith("-")]
    for option in draw(st.lists(st.sampled_from(options), max_size=3)) if options else []:
        arguments += [
            draw(st.sampled_from(option.opts)),
            *([] if option.is_flag else [draw(texts)]),
        ]
    return [name, *arguments, *draw(st.lists(texts, max_size=1))]


def argument() -> st.SearchStrategy[list[str]]:
    """Nothing, a usual argument, or any."""
    return st.sampled_from([[], ["states-only"], ["states-only"], ["USA"]]) | texts.map(
        lambda text: [text]
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files that commands read."""
    folder = tmp_path_factory.mktemp("commands")
    (folder / "mine.toml").write_text('base = "states-only"\ntitle = "Mine"\n', encoding="utf-8")
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    (folder / "folder").mkdir()
    (folder / "circle").symlink_to("circle")
    return folder


@MANY
@given(line=lines())
def test_any_command_line_is_carried_out_or_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, line: list[str]
) -> None:
    monkeypatch.chdir(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    line = [part.replace("\0", "") for part in line]  # no system passes these on
    with nothing_computed():
        printed = parley(*line)
    assert "Traceback" not in printed.err
    if printed.code not in (0, cli.INTERRUPTED):
        assert printed.is_refusal, printed
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


# Arguments in Python

CALLS: dict[str, Callable[..., Any]] = {
    "run": sim.run,
    "explain": sim.explain,
    "compare": sim.compare,
    "compare_lenses": sim.compare_lenses,
    "pivots": sim.pivots,
    "outreach": sim.outreach,
    "predict": sim.predict,
    "frontier": sim.frontier,
    "participation": sim.participation,
    "stability": sim.stability,
    "load": sim.load,
    "classic": sim.classic,
    "approach": sim.approach,
    "calibrate": sim.calibrate,
    "backtest": sim.backtest,
    "evidence": sim.evidence_on_record,
    "event": Event,
    "basis_of_signing": sim.basis_of_signing,
    "basis_of_what_if": sim.basis_of_what_if,
    "why_not_fitted": sim.why_not_fitted,
    "what_happened": sim.what_happened,
    "log_scores": sim.log_scores,
    "verdict": sim.verdict,
    "spelling": sim.spelling,
    "with_article": sim.with_article,
    "hysteresis": sim.hysteresis,
    "negotiate": sim.negotiate,
    "load_talks": sim.load_talks,
    "load_lesson": sim.load_lesson,
    "load_sweep": sim.load_sweep,
    "open_sweep": sim.open_sweep,
    "sweep": sim.sweep,
    "analyse": sim.analyse,
    "problem": sim.problem,
    "verify": sim.verify,
    "model": sim.ParleyModel,
}
FIRST = {
    "explain": ["states-only", "USA"],
    "compare": ["states-only", "third-way"],
    "load": ["states-only"],
    "classic": ["bass-1969"],
    "approach": ["USA", 0, 62],
    "predict": ["third-way"],
    "event": [1, "choice", ("USA",), 1.0],
    "calibrate": ["paris-call-2018"],
    "basis_of_signing": [PARIS, CHOICE],
    "basis_of_what_if": [PARIS],
    "why_not_fitted": [PARIS, CHOICE],
    "what_happened": ["paris-call-2018", "USA"],
    "log_scores": [("full", "null")],
    "verdict": [sim.log_scores()],
    "spelling": ["Türkiye"],
    "with_article": ["Netherlands"],
    "hysteresis": ["monitoring", "signatories", "states-only"],
    "negotiate": ["un-gge-2017"],
    "load_talks": ["un-gge-2017"],
    "load_lesson": ["anniversary"],
    "load_sweep": ["monitoring"],
    "open_sweep": ["folder"],
    "sweep": [{"levers": {"sanctions": [0, 1]}}, "new"],
    "analyse": ["folder"],
    "problem": [],
    "verify": ["folder"],
}
NAMED = {
    "run": (
        "replicates seed set events choices lens weights facts ties workers choose text conduct"
        " conduct_by_name"
    ),
    "explain": (
        "round by aim replicates seed set events choices lens weights facts ties workers choose"
    ),
    "compare": "replicates seed workers",
    "compare_lenses": "lenses replicates seed workers",
    "pivots": "who most from_round date replicates seed set events choices lens facts ties workers",
    "outreach": (
        "approaches from_round date months strength replicates seed set events choices lens facts"
        " ties workers"
    ),
    "predict": "kind joined among seed set choices",
    "participation": "replicates seed workers",
    "load": "facts ties",
    "frontier": "depths replicates seed set events choices lens weights facts ties workers",
    "stability": "replicates seed set events choices lens facts ties workers",
    "classic": "set seed replicates workers",
    "approach": "months strength",
    "calibrate": "lens draws seed workers",
    "backtest": "seed workers",
    "evidence": "",
    "event": "name earnest until hindsight why",
    "basis_of_signing": "",
    "basis_of_what_if": "",
    "why_not_fitted": "",
    "what_happened": "",
    "log_scores": "",
    "verdict": "",
    "spelling": "",
    "with_article": "",
    "hysteresis": "low high steps months replicates seed workers",
    "negotiate": "replicates seed set without choices facts",
    "load_talks": "facts",
    "load_lesson": "",
    "load_sweep": "replicates seed",
    "open_sweep": "",
    "sweep": "replicates seed workers executor",
    "analyse": "outcome lever by where",
    "problem": "group",
    "verify": "",
    "model": (
        "rng seed replicate set events choices lens weights facts ties choose conduct_by_name"
        " collect_agents monitoring"
    ),
}


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, list[Any], dict[str, Any]]:
    name = draw(st.sampled_from(sorted(CALLS)))
    usual = [] if name == "backtest" else FIRST.get(name, ["states-only"])
    first = [draw(values) if draw(st.integers(0, 3)) == 0 else each for each in usual]
    names = NAMED[name].split()
    chosen = draw(st.lists(st.sampled_from(names), max_size=3, unique=True)) if names else []
    return name, first, {each: draw(values | tables) for each in chosen}


@MANY
@example(("participation", ["states-only"], {"workers": "two"}))
@given(calls())
def test_any_argument_is_taken_or_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[str, list[Any], dict[str, Any]]
) -> None:
    monkeypatch.chdir(folder)
    name, first, named = call
    taken_or_refused(lambda: CALLS[name](*first, **named))
