"""The Markdown of lessons as HTML: headings, paragraphs, lists, tables, quotations, emphasis, code and addresses.

It is what the texts of lessons use and no more, and whatever else a file has in it, tags too, comes out as text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

BLANK = re.compile(r"\n\s*\n")
HEADING = re.compile(r"(#{1,4}) +(.+)")
ITEM = re.compile(r"(?:[-*]|(\d+)\.) +")
INLINE = (  # on text that is escaped already
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(.+?)\*\*", re.DOTALL), r"<strong>\1</strong>"),
    (re.compile(r"(?<![\w*])\*(?! )(.+?)\*(?!\w)", re.DOTALL), r"<em>\1</em>"),
    (re.compile(r"\[([^\]]+)\]\((https?://[^\s)]+)\)"), r'<a href="\2">\1</a>'),
    (re.compile(r'(?<!["\w>])(https?://[^\s<]*[\w/])'), r'<a href="\1">\1</a>'),
)


def as_html(text: str) -> str:
    """*text*, Markdown, as HTML."""
    return "\n".join(_block(block) for block in BLANK.split(text.strip()))


def _block(block: str) -> str:
    first = block.lstrip()
    if heading := HEADING.fullmatch(first):
        level = len(heading[1])
        return f"<h{level}>{_inline(heading[2])}</h{level}>"
    if first.startswith("|"):
        return _table(first)
    if first.startswith("> "):
        return f"<blockquote>{_inline(re.sub(r'^> ?', '', first, flags=re.MULTILINE))}</blockquote>"
    if item := ITEM.match(first):
        tag = "ol" if item[1] else "ul"
        return f"<{tag}>{''.join(f'<li>{_inline(each)}</li>' for each in _items(first))}</{tag}>"
    return f"<p>{_inline(first)}</p>"


def _items(block: str) -> Iterator[str]:
    """The items of a list, each with the lines that continue it."""
    item: list[str] = []
    for line in block.splitlines():
        if ITEM.match(line) and item:
            yield " ".join(item)
            item = []
        item.append(ITEM.sub("", line, count=1) if not item else line.strip())
    yield " ".join(item)


def _table(block: str) -> str:
    """A table, whose second line parts the heading from the rows."""
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines()]
    head = "".join(f"<th>{_inline(cell)}</th>" for cell in lines[0])
    rows = ("".join(f"<td>{_inline(cell)}</td>" for cell in cells) for cells in lines[2:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def _inline(text: str) -> str:
    result = html.escape(text, quote=False)
    for pattern, replacement in INLINE:
        result = pattern.sub(replacement, result)
    return result
