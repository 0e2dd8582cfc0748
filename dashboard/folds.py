"""Folds of the pages Evidence, Method and Stakeholder: a question, the answer in a sentence, and
behind them all that it rests on.

assets/folds.js opens the fold that an address leads to, and all of them for print: without what is
closed within them, or with every part.
"""

from __future__ import annotations

from typing import Any

from dash import html


def fold(name: str, question: str, answer: str, *content: Any) -> html.Details:
    """A fold called *name*, by which an address leads to it. Question and *answer* are visible
    while it is closed; the answer is in the place answer-*name*, so that a script can write it.
    """
    head = html.Summary(
        [html.H2(question), html.P(answer, id=f"answer-{name}", className="fold-answer")]
    )
    return html.Details(
        [head, html.Div(list(content), className="fold-content")], id=name, className="fold card"
    )


def folds(
    *content: html.Details,
    name: str = "",
    words: str = "Each question opens.",
    pages_of_parts: int = 0,
) -> html.Div:
    """Folds below each other under some *words*, with a button that opens all of them, and closes
    them again, and where *pages_of_parts* one that prints them with every part that is closed
    within them, on about so many pages.
    """
    buttons = [
        html.Button("Open all", id="open-all", className="quiet", **{"aria-pressed": "false"})
    ]
    if pages_of_parts:
        words_of_print = f"Print with every part (some {pages_of_parts} pages)"
        buttons.append(html.Button(words_of_print, id="print-parts", className="quiet"))
    side = html.Div(buttons, className="folds-buttons")
    style = "folds-head has-print" if pages_of_parts else "folds-head"
    head = html.Div([html.P(words, className="dimmed"), side], className=style)
    return html.Div([head, *content], className="folds", **({"id": name} if name else {}))


def lead(
    place: int, question: str, number: str = "", counts: str = "", sentence: str = ""
) -> html.Section:
    """One of the sentences with which a page begins: a question, a number in large with what it
    counts, a sentence.

    A script may write all but the question; `place` counts from 0.
    """
    return html.Section(
        [
            html.H2(question),
            html.P(
                [html.Strong(number, id=f"lead-{place}-number", className="headline"),
                 html.Span(counts, id=f"lead-{place}-counts")],
                className="lead-number",
            ),
            html.P(sentence, id=f"lead-{place}-sentence", className="lead-sentence"),
        ],
        className="lead-part", **{"aria-label": question},
    )  # fmt: skip
