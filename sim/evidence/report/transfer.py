"""Other instruments than the one that the weights were fitted to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.evidence.comparisons import Comparison
from sim.evidence.report import rendering
from sim.evidence.report.document import Section
from sim.evidence.transfer import Transfer
from sim.evidence.transfer_to_organisations import WHO, OrganisationTransfer
from sim.writing import records

Record = Mapping[str, Any]


def document(result: Transfer) -> Section:
    """The scores on one instrument: what they are, how to read them, and where the shares miss."""
    groups = records(result.calibration.rename(columns={"simulated": "predicted"}))
    return rendering.section("one_transfer", result=result, rows=groups)


def organisations_document(result: OrganisationTransfer) -> Section:
    """The scores on one instrument by which firms and NGOs with a name signed it, and where the
    shares miss.
    """
    return rendering.section("one_transfer", result=result, rows=records(result.scores), WHO=WHO)


def section(instruments: Sequence[Record]) -> Section:
    """All on the *instruments* of a record."""
    how = dict.fromkeys(f"{each['replicates']} worlds, seed {each['seed']}" for each in instruments)
    return rendering.section(
        "transfer", instruments=[(each, beside(each)) for each in instruments], how=list(how)
    )


def beside(instrument: Record) -> dict[str, Any]:
    """How the scores on an *instrument* of a record are to be read: whether its list is one of the
    model's own facts, how many states sign in the mean world, and Parley's AUC beside those of
    models without a simulator that were fitted to the same register, the best first.
    """
    auc, baselines = instrument["auc"], list[Comparison]()
    if auc is not None:
        for model, scores in instrument["baselines"].items():
            gap = scores["auc"]["difference"]
            ends = gap["value"], gap["low"], gap["high"]
            baselines.append(Comparison("", "auc", model, auc, scores["auc"]["score"], *ends))
    return {
        "is_no_test": instrument["revealed_by"] is not None,
        "expected": float(sum(each["share"] for each in instrument["states"])),
        "baselines": sorted(baselines, key=lambda each: -each.theirs),
    }


def unseen(instruments: Sequence[Record]) -> list[Record]:
    """The instruments whose list is not among the model's own facts."""
    return [each for each in instruments if each["auc"] is not None and each["revealed_by"] is None]
