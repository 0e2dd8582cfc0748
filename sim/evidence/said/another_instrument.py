"""Other instruments than the one that the weights were fitted to, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.evidence.said.words import also_written, score

TOLD = "this scores what it was told"  # of the remark on a list that is one of the model's own facts
EASE = {
    "budapest-convention": "The facts of 2017 describe states sixteen years after the launch: it is the ranking that "
    "is tested, and no forecast.",
    "pall-mall-2025": "It is of the Paris Call's family and by the same convenor: an easier test. Its list was seen by "
    "no fit; its text was coded knowing it.",
}


def of_transfer(instruments: Sequence[Mapping[str, Any]]) -> list[str]:
    """Sentences on each instrument."""
    return [sentence for each in instruments for sentence in _of(each)]


def unseen(instruments: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The instruments whose list the model was not told."""
    return [each for each in instruments if each["auc"] is not None and not _was_told(each)]


def expected(told: Mapping[str, Any]) -> float:
    """How many states sign in the mean world."""
    return float(sum(each["share"] for each in told["states"]))


def _was_told(told: Mapping[str, Any]) -> bool:
    return any(TOLD in remark for remark in told["remarks"])


def _of(told: Mapping[str, Any]) -> Iterator[str]:
    without = also_written(told["without"], "")
    weights = f"weights fitted again without {without}" if told["refitted"] else "the shipped weights"
    auc = "undefined" if told["auc"] is None else score(told["auc"])
    yield (
        f"{told['instrument']}, {told['signers']} of {told['n']} states, by {weights}: AUC {auc}, Brier score "
        f"{score(told['brier'])}, {_against_one_share(told)}."
    )
    if _was_told(told):
        yield "That list is among the facts that the model knows of states, so this score is no test."
        return
    if told["auc"] is not None:
        yield _against_freedom(told)
    if told["name"] in EASE:
        yield EASE[told["name"]]


def _against_one_share(told: Mapping[str, Any]) -> str:
    base = f"one share for all ({score(told['base_brier'])})"
    if told["brier"] < told["base_brier"]:
        return f"better than {base}"
    return f"no better than {base}: {expected(told):.0f} sign in the mean world, {told['signers']} did"


def _against_freedom(told: Mapping[str, Any]) -> str:
    """Beside the simplest ranking."""
    gap = told["beside_freedom"]
    theirs, clear = told["auc"] - gap["value"], gap["low"] > 0 or gap["high"] < 0
    verdict = "does better" if gap["value"] > 0 else "does worse" if gap["value"] < 0 else "does as well"
    surely = "" if gap["value"] == 0 else ", clearly" if clear else ", not clearly"
    return (
        f"Ranking states by their freedom alone gives AUC {score(theirs)}: Parley {verdict}{surely} "
        f"({gap['value']:+.3f}, 90 % interval {gap['low']:+.3f} to {gap['high']:+.3f})."
    )
