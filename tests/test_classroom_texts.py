"""The texts of the pages of class sessions: all in the catalogue, each there for a page, and none
anywhere else.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, Resource, Term
from words_of_pages import ids_in, words_in, words_of

import dashboard.classroom
from dashboard import app
from dashboard.classroom.catalogue import ENGLISH, LANGUAGES, TEXTS

HERE = Path(dashboard.classroom.__file__).parent
SCRIPTS, TEMPLATES = HERE / "static", HERE / "templates"

# Pages, scripts and files of messages whose texts all stand in the catalogue.
PAGES = ("class", "console", "join", "screen", "seat")  # each in frame.html
WORDLESS = (
    "api",
    "ballots",
    "briefing",
    "charts",
    "class",
    "clock",
    "console",
    "debrief",
    "dom",
    "exit",
    "gone",
    "guess",
    "join",
    "news",
    "paper",
    "scheme",
    "screen",
    "seat",
    "seating",
    "slides",
    "text",
    "top",
    "way_back",
    "words",
)
USED = ("class", "common", "console", "debrief", "join", "news", "screen", "seat", "talks")
OF_OTHERS = {"fluent-bundle"}  # scripts that are not ours
# What begins the ids that scripts put together.
GAPS = {
    "kind-",
    "month-",
    "part-",
    "script-",
    "seat-agreeing-",
    "seat-conduct-",
    "seat-kept-",
    "seat-way-",
    "talks-rung-",
}


def template(page: str) -> str:
    return (TEMPLATES / f"{page}.html").read_text("utf-8")


def script(name: str) -> str:
    return (SCRIPTS / f"{name}.js").read_text("utf-8")


@cache
def ids_of(name: str) -> tuple[set[str], set[str]]:
    return ids_in(script(name))


def scripts_of(page: str) -> set[str]:
    """The scripts that a *page* loads, and those that they import."""
    found, ahead = set[str](), [page]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += re.findall(r'^import .*?"\./(\w+)\.js";', script(name), flags=re.MULTILINE)
    return found


def embedded(page: str) -> list[str]:
    """The files of messages that a *page* embeds for its scripts."""
    (files,) = re.findall(r"source\(([^)]*)\)", template(page))
    return re.findall(r'"([\w-]+)"', files)


def said_in(page: str) -> set[str]:
    """The messages that a template says."""
    return {key.partition(".")[0] for key in re.findall(r'say\("([\w.-]+)"', template(page))} | {
        f"{page}-title"
    }


@cache
def resource(path: Path) -> Resource:
    return FluentParser().parse(path.read_text("utf-8"))


def english(name: str) -> Path:
    return TEXTS / ENGLISH.code / f"{name}.ftl"


def messages(*names: str) -> set[str]:
    """The ids of the messages in these English files."""
    return {
        each.id.name
        for name in names
        for each in resource(english(name)).body
        if isinstance(each, Message)
    }


ALL = sorted(path.stem for path in (TEXTS / ENGLISH.code).glob("*.ftl"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_embeds_every_message_for_which_its_scripts_ask(name):
    known = messages(*embedded(name))
    for one in sorted(scripts_of(name)):
        whole, begun = ids_of(one)
        assert whole - known == set(), one
        assert begun - GAPS == set(), (
            f"{one}: GAPS names what begins the ids that a script puts together"
        )
        assert {
            each for each in begun if not any(key.startswith(each) for key in known)
        } == set(), one


@pytest.mark.parametrize("name", PAGES)
def test_every_message_that_a_template_says_exists(name):
    assert said_in(name) - messages(*ALL) == set()


@pytest.mark.parametrize("name", USED)
def test_every_message_is_there_for_a_page(name):
    asked, begun = (
        set[str]().union(*(said_in(path.stem) for path in TEMPLATES.glob("*.html"))),
        set[str](),
    )
    for path in SCRIPTS.glob("*.js"):
        if path.stem not in OF_OTHERS:
            asked |= ids_of(path.stem)[0]
            begun |= ids_of(path.stem)[1]
    assert (
        sorted(each for each in messages(name) - asked if not each.startswith(tuple(begun))) == []
    )


@pytest.mark.parametrize("name", WORDLESS)
def test_no_sentence_stands_in_a_script(name):
    assert words_in(script(name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_sentence_stands_in_a_template(name):
    assert words_of(template(name)) == []


@pytest.mark.parametrize(
    "path", sorted(TEXTS.rglob("*.ftl")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_messages_are_in_the_syntax_of_fluent(path):
    assert [each.content for each in resource(path).body if isinstance(each, Junk)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_two_messages_of_a_language_have_one_id(code):
    ids = Counter(
        (type(each), each.id.name)
        for path in (TEXTS / code).glob("*.ftl")
        for each in resource(path).body
        if isinstance(each, Message | Term)
    )
    assert [name for (_, name), number in ids.items() if number > 1] == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('say("words", message("seat-free"));', []),
        ('say("words", mine ? "full" : message("seat-free"));', ["full"]),
        ('say("words", kind === "lobby" ? title : "");', []),
        ('return {head: "Sign, or stay out?", sections: ["vote"]};', ["Sign, or stay out?"]),
        ('return {head: "sign", words: ["keep", "news"].includes(kind) ? title : ""};', ["sign"]),
        ("throw new Error(`Type a number to ${high}`);", ["Type a number to "]),
        ('node.className = own ? "seat is-own" : "seat";', []),
        (
            'element("ul", {className: "stack tight", "aria-label": "seats"}, `${number} free`);',
            ["seats", " free"],
        ),
        ('mark("qr", "alt", "a square"); mark("qr", "data-kind", "lost");', ["a square"]),
        ('const plain = text.replace(/[^"A-Z]/g, "");  // It says "nothing at all"', []),
    ],
)
def test_words_are_told_from_ids_in_scripts(source, words):
    assert [text for _, text in words_in(source)] == words


def test_words_are_told_from_messages_in_templates():
    assert words_of('<p title="{{ say("seat-own") }}">{{ say("seat-own") }}<b>Parley</b></p>') == []
    assert words_of('<p title="Seats">of yours</p>') == [(1, "Seats"), (1, "of yours")]


def test_ids_are_found_where_a_script_asks_for_them():
    source = (
        'message(own ? "seat-own" : kind === "news" ? `part-${state.part}` : "seat-free", {name:'
        ' "Amina"})'
    )
    assert ids_in(source) == ({"seat-own", "seat-free"}, {"part-"})


def test_the_page_on_which_sessions_open_leads_to_all_pages(client):
    page = client.get("/class").text
    assert [each.PATH for each in app.PAGES if f'href="{each.PATH}"' not in page] == []
