"""A scenario and its population as the arrays that compiled code reads (`sim.engine.arrays`).

C codes, N stakeholders, S states, R rounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.code_of_conduct import Code, Provision
from sim.engine.arrays import (
    ACT,
    CHOICE,
    CODE_TRAITS,
    CONDUCT,
    NOBODY,
    OPERATION,
    OUTREACH,
    PRACTICE,
    STRIKE_BACK,
    TRAIT_CHANGE,
    CodeArrays,
    EventArrays,
    PopulationArrays,
)
from sim.engine.build_population import population_arrays, stakeholders_in
from sim.errors import InputError
from sim.motives.affinity import governance_distance
from sim.motives.convenor_votes import closeness_of_states
from sim.motives.direction import direction
from sim.parameters import AT, DIALS
from sim.population import KINDS, STRICT, TRAITS, Measures, Population, build
from sim.scenario import Event, Scenario
from sim.scenario.calendar import round_of_event
from sim.theory.overlap import alikeness, opposition, value_beside_other

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]  # of stakeholders

BLOC_COLUMN = "eu"


def code_arrays(population: Population, codes: tuple[Code, ...]) -> CodeArrays:
    """The codes, each with its convenor's ties to the states."""
    classes = (("state", False), ("firm", False), ("firm", True), ("ngo", False))
    acts = acts_of(codes)
    number = {act: k for k, act in enumerate(acts)}
    mentions = np.zeros((len(acts), len(codes)), bool)
    binds = np.zeros((len(codes), len(acts), len(classes)), np.uint8)
    ambition = np.zeros((len(codes), len(acts)))
    for c, code in enumerate(codes):
        for act, provision in acts_of((code,)).items():
            k = number[act]
            mentions[k, c], ambition[c, k] = True, provision.ambition
            binds[c, k] = [provision.binds_a(*who) for who in classes]
    traits = np.recarray(len(codes), CODE_TRAITS)
    for c, code in enumerate(codes):
        convenor = NOBODY if code.convenor is None else population.ids.index(code.convenor)
        launch = round_of_event(codes[0].launch, code.launch)
        traits[c] = (
            code.openness,
            code.public_rule,
            code.depth_restraint,
            code.depth_burden,
            convenor,
            launch,
        )
    return CodeArrays(
        traits=traits,
        act=_compiled_acts(acts),
        concerns=binds.max(axis=0),
        forbids=_forbids(mentions, ambition.T > 0.0),
        binds=binds,
        ambition=ambition,
        may_sign=np.array([[kind in code.may_sign for kind in KINDS] for code in codes], np.uint8),
        convenor=np.stack([alignment(population, code) for code in codes]),
        weights=np.full((len(codes), len(DIALS)), np.nan),
        overlap=np.zeros((len(codes), len(codes))),
        division=np.zeros((len(codes), len(codes))),
    )


def codes_beside(
    population: Population, scenario: Scenario, first: Code | None = None
) -> CodeArrays:
    """The codes of *scenario*, with *first* (None: its own) in the place of its first, and what
    each is beside the other where its second is open.
    """
    rival = scenario.open_rival
    code = scenario.code if first is None else first
    if rival is None:
        return code_arrays(population, (code,))
    codes = (code, rival.code)
    weights = np.full((len(codes), len(DIALS)), np.nan)
    for dial, weight in rival.own_weights(scenario.code, scenario.weights_file).items():
        weights[1, getattr(AT, dial)] = weight
    return between_codes(
        code_arrays(population, codes)._replace(weights=weights), codes, rival.values
    )


def between_codes(
    arrays: CodeArrays, codes: tuple[Code, Code], values: Mapping[str, float]
) -> CodeArrays:
    """*arrays* of two *codes*, with what each does to the other under these *values* of the dials
    of a second code.
    """
    apart = 1.0 - np.eye(len(codes))
    beside = value_beside_other(
        *resemblance(*codes), values["overlap_substitution"], values["overlap_side_cost"]
    )
    return arrays._replace(overlap=beside * apart, division=values["attention_division"] * apart)


def resemblance(code: Code, other: Code) -> tuple[float, float]:
    """How alike two texts are, and how far they stand on opposite sides, each in [0, 1]."""
    distance = governance_distance(
        code.openness, code.public_rule, other.openness, other.public_rule
    )
    depths = code.depth_restraint, other.depth_restraint, code.depth_burden, other.depth_burden
    return float(alikeness(distance, *depths)), float(
        opposition(direction(code.openness, other.openness))
    )


