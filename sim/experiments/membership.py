"""Membership at the end of a world, with the membership of all others held: who would gain by
leaving, who by joining, on whom others' signatures hang, and what it would take to win a state.

An agreement holds by itself where no signatory would gain by leaving (internal stability) and no
outsider by joining (external stability), the membership of all others held (d'Aspremont et al.
1983; Barrett 1994). Gain is meant in the value of the decision rule, in its points (logits), which
describes choices and is no welfare.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.arrays import FREE
from sim.engine.weigh_motives import weigh_motives
from sim.experiments.approaches import BLOC_VOTES
from sim.experiments.assumptions import CLEAR
from sim.experiments.basis import basis_of_signing
from sim.experiments.influence import ASSUMES
from sim.experiments.intervals import CONFIDENCE, mean_interval
from sim.experiments.outcomes import PERCENTILES, Array
from sim.experiments.simulate import Replicate, Setting
from sim.findings import (
    ASSUMED,
    Change,
    Interval,
    Level,
    Place,
    Ranking,
    Unit,
    Verdict,
    verdict_on_change,
)
from sim.kinds_and_statuses import TRAITS
from sim.parameters import DIALS
from sim.population import STATE
from sim.scenario import Scenario
from sim.theory.signing import chance_of_signing, value_of_leaving

ITSELF, UNION, EVENT = "itself", "the Union", "an event"
EXIT_COST, RATIONALITY = (list(DIALS).index(name) for name in ("exit_cost", "rationality"))
AUDIENCE = list(TRAITS).index("audience")
MOST_BROUGHT = 5  # others named beside a state that is won
MOST_NAMED = 3  # states in a ranking, and those whose lack is told


class Standing(NamedTuple):
    """How the S states stand at the end of one world, the membership of all others held: whether
    each is a signatory, whether an event decides for it, its value of signing, that of leaving,
    and, where the Union deliberates as one, the mean value of its members outside, and how many
    they are.
    """

    signed: NDArray[np.bool_]  # [S]
    forced: NDArray[np.bool_]  # [S]
    value: Array  # [S]
    leaving: Array  # [S]
    union_value: (
        float  # NaN where nobody of the Union is outside and free, or it does not deliberate as one
    )
    union_outside: NDArray[np.bool_]  # [S] whose mean that is

    @property
    def deciding(self) -> Array:
        """[S] the value by which each would be brought to sign: its own, or that of the Union with
        which it decides.
        """
        return np.where(self.union_outside, self.union_value, self.value)

    @property
    def gain(self) -> Array:
        """[S] what each would gain by turning: a signatory by leaving, another by signing."""
        return np.where(self.signed, self.leaving, self.deciding)

    @property
    def payment(self) -> Array:
        """[S] the smallest addition to one's motive that makes signing as likely as not; 0 for
        those who need none. One of several members of the Union would have to move the mean of all.
        """
        sharing = np.where(self.union_outside, self.union_outside.sum(), 1)
        return np.where(self.signed, 0.0, np.maximum(0.0, -self.deciding) * sharing)


class StateStanding(NamedTuple):
    """How one state stands at the end of the median world; a row of `Stability.table`."""

    who: str
    name: str
    signatory: bool
    decides: str
    share: float
    value: float
    value_low: float
    value_high: float
    chance: float
    gain: float
    stable: bool
    payment: float
    others: float
    low: float
    high: float
    basis: str
    assumes: str


class Effect(NamedTuple):
    """Whom the turn of a state moves; a row of `Stability.brought`."""

    who: str
    name: str
    signs: bool
    whom: str
    whom_name: str
    change: float
    low: float
    high: float
    basis: str
    assumes: str


@dataclass(frozen=True)
class Lack:
    """What a state outside (*who*, by id) lacks for signing to be as likely as not (*payment*), how
    many *others* sign where it signs from the launch on, and which of them clearly, by id, in a
    share of worlds (*brings*).
    """

    who: str
    payment: Level
    others: Change
    brings: Ranking

    def as_json(self) -> dict[str, Any]:
        """The findings by their names (docs/json.md)."""
        parts = {name: getattr(self, name).as_json() for name in ("payment", "others", "brings")}
        return {"who": self.who, **parts}


@dataclass(frozen=True, kw_only=True)
class StabilityFindings:
    """Of the median world: how many signatories would gain by leaving (*leave*), and states outside
    by joining (*join*), each with the interval of that number over worlds; who is nearest to
    either; who is in for what leaving costs alone (*reluctant*, by the value of signing); without
    whom clearly fewer others sign (*holds*); and who lacks least for signing (*lacks*). States by
    id.
    """

    leave: Level
    nearest_to_leaving: Ranking
    reluctant: Ranking
    join: Level
    nearest_to_joining: Ranking
    holds: Ranking
    lacks: tuple[Lack, ...]

    def as_json(self) -> dict[str, Any]:
        """Each by its name (docs/json.md)."""
        content = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "lacks"}
        lacks = [lack.as_json() for lack in self.lacks]
        return {name: each.as_json() for name, each in content.items()} | {"lacks": lacks}


@dataclass(frozen=True, eq=False)
class StabilityResult:
    """How stable the membership of a code is: at the end of its *median* world (counted from 0),
    and over all worlds.

    `standings`: one `Standing` per world. `effects` [state, world, S + 1]: what the turn of each
    state (a signatory of the median world stays out, another signs from the launch on) does to each
    other state's signature, and to all. All of it is about signing, and so fitted to the register
    or extrapolated from that fit (`basis`).
    """

    scenario: Scenario
    setting: Setting = field(repr=False)
    replicates: int
    seed: int
    median: int
    standings: tuple[Standing, ...] = field(repr=False)
    effects: Array = field(repr=False)

    @property
    def basis(self) -> str:
        """What its numbers rest on: `fitted`, `what_if` or `extrapolated`, as those of a run."""
        return basis_of_signing(self.scenario)

    @property
    def at_median(self) -> Standing:
        """How the states stand at the end of the median world."""
        return self.standings[self.median]

    @cached_property
    def rationality(self) -> float:
        """By how much a point of motive moves the chance to sign, in the last round."""
        return float(self.setting.schedule[-1, RATIONALITY])

    @cached_property
    def _states(self) -> list[StateStanding]:
        """The states: signatories of the median world first, who has most to gain by turning
        first.
        """
        standing, population = self.at_median, self.setting.population
        values = np.stack([each.value for each in self.standings])
        low, high = (
            np.percentile(values, end, axis=0) for end in (PERCENTILES[0], PERCENTILES[-1])
        )
        share = np.stack([each.signed for each in self.standings]).mean(axis=0)
        rows = []
        for i, signed in enumerate(standing.signed.tolist()):
            gain, others = float(standing.gain[i]), mean_interval(self.effects[i, :, -1])
            rows.append(
                StateStanding(
                    who=population.ids[i],
                    name=population.names[i],
                    signatory=signed,
                    decides=self._decides(i),
                    share=float(share[i]),
                    value=float(standing.value[i]),
                    value_low=float(low[i]),
                    value_high=float(high[i]),
                    chance=float(chance_of_signing(float(standing.deciding[i]), self.rationality)),
                    gain=gain,
                    stable=bool(gain <= 0.0 or standing.forced[i]),
                    payment=float(standing.payment[i]),
                    others=others.mean,
                    low=others.low,
                    high=others.high,
                    basis=ASSUMED if signed else self.basis,
                    assumes=ASSUMES,
                )
            )
        return sorted(rows, key=lambda row: (not row.signatory, -row.gain))

    def _decides(self, i: int) -> str:
        standing = self.at_median
        return EVENT if standing.forced[i] else UNION if standing.union_outside[i] else ITSELF

    @cached_property
    def _clear_effects(self) -> list[Effect]:
        """Whom the turn of each state moves: at most five, the largest change first, and those
        alone whose change is three standard errors from 0, as there are two hundred to choose from;
        nobody in a single world.
        """
        states, rows = self.setting.population, []
        for i, effects in enumerate(self.effects[:, :, :-1] if self.replicates > 1 else ()):
            means = np.abs(effects.mean(axis=0))
            for j in np.argsort(-means, kind="stable")[:MOST_BROUGHT]:
                change = mean_interval(effects[:, j])
                error = float(np.std(effects[:, j], ddof=1)) / len(effects) ** 0.5
                if abs(change.mean) >= CLEAR * error > 0.0:
                    signs = not bool(self.at_median.signed[i])
                    turn = (states.ids[i], states.names[i], signs, states.ids[j], states.names[j])
                    rows.append(Effect(*turn, *change, self.basis, ASSUMES))
        return rows

    @cached_property
    def findings(self) -> StabilityFindings:
        """Whether membership is stable, who is nearest to turning, on whom it hangs, and what would
        win a state.
        """
        inside = [row for row in self._states if row.signatory]
        outside = [row for row in self._states if not row.signatory]
        reluctant = [row for row in inside if row.value < 0.0 and row.decides != EVENT]
        holders = sorted((row for row in inside if row.high < 0.0), key=lambda row: row.others)
        lacking = [row for row in outside if row.payment > 0.0 and row.decides != EVENT]
        return StabilityFindings(
            leave=self._turning("leave", inside),
            nearest_to_leaving=self._gains("gain_by_leaving", inside),
            reluctant=self._ranking(
                "value",
                Unit.LOGIT,
                self.basis,
                [Place(row.who, row.value) for row in sorted(reluctant, key=_value)],
            ),
            join=self._turning("join", outside),
            nearest_to_joining=self._gains("gain_by_joining", outside),
            holds=self._ranking(
                "signatures_lost",
                Unit.COUNT,
                self.basis,
                [
                    Place(row.who, -row.others, Interval(-row.high, -row.low, CONFIDENCE))
                    for row in holders[:MOST_NAMED]
                ],
                Verdict.CLEAR,
            ),
            lacks=tuple(self._lack(row) for row in sorted(lacking, key=_payment)[:MOST_NAMED]),
        )

    def _turning(self, measure: str, side: Sequence[StateStanding]) -> Level:
        """How many of the states on one *side* would gain by turning, with the interval of that
        number over worlds.
        """
        by_world = [
            int(((each.gain > 0.0) & ~each.forced & (each.signed == (measure == "leave"))).sum())
            for each in self.standings
        ]
        low, high = np.percentile(by_world, (PERCENTILES[0], PERCENTILES[-1])).tolist()
        number = sum(not row.stable for row in side)
        return Level(
            measure=measure,
            unit=Unit.COUNT,
            verdict=_verdict(number, low, high, len(side), self.replicates),
            basis=ASSUMED if measure == "leave" else self.basis,
            worlds=self.replicates,
            seed=self.seed,
            luck=Interval(low, high) if self.replicates > 1 else None,
            estimate=number,
            of=len(side),
        )

    def _gains(self, measure: str, side: Sequence[StateStanding]) -> Ranking:
        """Who of one *side* would gain most by turning, or lose least."""
        places = [Place(row.who, row.gain) for row in side[:MOST_NAMED]]
        return self._ranking(measure, Unit.LOGIT, side[0].basis if side else self.basis, places)

    def _ranking(
        self,
        measure: str,
        unit: Unit,
        basis: str,
        places: Iterable[Place],
        verdict: Verdict = Verdict.PERHAPS,
    ) -> Ranking:
        """The *places* with what all findings have; by default of the median world alone."""
        in_order = tuple(places)
        if not in_order:
            verdict = Verdict.NOTHING if self.replicates > 1 else Verdict.CANNOT_TELL
        return Ranking(
            measure=measure,
            unit=unit,
            verdict=verdict,
            basis=basis,
            worlds=self.replicates,
            seed=self.seed,
            places=in_order,
        )

    def _lack(self, row: StateStanding) -> Lack:
        basis, replicates, seed = self.basis, self.replicates, self.seed
        luck = Interval(row.low, row.high, CONFIDENCE) if replicates > 1 else None
        brings = [
            Place(each.whom, each.change, Interval(each.low, each.high, CONFIDENCE))
            for each in self._clear_effects
            if each.who == row.who and each.change > 0.0
        ]
        return Lack(
            row.who,
            Level(
                measure="payment",
                unit=Unit.LOGIT,
                verdict=Verdict.PERHAPS,
                basis=basis,
                worlds=replicates,
                seed=seed,
                estimate=row.payment,
            ),
            Change(
                measure="signatures",
                unit=Unit.COUNT,
                verdict=verdict_on_change(row.others, luck, replicates),
                basis=basis,
                worlds=replicates,
                seed=seed,
                luck=luck,
                estimate=row.others,
            ),
            self._ranking("signs", Unit.SHARE, basis, brings, Verdict.CLEAR),
        )


def _value(row: StateStanding) -> float:
    return row.value


def _payment(row: StateStanding) -> float:
    return row.payment


def _verdict(number: int, low: float, high: float, of: int, worlds: int) -> Verdict:
    """How sure it is that nobody, or that somebody, of so many would gain by turning, where the
    *number* lies from *low* to *high* in nine of ten worlds.
    """
    if not of:
        return Verdict.NOTHING
    if worlds == 1:
        return Verdict.CANNOT_TELL
    is_clear = low > 0.0 if number else high == 0.0
    return Verdict.CLEAR if is_clear else Verdict.PERHAPS


def standing_at_the_end(world: Replicate) -> Standing:
    """The `Standing` of all states when the last round of *world* is over."""
    last = world.rounds[-1]
    world.play_until(last)
    setting, state, dials = world.setting, world.state, world.dials(last)
    people, codes = setting.population_arrays, setting.codes
    states = int((people.people.kind == STATE).sum())
    value = np.array(
        [weigh_motives(people, codes, state, dials, 0, i, False) for i in range(states)]
    )
    signed, forced = state.member.signed[0, :states] == 1, state.member.forced[0, :states] != FREE
    audience = state.traits[AUDIENCE, :states]
    leaving = np.array(
        [value_of_leaving(v, dials[EXIT_COST], a) for v, a in zip(value, audience, strict=True)]
    )
    outside = (people.people.bloc[:states] >= 0) & ~signed & ~forced & (dials[BLOC_VOTES] > 0.0)
    union_value = float(value[outside].mean()) if outside.any() else float("nan")
    return Standing(signed.copy(), forced.copy(), value, leaving, union_value, outside)
