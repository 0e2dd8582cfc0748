"""Transfer: the weights fitted to one instrument, scored on who signed another.

The only input is the description of the other code. Worlds are simulated from its campaign on under
the weights fitted to the Paris Call, and the share of worlds in which a state signs is compared
with whether it signed. Facts about states are those of the Paris Call's time, whenever the other
code opened. Facts that would reveal the signers can be removed; the weights are then fitted again
without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim import facts
from sim.arguments import check_shipped_facts
from sim.engine.rounds import SIGNING_STAGES
from sim.errors import InputError
from sim.evidence import scores
from sim.evidence.baselines import baselines, read_features
from sim.evidence.calibrate import refit
from sim.evidence.instruments import instrument
from sim.evidence.register import register
from sim.evidence.report.rendering import texts
from sim.evidence.scores import auc, brier, difference
from sim.evidence.signers import Signers
from sim.experiments.shares import signed_shares_at
from sim.experiments.simulate import AllOutputs, Setting, worlds_of
from sim.parameters import DIALS, Fitted, dial_named
from sim.population import Measures, leaving_out
from sim.population.states import PRIOR_COMMITMENTS
from sim.request import Request
from sim.scenario import Scenario, load
from sim.scenario.calendar import end_of_round, round_of_event
from sim.scenario.files import DEFAULT
from sim.scenario.text_weights import weights_for
from sim.scenario.weights import read_weights
from sim.threads import Progress


def check_only_the_code_differs(scenario: Scenario, what: str = "a transfer") -> None:
    """InputError, naming the first dial that differs and *what* has to differ in the code alone,
    unless *scenario* has the dials, weights, lens and events of the default scenario.
    """
    allowed = f"in {what} only [code], ambitions and the rounds may differ"
    default = load(DEFAULT)
    for name, expected in {
        **default.parameters,
        **weights_for(scenario.code, default.weights_file),
    }.items():
        value = scenario.parameters[name]
        if value != expected:
            where, cause = _layer_of(scenario, name)
            raise InputError(
                f"{where}: {name} is {value!r}{cause}, expected {expected!r} as in {DEFAULT}, since"
                f" {allowed}"
            )
    if scenario.events != default.events:
        where = next(
            layer.where for layer in reversed(scenario.layers) if layer.section().sections("events")
        )
        number = len(scenario.events)
        raise InputError(
            f"{where}: found {number} event{'s' if number != 1 else ''}, expected none, since"
            f" {allowed}"
        )


def _layer_of(scenario: Scenario, dial: str) -> tuple[str, str]:
    """The layer of *scenario* that changed *dial*, and the key that did so where the dial is not
    set itself.
    """
    for layer in reversed(scenario.layers):
        section = layer.section()
        if dial in section.section("parameters"):
            return f"{layer.where}, [parameters]", ""
        for key in ("lens", "weights"):
            if key in section:
                return layer.where, f" under {key} = {section.values[key]!r}"
    return scenario.name, ""


MISSES = 5
# of a list of which nothing but the scores is to be said
CAVEATS = dict.fromkeys(("late", "are_fitted", "column", "without", "year"))
TOLD = 0.5  # of the signers: a column that names more of them, and nobody else, tells who signed
DATA_OF = 2018  # the year of the facts about states


@dataclass(frozen=True, eq=False)
class Transfer:
    """How well the shares of simulated worlds predict who signed the instrument, over all 193
    states.

    auc          share of pairs of a signer and another in which the signer's share is higher (ties
                 count half); None where all or none signed
    brier        mean squared distance between the share and what happened (1 or 0); 0 is best
    base_brier   the same, of the share of all states that signed, given to each of them
    read_at      the last day of the round in which shares are read, and its number, `read_round`
    states       iso3, name, share (of simulated worlds in which it has signed by then), signed
                 (True or False)
    calibration  states in five groups of equal size by their share: simulated (mean share),
                 observed (share that signed), states (how many), and from perfect_low to
                 perfect_high where the observed would lie if the shares were right, the Union's
                 members signing as one
    misses       the states whose share lies farthest from what happened, a sentence each
    remarks      caveats to these numbers, a sentence each
    without      the columns of states.csv that were taken out of the facts
    refitted     whether the weights differ from those that ship
    weights      every fitted weight under which the worlds ran: dial -> value
    revealed_by  the column of states.csv among the facts that names most signers and nobody else,
                 so that the scores are no test; None where there is none
    """

    instrument: str
    n: int
    signers: int
    auc: float | None
    brier: float
    base_brier: float
    read_round: int
    read_at: date
    states: pd.DataFrame
    calibration: pd.DataFrame
    misses: tuple[str, ...]
    remarks: tuple[str, ...]
    without: tuple[str, ...]
    refitted: bool
    weights: Mapping[str, float]
    replicates: int
    seed: int
    revealed_by: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """All of it under the key `transfer`, in plain types for JSON."""
        return {"transfer": in_plain_types(self, ("calibration", "states"))}


def in_plain_types(result: Any, frames: Iterable[str]) -> dict[str, Any]:
    """The fields of a *result* of a transfer, as JSON knows them; *frames* names its tables."""
    content = dict(vars(result), read_at=result.read_at.isoformat(), weights=dict(result.weights))
    content |= {name: list(getattr(result, name)) for name in ("misses", "remarks", "without")}
    return content | {name: getattr(result, name).to_dict("records") for name in frames}


def transfer(
    scenario: Scenario,
    signers: Signers,
    *,
    replicates: int = 200,
    seed: int = 1,
    without: Iterable[str] = (),
    weights: Mapping[str, float] | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
) -> Transfer:
    """Score *scenario*, which describes another instrument, by its *signers*: iso3 -> the day of
    signing or None.

    Shares are read in the round that contains the latest day, or when the run ends where the day of
    some is not known. The memberships *without*, columns of states.csv, are taken out of the facts,
    and the weights are fitted again to the Paris Call, which takes a few seconds; or *weights*
    (dial -> value), earlier results of `refit`, replace those that ship. *progress* is called with
    the number of worlds done and of all.

    InputError where the scenario changes more than the code's description, where states may not
    sign, where a day lies before the launch, where a column is no membership, or where a weight is
    none that is fitted.
    """
    check(scenario, signers)
    request = Request(scenario, replicates, seed, workers, progress)
    worlds = worlds_of_transfer(request, signers, leaving_out(without, "without"), weights)
    measures, refitted = worlds.measures, worlds.fields["refitted"]
    return scored(
        worlds.shares,
        signers,
        caveats={"late": worlds.late, **_caveats(scenario, signers, measures, refitted)},
        revealed_by=revealing_column(signers, measures),
        **worlds.fields,
    )


class WorldsOfTransfer(NamedTuple):
    """Id -> share of worlds signed by the end of the round in which they are read, of everybody
    with a name; the last signature, where the run ends before it; the facts; and the fields that
    any result of a transfer has.
    """

    shares: Mapping[str, float]
    late: Mapping[str, Any] | None
    measures: Measures
    fields: Mapping[str, Any]


def worlds_of_transfer(
    request: Request, signers: Signers, measures: Measures, weights: Mapping[str, float] | None
) -> WorldsOfTransfer:
    """The worlds of *request*, read when the last of *signers*, id -> day, had signed, by the facts
    of *measures* and under *weights*; None are fitted again where facts were taken out.
    """
    if weights is None:
        weights = refit(measures.left_out) if measures.left_out else {}
    scenario = request.scenario
    under = _under(scenario, weights)
    arrays = Setting.from_scenario(under, measures)
    output = worlds_of(request.of(under), arrays, AllOutputs(SIGNING_STAGES))
    read_round, late = _round_to_read(scenario, signers)
    fitted = (name for name, dial in DIALS.items() if isinstance(dial, Fitted))
    fields = {
        "instrument": scenario.code.name,
        "read_round": read_round,
        "read_at": end_of_round(scenario.code.launch, read_round),
        "without": tuple(sorted(measures.left_out)),
        "refitted": bool(weights),
        "weights": {name: under.parameters[name] for name in fitted},
        "replicates": request.replicates,
        "seed": request.seed,
    }
    shares = signed_shares_at(arrays, output, read_round)
    return WorldsOfTransfer(shares, late, measures, fields)


def scored(
    shares: Mapping[str, float],
    signers: Signers,
    *,
    seed: int,
    caveats: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Transfer:
    """The scores of *shares* of simulated worlds (iso3 -> 0 to 1, all states); *fields* are those
    of Transfer that are not computed here, *caveats* what the remarks say beside the scores.
    """
    names = facts.state_names()
    states = pd.DataFrame(
        {
            "iso3": list(names),
            "name": list(names.values()),
            "share": [shares[iso3] for iso3 in names],
            "signed": [iso3 in signers for iso3 in names],
        }
    )
    signed, share = states["signed"].to_numpy(bool), states["share"].to_numpy(np.float64)
    numbers: dict[str, Any] = {
        "signers": int(signed.sum()),
        "auc": scores.auc(signed, share),
        "brier": scores.brier(signed, share),
        "base_brier": scores.brier(signed, np.full(len(states), signed.mean())),
    }
    remarks = texts("remarks", **numbers, **(caveats or CAVEATS), expected=share.sum())
    return Transfer(
        n=len(states),
        **numbers,
        states=states,
        calibration=_calibration(signed, share, seed),
        misses=misses_of(states),
        remarks=tuple(remarks["states"]),
        seed=seed,
        **fields,
    )


def check(scenario: Scenario, signers: Signers) -> None:
    """InputError unless *scenario* describes another code and nothing else, which states may sign,
    and the last of its *signers* did so after the launch.
    """
    if "state" not in scenario.code.may_sign:
        raise InputError(
            f"{scenario.name}, [code]: may_sign has no states, expected them among those who may"
            " sign, or a table of the firms and NGOs that signed, with the columns name and, if"
            " known, signed_by"
        )
    check_description(scenario, signers)


def check_description(scenario: Scenario, signers: Signers) -> None:
    """InputError unless *scenario* describes another code and nothing else, and the last of its
    *signers* did so after the launch.
    """
    check_shipped_facts(scenario, scenario.name)
    check_only_the_code_differs(scenario)
    launch, days = scenario.code.launch, [day for day in signers.values() if day is not None]
    if days and max(days) < launch:
        raise InputError(
            f"{scenario.name}: found {max(days)} as the latest date of signing, expected one since"
            f" the launch, {launch}"
        )


def _under(scenario: Scenario, weights: Mapping[str, float]) -> Scenario:
    """*scenario* under *weights*, and else those fitted to the register, whichever side its text is
    on: the common ones are fitted to other instruments, perhaps to this one.
    """
    for name in weights:
        if not isinstance(dial_named(name, DIALS, "weights"), Fitted):
            raise InputError(f"weights: found {name}, expected fitted weights only")
    return scenario.with_changes(
        set={**read_weights(scenario.weights_file), **weights}, where="weights"
    )


def _round_to_read(scenario: Scenario, signers: Signers) -> tuple[int, dict[str, Any] | None]:
    """The round in which shares are read; and, where the run ends before the last signature, its
    end, and the day and the round of that.
    """
    if not signers or None in signers.values():
        return scenario.last_round, None
    latest = max(day for day in signers.values() if day is not None)
    t = round_of_event(scenario.code.launch, latest)
    if t <= scenario.last_round:
        return t, None
    end = end_of_round(scenario.code.launch, scenario.last_round)
    return scenario.last_round, {"end": end, "latest": latest, "round": t}


def _caveats(
    scenario: Scenario, signers: Signers, measures: Measures, refitted: bool
) -> dict[str, Any]:
    """Whether the signers are among the model's facts, or facts and weights do not belong
    together.
    """
    column, year = revealing_column(signers, measures), scenario.code.launch.year
    return {
        "are_fitted": set(signers) == set(facts.register_states().index),
        "column": column,
        "members": 0 if column is None else len(facts.members(column, "transfer")),
        "without": sorted(measures.left_out),
        "refitted": refitted,
        "year": year if abs(year - DATA_OF) > 1 else None,
        "DATA_OF": DATA_OF,
    }


def revealing_column(signers: Signers, measures: Measures) -> str | None:
    """The membership among the facts whose members are most of the *signers*, and signers all."""
    for column in facts.MEMBERSHIPS:
        members = set(facts.members(column, "transfer"))
        if (
            column not in measures.left_out
            and members <= set(signers)
            and len(members) > TOLD * len(signers)
        ):
            return str(column)
    return None


def _calibration(signed: NDArray[np.bool_], share: NDArray[np.float64], seed: int) -> pd.DataFrame:
    union = np.isin(list(facts.state_names()), facts.members("eu", "transfer"))
    bins = scores.calibration(signed, share, seed, as_one=union)
    return pd.DataFrame(
        [tuple(each) for each in bins],
        columns=["simulated", "observed", "states", "perfect_low", "perfect_high"],
    )


def misses_of(everybody: pd.DataFrame) -> tuple[str, ...]:
    """A sentence on each of those whose share lies farthest from what happened; columns name,
    share, signed.
    """
    miss = (everybody["share"] - everybody["signed"]).abs()
    worst = everybody.loc[miss.sort_values(ascending=False, kind="stable").index[:MISSES]]
    return tuple(texts("remarks", misses=worst.to_dict("records"))["misses"])


SCORES = {"auc": auc, "brier": brier}


def baselines_beside(result: Transfer) -> dict[str, dict[str, Any]]:
    """Baseline -> `auc` and `brier`, each with the baseline's `score` on the instrument of
    *result*, and the `difference` of Parley's less it. Facts that *result* was without are in no
    baseline either.
    """
    paris = load(DEFAULT).without_hindsight()
    features = read_features(paris, leaving_out(result.without, "without"))
    signatories = register(paris).signed
    signed, share = result.states["signed"].to_numpy(int), result.states["share"].to_numpy(float)
    by_baseline = {}
    for name, baseline in baselines(features).items():
        theirs = baseline(signatories, np.ones(len(signatories), dtype=bool))
        by_baseline[name] = {
            score: {
                "score": of(signed, theirs),
                "difference": (
                    difference(signed, share, theirs, of, features.groups, result.seed)._asdict()
                ),
            }
            for score, of in SCORES.items()
        }
    return by_baseline


EXAMPLES = (
    ("instruments/budapest", PRIOR_COMMITMENTS),
    ("instruments/budapest", ()),
    ("instruments/pall-mall-code-2025", ()),
)


def examples() -> list[Transfer]:
    """Every worked example, scored: about ten seconds."""
    return [
        transfer(load(name), instrument(name).signers, without=without)
        for name, without in EXAMPLES
    ]
