"""Which states would join a text: the prediction in words and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.evidence.report.document import Paragraph, Section, Sentences, Table
from sim.evidence.report.instruments import CAMP_WORDS
from sim.evidence.report.rendering import texts
from sim.evidence.texts.backtest import MOVED_BY
from sim.facts import state_names
from sim.number_formats import DASH, decimal, difference, percent, percent_interval

Record = Mapping[str, Any]

FIRST = 12  # states printed from each end
EXPLAINED = 3  # states from each end whose motives are shown
MIDDLE = 0.5  # of openness
GAP = "…"


def document(content: Record, who: Sequence[str] = (), every: bool = False) -> Section:
    """The *content* of a prediction: the motives of *who* (iso3), by default of the first and the
    last states; *every* state, or those at both ends and *who*.
    """
    text = content["text"]
    words = texts(
        "prediction",
        content=content,
        text=text,
        every=every,
        convenor="none" if text["convenor"] is None else state_names()[text["convenor"]],
        is_near_middle=abs(content["features"]["openness"] - MIDDLE) < MOVED_BY,
        CAMPS=CAMP_WORDS,
    )
    ranking = _ranking(content, who, every, words["title of ranking"][0], *words["notes ranking"])
    return Section(
        words["title"][0],
        Sentences.of("prediction", words["prediction"]),
        ranking,
        _nearest(content, *words["notes nearest"]),
        _motives(content, who, *words["notes motives"]),
        Section("What this cannot say", Sentences.of("limits", words["limits"])),
        *map(Paragraph, words["origin"]),
    )


def _ranking(content: Record, who: Sequence[str], every: bool, title: str, *notes: str) -> Table:
    """A row per state, the likeliest first."""
    states, has_answers = content["states"], content["answers"] is not None
    last = len(states) - FIRST
    rows: list[tuple[str, ...]] = []
    for place, state in enumerate(states):
        if every or place < FIRST or place >= last or state["iso3"] in who:
            rows.append(_row(state, has_answers, state["iso3"] == content["text"]["convenor"]))
        elif rows and rows[-1][0] != GAP:
            rows.append((GAP, *[""] * (len(rows[0]) - 1)))
    columns = ("rank", "90 %", "state", "chance", "90 %", *(["joined"] if has_answers else []))
    return Table(columns, "rrlrrl"[: len(columns)], rows, title, notes)


def _row(state: Record, has_answers: bool, convenes: bool) -> tuple[str, ...]:
    name = f"{state['name']}{', convenor' if convenes else ''}"
    cells = (
        f"{state['rank']}",
        f"{state['rank_low']}–{state['rank_high']}",
        name,
        percent(state["chance"]),
        percent_interval(state["low"], state["high"]),
    )
    return (*cells, "yes" if state["joined"] else "no") if has_answers else cells


def _nearest(content: Record, *notes: str) -> Table:
    rows = [
        (
            decimal(each["distance"]),
            each["title"],
            each["kind"],
            each["camp"],
            each["convenor"] or DASH,
            decimal(each["auc"]),
            f"{each['joined']}/{each['n']}",
        )
        for each in content["nearest"]
    ]
    columns = ("away", "instrument", "kind", "text", "convenor", "AUC", "joined")
    title = "The nearest instruments, and how well each was told"
    return Table(columns, "rllllrr", rows, title, notes)


def _motives(content: Record, who: Sequence[str], *notes: str) -> Table:
    """A row per motive that says anything: what it adds for some states, and on average."""
    parts, order = content["contributions"], [state["iso3"] for state in content["states"]]
    subjects = list(who) or list(dict.fromkeys([*order[:EXPLAINED], *order[-EXPLAINED:]]))
    vectors = [parts[iso3] for iso3 in subjects]
    vectors.append([sum(column) / len(parts) for column in zip(*parts.values(), strict=True)])
    places = [m for m in range(len(content["weights"])) if any(part[m] for part in parts.values())]
    places.sort(key=lambda m: -max(abs(parts[iso3][m]) for iso3 in subjects))
    rows = [
        (content["weights"][m]["meaning"], *(difference(column[m]) for column in vectors))
        for m in places
    ]
    rows.append(("in sum", *(difference(sum(column)) for column in vectors)))
    columns = ("motive", *subjects, "mean")
    return Table(columns, "l" + "r" * (len(columns) - 1), rows, "Why: what each motive adds", notes)
