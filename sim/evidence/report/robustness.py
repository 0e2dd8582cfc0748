"""What the headline owes to the convenor's club, a motive that was added with the register in
sight, and to the Union, whose members sign as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.evidence.report.comparisons import (
    SCORE_WORDS,
    Comparison,
    beside_each,
    best_of,
    comparisons,
    gap_words,
    is_rival,
    verdict,
)
from sim.evidence.report.document import Section, Sentences, Table
from sim.evidence.report.words import capital, joined, model_name, score
from sim.evidence.scores import HEADLINE_SPLIT, OF_PARLEY, OURS, WITHOUT_CLUB
from sim.number_formats import difference

Record = Mapping[str, Any]

VARIANT_WORDS = {
    "without_club": "without the club",
    "outside_union": "outside the Union",
    "without_club_outside_union": "without the club and outside the Union",
}
HEADLINE_WORDS = "in the headline"
SAME_FEATURES = "flat ridge"  # has Parley's own, and no simulator


def section(backtest: Record) -> Section:
    """Sentences, and the scores of all models in each variant."""
    tables = (_table(backtest, name) for name in SCORE_WORDS)
    return Section(
        "Without hindsight, and outside the Union",
        Sentences("robustness", sentences(backtest)),
        Section("Model by model", *tables, folded=True),
    )


def sentences(backtest: Record) -> list[str]:
    """Why, each variant beside the best other model, and what is left of the lead."""
    variants = backtest["robustness"]
    union = len(backtest["states"]) - variants["outside_union"]["states"]
    return [
        (
            "Two things flatter these scores. That members of the convenor's club (the"
            " Francophonie) are reached more easily was put into the model with the register in"
            f" sight; and the Union's {union} members sign as one, so that to rank one of them is"
            " to rank all."
        ),
        *(_variant(variants[name], words) for name, words in VARIANT_WORDS.items()),
        _cost_of_club(backtest),
        _lead(backtest),
        _count(variants),
    ]


def headline(backtest: Record) -> str:
    """The pairs ranked rightly, flattered and not, beside the best other model each time; and who
    does better.
    """
    best = {
        words: [best_of(rivals(of, name)) for name in SCORE_WORDS]
        for words, of in _questions(backtest).items()
    }
    ours, without_club, outside_union, both = (
        f"{100 * by_auc.ours:.0f}" for by_auc, _ in best.values()
    )
    theirs = joined(f"{100 * by_auc.theirs:.0f}" for by_auc, _ in best.values())
    names = joined(dict.fromkeys(model_name(by_auc.model) for by_auc, _ in best.values()))
    every = [each for by_score in best.values() for each in by_score]
    clearly = sum(each.better and each.clear for each in every)
    losses = (
        f"{words} ({'clearly' if any(each.clear for each in worse) else 'not clearly'})"
        for words, by_score in best.items()
        if (worse := [each for each in by_score if not each.better])
    )
    return (
        f"Parley puts a signatory above another state in {ours} of 100 pairs. That flatters it:"
        " without the convenor's club, which was put into the model knowing who had signed, it is"
        f" {without_club}; outside the Union, whose members sign as one, {outside_union}; without"
        f" either {both}. The best model without a simulator ({names}) has {theirs}. By AUC and"
        f" Brier score, Parley does clearly better than the best in {clearly or 'none'} of these"
        f" {len(every)} comparisons; the best does as well or better {joined(losses, 'in none')}."
    )


def _questions(backtest: Record) -> dict[str, Record]:
    """The headline's and each variant's scores and differences, by its words."""
    whole = {
        "scores": backtest[HEADLINE_SPLIT],
        "differences": backtest["differences"][HEADLINE_SPLIT],
    }
    return {
        HEADLINE_WORDS: whole,
        **{words: backtest["robustness"][name] for name, words in VARIANT_WORDS.items()},
    }


def rivals(variant: Record, name: str) -> list[Comparison]:
    """Parley beside each rival in a *variant*, by the score *name*."""
    every = beside_each(variant["scores"], variant["differences"])
    return [each for each in every if each.score == name and is_rival(each.model)]


def _variant(variant: Record, words: str) -> str:
    ours = variant["scores"][OURS]
    scores = " and ".join(f"{of} {score(ours[name])}" for name, of in SCORE_WORDS.items())
    best = "; ".join(_beside(best_of(rivals(variant, name))) for name in SCORE_WORDS)
    return f"{capital(words)} ({variant['states']} states) Parley has {scores}. {capital(best)}."


def _beside(best: Comparison) -> str:
    return (
        f"by {SCORE_WORDS[best.score]} the best other model is {model_name(best.model)} with"
        f" {score(best.theirs)}, Parley less it {gap_words(best)}: {verdict(best)}"
    )


def _cost_of_club(backtest: Record) -> str:
    """How much better Parley does with the club than without it, over all states."""
    own = [
        each
        for each in comparisons(backtest)
        if (each.split, each.model) == (HEADLINE_SPLIT, WITHOUT_CLUB)
    ]
    gaps = joined(f"{gap_words(each)} by {SCORE_WORDS[each.score]}" for each in own)
    return f"Parley with the club less Parley without it is {gaps}."


def _lead(backtest: Record) -> str:
    """What is left of the lead over the same features without a simulator."""
    by_score = "; by ".join(
        f"{of_score} {joined(_gaps_to_same_features(backtest, name))}"
        for name, of_score in SCORE_WORDS.items()
    )
    what = (
        "What simulating adds to Parley's own features, its score less that of the"
        f" {SAME_FEATURES},"
    )
    return f"{what} is by {by_score}."


def _gaps_to_same_features(backtest: Record, name: str) -> Iterator[str]:
    for words, of in _questions(backtest).items():
        yield from (
            f"{difference(each.value, 3)} {words}"
            for each in rivals(of, name)
            if each.model == SAME_FEATURES
        )


def _count(variants: Record) -> str:
    """In how many comparisons with rivals Parley does better."""
    every = [
        each
        for variant in variants.values()
        for name in SCORE_WORDS
        for each in rivals(variant, name)
    ]
    losses = [each for each in every if not each.better]
    names = dict.fromkeys(model_name(each.model).partition(" (")[0] for each in losses)
    others = f" ({joined(names)})" if losses else ""
    return (
        f"Of these {len(every)} comparisons with models that learn, another does as well or better"
        f" in {len(losses)}{others}, clearly in {sum(each.clear for each in losses)}; Parley"
        f" clearly does better in {sum(each.better and each.clear for each in every)}."
    )


def _table(backtest: Record, name: str) -> Table:
    """All models by one score, in the headline and in each variant; a star where Parley's differs
    clearly.
    """
    columns = [list(_cells(of, name)) for of in _questions(backtest).values()]
    models = [model_name(model) for model in backtest[HEADLINE_SPLIT] if model not in OF_PARLEY[1:]]
    words = SCORE_WORDS[name]
    return Table(
        ("model", "headline", "without the club", "outside the Union", "both"),
        "lrrrr",
        [list(row) for row in zip(models, *columns, strict=True)],
        f"Without hindsight, and outside the Union: {words}",
        (
            (
                "A star marks a score that differs clearly from Parley's. Covariates are one fewer"
                " without the club."
            ),
        ),
    )


def _cells(variant: Record, name: str) -> Iterator[str]:
    clear = {
        each.model: each.clear
        for each in beside_each(variant["scores"], variant["differences"])
        if each.score == name
    }
    for model, scores in variant["scores"].items():
        if model not in OF_PARLEY[1:]:
            yield f"{score(scores[name])}{'*' if clear.get(model) else ' '}"
