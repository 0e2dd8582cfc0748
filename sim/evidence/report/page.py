"""The record of evidence as one document, from what holds to what nobody knows; and the pages of
docs/evidence.md and docs/evidence/ with their figures.

These pages, `parley backtest` and the page Evidence show the same sentences. Every number in them,
and every direction, is read from the record, so that a record that says otherwise gives other
sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.report import conduct, dates, figures, instruments, states, transfer, weights
from sim.evidence.report.document import Paragraph, Section, Sentences
from sim.evidence.report.rendering import origin, page, texts
from sim.evidence.report.summary import first_figure, summary, values_of
from sim.evidence.states.fit import MOST_ATTENTION, SHARE_SPREAD, SLOWEST

Record = Mapping[str, Any]

PAGE, FOLDER = "evidence.md", "evidence"
# The leads of the answers, by the part of the document that each answers for.
TOPICS = {
    "unseen-states": "Who signs:",
    "unseen-dates": "How many come later:",
    "instruments": "Other texts:",
    "elsewhere": "Another code:",
    "dates": "Dates it was fitted to:",
    "checks": "Checks of the method:",
    "conclusions": "Conduct:",
}
# The pages of the folder: their titles, and which parts of the document each has.
PAGES = {
    "backtest": ("States and dates that the fit has not seen", ("unseen-states", "unseen-dates")),
    "texts": ("Other texts", ("instruments",)),
    "transfer": ("Another instrument", ("elsewhere",)),
    "conduct": ("Conclusions about conduct", ("conclusions",)),
    "fit": ("Dates it was fitted to, and checks of the method", ("dates", "checks")),
    "limits": ("What no score can make good", ("limits",)),
}


def page_files(record: Record) -> dict[str, str]:
    """Name -> text of the figures, of the pages of the folder, and last of the first page."""
    whole = document(record)
    parts = {block.name: block for block in whole.blocks if isinstance(block, Section)}
    charts = figures.all_of(record, whole)
    return {
        **{f"{FOLDER}/{name}": text for name, text in charts.items()},
        **{
            f"{FOLDER}/{name}.md": page(
                "part_page", title=title, sections=[parts[part] for part in of]
            )
            for name, (title, of) in PAGES.items()
        },
        PAGE: first_page(record),
    }


def first_page(record: Record) -> str:
    """What is read in five minutes, with links to all else."""
    return page(
        "first_page",
        short=summary(record),
        values=values_of(record),
        figure=first_figure(record),
        manifest=record["manifest"],
    )


def document(record: Record) -> Section:
    """All of the *record*."""
    words, answers = _checks(record), summary(record)["answers"]
    headline = [f"**{lead}** {answers[part]}" for part, lead in TOPICS.items()]
    return Section(
        "Would it have been right?",
        *map(Paragraph, words["made"]),
        Sentences.of("headline", headline),
        dates.section_of_sample(record),
        states.section(record),
        dates.section(record),
        Section("Checks of the method", _control(record), *weights.sections(record), name="checks"),
        instruments.section(record, origin(record["manifest"])),
        transfer.section(record["transfer"]),
        conduct.section(record["conclusions"]),
        Section(
            "What no score can make good",
            Sentences("limits", words["limits"]),
            *map(Paragraph, words["choices"]),
            name="limits",
        ),
        name="right",
    )


def backtest_document(record: Record) -> Section:
    """The part of the document that the backtest and the manifest of a *record* can fill."""
    return Section(
        "Parley on states and dates that it has not seen",
        states.section(record),
        dates.section(record),
        _control(record),
    )


def _checks(record: Record) -> dict[str, list[str]]:
    return texts(
        "checks",
        manifest=record["manifest"],
        control=record["backtest"]["negative_control"],
        MOST_ATTENTION=MOST_ATTENTION,
        SLOWEST=SLOWEST,
        SHARE_SPREAD=SHARE_SPREAD,
    )


def _control(record: Record) -> Section:
    """Whether the backtest finds what is not there."""
    words = _checks(record)
    return Section(
        "Negative control",
        *map(Paragraph, words["negative control"]),
        Sentences("control", words["control"]),
        Section("Shuffle by shuffle", *map(Paragraph, words["shuffles"]), folded=True),
    )
