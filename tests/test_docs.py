"""The documents say what the code does: tables are fresh, examples run, links lead somewhere, words
are defined.
"""

from __future__ import annotations

import ast
import doctest
import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

import sim
from dashboard import cli
from dashboard.cli import app
from docs import api, glossary
from docs.imports import modules
from sim import document_tables
from sim.code_of_conduct import PROVISION_COLUMNS
from sim.document_tables import with_tables
from sim.engine.rounds import STAGES
from sim.errors import InputError
from sim.evidence.transfer import EXAMPLES as EXAMPLES_OF_TRANSFER
from sim.motives import NAMES
from sim.parameters import DIALS
from sim.scenario import code, event
from sim.scenario import scenario as layer

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("scenarios/**/*.md")])
README, ODD, FORMAT, TRANSFER = (
    ROOT / name
    for name in ("README.md", "docs/odd.md", "docs/scenario-files.md", "docs/transfer.md")
)
NOTEBOOK = ROOT / "docs" / "first-run.ipynb"
EXAMPLES = re.findall(r"```toml\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_table_of_defaults_is_that_of_the_code():
    numbers = text(ROOT / "docs" / "numbers.md")
    assert with_tables(numbers, "docs/numbers.md") == numbers, "run make docs"


def test_the_table_of_dials_is_fresh():
    assert with_tables(text(ODD), "docs/odd.md") == text(ODD), "run make docs"


def test_the_table_of_lenses_is_fresh():
    lenses = text(ROOT / "docs/lenses.md")
    assert with_tables(lenses, "docs/lenses.md") == lenses, "run make docs"


@pytest.mark.long
def test_the_tables_of_worked_examples_are_fresh():
    assert with_tables(text(TRANSFER), "docs/transfer.md") == text(TRANSFER), "run make docs"


def test_what_the_document_says_of_other_models_is_in_its_tables():
    blocks = re.split(r"^\*\*instruments/.* taken out: ", text(TRANSFER), flags=re.MULTILINE)[1:]
    row = re.compile(r"^\| ([^|]+) \| (\S+) \| ([^|]*) \| (0\S+) \|", re.MULTILINE)
    blind, plain, later = ({model: rest for model, *rest in row.findall(block)} for block in blocks)
    for table in (blind, plain, later):
        assert float(table["Parley"][0]) > 0.8  # "far better than chance"
        assert float(table["flat ridge"][0]) >= float(table["Parley"][0])
        assert (
            float(re.search(r" to ([-+][\d.]+)\)", table["flat ridge"][1])[1]) < 0
        )  # "clearly better"
    assert all(
        float(rest[2]) > float(later["Parley"][2])
        for model, rest in later.items()
        if model != "Parley"
    )


def test_the_worked_examples_name_the_command_that_scores_them():
    commands = re.findall(
        r"^    parley backtest --scenario (instruments/\S+)(.*)$", text(TRANSFER), re.MULTILINE
    )
    examples = [(name, tuple(re.findall(r"--without (\S+)", rest))) for name, rest in commands]
    assert examples == list(EXAMPLES_OF_TRANSFER)


def test_every_dial_is_in_the_table():
    rows = {
        dial.name: rf"^\| `{dial.name}`(, structural)? \| {re.escape(dial.meaning)} \| "
        + ("" if dial.role == "fitted" else f"{dial.role} ")
        for dial in DIALS.values()
    }
    document = text(ODD)
    assert [name for name, row in rows.items() if not re.search(row, document, re.MULTILINE)] == []


def test_every_work_that_the_model_cites_is_in_its_references():
    body, references = text(ODD).split("## References\n")
    listed = {
        (work.split(",")[0], re.search(r"\((\d{4})\)", work)[1])
        for work in references.strip().split("\n\n")
    }
    in_brackets = re.findall(r"[(|]([^()|]*?(?:19|20)\d\d[^()|]*)[)|]", body.replace("\n", " "))
    author = (
        r"\s*([A-Z][\w'’-]+(?: [A-Z][\w-]+)*?)(?:, [A-Z][^\d]*| and [A-Z]\w+| et al\.)?"
        r" ((?:19|20)\d\d)\b"
    )
    works = [re.match(author, part) for each in in_brackets for part in re.split("[;:]", each)]
    cited = {(work[1], work[2]) for work in works if work}
    assert len(cited) > 40
    assert cited - listed == set()


def test_a_document_without_a_place_for_the_table_is_refused():
    with pytest.raises(InputError, match="found no place for a table"):
        with_tables("# Nothing", "a document")


@pytest.mark.parametrize("document", [README, ODD], ids=["README", "ODD"])
def test_one_round_has_the_words_and_order_of_the_engine(document):
    assert tuple(re.findall(r"^\d\. \*\*(\w+)\*\*", text(document), re.MULTILINE)) == STAGES


def test_every_motive_is_described():
    rows = re.findall(r"^\| \[[a-z ]+\]\(\.\./sim/motives/(\w+)\.py\) \|", text(ODD), re.MULTILINE)
    assert list(dict.fromkeys(rows)) == list(NAMES)


def test_the_table_of_motives_is_fresh():
    assert document_tables.motive_table() in text(ODD), "run make docs"


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=[re.search('title = "(.*)"', e)[1] for e in EXAMPLES]
)
def test_every_example_of_a_scenario_file_loads(example, tmp_path):
    file = tmp_path / "example.toml"
    file.write_text(example, encoding="utf-8")
    assert sim.load(file).title in example


