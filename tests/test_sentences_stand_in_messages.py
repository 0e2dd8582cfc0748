"""What people read stands in sim/words/en, as messages: code answers with values and composes no
English.

A sentence, for this test, is a string of four words or more with a blank between them. Free are
what no message can be: docstrings, errors and what `repr` shows, the help of options, keys,
patterns; and the places that declare a text once, beside what it is about. What is left elsewhere
is counted by file, and may only become less.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WORDS = re.compile(r"[A-Za-z]{2,}")
FEWEST = 4  # words of a sentence
HELP = {"help", "epilog", "metavar"}  # of an option

# Texts that are declared once, each beside its value, its formula or its check: why.
DECLARED: Mapping[str, str] = {
    "sim/arguments.py": "defaults, under the names by which documents call them",
    "sim/classics": "a classic says what it expects beside the check of it",
    "sim/dials": "a dial has unit, meaning and source beside its range",
    "sim/document_tables.py": "tables of the documents, whose other words stand in these",
    "sim/errors.py": "errors",
    "sim/evidence/claims.py": "a claim stands beside what decides it",
    "sim/experiments/outcomes.py": "an outcome has its label and unit beside its reading",
    "sim/facts": "columns, other names and sources of tables",
    "sim/kinds_and_statuses.py": "kinds and statuses have their words beside them",
    "sim/lenses.py": "a lens has its theory beside its motives",
    "sim/motives": "a motive has its words beside its formula",
    "sim/mesa/views.py": "attributes of agents have their meaning beside them",
    "sim/reading.py": "parts of errors",
    "sim/scenario/code.py": "levers of a text are dials",
    "sim/verification.py": "faults of a folder are errors",
}

# How many sentences are left in code, by file.
LEFT: Mapping[str, int] = {
    "sim/analysis/analysis.py": 1,
    "sim/analysis/axis_words.py": 30,
    "sim/analysis/bootstrap.py": 1,
    "sim/analysis/discovery.py": 1,
    "sim/analysis/of_axes.py": 14,
    "sim/analysis/of_levers.py": 2,
    "sim/analysis/of_worlds.py": 2,
    "sim/analysis/plain.py": 11,
    "sim/analysis/ranking.py": 13,
    "sim/analysis/sentences.py": 26,
    "sim/code_of_conduct.py": 1,
    "sim/commands/analyse.py": 5,
    "sim/commands/compare.py": 16,
    "sim/commands/evidence.py": 6,
    "sim/commands/explain.py": 4,
    "sim/commands/frontier.py": 3,
    "sim/commands/lesson.py": 3,
    "sim/commands/options.py": 8,
    "sim/commands/outreach.py": 6,
    "sim/commands/pivots.py": 10,
    "sim/commands/predict.py": 1,
    "sim/commands/printing.py": 5,
    "sim/commands/run.py": 25,
    "sim/commands/stability.py": 4,
    "sim/commands/verify.py": 1,
    "sim/engine/rule.py": 1,
    "sim/evidence/comparisons.py": 2,
    "sim/evidence/instruments.py": 1,
    "sim/evidence/predict.py": 1,
    "sim/evidence/record.py": 2,
    "sim/evidence/report/figures.py": 9,
    "sim/evidence/report/instruments.py": 1,
    "sim/evidence/report/page.py": 3,
    "sim/evidence/report/sheet.py": 1,
    "sim/evidence/report/states.py": 1,
    "sim/evidence/report/summary.py": 1,
    "sim/evidence/scores.py": 1,
    "sim/evidence/signers.py": 2,
    "sim/evidence/texts/backtest.py": 3,
    "sim/evidence/texts/prediction.py": 3,
    "sim/experiments/approach_lists.py": 1,
    "sim/experiments/approaches.py": 1,
    "sim/experiments/basis.py": 3,
    "sim/experiments/influence.py": 1,
    "sim/experiments/intervals.py": 1,
    "sim/experiments/shares.py": 1,
    "sim/explanation/levers.py": 2,
    "sim/explanation/question.py": 1,
    "sim/lessons/catalogue.py": 5,
    "sim/lessons/figure.py": 5,
    "sim/lessons/files.py": 1,
    "sim/lessons/free_settings.py": 8,
    "sim/lessons/lesson.py": 2,
    "sim/lessons/sheet.py": 8,
    "sim/machine_code.py": 1,
    "sim/negotiation/files.py": 1,
    "sim/negotiation/talks.py": 2,
    "sim/output_folder.py": 2,
    "sim/results/compare.py": 3,
    "sim/results/frontier.py": 4,
    "sim/results/frontier_sentences.py": 16,
    "sim/results/manifest.py": 1,
    "sim/results/pivots.py": 1,
    "sim/results/run.py": 1,
    "sim/results/stability.py": 12,
    "sim/scenario/calendar.py": 1,
    "sim/scenario/event.py": 2,
    "sim/scenario/files.py": 1,
    "sim/scenario/scenario.py": 2,
    "sim/struct_of_arrays.py": 1,
    "sim/sweeps/axis.py": 3,
    "sim/sweeps/columns.py": 1,
    "sim/sweeps/files.py": 1,
    "sim/sweeps/given_points.py": 1,
    "sim/sweeps/sweep_folder.py": 2,
    "sim/sweeps/sweep_result.py": 1,
    "sim/typeface/__init__.py": 1,
}


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """The line and the text of each sentence that stands in *source*."""
    tree = ast.parse(source)
    free = {id(node) for part in _free(tree) for node in ast.walk(part)}
    for node in ast.walk(tree):
        if id(node) in free:
            continue
        if isinstance(node, ast.JoinedStr):
            free |= {id(each) for each in node.values}
            text = "".join(
                str(each.value) if isinstance(each, ast.Constant) else "…" for each in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if " " in text.strip() and len(WORDS.findall(text)) >= FEWEST:
            yield node.lineno, text


def _free(tree: ast.Module) -> Iterator[ast.AST]:
    """The parts of a module in which English may stand."""
    for node in ast.walk(tree):
        match node:
            case ast.Module() | ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                if isinstance(node, ast.FunctionDef):
                    yield from _texts_of_errors(node)
                if getattr(node, "name", "") == "__repr__":
                    yield node
                yield from (each.value for each in node.body if _is_text(each))
            case ast.Raise():
                yield node
            case ast.Call():
                yield from _free_of_call(node)
            case ast.Subscript():
                yield node.slice
            case ast.Dict():
                yield from filter(None, node.keys)


def _is_text(node: ast.stmt) -> bool:
    """Whether a statement is a text alone: a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _free_of_call(call: ast.Call) -> Iterator[ast.AST]:
    """An error, a pattern or a definition of an option as a whole; of other calls the help."""
    of = getattr(getattr(call.func, "value", None), "id", "")
    if _is_error(call) or _name(call).endswith("_option") or of == "re":
        yield call
    yield from (each.value for each in call.keywords if each.arg in HELP)


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _is_error(node: ast.AST) -> bool:
    """Whether an error is raised, or made: `section.wrong` is one too."""
    if isinstance(node, ast.Call):
        return _name(node).endswith("Error") or _name(node) in ("wrong", "warn")
    return isinstance(node, ast.Raise)


