"""Other instruments than the one that the weights were fitted to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.evidence.report.comparisons import Comparison, beside
from sim.evidence.report.document import Paragraph, Section, Sentences, Table
from sim.evidence.report.states import calibration_table
from sim.evidence.report.words import FITTED, joined, model_name, score
from sim.evidence.transfer import Transfer
from sim.evidence.transfer_to_organisations import OrganisationTransfer
from sim.kinds_and_statuses import KIND_WORDS
from sim.writing import records

Record = Mapping[str, Any]

ENDS = ("value", "low", "high")
IS_NO_TEST = (  # of the remark on a list that is one of the model's own facts
    "this scores what it was told"
)
EASE = {
    "budapest": (
        "The facts of 2017 describe states sixteen years after the launch: it is the ranking that"
        " is tested, and no forecast."
    ),
    "pall-mall-code-2025": (
        "It is of the Paris Call's family and by the same convenor: an easier test. Its list was "
        "seen by no fit to the Call; its text was coded knowing it."
    ),
}


def document(result: Transfer) -> Section:
    """The scores on one instrument: what they are, how to read them, and where the shares miss."""
    auc = "undefined" if result.auc is None else score(result.auc)
    groups = records(result.calibration.rename(columns={"simulated": "predicted"}))
    return Section(
        f"{result.instrument}: {result.signers} of {result.n} states signed",
        Paragraph(
            f"Read from {result.replicates} simulated worlds on {result.read_at}; seed"
            f" {result.seed}."
        ),
        Paragraph(
            f"AUC {auc}; Brier score {score(result.brier)}, with one share for all"
            f" {score(result.base_brier)}."
        ),
        Sentences("remarks", result.remarks),
        calibration_table(groups),
        Section("The five largest misses", Sentences("misses", result.misses)),
    )


def organisations_document(result: OrganisationTransfer) -> Section:
    """The scores on one instrument by which firms and NGOs with a name signed it, and where the
    shares miss.
    """
    rows = [
        (
            KIND_WORDS.get(row["kind"], "firms and NGOs"),
            f"{row['n']}",
            f"{row['signers']}",
            f"{row['expected']:.0f}",
            "undefined" if row["auc"] is None else score(row["auc"]),
            score(row["brier"]),
            score(row["base_brier"]),
        )
        for row in records(result.scores)
    ]
    columns = (
        "",
        "with a name",
        "signed",
        "in the mean world",
        "AUC",
        "Brier score",
        "one share for all",
    )
    return Section(
        f"{result.instrument}: firms and NGOs with a name",
        Paragraph(
            f"Read from {result.replicates} simulated worlds on {result.read_at}; seed"
            f" {result.seed}."
        ),
        Table(columns, "lrrrrrr", rows, "Who signed, beside the shares of simulated worlds"),
        Sentences("remarks", result.remarks),
        Section("The five largest misses", Sentences("misses", result.misses)),
    )


def section(instruments: Sequence[Record]) -> Section:
    """All on the *instruments* of a record."""
    return Section(
        "Another instrument",
        Sentences("transfer", [sentence for each in instruments for sentence in _sentences(each)]),
        _scores(instruments),
        _remarks(instruments),
        Paragraph("How, and how to add one: transfer.md."),
        name="elsewhere",
        basis=f"{FITTED} of another code",
    )


def _remarks(instruments: Sequence[Record]) -> Section:
    """What one has to know of each to read its scores, and where they miss most."""
    leads = [f"{each['instrument']}, by {_weights(each)}:" for each in instruments]
    sentences = [
        f"{lead} {' '.join(each['remarks'])} The largest misses: {'; '.join(each['misses'])}."
        for lead, each in zip(leads, instruments, strict=True)
    ]
    return Section("Remarks, and the largest misses", Sentences("", sentences, leads), folded=True)


def _scores(instruments: Sequence[Record]) -> Table:
    """A row for each instrument: its scores, and how they were made."""
    rows = [
        (
            each["instrument"],
            _weights(each),
            _auc(each),
            score(each["brier"]),
            score(each["base_brier"]),
            f"{each['signers']}",
            f"{each['n']}",
            each["read_at"],
        )
        for each in instruments
    ]
    columns = (
        "instrument",
        "weights",
        "AUC",
        "Brier score",
        "one share for all",
        "signers",
        "states",
        "read at",
    )
    how = dict.fromkeys(f"{each['replicates']} worlds, seed {each['seed']}" for each in instruments)
    notes = (
        (
            "Shares of simulated worlds beside who signed. The Brier score of one share for all"
            f" states is what it has to beat. {joined(how)}."
        ),
    )
    return Table(columns, "llrrrrrr", rows, "Scores on other instruments", notes)


def unseen(instruments: Sequence[Record]) -> list[Record]:
    """The instruments whose list is not among the model's own facts."""
    return [each for each in instruments if each["auc"] is not None and not _is_no_test(each)]


