"""Stability of membership: who would gain by leaving, who by joining, on whom others' signatures
hang, and what it would take to win a state.

An agreement holds by itself where no signatory would gain by leaving (internal stability) and no
outsider by joining (external stability), the membership of all others held (d'Aspremont et al.
1983; Barrett 1994). Gain is meant in the value of the decision rule, in its points (logits), which
describes choices and is no welfare.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.arguments import (
    LAUNCH,
    PIVOTS_REPLICATES,
    SEED,
    check_one_code,
    scenario_with_changes,
)
from sim.engine.arrays import FREE
from sim.engine.weigh_motives import weigh_motives
from sim.errors import InputError
from sim.experiments.approaches import BLOC_VOTES
from sim.experiments.assumptions import CLEAR
from sim.experiments.basis import basis_of_signing
from sim.experiments.influence import ASSUMES
from sim.experiments.intervals import METHOD, mean_interval
from sim.experiments.outcomes import PERCENTILES, Array
from sim.experiments.simulate import EachReplicate, Replicate, Setting, SignaturesAlone, worlds_of
from sim.findings import ASSUMED
from sim.kinds_and_statuses import TRAITS
from sim.number_formats import (
    TO,
    decimal,
    difference,
    difference_interval,
    interval,
    listing,
    mean,
    percent,
)
from sim.output_folder import OutputFolder, save
from sim.parameters import DIALS
from sim.population import STATE
from sim.request import Request
from sim.results.manifest import manifest
from sim.results.pivots import Trial
from sim.scenario import Event, Scenario
from sim.scenario.files import DEFAULT
from sim.theory.signing import chance_of_signing, value_of_leaving
from sim.threads import Progress, in_threads
from sim.writing import FORMATS, records

ITSELF, UNION, EVENT = "itself", "the Union", "an event"
EXIT_COST, RATIONALITY = (list(DIALS).index(name) for name in ("exit_cost", "rationality"))
AUDIENCE = list(TRAITS).index("audience")
MOST_BROUGHT = 5  # others named beside a state that is won


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


def stability(
    scenario: str | Path | Scenario = DEFAULT,
    *,
    replicates: int = PIVOTS_REPLICATES,
    seed: int = SEED,
    set: Mapping[str, Any] | None = None,
    events: Iterable[Event | Mapping[str, Any]] = (),
    choices: Mapping[str, Any] | None = None,
    lens: str | None = None,
    facts: Any = None,
    ties: Any = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Stability:
    """Who would gain by leaving or by joining *scenario* at its end, in its median world, and what
    each state's turn does to others.

    The median world is the one that is in the middle by the number of states that are signatories
    at the end. In *replicates* worlds each signatory of the median world is made to stay out, and
    each other state to sign from the launch on, under the same luck. The other arguments are those
    of `parley.run`.

    InputError, in one sentence, for whatever does not fit.
    """
    loaded = scenario_with_changes(scenario, set, events, choices, lens, facts=facts, ties=ties)
    return stability_of(Request(loaded, replicates, seed, workers, progress))


def stability_of(request: Request) -> Stability:
    """The stability of the membership in what *request* asks for."""
    loaded, replicates, seed = request.scenario, request.replicates, request.seed
    check_one_code(loaded, "stability")
    if "state" not in loaded.code.may_sign:
        raise InputError(
            "stability: states may not sign this code, expected one that they may sign"
        )
    setting = Setting.from_scenario(loaded)
    of_worlds = request.with_progress(None)
    standings = worlds_of(of_worlds, setting, EachReplicate(standing_at_the_end))
    numbers = [int(each.signed.sum()) for each in standings]
    median = int(np.argsort(numbers, kind="stable")[(replicates - 1) // 2])
    base = worlds_of(of_worlds, setting, SignaturesAlone())
    trials = [
        partial(_effect_of, Trial(loaded, setting, base, i, LAUNCH, seed), not signed)
        for i, signed in enumerate(standings[median].signed.tolist())
    ]
    effects = in_threads(trials, request.workers, request.progress)
    return Stability(loaded, setting, replicates, seed, median, tuple(standings), np.stack(effects))


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


def _effect_of(trial: Trial, signs: bool) -> Array:
    """[Q, S + 1] how many more than as it is, of each other state (-1, 0 or 1) and of all other
    stakeholders.
    """
    worlds = trial.worlds(signs)
    change = worlds.signed.astype(np.float64) - trial.base.signed
    change[:, trial.index] = 0.0
    states = int((trial.setting.population.kind == STATE).sum())
    return np.column_stack([change[:, :states], change.sum(axis=1)])


@dataclass(frozen=True, eq=False)
class Stability:
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

    interval = METHOD
    assumes = ASSUMES

    def __repr__(self) -> str:
        return f"Stability({self.scenario.name}, replicates={self.replicates}, seed={self.seed})"

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

    def table(self) -> pd.DataFrame:
        """A row per state: signatories of the median world first, who has most to gain by turning
        first.

        who, name, signatory, decides (itself, the Union, an event), share (of worlds in which it is
        a signatory), value (of signing, points, at the end of the median world), value_low and
        value_high (90 % of worlds), chance (to sign when it takes the matter up), gain (points, by
        leaving or by signing), stable (whether it has nothing to gain, or an event decides),
        payment (points that it lacks for signing to be as likely as not), others (how many other
        signatures its turn adds, of a signatory mostly below 0), low and high (95 %, of the mean),
        basis (of a signatory `assumed`, as what leaving costs is), assumes.
        """
        standing, states = self.at_median, self.setting.population
        values = np.stack([each.value for each in self.standings])
        low, high = (
            np.percentile(values, end, axis=0) for end in (PERCENTILES[0], PERCENTILES[-1])
        )
        share = np.stack([each.signed for each in self.standings]).mean(axis=0)
        rows = []
        for i in range(len(standing.signed)):
            identity = (states.ids[i], states.names[i], bool(standing.signed[i]), self._decides(i))
            values_of_signing = (float(each[i]) for each in (share, standing.value, low, high))
            chance = float(chance_of_signing(float(standing.deciding[i]), self.rationality))
            gain, payment = float(standing.gain[i]), float(standing.payment[i])
            stable = bool(gain <= 0.0 or standing.forced[i])
            others = mean_interval(self.effects[i, :, -1])
            numbers = (*values_of_signing, chance, gain, stable, payment, *others)
            basis = ASSUMED if standing.signed[i] else self.basis
            rows.append((*identity, *numbers, basis, ASSUMES))
        columns = [
            "who",
            "name",
            "signatory",
            "decides",
            "share",
            "value",
            "value_low",
            "value_high",
            "chance",
            "gain",
            "stable",
            "payment",
            "others",
            "low",
            "high",
            "basis",
            "assumes",
        ]
        frame = pd.DataFrame(rows, columns=columns)
        return frame.sort_values(
            ["signatory", "gain"], ascending=False, kind="stable", ignore_index=True
        )

    def _decides(self, i: int) -> str:
        standing = self.at_median
        return EVENT if standing.forced[i] else UNION if standing.union_outside[i] else ITSELF

    @cached_property
    def brought(self) -> pd.DataFrame:
        """Whom a state's turn moves: who turns, its name, signs (whether it is made to sign, or to
        stay out), whom and the other's name, the change in the share of worlds in which the other
        is a signatory, low and high (95 %, of the mean), basis, assumes. At most five for each, the
        largest first, and those alone whose change is three standard errors from 0, as there are
        two hundred to choose from; nobody in a single world.
        """
        states, rows = self.setting.population, []
        for i, effects in enumerate(self.effects[:, :, :-1] if self.replicates > 1 else ()):
            means = np.abs(effects.mean(axis=0))
            for j in np.argsort(-means, kind="stable")[:MOST_BROUGHT]:
                change, error = (
                    mean_interval(effects[:, j]),
                    float(np.std(effects[:, j], ddof=1)) / len(effects) ** 0.5,
                )
                if abs(change.mean) >= CLEAR * error > 0.0:
                    turn = (states.ids[i], states.names[i], not bool(self.at_median.signed[i]))
                    rows.append(
                        (*turn, states.ids[j], states.names[j], *change, self.basis, ASSUMES)
                    )
        columns = [
            "who",
            "name",
            "signs",
            "whom",
            "whom_name",
            "change",
            "low",
            "high",
            "basis",
            "assumes",
        ]
        return pd.DataFrame(rows, columns=columns)

    @property
    def sentences(self) -> list[str]:
        """Whether membership is stable, who is nearest to turning, on whom it hangs, and what would
        win a state.
        """
        return stability_sentences(self.table(), self.brought)

    @property
    def arguments(self) -> dict[str, Any]:
        """What was asked besides the scenario."""
        return {"command": "stability", "median_world": self.median + 1}

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest of the scenario as it is."""
        return manifest(self.scenario, self.replicates, self.seed)

    def as_json(self) -> dict[str, Any]:
        """What `parley stability --json` writes (docs/json.md)."""
        return {
            "sentences": self.sentences,
            "stability": records(self.table()),
            "brought": records(self.brought),
            "assumes": ASSUMES,
            "interval": METHOD,
            "asked": self.arguments,
            "manifest": self.manifest,
        }

    def save(
        self, folder: str | Path | OutputFolder, formats: Iterable[str] = FORMATS
    ) -> list[Path]:
        """Write both tables in each of *formats*, then manifest.json, into *folder*; the files
        written.
        """
        frames = {"stability": self.table(), "brought": self.brought}
        document = {
            "sentences": self.sentences,
            "assumes": ASSUMES,
            "interval": METHOD,
            "asked": self.arguments,
        }
        return save(folder, frames, formats, {**document, "manifest": self.manifest})


