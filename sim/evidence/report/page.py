"""The record of evidence as one document, from what holds to what nobody knows; and
docs/evidence.md with its figures.

docs/evidence.md, `parley backtest` and the page Evidence show these same sentences. Every number in
them, and every direction, is read from the record, so that a record that says otherwise gives other
sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.evidence.report import (
    conduct,
    dates,
    figures,
    instruments,
    robustness,
    states,
    transfer,
    weights,
)
from sim.evidence.report.document import Paragraph, Section, Sentences, markdown
from sim.evidence.report.words import (
    FITTED,
    inside_by_kind,
    joined,
    long_date,
    origin,
    quantity,
    score,
)
from sim.evidence.scores import WIDE
from sim.kinds_and_statuses import KIND_WORDS

Record = Mapping[str, Any]

PAGE, FOLDER = "evidence.md", "evidence"
PROMISED = 0.9  # share of later totals that an interval is to hold


def page_files(record: Record) -> dict[str, str]:
    """Name -> text of the page's figures, and last of the page."""
    whole = document(record)
    charts = figures.all_of(record, whole)
    return {f"{FOLDER}/{name}": text for name, text in charts.items()} | {
        PAGE: markdown(whole, FOLDER)
    }


def document(record: Record) -> Section:
    """All of the *record*."""
    manifest, calibration, recovery = record["manifest"], record["calibration"], record["recovery"]
    first = headline(record)
    return Section(
        "Would it have been right?",
        Paragraph(
            f"Everything here is computed: `parley evidence` of Parley {manifest['parley']} made"
            " it, sentences, tables and figures, from the register, the shipped weights"
            f" (`{manifest['weights'][:12]}`) and a seed ({manifest['seed']}), in about an hour."
            " Names stand beside signing only. Where Parley is wrong, or another model does"
            " better, it says so."
        ),
        Sentences("headline", first, [sentence[: sentence.index(":") + 1] for sentence in first]),
        dates.in_sample_section(record),
        states.section(record),
        dates.section(record),
        Section(
            "Checks of the method",
            _control(record["backtest"]["negative_control"]),
            Section(
                "Known weights, found again",
                Sentences("recovery", weights.recovery_sentences(recovery)),
                weights.recovery_figure(record),
            ),
            Section(
                "What the register cannot tell",
                Sentences("calibration", weights.calibration_sentences(calibration, recovery)),
                Section(
                    "Weight by weight", Sentences("", calibration["not_pinned_down"]), folded=True
                ),
                basis=FITTED,
            ),
            name="checks",
        ),
        instruments.section(record, origin(manifest)),
        transfer.section(record["transfer"]),
        conduct.section(record["conclusions"]),
        Section(
            "What no score can make good",
            Sentences("limits", weights.LIMITS),
            Paragraph("Each choice with its reason: decisions.md."),
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
        _control(record["backtest"]["negative_control"]),
    )


def _control(control: Record) -> Section:
    """Whether the backtest finds what is not there."""
    scores = control["auc"]
    span = f"The {len(scores)} shuffles lie between AUC {min(scores):.2f} and {max(scores):.2f}."
    return Section(
        "Negative control",
        Paragraph(
            "The backtest where there is nothing to be found: signatures dealt out at random."
        ),
        Sentences("control", [control["verdict"], span]),
        Section(
            "Shuffle by shuffle", Paragraph(f"AUC {', '.join(map(score, scores))}."), folded=True
        ),
    )


def headline(record: Record) -> list[str]:
    """What holds, and what does not."""
    backtest = record["backtest"]
    return [
        _who(backtest),
        _when(backtest["time_split"]),
        instruments.headline(record["instruments"]),
        *_elsewhere(record["transfer"]),
        _contagion(record["calibration"]["contagion"]),
        _weights(record["recovery"], record["calibration"]),
        _conduct(record["conclusions"]),
    ]


def _who(backtest: Record) -> str:
    return (
        "Who signs: of states in a sub-region that the fit never saw,"
        f" {robustness.headline(backtest)}"
    )


def _when(days: Mapping[str, Record]) -> str:
    """For which kinds the wide intervals hold as often as they promise, over all days."""
    of = [forecast["of"] for forecast in days.values()]
    inside = {
        kind: (
            sum(forecast["inside"][kind][WIDE] for forecast in days.values()) >= PROMISED * sum(of)
        )
        for kind in KIND_WORDS
    }
    verdict = ", ".join(
        f"{word} about {joined(KIND_WORDS[kind] for kind in kinds)}"
        for word, kinds in (
            ("right", [kind for kind in KIND_WORDS if inside[kind]]),
            ("wrong", [kind for kind in KIND_WORDS if not inside[kind]]),
        )
        if kinds
    )
    by_day = "; ".join(
        f"asked on {long_date(day)}, {inside_by_kind(forecast['inside'], WIDE)}"
        for day, forecast in days.items()
    )
    return (
        f"How many come later: {verdict}. Of {joined(map(str, of))} later totals of each kind the"
        f" wide intervals, with weights and gradient uncertain, hold: {by_day}. {_curves(days)}"
    )


def _curves(days: Mapping[str, Record]) -> str:
    """Where one would do better without a simulator."""
    fuller = {day: dates.fuller_curves(forecast) for day, forecast in days.items()}
    kinds_by_day = "; of ".join(
        f"{joined(KIND_WORDS[kind] for kind in kinds)} on {long_date(day)}"
        for day, kinds in fuller.items()
        if kinds
    )
    if not kinds_by_day:
        return "No curve through totals alone holds more."
    return f"Curves through totals alone hold more of {kinds_by_day}."


def _elsewhere(instruments: Sequence[Record]) -> list[str]:
    scores = "; ".join(
        f"{each['instrument']} {transfer.ranking(each)}, {_brier(each)}"
        for each in transfer.unseen(instruments)
    )
    beside = "told nothing but its description, and beside the best model without a simulator"
    return [f"Another instrument: {beside}, {scores}."] if scores else []


def _brier(instrument: Record) -> str:
    """Whether so many sign as came, by the Brier score."""
    if instrument["brier"] < instrument["base_brier"]:
        return "and a better Brier score than one share for all"
    return (
        f"but {transfer.expected(instrument):.0f} sign in the mean world where"
        f" {instrument['signers']} did"
    )


def _contagion(by_kind: Mapping[str, str]) -> str:
    certain = [
        KIND_WORDS[kind] for kind, sentence in by_kind.items() if "not shown" not in sentence
    ]
    uncertain = [words for words in KIND_WORDS.values() if words not in certain]
    if not certain:
        return "Contagion: that signatures spread is not shown by the register, for any kind."
    open_ = f"; for {joined(uncertain)} it is not shown" if uncertain else ""
    return (
        f"Contagion: that signatures go together shows among {joined(certain)}, though not which"
        f" led{open_}. What rests on contagion rests on an assumption."
    )


def _weights(recovery: Record, calibration: Record) -> str:
    of = len(recovery["found"])
    again = of - len(weights.too_rarely(recovery))
    errors = (
        "so standard errors hold what they promise"
        if again == of
        else "so standard errors promise too much"
    )
    return (
        f"Weights: in worlds simulated under known ones, {again} of {of} are found again within two"
        f" standard errors in at least {100 * weights.BAR:.0f} % of the worlds, {errors}; wide as"
        f" they are, the register leaves {len(weights.left_open(calibration))} weights open."
    )


def _conduct(conclusions: Record) -> str:
    every, most, others = conduct.by_support(conclusions)
    return (
        f"Conduct: measured by nobody. Of {quantity(len(conclusions['conclusions']), 'conclusion')}"
        f" drawn from assumptions, {len(every)} hold under every change of them, {len(most)} under"
        f" most, {len(others)} under half at most."
    )
