"""Claims about conduct, the worlds compared for each, and the assumptions under which they are
tried.

Nobody has measured conduct, so a conclusion counts only if it survives a change of the assumptions.
Each claim is about kinds and groups in simulated worlds, none about any state, firm or NGO.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from sim.experiments.outcomes import ALL, Array, Summaries
from sim.number_formats import percent, setting
from sim.parameters import DIALS
from sim.population import STRICT, Measures
from sim.scenario import Scenario, load

# world -> (outcome, part) -> [replicates], all worlds with the same random draws
ByWorld = Mapping[str, Summaries]


@dataclass(frozen=True)
class World:
    """A scenario with its choices made; *dials* returns the dials that differ besides, from the
    scenario.
    """

    scenario: str
    choices: Mapping[str, str] = field(default_factory=dict)
    dials: Callable[[Scenario], Mapping[str, float]] = lambda scenario: {}
    code_is_open: bool = True

    def under(self, assumed: Mapping[str, float]) -> Scenario:
        """The scenario of this world with the dials *assumed*, dial -> value."""
        scenario = load(self.scenario).with_changes(set=assumed, choices=self.choices)
        return scenario.with_changes(set=self.dials(scenario))


def half_of_the_untraced(scenario: Scenario) -> dict[str, float]:
    """Attribution so much better that half of the operations that were not traced are traced."""
    return {"attribution_quality": (1.0 + scenario.parameters.attribution_quality) / 2.0}


# every other world is compared with the first, its harm with the second
CALL, NO_CODE = "the Paris Call", "no code"
WORLDS: Mapping[str, World] = {
    CALL: World("paris-call-2018"),
    NO_CODE: World("paris-call-2018", code_is_open=False),
    "better attribution": World("paris-call-2018", dials=half_of_the_untraced),
    "capacity": World("capacity-building"),
    "joint attribution": World("joint-attribution"),
    "great powers in earnest": World("great-powers-sign", {"manner": "in-earnest"}),
    "great powers in name": World("great-powers-sign", {"manner": "in-name"}),
    "hack-back allowed": World("hack-back"),
    "binding treaty": World("binding-treaty"),
    "internet war": World("internet-war"),
    "internet war, no code": World("internet-war", code_is_open=False),
}


@dataclass(frozen=True)
class Assumption:
    """An assumption about conduct: *dials* that are set, and the *measures* behind the traits of
    states. In plain words, the *subject* of what is assumed and how much of it, the *level*, which
    may be empty.
    """

    subject: str
    meaning: str
    dials: Mapping[str, float] = field(default_factory=dict)
    measures: Measures = STRICT
    level: str = ""

    @property
    def name(self) -> str:
        """Subject and level."""
        return f"{self.subject}: {self.level}" if self.level else self.subject


# Of a dial that is set: what its value says in plain words, in front of the value, and what the
# dial means.
WORDS = {
    "baseline_share": (
        "all hold back anyway",
        "the share of shame and sanction that binds everyone, code or no code,",
    ),
    "temptation": (
        "temptation to attack",
        "the weight of offensive means in the choice to operate",
    ),
    "attribution_quality": (
        "operations traced",
        "the chance that an operation is traced when nobody watches",
    ),
}


def _ends(dial: str) -> tuple[float, float]:
    """The ends of the plausible range of *dial*."""
    plausible = DIALS[dial].plausible
    assert plausible is not None
    return plausible


def _of_dial(dial: str, value: float) -> Assumption:
    words, meaning = WORDS[dial]
    usual = DIALS[dial].default
    assert usual is not None
    level = (
        percent(value)
        if DIALS[dial].between == (0.0, 1.0)
        else "weaker"
        if value < usual
        else "stronger"
    )
    return Assumption(
        words,
        f"{meaning} is {setting(value)}, not {setting(usual)} (`{dial}`)",
        {dial: value},
        level=level,
    )


ASSUMPTIONS: tuple[Assumption, ...] = (
    Assumption("as it ships", "every dial as each scenario has it"),
    *(_of_dial("baseline_share", value) for value in (0.0, *_ends("baseline_share"), 1.0)),
    Assumption(
        WORDS["baseline_share"][0],
        "that share is 1 and an internalised norm weighs nothing, so that no code restrains anybody"
        " (`norm_weight`)",
        {"baseline_share": 1.0, "norm_weight": 0.0},
        level=f"{percent(1.0)}, without norms",
    ),
    *(
        _of_dial(dial, value)
        for dial in ("temptation", "attribution_quality")
        for value in _ends(dial)
    ),
    Assumption(
        "offensive means",
        "offensive means are the operations disclosed before the launch, and not material"
        " power too",
        measures=Measures(offence="operations"),
        level="operations alone",
    ),
    Assumption(
        "offensive means",
        "offensive means are material power, and not disclosed operations too",
        measures=Measures(offence="power"),
        level="power alone",
    ),
)


@dataclass(frozen=True)
class Claim:
    """A *sentence* that somebody could quote, about *worlds*. *effect* gives its effect size
    [replicates], in *unit*: positive where the claim is true, negative where the opposite is, and 0
    where nothing happens.
    """

    name: str
    sentence: str
    unit: str
    worlds: tuple[str, ...]
    effect: Callable[[ByWorld], Array]


HARM = "points of harm, of 100 without the code"
CONFIDENCE = "points of confidence, of 100"


def less(name: str, sentence: str, outcome: str, world: str, than: str) -> Claim:
    """The claim that there is less of *outcome* in *world* than in *than*, in % of its mean in the
    latter.
    """

    def effect(by_world: ByWorld) -> Array:
        whole = by_world[than][outcome, ALL]
        mean = float(np.mean(whole))
        fewer = whole - by_world[world][outcome, ALL]
        return 100.0 * fewer / mean if mean > 0.0 else fewer

    return Claim(name, sentence, f"% of {outcome}", (world, than), effect)


def points_less(
    outcome: str, points: float, unit: str, name: str, sentence: str, world: str, than: str = CALL
) -> Claim:
    """The claim that there is less of *outcome* in *world* than in *than*, in *points* for each
    unit of the outcome.
    """

    def effect(by_world: ByWorld) -> Array:
        return points * (by_world[than][outcome, ALL] - by_world[world][outcome, ALL])

    return Claim(name, sentence, unit, (world, than), effect)


less_harm = partial(points_less, "harm_index", 1.0, HARM)
less_confidence = partial(points_less, "confidence", 100.0, CONFIDENCE)


def of_the_call(name: str, sentence: str, unit: str, effect: Callable[[Summaries], Array]) -> Claim:
    """A claim about the Paris Call's own worlds."""
    return Claim(name, sentence, unit, (CALL,), lambda by_world: effect(by_world[CALL]))


