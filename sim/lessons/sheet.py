"""The sheet of a lesson, to print: what the student fills in; and for the teacher what is revealed,
and the key, each on a page of its own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from markdown_it import MarkdownIt

from sim.lessons.catalogue import KINDS_OF_LESSON
from sim.lessons.figure import Figure, Reveal
from sim.lessons.free_settings import free_settings
from sim.lessons.lesson import HEADINGS, OF_THE_TEACHER, Lesson
from sim.number_formats import setting
from sim.typeface import FAMILY, font_faces

MARKDOWN_READER = MarkdownIt("commonmark", {"html": False}).enable("table")
ADDRESS = re.compile(
    r"(?<![\w(<\[])(https?://[^\s<>)]*[\w/])"
)  # which Markdown links in angle brackets alone
MARKDOWN, HTML = ".md", ".html"  # what a sheet may be written as
LINE = "…" * 30
BOX, TICK = "☐", '<i class="tick"></i>'  # the same on a page, as the typeface has no such sign
STYLE = """
@page { margin: 16mm }
html { color: #111; background: #fff }
body { font: 11pt/1.45 "FAMILY", system-ui, sans-serif }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
h1, h2 { line-height: 1.2; break-after: avoid; font-weight: 650 }
h1 { font-size: 20pt; margin: 0 0 0.6rem }
h2 { font-size: 14pt; margin: 1.2rem 0 0.4rem }
p, ul, ol, table { margin: 0 0 0.6rem }
tr, li { break-inside: avoid }
table { border-collapse: collapse; width: 100%; font-size: 0.85em }
td, th { border-bottom: 1px solid #bbb; padding: 0.3rem 0.5rem }
td, th { text-align: left; vertical-align: top }
a { color: inherit; overflow-wrap: anywhere }
.tick { display: inline-block; width: 0.8em; height: 0.8em; border: 1px solid; margin-right: 0.3em }
.page + .page { break-before: page }
@media print { body { margin: 0; padding: 0; max-width: none } }
""".replace("FAMILY", FAMILY)


def sheet(lesson: Lesson, reveal: Reveal | None = None, suffix: str = MARKDOWN) -> str:
    """The sheet of *lesson* in Markdown, or, by *suffix*, as a page of HTML: the tasks, which tell
    no answer; with a *reveal* the pages for the teacher, too.
    """
    pages = ["\n\n".join(_task(lesson))]
    if reveal is not None:
        pages.append("\n\n".join(_after(lesson, reveal)))
        pages.append("\n\n".join(_section(lesson, key) for key in OF_THE_TEACHER))
    if suffix == HTML:
        return _html(lesson.title, pages)
    return "\n\n---\n\n".join(pages) + "\n"


def as_html(text: str) -> str:
    """*text*, Markdown, as HTML; tags in it come out as text."""
    return str(MARKDOWN_READER.render(ADDRESS.sub(r"<\1>", text)))


def figure_rows(figures: Iterable[Figure]) -> str:
    """*figures* as a table in Markdown."""
    rows = [f"| {one.label} | {one.words} | {one.spread} | {one.basis} |" for one in figures]
    return "\n".join(["| what | value | spread | rests on |", "|---|---|---|---|", *rows])


def _task(lesson: Lesson) -> list[str]:
    """What the student works on, with lines to write on."""
    predict = lesson.predict
    answer = [f"- {BOX} {option.words}" for option in predict.options] or [f"{LINE} {predict.unit}"]
    return [
        f"# {lesson.title}",
        f"{lesson.question}",
        (
            f"*About {setting(lesson.minutes)} minutes. Beside your prediction stands"
            f" {KINDS_OF_LESSON[lesson.kind]}.*"
        ),
        _section(lesson, "predict"),
        f"**{predict.question}**",
        "\n".join(answer),
        *([f"Why? {LINE}"] if predict.reasons else []),
        _section(lesson, "run"),
        "\n".join(f"- {one.words}: {one.range_words}" for one in free_settings(lesson)),
        f"What I moved, and what changed: {LINE}",
        _section(lesson, "transfer"),
        LINE,
        f"## {HEADINGS['false']}",
        f"I would change my mind if {LINE}",
    ]


def _after(lesson: Lesson, reveal: Reveal) -> list[str]:
    """What is revealed, and what explains it."""
    return [
        _section(lesson, "reveal"),
        *([reveal.finding] if reveal.finding else []),
        figure_rows(reveal.rows),
        "\n".join(f"- {side}" for side in reveal.sides)
        or f"**The answer: {reveal.answer_words}.**",
        *(_section(lesson, key) for key in ("explain", "false", "background")),
    ]


def _section(lesson: Lesson, key: str) -> str:
    return f"## {HEADINGS[key]}\n\n{lesson.sections[key]}"


def _html(title: str, pages: Iterable[str]) -> str:
    sections = (as_html(page).replace(BOX, TICK) for page in pages)
    body = "\n".join(f'<section class="page">\n{page}\n</section>' for page in sections)
    style = f"<style>{font_faces()}{STYLE}</style>"
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title>{style}'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n{body}\n</body></html>\n'
