"""What the record of evidence comes to in words: pure functions from its content to sentences.

docs/evidence.md and the page Evidence show these same sentences. Every number in them, and every direction, is read
from the content, so that a record that says otherwise gives other sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.report.later_dates import LATER, fuller_curves, of_a_day, of_later_dates
from sim.evidence.report.states import HEADLINE_SPLIT, MODELS, best_other, of_states, verdict
from sim.evidence.report.transfer import expected, of_transfer, ranking, unseen
from sim.evidence.report.weights import (
    BAR,
    left_open,
    limits,
    of_calibration,
    of_conclusions,
    of_control,
    of_dates_in_sample,
    of_recovery,
    surviving,
)
from sim.evidence.report.words import by_kind, counted, day_written, listed, model_name, score
from sim.evidence.scores import OURS
from sim.stakeholders import KIND_WORDS

PROMISED = 0.9  # share of later totals that an interval is to hold


def headline(content: Mapping[str, Any]) -> list[str]:
    """What holds, and what does not."""
    backtest = content["backtest"]
    return [
        _who(backtest),
        _when(backtest["time_split"]),
        *_elsewhere(content["transfer"]),
        _contagion(content["calibration"]["contagion"]),
        _recovery(content["recovery"], content["calibration"]["not_pinned_down"]),
        _conduct(content["conclusions"]),
    ]


def _who(backtest: Mapping[str, Any]) -> str:
    ours = backtest[HEADLINE_SPLIT][OURS]
    by_auc, by_brier = best_other(backtest, "auc"), best_other(backtest, "brier")
    return (
        f"Who signs: of states in a sub-region that the fit never saw, Parley puts a signatory above another state in "
        f"{100 * ours['auc']:.0f} of 100 pairs. Beside the best model without a simulator: by AUC {verdict(by_auc)} "
        f"({score(by_auc.ours)} to {score(by_auc.theirs)} of {model_name(by_auc.model)}); by Brier score "
        f"{verdict(by_brier)} ({score(by_brier.ours)} to {score(by_brier.theirs)} of {model_name(by_brier.model)})."
    )


def _when(days: Mapping[str, Any]) -> str:
    """For which kinds the wide intervals hold as often as they promise, over both days."""
    held = {kind: [told["inside"][kind]["with_uncertainty"] for told in days.values()] for kind in KIND_WORDS}
    of = [told["of"] for told in days.values()]
    right = [KIND_WORDS[kind] for kind in KIND_WORDS if sum(held[kind]) >= PROMISED * sum(of)]
    wrong = [words for words in KIND_WORDS.values() if words not in right]
    verdict = ", ".join(
        [*([f"right about {listed(right)}"] if right else []), *([f"wrong about {listed(wrong)}"] if wrong else [])]
    )
    asked = [
        f"asked on {day_written(day)}, {by_kind(told['inside'], 'with_uncertainty')}" for day, told in days.items()
    ]
    return (
        f"How many come later: {verdict}. Of {listed(map(str, of))} later totals of each kind the wide intervals, "
        f"with weights and gradient uncertain, hold: {'; '.join(asked)}. {_curves(days)}"
    )


def _curves(days: Mapping[str, Any]) -> str:
    """Where one would do better without a simulator."""
    fuller = {day: fuller_curves(told) for day, told in days.items()}
    told = [
        f"{listed(KIND_WORDS[kind] for kind in kinds)} on {day_written(day)}" for day, kinds in fuller.items() if kinds
    ]
    if not told:
        return "No curve through totals alone holds more."
    return f"Curves through totals alone hold more of {'; of '.join(told)}."


def _elsewhere(instruments: list[Mapping[str, Any]]) -> list[str]:
    told = [f"{each['instrument']} {ranking(each)}, {_number(each)}" for each in unseen(instruments)]
    beside = "told nothing but its description, and beside the best model without a simulator"
    return [f"Another instrument: {beside}, {'; '.join(told)}."] if told else []


def _number(told: Mapping[str, Any]) -> str:
    """Whether so many sign as came, by the Brier score."""
    if told["brier"] < told["base_brier"]:
        return "and a better Brier score than one share for all"
    return f"but {expected(told):.0f} sign in the mean world where {told['signers']} did"


def _contagion(by_kind: Mapping[str, str]) -> str:
    shown = [KIND_WORDS[kind] for kind, sentence in by_kind.items() if "not shown" not in sentence]
    hidden = [words for words in KIND_WORDS.values() if words not in shown]
    if not shown:
        return "Contagion: that signatures spread is not shown by the register, for any kind."
    open_ = f"; for {listed(hidden)} it is not shown" if hidden else ""
    return (
        f"Contagion: that signatures go together shows among {listed(shown)}, though not which led{open_}. What rests "
        "on contagion rests on an assumption."
    )


def _recovery(told: Mapping[str, Any], not_pinned_down: list[str]) -> str:
    found = told["found"]
    again = sum(share >= BAR for share in found.values())
    held = "so standard errors hold what they promise" if again == len(found) else "so standard errors promise too much"
    return (
        f"Weights: in worlds simulated under known ones, {again} of {len(found)} are found again within two standard "
        f"errors in at least {100 * BAR:.0f} % of the worlds, {held}; wide as they are, the register leaves "
        f"{len(left_open(not_pinned_down))} weights open."
    )


def _conduct(told: Mapping[str, Any]) -> str:
    every, most, lost = surviving(told)
    return (
        f"Conduct: measured by nobody. Of {counted(len(told['conclusions']), 'conclusion')} drawn from assumptions, "
        f"{len(every)} survive every change of them, {len(most)} most, {len(lost)} do not."
    )


def all_of(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """Section -> sentences: headline, in_sample, states, models, later (of both days), "later " and each day, control,
    calibration, recovery, transfer, conclusions and limits.
    """
    backtest = content["backtest"]
    days = backtest["time_split"]
    return {
        "headline": headline(content),
        "in_sample": of_dates_in_sample(content["in_sample"]),
        "states": of_states(backtest),
        "models": list(MODELS),
        LATER: of_later_dates(content["in_sample"], days),
        **{f"{LATER} {day}": of_a_day(told) for day, told in days.items()},
        "control": of_control(backtest["negative_control"]),
        "calibration": of_calibration(content["calibration"], content["recovery"]),
        "recovery": of_recovery(content["recovery"]),
        "transfer": of_transfer(content["transfer"]),
        "conclusions": of_conclusions(content["conclusions"]),
        "limits": limits(),
    }
