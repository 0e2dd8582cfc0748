"""States that the fit has not seen: how Parley ranks them, which other model does better, and what
the scores owe to the convenor's club, a motive that was added with the register in sight, and to
the Union, whose members sign as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim import facts
from sim.evidence.comparisons import (
    SCORE_WORDS,
    SPLIT_WORDS,
    Comparison,
    Standing,
    beside_each,
    best_of,
    comparisons,
    is_rival,
    with_rivals,
)
from sim.evidence.report import rendering
from sim.evidence.report.document import Section
from sim.evidence.scores import (
    HEADLINE_SPLIT,
    OF_PARLEY,
    OURS,
    PERFECT_DRAWS,
    SMALL_IS_GOOD,
    TRIVIAL,
    WITHOUT_CLUB,
    WITHOUT_CONTAGION,
)

Record = Mapping[str, Any]

LARGEST_MISSES = 5
VARIANT_WORDS = {
    "without_club": "without the club",
    "outside_union": "outside the Union",
    "without_club_outside_union": "without the club and outside the Union",
}
SAME_FEATURES = "flat ridge"  # has Parley's own, and no simulator


def section(record: Record) -> Section:
    """All on states left out: sentences, both figures with their numbers, and scores of all models
    in short.
    """
    return rendering.section(
        "states",
        **findings(record["backtest"]),
        SCORES=SCORE_WORDS,
        SPLITS=SPLIT_WORDS,
        TRIVIAL=TRIVIAL,
        SAME_FEATURES=SAME_FEATURES,
        PERFECT_DRAWS=PERFECT_DRAWS,
        worlds=record["backtest"]["worlds"]["a_fold"],
        source=rendering.origin(record["manifest"]),
    )


def findings(backtest: Record) -> dict[str, Any]:
    """What the *backtest* of a record says of states left out, and the rows of its tables. Scores
    are by name, comparisons Parley's.
    """
    first, gaps = backtest[HEADLINE_SPLIT], backtest["differences"][HEADLINE_SPLIT]
    borne_out, slow = backtest["against_perfection"][HEADLINE_SPLIT], _slow(backtest)
    every, rivals = list(comparisons(backtest)), with_rivals(backtest)
    headline = [each for each in every if each.split == HEADLINE_SPLIT]
    of_variants = variants(backtest)
    variant_rivals = [each for variant in of_variants for each in variant["rivals"]]
    variant_losses = [each for each in variant_rivals if not each.better]
    questions = {"": {"scores": first, "differences": gaps}} | {
        words: backtest["robustness"][name] for name, words in VARIANT_WORDS.items()
    }
    return {
        "backtest": backtest,
        "states": len(backtest["states"]),
        "folds": len(backtest["ridges"][HEADLINE_SPLIT]),
        "draws": max(of["auc"]["draws"] for of in gaps.values()),
        "ours": first[OURS],
        "best": _best_by_score(with_rivals(backtest, HEADLINE_SPLIT)),
        # score -> rivals by standing
        "by_standing": {
            name: _by_standing(with_rivals(backtest, HEADLINE_SPLIT, name)) for name in SCORE_WORDS
        },
        # score -> every model with its score, the best first, and Parley beside it
        "ranked": {name: _ranked(first, headline, name) for name in SCORE_WORDS},
        "by_auc": sorted(first, key=lambda model: (model != OURS, -first[model]["auc"])),
        "rivals": rivals,
        "losses": [each for each in rivals if not each.better],
        "clear_gains": _clear_gains(rivals),
        "trivial_losses": [each for each in every if each.model in TRIVIAL and not each.better],
        # beside Parley without contagion; empty where that was not tried
        "contagion": [each for each in headline if each.model == WITHOUT_CONTAGION],
        "groups": borne_out["calibration"],
        "outside": [each for each in borne_out["calibration"] if not is_within_luck(each)],
        # score -> what luck makes of shares that are the chances, and the scores worse than that
        "perfect": borne_out["perfect_model"],
        "too_sure": [
            name for name in SCORE_WORDS if _worse(name, first[OURS], borne_out["perfect_model"])
        ],
        # scores of all models that know slow facts of 2018 too, and who then does better
        "slow": slow,
        "slow_winners": [
            (model, name)
            for name in SCORE_WORDS
            for model in filter(is_rival, slow)
            if slow[model][name] != slow[OURS][name]
            and (slow[model][name] < slow[OURS][name]) == (name in SMALL_IS_GOOD)
        ],
        "misses": largest_misses(backtest["states"]),
        "union": len(backtest["states"]) - backtest["robustness"]["outside_union"]["states"],
        "variants": of_variants,
        "club": [each for each in headline if each.model == WITHOUT_CLUB],
        # score -> variant and what is left of the lead over the same features without a simulator
        "simulating": {
            name: [
                (words, each.value)
                for words, variant in questions.items()
                for each in _rivals(variant)
                if (each.model, each.score) == (SAME_FEATURES, name)
            ]
            for name in SCORE_WORDS
        },
        "by_question": list(zip(*map(_scores_and_gaps, questions.values()), strict=True)),
        "variant_rivals": variant_rivals,
        "variant_losses": variant_losses,
        "variant_clear_gains": _clear_gains(variant_rivals),
        # the models behind the losses, whatever their covariates
        "losers": list(dict.fromkeys(each.model.partition(",")[0] for each in variant_losses)),
    }


def _slow(backtest: Record) -> Record:
    return dict(backtest["structural"][HEADLINE_SPLIT])


def _worse(name: str, ours: Record, perfect: Record) -> bool:
    """Whether a score is worse than luck makes that of a perfect model."""
    if name in SMALL_IS_GOOD:
        return bool(ours[name] > perfect[name]["high"])
    return bool(ours[name] < perfect[name]["low"])


def _ranked(
    scores: Record, headline: Iterable[Comparison], name: str
) -> list[tuple[str, float, Comparison | None]]:
    gaps = {each.model: each for each in headline if each.score == name}
    of_model = {model: each[name] for model, each in scores.items() if each[name] is not None}
    order = sorted(of_model, key=of_model.__getitem__, reverse=name not in SMALL_IS_GOOD)
    return [(model, of_model[model], gaps.get(model)) for model in order]


def _scores_and_gaps(question: Record) -> list[dict[str, Any]]:
    """Each model but Parley in another form, its scores, and Parley's less these."""
    return [
        {"model": model, "scores": scores, "gaps": question["differences"].get(model)}
        for model, scores in question["scores"].items()
        if model not in OF_PARLEY[1:]
    ]


