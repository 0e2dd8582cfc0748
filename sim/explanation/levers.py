"""Levers on a decision: what somebody could do about it, in families, each with a feasible range;
and changes, which move one of them, with what they yield in the simulated worlds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.code_of_conduct import Code, Provision
from sim.engine.arrays import empty_variables
from sim.engine.build import codes_beside
from sim.engine.effects import PLACES, add_effects_in_worlds
from sim.experiments.outcomes import Array
from sim.explanation.decision import Decision
from sim.explanation.question import MOST, Judgement, is_large, points_moved
from sim.explanation.trial import Interval
from sim.kinds_and_statuses import TRAITS
from sim.motives import MOTIVES, ON_SIGNATURES
from sim.motives.affinity import governance_distance
from sim.parameters import AT
from sim.population import STATE
from sim.scenario.calendar import end_of_round
from sim.scenario.code import AMBITION, OPENNESS, PUBLIC_RULE, as_read
from sim.scenario.event import MOST_OUTREACH
from sim.scenario.text_weights import weights_for
from sim.theory.elementary import chance_within_a_month

RUNGS = 10  # tenths of the feasible range
TEXT, FORUM, OUTREACH, SIGNATURE, CAPACITY = "text", "forum", "outreach", "signature", "capacity"


class Why(StrEnum):
    """Why no change of a family is tried, or none is to be named."""

    WILLING = "willing"  # it would sooner sign than not, once it takes the matter up
    NOBODY = "nobody"  # no other state would sign itself
    APPROACH = "approach"  # nobody is kept out by being approached
    APPROACHES = "approaches"  # it is approached as much as can be
    SUPPORT = "support"  # more capacity keeps nobody out
    CAPABLE = "capable"  # it has more capacity than most states
    UNMOVED = "unmoved"  # no motive that has a weight looks at it
    LUCK = "luck"  # nothing moves it more than luck does
    SMALL = "small"  # nothing is shown to move it far


@dataclass(frozen=True)
class ProvisionLever:
    """The ambition of one provision, by its *number* and *name*, from *before* to *after*."""

    kind: ClassVar = "provision"
    unit: ClassVar = "ambition"
    number: int
    name: str
    before: float
    after: float

    @property
    def key(self) -> str:
        """Which lever it is, whatever its size."""
        return f"provision {self.number} {'raised' if self.after > self.before else 'lowered'}"


@dataclass(frozen=True)
class WholeTextLever:
    """The ambition of all *provisions*, from *low* to *high* before, at *after*: 0 or 1."""

    kind: ClassVar = "whole_text"
    unit: ClassVar = "ambition"
    provisions: int
    low: float
    high: float
    after: float

    @property
    def key(self) -> str:
        """Which lever it is, whatever its size."""
        return f"all provisions {'raised' if self.after else 'lowered'}"


@dataclass(frozen=True)
class PositionLever:
    """The position of the text, before and after: towards the deciders' own, or *away* from it."""

    kind: ClassVar = "position"
    unit: ClassVar = "distance in governance"
    key: ClassVar = "position of the text"
    openness: tuple[float, float]
    public_rule: tuple[float, float]
    away: bool


@dataclass(frozen=True)
class ConvenorLever:
    """The state *who*, called *name*, convenes instead of the *present* one, if any; *is_alike*:
    others would do as much; *openness*: of the text before and after, where it is read as its own.
    """

    kind: ClassVar = "convenor"
    unit: ClassVar = "distance in UN votes from the present convenor"
    who: str
    name: str
    is_alike: bool
    present: str | None
    openness: tuple[float, float] | None

    @property
    def key(self) -> str:
        """Which lever it is, whatever its size."""
        return self.who


@dataclass(frozen=True)
class OutreachLever:
    """Approaches at a *rate* for so many *months*, from the month that ends with *start* to the one
    that ends with *until*, to the *members* that decide together; *is_more*: beside those that
    there are; *from_launch*: the first month is that of the launch.
    """

    kind: ClassVar = "outreach"
    unit: ClassVar = "rate a month"
    key: ClassVar = "approach"
    members: int
    is_more: bool
    start: date
    until: date
    from_launch: bool
    months: int
    rate: float