def stability_sentences(table: pd.DataFrame, brought: pd.DataFrame) -> list[str]:
    """The rows of `Stability.table` and `Stability.brought` in plain words."""
    inside, outside = table[table["signatory"]], table[~table["signatory"]]
    sentences = [_of_inside(inside), _of_outside(outside)]
    holders = inside[inside["high"] < 0.0].sort_values("others", kind="stable").head(3)
    if len(holders):
        names = [
            f"{row.state} by {mean(-row.others)} ({interval(-row.high, -row.low, mean, TO)})"
            for row in _rows(holders)
        ]
        sentences.append(
            f"Had one of these stayed out, clearly fewer others would sign: {listing(names)}."
        )
    elif len(inside):
        sentences.append(
            "No signatory clearly holds others: had one of them stayed out, as many others would"
            " sign."
        )
    won = outside[(outside["payment"] > 0.0) & (outside["decides"] != EVENT)].sort_values(
        "payment", kind="stable"
    )
    sentences += [_of_payment(row, brought) for row in _rows(won.head(3))]
    if len(won):
        sentences.append(
            "A point is a logit of the value of signing: what it is worth in money or favours"
            f" nobody has measured. Every figure on others {ASSUMES}."
        )
    return sentences


def _of_inside(inside: pd.DataFrame) -> str:
    if inside.empty:
        return "In the median world no state is a signatory."
    unstable = inside[~inside["stable"]]
    weakest = [f"{row.state} ({difference(row.gain, 2)})" for row in _rows(inside.head(3))]
    verdict = (
        "none would gain by leaving, so that membership is stable from inside"
        if unstable.empty
        else f"{len(unstable)} would gain by leaving, so that membership is not stable from inside"
    )
    again = inside[(inside["value"] < 0.0) & (inside["decides"] != EVENT)].sort_values(
        "value", kind="stable"
    )
    names = (
        f", {listing([row.state for row in _rows(again.head(3))])} least of all"
        if len(again)
        else ""
    )
    return (
        f"Of the {len(inside)} states that are signatories at the end of the median world"
        f" {verdict}; nearest to leaving, by the points to be gained: {listing(weakest)}. But for"
        f" what leaving costs, which is assumed, {len(again)} of them would sooner be out than"
        f" in{names}."
    )


