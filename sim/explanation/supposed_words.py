"""The words on what is supposed: what it yields beside the same without it, whether that is enough,
and how sure it is.
"""

from __future__ import annotations

from typing import Any

from sim.experiments.basis import basis_of_signing
from sim.explanation.decision import SIGN, STAY_OUT
from sim.explanation.miss import OTHER_FITS, doubt, fact, leaning, moves_each, share_with_range
from sim.explanation.question import share_sought
from sim.explanation.standing import Standing
from sim.explanation.summary import capital, sentences, span_words
from sim.explanation.verdict import (
    CANNOT_BE_JUDGED,
    ENOUGH,
    HARDLY,
    NOT_ENOUGH,
    PERHAPS,
    of_the_model,
)
from sim.findings import EXTRAPOLATED
from sim.number_formats import NO_BREAK, day, percent, points_interval, worlds


def finding(standing: Standing) -> str:
    """What is supposed, what it yields beside the same without it, and whether it is enough, or
    that the model is no judge of it; where its own choice is supposed, that, and how it stands
    without.
    """
    without, all_worlds = standing.without, worlds(standing.trial.replicates)
    share = "" if without is None else percent(without.share)
    supposed = standing.supposed
    if standing.is_chosen:
        beside = f"; without that, it {standing.has} in {share} of {all_worlds}" if without else ""
        return f"As supposed, {supposed}{beside}"
    mine, other = standing.spans if standing.is_beside_other_weights else (None, None)
    says = f"{_supposing(standing)} {standing.signs} in"
    says = f"{says} {share_with_range(standing.share, mine, f' of {all_worlds}')}"
    if without is None:
        return says
    says = f"{says}, without that in {share_with_range(without.share, other, '')}"
    if misses_without(standing):
        return (
            f"The model misses {standing.name}, so this shows the model, not {standing.name}."
            f" {says}"
        )
    judged = verdict_in_words(standing)
    return f"{says}{f': {judged}' if judged else ''}"


def comes_first(standing: Standing) -> bool:
    """Whether what is supposed opens the answer though more is sought: it moves the share far, so
    that whoever tries a change finds the verdict on it.
    """
    return bool(standing.supposed) and not standing.is_chosen and standing.is_large_move


def _supposing(standing: Standing) -> str:
    """What is supposed, and who is asked about, as a sentence begins."""
    supposed = standing.supposed
    who = "it" if supposed.startswith(f"{standing.name} ") else standing.name
    return f"Supposing {supposed}{':' if ';' in supposed or ':' in supposed else ','} {who}"


def alone(standing: Standing) -> str:
    """What is supposed, and what it yields by itself beside the same without it, by the date, with
    how far it moves that under other weights; empty where its own choice is supposed.
    """
    if standing.without is None or standing.is_chosen:
        return ""
    has = standing.has.removesuffix(" by then")
    when = "launch day" if standing.question.by == 0 else day(standing.question.day)
    return (
        f"{_supposing(standing)} {has} by {when} in"
        f" {_in_worlds(standing, ' of worlds')}{_moves(standing)}"
    )


def by_the_end(standing: Standing) -> str:
    """The same by the end, where that is later than the date, under the fitted weights; else
    empty.
    """
    end = standing.at_end
    if end is None or end.without is None:
        return ""
    last = f"{end.question.day:%B}{NO_BREAK}{end.question.day:%Y}"
    return f"By {last} in {_in_worlds(end, '')}, by the best fit"


def _in_worlds(standing: Standing, of: str) -> str:
    """The share with what is supposed, and after it that without, where it is another."""
    without = None if standing.without is None else standing.without.share
    share = percent(standing.share)
    before = percent(without)
    return f"{share}{of}, {'as without that' if before == share else f'not {before}'}"


def _moves(standing: Standing) -> str:
    """How far what is supposed moves the share under other weights, in brackets; empty where none
    were looked for.
    """
    gain = standing.gain_of_weights
    return "" if gain is None else f" ({points_interval(*gain, 0)} in {percent(0.9)} of fits)"