@dataclass(frozen=True)
class SignatureLever:
    """The stakeholders *who*, called *names*, sign or stay out; a single one may be its `patron` or
    its `home` state: the *tie*, else empty.
    """

    kind: ClassVar = "signature"
    unit: ClassVar = "signatures"
    who: tuple[str, ...]
    names: tuple[str, ...]
    signs: bool
    tie: str

    @property
    def key(self) -> str:
        """Which lever it is, whatever its size."""
        return ", ".join(sorted(self.who))


@dataclass(frozen=True)
class CapacityLever:
    """Its own capacity, from *before* to *after*."""

    kind: ClassVar = "capacity"
    unit: ClassVar = "capacity"
    key: ClassVar = "support"
    before: float
    after: float


Lever = (
    ProvisionLever
    | WholeTextLever
    | PositionLever
    | ConvenorLever
    | OutreachLever
    | SignatureLever
    | CapacityLever
)


class Doubt(StrEnum):
    """Why no answer, or none without a word, may rest on a weight."""

    MIXED = "mixed"  # it clearly counts in the register, but not across other texts
    TEXTS = "texts"  # other texts cannot tell it from zero
    REGISTER = "register"  # the register cannot
    BESIDE = "beside"  # the register cannot, but other texts show that its property counts
    NEITHER = "neither"  # neither can


@dataclass(frozen=True)
class Footing:
    """How well the weight is known on which a change leans: the *doubt* about it, if any, the
    *motive* and the *kind* of which it is the weight, and the property of a text that it looks at.
    """

    doubt: Doubt | None = None
    motive: str = ""
    kind: str = ""
    of_text: str = ""

    @property
    def told_from_zero(self) -> bool:
        """Whether an answer may rest on it."""
        return self.doubt in (None, Doubt.MIXED)

    @property
    def meaning(self) -> str:
        """What it is the weight of."""
        return MOTIVES[self.motive].weights[self.kind].subject


@dataclass(frozen=True)
class Price:
    """Who is lost with a change: the *states*, the weightiest first, that sign in far fewer worlds,
    and of the *others*, by kind, the share that no longer signs.
    """

    states: tuple[str, ...] = ()
    others: Mapping[str, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.states or self.others)


@dataclass(frozen=True)
class Change:
    """The smallest change of its `family` that turns the decision, or the largest feasible one
    where none does.

    `lever`: what it does; `size`: in the unit of the lever; `range_used`: the share of the feasible
    range, in [0, 1]. `value` (logits) and `chance` are those of the round with nothing else
    changed; `motives`: motive -> contribution before and after. `share_before` and `share_after`:
    the share of worlds signed by the date without the `change` and with it, the whole scenario
    simulated anew; `low` and `high`: the interval of the latter over resampled worlds; `gain_low`
    and `gain_high`: that of their difference, world by world. `of_weights`: that of `share_after`
    over other weights that the data leave possible, where it was looked for, and `gain_of_weights`
    that of the difference, each weight with and without the change. `change` is written as in a
    scenario file; None where there is nothing to change, and `why` not. A `lever` without a change
    is what was tried in vain. `price`: who is lost with it; `verdict`: whether it is enough.

    `basis`: of `share_after`, which a change of the text may have extrapolated; empty where there
    is none. `footing`: how well the weight on which it leans is known; `borne`: whether the record
    can bear it, as it is no extrapolation. `turns`: as many worlds as are sought show the other
    decision, in nine of ten samples of them, and it is a large move, beyond luck; `once_reached`:
    it takes the matter up in few worlds, but more often than not signs in these; `moves`: it moves
    the share beyond luck; `first`: the share of samples in which it is the smallest change of those
    on which an answer may rest.
    """

    family: str
    lever: Lever | None = None
    why: Why | None = None
    turns: bool = False
    once_reached: bool = False
    moves: bool = False
    size: float | None = None
    range_used: float | None = None
    value: float | None = None
    chance: float | None = None
    motives: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    change: Mapping[str, Any] | None = None
    share_before: float | None = None
    share_after: float | None = None
    low: float | None = None
    high: float | None = None
    gain_low: float | None = None
    gain_high: float | None = None
    basis: str = ""
    footing: Footing = Footing()
    borne: bool = True
    first: float = 0.0
    of_weights: Interval | None = None
    gain_of_weights: Interval | None = None
    price: Price = Price()
    verdict: Judgement | None = None

    @property
    def told_from_zero(self) -> bool:
        """Whether the weight is on which it leans; without that no answer rests on it."""
        return self.footing.told_from_zero

    @property
    def is_offered(self) -> bool:
        """Whether an answer may rest on it."""
        return self.change is not None and self.told_from_zero and self.borne

    @property
    def is_large_move(self) -> bool:
        """Whether it moves the share of worlds far enough to matter."""
        if self.share_before is None or self.share_after is None:
            return False
        return bool(is_large(self.share_before, self.share_after))

    @property
    def is_in_vain(self) -> bool:
        """Whether it was tried, and is not to be named, as it moves the share no more than luck
        does, or hardly.
        """
        return self.change is None and self.lever is not None

    @property
    def points(self) -> float:
        """How far it moves the share of worlds, in the points between the percentages that people
        read.
        """
        before, after = self.share_before or 0.0, self.share_after or 0.0
        return float(points_moved(before, after)) / 100