def _of_outside(outside: pd.DataFrame) -> str:
    if outside.empty:
        return "In the median world no state is outside."
    unstable = outside[~outside["stable"]]
    nearest = [f"{row.state} ({difference(row.gain, 2)})" for row in _rows(outside.head(3))]
    verdict = (
        "none would gain by joining, so that membership is stable from outside"
        if unstable.empty
        else (
            f"{len(unstable)} would gain by joining: they were not reached, or chose otherwise by"
            " chance"
        )
    )
    return f"Of the {len(outside)} outside {verdict}; nearest to joining: {listing(nearest)}."


def _of_payment(row: Any, brought: pd.DataFrame) -> str:
    others = brought[(brought["who"] == row.who) & (brought["change"] > 0.0)]
    names = [f"{each.whom_name} ({percent(each.change)} of worlds)" for each in others.itertuples()]
    along = f", clearly {listing(names)}" if names else ""
    return (
        f"{row.state} lacks {decimal(row.payment)} points for signing to be as likely as not; where"
        f" it signs from the launch on, {difference(row.others)} others do"
        f" ({difference_interval(row.low, row.high)}){along}."
    )


def _rows(frame: pd.DataFrame) -> Any:
    """The rows, with the state's name as `state`, as `name` is that of the row itself."""
    return frame.rename(columns={"name": "state"}).itertuples(index=False)
