"""The simulation of a frontier: who signs texts of rising depth, and what signatories do under
each, with the signatories of the text as it is (*fixed* membership) and with everybody deciding
anew (*free*).

Who signs a text is no random sample of those it could bind. To see what a text does to its
signatories, and not who they are, the same have to be bound in the same months by another text
(Downs, Rocke and Barsoom 1996): the signatories of one world are brought into another as events.
Signatories here are those whom the code binds: of a treaty, states that have ratified it, once it
is in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.engine import rounds as engine
from sim.engine.arrays import (
    CHOICE,
    NEVER,
    PRACTICE,
    CodeArrays,
    EventArrays,
    PopulationArrays,
    empty_variables,
    forget,
)
from sim.engine.outputs import BOUND, NO_SHADOW, OF_EVERYBODY, Output, empty_output
from sim.experiments.basis import basis_of_signing, furthest
from sim.experiments.conduct_ranges import harm_prevented
from sim.experiments.outcomes import (
    ALL,
    OUTCOMES,
    PERCENTILES,
    Array,
    Summaries,
    range_over,
    summaries,
)
from sim.experiments.simulate import AllOutputs, Setting, worlds_of
from sim.findings import ASSUMED, Change, Interval, Unit, verdict_on_change
from sim.kinds_and_statuses import KINDS
from sim.parameters import DIALS
from sim.population import STATE
from sim.request import Request
from sim.scenario import Scenario

Bits = NDArray[np.uint8]

RATIFICATION_NEEDED = list(DIALS).index("ratification_needed")
NOTHING, AS_IT_IS, EVERYTHING = 0.0, 1.0, 2.0  # scales of a text
FIXED, FREE = "fixed", "free"  # membership
NOBODY_DELIBERATES = engine.ALL_STAGES._replace(deliberate=False)
OPERATIONS, PRACTICES = "operations", "practices"
STATE_SHARE, DEPARTURE = "state_share", "departure"
SIGNING: Mapping[str, tuple[str, ...]] = {
    "signatories": KINDS,
    STATE_SHARE: (ALL,),
    "power_share": (ALL,),
}
CONDUCT: Mapping[str, tuple[str, ...]] = {
    "compliance": OUTCOMES["compliance"].parts,
    DEPARTURE: (OPERATIONS, PRACTICES),
    "harm_prevented": (ALL,),
}
LABELS = {name: (outcome.label, outcome.unit) for name, outcome in OUTCOMES.items()} | {
    STATE_SHARE: ("States that are signatories", "share of all states"),
    DEPARTURE: ("Less than signatories would do anyway", "% of the same without the code"),
}
UNITS = {"signatories": Unit.COUNT, DEPARTURE: Unit.PERCENT, "harm_prevented": Unit.PERCENT}


@dataclass(frozen=True)
class DepthChange:
    """What a deeper text changes at one *membership*: the *change* in a *part* of a measure, each
    world beside itself, from the text at one scale to that at another.
    """

    membership: str
    part: str
    from_scale: float
    to_scale: float
    change: Change

    @property
    def stretch(self) -> tuple[float, float]:
        """The scales of both texts."""
        return self.from_scale, self.to_scale

    @property
    def interval(self) -> Interval | None:
        """Over worlds, of conduct over assumptions; None where nobody could be measured."""
        return self.change.luck or self.change.fits

    def as_json(self) -> dict[str, Any]:
        """The finding, with what it is about (docs/json.md)."""
        about = (self.membership, self.part, self.from_scale, self.to_scale)
        names = ("membership", "part", "from_scale", "to_scale")
        return {**dict(zip(names, about, strict=True)), **self.change.as_json()}


@dataclass(frozen=True, eq=False)
class FrontierResult:
    """One scenario under texts of rising depth, all with the same luck, at fixed and at free
    membership.

    `scales` and `depths` [K] of the texts, the latter as `Code.depth`; `bases` [K] what their
    numbers on signing rest on. `signing` (outcome, part) -> [fixed or free, K, replicates];
    `conduct` -> [fixed or free, K, points of the assumptions]. Members are those whom the code
    binds: of a treaty, states that have ratified it.
    """

    scenario: Scenario
    scales: tuple[float, ...]
    replicates: int
    seed: int
    depths: tuple[float, ...] = field(repr=False)
    bases: tuple[str, ...] = field(repr=False)
    signing: Mapping[tuple[str, str], Array] = field(repr=False)
    conduct: Mapping[tuple[str, str], Array] = field(repr=False)

    @cached_property
    def findings(self) -> Mapping[tuple[str, str, str, tuple[float, float]], DepthChange]:
        """(outcome, part, membership, scales) -> what a deeper text changes: from the shallowest
        text to the one nearest to the text as it is, from there to the deepest, and from end to
        end.
        """
        findings = {}
        for first, last in self._stretches():
            scales = self.scales[first], self.scales[last]
            for way, membership in enumerate((FIXED, FREE)):
                for (outcome, part), values in self._values():
                    basis = self._basis(outcome, [first, last] if way else [])
                    change = self._change(outcome, values[way, last] - values[way, first], basis)
                    key = (outcome, part, membership, scales)
                    findings[key] = DepthChange(membership, part, *scales, change)
        return findings

    @property
    def stretches(self) -> list[tuple[float, float]]:
        """The scales between which `findings` compare: first those from the text as it is to the
        deepest, last the shallowest and the deepest.
        """
        pairs = [(self.scales[first], self.scales[last]) for first, last in self._stretches()]
        return pairs[1:] or pairs

    @property
    def headline(self) -> DepthChange:
        """How many signatories a text that asks for more costs or gains: of the first kind that may
        sign.
        """
        return self.findings["signatories", self.signers[0], FREE, self.stretches[0]]

    @property
    def signers(self) -> list[str]:
        """The kinds that may sign, states first."""
        return [kind for kind in KINDS if kind in self.scenario.code.may_sign]

    def _change(self, outcome: str, differences: Array, basis: str) -> Change:
        """The finding on *differences*, one per world."""
        is_signing = outcome in SIGNING
        middle, low, high = middle_and_ends(differences, is_signing)
        ends = None if np.isnan(low) else Interval(low, high)
        estimate = middle if is_signing else None
        return Change(
            measure=outcome,
            unit=UNITS.get(outcome, Unit.SHARE),
            verdict=verdict_on_change(estimate, ends, len(differences)),
            basis=basis,
            worlds=len(differences),
            seed=self.seed,
            luck=ends if is_signing else None,
            fits=None if is_signing else ends,
            estimate=estimate,
        )

    def _stretches(self) -> list[tuple[int, int]]:
        """The first and the last text of each stretch, the whole at the end."""
        own = int(np.argmin(np.abs(np.array(self.scales) - AS_IT_IS)))
        last = len(self.scales) - 1
        return [each for each in ((0, own), (own, last)) if 0 < own < last] + [(0, last)]

    def _values(self) -> Iterator[tuple[tuple[str, str], Array]]:
        """All outcomes with their parts: those of signing, then those of conduct."""
        yield from self.signing.items()
        yield from self.conduct.items()

    def _basis(self, outcome: str, texts: Sequence[int]) -> str:
        """What numbers on *outcome* rest on at the *texts* that may be signed, by default the
        scenario's own.
        """
        if outcome in CONDUCT:
            return ASSUMED
        bases = [self.bases[text] for text in texts] or [basis_of_signing(self.scenario)]
        return furthest(*bases)


def middle_and_ends(values: Array, of_signing: bool) -> tuple[float, float, float]:
    """The median and the ends of 90 % of *values*; of conduct, the ends alone."""
    if of_signing:
        low, middle, high = (float(number) for number in np.percentile(values, PERCENTILES))
        return middle, low, high
    return float("nan"), *range_over(values)


def signing_under(
    request: Request, setting: Setting, codes: Sequence[CodeArrays], total: int
) -> Summaries:
    """(outcome, part) -> [text, replicate] who signs the texts of *codes*, the first of *total*
    worlds.
    """
    observe, by_text = AllOutputs(engine.DATES_STAGES, with_dates=False), []
    for place, code in enumerate(codes):
        of_text = request.part(place * request.replicates, total)
        output = worlds_of(of_text, setting._replace(codes=code), observe)
        by_text.append(summaries(output, setting.group_sizes, setting.first_round))
    states = max(1, int((setting.population.kind == STATE).sum()))
    signing: Summaries = {}
    for outcome, parts in SIGNING.items():
        for part in parts:
            source = ("signatories", "state") if outcome == STATE_SHARE else (outcome, part)
            values = np.stack([each[source] for each in by_text])
            signing[outcome, part] = values / states if outcome == STATE_SHARE else values
    return signing


@dataclass(frozen=True)
class ConductWorlds:
    """Worlds of conduct, one at each point of the assumptions: *setting* with the dials of each,
    the texts' *codes*, and the share of crime *criminal* [Q] there.
    """

    setting: Setting
    codes: Sequence[CodeArrays]
    criminal: Array
    seed: int

    def conduct(self, number: int) -> Summaries:
        """(outcome, part) -> [2, texts] conduct in the world *number* at fixed and at free
        membership.
        """
        here, texts = self.setting.of_replicate(number), len(self.codes)
        play = partial(
            _play, empty_variables(here.population_arrays, here.codes), self.seed, number
        )
        people = here.population_arrays.everybody.size
        without, as_it_is = (_empty(here, 1, people), _empty(here, 1, people))
        play(here, without, code_is_open=False)
        play(here, as_it_is)
        turns = events_of_members(
            here.events, as_it_is.members[0], as_it_is.public[0], here.first_round
        )
        bound = here.schedule.copy()
        bound[:, RATIFICATION_NEEDED] = 0.0
        ways = (
            (here._replace(events=turns, schedule=bound), NOBODY_DELIBERATES),
            (here, engine.ALL_STAGES),
        )
        tables, everybody = (
            _empty(here, 2 * texts, 0),
            [getattr(as_it_is, name) for name in OF_EVERYBODY],
        )
        less = np.empty((len(CONDUCT[DEPARTURE]), 2 * texts))
        counts_as = here.population_arrays.counts_as[here.population_arrays.people.kind]
        due = practices_due(here.population_arrays, here.codes)
        for place, ((there, stages), codes) in enumerate(
            (way, codes) for way in ways for codes in self.codes
        ):
            row = Output(*(array[place : place + 1] for array in tables))
            row = row._replace(**dict(zip(OF_EVERYBODY, everybody, strict=True)))
            play(there._replace(codes=codes), row, stages)
            less[:, place] = departure(row, without, due, counts_as, -here.first_round)
        values = summaries(tables, here.group_sizes, here.first_round)
        harm = harm_prevented(without, tables, float(self.criminal[number]), here.first_round)
        values |= {("harm_prevented", ALL): harm["harm_prevented"]}
        values |= {(DEPARTURE, part): less[k] for k, part in enumerate(CONDUCT[DEPARTURE])}
        return {
            (name, part): values[name, part].reshape(2, texts)
            for name, parts in CONDUCT.items()
            for part in parts
        }


def _empty(setting: Setting, rows: int, people: int) -> Output:
    """Zeroed arrays for so many worlds, with the dates of so many *people*, and with what is noted
    of everybody where these are all.
    """
    rounds = len(setting.schedule)
    output = empty_output(rows, rounds, setting.codes.traits.size, people)
    noted = {name: np.zeros((rows, rounds, people), np.uint8) for name in OF_EVERYBODY}
    return output._replace(**noted) if people else output


def _play(
    state: Any,
    seed: int,
    number: int,
    setting: Setting,
    into: Output,
    stages: engine.Stages = engine.ALL_STAGES,
    code_is_open: bool = True,
) -> None:
    """Play the world *number* of *setting* into one row of output, in the arrays of another world
    before it.
    """
    forget(state)  # what was foreseen under the codes before
    engine.play(
        setting.population_arrays,
        setting.codes,
        state,
        setting.schedule[None],
        setting.events,
        seed,
        seed,
        number,
        number + 1,
        setting.first_round,
        code_is_open,
        stages,
        NO_SHADOW,
        into,
    )


def events_of_members(
    events: EventArrays, members: Bits, public: Bits, first_round: int
) -> EventArrays:
    """*events* with the turns of *members* [R, N] of another world in place of all choices, for a
    world in which nobody deliberates and nobody has to ratify. A signature becomes public when it
    did there, as *public* [R, N] says; both are as in `Output`.
    """
    now, before = members.astype(np.int8), np.zeros(members.shape, np.int8)
    before[1:] = now[:-1]
    place, who = np.nonzero(now != before)
    rounds = place + first_round
    numbers = np.arange(first_round, first_round + len(public), dtype=np.int16)
    listed = np.where(public > 0, numbers[:, None], np.int16(NEVER))
    due = np.minimum.accumulate(listed[::-1], axis=0)[::-1][
        place, who
    ]  # the next round in which it is public
    turns = {
        "round": rounds, "what": np.full(len(who), CHOICE), "code": np.zeros(len(who)), "who": who,
        "name": due.astype(np.int64) - np.maximum(rounds, 0), "value": now[place, who] > 0,
        "earnest": now[place, who] == BOUND,
    }  # fmt: skip
    others = np.flatnonzero(events.what != CHOICE)
    columns = {
        name: np.concatenate([turns[name], getattr(events, name)[others]])
        for name in EventArrays._fields
    }
    order = np.argsort(columns["round"], kind="stable")
    return EventArrays(
        **{name: _as_stored(columns[name][order], getattr(events, name)) for name in columns}
    )


def _as_stored(column: Any, like: Any) -> Any:
    return np.ascontiguousarray(column, dtype=like.dtype)


def practices_due(population: PopulationArrays, codes: CodeArrays) -> Bits:
    """[N] how many practices are due from each stakeholder, whether or not it is a signatory."""
    acts = codes.concerns[codes.act.conduct == PRACTICE]
    return np.asarray(acts[:, population.people.bound_as].sum(axis=0), np.uint8)


def departure(
    with_code: Output, without: Output, due: Bits, counts_as: Array, launch: int
) -> tuple[float, float]:
    """By how many % fewer operations signatories undertake, and practices neglect, than the same
    stakeholders in the same months of the same world without the code, from the round at place
    *launch* on; NaN where there are none.

    Both outputs are of one world, with all that they note of everybody; *due* [N] are
    `practices_due`, and *counts_as* [N] how much each counts.
    """
    members = with_code.members[0, launch:]
    operations, operations_anyway = (
        each.operations_of[0, launch:] for each in (with_code, without)
    )
    neglect, neglect_anyway = (due - each.practices_of[0, launch:] for each in (with_code, without))
    return (
        _share_less(members, operations, operations_anyway, counts_as),
        _share_less(members, neglect, neglect_anyway, counts_as),
    )


def _share_less(members: Bits, acts: Bits, acts_anyway: Bits, counts_as: Array) -> float:
    sums = np.zeros(2)
    add_up_members(members, acts, acts_anyway, counts_as, sums)
    return 100.0 * float(1.0 - sums[0] / sums[1]) if sums[1] > 0.0 else float("nan")


@compiled
def add_up_members(
    members: Bits, acts: Bits, acts_anyway: Bits, counts_as: Array, sums: Array
) -> None:
    """Add to *sums* [2] the *acts* [R, N] and the *acts_anyway* of *members*, each as much as it
    counts.
    """
    for t in range(members.shape[0]):
        for i in range(members.shape[1]):
            if members[t, i] > 0:
                sums[0] += acts[t, i] * counts_as[i]
                sums[1] += acts_anyway[t, i] * counts_as[i]
