"""A run: one scenario in many replicates, as `parley.run` returns and `parley run` prints it."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.arguments import REPLICATES, SEED, check_round, scenario_with_changes
from sim.engine import rounds as engine
from sim.engine.outputs import Output
from sim.engine.rule import Rule
from sim.errors import InputError, nearest
from sim.experiments.assumptions import dependence, sample
from sim.experiments.basis import basis_of_signing
from sim.experiments.codes import codes_frame, effect_of_rival
from sim.experiments.conduct_ranges import (
    COMPARISONS,
    OverAssumptions,
    conduct_over_assumptions,
    harm_prevented,
    harm_prevented_so_far,
    named_conduct,
    named_operations,
    without_code,
)
from sim.experiments.milestones import is_of_the_register, milestone_table
from sim.experiments.outcomes import (
    ALL,
    OUTCOMES,
    Array,
    Summaries,
    check_measured,
    history_frame,
    outcome_frame,
    series,
    summaries,
)
from sim.experiments.shares import (
    by_decile,
    courses,
    largest_misses,
    listed_among,
    signed_shares,
    signed_soon_shares,
    world_frame,
)
from sim.experiments.simulate import AllOutputs, Setting, check_text, worlds_of
from sim.explanation.question import check_aim, check_by
from sim.findings import ASSUMED
from sim.number_formats import count
from sim.output_folder import OutputFolder, save
from sim.population import directory
from sim.population.network import combined, network_table, tie_table
from sim.reading import check_truth, literal
from sim.request import Request
from sim.results.disclosure import Withheld, withheld, without_untold
from sim.results.manifest import manifest
from sim.results.negotiate import Negotiation
from sim.results.opening import open_code, with_text
from sim.results.run_tables import frames_of_run, json_of_run, long_frames
from sim.scenario import Event, Scenario
from sim.scenario.calendar import end_of_round
from sim.scenario.event import stakeholder_named
from sim.scenario.files import DEFAULT
from sim.threads import Progress
from sim.words.suppositions import why_not_fitted
from sim.writing import FORMATS

if TYPE_CHECKING:
    from sim.results.explanation import Explanation


def run(
    scenario: str | Path | Scenario = DEFAULT,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
    set: Mapping[str, Any] | None = None,
    events: Iterable[Event | Mapping[str, Any]] = (),
    choices: Mapping[str, Any] | None = None,
    lens: str | None = None,
    weights: str | None = None,
    facts: Any = None,
    ties: Any = None,
    text: str | Sequence[float] | None = None,
    workers: int | None = None,
    choose: Rule | None = None,
    progress: Progress | None = None,
    conduct_by_name: bool = False,
    conduct: bool = True,
    conduct_seed: int | None = None,
) -> Run:
    """Simulate *scenario* (a name that `parley.available()` lists, a path, or a Scenario)
    *replicates* times.

    set: dial -> value; events: more [[events]], as in a scenario file; choices: choice -> option or
    options; lens: the theory whose motives speak (sim.lenses), None for the scenario's own.
    weights: "draws" gives each world the weights of one draw of the bootstrap, so that intervals
    hold the weights' uncertainty too. facts, ties: those of a world of one's own, as `parley.load`
    takes them; None for the scenario's. text: of a scenario with talks over its text, "negotiated"
    (as it is), "tabled", or a level for each provision, with which the code opens in all worlds.

    seed: 0 to 2**63 - 1; the same seed gives the same record, whatever the number of *workers*
    (threads, by default one per processor). choose: a decision rule in place of the model's, with
    the signature of sim.theory.signing.chance_of_signing. progress(done, total) is called now and
    then. conduct_by_name: allows `Run.named_conduct` and `Run.named_operations`. conduct=False
    leaves out practices and harm, on which no signature depends, and takes a third less time;
    ranges of conduct are still simulated on demand, but there is no history of it. conduct_seed: a
    secret one for what is done, traced and answered, so that none of it follows from *seed*, which
    is public; no manifest tells it, so `Run.manifest` and files are refused.

    InputError, in one sentence, for whatever does not fit.
    """
    loaded = scenario_with_changes(scenario, set, events, choices, lens, weights, facts, ties)
    loaded = loaded if text is None else with_text(loaded, text)
    request = Request(loaded, replicates, seed, workers, progress, choose, conduct_seed)
    return run_of(
        request,
        conduct_by_name=check_truth(conduct_by_name, "conduct_by_name"),
        conduct=check_truth(conduct, "conduct"),
    )


def run_of(request: Request, *, conduct_by_name: bool = False, conduct: bool = True) -> Run:
    """The run that *request* asks for; the other arguments are those of `run`."""
    setting, negotiation = open_code(request)
    setting = setting._replace(conduct_seed=request.conduct_seed)
    observe = AllOutputs() if conduct else AllOutputs(engine.SIGNING_STAGES)
    output = worlds_of(request, setting, observe)
    return Run(request.with_progress(None), conduct_by_name, setting, output, conduct, negotiation)


def explain(
    scenario: str | Path | Scenario,
    who: str,
    *,
    round: int | str | date | None = None,
    by: int | str | date | None = None,
    aim: str | None = None,
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
    choose: Rule | None = None,
    progress: Progress | None = None,
) -> Explanation:
    """Simulate *scenario* as `parley.run` does, and explain *who* (a state by iso3 or name, a firm
    or NGO by name, or one such as "firm DEU-017") as it deliberates in *round* (its number or a
    date in it; by default the launch), and what would bring it "in" *by* a date, or keep it "out":
    the *aim*, as `Run.explain` takes both.

    InputError, in one sentence, for whatever does not fit.
    """
    loaded = scenario_with_changes(scenario, set, events, choices, lens, weights, facts, ties)
    stakeholder_named(who, "explain", loaded.facts)
    check_text(loaded)
    check_by(loaded, by, check_round(loaded, round))
    check_aim(aim)
    request = Request(loaded, replicates, seed, workers, progress, choose)
    return run_of(request).explain(who, round, by, aim)


@dataclass(frozen=True, eq=False)
class Run:
    """The record of the scenario of a *request* in so many replicates, each with random draws of
    its own.

    Signing is reported by name, conduct by group. Signing, fitted or extrapolated (`basis`), has
    intervals; what is assumed has ranges, which are simulated when they are first asked for.
    """

    request: Request
    conduct_by_name: bool
    setting: Setting = field(repr=False)
    output: Output = field(repr=False)
    conduct: bool = field(default=True, repr=False)
    negotiation: Negotiation | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        return f"Run({self.scenario.name}, replicates={self.replicates}, seed={self.seed})"

    @property
    def scenario(self) -> Scenario:
        """What was simulated."""
        return self.request.scenario

    @property
    def replicates(self) -> int:
        """How many worlds."""
        return self.request.replicates

    @property
    def seed(self) -> int:
        """The seed of all random draws."""
        return self.request.seed

    @property
    def rule(self) -> Rule | None:
        """A decision rule in place of the model's."""
        return self.request.rule

    @property
    def workers(self) -> int | None:
        """How many threads simulate, None for one per processor."""
        return self.request.workers

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """All that is needed to repeat this run to the bit; InputError where its conduct was drawn
        with a secret seed.
        """
        if self.request.conduct_seed is not None:
            raise InputError(
                f"{self.scenario.name}: found a run whose conduct has a secret seed, which no"
                " manifest tells, expected one without"
            )
        rule = None if self.rule is None else getattr(self.rule, "__name__", "unnamed")
        return manifest(self.scenario, self.replicates, self.seed, self.conduct_by_name, rule)

    @property
    def basis(self) -> str:
        """What its numbers on signing rest on (`parley.basis_of_signing`): `fitted` (to the
        register), `what_if` under the fitted weights, or `extrapolated` from the fit.
        """
        return basis_of_signing(self.scenario)

    @property
    def dates(self) -> list[date]:
        """[rounds] the last day of each."""
        first, launch = self.scenario.first_round, self.scenario.code.launch
        return [end_of_round(launch, first + t) for t in range(len(self.setting.schedule))]

    def table(self) -> pd.DataFrame:
        """The public list at the register's dates: date, kind, registered, median, low, high (5th
        and 95th percentile).

        These are worlds under the fitted weights, whose own uncertainty the intervals do not hold;
        with draws of the weights they do.
        """
        return milestone_table(self.listed, self.scenario)

    @property
    def listed(self) -> Array:
        """[replicate, round, kind] how many stand on the public list."""
        return series(OUTCOMES["listed"], self.output, self.setting.group_sizes)

    def listed_among(self, who: Iterable[str]) -> NDArray[np.int64]:
        """[replicate, round] how many of *who*, iso3 or name, stand on the public list."""
        return listed_among(self.setting, self.output, self.scenario.first_round, who)

    @cached_property
    def signed(self) -> dict[str, float]:
        """iso3 or name -> share of simulated worlds in which it has signed by the end."""
        return signed_shares(self.setting, self.output)

    @cached_property
    def signed_soon(self) -> dict[str, float]:
        """iso3 or name -> share of simulated worlds in which it has signed three months after the
        launch.
        """
        return signed_soon_shares(self.setting, self.output)

    def courses(self) -> dict[str, pd.DataFrame]:
        """The share of worlds in which each one with a name has `taken_up` the matter, or `signed`:
        rounds by names.
        """
        return courses(self.setting, self.output, self.scenario.first_round)

    def world(self, number: int) -> pd.DataFrame:
        """The status of everybody with a name in one of the simulated worlds, 1 for the first: `not
        taken up`, `waiting`, `declined`, `signed` or `left`; a row per round, a column each.
        InputError for any other number.
        """
        return world_frame(self.request, self.setting, number)

    def ties(self) -> pd.DataFrame:
        """The influence network, a row per tie: source (who heeds), target (whom) and weight, its
        share of all that the source heeds. As `ties` of another run it makes the same world to the
        bit; a source of ties of one's own that heeds nobody has a tie of weight 0.
        """
        population, scenario = self.setting.population, self.scenario
        network = combined(population.layers, scenario.parameters, population.ids, scenario.ties)
        return network_table(network, population.ids, scenario.ties)

    def ties_by_layer(self) -> pd.DataFrame:
        """The ties among those with a name, by layer: columns as in
        `sim.population.network.tie_table`.
        """
        population, scenario = self.setting.population, self.scenario
        names = frozenset(self.signed)
        return tie_table(
            population.layers, population.ids, scenario.parameters, names, scenario.ties
        )

    def values(self, outcome: str) -> Array:
        """[replicate, round, part] one of `parley.OUTCOMES` under the scenario's own dials; parts
        as `Outcome.parts`.

        What compares with the world without the code (`harm_prevented` and its like) does so for
        all rounds up to each one; that world is simulated when it is first asked for.
        """
        check_measured(outcome, self.conduct)
        if outcome in COMPARISONS:
            return self._harm_so_far[outcome][:, :, None]
        return series(OUTCOMES[outcome], self.output, self.setting.group_sizes)

    def directory(self) -> pd.DataFrame:
        """All states and named organisations: columns as in `sim.population`."""
        return directory(self.setting.population, self.scenario.facts)

    def deciles(self) -> pd.DataFrame:
        """The states in tenths by their share of simulated worlds, with the share that is on the
        register: nothing where the register is of another code, or of another text. No tenth where
        states may not sign.
        """
        tenths = by_decile(self.signed, self.scenario.facts.state_names)
        if not self._states_sign:
            return tenths.iloc[:0]
        return tenths if is_of_the_register(self.scenario) else tenths.assign(observed=np.nan)

    def misses(self) -> list[str]:
        """The five states whose share lies farthest from what happened, in words; none where the
        register is of another code or text, or where states may not sign.
        """
        names = self.scenario.facts.state_names
        return (
            largest_misses(self.signed, names)
            if is_of_the_register(self.scenario) and self._states_sign
            else []
        )

    def codes(self) -> pd.DataFrame:
        """The two codes side by side: columns as in `sim.experiments.codes.codes_frame`; InputError
        for one code.
        """
        return codes_frame(self.scenario, self.output)

    def effect_of_rival(self) -> pd.DataFrame:
        """What the second code does to the first: columns as in
        `sim.experiments.codes.effect_of_rival`.
        """
        return effect_of_rival(self.request, self.setting, self.output)

    @property
    def _states_sign(self) -> bool:
        return "state" in self.scenario.code.may_sign

    def history(self, outcome: str) -> pd.DataFrame:
        """Tidy frame of one of `parley.OUTCOMES` under the scenario's own dials.

        Columns: replicate (1 for the first), round, date (the round's last day), kind or group (if
        measured by them), value (not a number for the parts of conduct that are `withheld`), basis.
        """
        values, of = self.values(outcome), OUTCOMES[outcome]
        if not of.of_signing:
            out = [part in self.untold.of(outcome) for part in of.parts]
            values = np.where(out, np.nan, values)
        return history_frame(of, values, self.scenario)

    @property
    def withheld(self) -> frozenset[str]:
        """The groups, or all, whose conduct would be one stakeholder's, in the worlds of
        `over_assumptions`; of single outcomes `untold` says it.
        """
        return self.untold.conduct

    @cached_property
    def untold(self) -> Withheld:
        """The parts of outcomes of conduct that would be one stakeholder's
        (sim.results.disclosure).
        """
        return withheld(self)

    @cached_property
    def by_replicate(self) -> Summaries:
        """(outcome, part) -> one number per replicate, under the scenario's own dials."""
        all_ = summaries(self.output, self.setting.group_sizes, self.scenario.first_round)
        return {
            key: each
            for key, each in all_.items()
            if self.conduct or OUTCOMES[key[0]].basis != ASSUMED
        }

    @cached_property
    def harm_by_replicate(self) -> dict[str, Array]:
        """Outcome -> one number per replicate, under the scenario's own dials, for those that
        compare with the world without the code, which is simulated now. InputError for a run with
        conduct=False.
        """
        check_measured("harm_prevented", self.conduct)
        criminal = self.scenario.parameters.criminal_share
        return harm_prevented(self._without, self.output, criminal, self.scenario.first_round)

    @cached_property
    def _harm_so_far(self) -> dict[str, Array]:
        return harm_prevented_so_far(
            self._without, self.output, self.scenario.parameters.criminal_share
        )

    @cached_property
    def _without(self) -> Output:
        """The same worlds without the code."""
        return worlds_of(self.request, self.setting, without_code(self.output))

    @cached_property
    def over_assumptions(self) -> Summaries:
        """(outcome, part) -> one number per point of a sample of the assumptions about conduct, all
        of which vary at once over their plausible ranges, each point in a world of its own; the
        harm prevented is among them.
        """
        return self.conduct_worlds.numbers

    @cached_property
    def conduct_worlds(self) -> OverAssumptions:
        """`over_assumptions` and the worlds in which they were counted."""
        return self._over_assumptions(None)

    def assumptions(self, outcome: str = "harm_prevented", part: str = ALL) -> pd.DataFrame:
        """What an assumed *outcome* depends on: a row per dial of conduct, those that matter most
        first, with the columns of `sim.experiments.assumptions.dependence`, and no effects on what
        is `withheld`. InputError where there is no such outcome or part.
        """
        numbers = self._assumed(outcome, part)
        if part in self.untold.of(outcome):
            numbers = np.zeros_like(numbers)
        return dependence(self.scenario, sample(self.scenario, self.seed), numbers)

    def _assumed(self, outcome: str, part: str) -> Array:
        assumed = [key for key in self.over_assumptions if OUTCOMES[key[0]].basis == ASSUMED]
        names = list(dict.fromkeys(name for name, _ in assumed))
        if not isinstance(outcome, str) or outcome not in names:
            expected = f"one of {', '.join(names)}{nearest(outcome, names)}"
            raise InputError(
                f"assumptions: there is no outcome {literal(outcome)} of conduct, expected"
                f" {expected}"
            )
        parts = [of for name, of in assumed if name == outcome]
        if not isinstance(part, str) or part not in parts:
            raise InputError(
                f"assumptions: {outcome} has no part {literal(part)}, expected {' or '.join(parts)}"
            )
        return self.over_assumptions[outcome, part]

    def simulate_assumptions(self, progress: Progress | None = None) -> None:
        """Simulate what `outcomes` needs now, with reports of progress."""
        if "conduct_worlds" not in self.__dict__:
            self.__dict__["conduct_worlds"] = self._over_assumptions(progress)

    def _over_assumptions(self, progress: Progress | None) -> OverAssumptions:
        return conduct_over_assumptions(self.request.with_progress(progress), self.setting)

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Every outcome in one number and its interval, or in a range: columns as in
        `outcome_frame`; nothing for the parts of conduct that are `withheld`.
        """
        frame = outcome_frame(self.by_replicate, self.over_assumptions, self.basis)
        return without_untold(frame, self.untold)

    def harm_prevented(self) -> pd.DataFrame:
        """The rows of `outcomes` that compare with the same world without the code."""
        compares = [
            outcome.name
            for outcome in OUTCOMES.values()
            if outcome.basis == ASSUMED and not outcome.column
        ]
        return self.outcomes[self.outcomes["outcome"].isin(compares)].reset_index(drop=True)

    @cached_property
    def named_conduct(self) -> pd.DataFrame:
        """Simulated conduct by name, not evidence about any state or firm; InputError unless the
        run allows it.

        Columns: who, name, kind, and the ends of each range, all of which begin with simulated_.
        """
        if not self.conduct_by_name:
            raise InputError(
                "named_conduct: the run was made with conduct_by_name=False, expected True"
            )
        return named_conduct(self.request, self.setting)

    def named_operations(self, number: int) -> pd.DataFrame:
        """Simulated operations by name in one of the simulated worlds, 1 for the first: columns as
        in `sim.experiments.conduct_ranges.named_operations`. InputError unless the run allows it,
        or for any other number.
        """
        if not self.conduct_by_name:
            raise InputError(
                "named_operations: the run was made with conduct_by_name=False, expected True"
            )
        return named_operations(self.request, self.setting, number)

    def explain(
        self,
        who: str,
        round: int | str | date | None = None,
        by: int | str | date | None = None,
        aim: str | None = None,
    ) -> Explanation:
        """Why *who* signs or stays out in these simulated worlds, as it deliberates in *round* (by
        default the launch), and what would bring it "in" *by* a date (by default that round's), or
        keep it "out" until then: the *aim*, by default "out" where it signs in most worlds and did
        in fact, else "in".

        who: iso3, a name, or one such as "firm DEU-017"; round, by: a number or a date. InputError
        otherwise, and where worlds have texts of their own, of which `negotiation` explains the
        seats.
        """
        check_text(self.scenario)
        from sim.results.explanation import explain_run

        return explain_run(self, who, round, by, aim)

    def as_json(self) -> dict[str, Any]:
        """What `parley run --json` writes (docs/json.md)."""
        return json_of_run(self)

    def frames(self) -> dict[str, pd.DataFrame]:
        """What `save` writes, by name: a table each, the histories of all outcomes in one, and all
        ties.
        """
        return frames_of_run(self)

    def save(
        self, folder: str | Path | OutputFolder, formats: Iterable[str] = FORMATS
    ) -> list[Path]:
        """Write `frames` in each of *formats*, then manifest.json, into *folder*; the files
        written.

        They take the place of the run that was there, and other files stay (`parley.verify`). The
        history and the ties are long, so they are written in the first of the formats alone.
        InputError, and the folder is as it was, where that cannot be.
        """
        return save(folder, self.frames(), formats, self.manifest, long=long_frames(self.scenario))

    def _repr_html_(self) -> str:
        """How a notebook shows a run."""
        title = html.escape(self.scenario.title)
        worlds = (
            f"{self.replicates} simulated worlds under {self.scenario.weights_words}, seed"
            f" {self.seed}"
        )
        reason = why_not_fitted(self.scenario)
        why = f" {reason}" if reason else ""
        table = self.table().to_html(index=False, float_format=count, border=0)
        return f"<p><b>{title}</b>: {worlds}.{html.escape(why)}</p>{table}"