def expected(instrument: Record) -> float:
    """How many states sign in the mean world."""
    return float(sum(each["share"] for each in instrument["states"]))


def ranking(instrument: Record) -> str:
    """The AUC, and that of the best model without a simulator, in short."""
    best = _baselines(instrument)[0]
    return f"AUC {score(instrument['auc'])} to {score(best.theirs)} of {model_name(best.model)}"


def _is_no_test(instrument: Record) -> bool:
    return any(IS_NO_TEST in remark for remark in instrument["remarks"])


def _sentences(instrument: Record) -> Iterator[str]:
    yield (
        f"{instrument['instrument']}, {instrument['signers']} of {instrument['n']} states, by"
        f" {_weights(instrument)}: AUC {_auc(instrument)}, Brier score"
        f" {score(instrument['brier'])}, {_against_one_share(instrument)}."
    )
    if _is_no_test(instrument):
        yield (
            "That list is among the facts that the model knows of states, so this score is no test."
        )
        return
    if instrument["auc"] is not None:
        yield from _beside_baselines(instrument)
    if instrument["name"] in EASE:
        yield EASE[instrument["name"]]


def _weights(instrument: Record) -> str:
    without = joined(instrument["without"], "")
    return (
        f"weights fitted again without {without}"
        if instrument["refitted"]
        else "the shipped weights"
    )


def _auc(instrument: Record) -> str:
    return "undefined" if instrument["auc"] is None else score(instrument["auc"])


def _against_one_share(instrument: Record) -> str:
    base = f"one share for all ({score(instrument['base_brier'])})"
    if instrument["brier"] < instrument["base_brier"]:
        return f"better than {base}"
    return (
        f"no better than {base}: {expected(instrument):.0f} sign in the mean world,"
        f" {instrument['signers']} did"
    )


def _baselines(instrument: Record) -> list[Comparison]:
    """Parley's AUC beside those of models without a simulator that were fitted to the same
    register, the best first.
    """
    gaps = [
        Comparison(
            "",
            "auc",
            model,
            instrument["auc"],
            auc["score"],
            *(auc["difference"][end] for end in ENDS),
        )
        for model, auc in (
            (model, scores["auc"]) for model, scores in instrument["baselines"].items()
        )
    ]
    return sorted(gaps, key=lambda each: -each.theirs)


def _beside_baselines(instrument: Record) -> Iterator[str]:
    baselines = _baselines(instrument)
    best = baselines[0]
    yield (
        f"Of models without a simulator, fitted to the same register, {model_name(best.model)}"
        f" ranks its signatories best (AUC {score(best.theirs)}); {beside(best)}"
    )
    level = [model_name(each.model) for each in baselines if not each.better]
    if level:
        yield (
            f"So {joined(level)} {'carries' if len(level) == 1 else 'carry'} over as well as Parley"
            " does, or better: that the ranking carries over is no evidence for the mechanism."
        )