CLAIMS: tuple[Claim, ...] = (
    of_the_call("prevents", "The code prevents harm.", HARM, lambda of: of["harm_prevented", ALL]),
    of_the_call(
        "restraint",
        "The code prevents more harm by restraint than by protection.",
        HARM,
        lambda of: of["restraint", ALL] - of["protection", ALL],
    ),
    of_the_call(
        "selection",
        "Those who sign would have done less harm than as many others even without the code.",
        HARM,
        lambda of: of["selection", ALL],
    ),
    of_the_call(
        "kept",
        "Of the signatories among the third of states with most means, more keep the code over a"
        " year than act against it (simulated).",
        "points of compliance above 50, of 100",
        lambda of: 100.0 * (of["compliance", "state_high"] - 0.5),
    ),
    of_the_call(
        "overconfident",
        "The world is more confident in signatories than their compliance (simulated) deserves.",
        CONFIDENCE,
        lambda of: 100.0 * (of["confidence", ALL] - of["compliance", ALL]),
    ),
    less(
        "attribution",
        "Better attribution lowers operations.",
        "operations",
        "better attribution",
        CALL,
    ),
    less_harm("attribution-harm", "Better attribution lowers harm.", "better attribution"),
    less(
        "joint",
        "Joint attribution by signatories lowers operations.",
        "operations",
        "joint attribution",
        CALL,
    ),
    less_confidence(
        "joint-confidence",
        "Joint attribution lowers confidence, as more is seen.",
        "joint attribution",
    ),
    less_harm(
        "capacity", "Building the capacity of small and poor states lowers harm.", "capacity"
    ),
    less_confidence(
        "in-name", "Great powers that sign in name only lower confidence.", "great powers in name"
    ),
    less_harm(
        "in-earnest",
        "Great powers that sign in earnest lower harm more than those that sign in name.",
        "great powers in earnest",
        "great powers in name",
    ),
    less_harm(
        "treaty", "A binding treaty lowers harm more than the declaration does.", "binding treaty"
    ),
    less(
        "hack-back",
        "The principle against private hack-back keeps strikes in retaliation down.",
        "strikes",
        CALL,
        "hack-back allowed",
    ),
    less(
        "internet-war",
        "Where one blow is answered by more than one, the code keeps strikes in retaliation down.",
        "strikes",
        "internet war",
        "internet war, no code",
    ),
)