@dataclass(frozen=True)
class Way:
    """A kind of change in *rungs* of growing size, the last being the largest feasible one.

    Each function takes the number of a rung, from 1 on: `change` returns its change,
    `contributions` those of the deciders under it [worlds, motives]. `turns` is a guess from the
    round that is explained alone. A change that is no *matter_of_degree* has nothing between two
    rungs.
    """

    rungs: int
    change: Callable[[int], Change]
    contributions: Callable[[int], Array]
    turns: Callable[[int], bool]
    matter_of_degree: bool = True

    @property
    def least_guess(self) -> int | None:
        """The smallest rung that is guessed to turn the decision, if every larger one is too; None
        where the last is not.
        """
        if not self.turns(self.rungs):
            return None
        low, high = 0, self.rungs
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.turns(middle) else (middle, high)
        return high


class Family(NamedTuple):
    """A family of levers: `why_not`, the reason for which no change of it is tried, or None; and
    `ways`, its changes, none where it does not concern this kind of stakeholder.
    """

    name: str
    why_not: Callable[[Decision], Why | None]
    ways: Callable[[Decision], list[Way]]


def _unless_willing(decision: Decision) -> Why | None:
    """No motive is changed for a stakeholder that only has to be reached."""
    return None if decision.motives_matter else Why.WILLING


# The text: the ambition of one provision, or of all of them, or its position on governance


def _texts(decision: Decision) -> list[Way]:
    """Each provision down to ambition 0 and up to 1; all of them at once, which is the most that a
    text can do; the position towards the deciders' own, or away from it.
    """
    code = decision.scenario.code
    ends = [
        (provision, end)
        for provision in code.provisions
        for end in (0.0, 1.0)
        if provision.ambition != end
    ]
    return [
        *(_ambition(decision, provision, end) for provision, end in ends),
        *_whole_text(decision),
        _position(decision),
    ]


def contributions(decision: Decision, code: Code) -> Array:
    """[worlds, motives] under another text and the weights that hold for it, all else unchanged."""
    codes = codes_beside(decision.moment.setting.population, decision.scenario, code)
    return decision.with_terms(decision.moment.terms(codes, _dials_for(decision, code)))


def _dials_for(decision: Decision, code: Code) -> Array:
    """The dials of the round, with the weights that hold for *code* where the scenario has those of
    its own text.
    """
    file, dials = decision.scenario.weights_file, decision.moment.dials.copy()
    before = decision.weights
    for name, weight in weights_for(code, file).items():
        if dials[getattr(AT, name)] == before[name]:
            dials[getattr(AT, name)] = weight
    return dials


def _ambition(decision: Decision, provision: Provision, end: float) -> Way:
    before, number = provision.ambition, provision.principle

    def to(rung: int) -> float:
        return end if rung == RUNGS else round(before + (end - before) * rung / RUNGS, 6)

    def change(rung: int) -> Change:
        return Change(
            TEXT,
            ProvisionLever(number, provision.short_name, before, to(rung)),
            size=round(abs(to(rung) - before), 6),
            range_used=rung / RUNGS,
            change={"parameters": {f"{AMBITION}{number}": to(rung)}},
        )

    return _way(
        decision, change, lambda rung: decision.scenario.code.with_ambition(number, to(rung))
    )


