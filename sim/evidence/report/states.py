"""States that the model has not seen, in words: how it ranks them, and which other model does better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim import facts
from sim.evidence.report.words import also_written, counted, listed, model_name, score
from sim.evidence.scores import OURS, SMALL_IS_GOOD

SPLIT_WORDS = {
    "leave_one_region_out": "one sub-region left out",
    "leave_one_continent_out": "one continent left out",
    "ten_fold": "a tenth left out",
}
HEADLINE_SPLIT = "leave_one_region_out"
MISSES = 5
WITHOUT_CONTAGION = "parley without contagion"
SCORE_WORDS = {"auc": "AUC", "brier": "Brier score"}
MODELS = (
    "Base rate: the share of all other states that signed, for everybody.",
    "Freedom alone: a logistic on the freedom score.",
    "Flat ridge: a ridge logistic on seven features of Parley's own.",
    "Flat ridge (… covariates): the same on all columns of the table of states.",
    "Random forest: on those too, as it comes.",
    "Parley without contagion: refitted with nothing that moves with others' signatures.",
    "A base rate far below AUC 0.5 is an artefact: where a region signed more, the rest signed less.",
)


class Compared(NamedTuple):
    """Parley beside another *model* by one score, under one way of leaving out."""

    split: str
    score: str
    model: str
    ours: float
    theirs: float
    value: float
    low: float
    high: float

    @property
    def better(self) -> bool:
        """Whether Parley does better."""
        return self.value != 0 and (self.value < 0) == (self.score in SMALL_IS_GOOD)

    @property
    def clear(self) -> bool:
        """Whether the interval of the difference leaves 0 out."""
        return self.low > 0 or self.high < 0


def comparisons(backtest: Mapping[str, Any]) -> Iterator[Compared]:
    """Parley beside every other model, by AUC and by Brier score, under every way of leaving out."""
    for split in SPLIT_WORDS:
        scores = backtest[split]
        for model, gaps in backtest["differences"][split].items():
            for name in SCORE_WORDS:
                gap = gaps[name]
                if gap["value"] is not None:
                    ends = gap["value"], gap["low"], gap["high"]
                    yield Compared(split, name, model, scores[OURS][name], scores[model][name], *ends)


def best_other(backtest: Mapping[str, Any], name: str, split: str = HEADLINE_SPLIT) -> Compared:
    """The best baseline by the score *name*; Parley without contagion is none."""
    found = [
        each for each in comparisons(backtest)
        if (each.split, each.score) == (split, name) and each.model != WITHOUT_CONTAGION
    ]  # fmt: skip
    return (min if name in SMALL_IS_GOOD else max)(found, key=lambda each: each.theirs)


def verdict(compared: Compared) -> str:
    """Who does better, and whether clearly."""
    if compared.value == 0:
        return "neither does better"
    who = "Parley" if compared.better else model_name(compared.model)
    return f"{who} does better, {'clearly' if compared.clear else 'not clearly'}"


def of_states(backtest: Mapping[str, Any]) -> list[str]:
    """Sentences on states left out."""
    ours, folds = backtest[HEADLINE_SPLIT][OURS], len(backtest["ridges"][HEADLINE_SPLIT])
    return [
        f"Each of {folds} sub-regions was left out in turn: for the fit its states, their example, and its firms and "
        "NGOs did not exist; then everybody signed or stayed out freely. Known was what had been published before the "
        "launch.",
        f"Of a signatory and another state drawn at random, Parley gives the signatory the larger share of worlds in "
        f"{100 * ours['auc']:.0f} of 100 cases (AUC {score(ours['auc'])}). The mean squared distance of share and "
        f"outcome (Brier score) is {score(ours['brier'])}.",
        *(_beside_the_best(best_other(backtest, name)) for name in SCORE_WORDS),
        *(_classified(backtest, name) for name in SCORE_WORDS),
        _where_others_win(backtest),
        *_contagion(backtest),
        _bins(backtest["against_perfection"][HEADLINE_SPLIT]["calibration"]),
        _perfection(ours, backtest["against_perfection"][HEADLINE_SPLIT]["perfect_model"]),
        _structural(backtest),
        _misses(backtest["states"]),
    ]


def _beside_the_best(best: Compared) -> str:
    return (
        f"By {SCORE_WORDS[best.score]} the best other model is {model_name(best.model)} with {score(best.theirs)}; "
        f"Parley less it is {best.value:+.3f} (90 % interval {best.low:+.3f} to {best.high:+.3f}): {verdict(best)}."
    )


def _classified(backtest: Mapping[str, Any], name: str) -> str:
    found = [
        each for each in comparisons(backtest)
        if (each.split, each.score) == (HEADLINE_SPLIT, name) and each.model != WITHOUT_CONTAGION
    ]  # fmt: skip
    groups = {
        "clearly better than": [each.model for each in found if each.better and each.clear],
        "better than, but not clearly,": [each.model for each in found if each.better and not each.clear],
        "worse than, but not clearly,": [each.model for each in found if not each.better and not each.clear],
        "clearly worse than": [each.model for each in found if not each.better and each.clear],
    }
    told = "; ".join(f"{words} {listed(map(model_name, models))}" for words, models in groups.items() if models)
    return f"By {SCORE_WORDS[name]} Parley is {told}."


def _where_others_win(backtest: Mapping[str, Any]) -> str:
    """Every comparison, under any way of leaving out, in which Parley does no better."""
    found = [each for each in comparisons(backtest) if each.model != WITHOUT_CONTAGION]
    lost = [
        f"{model_name(each.model)} by {SCORE_WORDS[each.score]} with {SPLIT_WORDS[each.split]} "
        f"({score(each.theirs)} to {score(each.ours)}{', clearly' if each.clear else ''})"
        for each in found if not each.better
    ]  # fmt: skip
    if not lost:
        return f"In none of {len(found)} comparisons, over three ways of leaving out, does another model do better."
    return f"Another model does as well or better in {len(lost)} of {len(found)} comparisons: {listed(lost)}."


def _contagion(backtest: Mapping[str, Any]) -> list[str]:
    """What it would cost if nobody looked at others."""
    found = {
        each.score: each for each in comparisons(backtest)
        if (each.split, each.model) == (HEADLINE_SPLIT, WITHOUT_CONTAGION)
    }  # fmt: skip
    if not found:
        return []
    told = " and ".join(
        f"{SCORE_WORDS[name]} {score(each.theirs)} ({_beside_ours(each)})" for name, each in found.items()
    )
    better = [each.better and each.clear for each in found.values()]
    helps = "they do not clearly help to foresee who signs"
    if any(better):
        scores = "" if all(better) else ", by one of the two scores only"
        helps = f"they clearly help to foresee who signs{scores}. So would neighbours' likeness: no contagion is shown"
    return [f"Fitted without the motives that move with others' signatures, Parley has {told}: {helps}."]


def _beside_ours(compared: Compared) -> str:
    if compared.value == 0:
        return "the same"
    return f"{'worse' if compared.better else 'better'}, {'clearly' if compared.clear else 'not clearly'}"


def _bins(bins: list[Mapping[str, float]]) -> str:
    outside = [
        f"predicted {each['predicted']:.2f}, observed {each['observed']:.2f}"
        for each in bins if not each["perfect_low"] <= each["observed"] <= each["perfect_high"]
    ]  # fmt: skip
    within = len(bins) - len(outside)
    told = f"In {within} of {len(bins)} groups of equally many states, what came lies where a perfect model's would"
    return f"{told}." if not outside else f"{told}; not in {counted(len(outside), 'group')}: {'; '.join(outside)}."


def _perfection(ours: Mapping[str, float], perfect: Mapping[str, Mapping[str, float]]) -> str:
    """Whether the scores are those that shares like these would get if they were the chances."""
    told, worse = [], []
    for name, words in SCORE_WORDS.items():
        band = perfect[name]
        told.append(f"{words} {score(band['low'])} to {score(band['high'])}")
        if ours[name] > band["high"] if name in SMALL_IS_GOOD else ours[name] < band["low"]:
            worse.append(words)
    said = f"Were these shares the very chances, luck would put the {' and the '.join(told)}"
    if worse:
        return f"{said}; Parley's {' and '.join(worse)} is worse than that, so its shares are too sure of themselves."
    return f"{said}: Parley's scores lie there, or are better."


def _misses(states: Sequence[Mapping[str, Any]]) -> str:
    """The states that it gets most wrong."""
    names = facts.state_names()
    worst = sorted(states, key=lambda state: -abs(state["share"] - state["signed"]))[:MISSES]
    told = [
        f"{names[each['iso3']]} (share {each['share']:.2f}, {'signed' if each['signed'] else 'did not sign'})"
        for each in worst
    ]
    return f"The {len(told)} largest misses: {listed(told)}."


def _structural(backtest: Mapping[str, Any]) -> str:
    """What knowing slow facts of 2018 would change."""
    now, then = backtest["structural"][HEADLINE_SPLIT], backtest[HEADLINE_SPLIT]
    baselines = [model for model in now if model not in (OURS, WITHOUT_CONTAGION)]
    winners = [
        f"{model_name(model)} by {SCORE_WORDS[name]} ({score(now[model][name])} to {score(now[OURS][name])})"
        for name in SCORE_WORDS
        for model in baselines
        if (now[model][name] < now[OURS][name]) == (name in SMALL_IS_GOOD) and now[model][name] != now[OURS][name]
    ]
    return (
        f"With slow facts that describe 2018 added, Parley has AUC {score(now[OURS]['auc'])} and Brier score "
        f"{score(now[OURS]['brier'])} (without them {score(then[OURS]['auc'])} and {score(then[OURS]['brier'])}); "
        f"models that then do better: {also_written(winners)}."
    )