def test_every_key_of_a_scenario_file_is_described():
    keys = sorted({*layer.KEYS, *code.KEYS, *event.KEYS, *PROVISION_COLUMNS})
    patterns = {key: rf"`(\[\[?)?{key}\b|^## \[+{key}\b" for key in keys}
    assert [key for key in keys if not re.search(patterns[key], text(FORMAT), re.MULTILINE)] == []


def test_every_command_is_shown_in_a_document():
    shown = {
        command
        for document in DOCUMENTS
        for command in re.findall(
            r"(?:`|^    (?:\S*bin\S)?)parley (\w+)", text(document), re.MULTILINE
        )
    }
    assert {command.name for command in app.registered_commands} - {"version"} - shown == set()


def test_every_command_that_writes_json_has_a_section_on_its_keys():
    commands = typer.main.get_command(app).commands.items()
    writers = [
        name for name, command in commands if any("--json" in p.opts for p in command.params)
    ]
    sections = re.findall(r"^## `parley (\w+)", text(ROOT / "docs" / "json.md"), re.MULTILINE)
    assert len(writers) > 10
    assert set(writers) - set(sections) == set()


def test_the_readme_has_the_headline_and_what_flatters_it_from_the_record():
    numbers = re.compile(
        r"in (\d+) of 100 pairs.*? it is (\d+); .*? as one, (\d+); without either (\d+)\. .*? has"
        r" (\d+), (\d+), (\d+) and (\d+)\."
    )
    backtest = sim.evidence_on_record().content["backtest"]
    whole = {"scores": backtest["leave_one_region_out"]}
    questions = (whole, *backtest["robustness"].values())
    ours = [each["scores"]["parley"]["auc"] for each in questions]
    theirs = [
        max(of["auc"] for name, of in each["scores"].items() if not name.startswith("parley"))
        for each in questions
    ]
    found = numbers.search(" ".join(text(README).split())).groups()
    assert list(found) == [f"{100 * auc:.0f}" for auc in (*ours, *theirs)]


def definitions(module: str) -> set[str]:
    """The names that a module defines, and those of its classes as Class.name."""
    names = set()
    for node in ast.parse(text(modules()[module])).body:
        for inner in [node, *(node.body if isinstance(node, ast.ClassDef) else [])]:
            targets = getattr(inner, "targets", [getattr(inner, "target", inner)])
            here = {
                part.id
                for target in targets
                for part in ast.walk(target)
                if isinstance(part, ast.Name)
            }
            here |= {inner.name} if hasattr(inner, "name") else set()
            names |= here if inner is node else {f"{node.name}.{name}" for name in here}
    return names


def test_the_glossary_is_fresh():
    assert glossary.page() == text(glossary.PAGE), "run make docs"


TERMS = [term for terms in glossary.groups().values() for term in terms]


def test_a_term_is_defined_where_the_glossary_says():
    assert [term.term for term in TERMS if term.module not in modules()] == []
    assert [term.term for term in TERMS if term.name not in definitions(term.module)] == []


def test_a_term_is_explained_once():
    names = [term.term for term in TERMS]
    assert sorted(names) == sorted(set(names))


def test_no_word_is_both_used_and_avoided():
    words = glossary.source()["word"]
    assert {word["use"] for word in words} & {
        other for word in words for other in word["instead"]
    } == set()


