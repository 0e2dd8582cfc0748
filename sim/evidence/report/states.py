"""States that the fit has not seen: how Parley ranks them, which other model does better, and what
the scores owe to the convenor's club, a motive that was added with the register in sight, and to
the Union, whose members sign as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim import facts
from sim.evidence.report.comparisons import (
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
from sim.evidence.report.document import Figure, Section, Sentences, Table
from sim.evidence.report.rendering import FITTED, model_name, origin, score, texts
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
from sim.number_formats import difference, difference_interval, percent, percent_interval

Record = Mapping[str, Any]

LARGEST_MISSES = 5
VARIANT_WORDS = {
    "without_club": "without the club",
    "outside_union": "outside the Union",
    "without_club_outside_union": "without the club and outside the Union",
}
SAME_FEATURES = "flat ridge"  # has Parley's own, and no simulator
STANDING_WORDS = {  # of the other model, in a table
    Standing.CLEARLY_BETTER: "worse, clearly",
    Standing.BETTER: "worse, not clearly",
    Standing.SAME: "the same",
    Standing.WORSE: "better, not clearly",
    Standing.CLEARLY_WORSE: "better, clearly",
}


@dataclass(frozen=True)
class Variant:
    """The headline's question asked otherwise: of so many *states*, Parley's scores, and Parley
    beside all *rivals* and beside the *best* of them, by each score.
    """

    words: str
    states: int
    ours: Record
    rivals: list[Comparison]
    best: list[Comparison]


@dataclass(frozen=True)
class Miss:
    """A state, its share of worlds, and whether it signed."""

    name: str
    share: float
    signed: bool


@dataclass(frozen=True)
class Findings:
    """What the backtest says of states left out. Scores are by name, comparisons Parley's."""

    states: int
    folds: int
    ours: Record
    best: list[Comparison]  # beside the best rival, by each score
    by_standing: Mapping[str, list[tuple[Standing, list[str]]]]  # score -> rivals by standing
    rivals: list[Comparison]  # under every way of leaving out
    losses: list[Comparison]  # of these
    clear_gains: int
    trivial_losses: list[Comparison]
    contagion: list[Comparison]  # beside Parley without it; empty where that was not tried
    groups: Sequence[Record]
    outside: Sequence[Record]  # groups in which came what a perfect model would not let come
    perfect: Mapping[str, Record]  # score -> what luck makes of shares that are the chances
    too_sure: list[str]  # scores worse than that
    slow: Mapping[str, Record]  # scores of all models that know slow facts of 2018 too
    slow_winners: list[tuple[str, str]]  # models that then do better, with the score
    misses: list[Miss]
    union: int
    variants: list[Variant]
    club: list[Comparison]  # beside Parley without it
    simulating: Mapping[str, list[tuple[str, float]]]  # score -> variant and lead over the ridge
    variant_rivals: list[Comparison]
    variant_losses: list[Comparison]
    variant_clear_gains: int
    losers: list[str]  # the models behind the losses, whatever their covariates


def findings(backtest: Record) -> Findings:
    """All of them, from the *backtest* of a record."""
    ours, borne_out = backtest[HEADLINE_SPLIT][OURS], backtest["against_perfection"][HEADLINE_SPLIT]
    every, rivals, slow = list(comparisons(backtest)), with_rivals(backtest), _slow(backtest)
    perfect, every_variant = borne_out["perfect_model"], list(variants(backtest))
    variant_rivals = [each for variant in every_variant for each in variant.rivals]
    variant_losses = [each for each in variant_rivals if not each.better]
    return Findings(
        states=len(backtest["states"]),
        folds=len(backtest["ridges"][HEADLINE_SPLIT]),
        ours=ours,
        best=_best_by_score(with_rivals(backtest, HEADLINE_SPLIT)),
        by_standing={
            name: _by_standing(with_rivals(backtest, HEADLINE_SPLIT, name)) for name in SCORE_WORDS
        },
        rivals=rivals,
        losses=[each for each in rivals if not each.better],
        clear_gains=_clear_gains(rivals),
        trivial_losses=[each for each in every if each.model in TRIVIAL and not each.better],
        contagion=_beside(every, WITHOUT_CONTAGION),
        groups=borne_out["calibration"],
        outside=[each for each in borne_out["calibration"] if not is_within_luck(each)],
        perfect=perfect,
        too_sure=[
            name
            for name in SCORE_WORDS
            if (
                ours[name] > perfect[name]["high"]
                if name in SMALL_IS_GOOD
                else ours[name] < perfect[name]["low"]
            )
        ],
        slow=slow,
        slow_winners=[
            (model, name)
            for name in SCORE_WORDS
            for model in filter(is_rival, slow)
            if (slow[model][name] < slow[OURS][name]) == (name in SMALL_IS_GOOD)
            and slow[model][name] != slow[OURS][name]
        ],
        misses=largest_misses(backtest["states"]),
        union=len(backtest["states"]) - backtest["robustness"]["outside_union"]["states"],
        variants=every_variant,
        club=_beside(every, WITHOUT_CLUB),
        simulating={name: [*_simulating(backtest, name)] for name in SCORE_WORDS},
        variant_rivals=variant_rivals,
        variant_losses=variant_losses,
        variant_clear_gains=_clear_gains(variant_rivals),
        losers=list(dict.fromkeys(each.model.partition(",")[0] for each in variant_losses)),
    )


