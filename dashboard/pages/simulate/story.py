"""The head of the page, which says in one sentence what happened, its ranges, and the questions
that it offers.

assets/story.js writes the sentence from the record, assets/tour.js and assets/presenter.js do what
their buttons say.
"""

from __future__ import annotations

from dash import html

STRAPLINE = "Who signs the Paris Call, France’s voluntary code of conduct for cyberspace?"
GLOSS = (
    "The Paris Call is a voluntary code of conduct for cyberspace that France opened on 12 November"
    " 2018 to states, firms and NGOs. The register is the public list of its supporters. A world is"
    " one run of the simulation: worlds differ by luck, so many of them show what could as well"
    " have come."
)


def head() -> html.Div:
    """What Parley is, the sentence, the scenario and its question, and on request what to look
    at.
    """
    return html.Div(
        [
            html.Div(
                [
                    html.P(
                        [STRAPLINE, html.Span(" A simulator", className="where-room")],
                        className="strapline",
                    ),
                    html.Div(
                        [
                            html.Button(
                                "Tour",
                                id="tour-start",
                                className="quiet",
                                title="Six steps through this page; Escape ends it",
                            ),
                            html.Button(
                                "Present",
                                id="present",
                                className="quiet",
                                title="One chart a screen, in large type (key P; Escape leaves)",
                                **{"aria-keyshortcuts": "p"},
                            ),
                        ],
                        className="offers",
                    ),
                ],
                className="title-row",
            ),
            html.P("", id="story", className="story"),
            html.Div(
                [
                    html.H1("", id="title"),
                    html.P("", id="question"),
                    html.P("", id="names-apart"),
                    html.Details(
                        [
                            html.Summary("What should I look at?"),
                            html.P(GLOSS, className="dimmed"),
                            html.Ul([], id="look-at"),
                        ],
                        id="look-at-more",
                        hidden=True,
                    ),
                ],
                className="asked-here",
            ),
        ],
        className="head",
    )


def ranges() -> html.P:
    """The ranges of the sentence, below the figure, which needs the height."""
    return html.P("", id="story-ranges", className="story-ranges")


def presets() -> html.Nav:
    """Three questions, each a link that assets/story.js keeps on the worlds and the seed shown."""
    return html.Nav(
        [
            html.A(words, href=path, id=f"ask-{name}", className="preset")
            for name, words, path in (
                ("powers", "What if the great powers sign?", "./?scenario=great-powers-sign"),
                ("why", "Why was Washington absent at launch?", "stakeholder?round=0&who=USA#why"),
                ("text", "What if the text changed?", "designer"),
            )
        ],
        className="presets", id="presets",
        **{"aria-label": "Questions to ask"},
    )  # fmt: skip
