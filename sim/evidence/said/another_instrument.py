"""Other instruments than the one that the weights were fitted to, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.evidence.said.words import listed, score

TOLD = "this scores what it was told"  # of the remark on a list that is one of the model's own facts


def of_transfer(instruments: Sequence[Mapping[str, Any]]) -> list[str]:
    """Sentences on each instrument."""
    return [sentence for each in instruments for sentence in _of(each)]


def unseen(instruments: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The instruments whose list the model was not told."""
    return [each for each in instruments if each["auc"] is not None and not _was_told(each)]


def _was_told(told: Mapping[str, Any]) -> bool:
    return any(TOLD in remark for remark in told["remarks"])


def _of(told: Mapping[str, Any]) -> Iterator[str]:
    weights = f"weights fitted again without {listed(told['left_out'])}" if told["refitted"] else "the shipped weights"
    auc = "undefined" if told["auc"] is None else score(told["auc"])
    yield (
        f"{told['instrument']}, {told['signers']} of {told['n']} states, by {weights}: AUC {auc}, Brier score "
        f"{score(told['brier'])}, {_against_one_share(told)}."
    )
    if _was_told(told):
        yield "Its list is among the facts that the model knows of states, so that this score is no test."


def _against_one_share(told: Mapping[str, Any]) -> str:
    base = f"one share for all ({score(told['base_brier'])})"
    if told["brier"] < told["base_brier"]:
        return f"better than {base}"
    expected = sum(each["share"] for each in told["states"])
    return f"no better than {base}: about {expected:.0f} signatories are expected where {told['signers']} came"