def _slow(backtest: Record) -> Mapping[str, Record]:
    return backtest["structural"][HEADLINE_SPLIT]  # type: ignore[no-any-return]


def _by_standing(rivals: Sequence[Comparison]) -> list[tuple[Standing, list[str]]]:
    groups = (
        (standing, [each.model for each in rivals if each.standing == standing])
        for standing in Standing
    )
    return [(standing, models) for standing, models in groups if models]


def _clear_gains(rivals: Iterable[Comparison]) -> int:
    return sum(each.standing == Standing.CLEARLY_BETTER for each in rivals)


def _beside(every: Iterable[Comparison], model: str) -> list[Comparison]:
    """Parley beside itself in another form, where the sub-region was left out."""
    return [each for each in every if (each.split, each.model) == (HEADLINE_SPLIT, model)]


def _best_by_score(rivals: Sequence[Comparison]) -> list[Comparison]:
    return [best_of([each for each in rivals if each.score == name]) for name in SCORE_WORDS]


def is_within_luck(group: Record) -> bool:
    """Whether as many of a *group* signed as a perfect model would let sign."""
    return bool(group["perfect_low"] <= group["observed"] <= group["perfect_high"])


def largest_misses(states: Sequence[Record]) -> list[Miss]:
    """The states that it gets most wrong, the worst first."""
    names = facts.state_names()
    worst = sorted(states, key=lambda each: -abs(each["share"] - each["signed"]))[:LARGEST_MISSES]
    return [Miss(names[each["iso3"]], each["share"], bool(each["signed"])) for each in worst]


def _rivals(variant: Record) -> list[Comparison]:
    """Parley beside each rival in a *variant*."""
    every = beside_each(variant["scores"], variant["differences"])
    return [each for each in every if is_rival(each.model)]


def variants(backtest: Record) -> Iterator[Variant]:
    """The headline without the club, outside the Union, and both."""
    for name, words in VARIANT_WORDS.items():
        variant = backtest["robustness"][name]
        rivals = sorted(_rivals(variant), key=lambda each: list(SCORE_WORDS).index(each.score))
        best = _best_by_score(rivals)
        yield Variant(words, variant["states"], variant["scores"][OURS], rivals, best)


def _questions(backtest: Record) -> dict[str, Record]:
    """The scores and differences of the headline, which has no words, and of each variant."""
    whole = {
        "scores": backtest[HEADLINE_SPLIT],
        "differences": backtest["differences"][HEADLINE_SPLIT],
    }
    variants = {words: backtest["robustness"][name] for name, words in VARIANT_WORDS.items()}
    return {"": whole, **variants}


def _simulating(backtest: Record, name: str) -> Iterator[tuple[str, float]]:
    """What is left of the lead over the same features without a simulator."""
    for words, variant in _questions(backtest).items():
        yield from (
            (words, each.value)
            for each in _rivals(variant)
            if (each.model, each.score) == (SAME_FEATURES, name)
        )


def section(record: Record) -> Section:
    """All on states left out: sentences, both figures with their numbers, and scores of all models
    in short.
    """
    backtest = record["backtest"]
    of_states = findings(backtest)
    words = texts(
        "states",
        **vars(of_states),
        SCORES=SCORE_WORDS,
        SPLITS=SPLIT_WORDS,
        TRIVIAL=TRIVIAL,
        SAME_FEATURES=SAME_FEATURES,
        PERFECT_DRAWS=PERFECT_DRAWS,
        draws=max(of["auc"]["draws"] for of in backtest["differences"][HEADLINE_SPLIT].values()),
        worlds=backtest["worlds"]["a_fold"],
        source=origin(record["manifest"]),
    )
    bins = replace(
        calibration_table(of_states.groups, *words["notes calibration"]),
        name="bins",
        technical=True,
    )
    robustness = (
        _variant_table(backtest, name, *words["notes robustness"]) for name in SCORE_WORDS
    )
    return Section(
        "States it has not seen",
        Sentences("states", words["states"]),
        Figure(
            "models",
            words["figure models"],
            *(_one_score(backtest, name, *words[f"notes {name}"]) for name in SCORE_WORDS),
            *_score_tables(backtest, *words["notes scores"]),
        ),
        Section(
            "Without hindsight, and outside the Union",
            Sentences("robustness", words["robustness"]),
            Section("Model by model", *robustness, folded=True),
        ),
        Figure("calibration", words["figure calibration"], bins),
        scores_in_short(backtest),
        Sentences.of("models", words["models"], running=True),
        name="unseen-states",
        basis=f"{FITTED}, states left out",
    )


