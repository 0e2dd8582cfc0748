"""Disclosure control: which parts of conduct may be told of one run, or of the difference between
two, without telling the conduct of a single stakeholder.

The rule is that of official statistics for tables about enterprises (Hundepool et al. 2012,
*Statistical Disclosure Control*): a cell is withheld where fewer than three contribute, or one
contributes more than all others together. Nor may a withheld cell follow from others: the groups
that are withheld are so many that their sum, which is all less the rest, obeys the rule too;
otherwise nothing is told of all together.

It guards what a page, a file or a sentence shows. Whoever subtracts one answer from another, or
asks the library for conduct by name, does so knowingly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.engine.arrays import TRAIT_CHANGE, EventArrays, PopulationArrays
from sim.experiments.outcomes import ALL
from sim.facts.facts import EVERY
from sim.findings import ASSUMED, Finding, Verdict
from sim.kinds_and_statuses import GROUPS, TRAITS
from sim.scenario import Event, Scenario

if TYPE_CHECKING:
    from sim.results.run import Run

FEWEST = 3
OFFENCE = TRAITS.index("offence")
PARTS = (*GROUPS, ALL)
EVERYTHING = frozenset(PARTS)
PRACTICES = ("lapses", "protection")  # outcomes that rest on practices alone

Array = NDArray[np.float64]
OutcomeFinding = TypeVar("OutcomeFinding", bound=Finding)


class Withheld(NamedTuple):
    """The parts, groups or all, that are withheld: of conduct, and of what rests on practices
    alone, which is withheld where either would be one stakeholder's.
    """

    conduct: frozenset[str] = frozenset()
    practices: frozenset[str] = frozenset()

    def of(self, outcome: str) -> frozenset[str]:
        """The parts of one *outcome* of conduct that are withheld."""
        return self.practices if outcome in PRACTICES else self.conduct

    def and_of(self, other: Withheld) -> Withheld:
        """What either withholds."""
        return Withheld(self.conduct | other.conduct, self.practices | other.practices)


def withheld(run: Run) -> Withheld:
    """The parts of conduct (groups, or all) that would be one stakeholder's in *run*: where few
    undertake operations or neglect practices, or where few with means are ever bound by the code.
    """
    members = _members(run)
    group, has_name = _of_all(members.values())
    numbers = np.array(
        [(each.operations.sum(), each.months.sum(), each.lapses.sum()) for each in members.values()]
    ).T
    return _withheld(group, has_name, numbers)


def withheld_between(first: Run, second: Run) -> Withheld:
    """The parts of conduct whose difference between two runs would be one stakeholder's, by who
    changes, whatever dials differ beside it; everything where the runs differ by what one or two
    do, are, or heed, and nothing where both are of one scenario.

    What everybody is told is who is named, and who signs or leaves otherwise than before. One of
    these would be told apart whose operations, those that it undertakes while it is bound, or
    neglected practices change by more than those of all others together.
    """
    if first.scenario == second.scenario:
        return Withheld()
    names = _names_that_differ(first, second)
    if 0 < len(names) < FEWEST:
        return Withheld(EVERYTHING, EVERYTHING)
    ours, theirs = _members(first), _members(second)
    pairs = {who: (ours.get(who), theirs.get(who)) for who in dict.fromkeys([*ours, *theirs])}
    group, has_name = _of_all({**ours, **theirs}.values())
    is_known = has_name & [_is_known(who, pair, names) for who, pair in pairs.items()]
    changes = np.abs([_change(*pair) for pair in pairs.values()]).T
    return _withheld(group, is_known, changes)


def without_untold(
    findings: Iterable[OutcomeFinding], untold: Withheld
) -> tuple[OutcomeFinding, ...]:
    """*findings* on outcomes, without the ends of what of conduct is *untold*."""
    return tuple(
        replace(each, fits=None, verdict=Verdict.WITHHELD)
        if each.basis == ASSUMED and each.part in untold.of(each.measure)
        else each
        for each in findings
    )


def differ_by_few(first: Scenario, second: Scenario) -> bool:
    """Whether two scenarios differ by what one or two do, are, or heed, so that a difference in
    conduct between their worlds would be theirs; also where ties of one's own differ, of which
    nobody can tell before they are simulated whose they are.
    """
    names = _names_of_scenarios(first, second)
    return 0 < len(names) < FEWEST or first.ties != second.ties


def bound_by_few(
    population: PopulationArrays,
    events: EventArrays,
    signed: NDArray[np.int16],
    left: NDArray[np.int16],
    last: int,
) -> NDArray[np.bool_]:
    """[Q, PARTS] where in a world one or two in a part have means to act against a code, or where
    one or two who have are ever bound by the first one, or one for longer than all others together,
    so that conduct there would be theirs.

    *signed* and *left* [Q, K] are the rounds in which those on record do, and *last* the last one.
    """
    people = population.on_record
    able = _with_means(population, events)[people].astype(np.float64)
    months = np.maximum(np.clip(left, 0, last + 1) - np.clip(signed, 0, last + 1), 0) * able
    group = population.people.group[people]
    few = np.zeros((len(signed), len(PARTS)), dtype=bool)
    for world, of_world in enumerate(months):
        parts = _parts(group, (of_world, of_world), (able, able))
        few[world] = [part in parts for part in PARTS]
    return few


def _with_means(population: PopulationArrays, events: EventArrays) -> NDArray[np.bool_]:
    """[N] who has means to act against a code in some month from the launch on."""
    offence = population.traits[OFFENCE].copy()
    of_offence = (events.what == TRAIT_CHANGE) & (events.name == OFFENCE)
    of_campaign = of_offence & (events.round <= 0)
    for who, value in zip(events.who[of_campaign], events.value[of_campaign], strict=True):
        offence[who] = value
    is_able = offence > 0.0
    is_able[events.who[of_offence & (events.round > 0) & (events.value > 0.0)]] = True
    is_able[np.setdiff1d(population.everybody, population.with_means)] = False
    return is_able


def _withheld(group: NDArray[np.int64], is_known: NDArray[np.bool_], numbers: Array) -> Withheld:
    """What is withheld by the *numbers* [3, N] that each contributes to conduct, twice, and to
    neglected practices.
    """
    of_actions, of_members, of_practices = (
        (each, np.where(is_known, each, 0.0)) for each in numbers
    )
    conduct = _parts(group, of_actions, of_members)
    return Withheld(conduct, conduct | _parts(group, of_practices))


def _parts(group: NDArray[np.int64], *contributions: tuple[Array, Array]) -> frozenset[str]:
    """The parts that are withheld by some *contributions*: what each stakeholder, one of the
    *group* at its place, contributes, and the same of those whom one could tell apart.
    """

    def fails(members: NDArray[np.bool_]) -> bool:
        return any(_gives_away(each[members], apart[members]) for each, apart in contributions)

    places = {name: group == place for place, name in enumerate(GROUPS)}
    parts = {name for name, members in places.items() if fails(members)}
    if fails(np.ones(group.size, dtype=bool)):
        return frozenset(parts | {ALL})
    sizes = {name: max(float(each[of].sum()) for each, _ in contributions)
             for name, of in places.items()}  # fmt: skip
    others = sorted(set(GROUPS) - parts, key=lambda name: -sizes[name])
    while parts and others and fails(np.isin(group, [GROUPS.index(name) for name in parts])):
        parts.add(others.pop(0))
    return frozenset(parts)


def _gives_away(all_of: Array, apart: Array) -> bool:
    """Whether, of what *all_of* a part contribute, one of those who may be told *apart* contributes
    more than all others together, or is one of fewer than three.
    """
    largest = float(apart.max(initial=0.0))
    few = np.count_nonzero(all_of) < FEWEST
    return largest > 0 and (bool(few) or 2 * largest > float(all_of.sum()))


class _Member(NamedTuple):
    """One stakeholder in the W worlds in which conduct is counted: its group, its home, whether it
    goes by a real name, when it signed and left each code [C, 2, W], its operations [W], the
    practices that it neglected [W], and for how many months it was bound by the first code with
    means to act against it [W].
    """

    group: int
    home: str
    has_name: bool
    dates: NDArray[np.int16]
    operations: Array
    lapses: Array
    months: Array


Pair = tuple[_Member | None, _Member | None]  # one stakeholder in two runs


def _members(run: Run) -> dict[str, _Member]:
    """Everybody on record, by id."""
    population, arrays = run.setting.population, run.setting.population_arrays
    output, last = run.conduct_worlds.worlds, run.scenario.last_round + 1
    dates = np.stack([output.signed_round, output.left_round]).transpose(2, 0, 1, 3)
    signed, left = (
        np.clip(each[:, 0].astype(np.int64), 0, last)
        for each in (output.signed_round, output.left_round)
    )
    months = np.maximum(left - signed, 0).astype(np.float64)
    able = _with_means(arrays, run.setting.events)[arrays.on_record]
    undertaken, lapses = output.undertaken.astype(np.float64), output.lapses.astype(np.float64)
    return {
        population.ids[place]: _Member(
            int(arrays.people.group[place]),
            population.home_iso3[place],
            bool(population.has_name[place]),
            dates[..., column],
            undertaken[:, column],
            lapses[:, column],
            months[:, column] * able[column],
        )
        for column, place in enumerate(arrays.on_record.tolist())
    }


def _of_all(members: Iterable[_Member]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The group of each, and whether it goes by a real name."""
    rows = [(each.group, each.has_name) for each in members]
    group, has_name = zip(*rows, strict=True)
    return np.array(group, dtype=np.int64), np.array(has_name, dtype=bool)


