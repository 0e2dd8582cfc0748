"""What the analysis of a sweep found, in sentences: which of several levers moves an outcome most,
where inside the range of a lever it is highest, how much is luck, whether worlds fall into two
groups, and whether a dial leaves a memory.
"""

from __future__ import annotations

from sim.analysis.axis_words import AxisWords
from sim.analysis.chance import LuckShare
from sim.analysis.lever_ranking import LeverMove, LeverRanking
from sim.analysis.peak import Peak
from sim.analysis.study import Column, Study
from sim.analysis.tipping import GroupsOfWorlds
from sim.analysis.words import amount, badge, between, level, lower_first, upper_first
from sim.findings import Difference, Finding
from sim.number_formats import listing
from sim.words.language import say


def sentence(finding: Finding, study: Study, column: Column) -> tuple[str, str]:
    """What *finding* on *column* says, and in short, empty where it has no headline; TypeError for
    a finding without words.
    """
    match finding:
        case LeverRanking():
            headline = ranking_headline(finding, study, column)
            return ranking_sentence(finding, study, column), headline
        case Peak():
            return peak_sentence(finding, study, column), ""
        case LuckShare():
            return luck_sentence(finding, column), ""
        case GroupsOfWorlds():
            return groups_sentence(finding, column), ""
    raise TypeError(f"found {type(finding).__name__}, expected a finding that has words")


def luck_sentence(share: LuckShare, column: Column) -> str:
    """How much of the variance of single worlds is luck."""
    return say(
        "analysis-luck",
        verdict=share.verdict,
        measure=lower_first(column.words),
        share=share.estimate,
        luck=share.luck,
        worlds=share.worlds,
        badge=badge(column),
    )


def groups_sentence(groups: GroupsOfWorlds, column: Column) -> str:
    """At how many points the worlds fall into two groups."""
    ends = {
        name: "" if value is None else level(value, column)
        for name, value in (("lower", groups.lower), ("higher", groups.higher))
    }
    return say(
        "analysis-groups",
        verdict=groups.verdict,
        two=groups.two,
        points=groups.points,
        measure=lower_first(column.words),
        share=groups.share_higher,
        badge=badge(column),
        **ends,
    )


def ranking_sentence(ranking: LeverRanking, study: Study, column: Column) -> str:
    """How far each lever moves *column*, the first first, with all intervals, and how sure their
    order is.
    """
    moves = [_move(place, study, column) for place in ranking.places]
    order = say(
        "analysis-levers-order",
        verdict=ranking.verdict,
        first=_label(ranking.first, study),
        second=_label(ranking.places[1], study),
        lead=amount(ranking.lead, column),
        luck=_luck(ranking, column),
        ahead=ranking.ahead,
        sets=ranking.sets,
    )
    sentence = say(
        "analysis-levers",
        moves=moves,
        measure=lower_first(column.words),
        order=order,
        badge=badge(column),
    )
    return f"{ranking_headline(ranking, study, column)} {upper_first(sentence)}"


def ranking_headline(ranking: LeverRanking, study: Study, column: Column) -> str:
    """The same in one sentence with one number and one word of certainty."""
    return say(
        "analysis-levers-headline",
        verdict=ranking.verdict,
        first=_label(ranking.first, study),
        second=_label(ranking.places[1], study),
        levers=listing([_label(place, study) for place in ranking.places]),
        measure=lower_first(column.words),
        size=amount(ranking.first.estimate, column),
    )


def peak_sentence(peak: Peak, study: Study, column: Column) -> str:
    """Where along its lever *column* is highest or lowest, and by how much against either end."""
    words, is_counted = study.words_of(peak.lever), column.is_counted
    return say(
        "analysis-peak",
        measure=upper_first(lower_first(column.words)),
        way="low" if peak.is_low else "high",
        counted=is_counted,
        at=words.at(peak.at),
        first=words.value(peak.first),
        last=words.value(peak.last),
        more_than_first=amount(peak.from_first, column),
        more_than_last=amount(peak.from_last, column),
        luck_of_first=between(peak.luck_of_first.low, peak.luck_of_first.high, column),
        luck_of_last=between(peak.luck_of_last.low, peak.luck_of_last.high, column),
        badge=badge(column),
    )


def memory_sentence(
    difference: Difference,
    column: Column,
    dial: AxisWords,
    *,
    at: float,
    months: int,
    moves: float,
) -> str:
    """Whether *column* differs, so many *months* after a *dial* is back *at* one value, by where it
    was before; the dial itself *moves* it by so much.
    """
    luck = difference.luck
    return say(
        "analysis-memory",
        verdict=difference.verdict,
        measure=lower_first(column.words),
        months=months,
        dial=dial.label,
        at=dial.at(at),
        size=amount(abs(difference.estimate), column),
        higher=difference.estimate > 0,
        luck=between(luck.low, luck.high, column) if luck else "",
        moves=amount(moves, column),
        badge=badge(column),
    )


def _label(place: LeverMove, study: Study) -> str:
    return study.words_of(place.name).label


def _luck(ranking: LeverRanking, column: Column) -> str:
    luck = ranking.luck
    return between(luck.low, luck.high, column) if luck else ""


def _move(place: LeverMove, study: Study, column: Column) -> str:
    fits = place.fits
    return say(
        "analysis-levers-move",
        lever=study.words_of(place.name).instead(place.before, place.after),
        size=amount(place.estimate, column),
        luck=between(place.luck.low, place.luck.high, column),
        fits=between(fits.low, fits.high, column) if fits else None,
    )
