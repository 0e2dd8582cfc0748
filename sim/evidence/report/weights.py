"""The weights, the conclusions about conduct and the limits of all scores, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.report.words import by_kind, counted, listed
from sim.evidence.states.objective import MOST_ATTENTION, SHARE_SPREAD, SLOWEST
from sim.stakeholders import KIND_WORDS

BAR = 0.9  # share of simulated worlds in which a weight is to be found again


def of_dates_in_sample(told: Mapping[str, Any]) -> list[str]:
    """The dates that the weights were fitted to."""
    of = listed(f"{told['of'][kind]} of {words}" for kind, words in KIND_WORDS.items())
    last = {row["kind"]: row for row in told["dates"]}
    widths = listed(
        f"{_width(row['fitted'])} and {_width(row['with_uncertainty'])} {KIND_WORDS[kind]}"
        for kind, row in last.items()
    )
    return [
        f"These are the dates that the weights were fitted to, so that this is no test: {of}.",
        f"The narrow interval ({told['worlds']} worlds under the fitted weights) holds "
        f"{by_kind(told['inside'], 'fitted')}; the wide one ({told['draws']} draws of the weights, "
        f"{told['worlds_of_a_draw']} worlds each) {by_kind(told['inside'], 'with_uncertainty')}.",
        f"At the last date the narrow and the wide interval span {widths}.",
    ]


def _width(interval: Mapping[str, float]) -> str:
    return f"{interval['high'] - interval['low']:.0f}"


def of_control(told: Mapping[str, Any]) -> list[str]:
    """Whether the backtest finds what is not there."""
    scores = told["auc"]
    return [told["verdict"], f"The {len(scores)} shuffles lie between AUC {min(scores):.2f} and {max(scores):.2f}."]


def of_calibration(told: Mapping[str, Any], recovery: Mapping[str, Any]) -> list[str]:
    """What the register shows of contagion, and how much it leaves open."""
    open_ = left_open(told["not_pinned_down"])
    return [
        *(told["contagion"][kind] for kind in KIND_WORDS),
        f"Of {len(recovery['found'])} fitted weights the register leaves {len(open_)} open: they cannot be told from "
        "0, lie at a bound, or follow from another.",
    ]


def left_open(sentences: list[str]) -> list[str]:
    """The dials, each once, that sentences on what is not pinned down begin with."""
    alone = [sentence for sentence in sentences if "told apart" not in sentence]
    return list(dict.fromkeys(sentence.split()[0].rstrip(",") for sentence in alone))


def of_recovery(told: Mapping[str, Any]) -> list[str]:
    """Which weights are found again in worlds that were simulated under them."""
    found = told["found"]
    below = sorted((name for name in found if found[name] < BAR), key=lambda name: found[name])
    again = len(found) - len(below)
    sentences = [
        f"{counted(told['worlds'], 'world')} were simulated under the shipped weights and fitted again, with standard "
        f"errors from {told['draws']} draws of the bootstrap in each.",
        f"The truth lies within two standard errors in at least {100 * BAR:.0f} % of these worlds for {again} of "
        f"{len(found)} weights; one that its bound holds at the same value in both counts as found.",
    ]
    if not below:
        return [*sentences, "No weight falls short of that."]
    shares = listed(f"{name} {100 * found[name]:.0f}" for name in below)
    return [*sentences, f"Found less often, in so many % of them, the worst first: {shares}."]


SURVIVES, ALL = "survives", "survives all"


def surviving(told: Mapping[str, Any]) -> tuple[list[str], list[str], list[str]]:
    """The sentences that survive all assumptions, more than half of them, and not."""
    of = told["conclusions"]
    every = [each["sentence"] for each in of if each["verdict"] == ALL]
    most = [each["sentence"] for each in of if each["verdict"].startswith(SURVIVES) and each["verdict"] != ALL]
    return every, most, [each["sentence"] for each in of if not each["verdict"].startswith(SURVIVES)]


def of_conclusions(told: Mapping[str, Any]) -> list[str]:
    """Sentences on what survives and what does not."""
    every, most, lost = surviving(told)
    assumptions = len(told["assumptions"])
    sentences = [
        "Conduct is assumed, not fitted: nobody has measured it. A conclusion is worth what survives when the "
        "assumptions change.",
        f"Of {len(told['conclusions'])} conclusions, {len(every)} hold under all {assumptions} sets of assumptions, "
        f"{len(most)} more under most of them, and {len(lost)} do not survive.",
    ]
    if lost:
        sentences.append(f"{counted(len(lost), 'conclusion')} not to be drawn: {' '.join(lost)}")
    return sentences


def limits() -> list[str]:
    """What was chosen with the answer in sight, and what was never measured."""
    return [
        "The convenor's motives (votes with it, its club, its bloc) and attention through its club were chosen after "
        "seeing who signed, and the text of the Call was coded by people who knew. No leaving out can undo that.",
        "Three settings of the fit were made with the scores of leaving regions out in sight: launch attention of at "
        f"most {MOST_ATTENTION:g} a month, a pulse that fades at {SLOWEST:g} a month or faster, and a spread of "
        f"{SHARE_SPREAD:g} around one half for the share of wealth in capacity.",
        "The seven features of the flat ridge are Parley's own, written with the answer in sight, so that it is no "
        "naive rival: what Parley gains over it is what simulating adds.",
        "Whether somebody stayed out because nobody asked or because it was not persuaded, the register does not say; "
        "it is assumed that attention falls steeply with lacking capacity.",
        "The states' objective is a composite pseudo-likelihood and no likelihood; draws and intervals are those of a "
        "bootstrap of it, which can be too narrow.",
        "Standard errors count the penalty's pull beside the draws, and may be wider than the intervals. How they are "
        "made was settled with simulated worlds in sight, so that finding weights again is no blind test of them.",
        "One list of one code is one history: neighbours sign alike and the Union signs as one, so that there are far "
        "fewer independent cases than 193.",
        "Conduct (operations, compliance, harm, confidence) is measured by nobody and fitted to nothing. No score here "
        "speaks for it.",
    ]
