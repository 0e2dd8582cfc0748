"""Replicates of a setting: one, played round by round, or many, on as many threads as there are
workers.

Draws are keyed by the replicate's number, so neither chunks nor workers change any result; compiled
code runs without the interpreter's lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.engine import rounds as engine
from sim.engine.arrays import (
    SIGNED,
    CodeArrays,
    EventArrays,
    PopulationArrays,
    empty_variables,
    group_sizes,
)
from sim.engine.build import (
    codes_beside,
    dial_schedule,
    draw_rows,
    engine_arrays,
    event_arrays,
    rival_draw_rows,
)
from sim.engine.build_population import Grounds
from sim.engine.outputs import (
    CODE_COLUMNS,
    NO_SHADOW,
    WORLD_COLUMNS,
    Output,
    Shadow,
    Signatures,
    empty_output,
    empty_signatures,
    without_counts,
)
from sim.engine.rule import Rule, with_rule
from sim.errors import InputError
from sim.experiments.outcomes import Array
from sim.parameters import DIALS
from sim.population import STRICT, Measures, Population, build
from sim.reading import Section, check_whole
from sim.request import Request
from sim.scenario import Scenario
from sim.scenario.event import read_events
from sim.scenario.text_talks import KEY, TABLED
from sim.threads import Progress, in_threads, usable_processors

CHUNK = 25  # most replicates between two reports of progress
CHUNKS_EACH = (
    2  # of a worker at least, so that a processor that is busy elsewhere leaves some to the others
)

Numbers = NDArray[np.int64]  # of replicates, from 0 on
Table = Mapping[str, Any]  # an event as [[events]] of a scenario file writes it
Result = TypeVar("Result")
NO_DRAWS = np.empty((0, len(DIALS)))


class Setting(NamedTuple):
    """Everything that a scenario fixes before anything is drawn at random. *draws* [draws, dials]
    has other values for each world in turn, of weights or of assumptions, nan where the schedule
    holds; no row where all worlds have the same. *texts* has the codes of each world in turn where
    their texts differ, None where no code opens. *rival_draws* are those of the weights that a
    second code has for itself. *conduct_seed* is that of what is done, None for that of all draws.
    """

    population: Population
    population_arrays: PopulationArrays
    codes: CodeArrays
    schedule: np.ndarray[Any, Any]
    events: EventArrays
    first_round: int
    draws: np.ndarray[Any, Any] = NO_DRAWS
    texts: tuple[CodeArrays | None, ...] = ()
    code_is_open: bool = True
    rival_draws: np.ndarray[Any, Any] = NO_DRAWS
    conduct_seed: int | None = None

    @classmethod
    def from_scenario(
        cls, scenario: Scenario, measures: Measures = STRICT, with_talks: bool = False
    ) -> Setting:
        """The arrays of *scenario*, the traits of states from *measures*. InputError where talks
        decide on its text, unless they are taken care of elsewhere (*with_talks*).
        """
        if not with_talks:
            check_text(scenario)
        setting = cls(*engine_arrays(scenario, measures), scenario.first_round, draw_rows(scenario))
        return setting._replace(rival_draws=rival_draw_rows(scenario))

    def of_replicate(self, number: int) -> Setting:
        """This setting under the weights and the text of the replicate *number*."""
        setting = self
        if self.texts:
            codes = self.texts[number % len(self.texts)]
            setting = self._replace(
                texts=(), codes=codes or self.codes, code_is_open=codes is not None
            )
        if len(self.draws) == 0:
            return setting
        row = self.draws[number % len(self.draws)]
        if len(self.rival_draws):
            weights = np.stack(
                [self.codes.weights[0], self.rival_draws[number % len(self.rival_draws)]]
            )
            setting = setting._replace(codes=setting.codes._replace(weights=weights))
        return setting._replace(
            schedule=np.where(np.isnan(row), self.schedule, row), draws=NO_DRAWS
        )

    def schedules(self, numbers: Numbers) -> np.ndarray[Any, Any]:
        """[1 or as many, R, dials] the dials of all of these replicates where they are the same,
        else those of each.
        """
        if len(self.draws) == 0:
            return self.schedule[None]
        rows = self.draws[numbers % len(self.draws), None]
        return np.where(np.isnan(rows), self.schedule, rows)

    @property
    def codes_differ(self) -> bool:
        """Whether worlds have texts of their own, or a second code with weights of its own."""
        return len(self.texts) > 0 or len(self.rival_draws) > 0

    @property
    def group_sizes(self) -> np.ndarray[Any, Any]:
        """[5] how many stakeholders each of kinds_and_statuses.GROUPS has, as `group_sizes`
        counts.
        """
        return group_sizes(self.population_arrays)

    def with_events(self, scenario: Scenario, events: Iterable[Table]) -> Setting:
        """This setting of *scenario* with choices or outreach added, which overrule others of the
        same round.

        Only the events are read, since composing the whole scenario again would take as long as
        playing it.
        """
        sections = [
            Section(table, "events", "events", number)
            for number, table in enumerate(events, start=1)
        ]
        extra = read_events(
            sections, scenario.code, scenario.first_round, scenario.last_round, scenario.facts
        )
        by_round = sorted((*scenario.events, *extra), key=lambda event: event.round)
        return self._replace(
            events=event_arrays(self.population, replace(scenario, events=tuple(by_round)))
        )

    def under(self, scenario: Scenario, before: Scenario) -> Setting:
        """That of *scenario*, where this one is of *before*, in worlds under which nobody has
        measures of their own. Stakeholders and ties are built anew only where they may differ.
        """
        population = build(scenario.parameters, STRICT, scenario.facts)
        if population is not self.population or Grounds.of(population, scenario) != Grounds.of(
            population, before
        ):
            return Setting.from_scenario(scenario)
        check_text(scenario)
        return Setting(
            population,
            self.population_arrays,
            codes_beside(population, scenario),
            dial_schedule(scenario),
            event_arrays(population, scenario),
            scenario.first_round,
            draw_rows(scenario),
            rival_draws=rival_draw_rows(scenario),
        )

    def until(self, last: int) -> Setting:
        """This setting, cut off after round *last*."""
        return self._replace(schedule=self.schedule[: last - self.first_round + 1])


def check_text(scenario: Scenario) -> None:
    """InputError where talks decide on the text of *scenario*, which then differs between its
    worlds.
    """
    if scenario.talks is not None and scenario.talks.decides:
        expected = f'one text for all, as with text = "{TABLED}" in its table [{KEY}]'
        raise InputError(
            f"{scenario.name}: found talks that decide on its text in each world, expected"
            f" {expected}"
        )


class Playable(Protocol):
    """What a replicate needs of a setting: constant arrays, dials by round (the last row holds for
    all later rounds), events, and the number of the first round.
    """

    @property
    def population_arrays(self) -> PopulationArrays:
        """The stakeholders and their ties."""

    @property
    def codes(self) -> CodeArrays:
        """The codes."""

    @property
    def schedule(self) -> np.ndarray[Any, Any]:
        """[rounds, dials]."""

    @property
    def events(self) -> EventArrays:
        """The events of all rounds."""

    @property
    def first_round(self) -> int:
        """The round of the first row of the schedule."""

    @property
    def code_is_open(self) -> bool:
        """Whether anybody may sign at all."""

    @property
    def conduct_seed(self) -> int | None:
        """The seed of what is done, None for that of all draws."""


class Replicate:
    """One replicate, played round by round. Its arrays (`state`) may be read between rounds, and
    changed by the functions of `sim.engine.membership`; after any other change call
    `sim.engine.arrays.forget`.

    number: from 0 on, as draws are keyed (elsewhere people see numbers from 1 on). rule: a decision
    rule in place of `sim.theory.signing.chance_of_signing`. state: the arrays of another replicate
    of these codes, to be used anew.
    """

    def __init__(
        self, setting: Playable, seed: int, number: int, rule: Rule | None = None, state: Any = None
    ) -> None:
        self.setting, self.seed, self.number, self.rule = setting, seed, number, rule
        self.state: Any = (
            empty_variables(setting.population_arrays, setting.codes) if state is None else state
        )
        own = setting.conduct_seed
        self._conduct_seed = seed if own is None else own
        self._one_round = with_rule(engine.one_round, rule)
        engine.start(setting.population_arrays, self.state, setting.schedule[0], seed, number)

    @property
    def rounds(self) -> range:
        """The rounds that the schedule has."""
        return range(
            self.setting.first_round, self.setting.first_round + len(self.setting.schedule)
        )

    def dials(self, t: int) -> Array:
        """[dials] their values in round *t*."""
        schedule = self.setting.schedule
        dials: Array = schedule[min(t - self.setting.first_round, len(schedule) - 1)]
        return dials

    def play(self, t: int, stages: engine.Stages = engine.ALL_STAGES) -> Array:
        """Play round *t*, or some *stages* of it; returns [world columns] the counts made by the
        stages themselves.
        """
        setting, counts = self.setting, np.zeros(len(WORLD_COLUMNS))
        self._one_round(
            setting.population_arrays,
            setting.codes,
            self.state,
            self.dials(t),
            setting.events,
            self.seed,
            self._conduct_seed,
            self.number,
            t,
            setting.code_is_open,
            stages,
            counts,
        )
        return counts

    def count(self, t: int, worldwide: Array) -> Array:
        """Add to *worldwide* [world columns] what is counted when round *t* is over; returns [code
        columns] the counts of the first code.
        """
        setting = self.setting
        per_code = np.zeros((setting.codes.may_sign.shape[0], len(CODE_COLUMNS)))
        engine.count_round(
            setting.population_arrays,
            setting.codes,
            self.state,
            self.dials(t),
            t,
            per_code,
            worldwide,
        )
        return per_code[0]

    def play_until(self, last: int) -> tuple[Array, Array]:
        """Play from the start to round *last* in the compiled loop, which leaves the state that the
        same rounds one by one do. Returns [rounds, code columns] and [rounds, world columns], the
        counts of each.
        """
        setting = self.setting
        schedule = setting.schedule[: last - setting.first_round + 1]
        codes, people = setting.codes.may_sign.shape[0], setting.population_arrays.everybody.size
        out = empty_output(1, len(schedule), codes, people)
        self._play(schedule, engine.ALL_STAGES, out)
        return out.per_code[0, :, 0], out.worldwide[0]

    def play_signing_before(self, t: int) -> None:
        """Play from the start until round *t* begins in the compiled loop, without practices and
        protection, on which no signature depends.
        """
        schedule = self.setting.schedule[: max(0, t - self.setting.first_round)]
        if len(schedule) > 0:
            self._play(
                schedule,
                engine.SIGNING_STAGES,
                without_counts(empty_signatures(1, len(schedule), 0)),
            )

    def _play(self, schedule: Array, stages: engine.Stages, out: Output) -> None:
        """Play the rounds of *schedule* from the start in the compiled loop, which fills *out*."""
        setting = self.setting
        with_rule(engine.play, self.rule)(
            setting.population_arrays,
            setting.codes,
            self.state,
            schedule[None],
            setting.events,
            self.seed,
            self._conduct_seed,
            self.number,
            self.number + 1,
            setting.first_round,
            setting.code_is_open,
            stages,
            NO_SHADOW,
            out,
        )


Arrays = TypeVar("Arrays")


class Observer(Protocol[Arrays]):
    """What to record of replicates, and how to play them for that."""

    def empty(self, setting: Setting, numbers: Numbers) -> Arrays:
        """Empty arrays, or a list, with a place for each of these replicates."""

    def play(
        self,
        setting: Setting,
        numbers: Numbers,
        seed: int,
        rule: Rule | None,
        part: slice,
        into: Arrays,
    ) -> None:
        """Play one *part* of the replicates *numbers*, and fill the same part of *into*."""


class AllOutputs(NamedTuple):
    """Records all counts of each round and, *with_dates*, those of all on record (Output), in the
    compiled loop `engine.play`.

    Where the code is not open nobody signs; *shadow* then says whose conduct is counted apart.
    """

    stages: engine.Stages = engine.ALL_STAGES
    code_is_open: bool = True
    shadow: Shadow = NO_SHADOW
    with_dates: bool = True

    def empty(self, setting: Setting, numbers: Numbers) -> Output:
        """Zeroed arrays."""
        people = setting.population_arrays.on_record.size if self.with_dates else 0
        return empty_output(
            len(numbers),
            len(setting.schedule),
            setting.codes.traits.size,
            people,
            people if self.stages.practices else 0,
        )

    def play(
        self,
        setting: Setting,
        numbers: Numbers,
        seed: int,
        rule: Rule | None,
        part: slice,
        into: Output,
    ) -> None:
        """The compiled loop takes replicates whose numbers follow on one another and whose codes
        are the same.
        """
        play, state = (
            with_rule(engine.play, rule),
            empty_variables(setting.population_arrays, setting.codes),
        )
        places = np.arange(len(numbers))[part]
        is_apart = (np.diff(numbers[part]) != 1) | setting.codes_differ
        for run in np.split(places, np.flatnonzero(is_apart) + 1):
            first, last = int(run[0]), int(run[-1]) + 1
            number = int(numbers[first])
            own = setting.of_replicate(number)
            play(
                setting.population_arrays,
                own.codes,
                state,
                setting.schedules(numbers[first:last]),
                setting.events,
                seed,
                seed if setting.conduct_seed is None else setting.conduct_seed,
                number,
                number + last - first,
                setting.first_round,
                self.code_is_open and own.code_is_open,
                self.stages,
                Shadow(*(array[first:last] for array in self.shadow)),
                Output(*(array[first:last] for array in into)),
            )


class Worlds(NamedTuple):
    """Arrays of who signs in the replicates *numbers* (Q of them, rising), of N stakeholders over R
    rounds.
    """

    numbers: Any
    status: Any  # [Q, N] at the end
    signed_round: Any  # [Q, N] arrays.NEVER where it never signed
    left_round: Any  # [Q, N] arrays.NEVER where it did not leave since
    states_signed: Any  # [Q, R] how many states are signatories when each round is over

    @property
    def signed(self) -> NDArray[np.bool_]:
        """[Q, N] who is a signatory at the end."""
        return self.status == SIGNED

    def signed_from(self, start: int, last: int, who: Sequence[int]) -> NDArray[np.bool_]:
        """[Q] whether all of *who* are signatories when round *start* begins, and still when round
        *last* is over.
        """
        members = list(who)
        since = self.signed_round[:, members] < start
        return np.asarray((since & (self.left_round[:, members] > last)).all(axis=1))

    def with_replaced(self, replacements: Worlds) -> Worlds:
        """These worlds, with *replacements* in place of those with the same numbers."""
        places = np.searchsorted(self.numbers, replacements.numbers)
        arrays = [array.copy() for array in self[1:]]
        for array, other in zip(arrays, replacements[1:], strict=True):
            array[places] = other
        return Worlds(self.numbers, *arrays)

    def some(self, which: NDArray[np.bool_]) -> Worlds:
        """Those of these worlds where *which* [Q] holds."""
        return Worlds(*(array[which] for array in self))


class SignaturesAlone(NamedTuple):
    """Records who signs and when (Worlds), without counts. Standing and confidence, which bear on
    signing, follow from operations: only practices and protection are left out; with DATES_STAGES
    also who waits.
    """

    stages: engine.Stages = engine.SIGNING_STAGES

    def empty(self, setting: Setting, numbers: Numbers) -> Worlds:
        """Zeroed arrays."""
        return Worlds(
            numbers,
            *empty_signatures(len(numbers), len(setting.schedule), len(setting.population.ids)),
        )

    def play(
        self,
        setting: Setting,
        numbers: Numbers,
        seed: int,
        rule: Rule | None,
        part: slice,
        into: Worlds,
    ) -> None:
        """The compiled loop fills arrays of its own kind, which share those of *into*."""
        out = without_counts(Signatures(*(array[part] for array in into[1:])))
        AllOutputs(self.stages).play(setting, numbers[part], seed, rule, slice(None), out)


@dataclass(frozen=True, eq=False)
class EachReplicate(Generic[Result]):
    """Records what a *function* returns that plays a replicate, or a part of it: one result per
    replicate; with *in_one_state* one after the other in the same arrays, of which what it returns
    keeps none.
    """

    function: Callable[[Replicate], Result]
    in_one_state: bool = False

    def empty(self, setting: Setting, numbers: Numbers) -> list[Result]:
        """A list to be filled."""
        nothing: Any = None
        return [nothing] * len(numbers)

    def play(
        self,
        setting: Setting,
        numbers: Numbers,
        seed: int,
        rule: Rule | None,
        part: slice,
        into: list[Result],
    ) -> None:
        """One replicate after the other."""
        state = (
            empty_variables(setting.population_arrays, setting.codes) if self.in_one_state else None
        )
        into[part] = [
            self.function(Replicate(setting.of_replicate(number), seed, number, rule, state))
            for number in numbers[part].tolist()
        ]


def simulate(
    setting: Setting,
    replicates: int | Numbers,
    seed: int,
    observe: Observer[Arrays],
    *,
    rule: Rule | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Arrays:
    """Play *replicates* of a *setting* (a count, or an array of numbers) and return what *observe*
    records.

    rule: a decision rule in place of the model's; workers: threads, by default one per processor.
    *progress* is called after each chunk of replicates; an interruption ends it after the chunks
    under way.
    """
    numbers = np.arange(replicates) if isinstance(replicates, int) else replicates
    size = min(CHUNK, -(-len(numbers) // (CHUNKS_EACH * (workers or usable_processors()))))
    parts = [
        slice(first, min(first + size, len(numbers)))
        for first in range(0, len(numbers), max(size, 1))
    ]
    observed = observe.empty(setting, numbers)
    chunks = [partial(observe.play, setting, numbers, seed, rule, part, observed) for part in parts]
    in_threads(chunks, workers, progress, [part.stop - part.start for part in parts])
    return observed


def worlds_of(request: Request, setting: Setting, observe: Observer[Arrays]) -> Arrays:
    """What *observe* records of all replicates of *request*, in *setting*: that of its scenario, or
    of a changed one.
    """
    return simulate(
        setting,
        request.replicates,
        request.seed,
        observe,
        rule=request.rule,
        workers=request.workers,
        progress=request.progress,
    )


def world_of(request: Request, setting: Setting, number: int, where: str) -> Replicate:
    """One of the worlds of *request*, 1 for the first, to be played again with the same draws;
    InputError that begins with *where* for any other number.
    """
    place = check_whole(number, 1, request.replicates, where) - 1
    return Replicate(setting.of_replicate(place), request.seed, place, request.rule)