def _texts_of_errors(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """What is said by a name that the function only uses in errors."""
    errors = [node for node in ast.walk(function) if _is_error(node)]
    within = {id(part) for error in errors for part in ast.walk(error)}
    names = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    ]
    elsewhere = {name.id for name in names if id(name) not in within}
    of_errors = {name.id for name in names} - elsewhere
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) if name in of_errors:
                yield node.value


def left() -> dict[str, list[str]]:
    """File -> its sentences, as "line: text"; without the places of declared texts."""
    found = {}
    for path in sorted((ROOT / "sim").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not any(f"{name}/".startswith(f"{place}/") for place in DECLARED):
            found[name] = [f"{n}: {text}" for n, text in sentences(path.read_text("utf-8"))]
    return {name: places for name, places in found.items() if places}


def test_no_more_sentences_stand_in_code():
    more = {name: each for name, each in left().items() if len(each) > LEFT.get(name, 0)}
    assert more == {}, "say them by messages in sim/words/en"


def test_no_sentence_is_counted_that_is_gone():
    number = {name: len(places) for name, places in left().items()}
    fewer = {name: number.get(name, 0) for name in LEFT if number.get(name, 0) < LEFT[name]}
    assert fewer == {}, "count fewer"


def test_whatever_declares_texts_is_there_and_does():
    for place in DECLARED:
        path = ROOT / place
        files = [path] if path.suffix else [*path.rglob("*.py")]
        assert files
        if place not in ("sim/errors.py", "sim/reading.py"):
            assert any([*sentences(each.read_text("utf-8"))] for each in files), place


@pytest.mark.parametrize(
    "source",
    [
        'WORDS = "The talks fail in most worlds."',
        'def words(n):\n    return f"In {n} worlds the talks fail."',
        'def words(n):\n    why = "as nobody else may sign"\n    return why',
        'say(words="the talks fail in most")',
        '{"key": "the talks fail in most"}',
        'def words(n):\n    why = "as nobody else may"\n    show(why)\n    raise E(why)',
    ],
)
def test_a_sentence_in_code_is_found(source):
    assert len(list(sentences(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        '"""The talks fail in most worlds."""',
        'class A:\n    x = 1\n    """What stands there of x."""',
        'raise InputError(f"{where}: found nothing of that kind, expected it")',
        'def check(n):\n    why = f"found {n} of them, expected one"\n    raise InputError(why)',
        'section.wrong("key", "one of those that are there")',
        'typer.Option("--out", help="Where the tables are to be written.")',
        'def __repr__(self):\n    return f"A scenario with {self.n} of its events"',
        're.compile("The talks fail in (most|some) worlds")',
        'DEFAULTS["minutes of a class session"]',
        'say("talks-fail-in-most-worlds")',
        'KEYS = ("title", "question", "first_round")',
        'x = "three words only"',
    ],
)
def test_what_is_no_sentence_is_not(source):
    assert list(sentences(source)) == []