@pytest.mark.parametrize(
    "document", DOCUMENTS, ids=[path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
)
def test_links_lead_somewhere(document):
    targets = [
        target.split("#")[0]
        for target in re.findall(r"\]\(([^)\s]+)\)", text(document))
        if "://" not in target
    ]
    assert [target for target in targets if target and not leads_somewhere(document, target)] == []


def leads_somewhere(document: Path, target: str) -> bool:
    """Whether *target* is a file beside *document*, or, in a lesson, a page of the dashboard that
    shows it.
    """
    page, is_asked, _ = target.partition("?")
    if is_asked and "lessons" in document.parts:
        return any((ROOT / "dashboard" / "pages" / name).exists() for name in (page, f"{page}.py"))
    return (document.parent / target).exists()


QUOTATIONS = re.findall(
    r"What `parley ([^`]+)` prints, in part:\n\n```text\n(.*?)```", text(README), re.DOTALL
)


def test_the_readme_has_three_things_to_try():
    assert len(QUOTATIONS) == 3


@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "quotation"), QUOTATIONS, ids=[command for command, _ in QUOTATIONS]
)
def test_what_the_readme_quotes_is_what_is_printed(command, quotation, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["parley", *shlex.split(command)])
    with pytest.raises(SystemExit):
        cli.main()
    output = {line.rstrip() for line in capsys.readouterr().out.splitlines()}
    assert [line for line in quotation.splitlines() if line not in output] == []


# The reference of the Python interface.

API = api.source()
CALLABLES = [name for name in sim.__all__ if callable(getattr(sim, name))]


def test_the_reference_is_fresh():
    assert api.page() == api.PAGE.read_text(encoding="utf-8"), "run make docs"


def test_every_public_name_stands_in_the_reference_once():
    assert sorted(name for group in API["group"] for name in group["names"]) == sorted(sim.__all__)


def test_whatever_can_be_called_has_an_example_and_whatever_cannot_a_line():
    assert set(API["examples"]) == set(CALLABLES)
    assert set(API["constants"]) == set(sim.__all__) - set(CALLABLES)


def test_whatever_can_be_called_has_a_docstring():
    assert [name for name in CALLABLES if not (getattr(sim, name).__doc__ or "").strip()] == []


@pytest.mark.long
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.long) if name in API["long"] else name
        for name in CALLABLES
    ],
)
def test_an_example_shows_what_comes_out(name):
    example = doctest.DocTestParser().get_doctest(
        API["examples"][name], {"parley": sim}, name, str(api.SOURCE), 0
    )
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(
        example, out=report.append, clear_globs=False
    )
    assert result.failed == 0, "".join(report)
    code, what = (
        "".join(step.source + (step.exc_msg or "") for step in example.examples),
        getattr(sim, name),
    )
    assert name in code or any(isinstance(value, what) for value in example.globs.values())


# The notebook, which `make golden` executes anew.


def notebook() -> dict[str, Any]:
    """The notebook as it stands."""
    return json.loads(text(NOTEBOOK))


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def cell_outputs(notebook: dict[str, Any]) -> list[str]:
    """The output of each code cell, as plain text."""
    texts = []
    for cell in code_cells(notebook):
        parts = [output.get("text") or output["data"]["text/plain"] for output in cell["outputs"]]
        texts.append("".join("".join(part) for part in parts))
    return texts


def notebook_anew() -> dict[str, Any]:
    """The notebook executed in a fresh kernel, without times and versions."""
    import nbformat
    from nbclient import NotebookClient

    fresh = nbformat.read(NOTEBOOK, as_version=4)
    where = {"metadata": {"path": str(ROOT)}}
    NotebookClient(
        fresh, timeout=600, kernel_name="python3", record_timing=False, resources=where
    ).execute()
    fresh.metadata["language_info"] = {"name": "python"}
    return fresh


def test_the_notebook_was_executed_from_top_to_bottom_in_any_python():
    cells = code_cells(notebook())
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert notebook()["metadata"]["kernelspec"]["name"] == "python3"


def test_the_notebook_holds_no_errors_warnings_or_times():
    for cell in code_cells(notebook()):
        assert {output.get("name") for output in cell["outputs"]} <= {None, "stdout"}
        assert {output["output_type"] for output in cell["outputs"]} <= {
            "stream",
            "execute_result",
            "display_data",
        }
        assert cell["metadata"] == {}


@pytest.mark.long
def test_the_notebook_shows_what_its_code_gives(refresh_golden):
    fresh = notebook_anew()
    if refresh_golden:
        NOTEBOOK.write_text(
            json.dumps(fresh, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    assert cell_outputs(fresh) == cell_outputs(notebook()), "run make golden"
