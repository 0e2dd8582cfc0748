"""The dials of a group as SALib takes them, and a scenario as the EMA Workbench takes it."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sim.arguments import LARGEST_SEED, SEED, check_replicates
from sim.dials.dial import Dial, Lever, Uncertainty, dial_named
from sim.errors import InputError, nearest
from sim.experiments.outcomes import OUTCOMES
from sim.extras import extra
from sim.parameters import AT, DIALS
from sim.reading import as_list, check_text, check_whole, literal
from sim.scenario import Scenario
from sim.scenario.files import DEFAULT
from sim.sweeps.block import simulate_block
from sim.sweeps.points import Points
from sim.sweeps.sweep_file import REPLICATES, load_sweep

UNCERTAINTIES = "uncertainties"  # all of them, in place of a group


def problem(group: str = UNCERTAINTIES) -> dict[str, Any]:
    """SALib's problem of the dials of *group* ("Conduct", "Attribution" and so on, as `parley
    parameters` has them, or "uncertainties" for all): num_vars, names, and bounds, the plausible
    range of an uncertainty, else all that the dial may be. Fitted weights are left out, as draws of
    them are better samples than their bounds. InputError for any other group.
    """
    check_text(group, "problem: group")
    dials: list[Dial] = [dial for dial in DIALS.values() if isinstance(dial, (Lever, Uncertainty))]
    groups = list(dict.fromkeys(dial.group for dial in dials))
    every = group == UNCERTAINTIES
    members = [
        dial for dial in dials if (isinstance(dial, Uncertainty) if every else dial.group == group)
    ]
    if not members:
        expected = f"{UNCERTAINTIES!r} or one of {', '.join(groups)}{nearest(group, groups)}"
        raise InputError(f"problem: group is {literal(group)}, expected {expected}")
    return {
        "num_vars": len(members),
        "names": [dial.name for dial in members],
        "bounds": [[float(end) for end in _range(dial)] for dial in members],
    }


def _range(dial: Dial) -> tuple[float, float]:
    return dial.between if dial.plausible is None else dial.plausible


class OutcomeFunction:
    """A scenario as a function from dials to outcomes: called with the values of *dials*, it
    returns the mean over replicates of each column of the *outcomes*. All calls have the same
    draws.

    It can be sent to other processes, which compose the scenario anew.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario,
        dials: Iterable[str],
        outcomes: Iterable[str],
        replicates: int,
        seed: int,
    ) -> None:
        self.scenario = scenario
        self.dials, self.outcomes = tuple(dials), tuple(outcomes)
        self.replicates, self.seed = replicates, seed

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_points"}

    @cached_property
    def _points(self) -> Points:
        """A single point, whose dials each call overrides."""
        return Points(
            load_sweep(
                {
                    "scenario": self.scenario,
                    "levers": {name: [DIALS[name].between[0]] for name in self.dials},
                    "outcomes": list(self.outcomes),
                    "replicates": self.replicates,
                    "seed": self.seed,
                }
            )
        )

    def __call__(self, **dials: float) -> dict[str, float]:
        """Column -> mean; InputError for a name that is not among the dials, or a value out of its
        range.
        """
        for name in dials:
            if name not in self.dials:
                raise InputError(f"dials: found {name!r}, expected some of {', '.join(self.dials)}")
        world = self._points.world(0)
        vector = world.dials.copy()
        for name, value in dials.items():
            vector[getattr(AT, name)] = DIALS[name].check(value, "dials")
        runs = np.column_stack([np.zeros(self.replicates, np.int64), np.arange(self.replicates)])
        values = simulate_block(world.setting, vector[None], runs, self.seed, world.columns)
        return dict(zip(world.columns.names, values.mean(axis=0).tolist(), strict=True))


def ema_model(
    scenario: str | Path | Scenario = DEFAULT,
    *,
    levers: Iterable[str] = (),
    uncertainties: Iterable[str] = (),
    outcomes: Iterable[str] = ("signatories", "harm_prevented"),
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Any:
    """*scenario* as a Model of the EMA Workbench, with dials as its *levers* and *uncertainties*:
    between the ends of their plausible ranges, else of all that they may be. Its outcomes are means
    over *replicates*, under the same draws in every experiment, one for each column of *outcomes*
    (names of `parley.OUTCOMES`).

    InputError for whatever does not fit, and where the EMA Workbench is not installed.
    """
    with extra("ema", "ema_model"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of executors that are not installed
        from ema_workbench import IntegerParameter, Model, RealParameter, ScalarOutcome
    parts = [
        _dials(names, where)
        for names, where in ((levers, "levers"), (uncertainties, "uncertainties"))
    ]
    names = [*parts[0], *parts[1]]
    if not names or len(set(names)) < len(names):
        raise InputError(
            f"ema_model: found the dials {', '.join(names)}, expected at least one, each once"
        )
    kept_names = as_list(outcomes, "outcomes", "names of outcomes")
    for name in kept_names:
        if not isinstance(name, str) or name not in OUTCOMES:
            raise InputError(
                f"outcomes: found {literal(name)}, expected some of {', '.join(OUTCOMES)}"
            )
    number = check_replicates(replicates)
    function = OutcomeFunction(
        scenario, names, kept_names, number, check_whole(seed, 0, LARGEST_SEED, "seed")
    )
    model = Model("parley", function=function)
    kinds = {True: IntegerParameter, False: RealParameter}
    model.levers, model.uncertainties = (
        [_parameter(kinds[dial.whole], dial) for dial in part.values()] for part in parts
    )
    model.outcomes = [ScalarOutcome(column) for column in function._points.world(0).columns.names]
    return model


def _parameter(kind: Any, dial: Dial) -> Any:
    low, high = _range(dial)
    return (
        kind(dial.name, int(low), int(high))
        if dial.whole
        else kind(dial.name, float(low), float(high))
    )


def _dials(names: Iterable[str], where: str) -> Mapping[str, Dial]:
    """The dials called *names*; InputError that begins with *where* for one that is structural, or
    no dial.
    """
    dials = {}
    for name in as_list(names, where, "names of dials"):
        dial = dial_named(name, DIALS, where)
        if dial.structural:
            raise InputError(
                f"{where}: {name} shapes the population, expected dials that hold for a given one"
            )
        dials[name] = dial
    return dials