def _whole_text(decision: Decision) -> list[Way]:
    """The text that asks for nothing, and the one that asks for all it can, each where the code is
    another; none of a code of one provision, whose own way goes as far. Both are the whole range
    and have no rungs, so that a change of one provision that is enough comes before them.
    """
    code = decision.scenario.code
    numbers = [provision.principle for provision in code.provisions]
    ends = [end for end in (0.0, 1.0) if any(each.ambition != end for each in code.provisions)]
    return [_all_at(decision, numbers, end) for end in ends] if len(numbers) > 1 else []


def _all_at(decision: Decision, numbers: list[int], end: float) -> Way:
    code = decision.scenario.code
    for number in numbers:
        code = code.with_ambition(number, end)
    before = [provision.ambition for provision in decision.scenario.code.provisions]
    change = Change(
        TEXT,
        WholeTextLever(len(numbers), min(before), max(before), end),
        size=round(sum(abs(end - each) for each in before) / len(before), 6),
        range_used=1.0,
        change={"parameters": {f"{AMBITION}{number}": end for number in numbers}},
    )
    weighed = contributions(decision, code)
    return Way(
        1,
        lambda rung: change,
        lambda rung: weighed,
        lambda rung: decision.target.has_chance(decision.chance(weighed)),
        matter_of_degree=False,
    )


def _position(decision: Decision) -> Way:
    """Along the straight line to the deciders' own view of governance, or to the corner farthest
    from it.
    """
    code = decision.scenario.code
    traits = decision.moment.state.traits[:, list(decision.moment.deciders)].mean(axis=1)
    own = float(traits[TRAITS.index("openness")]), float(traits[TRAITS.index("public_rule")])
    goal = tuple(float(here < 0.5) for here in own) if decision.keeps_out else own

    def to(rung: int) -> Code:
        ends = zip((code.openness, code.public_rule), goal, strict=True)
        openness, public_rule = (
            round(float(np.clip(a + (b - a) * rung / RUNGS, 0, 1)), 2) for a, b in ends
        )
        return replace(code, openness=openness, public_rule=public_rule)

    def change(rung: int) -> Change:
        new = to(rung)
        return Change(
            TEXT,
            PositionLever(
                (code.openness, new.openness),
                (code.public_rule, new.public_rule),
                decision.keeps_out,
            ),
            size=round(
                governance_distance(code.openness, code.public_rule, new.openness, new.public_rule),
                6,
            ),
            range_used=rung / RUNGS,
            change={"parameters": {OPENNESS: new.openness, PUBLIC_RULE: new.public_rule}},
        )

    return _way(decision, change, to)


def _way(decision: Decision, change: Callable[[int], Change], code: Callable[[int], Code]) -> Way:
    """The way of texts *code*, each weighed once."""
    weighed = cache(lambda rung: contributions(decision, code(rung)))

    def turns(rung: int) -> bool:
        return decision.target.has_chance(decision.chance(weighed(rung)))

    return Way(RUNGS, change, weighed, turns)


# The forum: another state opens the code for signature

ALIKE = 0.5  # of the way to the chance under a convenor: who goes as far does it alike
WHOLE_RANGE = 1.0  # without a convenor, all states are equally far away


def _why_no_forum(decision: Decision) -> Why | None:
    """No change is tried for a state that only has to be reached, nor where nobody else would
    sign.
    """
    if decision.subject.kind != "state":
        return None
    return _unless_willing(decision) or (None if candidates(decision) else Why.NOBODY)


