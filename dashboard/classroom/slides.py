"""The slides for a class session, from docs/teaching/slides.md, as one file that needs no
network.
"""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from dashboard import theme
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.documents import document_pages

STATIC = Path(__file__).parent / "static"
FONT = Path(__file__).parent.parent / "assets" / "inter.woff2"
MANY = 7  # points, from which on they stand in two columns


def slides() -> str:
    """The file: HTML with its style and its script in it."""
    font = base64.b64encode(FONT.read_bytes()).decode("ascii")
    face = (
        f"@font-face {{ font-family: Inter; src: url(data:font/woff2;base64,{font}); font-weight:"
        " 100 900; }"
    )
    style, script = (
        (STATIC / name).read_text(encoding="utf-8") for name in ("slides.css", "slides.js")
    )
    pages = document_pages("slides")
    sections = "\n".join(_slide(page, number, len(pages)) for number, page in enumerate(pages, 1))
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_label('slides-title')}</title><style>{face}{theme.variables_by_system()}{style}</style>"
    )
    body = f'<main>\n{sections}\n</main>\n{_turn()}\n<script type="module">{script}</script>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def _label(key: str) -> str:
    return escape(ENGLISH.say(key))


def _turn() -> str:
    """The buttons by which one turns the slides."""
    words = {name: _label(f"slides-{name}") for name in ("all", "back", "next")}
    return (
        f'<nav class="turn" aria-label="{words["all"]}" hidden>'
        f'<button id="back" type="button" aria-label="{words["back"]}">‹</button>'
        f'<button id="next" type="button" aria-label="{words["next"]}">›</button></nav>'
    )


def _slide(page: str, number: int, last: int) -> str:
    kind = "title" if "<h1>" in page else "sources" if "<h2>Sources" in page else ""
    kind = "long" if not kind and page.count("<li>") >= MANY else kind
    label = ENGLISH.say("slides-place", number=number, last=last)
    page = page.replace("h2>", "h1>")  # each is the one heading that is shown
    return (
        f'<section class="slide {kind}" tabindex="-1" aria-label="{label}">{page}'
        f'<p class="number" aria-hidden="true">{number}</p></section>'
    )