def _forbids(mentions: np.ndarray[Any, Any], asks: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """[K, C] 1 for the codes to which an act is charged: those that ask something of it (ambition
    above 0), or, where none does, those that mention it.
    """
    return np.where(asks.any(axis=1, keepdims=True), asks, mentions).astype(np.uint8)


class Act(NamedTuple):
    """What a provision forbids or asks for: a kind of conduct, and what breaking it is.

    *same_before*: how many provisions before it in the code describe the same breach; each is an
    act of its own.
    """

    conduct: str
    breaking_it_is: str
    same_before: int


def acts_of(codes: tuple[Code, ...]) -> dict[Act, Provision]:
    """Every act of which *codes* speak, those of the first code first, with the first provision on
    it.

    Provisions of two codes speak of one act where they describe the same breach in the same words.
    InputError where they give it different loadings on restraint: how much is given up with an act
    is no question of the text.
    """
    acts: dict[Act, Provision] = {}
    for code in codes:
        occurrences: Counter[tuple[str, str]] = Counter()
        for provision in code.provisions:
            breach = (provision.conduct, provision.breaking_it_is)
            first = acts.setdefault(Act(*breach, occurrences[breach]), provision)
            occurrences[breach] += 1
            if provision.restraint != first.restraint:
                raise InputError(
                    f"{code.name}: restraint of principle {provision.principle} is"
                    f" {provision.restraint:g}, expected {first.restraint:g} as in the other code"
                    f" with the same breach ({provision.breaking_it_is})"
                )
    return acts


def _compiled_acts(acts: Mapping[Act, Provision]) -> np.recarray[Any, Any]:
    """[K] ACT."""
    kinds = [
        {"operation": OPERATION, "practice": PRACTICE, "strike-back": STRIKE_BACK}[act.conduct]
        for act in acts
    ]
    compiled_acts = np.recarray(len(acts), ACT)
    for k, (kind, provision) in enumerate(zip(kinds, acts.values(), strict=True)):
        compiled_acts[k] = (kind, kinds[:k].count(kind), provision.restraint)
    return compiled_acts


def alignment(population: Population, code: Code) -> np.ndarray[Any, Any]:
    """[3, N] closeness to the convenor in UN votes, membership in its club, a seat beside it in its
    bloc; 0 for firms and NGOs.
    """
    rows = np.zeros((3, len(population.ids)))
    if code.convenor is None:
        return rows
    states = population.un_votes.size
    convenor = population.ids.index(code.convenor)
    rows[0, :states] = closeness_of_states(tuple(population.un_votes.tolist()), convenor)
    if code.convenor_club is not None:
        rows[1, :states] = population.memberships[code.convenor_club]
    bloc = population.memberships[BLOC_COLUMN]
    rows[2, :states] = bloc * bloc[convenor]
    return rows


class Changes(NamedTuple):
    """What events make of dials: from the *place* of a round on, counted from the first, the dial
    in *column* has this *value*, in the order of rounds.
    """

    place: np.ndarray[Any, Any]
    column: np.ndarray[Any, Any]
    value: np.ndarray[Any, Any]

    @classmethod
    def from_scenario(cls, scenario: Scenario) -> Changes:
        """Those of *scenario*."""
        events = sorted(
            (event for event in scenario.events if event.what == "dial"),
            key=lambda event: event.round,
        )
        return cls(
            np.array([event.round - scenario.first_round for event in events], np.int64),
            np.array([getattr(AT, event.name) for event in events], np.int64),
            np.array([event.value for event in events], np.float64),
        )

    def schedule(self, dials: np.ndarray[Any, Any], rounds: int) -> np.ndarray[Any, Any]:
        """[rounds, dials] the value of every dial in every round: as in *dials*, until an event
        changes it.
        """
        schedule = np.tile(dials, (rounds, 1))
        for place, column, value in zip(*self, strict=True):
            schedule[place:, column] = value
        return schedule


def dial_vector(scenario: Scenario) -> np.ndarray[Any, Any]:
    """[dials] the value of every dial before any event."""
    return np.array([scenario.parameters[name] for name in DIALS])


def dial_schedule(scenario: Scenario) -> np.ndarray[Any, Any]:
    """[R, dials] the value of every dial in every round, first_round to last_round."""
    rounds = scenario.last_round - scenario.first_round + 1
    return Changes.from_scenario(scenario).schedule(dial_vector(scenario), rounds)


def draw_rows(scenario: Scenario) -> np.ndarray[Any, Any]:
    """[draws, dials] the weights of each draw, and nan for all dials that no draw or an event of
    the scenario sets; no row without draws.
    """
    columns = scenario.draws_of_weights
    of_events = {event.name for event in scenario.events if event.what == "dial"}
    rows = np.full((len(next(iter(columns.values()), ())), len(DIALS)), np.nan)
    for dial, values in columns.items():
        if dial not in of_events:
            rows[:, getattr(AT, dial)] = values
    return rows


def rival_draw_rows(scenario: Scenario) -> np.ndarray[Any, Any]:
    """[draws, dials] the weights of each draw that an open second code has for itself, nan for all
    other dials; no row without draws.
    """
    rival = scenario.open_rival
    columns = (
        rival.own_draws(scenario.code, scenario.weights_file) if rival and scenario.draws else {}
    )
    rows = np.full((len(next(iter(columns.values()), ())), len(DIALS)), np.nan)
    for dial, values in columns.items():
        rows[:, getattr(AT, dial)] = values
    return rows


def event_arrays(population: Population, scenario: Scenario) -> EventArrays:
    """The choices, conduct, changes of traits and outreach of *scenario* and of its second code
    where that is open, one row per stakeholder concerned, ordered by round.
    """
    rival = scenario.open_rival
    about_people = [event for event in scenario.events if event.what != "dial"]
    parts = [np.empty((0, len(EventArrays._fields)))]
    for code, events in enumerate((about_people, rival.events if rival else ())):
        changes = [
            (event, np.array(stakeholders_in(population, event), np.int64)) for event in events
        ]
        for event, who in changes:
            what = {
                "choice": CHOICE,
                "trait": TRAIT_CHANGE,
                "outreach": OUTREACH,
                "conduct": CONDUCT,
            }[event.what]
            trait = TRAITS.index(event.name) if event.what == "trait" else 0
            parts.append(
                _rows(event.round, what, code, who, trait, float(event.value), float(event.earnest))
            )
            if event.until is not None:
                after = values_after(population, changes, event, event.until + 1, who)
                parts.append(_rows(event.until + 1, what, code, who, trait, after, 1.0))
    table = np.concatenate(parts)
    table = table[np.argsort(table[:, 0], kind="stable")]
    kinds = [np.float64 if name == "value" else np.int64 for name in EventArrays._fields]
    return EventArrays(
        *(np.ascontiguousarray(table[:, j], dtype=kind) for j, kind in enumerate(kinds))
    )


def _rows(
    round_number: int,
    what: int,
    code: int,
    who: Numbers,
    trait: int,
    value: float | Floats,
    earnest: float,
) -> Floats:
    """A row of `EventArrays` for each of *who*, under one code."""
    columns = np.broadcast_arrays(
        float(round_number), float(what), float(code), who, float(trait), value, earnest
    )
    return np.column_stack(columns)


def values_after(
    population: Population,
    changes: list[tuple[Event, Numbers]],
    change: Event,
    round_number: int,
    who: Numbers,
) -> Floats:
    """The trait or outreach of each of *who* in the round after *change* ended: as the latest of
    *changes* that holds then says, else its value at the start.
    """
    values = population.trait(change.name)[who] if change.what == "trait" else np.zeros(len(who))
    for event, others in changes:
        holds = event.round <= round_number and (event.until is None or event.until >= round_number)
        if (event.what, event.name) == (change.what, change.name) and holds:
            values[np.isin(who, others)] = event.value
    return values


def engine_arrays(
    scenario: Scenario, measures: Measures = STRICT
) -> tuple[Population, PopulationArrays, CodeArrays, np.ndarray[Any, Any], EventArrays]:
    """Everything that `rounds.play` needs beside a seed, the traits of states from *measures*."""
    population = build(scenario.parameters, measures, scenario.facts)
    return (
        population,
        population_arrays(population, scenario),
        codes_beside(population, scenario),
        dial_schedule(scenario),
        event_arrays(population, scenario),
    )
