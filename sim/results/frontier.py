"""The frontier of depth and breadth: who signs, who complies, what is prevented, what changes as a
text asks for more.

A text that asks for little is signed and kept by many, so that compliance alone says nothing of
what a code does: what counts is how far signatories depart from what they would have done anyway
(Downs, Rocke and Barsoom 1996, *Is the good news about compliance good news about cooperation?*).
As who signs moves with the text, everything is said twice: with the signatories of the text as it
is, bound by each depth (*fixed* membership), and with everybody deciding anew (*free*).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.arguments import (
    DEPTHS,
    MOST_DEPTHS,
    REPLICATES,
    SEED,
    check_one_code,
    scenario_with_changes,
)
from sim.engine import rounds as engine
from sim.engine.arrays import CodeArrays, empty_variables, forget
from sim.engine.build import code_arrays
from sim.engine.outputs import NO_SHADOW, OF_EVERYBODY, Output, empty_output
from sim.errors import InputError
from sim.experiments.assumptions import POINTS, sample, under_sample, values_of
from sim.experiments.basis import basis_of_signing, furthest
from sim.experiments.conduct_ranges import harm_prevented
from sim.experiments.fixed_membership import (
    NOBODY_DELIBERATES,
    departure,
    events_of_members,
    practices_due,
)
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
from sim.findings import ASSUMED
from sim.kinds_and_statuses import GROUPS, KINDS
from sim.output_folder import OutputFolder, save
from sim.parameters import DIALS
from sim.population import STATE
from sim.reading import as_list, as_whole, check_number, check_whole, literal
from sim.request import Request
from sim.results.frontier_sentences import frontier_sentences
from sim.results.manifest import manifest
from sim.results.participation import text_at_step
from sim.results.run import run_of
from sim.scenario import Event, Scenario
from sim.scenario.files import DEFAULT
from sim.threads import Progress, in_threads
from sim.writing import FORMATS, records

RATIFICATION_NEEDED = list(DIALS).index("ratification_needed")
NOTHING, AS_IT_IS, EVERYTHING = 0.0, 1.0, 2.0  # scales of a text
FIXED, FREE = "fixed", "free"  # membership
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
FEW = 4  # worlds that tell whether conduct is one stakeholder's
RISES, FALLS, UNCLEAR, SAME = "rises", "falls", "unclear", "same"


def frontier(
    scenario: str | Path | Scenario = DEFAULT,
    *,
    depths: int | Iterable[float] = DEPTHS,
    replicates: int = REPLICATES,
    seed: int = SEED,
    set: Mapping[str, Any] | None = None,
    events: Iterable[Event | Mapping[str, Any]] = (),
    choices: Mapping[str, Any] | None = None,
    lens: str | None = None,
    weights: str | None = None,
    facts: Any = None,
    ties: Any = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Frontier:
    """Simulate *scenario* under texts that ask for nothing up to everything, at fixed and at free
    membership.

    depths: so many texts (3 to 1000), half of them below the text as it is; or their scales, which
    rise, from 0 (no provision asks for anything) by 1 (the text as it is) to 2 (all ambitions are
    1). Below 1 each ambition is multiplied by the scale, above 1 it goes the share scale - 1 of the
    way to 1. replicates: the worlds for signing; conduct is a range over the assumptions, as in
    `Run.outcomes`. All texts share their luck. The other arguments are those of `parley.run`.

    InputError, in one sentence, for whatever does not fit.
    """
    loaded = scenario_with_changes(scenario, set, events, choices, lens, weights, facts, ties)
    return frontier_of(Request(loaded, replicates, seed, workers, progress), depths)


def frontier_of(request: Request, depths: int | Iterable[float] = DEPTHS) -> Frontier:
    """The frontier of what *request* asks for; *depths* as in `frontier`."""
    scales, loaded, replicates = scales_of(depths), request.scenario, request.replicates
    check_one_code(loaded, "frontier")
    scenarios = [text_at_step(loaded, scale - AS_IT_IS) for scale in scales]
    setting = Setting.from_scenario(loaded)
    codes = [code_arrays(setting.population, (each.code,)) for each in scenarios]
    total = len(scales) * (replicates + 2 * POINTS)
    signing = _signing(request, setting, codes, total)
    as_it_is = _signing(request.with_progress(None), setting, [setting.codes], total)
    points = sample(loaded, request.seed)
    rest = request.part(len(scales) * replicates, total)
    worlds = ConductWorlds(
        under_sample(setting, points),
        codes,
        values_of("criminal_share", points, loaded),
        request.seed,
    )
    jobs = [partial(worlds.conduct, number) for number in range(len(points))]
    conduct = in_threads(jobs, rest.workers, rest.progress, [2 * len(scales)] * len(jobs))
    few = replace(request.with_progress(None), replicates=min(replicates, FEW))
    untold = run_of(few).untold
    return Frontier(
        scenario=loaded,
        scales=scales,
        replicates=replicates,
        seed=request.seed,
        depths=tuple(each.code.depth for each in scenarios),
        bases=tuple(basis_of_signing(each) for each in scenarios),
        signing={
            key: np.stack([np.broadcast_to(as_it_is[key], signing[key].shape), signing[key]])
            for key in signing
        },
        conduct={
            (name, part): np.stack([world[name, part] for world in conduct], axis=-1)
            + (np.nan if (part if part in GROUPS else ALL) in untold.of(name) else 0.0)
            for name, part in conduct[0]
        },
    )


def scales_of(depths: Any) -> tuple[float, ...]:
    """The scales of so many texts, or those given; InputError where they are none, or do not
    rise.
    """
    is_list = isinstance(depths, Iterable) and not isinstance(depths, (str, bytes, Mapping, Set))
    if not is_list or as_whole(depths) is not None:
        number = check_whole(depths, 3, MOST_DEPTHS, "depths")
        below = np.linspace(NOTHING, AS_IT_IS, number // 2, endpoint=False)
        return (*below.tolist(), *np.linspace(AS_IT_IS, EVERYTHING, number - len(below)).tolist())
    numbers = as_list(depths, "depths", "numbers that rise")
    scales = tuple(check_number(scale, NOTHING, EVERYTHING, "depths") for scale in numbers)
    if not 2 <= len(scales) <= MOST_DEPTHS or any(low >= high for low, high in pairwise(scales)):
        raise InputError(
            f"depths is {literal(list(scales))}, expected 2 to {MOST_DEPTHS} numbers that rise"
        )
    return scales


def _signing(
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


@dataclass(frozen=True, eq=False)
class Frontier:
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

    def __repr__(self) -> str:
        what = (
            f"{self.scenario.name}, depths={len(self.scales)}, replicates={self.replicates},"
            f" seed={self.seed}"
        )
        return f"Frontier({what})"

    def table(self) -> pd.DataFrame:
        """Tidy: scale, depth, membership (fixed, free), outcome, part, label, unit, middle, low,
        high, basis.

        Signing has the median over the worlds and the ends of 90 % of them. Conduct, which is
        assumed, has no middle: it is the range over the assumptions, 5th to 95th percentile, NaN
        where nobody is left to be measured. Departure has the parts operations and practices;
        harm_prevented is % of the harm in the same world without the code.
        """
        rows = []
        for text, (scale, depth) in enumerate(zip(self.scales, self.depths, strict=True)):
            for way, membership in enumerate((FIXED, FREE)):
                for (outcome, part), values in self._values():
                    numbers = _middle_and_ends(values[way, text], outcome in SIGNING)
                    basis = self._basis(outcome, [text] if way else [])
                    rows.append(
                        (scale, depth, membership, outcome, part, *LABELS[outcome], *numbers, basis)
                    )
        columns = [
            "scale",
            "depth",
            "membership",
            "outcome",
            "part",
            "label",
            "unit",
            "middle",
            "low",
            "high",
            "basis",
        ]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """What a deeper text changes, each world beside itself: from the shallowest text to the one
        nearest to the text as it is, from there to the deepest, and from end to end. Columns:
        membership, outcome, part, unit, from_scale, to_scale, middle, low, high (as in `table`, of
        differences), sign (`rises` or `falls` where the whole band is on one side of 0, `same`
        where it is 0, else `unclear`), basis.
        """
        rows = []
        for first, last in self._stretches():
            for way, membership in enumerate((FIXED, FREE)):
                for (outcome, part), values in self._values():
                    numbers = _middle_and_ends(
                        values[way, last] - values[way, first], outcome in SIGNING
                    )
                    basis = self._basis(outcome, [first, last] if way else [])
                    ends = (self.scales[first], self.scales[last])
                    of = (membership, outcome, part, LABELS[outcome][1])
                    rows.append((*of, *ends, *numbers, _sign(*numbers[1:]), basis))
        columns = [
            "membership",
            "outcome",
            "part",
            "unit",
            "from_scale",
            "to_scale",
            "middle",
            "low",
            "high",
            "sign",
            "basis",
        ]
        return pd.DataFrame(rows, columns=columns)

    def _stretches(self) -> list[tuple[int, int]]:
        """The first and the last text of each stretch, the whole at the end."""
        own = int(np.argmin(np.abs(np.array(self.scales) - AS_IT_IS)))
        last = len(self.scales) - 1
        return [each for each in ((0, own), (own, last)) if 0 < own < last] + [(0, last)]

    def _values(self) -> Iterator[tuple[tuple[str, str], Array]]:
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

    @property
    def sentences(self) -> list[str]:
        """What deeper texts do, in plain words: to participation, compliance, departure and
        harm.
        """
        return frontier_sentences(self.scenario, self.table(), self.changes, POINTS)

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments besides the scenario."""
        return {"command": "frontier", "depths": list(self.scales), "points_of_assumptions": POINTS}

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest of the scenario as it is."""
        return manifest(self.scenario, self.replicates, self.seed)

    def as_json(self) -> dict[str, Any]:
        """What `parley frontier --json` writes (docs/json.md)."""
        return {
            "sentences": self.sentences,
            "frontier": records(self.table()),
            "changes": records(self.changes),
            "asked": self.arguments,
            "manifest": self.manifest,
        }

    def save(
        self, folder: str | Path | OutputFolder, formats: Iterable[str] = FORMATS
    ) -> list[Path]:
        """Write both tables in each of *formats*, then manifest.json, into *folder*; the files
        written.
        """
        document = {"sentences": self.sentences, "asked": self.arguments, "manifest": self.manifest}
        return save(folder, {"frontier": self.table(), "changes": self.changes}, formats, document)


def _middle_and_ends(values: Array, of_signing: bool) -> tuple[float, float, float]:
    """The median and the ends of 90 % of *values*; of conduct, the ends alone."""
    if of_signing:
        low, middle, high = (float(number) for number in np.percentile(values, PERCENTILES))
        return middle, low, high
    return float("nan"), *range_over(values)


def _sign(low: float, high: float) -> str:
    """Whether what changes by *low* to *high* rises or falls."""
    if low == high == 0.0:
        return SAME
    return RISES if low > 0.0 else FALLS if high < 0.0 else UNCLEAR