def _is_known(who: str, pair: Pair, names: frozenset[str]) -> bool:
    """Whether one is known to differ: it is in one run alone, one of the *names* is its own or its
    home's, or it signs or leaves otherwise in some world a code that both runs have.
    """
    here, there = pair
    if here is None or there is None or not names.isdisjoint({who, here.home, there.home}):
        return True
    codes = min(len(here.dates), len(there.dates))
    return bool((here.dates[:codes] != there.dates[:codes]).any())


def _change(here: _Member | None, there: _Member | None) -> Array:
    """[3] by how much the two differ in what `_contributions` are."""
    return _contributions(there) - _contributions(here)


def _contributions(member: _Member | None) -> Array:
    """[3] in all worlds together: the operations of one, those that fall to the months in which it
    is bound, if all months have as many, and the practices that it neglects.
    """
    if member is None:
        return np.zeros(3)
    of_bound = member.operations @ member.months
    return np.array([member.operations.sum(), of_bound, member.lapses.sum()])


def _names_that_differ(first: Run, second: Run) -> frozenset[str]:
    """The ids of stakeholders of whom one scenario says something else than the other: in events,
    in facts of their own or of their home, or in their ties.
    """
    names = set(_names_of_scenarios(first.scenario, second.scenario))
    if first.scenario.ties != second.scenario.ties:
        ties = [set(run.ties().itertuples(index=False, name=None)) for run in (first, second)]
        names |= {source for source, _, _ in ties[0] ^ ties[1]}
    return frozenset(names)


def _names_of_scenarios(first: Scenario, second: Scenario) -> frozenset[str]:
    """The ids of those of whom events or facts of one scenario say something else than those of the
    other. Who is only approached is none of them, nor who is meant as one of a kind.
    """
    events = _events_by_name(first) ^ _events_by_name(second)
    names = {who for _, event in events for who in event.who if not who.startswith(EVERY)}
    return first.facts.differences(second.facts) | names


def _events_by_name(scenario: Scenario) -> set[tuple[int, Event]]:
    rival = scenario.open_rival.events if scenario.open_rival else ()
    return {
        (number, event)
        for number, events in enumerate((scenario.events, rival))
        for event in events
        if event.what in ("choice", "conduct", "trait")
    }
