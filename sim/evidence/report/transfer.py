"""Other instruments than the one that the weights were fitted to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.evidence.report.comparisons import Comparison
from sim.evidence.report.document import Paragraph, Section, Sentences, Table
from sim.evidence.report.rendering import FITTED, score, texts
from sim.evidence.report.states import calibration_table
from sim.evidence.transfer import Transfer
from sim.evidence.transfer_to_organisations import OrganisationTransfer
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import count, listing
from sim.writing import records

Record = Mapping[str, Any]

ENDS = ("value", "low", "high")
UNDEFINED = "undefined"


@dataclass(frozen=True)
class Beside:
    """How an instrument's scores are to be read: whether its list is one of the model's own facts,
    how many states sign in the mean world, and Parley's AUC beside those of models without a
    simulator that were fitted to the same register, the best first.
    """

    is_no_test: bool
    expected: float
    baselines: list[Comparison]


def document(result: Transfer) -> Section:
    """The scores on one instrument: what they are, how to read them, and where the shares miss."""
    words = texts("one_transfer", result=result)
    groups = records(result.calibration.rename(columns={"simulated": "predicted"}))
    return Section(
        f"{result.instrument}: {result.signers} of {result.n} states signed",
        *map(Paragraph, [*words["worlds"], *words["scores"]]),
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
            count(row["expected"]),
            _auc(row),
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
    words = texts("one_transfer", result=result)
    return Section(
        f"{result.instrument}: firms and NGOs with a name",
        *map(Paragraph, words["worlds"]),
        Table(columns, "lrrrrrr", rows, "Who signed, beside the shares of simulated worlds"),
        Sentences("remarks", result.remarks),
        Section("The five largest misses", Sentences("misses", result.misses)),
    )


def section(instruments: Sequence[Record]) -> Section:
    """All on the *instruments* of a record."""
    how = dict.fromkeys(f"{each['replicates']} worlds, seed {each['seed']}" for each in instruments)
    words = texts(
        "transfer", instruments=[(each, beside(each)) for each in instruments], how=list(how)
    )
    return Section(
        "Another instrument",
        Sentences("transfer", words["transfer"]),
        _scores(instruments, *words["notes"]),
        Section("Remarks, and the largest misses", Sentences.of("", words["remarks"]), folded=True),
        *map(Paragraph, words["more"]),
        name="elsewhere",
        basis=f"{FITTED} of another code",
    )


def beside(instrument: Record) -> Beside:
    """How the scores on an *instrument* of a record are to be read."""
    expected = float(sum(each["share"] for each in instrument["states"]))
    is_defined = instrument["auc"] is not None
    baselines = _baselines(instrument) if is_defined else []
    return Beside(instrument["revealed_by"] is not None, expected, baselines)


def unseen(instruments: Sequence[Record]) -> list[Record]:
    """The instruments whose list is not among the model's own facts."""
    return [each for each in instruments if each["auc"] is not None and each["revealed_by"] is None]


def _baselines(instrument: Record) -> list[Comparison]:
    comparisons = [
        Comparison(
            "",
            "auc",
            model,
            instrument["auc"],
            scores["auc"]["score"],
            *(scores["auc"]["difference"][end] for end in ENDS),
        )
        for model, scores in instrument["baselines"].items()
    ]
    return sorted(comparisons, key=lambda each: -each.theirs)


def _scores(instruments: Sequence[Record], *notes: str) -> Table:
    """A row for each instrument: its scores, and how they were made."""
    rows = [
        (
            each["instrument"],
            f"fitted again without {listing(each['without'])}" if each["refitted"] else "shipped",
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
    return Table(columns, "llrrrrrr", rows, "Scores on other instruments", notes)


def _auc(scores: Record) -> str:
    return UNDEFINED if scores["auc"] is None else score(scores["auc"])