def _convenors(decision: Decision) -> list[Way]:
    """The convenors under whom the decision turns, the nearest to the present one in UN votes
    first; where there is none, the one who moves it most. No motive of firms and NGOs depends on
    the convenor.
    """
    if decision.subject.kind != "state":
        return []
    under = {
        iso3: contributions(decision, convened_by(decision, iso3)) for iso3 in candidates(decision)
    }
    chance = {iso3: decision.chance(under[iso3]) for iso3 in under}
    strongest = min if decision.keeps_out else max
    turning = [iso3 for iso3 in under if decision.target.has_chance(chance[iso3])]
    turning.sort(key=lambda iso3: (distance(decision, iso3), iso3))
    convenors = turning or [strongest(under, key=lambda iso3: chance[iso3])]
    now = decision.chance(decision.weighing.together)
    names, present = decision.scenario.facts.state_names, decision.scenario.code.convenor

    def is_alike(convenor: str) -> bool:
        """Whether another goes at least half as far."""
        way = chance[convenor] - now
        return any(
            (chance[iso3] - now) * way >= ALIKE * way**2 for iso3 in under if iso3 != convenor
        )

    def change(rung: int) -> Change:
        convenor = convenors[rung - 1]
        code, far = convened_by(decision, convenor), distance(decision, convenor)
        before = decision.scenario.code.openness
        lever = ConvenorLever(
            convenor,
            names[convenor],
            is_alike(convenor),
            None if present is None else names[present],
            None if code.openness == before else (before, code.openness),
        )
        return Change(
            FORUM,
            lever,
            size=far,
            range_used=far,
            change={"code": {"convenor": convenor}},
        )

    return [
        Way(
            len(convenors),
            change,
            lambda rung: under[convenors[rung - 1]],
            lambda rung: bool(turning),
            False,
        )
    ]


def candidates(decision: Decision) -> list[str]:
    """The states that may convene: those that have themselves signed by the date in most worlds,
    beside the present convenor and the stakeholder itself.
    """
    ids, shares = decision.moment.setting.population.ids, decision.trial.share_of_each
    others = (iso3 for iso3 in decision.scenario.facts.state_names if iso3 != decision.subject.who)
    return [
        iso3
        for iso3 in others
        if iso3 != decision.scenario.code.convenor and shares[ids.index(iso3)] > MOST
    ]


def convened_by(decision: Decision, iso3: str) -> Code:
    """The same code, opened by another state and read as its; the club stays if that state belongs
    to it, and is None otherwise.
    """
    code, population = decision.scenario.code, decision.moment.setting.population
    club = code.convenor_club
    keeps = club is not None and population.memberships[club][population.ids.index(iso3)] == 1
    by_another = replace(code, convenor=iso3, convenor_club=club if keeps else None)
    return as_read(by_another, code.convenor, decision.scenario.facts.openness)


def distance(decision: Decision, iso3: str) -> float:
    """How far a state's votes lie from the present convenor's, as a share of the farthest state's;
    in [0, 1].
    """
    if decision.scenario.code.convenor is None:
        return WHOLE_RANGE
    setting = decision.moment.setting
    return round(1 - float(setting.codes.convenor[0, 0, setting.population.ids.index(iso3)]), 6)


# Outreach: more attention for three months. It changes no motive, only how often the matter is
# taken up.

MONTHS = 3
# a rate a month; 0.8 is what a campaign adds, and 2 makes it practically certain within the months
MOST_ADDED = 2.0


def _why_no_outreach(decision: Decision) -> Why | None:
    """Attention only adds occasions to sign, and only below the largest rate."""
    if decision.keeps_out:
        return Why.APPROACH
    return None if _room(decision) >= MOST_ADDED / RUNGS else Why.APPROACHES


def _approaches(decision: Decision) -> list[Way]:
    """An added rate for all who decide together, for the three months that end at the date of the
    question.
    """
    until = decision.question.by
    start = max(decision.scenario.first_round, until - MONTHS + 1)
    months = until - start + 1
    launch = decision.scenario.code.launch
    chance = decision.chance(decision.weighing.together)
    share_reached = float(np.mean(decision.taken_up_round <= until))
    who = [decision.moment.setting.population.ids[i] for i in decision.moment.deciders]
    present_rate = _present_rate(decision)
    most = min(MOST_ADDED, _room(decision))

    def rate(rung: int) -> float:
        return round(most * rung / RUNGS, 3)

    def table(rung: int) -> dict[str, Any]:
        """The rate is added to the outreach of the scenario, which goes on afterwards."""
        events = [
            {
                "round": start,
                "who": who,
                "outreach": round(present_rate + rate(rung), 6),
                "until": until,
            }
        ]
        if present_rate and until < decision.scenario.last_round:
            last = decision.scenario.last_round
            events.append({"round": until + 1, "who": who, "outreach": present_rate, "until": last})
        return {"events": events}

    def turns(rung: int) -> bool:
        """It takes the matter up in as many worlds as are sought, and signs in them."""
        in_one_month = chance_within_a_month(rate(rung))
        takes_up = 1 - (1 - share_reached) * (1 - in_one_month) ** months
        signs = 1 - (1 - decision.share_signed) * (1 - chance * in_one_month) ** months
        return bool(decision.target.has_shares(np.array([takes_up, signs])).all())

    def change(rung: int) -> Change:
        return Change(
            OUTREACH,
            OutreachLever(
                len(who),
                present_rate > 0,
                end_of_round(launch, start),
                end_of_round(launch, until),
                start == 0,
                months,
                rate(rung),
            ),
            size=rate(rung),
            range_used=rung / RUNGS,
            change=table(rung),
        )

    return [Way(RUNGS, change, lambda rung: decision.weighing.together, turns)]


