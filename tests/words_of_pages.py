"""What scripts and templates of pages say themselves, and for which messages they ask: read by
their tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

READ = {
    "title",
    "aria-label",
    "alt",
    "placeholder",
    "label",
}  # attributes that a person reads, or hears
SAID = READ | {"head", "words"}  # properties of what a script shows
SHOWN = {  # functions, and which of their arguments they show
    "say": slice(1, None), "element": slice(2, None), "Error": slice(0, 1), "gone": slice(0, None),
    "settled": slice(0, 2), "decision": slice(1, 4),
}  # fmt: skip
UNREAD = {  # words of a protocol, keys and selectors, which no person reads
    "Bearer ",
    "Content-Type",
    "If-None-Match",
    "ETag",
    "Enter",
    "Backspace",
    "Delete",
    "Escape",
    "input, select",
    "button, a",
    "px Inter, system-ui, sans-serif",
    "line simulated",
    "(prefers-color-scheme: dark)",
}

SENTENCE = re.compile(
    r"\b[A-Z][a-z]|[a-z]{2,}[,;:.?!]?\s+[a-zA-Z]|[a-z][.!]\s*$|[a-z]+[^\x00-\x7f]"
)
WORD = re.compile(r"[^\W\d_]{2,}")

TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/)|(?P<name>[\w$]+)|(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
    r"""|(?P<sign>`|===|!==|=>|\?\?=?|\?\.|.)""",
    re.DOTALL,
)
PATTERN = re.compile(
    r"/(?![/*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[\n])+/[a-z]*"
)  # of a regular expression
PIECE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*", re.DOTALL)
OPEN, CLOSED = {"(", "[", "{", "${"}, {")", "]", "}"}


@dataclass(frozen=True)
class Token:
    """A name, a sign, a pattern, or the words of a string; of a template, those of each piece
    between its gaps.
    """

    kind: str
    text: str
    line: int = 0


NONE = Token("sign", "")
IN_A_TEMPLATE = -1  # the line of a sign on which a piece of a template follows


def tokens(source: str) -> list[Token]:
    """The *source* of a script as tokens; what a template has in its gaps stands among them as
    code.
    """
    found: list[Token] = []
    braces: list[str] = []  # those that are open: of code, or of a gap
    place = 0
    while place < len(source):
        last, line = found[-1] if found else NONE, source.count("\n", 0, place) + 1
        if last.line == IN_A_TEMPLATE:
            piece = PIECE.match(source, place)
            assert piece is not None
            gap = source.startswith("${", piece.end())
            found += [Token("string", piece[0], line), Token("sign", "${" if gap else "`", line)]
            braces += ["${"] if gap else []
            place = piece.end() + (2 if gap else 1)
            continue
        ends_a_value = last.kind != "sign" or last.text in (*CLOSED, "`")
        pattern = None if ends_a_value and last.text != "return" else PATTERN.match(source, place)
        match = pattern or TOKEN.match(source, place)
        assert match is not None
        kind, text = "pattern" if pattern else str(match.lastgroup), match[0]
        place = match.end()
        if kind == "skip":
            continue
        if text == "{":
            braces.append(text)
        in_a_template = text == "`" or (text == "}" and bool(braces) and braces.pop() == "${")
        found.append(
            Token(
                kind,
                text[1:-1] if kind == "string" else text,
                IN_A_TEMPLATE if in_a_template else line,
            )
        )
    return found


def _at(found: list[Token], place: int) -> Token:
    return found[place] if 0 <= place < len(found) else NONE


def _value(found: list[Token], place: int) -> range:
    """The places of the value that begins at *place*: to the comma, semicolon or bracket that ends
    it.
    """
    depth = 0
    for number in range(place, len(found)):
        token = found[number]
        if token.kind == "sign":
            if depth == 0 and (token.text in CLOSED or token.text in {",", ";"}):
                return range(place, number)
            depth += (token.text in OPEN) - (token.text in CLOSED)
    return range(place, len(found))


def _arguments(found: list[Token], place: int) -> list[range]:
    """The places of each argument of the call whose bracket stands at *place*."""
    parts = []
    while place < len(found) - 1:
        part = _value(found, place + 1)
        parts.append(part)
        place = part.stop
        if _at(found, place).text != ",":
            break
    return [part for part in parts if part]


def _calls(found: list[Token], name: str) -> Iterator[list[range]]:
    """The arguments of each call of *name*."""
    for number, token in enumerate(found):
        called = (token.kind, token.text, _at(found, number + 1).text) == ("name", name, "(")
        if called and _at(found, number - 1).text != "function":
            yield _arguments(found, number + 1)


def _itself(found: list[Token], part: Iterable[int]) -> list[int]:
    """Of the places of *part*, those that no call in it has as its arguments."""
    places = list(part)
    inner = {
        place
        for number in places
        if found[number].kind == "name" and _at(found, number + 1).text == "("
        for argument in _arguments(found, number + 1)
        for place in argument
    }
    return [place for place in places if place not in inner]


def _is_a_key(found: list[Token], place: int) -> bool:
    """Whether the string at *place* names a property or an item, is compared, or is one that
    `includes` asks.
    """
    before, after = _at(found, place - 1).text, _at(found, place + 1).text
    if {before, after} & {"===", "!=="} or (before in ("{", ",") and after == ":"):
        return True
    end = place
    while _at(found, end).kind == "string" or _at(found, end).text == ",":
        end += 1
    asked = (_at(found, end).text, _at(found, end + 2).text) == ("]", "includes")
    return asked or (before == "[" and after == "]" and _at(found, place - 2).kind == "name")


def words_in(script: str) -> list[tuple[int, str]]:
    """What a person would read of the strings in a *script*, each with its line. What looks like a
    sentence is read wherever it stands; a single word where the page shows it.
    """
    found, styles, shown = tokens(script), set[int](), set[int]()
    for name, of_them in SHOWN.items():
        shown.update(
            place
            for call in _calls(found, name)
            for part in call[of_them]
            for place in _itself(found, part)
        )
    for call in _calls(found, "mark"):
        if len(call) > 2 and found[call[1].start].text in READ:
            shown.update(_itself(found, call[2]))
    for number, token in enumerate(found):
        if token.text == "className" and _at(found, number + 1).text in (":", "="):
            styles.update(_value(found, number + 2))
        elif token.text in SAID and _at(found, number + 1).text == ":":
            shown.update(_itself(found, _value(found, number + 2)))
    return [
        (token.line, token.text) for number, token in enumerate(found)
        if token.kind == "string" and number not in styles and _at(found, number - 1).text != "from"
        and token.text not in UNREAD and not token.text.startswith("/") and "[" not in token.text
        and (SENTENCE.search(token.text)
             or (number in shown and WORD.search(token.text) and not _is_a_key(found, number)))
    ]  # fmt: skip


def ids_in(script: str) -> tuple[set[str], set[str]]:
    """The ids of messages for which a *script* asks, and what begins those that it puts
    together.
    """
    found, whole, begun = tokens(script), set[str](), set[str]()
    for first, *_ in _calls(found, "message"):
        gap = 0
        for place in _itself(found, first):
            gap += (found[place].text == "${") - (
                (found[place].text, found[place].line) == ("}", IN_A_TEMPLATE)
            )
            if found[place].kind != "string" or gap or _is_a_key(found, place):
                continue
            if _at(found, place + 1).text == "${":
                begun.add(found[place].text)
            elif found[place].text:
                whole.add(found[place].text)
    return whole, begun


class _Words(HTMLParser):
    """Collects what a person reads of a template."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.inside = ""

    def note(self, text: str) -> None:
        if WORD.search(text.replace("Parley", "")):
            self.found.append((self.getpos()[0], text.strip()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        for name, value in attrs:
            if name in READ:
                self.note(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside not in ("script", "style"):
            self.note(data)


def words_of(template: str) -> list[tuple[int, str]]:
    """What a person would read of a *template*, each with its line, but for what it takes from the
    catalogue and for the name of Parley.
    """
    reader = _Words()
    reader.feed(re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", template, flags=re.DOTALL))
    return reader.found