def _by_standing(rivals: Sequence[Comparison]) -> list[tuple[Standing, list[str]]]:
    groups = (
        (standing, [each.model for each in rivals if each.standing == standing])
        for standing in Standing
    )
    return [(standing, models) for standing, models in groups if models]


def _clear_gains(rivals: Iterable[Comparison]) -> int:
    return sum(each.standing == Standing.CLEARLY_BETTER for each in rivals)


def _best_by_score(rivals: Sequence[Comparison]) -> list[Comparison]:
    return [best_of([each for each in rivals if each.score == name]) for name in SCORE_WORDS]


def is_within_luck(group: Record) -> bool:
    """Whether as many of a *group* signed as a perfect model would let sign."""
    return bool(group["perfect_low"] <= group["observed"] <= group["perfect_high"])


def largest_misses(states: Sequence[Record]) -> list[dict[str, Any]]:
    """The `name`, the share of worlds and whether it signed, of the states that it gets most wrong,
    the worst first.
    """
    names = facts.state_names()
    worst = sorted(states, key=lambda each: -abs(each["share"] - each["signed"]))[:LARGEST_MISSES]
    return [{**each, "name": names[each["iso3"]]} for each in worst]


def _rivals(variant: Record) -> list[Comparison]:
    """Parley beside each rival in a *variant*."""
    every = beside_each(variant["scores"], variant["differences"])
    return [each for each in every if is_rival(each.model)]


def variants(backtest: Record) -> list[dict[str, Any]]:
    """The headline without the club, outside the Union, and both: in words, of so many `states`,
    Parley's scores, and Parley beside all `rivals` and beside the `best` of them, by each score.
    """
    of_variants = []
    for name, words in VARIANT_WORDS.items():
        variant = backtest["robustness"][name]
        rivals = sorted(_rivals(variant), key=lambda each: list(SCORE_WORDS).index(each.score))
        of_variants.append(
            {
                "words": words,
                "states": variant["states"],
                "ours": variant["scores"][OURS],
                "rivals": rivals,
                "best": _best_by_score(rivals),
            }
        )
    return of_variants
