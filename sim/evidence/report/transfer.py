"""Other instruments than the one that the weights were fitted to, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.evidence.report.states import Compared, verdict
from sim.evidence.report.words import also_written, listed, model_name, score

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
        yield from _beside_baselines(told)
    if told["name"] in EASE:
        yield EASE[told["name"]]


def _against_one_share(told: Mapping[str, Any]) -> str:
    base = f"one share for all ({score(told['base_brier'])})"
    if told["brier"] < told["base_brier"]:
        return f"better than {base}"
    return f"no better than {base}: {expected(told):.0f} sign in the mean world, {told['signers']} did"


def _baselines(told: Mapping[str, Any]) -> list[Compared]:
    """Parley's AUC beside those of models without a simulator that were fitted to the same register, the best first."""
    found = [
        Compared("", "auc", model, told["auc"], scores["auc"]["score"], *(gap[end] for end in ("value", "low", "high")))
        for model, scores in told["baselines"].items()
        for gap in [scores["auc"]["difference"]]
    ]
    return sorted(found, key=lambda each: -each.theirs)


def ranking(told: Mapping[str, Any]) -> str:
    """The AUC, and that of the best model without a simulator, shortly."""
    best = _baselines(told)[0]
    return f"AUC {score(told['auc'])} to {score(best.theirs)} of {model_name(best.model)}"


def _beside_baselines(told: Mapping[str, Any]) -> Iterator[str]:
    found = _baselines(told)
    best = found[0]
    yield (
        f"Of models without a simulator, fitted to the same register, {model_name(best.model)} ranks its signatories "
        f"best (AUC {score(best.theirs)}); Parley less it is {best.value:+.3f} (90 % interval {best.low:+.3f} to "
        f"{best.high:+.3f}): {verdict(best)}."
    )
    level = [model_name(each.model) for each in found if not each.better]
    if level:
        yield (
            f"So {listed(level)} {'carries' if len(level) == 1 else 'carry'} over as well as Parley does, or better: "
            "that the ranking carries over is no evidence for the mechanism."
        )