def scores_in_short(backtest: Record) -> Table:
    """All models under each way of leaving out, by both scores; Parley first, then the best by the
    first AUC.
    """
    first = backtest[HEADLINE_SPLIT]
    models = sorted(first, key=lambda model: (model != OURS, -first[model]["auc"]))
    columns = [(split, name) for split in SPLIT_WORDS for name in SCORE_WORDS]
    headings = (f"{SCORE_WORDS[name]}, {SPLIT_WORDS[split]}" for split, name in columns)
    rows = [
        (
            model_name(model),
            *(
                score(backtest[split][model][name]) if model in backtest[split] else ""
                for split, name in columns
            ),
        )
        for model in models
    ]
    return Table(
        ("model", *headings),
        "l" + "r" * len(columns),
        rows,
        "All ways of leaving out, in short",
        summary=True,
    )


def _one_score(backtest: Record, name: str, *notes: str) -> Table:
    """All models by one score, the best first, with their sub-region left out, and how Parley
    differs from each.
    """
    gaps = {
        each.model: each
        for each in comparisons(backtest)
        if (each.split, each.score) == (HEADLINE_SPLIT, name)
    }
    scores = {
        model: each[name]
        for model, each in backtest[HEADLINE_SPLIT].items()
        if each[name] is not None
    }
    rows = []
    for model in sorted(scores, key=lambda model: scores[model], reverse=name not in SMALL_IS_GOOD):
        cells = ("", "", "")
        if gap := gaps.get(model):
            cells = (
                difference(gap.value, 3),
                difference_interval(gap.low, gap.high, 3),
                STANDING_WORDS[gap.standing],
            )
        rows.append((model_name(model), score(scores[model]), *cells))
    words = SCORE_WORDS[name]
    columns = ("model", words, "Parley's less it", "90 %", "it does")
    return Table(columns, "lrrrl", rows, f"States left out: {words}", notes, name=f"models-{name}")


def _score_tables(backtest: Record, *notes: str) -> Iterator[Table]:
    """A table for each way of leaving out, with what was known before the launch, then with slow
    facts of 2018 too.
    """
    columns = ("model", "AUC", "Brier score", "log score", "Parley's Brier score less it")
    for split, words in SPLIT_WORDS.items():
        rows = [
            _score_row(each, of, backtest["differences"][split].get(each))
            for each, of in backtest[split].items()
        ]
        of_split = notes if split == HEADLINE_SPLIT else ()
        yield Table(columns, "lrrrr", rows, f"Known before the launch, {words}", of_split)
    for split, words in SPLIT_WORDS.items():
        rows = [
            _score_row(model, scores, None)[:-1]
            for model, scores in backtest["structural"][split].items()
        ]
        yield Table(columns[:-1], "lrrr", rows, f"Slow facts of 2018 known too, {words}")


def _score_row(model: str, scores: Mapping[str, float], gaps: Record | None) -> list[str]:
    """A model's scores, with a star where Parley's differs clearly, and the difference where there
    is one.
    """
    cells = [model_name(model)]
    for name in ("auc", "brier", "log_score"):
        gap: Record = gaps[name] if gaps else {"value": None}
        clear = gap["value"] is not None and (gap["low"] > 0 or gap["high"] < 0)
        cells.append(_starred(scores[name], clear))
    return [*cells, _gap(gaps["brier"]) if gaps else ""]


def _starred(value: float, is_clear: bool) -> str:
    return f"{score(value)}{'*' if is_clear else ' '}"


def _gap(gap: Record) -> str:
    return f"{difference(gap['value'], 3)} ({difference_interval(gap['low'], gap['high'], 3)})"


def _variant_table(backtest: Record, name: str, *notes: str) -> Table:
    """All models by one score, in the headline and in each variant; a star where Parley's differs
    clearly.
    """
    columns = [list(_cells(variant, name)) for variant in _questions(backtest).values()]
    models = [model_name(model) for model in backtest[HEADLINE_SPLIT] if model not in OF_PARLEY[1:]]
    return Table(
        ("model", "headline", "without the club", "outside the Union", "both"),
        "lrrrr",
        [list(row) for row in zip(models, *columns, strict=True)],
        f"Without hindsight, and outside the Union: {SCORE_WORDS[name]}",
        notes,
    )


def _cells(variant: Record, name: str) -> Iterator[str]:
    clear = {
        each.model: each.clear
        for each in beside_each(variant["scores"], variant["differences"])
        if each.score == name
    }
    for model, scores in variant["scores"].items():
        if model not in OF_PARLEY[1:]:
            yield _starred(scores[name], clear.get(model, False))


def calibration_table(groups: Iterable[Record], *notes: str) -> Table:
    """Groups of states by share: mean share, observed share, and the range expected if the shares
    are right.
    """
    rows = [
        (
            f"{each['states']}",
            percent(each["predicted"]),
            percent(each["observed"]),
            percent_interval(each["perfect_low"], each["perfect_high"]),
            "yes" if is_within_luck(each) else "no",
        )
        for each in groups
    ]
    columns = (
        "states",
        "share of worlds",
        "share that signed",
        "if the shares were right",
        "inside",
    )
    title = "States in five groups, by the share of worlds in which they sign"
    return Table(columns, "rrrrr", rows, title, notes)
