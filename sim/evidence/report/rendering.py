"""Texts of the report, from templates of Jinja over values.

A template is written like Markdown. A heading says what stands below it, a paragraph each, and what
that is called:

    # sentences NAME    sentences; `**words:**` at the beginning of one are its lead
    # running NAME      the same, one after the other
    # paragraphs        running text
    # table NAME        a title, if it has one, the table, and notes on it
    # technical NAME    a table whose notes are for statisticians
    # short NAME        one that repeats what a figure's tables say
    # marked NAME       one with the signs of MARKS in its cells
    # figure NAME       a title, what it shows, and the source; then the tables behind it
    # section NAME      a title, and what its numbers rest on, if that is said; then its blocks
    # folded            the same of a section that few readers open
    # end               the end of the last figure or section

What stands below a heading of ALONE is a text that a page asks for by its heading. Numbers are
written by the functions of `sim.number_formats`, which are filters here, so that a template decides
how a number reads. A value that a template asks for and nobody gives is an error.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim import number_formats
from sim.evidence.report.document import (
    RULES,
    Block,
    Figure,
    Paragraph,
    Section,
    Sentences,
    Table,
    lead_and_text,
    markdown_table,
)
from sim.kinds_and_statuses import KIND_WORDS

if TYPE_CHECKING:
    from jinja2 import Environment, Template

ALONE = ("answer", "details", "finding", "lead", "source")
NAME_OF_DOCUMENT = re.compile(r"\b[\w-]+\.md\b")
# Where a paragraph goes on in the next line, which is no row, list, heading, fold or figure.
CONTINUED = re.compile(r"(?<=[^\n])\n *(?=[^\s|#<!-])")
HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


@functools.cache
def texts_of(template: str) -> Template:
    """The *template* of that name, ready to be rendered."""
    return _environment().get_template(f"{template}.jinja")


def texts(template: str, **values: Any) -> dict[str, list[str]]:
    """Heading -> the paragraphs below it, as the *template* says them of *values*."""
    return {
        heading: [_folded(each) for each in paragraphs]
        for heading, paragraphs in _parts(template, values)
    }


def section(template: str, **values: Any) -> Section:
    """The one section that the *template* is."""
    (whole,) = blocks(template, **values)
    assert isinstance(whole, Section)
    return whole


def blocks(template: str, **values: Any) -> list[Block]:
    """The blocks of a document, as the *template* says them of *values*."""
    levels: list[tuple[str, list[str], list[Block]]] = [("", [], [])]
    for heading, paragraphs in _parts(template, values):
        kind, _, name = heading.partition(" ")
        lines = [_folded(each) for each in paragraphs]
        here = levels[-1][2]
        match kind:
            case "section" | "folded" | "figure":
                levels.append((heading, lines, []))
            case "end":
                whole = _container(*levels.pop())
                levels[-1][2].append(whole)
            case "sentences" | "running":
                here.append(Sentences.of(name, lines, running=kind == "running"))
            case "paragraphs":
                here += map(Paragraph, lines)
            case "table" | "technical" | "short" | "marked":
                marks = values["MARKS"] if kind == "marked" else {}
                here.append(_table(kind, name, paragraphs, marks))
            case _ if kind not in ALONE:
                raise KeyError(heading)
    return levels[0][2]


def _parts(template: str, values: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Each heading of a *template*, and the paragraphs below it."""
    _, *parts = HEADING.split(texts_of(template).render(values))
    for heading, text in zip(parts[::2], parts[1::2], strict=True):
        yield heading, [each for each in re.split(r"\n\s*\n", text) if each.strip()]


def _container(heading: str, lines: Sequence[str], inside: Sequence[Block]) -> Block:
    kind, _, name = heading.partition(" ")
    if kind == "figure":
        return Figure(name, lines, *(each for each in inside if isinstance(each, Table)))
    title, *basis = lines
    folded = kind == "folded"
    return Section(title, *inside, folded=folded, name=name, basis="".join(basis))


def _table(kind: str, name: str, paragraphs: Sequence[str], marks: Mapping[str, str]) -> Table:
    """A table in Markdown, below its title, and its notes below it. The row of rules stands below
    the headings, of which there may be two rows.
    """
    place = next(k for k, text in enumerate(paragraphs) if text.lstrip().startswith("|"))
    lines = re.split(r"\|\n\s*\|", paragraphs[place].strip()[1:-1])
    rows = [tuple(map(_folded, line.split("|"))) for line in lines]
    below = next(k for k, row in enumerate(rows) if set(row) <= set(RULES.values()))
    heads = tuple(zip(*rows[:below], strict=True))
    letters = {rule: letter for letter, rule in RULES.items()}
    notes = [lead_and_text(_folded(each)) for each in paragraphs[place + 1 :]]
    return Table(
        tuple(": ".join(filter(None, head)) for head in heads),
        "".join(letters[rule] for rule in rows[below]),
        rows[below + 1 :],
        "".join(map(_folded, paragraphs[:place])),
        tuple(text for _, text in notes),
        summary=kind == "short",
        name=name,
        lead=notes[0][0] if notes else "",
        technical=kind == "technical",
        marks=tuple((sign, meaning) for meaning, sign in marks.items()),
        heads=heads if below > 1 else (),
    )


def page(template: str, **values: Any) -> str:
    """A whole page of Markdown: a line for each paragraph, one empty line between its parts."""
    text = CONTINUED.sub(" ", texts_of(template).render(values))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def origin(manifest: Mapping[str, Any]) -> str:
    """The seed and the version behind numbers."""
    return f"seed {manifest['seed']}, Parley {manifest['parley']}"


def score(value: float) -> str:
    """A score with three digits."""
    return number_formats.decimal(value, 3)


def pairs(share: float) -> str:
    """A share of pairs that are put right, as so many of a hundred."""
    return number_formats.count(100 * share)


def capital(words: str) -> str:
    """The *words* with a capital letter at their beginning."""
    return f"{words[:1].upper()}{words[1:]}"


def quantity(number: int, one: str) -> str:
    """1 world, 2 worlds."""
    return f"{number} {one if number == 1 else f'{one}s'}"


def model_name(model: str) -> str:
    """The name of a *model* as it can stand among others: flat ridge (27 covariates)."""
    name, _, more = model.partition(", ")
    return f"{name} ({more})" if more else name


def _folded(text: str) -> str:
    """*text* in one line; spaces that may not break stay."""
    return re.sub(r"[ \n]+", " ", text).strip(" \n")


@functools.cache
def _environment() -> Environment:
    """Jinja, which whoever reads no text of a report need not load."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__name__.rpartition(".")[0]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters |= {
        name: function
        for name, function in inspect.getmembers(number_formats, inspect.isfunction)
        if not name.startswith("_")
    }
    environment.filters |= {
        "capital": capital,
        "linked": lambda text: NAME_OF_DOCUMENT.sub(r"[\g<0>](../\g<0>)", text),
        "markdown_table": markdown_table,
        "kind": lambda kind: KIND_WORDS[kind],
        "model": model_name,
        "pairs": pairs,
        "quantity": quantity,
        "score": score,
    }
    environment.globals |= {"KINDS": tuple(KIND_WORDS), "SIGNIFICANT": number_formats.significant}
    return environment
