"""The record of evidence as one document, from what holds to what nobody knows; and the pages of
docs/evidence.md and docs/evidence/ with their figures.

These pages, `parley backtest` and the page Evidence show the same sentences. Every number in them,
and every direction, is read from the record, so that a record that says otherwise gives other
sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.report import (
    conduct,
    dates,
    figures,
    instruments,
    rendering,
    states,
    transfer,
    weights,
)
from sim.evidence.report.document import Section
from sim.evidence.report.summary import first_figure, summary, values_of
from sim.evidence.states import MOST_ATTENTION, SHARE_SPREAD, SLOWEST

Record = Mapping[str, Any]

PAGE, FOLDER = "evidence.md", "evidence"
# The pages of the folder, and which parts of the document each has.
PAGES = {
    "backtest": ("unseen-states", "unseen-dates"),
    "texts": ("instruments",),
    "transfer": ("elsewhere",),
    "conduct": ("conclusions",),
    "fit": ("dates", "checks"),
    "limits": ("limits",),
}


def page_files(record: Record) -> dict[str, str]:
    """Name -> text of the figures, of the pages of the folder, and last of the first page."""
    whole = document(record)
    parts = {block.name: block for block in whole.blocks if isinstance(block, Section)}
    charts = figures.all_of(record, whole)
    pages = {
        name: rendering.page("part_page", name=name, sections=[parts[part] for part in of])
        for name, of in PAGES.items()
    }
    return {
        **{f"{FOLDER}/{name}": text for name, text in charts.items()},
        **{f"{FOLDER}/{name}.md": text for name, text in pages.items()},
        PAGE: first_page(record),
    }


def first_page(record: Record) -> str:
    """What is read in five minutes, with links to all else."""
    return rendering.page(
        "first_page",
        short=summary(record),
        values=values_of(record),
        figure=first_figure(record),
        manifest=record["manifest"],
    )


def document(record: Record) -> Section:
    """All of the *record*."""
    in_sample, later = dates.sections(record)
    how, headline, limits = rendering.blocks(
        "document",
        manifest=record["manifest"],
        answers=summary(record)["answers"],
        MOST_ATTENTION=MOST_ATTENTION,
        SLOWEST=SLOWEST,
        SHARE_SPREAD=SHARE_SPREAD,
    )
    return Section(
        "Would it have been right?",
        how,
        headline,
        in_sample,
        states.section(record),
        later,
        Section("Checks of the method", control(record), *weights.sections(record), name="checks"),
        instruments.section(record["instruments"], rendering.origin(record["manifest"])),
        transfer.section(record["transfer"]),
        conduct.section(record["conclusions"]),
        limits,
        name="right",
    )


def backtest_document(record: Record) -> Section:
    """The part of the document that the backtest and the manifest of a *record* can fill."""
    return Section(
        "Parley on states and dates that it has not seen",
        states.section(record),
        dates.sections(record)[-1],
        control(record),
    )


def control(record: Record) -> Section:
    """Whether the backtest finds what is not there."""
    return rendering.section("control", control=record["backtest"]["negative_control"])
