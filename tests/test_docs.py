"""The documents say what the code does: tables are fresh, examples load, links lead somewhere, names are known."""

from __future__ import annotations

import ast
import re
import shlex
import sys
from pathlib import Path

import pytest

import sim
from docs import glossary
from docs.imports import modules
from sim import cli
from sim.cli import app
from sim.code_of_conduct import PROVISION_COLUMNS
from sim.document_tables import with_tables
from sim.engine.rounds import STAGES
from sim.errors import InputError
from sim.evidence.transfer import EXAMPLES as EXAMPLES_OF_TRANSFER
from sim.parameters import DIALS
from sim.scenario import code, event
from sim.scenario import scenario as layer
from sim.theory.motives import NAMES

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("scenarios/**/*.md")])
README, ODD, FORMAT, TRANSFER = (
    ROOT / name for name in ("README.md", "docs/odd.md", "docs/scenario-files.md", "docs/transfer.md")
)
EXAMPLES = re.findall(r"```toml\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_table_of_dials_is_fresh():
    assert with_tables(text(ODD), "docs/odd.md") == text(ODD), "run make docs"


def test_the_table_of_lenses_is_fresh():
    lenses = text(ROOT / "docs/lenses.md")
    assert with_tables(lenses, "docs/lenses.md") == lenses, "run make docs"


@pytest.mark.long
def test_the_tables_of_worked_examples_are_fresh():
    assert with_tables(text(TRANSFER), "docs/transfer.md") == text(TRANSFER), "run make docs"


def test_what_the_document_says_of_other_models_is_in_its_tables():
    blocks = re.split(r"^\*\*transfer/.* taken out: ", text(TRANSFER), flags=re.MULTILINE)[1:]
    row = re.compile(r"^\| ([^|]+) \| (\S+) \| ([^|]*) \| (0\S+) \|", re.MULTILINE)
    blind, told, later = ({model: rest for model, *rest in row.findall(block)} for block in blocks)
    for table in (blind, told, later):
        assert float(table["Parley"][0]) > 0.9  # "far better than chance"
        assert float(table["flat ridge"][0]) >= float(table["Parley"][0])  # "at least as well"
    (better,) = (rest for model, rest in blind.items() if model.startswith("flat ridge,"))
    assert float(re.search(r"([-+][\d.]+) \(", better[1])[1]) < -0.01  # "better"
    assert all(float(rest[2]) > float(later["Parley"][2]) for model, rest in later.items() if model != "Parley")


def test_the_worked_examples_are_told_by_the_command_that_scores_them():
    told = re.findall(r"^    parley backtest --scenario (transfer/\S+)(.*)$", text(TRANSFER), re.MULTILINE)
    assert [(name, tuple(re.findall(r"--without (\S+)", rest))) for name, rest in told] == list(EXAMPLES_OF_TRANSFER)


@pytest.mark.parametrize("dial", DIALS.values(), ids=DIALS)
def test_every_dial_is_in_the_table(dial):
    assert f"| `{dial.name}` | {dial.role}" in text(ODD)


def test_a_document_without_a_place_for_the_table_is_refused():
    with pytest.raises(InputError, match="found no place for a table"):
        with_tables("# Nothing", "a document")


@pytest.mark.parametrize("document", [README, ODD], ids=["README", "ODD"])
def test_one_round_is_told_in_the_words_and_order_of_the_engine(document):
    assert tuple(re.findall(r"^\d\. \*\*(\w+)\*\*", text(document), re.MULTILINE)) == STAGES


def test_every_motive_is_described():
    said = re.findall(r"^\| (\w+)(?: votes, club, bloc)? \|", text(ODD).split("### 7.2")[1], re.MULTILINE)
    assert {name.split("_")[0] for name in NAMES} <= set(said)


@pytest.mark.parametrize("example", EXAMPLES, ids=[re.search('title = "(.*)"', e)[1] for e in EXAMPLES])
def test_every_example_of_a_scenario_file_loads(example, tmp_path):
    file = tmp_path / "example.toml"
    file.write_text(example, encoding="utf-8")
    assert sim.load(file).title in example


@pytest.mark.parametrize("key", sorted({*layer.KEYS, *code.KEYS, *event.KEYS, *PROVISION_COLUMNS}))
def test_every_key_of_a_scenario_file_is_described(key):
    assert re.search(rf"`(\[\[?)?{key}\b|^## \[+{key}\b", text(FORMAT), re.MULTILINE)


def test_the_readme_names_commands_that_exist():
    named = set(re.findall(r"^    (?:\S*bin\S)?parley (\w+)", text(README), re.MULTILINE))
    assert named == {command.name for command in app.registered_commands} - {"version"}


def defined_in(module: str) -> set[str]:
    """What a module defines, by name; what a class of it does, as Class.name."""
    names = set()
    for node in ast.parse(text(modules()[module])).body:
        for inner in [node, *(node.body if isinstance(node, ast.ClassDef) else [])]:
            targets = getattr(inner, "targets", [getattr(inner, "target", inner)])
            found = {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
            found |= {inner.name} if hasattr(inner, "name") else set()
            names |= found if inner is node else {f"{node.name}.{name}" for name in found}
    return names


def test_the_glossary_is_fresh():
    assert glossary.page() == text(glossary.PAGE), "run make docs"


TERMS = [term for terms in glossary.groups().values() for term in terms]


@pytest.mark.parametrize("term", TERMS, ids=[term.term for term in TERMS])
def test_a_term_is_defined_where_the_glossary_says(term):
    assert term.module in modules()
    assert term.name in defined_in(term.module)


def test_a_term_is_explained_once():
    names = [term.term for term in TERMS]
    assert sorted(names) == sorted(set(names))


def test_no_word_is_both_used_and_avoided():
    words = glossary.source()["word"]
    assert {word["use"] for word in words} & {avoided for word in words for avoided in word["instead"]} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.relative_to(ROOT).as_posix() for path in DOCUMENTS])
def test_links_lead_somewhere(document):
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text(document)) if "://" not in target]
    assert [target for target in targets if target and not (document.parent / target).exists()] == []


QUOTED = re.findall(r"What `parley ([^`]+)` prints, in part:\n\n```text\n(.*?)```", text(README), re.DOTALL)


@pytest.mark.long
@pytest.mark.parametrize(("command", "quoted"), QUOTED, ids=[command for command, _ in QUOTED])
def test_what_the_readme_quotes_is_what_is_printed(command, quoted, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["parley", *shlex.split(command)])
    with pytest.raises(SystemExit):
        cli.main()
    printed = {line.rstrip() for line in capsys.readouterr().out.splitlines()}
    assert [line for line in quoted.splitlines() if line not in printed] == []


@pytest.mark.long
def test_what_the_readme_says_of_four_others_is_what_they_read():
    said = re.findall(r"^- `parley explain (\S+) \"?([^\"`]+)\"?`: (.*)$", text(README), re.MULTILINE)
    assert len(said) == 4
    for scenario, who, reading in said:
        assert sim.explain(scenario, who).reading == reading
