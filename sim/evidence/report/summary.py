"""The record of evidence in short, for readers without statistics: three answers, a sentence for
each question, the finding of each figure, and every state beside what was foreseen of it.

Every number and every direction is read from the record, so that a record that says otherwise gives
other sentences. "AUC" is said in words: of 100 pairs of one state that signed and one that did not,
how many are put right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isclose
from typing import Any

import numpy as np

from sim import facts
from sim.evidence.report import conduct, dates, rivals, weights
from sim.evidence.report.comparisons import SCORE_WORDS, Comparison, best_rival, with_rivals
from sim.evidence.report.document import Table
from sim.evidence.report.words import capital, joined, long_date, origin, pairs
from sim.evidence.scores import HEADLINE_SPLIT, HIGH, LOW, OURS, WIDE, resamples
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import count, interval, percent

Record = Mapping[str, Any]

EVEN = 0.5  # share of worlds above which the model says that a state signs
PROMISE = 0.9  # share of counts that a range is to hold
FAR = 0.1  # of a count, by which the middle of a range misses it and has to say so
MISSES = 1  # by name, in one sentence
LARGEST = 5  # misses by name, in a list


def summary(record: Record) -> dict[str, Any]:
    """All of it, by its kind.

    `leads`: each a question, a number in large, what it counts, and a sentence. `answers` and
    `details`: a sentence and more of them, by the name of a part of the document, and for some
    parts a table in `tables`. `findings`: a sentence, by the name of a figure or of a panel.
    `states`: the name of each, the share of worlds in which it signs while its sub-region is left
    out (0 to 1), and whether it signed; and their `source`.
    """
    return {
        "leads": [_right(record), _wrong(record), _unknown(record)],
        "answers": _answers(record),
        "details": {part: list(sentences) for part, sentences in _details(record)},
        "tables": {part: table.as_json() for part, table in _tables(record)},
        "findings": dict(_findings(record)),
        "states": _states(record["backtest"]),
        "source": (
            f"{record['backtest']['worlds']['a_fold']} worlds a region;"
            f" {origin(record['manifest'])}."
        ),
    }


def _states(backtest: Record) -> list[dict[str, Any]]:
    names = facts.state_names()
    return [
        {"name": names[each["iso3"]], "share": each["share"], "signed": bool(each["signed"])}
        for each in backtest["states"]
    ]


def _is_right(state: Record) -> bool:
    return bool((state["share"] > EVEN) == bool(state["signed"]))


def _lead(question: str, number: str, counts: str, sentence: str) -> dict[str, str]:
    return {"question": question, "number": number, "counts": counts, "sentence": sentence}


def _right(record: Record) -> dict[str, str]:
    """How many states it would have named, within what range, and that statistics alone rank them
    about as well.
    """
    states, best = record["backtest"]["states"], best_rival(record["backtest"], "auc")
    right, stayed_out = sum(map(_is_right, states)), sum(not each["signed"] for each in states)
    return _lead(
        "Would it have been right?",
        f"{right} of {len(states)}",
        "states, though it had not seen their regions",
        f"{_range_of_right(record)}. “No” for all would be right {stayed_out} times. "
        f"{_beside(best, _without_hindsight(record['backtest']))}",
    )


def _range_of_right(record: Record) -> str:
    """Between how many states it is right about in 90 % of resamples of whole regions, the Union as
    one: the bootstrap behind every interval of the backtest, so that neighbours that sign alike do
    not make it narrow.
    """
    table, states = facts.states(), record["backtest"]["states"]
    groups = [
        "EU" if table.at[each["iso3"], "eu"] else str(table.at[each["iso3"], "region"])
        for each in states
    ]
    right = np.array([_is_right(each) for each in states])
    shares = [right[places].mean() for places in resamples(groups, record["manifest"]["seed"])]
    low, high = np.percentile(shares, [LOW, HIGH])
    return (
        "A 90\u00a0% range, with regions drawn anew:"
        f" {interval(low * len(states), high * len(states))}"
    )


def _without_hindsight(backtest: Record) -> float:
    """The share of pairs put right without the convenor's club, which was put in knowing who had
    signed.
    """
    return float(backtest["robustness"]["without_club"]["scores"][OURS]["auc"])


def _beside(best: Comparison, without_hindsight: float) -> str:
    """How it ranks states beside the best model without a simulator, where it is told apart from
    that, and what one fact adds that was put in with hindsight.
    """
    how = "no better than" if not best.clear else "better than" if best.better else "worse than"
    ours, theirs = pairs(best.ours), pairs(best.theirs)
    right = f"each puts {ours} right" if ours == theirs else f"it puts {ours} right, they {theirs}"
    return (
        f"It ranks states {how} simple statistics: of 100 pairs of one that signed and one that did"
        f" not, {right}. One fact was put in knowing who had signed; without it, Parley puts"
        f" {pairs(without_hindsight)} right."
    )


def _wrong(record: Record) -> dict[str, str]:
    """The counts that it missed worst, and the states."""
    day, forecast = min(
        record["backtest"]["time_split"].items(), key=lambda item: min(_within(item[1]).values())
    )
    inside = {kind: inside[WIDE] for kind, inside in forecast["inside"].items()}
    missed = [kind for kind in KIND_WORDS if inside[kind] < PROMISE * forecast["of"]]
    states = record["backtest"]["states"]
    said_no = sorted(
        (each for each in states if each["signed"] and not _is_right(each)),
        key=lambda one: one["share"],
    )
    names = facts.state_names()
    examples = joined(names[each["iso3"]] for each in said_no[:MISSES])
    of_states = f"it said no to {len(said_no)} states that signed, {examples} among them"
    if not missed:
        wrong = len(states) - sum(map(_is_right, states))
        return _lead(
            "Where was it wrong?",
            f"{wrong} of {len(states)}",
            "states",
            f"About single states: {of_states}.",
        )
    worst = min(missed, key=lambda kind: inside[kind])
    alike = [kind for kind in missed if inside[kind] == inside[worst]]
    return _lead(
        "Where was it wrong?",
        f"{(forecast['of'] - inside[worst]) * len(alike)} of {forecast['of'] * len(alike)}",
        f"times wrong about how many {joined(KIND_WORDS[kind] for kind in alike)} followed",
        f"{_forecast_sentence(day, forecast)}. {capital(of_states)}.",
    )


def _forecast_sentence(day: str, forecast: Record) -> str:
    """What was asked on a *day* about later ones, and how often its range has the count of each
    kind.
    """
    counts = joined(
        f"of {words} {forecast['inside'][kind][WIDE]} times{_off_in_brackets(kind, forecast)}"
        for kind, words in KIND_WORDS.items()
    )
    return (
        f"Asked on {long_date(day)} for a range at each of {forecast['of']} later dates, it held"
        f" the true number {counts}"
    )


def _off_in_brackets(kind: str, forecast: Record) -> str:
    off = _off_at_the_end(kind, forecast)
    return f" (but {off})" if off else ""


def _off_at_the_end(kind: str, forecast: Record) -> str:
    """By how much the middle of its range for a *kind* misses the last count, where the range has
    nearly all counts and so hides it; empty where it is near.
    """
    if forecast["inside"][kind][WIDE] < PROMISE * forecast["of"]:
        return ""
    last = max(
        (row for row in forecast["dates"] if row["kind"] == kind), key=lambda row: row["date"]
    )
    middle, registered = last[WIDE]["median"], last["registered"]
    if abs(middle - registered) <= FAR * registered:
        return ""
    side = "high" if middle > registered else "low"
    return f"its middle ran {side}: {count(middle)} against {count(registered)} at the end"


def _within(forecast: Record) -> dict[str, float]:
    """kind -> the share of later counts within the wide range."""
    return {kind: inside[WIDE] / forecast["of"] for kind, inside in forecast["inside"].items()}


def _unknown(record: Record) -> dict[str, str]:
    """Conduct, and what the register does not show."""
    unclear = [
        KIND_WORDS[kind]
        for kind, words in record["calibration"]["contagion"].items()
        if "not shown" in words
    ]
    spread = f", or, for {joined(unclear)}, that one signature brings the next" if unclear else ""
    return _lead(
        "What can nobody know?",
        "Nobody",
        "has measured whether those who sign act otherwise",
        "Whatever Parley says of conduct is assumed. Nor does the register show why anybody"
        f" signed{spread}.",
    )


def _answers(record: Record) -> dict[str, str]:
    """A sentence for each part of the document, by its name."""
    backtest, best = record["backtest"], best_rival(record["backtest"], "auc")
    club, conclusions = _without_hindsight(backtest), record["conclusions"]
    day, forecast = next(iter(backtest["time_split"].items()))
    in_sample = record["in_sample"]
    of, inside = (
        sum(in_sample["of"].values()),
        sum(each[WIDE] for each in in_sample["inside"].values()),
    )
    every, _, others = conduct.by_support(conclusions)
    fitted = len(record["recovery"]["found"])
    again = fitted - len(weights.too_rarely(record["recovery"]))
    so_many = f"all {fitted}" if again == fitted else f"{again} of the {fitted}"
    return {
        "unseen-states": (
            "Of a state that signed and one that did not, it tells which is which in"
            f" {pairs(best.ours)} of 100 pairs, and in {pairs(club)} without a fact that was put in"
            f" knowing who had signed; simple statistics, at their best, in {pairs(best.theirs)}."
        ),
        "unseen-dates": f"{_forecast_sentence(day, forecast)}.",
        "dates": (
            f"{inside} of {of} counts lie within its ranges. But it was made to fit them, so this"
            " proves nothing."
        ),
        "instruments": rivals.on_texts(record["instruments"]),
        "elsewhere": rivals.on_another_code(record["transfer"], record["instruments"]),
        "checks": (
            f"In worlds made with known weights it finds {so_many} fitted weights again; where"
            " signatures are dealt out at random it puts"
            f" {pairs(backtest['negative_control']['mean_auc'])} of 100 pairs right, as a coin"
            f" does. The register itself leaves {len(weights.left_open(record['calibration']))} of"
            f" these {fitted} open."
        ),
        "conclusions": (
            f"Nobody has measured it. Of {len(conclusions['conclusions'])} conclusions from"
            f" assumptions, {len(every)} hold under all {len(conclusions['assumptions'])} sets of"
            f" assumptions tried, and {len(others)} nobody should draw."
        ),
    }


def _details(record: Record) -> Iterator[tuple[str, Iterator[str]]]:
    yield "unseen-states", _on_states(record["backtest"])
    yield "unseen-dates", _on_dates(record["backtest"]["time_split"])
    yield "instruments", rivals.on_more_of_texts(record["instruments"])
    yield "elsewhere", rivals.on_codes(record["transfer"], record["instruments"])
    yield "checks", _on_checks(record)


def _tables(record: Record) -> Iterator[tuple[str, Table]]:
    yield "instruments", rivals.table_of_weights(record["instruments"])
    yield "elsewhere", rivals.table_of_codes(record["transfer"], record["instruments"])


def _on_dates(days: Mapping[str, Record]) -> Iterator[str]:
    """Where a curve does better, and what nobody could have foreseen."""
    yield rivals.on_curves(days)
    yield dates.sentences(days)[-1]


def _on_states(backtest: Record) -> Iterator[str]:
    """What flatters the pairs, and the largest misses."""
    without = {name: part["scores"][OURS]["auc"] for name, part in backtest["robustness"].items()}
    yield (
        "Two things flatter it. That members of the Francophonie are reached more easily was put"
        f" in knowing who had signed: without it, {pairs(without['without_club'])} of 100 pairs."
        " And the members of the European Union sign as one: outside it"
        f" {pairs(without['outside_union'])}, without either"
        f" {pairs(without['without_club_outside_union'])}."
    )
    names = facts.state_names()
    worst = sorted(backtest["states"], key=lambda each: -abs(each["share"] - each["signed"]))[
        :LARGEST
    ]
    misses = joined(
        f"{names[each['iso3']]} ({percent(each['share'])}, and"
        f" {'signed' if each['signed'] else 'did not'})"
        for each in worst
    )
    yield (
        f"The largest misses, by the share of {backtest['worlds']['a_fold']} worlds in which they"
        f" sign: {misses}."
    )


def _on_checks(record: Record) -> Iterator[str]:
    """What is not there, what is there, and what stays open."""
    control, recovery, calibration = (
        record["backtest"]["negative_control"],
        record["recovery"],
        record["calibration"],
    )
    of = len(recovery["found"])
    yield (
        f"Signatures were dealt out at random, {len(control['auc'])} times. It then puts "
        f"{pairs(control['mean_auc'])} of 100 pairs right: what is not there is not found."
    )
    yield (
        f"{recovery['worlds']} worlds were simulated under known weights and fitted again. Of {of}"
        f" weights, {of - len(weights.too_rarely(recovery))} are found within their margin in at"
        f" least {100 * weights.BAR:.0f} of 100 worlds."
    )
    yield (
        f"Of {of} weights the register leaves {len(weights.left_open(calibration))} open: they may"
        " be nothing, lie at a bound of ours, or follow from another."
    )


def _findings(record: Record) -> Iterator[tuple[str, str]]:
    """What each figure shows, by its name or that of its panel."""
    backtest = record["backtest"]
    states = backtest["states"]
    right = sum(map(_is_right, states))
    wrong = len(states) - right
    yield (
        "states",
        f"It would have been right about {right} of {len(states)} states, and wrong about {wrong}",
    )
    yield from _beside_models(backtest)
    groups = backtest["against_perfection"][HEADLINE_SPLIT]["calibration"]
    yield "calibration", _on_groups(groups)
    yield "dates-in-sample", "The dates it was fitted to"
    yield "later-dates", "The counts that came later, beside what it foresaw"
    for place, (day, forecast) in enumerate(backtest["time_split"].items()):
        for kind, words in KIND_WORDS.items():
            inside = forecast["inside"][kind][WIDE]
            off = _off_at_the_end(kind, forecast)
            result = (
                f"{inside} of {forecast['of']} counts within its"
                f" range{f', but {off}' if off else ''}"
            )
            yield f"later-{place}-{kind}", f"{capital(words)}, asked on {long_date(day)}: {result}"
    yield "instruments", rivals.finding_on_texts(record["instruments"])
    yield "recovery", "How often each planted weight is found again"


def _on_groups(groups: Sequence[Mapping[str, float]]) -> str:
    """In how many groups of states as many signed as their shares say, within luck, and where only
    just or not.
    """
    outside = [
        each
        for each in groups
        if not each["perfect_low"] <= each["observed"] <= each["perfect_high"]
    ]
    edge = [each for each in groups if each not in outside and _is_at_an_edge(each)]
    within = len(groups) - len(outside)
    whole = (
        f"All {len(groups)} groups lie" if not outside else f"{within} of {len(groups)} groups lie"
    )
    beyond = f"; beyond it {_shares_of(outside)}" if outside else ""
    only_just = f", {len(edge)} at its very edge: {_shares_of(edge)}" if edge else ""
    return f"{whole} within luck{only_just}{beyond}"


def _is_at_an_edge(group: Mapping[str, float]) -> bool:
    """Whether what came lies on an end of the range of luck: one beyond which there is more, unlike
    none and all.
    """
    ends = (group["perfect_low"], group["perfect_high"])
    return any(0 < end < 1 and isclose(group["observed"], end) for end in ends)


def _shares_of(groups: Sequence[Mapping[str, float]]) -> str:
    first, *rest = groups
    more = [
        f"{percent(each['observed'])} where it said {percent(each['predicted'])}" for each in rest
    ]
    return joined(
        [f"{percent(first['observed'])} signed where it said {percent(first['predicted'])}", *more]
    )


def _beside_models(backtest: Record) -> Iterator[tuple[str, str]]:
    """Beside the models that learn without a simulator: by whichever score, then by each."""
    by_score = {name: with_rivals(backtest, HEADLINE_SPLIT, name) for name in SCORE_WORDS}
    better, worse = (
        {
            each.model
            for rivals in by_score.values()
            for each in rivals
            if each.clear and each.better is for_us
        }
        for for_us in (False, True)
    )
    yield (
        "models",
        (
            f"Of {len(by_score['auc'])} models that learn without a simulator, {_so_many(better)}"
            f" clearly better than Parley, by pairs or by misses, and {_so_many(worse)} clearly"
            " worse"
        ),
    )
    best, closer = best_rival(backtest, "auc"), best_rival(backtest, "brier")
    yield (
        "models-auc",
        (
            f"It puts {pairs(best.ours)} of 100 pairs right, the best other model"
            f" {pairs(best.theirs)}; {_clearly(by_score['auc'])}"
        ),
    )
    yield (
        "models-brier",
        (
            f"Its shares miss by {'less' if closer.better else 'more'} than the best other model's,"
            f" {'and clearly so' if closer.clear else 'but not clearly'};"
            f" {_clearly(by_score['brier'])}"
        ),
    )


def _so_many(models: set[str]) -> str:
    return f"{len(models) or 'none'} {'do' if len(models) > 1 else 'does'}"


def _clearly(rivals: list[Comparison]) -> str:
    """How many of *rivals* do clearly better, and how many clearly worse."""
    better = sum(not each.better and each.clear for each in rivals)
    worse = sum(each.better and each.clear for each in rivals)
    if not better and not worse:
        return f"none of the {len(rivals)} is clearly apart"
    sides = {"better": better, "worse": worse}
    return joined(
        f"{many} of the {len(rivals)} clearly {side}" for side, many in sides.items() if many
    )
