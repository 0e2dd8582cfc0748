"""States that the fit has not seen: how Parley ranks them, and which other model does better."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sim import facts
from sim.evidence.report import robustness
from sim.evidence.report.comparisons import (
    SCORE_WORDS,
    SPLIT_WORDS,
    Comparison,
    beside,
    best_rival,
    comparisons,
    is_rival,
    with_rivals,
    worse_or_better,
)
from sim.evidence.report.document import Figure, Section, Sentences, Table
from sim.evidence.report.words import FITTED, capital, joined, model_name, origin, quantity, score
from sim.evidence.scores import (
    HEADLINE_SPLIT,
    OURS,
    PERFECT_DRAWS,
    SMALL_IS_GOOD,
    TRIVIAL,
    WITHOUT_CONTAGION,
)
from sim.number_formats import count, difference, difference_interval, percent, percent_interval

Record = Mapping[str, Any]

LARGEST_MISSES = 5
HOW_TO_READ = {
    "auc": (
        "Of 100 pairs of a signatory and another state, in so many the first has the larger share:"
        " 50 is chance."
    ),
    "brier": "The mean square of share less outcome: smaller is better, 0 is best.",
}
MODELS = (
    "Base rate: the share of all other states that signed, for everybody.",
    "Freedom alone: a logistic on the freedom score.",
    "Flat ridge: a ridge logistic on seven features of Parley's own.",
    "Flat ridge (… covariates): the same on all columns of the table of states.",
    "Random forest: on those too, as it comes.",
    (
        "Gaussian process: on Parley's seven features, the kernel chosen by what makes the rest of"
        " the register probable."
    ),
    (
        "Ensemble: the mean of the shares of these last four, all that learn from more than one"
        " figure."
    ),
    "Parley without contagion: refitted with nothing that moves with others' signatures.",
    "Parley without the club: refitted with nobody's membership in the convenor's club known.",
    (
        "A base rate far below AUC 0.5 is an artefact: where a region signed more, the rest signed"
        " less."
    ),
)
HOW_TO_READ_SCORES = (
    "AUC and log score: larger is better; Brier score: smaller is better.",
    (
        "The interval of a difference runs from the 5th to the 95th percentile over resampled"
        " sub-regions, the Union as one. A star marks a score that differs clearly from Parley's:"
        " the interval leaves 0 out."
    ),
)


def section(record: Record) -> Section:
    """All on states left out: sentences, both figures with their numbers, and scores of all models
    in short.
    """
    backtest, source = record["backtest"], origin(record["manifest"])
    borne_out, worlds = (
        backtest["against_perfection"][HEADLINE_SPLIT],
        f"{backtest['worlds']['a_fold']} worlds a fold",
    )
    bins = calibration_table(borne_out["calibration"], _perfect_model(borne_out["perfect_model"]))
    draws = max(gap["auc"]["draws"] for gap in backtest["differences"][HEADLINE_SPLIT].values())
    states = len(backtest["states"])
    return Section(
        "States it has not seen",
        Sentences("states", sentences(backtest)),
        Figure(
            "models",
            "Who signs, in sub-regions that the fit has not seen",
            "Scores over all states, each left out with its sub-region; with what was published"
            " before the launch",
            f"n = {states} states in {len(backtest['ridges'][HEADLINE_SPLIT])} sub-regions,"
            f" resampled by sub-region {draws} times; {worlds}; {source}.",
            *(_one_score(backtest, name) for name in SCORE_WORDS),
            *_score_tables(backtest),
        ),
        robustness.section(backtest),
        Figure(
            "calibration",
            "Are the shares borne out?",
            "Share of states that sign, in five groups of equally many states by Parley's share,"
            " sub-region left out",
            f"n = {states} states; {worlds}; band: 90 % of {PERFECT_DRAWS} draws, the Union as one;"
            f" {source}.",
            replace(bins, name="bins"),
        ),
        scores_in_short(backtest),
        Sentences(
            "models", MODELS, [model[: model.find(":") + 1] for model in MODELS], running=True
        ),
        name="unseen-states",
        basis=f"{FITTED}, states left out",
    )


def sentences(backtest: Record) -> list[str]:
    """How well the shares of worlds tell who of those left out signed."""
    ours, folds = backtest[HEADLINE_SPLIT][OURS], len(backtest["ridges"][HEADLINE_SPLIT])
    return [
        (
            f"Each of {folds} sub-regions was left out in turn: for the fit its states, their"
            " example, and its firms and NGOs did not exist; then everybody signed or stayed out"
            " freely. Known was what had been published before the launch."
        ),
        (
            "Of a signatory and another state drawn at random, Parley gives the signatory the"
            f" larger share of worlds in {count(100 * ours['auc'])} of 100 cases (AUC"
            f" {score(ours['auc'])}). The mean squared distance of share and outcome (Brier score)"
            f" is {score(ours['brier'])}."
        ),
        *(_beside_the_best(best_rival(backtest, name)) for name in SCORE_WORDS),
        *(_better_and_worse(backtest, name) for name in SCORE_WORDS),
        _where_others_win(backtest),
        _trivial(backtest),
        *_contagion(backtest),
        _groups(backtest["against_perfection"][HEADLINE_SPLIT]["calibration"]),
        _perfection(ours, backtest["against_perfection"][HEADLINE_SPLIT]["perfect_model"]),
        _structural(backtest),
        _misses(backtest["states"]),
    ]


def _beside_the_best(best: Comparison) -> str:
    return (
        f"By {SCORE_WORDS[best.score]} the best other model is {model_name(best.model)} with"
        f" {score(best.theirs)}; {beside(best)}"
    )


def _better_and_worse(backtest: Record, name: str) -> str:
    rivals = with_rivals(backtest, HEADLINE_SPLIT, name)
    groups = {
        "clearly better than": [each.model for each in rivals if each.better and each.clear],
        "better than, but not clearly,": [
            each.model for each in rivals if each.better and not each.clear
        ],
        "worse than, but not clearly,": [
            each.model for each in rivals if not each.better and not each.clear
        ],
        "clearly worse than": [each.model for each in rivals if not each.better and each.clear],
    }
    order = "; ".join(
        f"{words} {joined(map(model_name, models))}" for words, models in groups.items() if models
    )
    return f"By {SCORE_WORDS[name]} Parley is {order}."


def _where_others_win(backtest: Record) -> str:
    """Every comparison with a rival, under any way of leaving out, in which Parley does no
    better.
    """
    rivals = with_rivals(backtest)
    of = f"{len(rivals)} comparisons with models that learn, over three ways of leaving out"
    clearly = f"Parley clearly does better in {sum(each.better and each.clear for each in rivals)}"
    losses = [
        f"{model_name(each.model)} by {SCORE_WORDS[each.score]} with {SPLIT_WORDS[each.split]} "
        f"({score(each.theirs)} to {score(each.ours)}{', clearly' if each.clear else ''})"
        for each in rivals if not each.better
    ]  # fmt: skip
    if not losses:
        return f"In none of {of}, does another do better; {clearly}."
    return f"Of {of}, another does as well or better in {len(losses)}: {joined(losses)}. {clearly}."


def _trivial(backtest: Record) -> str:
    """What is not counted, as it proves nothing; and where even that does better."""
    losses = [
        f"{each.model} by {SCORE_WORDS[each.score]} with {SPLIT_WORDS[each.split]}"
        for each in comparisons(backtest) if each.model in TRIVIAL and not each.better
    ]  # fmt: skip
    beaten = (
        "Parley does better than either throughout"
        if not losses
        else f"and yet it loses to {joined(losses)}"
    )
    names = capital(joined(TRIVIAL))
    return (
        f"{names} are trivial: to do better than these proves nothing and is not counted; {beaten}."
    )


def _contagion(backtest: Record) -> list[str]:
    """What it would cost if nobody looked at others; nothing where that was not tried."""
    by_score = {
        each.score: each for each in comparisons(backtest)
        if (each.split, each.model) == (HEADLINE_SPLIT, WITHOUT_CONTAGION)
    }  # fmt: skip
    if not by_score:
        return []
    scores = " and ".join(
        f"{SCORE_WORDS[name]} {score(each.theirs)} ({worse_or_better(each)})"
        for name, each in by_score.items()
    )
    clearly = [each.better and each.clear for each in by_score.values()]
    helps = "they do not clearly help to foresee who signs"
    if any(clearly):
        how_many = "" if all(clearly) else ", by one of the two scores only"
        helps = (
            f"they clearly help to foresee who signs{how_many}. So would neighbours' likeness: no"
            " contagion is shown"
        )
    return [
        f"Fitted without the motives that move with others' signatures, Parley has {scores}:"
        f" {helps}."
    ]


def _groups(groups: list[Mapping[str, float]]) -> str:
    outside = [
        f"predicted {percent(each['predicted'])}, observed {percent(each['observed'])}"
        for each in groups if not each["perfect_low"] <= each["observed"] <= each["perfect_high"]
    ]  # fmt: skip
    within = f"In {len(groups) - len(outside)} of {len(groups)} groups of equally many states"
    start = f"{within}, what came lies where a perfect model's would"
    return (
        f"{start}."
        if not outside
        else f"{start}; not in {quantity(len(outside), 'group')}: {'; '.join(outside)}."
    )


def _perfection(ours: Mapping[str, float], perfect: Mapping[str, Mapping[str, float]]) -> str:
    """Whether the scores are those that shares like these would get if they were the chances."""
    bands, worse = [], []
    for name, words in SCORE_WORDS.items():
        band = perfect[name]
        bands.append(f"{words} {score(band['low'])} to {score(band['high'])}")
        if ours[name] > band["high"] if name in SMALL_IS_GOOD else ours[name] < band["low"]:
            worse.append(words)
    luck = f"Were these shares the very chances, luck would put the {' and the '.join(bands)}"
    if worse:
        return (
            f"{luck}; Parley's {' and '.join(worse)} is worse than that, so its shares are too sure"
            " of themselves."
        )
    return f"{luck}: Parley's scores lie there, or are better."


def _misses(states: Sequence[Record]) -> str:
    """The states that it gets most wrong."""
    names = facts.state_names()
    worst = sorted(states, key=lambda state: -abs(state["share"] - state["signed"]))[
        :LARGEST_MISSES
    ]
    misses = [
        f"{names[each['iso3']]} (share {percent(each['share'])},"
        f" {'signed' if each['signed'] else 'did not sign'})"
        for each in worst
    ]
    return f"The {len(misses)} largest misses: {joined(misses)}."


def _structural(backtest: Record) -> str:
    """What knowing slow facts of 2018 would change."""
    now, then = backtest["structural"][HEADLINE_SPLIT], backtest[HEADLINE_SPLIT]
    winners = [
        f"{model_name(model)} by {SCORE_WORDS[name]} ({score(now[model][name])} to"
        f" {score(now[OURS][name])})"
        for name in SCORE_WORDS
        for model in filter(is_rival, now)
        if (now[model][name] < now[OURS][name]) == (name in SMALL_IS_GOOD)
        and now[model][name] != now[OURS][name]
    ]
    return (
        f"With slow facts that describe 2018 added, Parley has AUC {score(now[OURS]['auc'])} and"
        f" Brier score {score(now[OURS]['brier'])} (without them {score(then[OURS]['auc'])} and"
        f" {score(then[OURS]['brier'])}); models that then do better: {joined(winners)}."
    )


def scores_in_short(backtest: Record) -> Table:
    """All models under each way of leaving out, by both scores; Parley first, then the best by the
    first AUC.
    """
    first = backtest[HEADLINE_SPLIT]
    models = sorted(first, key=lambda model: (model != OURS, -first[model]["auc"]))
    columns = [(split, name) for split in SPLIT_WORDS for name in SCORE_WORDS]
    headings = (f"{SCORE_WORDS[name]}, {SPLIT_WORDS[split]}" for split, name in columns)
    cells = [
        [
            score(backtest[split][model][name]) if model in backtest[split] else ""
            for split, name in columns
        ]
        for model in models
    ]
    rows = [(model_name(model), *row) for model, row in zip(models, cells, strict=True)]
    return Table(
        ("model", *headings),
        "l" + "r" * len(columns),
        rows,
        "All ways of leaving out, in short",
        summary=True,
    )


def _one_score(backtest: Record, name: str) -> Table:
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
        gap = gaps.get(model)
        cells = ("", "", "")
        if gap:
            cells = (
                difference(gap.value, 3),
                difference_interval(gap.low, gap.high, 3),
                worse_or_better(gap),
            )
        rows.append((model_name(model), score(scores[model]), *cells))
    words = SCORE_WORDS[name]
    columns = ("model", words, "Parley's less it", "90 %", "it does")
    return Table(
        columns,
        "lrrrl",
        rows,
        f"States left out: {words}",
        (HOW_TO_READ[name],),
        name=f"models-{name}",
    )


def _score_tables(backtest: Record) -> Iterator[Table]:
    """A table for each way of leaving out, with what was known before the launch, then with slow
    facts of 2018 too.
    """
    columns = ("model", "AUC", "Brier score", "log score", "Parley's Brier score less it")
    for split, words in SPLIT_WORDS.items():
        rows = [
            _score_row(each, of, backtest["differences"][split].get(each))
            for each, of in backtest[split].items()
        ]
        notes = HOW_TO_READ_SCORES if split == HEADLINE_SPLIT else ()
        yield Table(columns, "lrrrr", rows, f"Known before the launch, {words}", notes)
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
        cells.append(f"{score(scores[name])}{'*' if clear else ' '}")
    return [*cells, _gap(gaps["brier"]) if gaps else ""]


def _gap(gap: Record) -> str:
    return f"{difference(gap['value'], 3)} ({difference_interval(gap['low'], gap['high'], 3)})"


def calibration_table(groups: Iterable[Record], *notes: str) -> Table:
    """Groups of states by share: mean share, observed share, and the range expected if the shares
    are right.
    """
    rows = [
        (f"{each['states']}", percent(each["predicted"]), percent(each["observed"]),
         percent_interval(each["perfect_low"], each["perfect_high"]),
         "yes" if each["perfect_low"] <= each["observed"] <= each["perfect_high"] else "no")
        for each in groups
    ]  # fmt: skip
    columns = (
        "states",
        "share of worlds",
        "share that signed",
        "if the shares were right",
        "inside",
    )
    title = "States in five groups, by the share of worlds in which they sign"
    return Table(columns, "rrrrr", rows, title, notes)


def _perfect_model(scores: Mapping[str, Mapping[str, float]]) -> str:
    auc, brier = (
        f"{score(scores[name]['mean'])} ({score(scores[name]['low'])} to"
        f" {score(scores[name]['high'])})"
        for name in SCORE_WORDS
    )
    return f"A perfect model of this size: AUC {auc}, Brier score {brier}."
