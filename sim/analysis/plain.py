"""The first sentence of an answer: what is found, in words that can be read aloud. The exact one
follows it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.analysis.effects import Cases, Effect, Region
from sim.analysis.study import Column
from sim.analysis.words import amount, between, lower_first, size, upper_first
from sim.experiments.outcomes import ALL
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import MINUS, NO_BREAK, decimal, listing, percent
from sim.sweeps.block import OTHERS

PREVENTED = "Harm prevented by "
DOERS: Mapping[str, str] = {  # of what a title alone does not tell who does it
    "restraint": "holding back from attacks", "retaliation avoided": "the change in retaliation",
}  # fmt: skip
SIGNATORIES = "signatories"
MOST_PLACES = 3
TENTHS = 1  # decimals of a percentage
LARGE, SMALL = (
    2.0,
    0.2,
)  # from which on, and up to which, a number is told whole, and with two decimals
LIMITS = re.compile(r" \([^()]*\)$")  # of a region, beside its words
# A question to which yes means that more harm is prevented with a lever; whether the code prevents
# any is another one.
ASKS_FOR_MORE = re.compile(
    r"(?:Do|Does|Would|Will|Can|Could) (?!the code )[^?]*\bprevents? (?:more )?harm\b(?![^?]*, or"
    r" )[^?]*\?$"
)
# A question whose yes has a price: more harm prevented, or signatories lost.
ASKS_AT_A_PRICE = re.compile(
    r"(?:Do|Does|Would|Will|Can|Could) (?!the code )[^?]*\bprevents? (?:more )?harm, or "
    r"[^?]*\blose\b[^?]*\bsignatories\?$"
)
IS = " is "
OVER = " in nine in ten sets of assumptions"  # behind a range


class Price(NamedTuple):
    """What a lever costs where it prevents more harm: how many it *loses* of those of a *kind* that
    would sign.
    """

    kind: str
    loses: int
    signing: int

    def __str__(self) -> str:
        return f"it loses {self.loses} of {self.signing} signing {KIND_WORDS[self.kind]}"


class Gain(NamedTuple):
    """More harm prevented at a *price*: the *claim* without a yes before it, and what the lever is
    *after* and *before* it, in words.
    """

    claim: str
    after: str
    before: str
    price: Price


def plain_effect(
    column: Column,
    cases: Cases,
    result: Effect,
    parts: Sequence[tuple[Region, Effect]] = (),
    question: str = "",
    price: Price | None = None,
) -> str:
    """What the lever of *cases* does to *column*, by how much under nine in ten of the assumptions,
    and by how much in the outer *parts* of what the *question* is asked by; before it yes or no,
    where the question takes that, and the *price* of it. How surely a mean is known is left to the
    exact sentence.
    """
    with_it = f"With {cases.words.plainly(cases.before, cases.after)}"
    if not result.clear:
        return f"{with_it}, no clear change in {lower_first(column.words)} is found."
    first, last = _ends(
        column, column.scale * cases.level, column.scale * (cases.level + result.mean)
    )
    unit, doer, in_whole = (
        _sign(column),
        _doer(column),
        column.for_interval(result.low, result.high),
    )
    sign = 1 if result.mean > 0 else -1
    by, where, ends = (
        _by(in_whole, result, sign),
        _where(in_whole, parts, sign),
        over_assumptions(column, result),
    )
    if doer and min(cases.level, cases.level + result.mean) > 0:
        more = f"{amount(sign * result.mean, column)} {'more' if result.mean > 0 else 'less'}"
        levels = f"prevents {last}{unit} of harm instead of {first}{unit}"
        by = f"({more}; {ends})" if ends else f"({more})"
        claim = f"{with_it}, {doer} {levels} {by}{_more_where(column, parts)}."
        verdict = _verdict(question, result, parts, price)
        return f"{verdict}: {lower_first(claim)}" if verdict else claim
    if doer and cases.level * (cases.level + result.mean) < 0:
        does, now, before = (
            ("prevents", "less", "more") if result.mean > 0 else ("adds", "more", "less")
        )
        first, last = first.removeprefix(MINUS), last.removeprefix(MINUS)
        harm = f"{last}{unit} {now} rather than {first}{unit} {before}, a difference of {by}"
        return f"{with_it}, {doer} {does} harm: {harm}{where}."
    if whose := who_signs(column):
        more = "more" if result.mean > 0 else "fewer"
        return (
            f"{with_it}, {more} {whose} sign: {last} rather than"
            f" {first}{_in_words(in_whole, result, more)}{where}."
        )
    verb = "rises" if result.mean > 0 else "falls"
    return (
        f"{with_it}, {lower_first(column.words)} {verb} from {first}{unit} to {last}{unit}, by"
        f" {by}{where}."
    )


def over_assumptions(column: Column, result: Effect) -> str:
    """How far an effect goes under nine in ten of the assumptions, of a fall by how much it is
    lower; empty where there is but one set of them.
    """
    if result.cases == 1:
        return ""
    sign = 1 if result.mean > 0 else -1
    low, high = sorted((sign * result.p5, sign * result.p95))
    return f"{between(low, high, column)}{OVER}"


def _by(column: Column, result: Effect, sign: int) -> str:
    """An effect times *sign*, and how far it goes over the assumptions."""
    ends = over_assumptions(column, result)
    return amount(sign * result.mean, column) + (f" ({ends})" if ends else "")


def _in_words(column: Column, result: Effect, more: str) -> str:
    """How many *more* or fewer sign over the assumptions; of numbers that are not whole the mean
    too.
    """
    ends = over_assumptions(column, result)
    if not ends:
        return ""
    if column.whole:  # the difference of two rounded numbers is not always the rounded difference
        return f", {ends.removesuffix(OVER)} {more}{OVER}"
    return f", {amount(abs(result.mean), column)} {more} ({ends})"


def _where(column: Column, parts: Sequence[tuple[Region, Effect]], sign: int) -> str:
    """The effect in those of *parts* that stand out."""
    effects = [
        f"{size(sign * each.mean, column)} {LIMITS.sub('', region.words)}"
        for region, each in _that_stand_out(parts)
    ]
    return f"; {listing(effects)}" if effects else ""


def lost_signatories(question: str, column: Column, cases: Cases) -> Price | None:
    """How many of those that would sign the lever of *cases* loses, where the *question* asks for
    that price and *column* counts them; else None.
    """
    change = float(cases.means.mean())
    if not (who_signs(column) and ASKS_AT_A_PRICE.match(question)) or change >= 0:
        return None
    after, before = _ends(column, cases.level + change, cases.level)
    if not (after.isdecimal() and before.isdecimal()):
        return None
    return Price(column.part, int(before) - int(after), int(before))


def gain_of(column: Column, cases: Cases, result: Effect, price: Price) -> Gain | None:
    """What the lever of *cases* gains in *column* at the *price*; None where it gains nothing, or
    has no words.
    """
    words, claim = cases.words, plain_effect(column, cases, result)
    if (
        not result.clear
        or result.mean <= 0
        or cases.after not in words.things
        or cases.before not in words.spoken
    ):
        return None
    return Gain(claim, words.things[cases.after], words.spoken[cases.before], price)


def _verdict(
    question: str, result: Effect, parts: Sequence[tuple[Region, Effect]], price: Price | None
) -> str:  # fmt: skip
    """Yes or no to a *question* whether more harm is prevented, and to whether it is so in the part
    that it names, or the *price* of that.
    """
    if ASKS_AT_A_PRICE.match(question):
        answer, beside = ("Yes", "though") if result.mean > 0 else ("No", "and")
        return f"{answer}, {beside} {price}" if price else answer
    if not ASKS_FOR_MORE.match(question):
        return ""
    is_more = result.mean > 0
    answer = "Yes" if is_more else "No"
    also, unlike = (", and also", ", but not clearly") if is_more else (", nor", ", not clearly")
    for region, each in _that_stand_out(parts):
        if (words := LIMITS.sub("", region.words)) in question:
            return (
                f"{answer}{also if (each.low > 0 if is_more else each.high < 0) else unlike}"
                f" {words}"
            )
    return answer


def _that_stand_out(parts: Sequence[tuple[Region, Effect]]) -> Sequence[tuple[Region, Effect]]:
    return [part for part in parts if part[0].stands_out]


def _more_where(column: Column, parts: Sequence[tuple[Region, Effect]]) -> str:
    """How much more or less it is in those of *parts* that stand out: 1.9 more where attribution is
    poor, 2.9 where it is good.
    """
    phrases: list[str] = []
    subject = before = ""
    for region, each in _that_stand_out(parts):
        more, words = "more" if each.mean > 0 else "less", LIMITS.sub("", region.words)
        way = "" if more == before else f" {more}"
        own, _, rest = words.partition(IS)
        place = f"where it{IS}{rest}" if rest and own == subject else words
        phrases.append(f"{size(abs(each.mean), column)}{way} {place}")
        subject, before = own, more
    return f"; {', '.join(phrases)}" if phrases else ""


def plain_level(column: Column, row: Mapping[str, Any], compares: bool) -> str:
    """How much harm is prevented on average, and under how many assumptions any; nothing of another
    *column*, of which the exact sentence is plain.
    """
    doer = _doer(column)
    if not doer or row["mean"] <= 0:
        return ""
    of_all = "all" if row["above"] == 1 else percent(row["above"])
    often = f", and some under {of_all} of them" if compares and row["points"] > 1 else ""
    number = decimal(row["mean"], TENTHS)
    ends = (
        f" ({between(row['p5'], row['p95'], column)}{NO_BREAK}% under nine in ten of them)"
        if often
        else ""
    )
    mean = f"{number}{NO_BREAK}% of harm on average over the assumptions tried"
    return f"{upper_first(doer)} prevents {mean}{ends}{often}. "


def how_many(column: Column) -> str:
    """*column* as it is asked about: how many states sign, else what it is."""
    whose = who_signs(column)
    return f"how many {whose} sign" if whose else lower_first(column.words)


def who_signs(column: Column) -> str:
    """The kind whose signatories *column* counts, as people call it: states; empty for any other
    column.
    """
    return whom_counted(column) if column.outcome == SIGNATORIES else ""


def whom_counted(column: Column) -> str:
    """The kind whose signatories, all or others than some, *column* counts: states; empty for any
    other column.
    """
    return KIND_WORDS.get(column.part, "") if column.outcome in (SIGNATORIES, OTHERS) else ""


def in_round_numbers(difference: float, column: Column) -> str:
    """A *difference* of *column* that can be read aloud, with its unit."""
    number, _ = _ends(column, column.scale * difference, 0.0)
    return f"{number}{NO_BREAK}{column.points}" if column.points == "points" else number


def plain_likeness(column: Column, level: float) -> str:
    """That the values of a lever do not tell *column* apart, which has about that *level* with
    each.
    """
    name, (number, _) = lower_first(column.words), _ends(column, column.scale * level, 0.0)
    return (
        f"No clear difference in {name} is found: it is about {number}{_sign(column)} with each. "
    )


def _sign(column: Column) -> str:
    """What stands behind a number of *column*."""
    return f"{NO_BREAK}%" if column.unit.startswith(("%", "share")) else ""


def _doer(column: Column) -> str:
    """What prevents harm, where *column* says how much of all harm it does."""
    title = column.title
    doer = (
        title.removeprefix(PREVENTED) if title.startswith(PREVENTED) and column.part == ALL else ""
    )
    return DOERS.get(doer, doer)


def _ends(column: Column, first: float, last: float) -> tuple[str, str]:
    """Two numbers of *column* with as few decimals as tell them apart; percentages have tenths."""
    largest = max(abs(first), abs(last))
    fewest = (TENTHS if _sign(column) else 0) if largest >= LARGE else 1 if largest > SMALL else 2
    ends = decimal(first, fewest), decimal(last, fewest)
    for places in range(fewest + 1, MOST_PLACES + 1):
        if ends[0] != ends[1]:
            break
        ends = decimal(first, places), decimal(last, places)
    return ends
