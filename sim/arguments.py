"""Arguments of runs and experiments: defaults, ranges, and the reading of scenarios, rounds and
stakeholders.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.errors import InputError, nearest
from sim.lenses import lens_named
from sim.reading import as_date, as_whole, check_whole, literal
from sim.scenario import Event, Scenario, load
from sim.scenario.calendar import dates_within, round_within
from sim.scenario.event import kind_of, stakeholder_named
from sim.scenario.files import DEFAULT

if TYPE_CHECKING:
    from sim.population import Population  # which takes the numerical packages to start


class Default(NamedTuple):
    """The value of an argument that nobody gives, at the command line and in Python, and on a page;
    *why* they differ.
    """

    command: Any
    page: Any
    why: str = ""


# The one table of defaults, which commands, functions and pages use. Worlds and replicates are the
# same.
LAUNCH = 0  # the round
DEFAULTS: Mapping[str, Default] = MappingProxyType(
    {
        "scenario": Default(DEFAULT, DEFAULT),
        "seed": Default(1, 1),
        "worlds": Default(200, 50, "a page answers while a dial is dragged"),
        "round": Default(
            LAUNCH, None, "a page opens at the end of the curves, which is its last round"
        ),
        "worlds of talks": Default(200, 200),
        "sets of assumptions about talks": Default(100, 100),
        "worlds of talks, in each set of assumptions": Default(20, 20),
        "worlds of pivots": Default(50, 50),
        "worlds of outreach": Default(
            60, 50, "a page asks all of its questions in the same worlds"
        ),
        "worlds of a frontier": Default(200, 20, "a page draws one for each text that is tried"),
        "worlds of a sweep, at each point": Default(20, 10, "a page sweeps while one waits"),
        "minutes of a class session": Default("50", "50"),
        "seats of a class session": Default(12, 12),
        "rule of a class's talks": Default("two-thirds", "two-thirds"),
    }
)

REPLICATES, SEED = DEFAULTS["worlds"].command, DEFAULTS["seed"].command
PIVOTS, PIVOTS_REPLICATES = (
    40,
    DEFAULTS["worlds of pivots"].command,
)  # half a minute on two processors
DEPTHS, MOST_DEPTHS = 50, 1000  # a minute on two processors
APPROACHES, OUTREACH_REPLICATES = 20, DEFAULTS["worlds of outreach"].command  # less than a minute
# a few seconds for the twenty-five seats of a group of experts
POINTS_OF_TALKS = DEFAULTS["sets of assumptions about talks"].command
WORLDS_OF_POINT = DEFAULTS["worlds of talks, in each set of assumptions"].command
LEAST_POINTS, MOST_POINTS = 2, 10_000
THREADS = "threads"  # who plays the chunks of a sweep, where nobody else is named
DRAWS = "draws"  # weights: each world has those of one draw
MONTHS = 3
# a rate a month: nine in ten take a matter up within three months, as 1 - exp(-3 x 0.8) is 0.91
STRENGTH = 0.8
MOST_REPLICATES = 100_000  # about seven gigabytes of record
MOST_WORKERS = 1024
LARGEST_SEED = 2**63 - 1  # the largest that random streams take


def check_replicates(value: Any, name: str = "replicates") -> int:
    """*value* as a number of replicates; InputError that begins with *name* otherwise, as for all
    below.
    """
    return check_whole(value, 1, MOST_REPLICATES, name)


def check_points(value: Any, name: str = "points") -> int:
    """*value* as a number of sets of assumptions about talks."""
    return check_whole(value, LEAST_POINTS, MOST_POINTS, name)


def check_seed(value: Any, name: str = "seed") -> int:
    """*value* as a seed."""
    return check_whole(value, 0, LARGEST_SEED, name)


def check_conduct_seed(value: Any, name: str = "conduct_seed") -> int | None:
    """*value* as the seed of conduct, or None for that of all else."""
    return None if value is None else check_seed(value, name)


def check_workers(value: Any, name: str = "workers") -> int | None:
    """*value* as a number of threads, or None for one per processor."""
    return None if value is None else check_whole(value, 1, MOST_WORKERS, name)


def as_scenario(scenario: str | Path | Scenario, facts: Any = None, ties: Any = None) -> Scenario:
    """*scenario* itself, or the one of that name or path, in the world of *facts* and *ties*
    (`parley.load`), where they are given.
    """
    if not isinstance(scenario, Scenario):
        return load(scenario, facts=facts, ties=ties)
    return scenario if facts is None and ties is None else scenario.with_facts(facts, ties)


def check_shipped_facts(scenario: Scenario, where: str) -> None:
    """InputError that begins with *where* if *scenario* has facts or ties of one's own, or a scaled
    population: evidence is about the register, whose states are those that ship.
    """
    scale = scenario.parameters.population_scale
    if scale != 1.0:
        raise InputError(
            f"{where}: population_scale is {scale:g}, expected 1, as fits and evidence use no other"
        )
    if scenario.facts.own or scenario.ties is not None:
        own = f"the facts {scenario.facts.label}" if scenario.facts.own else "ties of one's own"
        raise InputError(
            f"{where}: found {own}, expected those that ship, as fits and evidence use no other"
        )


def check_one_code(scenario: Scenario, where: str) -> None:
    """InputError that begins with *where* if a second code is open in *scenario*."""
    if scenario.open_rival is not None:
        expected = "the first alone, as with rival_open 0"
        raise InputError(
            f"{where}: found a second code open in {scenario.name}, expected {expected}"
        )


def scenario_with_changes(
    scenario: str | Path | Scenario,
    set: Mapping[str, Any] | None,
    events: Iterable[Event | Mapping[str, Any]],
    choices: Mapping[str, Any] | None,
    lens: str | None,
    weights: str | None = None,
    facts: Any = None,
    ties: Any = None,
) -> Scenario:
    """*scenario* under *lens* (None: its own), changed as the arguments of `parley.run` say."""
    loaded = as_scenario(scenario, facts, ties)
    under_lens = loaded if lens is None else loaded.with_lens(lens_named(lens, "lens").name)
    return with_weights(under_lens.with_changes(set=set, events=events, choices=choices), weights)


def with_weights(scenario: Scenario, weights: Any, name: str = "weights") -> Scenario:
    """*scenario* with its own *weights* (None), or one draw of them in each world (DRAWS).
    InputError that begins with *name* for anything else, or where the weights have no draws.
    """
    if weights is None:
        return scenario
    if not isinstance(weights, str) or weights != DRAWS:
        raise InputError(f"{name} is {literal(weights)}, expected {DRAWS!r}")
    under_draws = scenario.with_draws()
    under_draws.draws_of_weights  # noqa: B018 - an error of the file is told before anything is simulated
    return under_draws


def starting_round(
    scenario: Scenario,
    from_round: Any = None,
    day: Any = None,
    names: tuple[str, str] = ("from_round", "date"),
) -> int:
    """The round *from_round*, or the one that contains *day*; the launch where both are None.

    InputError, with *names* for the two arguments, where it is not in *scenario*.
    """
    first, last, launch = scenario.first_round, scenario.last_round, scenario.code.launch
    if day is None:
        return LAUNCH if from_round is None else check_whole(from_round, first, last, names[0])
    if from_round is not None:
        raise InputError(f"{names[1]}: found {names[0]} beside it, expected one of the two")
    as_day = as_date(day)
    number = None if as_day is None else round_within(launch, as_day, first, last)
    if number is None:
        expected = f"a date such as {launch}, {dates_within(launch, first, last)}"
        raise InputError(f"{names[1]} is {literal(day)}, expected {expected}")
    return number


def check_round(scenario: Scenario, value: Any, name: str = "round") -> int:
    """The round of *value*: a number, a date in it, either as a text, or None for the launch.

    InputError that begins with *name* where it is not in *scenario*.
    """
    if value is None:
        return LAUNCH
    first, last, launch = scenario.first_round, scenario.last_round, scenario.code.launch
    day = as_date(value)
    number = _whole(value) if day is None else round_within(launch, day, first, last)
    if number is None or not first <= number <= last:
        expected = (
            f"a whole number from {first} to {last}, or a date {dates_within(launch, first, last)}"
        )
        raise InputError(
            f"{name} is {literal(value if number is None else number)}, expected {expected}"
        )
    return number


def _whole(value: Any) -> int | None:
    """*value*, a number or a text, as a whole number; None where it is none."""
    if isinstance(value, bool):
        return None
    try:
        return int(value) if isinstance(value, str) else as_whole(value)
    except ValueError:
        return None


def check_signers(scenario: Scenario, names: Iterable[str], where: str = "who") -> list[str]:
    """The ids of the stakeholders *names*, all of which may sign; InputError beginning with *where*
    otherwise.
    """
    signers: list[str] = []
    for name in names:
        who = stakeholder_named(name, where, scenario.facts)
        if kind_of(who, scenario.facts) not in scenario.code.may_sign:
            expected = f"one of those who may sign this code ({', '.join(scenario.code.may_sign)})"
            raise InputError(f"{where}: found {who}, expected {expected}")
        if who in signers:
            raise InputError(f"{where}: found {who} twice, expected each once")
        signers.append(who)
    if not signers:
        raise InputError(f"{where}: found nobody, expected at least one state, firm or NGO")
    return signers


def column_of(on_record: Any, population: Population, who: str, where: str) -> int:
    """The column of *who*, an id, in the dates of those *on_record*, an array of places; InputError
    beginning with *where* for one of a scaled population of whom no dates are kept.
    """
    place = population.ids.index(who)
    column = int(on_record.searchsorted(place))
    if column == len(on_record) or on_record[column] != place:
        expected = "a state, or a firm or NGO with a name or with offensive means"
        raise InputError(
            f"{where}: of {who} no dates are kept in a scaled population, expected {expected}"
        )
    return column


def place_of(population: Population, who: str, where: str) -> int:
    """The place of *who*, an id, in *population*; InputError beginning with *where* for a potential
    one beyond the last of its home.
    """
    if who not in population.ids:
        hint = nearest(who, population.ids.alike(who))
        expected = f"a firm or an NGO that its home country is large enough for{hint}"
        raise InputError(f"{where}: there is no stakeholder {who!r}, expected {expected}")
    return population.ids.index(who)