def _present_rate(decision: Decision) -> float:
    return float(decision.moment.state.member.outreach[0, decision.subject.index])


def _room(decision: Decision) -> float:
    """How much may be added to the rate."""
    return MOST_OUTREACH - _present_rate(decision)


# Others' signatures: of peers, of the patron, and, for firms and NGOs, of the home state. The
# effect of a signature is that of the motives themselves, in every world with its standing and
# confidence. It assumes that ties, not likeness, move others.


def _signatures(decision: Decision) -> list[Way]:
    """A growing number of signatures, or of absences for staying out, by falling effect.

    None where nobody's signature has an effect.
    """
    gains = {j: gain for j, gain in _gains(decision).items() if gain.any()}
    if not gains:
        return []
    order = sorted(gains, key=lambda j: (-abs(float(gains[j].sum(axis=1).mean())), j))[:RUNGS]
    contributions = [decision.weighing.together]
    for j in order:
        contributions.append(contributions[-1] + gains[j])
    ids = decision.moment.setting.population.ids
    start = decision.scenario.first_round if decision.keeps_out else decision.question.start

    def change(rung: int) -> Change:
        movers = order[:rung]
        return Change(
            SIGNATURE,
            _lever_of_signatures(decision, movers),
            size=float(rung),
            range_used=rung / RUNGS,
            change={
                "events": [
                    {
                        "round": start,
                        "who": [ids[j] for j in movers],
                        "signs": not decision.keeps_out,
                    }
                ]
            },
        )

    def turns(rung: int) -> bool:
        return decision.target.has_chance(decision.chance(contributions[rung]))

    return [Way(len(order), change, lambda rung: contributions[rung], turns)]


def _gains(decision: Decision) -> dict[int, Array]:
    """Stakeholder -> [worlds, motives] the effect of its signature where it has not signed, or
    absence where it has, on average over the deciders. A state is taken to follow states alone, as
    of its firms and NGOs each moves it little, and those to whom ties of one's own tie it.
    """
    moment, weighing, kind = decision.moment, decision.weighing, decision.subject.kind
    kinds, may_sign = moment.setting.population_arrays.people.kind, moment.setting.codes.may_sign[0]
    forced = weighing.forced.any(axis=0)
    free = (
        (may_sign[kinds] == 1) & ~forced & ((kinds == 0) | (kind != "state") | _is_heeded(decision))
    )
    free[list(moment.deciders)] = False
    candidates = np.flatnonzero(free)
    others = candidates[_effects(decision, candidates, worlds=1)[0].any(axis=1)]
    effects = _effects(decision, others, len(weighing.confidence))
    signs, is_listed = (
        _moves(decision, whether[:, others]) for whether in (weighing.signed, weighing.listed)
    )
    for name, place in zip(ON_SIGNATURES, PLACES, strict=True):
        effects[:, :, place] *= is_listed if kind in MOTIVES[name].by_list else signs
    return {int(j): effects[:, place] for place, j in enumerate(others)}


def _is_heeded(decision: Decision) -> NDArray[np.bool_]:
    """[N] whether one of the deciders is tied to it."""
    world = decision.moment.setting.population_arrays
    heeds = np.zeros(world.everybody.size, dtype=bool)
    for i in decision.moment.deciders:
        heeds[world.ties_to[world.ties_start[i] : world.ties_start[i + 1]]] = True
    return heeds


