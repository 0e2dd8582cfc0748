"""The words on what is supposed: what it yields beside the same without it, whether that is enough, and how sure it is.
"""

from __future__ import annotations

from sim.experiments.basis import EXTRAPOLATED, basis_of_signing
from sim.explanation.miss import OTHER_FITS, doubt, miss, moves_each
from sim.explanation.question import share_sought
from sim.explanation.standing import Standing
from sim.explanation.summary import capital, sentences, span_words
from sim.explanation.verdict import CANNOT_BE_JUDGED, ENOUGH, HARDLY, NOT_ENOUGH, PERHAPS
from sim.number_formats import percent, worlds

AS_IT_WAS = "in the Paris Call as it was, "


def finding(standing: Standing) -> str:
    """What is supposed, what it yields beside the same without it, and whether it is enough; where its own choice is
    supposed, that, and how it stands without.
    """
    without, all_worlds = standing.without, worlds(standing.trial.replicates)
    share = "" if without is None else percent(without.share)
    if standing.is_chosen:
        beside = f"; without that, it {standing.has} in {share} of {all_worlds}" if without else ""
        return f"As supposed, {standing.supposed}{beside}"
    in_all = f"in {percent(standing.share)} of {all_worlds}"
    words = f"Supposing {standing.supposed}: {standing.name} {standing.has} {in_all}"
    says = [] if without is None else [f"without that in {share}", _verdict(standing)]
    return f"{words}, {': '.join(filter(None, says))}" if says else words


def comes_first(standing: Standing) -> bool:
    """Whether what is supposed opens the answer though more is sought: it moves the share far, so that whoever tries a
    change finds the verdict on it.
    """
    return bool(standing.supposed) and not standing.is_chosen and standing.is_large_move


def miss_without(standing: Standing) -> str:
    """That the model has it on the wrong side in the Paris Call as it was, and so is no judge of what is supposed;
    empty where it has not, and where its own choice is supposed.
    """
    before = None if standing.is_chosen or not standing.supposed else standing.without
    return f"But {miss(before, AS_IT_WAS)}" if before is not None and before.missed else ""


def lines(standing: Standing) -> list[tuple[str, str]]:
    """How sure it is that what is supposed moves it so far, and its price, each with its lead."""
    says = [("How sure", sentences(*filter(None, [_how_sure(standing), _doubt_without(standing)])))]
    return [*says, ("Its price", sentences(capital(standing.price)))] if standing.price else says


def luck(standing: Standing) -> str:
    """What is different when the worlds are drawn again."""
    has_draws = standing.trial.scenario.draws
    return "other luck, each world with weights of its own" if has_draws else "other luck alone"


def _how_sure(standing: Standing) -> str:
    """Over what the shares of what is supposed spread, and how far that moves it in the same worlds."""
    mine, other = standing.spans
    by = capital(OTHER_FITS if standing.is_beside_other_weights else luck(standing))
    gives = "give" if standing.is_beside_other_weights else "gives"
    if other is None:
        return f"{by} {gives} {span_words(*mine)}"
    if standing.is_chosen:
        return f"Without that, {by[:1].lower()}{by[1:]} {gives} {span_words(*other)}"
    moves = f"; {moves_each('that', gain)}" if (gain := standing.gain_of_weights) else ""
    return f"{by} {gives} {span_words(*mine)}, without that {span_words(*other)}{moves}"


def _doubt_without(standing: Standing) -> str:
    """That the model cannot say what turns the decision, where that is so without what is supposed."""
    without = standing.without
    if without is None or standing.is_chosen or not (without.missed or without.is_undecided):
        return ""
    return doubt(without)


def _verdict(standing: Standing) -> str:
    """Whether what is supposed is enough by what would be sought without it, as `verdict` judges a change; empty where
    nothing would be sought.
    """
    question = standing.question
    sought = None if standing.without is None else share_sought(question.aim, standing.without.share)
    if sought is None:
        return ""
    span, _ = standing.spans
    holds = span.high < sought if question.keeps_out else span.low > sought
    is_beyond = standing.share < sought if question.keeps_out else standing.share > sought
    if not is_beyond or not standing.is_large_move:
        return HARDLY if not standing.is_large_move else NOT_ENOUGH
    if basis_of_signing(standing.trial.scenario) == EXTRAPOLATED:
        return f"whether that is enough {CANNOT_BE_JUDGED}"
    return ENOUGH if holds and standing.is_told_apart else f"{PERHAPS} {ENOUGH}"
