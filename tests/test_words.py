"""The messages in which findings are said: each exists where it is asked for, and is asked for
where it exists.
"""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, MessageReference, Resource
from fluent.syntax.visitor import Visitor

from sim.errors import InputError
from sim.findings import Interval
from sim.words import ENGLISH, FRENCH, LANGUAGES, Language, say
from sim.words.language import language_of_environment

HERE = Path(__file__).parent.parent / "sim"
FILES = sorted((HERE / "words").rglob("*.ftl"))
# What begins the ids that a module puts together from the measure of a finding.
GAPS = {"talks-", "lever-", "size-", "unlike-", "event-"}


@cache
def resource(path: Path) -> Resource:
    return FluentParser().parse(path.read_text("utf-8"))


def messages(code: str) -> list[Message]:
    return [
        each
        for path in FILES
        if path.parent.name == code
        for each in resource(path).body
        if isinstance(each, Message)
    ]


class References(Visitor):
    """The messages to which others refer."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_MessageReference(self, node: MessageReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


@cache
def texts() -> frozenset[str]:
    """Every text in the code of sim: keys of messages and measures of findings are among them."""
    return frozenset(
        node.value
        for path in HERE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def keys_of_calls() -> set[str]:
    """What the code of sim says by a key of its own."""
    return {
        node.args[0].value
        for path in HERE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "say"
        and isinstance(node.args[0], ast.Constant)
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_messages_are_in_the_syntax_of_fluent(path):
    assert [each.content for each in resource(path).body if isinstance(each, Junk)] == []


@pytest.mark.parametrize("code", {path.parent.name for path in FILES})
def test_no_two_messages_have_one_id_and_english_has_all(code):
    ids = Counter(each.id.name for each in messages(code))
    assert [name for name, number in ids.items() if number > 1] == []
    assert set(ids) <= {each.id.name for each in messages("en")}
    assert code in LANGUAGES


def test_whatever_is_said_has_a_message():
    assert len(keys_of_calls()) > 50
    assert keys_of_calls() - {each.id.name for each in messages("en")} == set()


def test_every_message_is_said_or_is_part_of_another():
    references = References()
    for each in messages("en"):
        references.visit(each)
    unused = {each.id.name for each in messages("en")} - texts() - references.names
    by_measure = {
        name
        for name in unused
        for gap in GAPS
        if name.startswith(gap) and name.removeprefix(gap).replace("-", "_") in texts()
    }
    assert unused - by_measure == set()


@pytest.fixture
def tongue(tmp_path: Path) -> Language:
    """A language with messages of its own, one of them in English alone."""
    for code, text in {
        "en": "share = { PERCENT($share) } of { $worlds }\nmany = { COUNT($of) } { LIST($names) }\n"
        "span = { SPAN($span) }\nbare = { $share }\n",
        "fr": "share = { PERCENT($share) } sur { $worlds }\n",
    }.items():
        (tmp_path / code).mkdir()
        (tmp_path / code / "any.ftl").write_text(text, "utf-8")
    return Language(FRENCH.code, FRENCH.title, FRENCH.locale, tmp_path)


def test_a_language_says_what_it_has_and_english_the_rest(tongue):
    assert tongue.say("share", share=0.5, worlds=20) == "50\u00a0% sur 20"
    assert tongue.say("many", of=1234.0, names=["A", "B"]) == "1,234 A and B"
    assert tongue.say("span", span=Interval(0.1, 0.25)) == "10 to 25\u00a0%"


def test_a_number_without_a_form_and_a_gap_without_a_value_are_errors(tongue):
    with pytest.raises(TypeError, match="takes a function"):
        tongue.say("bare", share=0.123456)
    with pytest.raises(KeyError, match="worlds"):
        tongue.say("share", share=0.5)
    with pytest.raises(KeyError):
        tongue.say("nowhere")


def test_all_is_said_in_english_unless_the_environment_asks_for_another_language(monkeypatch):
    assert say("talks-part-sure") == ENGLISH.say("talks-part-sure") == "How sure"
    monkeypatch.setenv("PARLEY_LANGUAGE", "eng")
    with pytest.raises(InputError, match="PARLEY_LANGUAGE is 'eng', expected one of en, fr"):
        language_of_environment.__wrapped__()