def _effects(decision: Decision, others: np.ndarray[Any, Any], worlds: int) -> Array:
    """[worlds, others, motives] what the signatures of *others* add to the deciders' motives, in
    logits, on average over them, in the first *worlds*.
    """
    moment, weighing = decision.moment, decision.weighing
    setting = moment.setting
    state = empty_variables(setting.population_arrays, setting.codes)
    state.traits[:] = moment.state.traits
    total = np.zeros((worlds, len(others), state.contributions.size))
    for i in moment.deciders:
        add_effects_in_worlds(
            setting.population_arrays,
            setting.codes,
            state,
            moment.dials,
            0,
            i,
            others,
            weighing.standing[:worlds],
            weighing.confidence[:worlds],
            total,
        )
    return total / len(moment.deciders)


def _moves(decision: Decision, signed: np.ndarray[Any, Any]) -> Array:
    """[worlds] 1 where it has not *signed*; for staying out, -1 where it has; else 0."""
    has = signed.astype(np.float64)
    return -has if decision.keeps_out else 1.0 - has


def _lever_of_signatures(decision: Decision, movers: list[int]) -> SignatureLever:
    """Who signs, or stays out; a single patron or home state is known as that."""
    setting, subject = decision.moment.setting, decision.subject
    people, population = setting.population_arrays.people, setting.population
    tie = ""
    if len(movers) == 1 and movers[0] == people.patron[subject.index]:
        tie = "patron"
    elif len(movers) == 1 and subject.kind != "state" and movers[0] == people.home[subject.index]:
        tie = "home"
    return SignatureLever(
        tuple(population.ids[j] for j in movers),
        tuple(population.names[j] for j in movers),
        not decision.keeps_out,
        tie,
    )


# Capacity support: more means to take the matter up and to comply with the text

PLACE_OF_CAPACITY = TRAITS.index(CAPACITY)
# of the trait's range, which runs from the poorest and smallest state to the richest and largest
MOST_RAISED = 0.2


def _why_no_support(decision: Decision) -> Why | None:
    """More capacity only helps to sign, and support goes to the half of all states that have least
    of it, or to who has no more than they.
    """
    if decision.keeps_out:
        return Why.SUPPORT
    people = decision.moment.setting.population
    traits = decision.moment.state.traits
    middle = float(np.median(traits[PLACE_OF_CAPACITY, people.kind == STATE]))
    return None if _capacity(decision) <= middle else Why.CAPABLE


def _support(decision: Decision) -> list[Way]:
    """Higher capacity from the start on."""
    before = _capacity(decision)
    most = min(MOST_RAISED, 1 - before)

    def to(rung: int) -> float:
        return round(before + most * rung / RUNGS, 6)

    def change(rung: int) -> Change:
        event = {
            "round": decision.question.start,
            "who": [decision.subject.who],
            "trait": CAPACITY,
            "value": to(rung),
        }
        return Change(
            CAPACITY,
            CapacityLever(before, to(rung)),
            size=round(to(rung) - before, 6),
            range_used=rung / RUNGS,
            change={"events": [event]},
        )

    def turns(rung: int) -> bool:
        """Capacity also brings attention, which is in no motive."""
        return not decision.motives_matter or decision.target.has_chance(
            decision.chance(weighed(rung))
        )

    def weighed(rung: int) -> Array:
        return _with_capacity(decision, to(rung))

    return [Way(RUNGS, change, weighed, turns)]


def _capacity(decision: Decision) -> float:
    return float(decision.moment.state.traits[PLACE_OF_CAPACITY, decision.subject.index])


def _with_capacity(decision: Decision, capacity: float) -> Array:
    """[worlds, motives] with another capacity, all else unchanged."""
    traits, i = decision.moment.state.traits, decision.subject.index
    before = traits[PLACE_OF_CAPACITY, i]
    traits[PLACE_OF_CAPACITY, i] = capacity
    terms = decision.moment.terms()
    traits[PLACE_OF_CAPACITY, i] = before
    return decision.with_terms(terms)


FAMILIES = (
    Family(TEXT, _unless_willing, _texts),
    Family(FORUM, _why_no_forum, _convenors),
    Family(OUTREACH, _why_no_outreach, _approaches),
    Family(SIGNATURE, _unless_willing, _signatures),
    Family(CAPACITY, _why_no_support, _support),
)
