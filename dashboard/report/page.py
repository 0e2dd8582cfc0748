"""The page of an analysed sweep: question, answer, badges, figures with their numbers, methods and
sources.

It is one file: Plotly, style and numbers are in it, so that it opens with no network, now and
later.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
from plotly.offline import get_plotlyjs

import sim
from dashboard import theme
from dashboard.report import figures
from dashboard.report.cards import all_cards, without_badge
from sim import number_formats as formats

TEMPLATE = Path(__file__).parent.parent / "templates" / "report.html"
FONT = Path(__file__).parent.parent / "assets" / "inter.woff2"
SHORT = 12  # letters of a hash
MOST_ROWS = 40  # of a table below a figure
DIGITS = 4
ANSWER = "answer"


def page(analysis: sim.Analysis) -> str:
    """The page of *analysis*."""
    content = analysis.as_json()
    tables: dict[str, list[dict[str, Any]]] = {
        name: rows for name, rows in content.items() if _is_table(rows)
    }
    tables["cases"] = analysis.records("cases")
    cards = all_cards(content, tables)
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    answers = [each for each in content["sentences"] if each["kind"] == ANSWER]
    drawn = [{"id": f"figure-{number}", **card.figure} for number, card in enumerate(cards)]
    return template.render(
        content=content,
        answers=[{"text": without_badge(each["text"]), "basis": each["basis"]} for each in answers],
        bases=sim.BASES,
        cards=[
            {
                "id": f"figure-{number}",
                **card._asdict(),
                "head": _head(card.rows),
                "cells": _cells(card.rows),
                "left_out": max(len(card.rows) - MOST_ROWS, 0),
            }
            for number, card in enumerate(cards)
        ],
        data=jinja2.utils.htmlsafe_json_dumps(
            {
                "figures": drawn,
                "palettes": {name: vars(palette) for name, palette in theme.PALETTES.items()},
                "templates": {
                    name: theme.template(palette).to_plotly_json()
                    for name, palette in theme.PALETTES.items()
                },
            }
        ),
        plotly=get_plotlyjs().replace("</script", "<\\/script"),
        font=_font(),
        light=vars(theme.PALETTES["light"]),
        dark=vars(theme.PALETTES["dark"]),
        short=SHORT,
        axes=[{"name": axis["name"], "spread": _values(axis)} for axis in content["axes"]],
    )


def _is_table(rows: Any) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, dict) and "outcome" in row for row in rows
    )


def _font() -> str:
    return base64.b64encode(FONT.read_bytes()).decode()


def _values(axis: Mapping[str, Any]) -> str:
    if "values" in axis:
        return ", ".join(figures.as_text(value) for value in axis["values"])
    return formats.interval(axis["from"], axis["to"], formats.setting, formats.TO)


def _head(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [name for name in rows[0] if name != "label"] if rows else []


def _cells(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [[_cell(row[name]) for name in _head(rows)] for row in rows[:MOST_ROWS]]


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.{DIGITS}g}" if isinstance(value, float) else str(value)