def misses_without(standing: Standing) -> bool:
    """Whether the model has it on the wrong side in the Paris Call as it was: then it is no judge
    of what is supposed.
    """
    return (
        not standing.is_chosen
        and standing.without is not None
        and standing.without.is_missed_in_most_fits
    )


def fact_without(standing: Standing) -> str:
    """How it was in fact, where the model has it on the other side in the Paris Call as it was;
    else empty, and where its own choice is supposed.
    """
    before = None if standing.is_chosen else standing.without
    if before is None or not before.missed:
        return ""
    return leaning(before) if before.is_undecided else f"In fact {fact(before)}"


def lines(standing: Standing) -> list[tuple[str, str]]:
    """How sure it is that what is supposed moves it so far, and its price, each with its lead."""
    says = [("How sure", sentences(*filter(None, [_how_sure(standing), _doubt_without(standing)])))]
    return [*says, ("Its price", sentences(capital(standing.price)))] if standing.price else says


def luck(standing: Standing) -> str:
    """What is different when the worlds are drawn again."""
    has_draws = standing.trial.scenario.draws
    return "other luck, each world with weights of its own" if has_draws else "other luck alone"


def _how_sure(standing: Standing) -> str:
    """Over what the shares of what is supposed spread, and how far that moves it in the same
    worlds.
    """
    mine, other = standing.spans
    if standing.is_beside_other_weights and other is not None and not standing.is_chosen:
        return moves_each("The supposition", standing.gain_of_weights)
    by = capital(OTHER_FITS if standing.is_beside_other_weights else luck(standing))
    gives = "give" if standing.is_beside_other_weights else "gives"
    if other is None:
        return f"{by} {gives} {span_words(*mine)}"
    if standing.is_chosen:
        return f"Without that, {by[:1].lower()}{by[1:]} {gives} {span_words(*other)}"
    return f"{by} {gives} {span_words(*mine)}, without that {span_words(*other)}"


def _doubt_without(standing: Standing) -> str:
    """That the model cannot say what turns the decision, where that is so without what is
    supposed.
    """
    without = standing.without
    if without is None or standing.is_chosen or not (without.missed or without.is_undecided):
        return ""
    return doubt(without)


def sought_without(standing: Standing) -> float | None:
    """The share of worlds that would be sought without what is supposed, and so by which that is
    judged; None where nothing would be, and where its own choice is supposed.
    """
    if standing.without is None or standing.is_chosen:
        return None
    return share_sought(standing.question.aim, standing.without.share)


def verdict(standing: Standing) -> str:
    """Whether what is supposed is enough by what would be sought without it, as a change is judged;
    empty where nothing would be sought.
    """
    question, sought = standing.question, sought_without(standing)
    if sought is None:
        return ""
    span, _ = standing.spans
    holds = span.high < sought if question.keeps_out else span.low > sought
    is_beyond = standing.share < sought if question.keeps_out else standing.share > sought
    if not is_beyond or not standing.is_large_move:
        return HARDLY if not standing.is_large_move else NOT_ENOUGH
    if basis_of_signing(standing.trial.scenario) == EXTRAPOLATED:
        return CANNOT_BE_JUDGED
    judged = ENOUGH if holds and standing.is_told_apart else PERHAPS
    return of_the_model(judged) if misses_without(standing) else judged


def verdict_in_words(standing: Standing) -> str:
    """That `verdict` as a sentence ends with it."""
    judged = verdict(standing)
    in_words = {
        PERHAPS: f"{PERHAPS} {ENOUGH}",
        CANNOT_BE_JUDGED: f"whether that is enough {CANNOT_BE_JUDGED}",
    }
    return in_words.get(judged, judged)


def as_json(standing: Standing) -> dict[str, Any]:
    """What would be sought without what is supposed, as the `aim` of an explanation is written, and
    the verdict on it, with its words.
    """
    sought = sought_without(standing)
    what = STAY_OUT if standing.question.keeps_out else SIGN
    return {
        "aim_without": None if sought is None else {"what": what, "share": sought},
        "verdict": verdict(standing), "verdict_in_words": verdict_in_words(standing),
        "misses_without": misses_without(standing),
    }  # fmt: skip
