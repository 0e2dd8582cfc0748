"""Where the quantities of a lesson come from: the register, the record of talks, runs, talks,
classics and lenses.

Each source reads its keys from a table of a lesson's file and returns the measure that they
describe.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from sim import facts
from sim.classics.catalogue import description_of
from sim.classics.classic import classic_values
from sim.errors import InputError, nearest
from sim.experiments.frontier import CONDUCT, FIXED, FREE
from sim.experiments.outcomes import ALL, OUTCOMES, Array
from sim.facts import shipped
from sim.findings import ASSUMED, FITTED
from sim.kinds_and_statuses import KIND_WORDS, KINDS
from sim.lenses import LENSES
from sim.lessons.figure import PUBLISHED, RECORD_OF_TALKS, REGISTER, SIMULATED
from sim.lessons.quantity import Measure, Sample
from sim.lessons.worlds import SCALES, Worlds
from sim.negotiation.files import load_talks
from sim.reading import Section, literal
from sim.results.run import Run
from sim.scenario import Scenario, load
from sim.scenario.calendar import end_of_round, round_of_count
from sim.scenario.weights import read_fit, shipped_weights

OVER_ASSUMPTIONS = "assumptions"
EVERYBODY = "everybody"  # all kinds together
COUNTED = (*KIND_WORDS.values(), EVERYBODY)  # who is counted, in words
REPORT = "report"  # what the record of a group says where its talks succeeded
ADOPTED, KEPT, SLACK = "adopted", "kept", "slack"  # measures of talks
EXPECTED, AS_SIMULATED = "expected", "simulated"  # sides of a check of a classic


def measure_of(section: Section) -> Measure:
    """The measure that a table describes, by its key `source`; InputError, in one sentence, for
    what does not fit.
    """
    return SOURCES[section.one_of("source", SOURCES)](section)


def _of_register(section: Section) -> Measure:
    """How many are on the register at a `date`, or how many more than at the date `since`; or,
    where `absent` is true, how many of all states are not.
    """
    kinds = _kinds(section)
    when = section.day("date")
    since = section.day("since") if "since" in section else None
    table = facts.milestones()
    days = list(table["date"])
    for key, day in (("date", when), ("since", since)):
        if day is not None and day not in days:
            expected = f"a date of the register: {', '.join(str(one) for one in days)}"
            raise InputError(f"{section.where}: {key} is {day}, expected {expected}")
    counts = table[[f"{kind}s" for kind in kinds]].sum(axis=1).to_numpy(dtype=np.float64)
    number = counts[days.index(when)] - (0.0 if since is None else counts[days.index(since)])
    number = len(facts.state_names()) - number if _is_absent(section, kinds) else number
    return lambda worlds: Sample(np.array([number]), REGISTER)


def _of_homes(section: Section) -> Measure:
    """The share of the firms or NGOs on the register by a `date` whose home state was on it by
    then, or is `home`.
    """
    words = list(KIND_WORDS.values())
    kind = KINDS[words.index(section.one_of("who", words[1:]))]
    when = section.day("date")
    table = facts.register_organisations()
    rows = table[(table["kind"] == kind) & (table["listed_by"] <= when)]
    if rows.empty:
        raise section.wrong("date", "a date by which the register has some of them by home")
    if "home" in section:
        is_there = rows["iso3"] == section.one_of("home", facts.home_names())
    else:
        states = facts.register_states()
        is_there = rows["iso3"].isin(set(states.index[states["signed_by"] <= when]))
    share = float(rows.loc[is_there, "organisations"].sum() / rows["organisations"].sum())
    return lambda worlds: Sample(np.array([share]), REGISTER)


def _of_record(section: Section) -> Measure:
    """How many of the `groups` of experts, by the year in which they ended, agreed on a report."""
    rows = shipped.rows_of("gge_seats")
    outcomes = {row["group"]: row["outcome"] for row in rows}
    groups = section.words("groups")
    for group in groups:
        if group not in outcomes:
            raise section.wrong(
                "groups", f"some of {', '.join(outcomes)}{nearest(group, outcomes)}"
            )
    number = float(sum(outcomes[group] == REPORT for group in groups))
    return lambda worlds: Sample(np.array([number]), RECORD_OF_TALKS)


def _of_run(section: Section) -> Measure:
    """An outcome of a run of a `scenario`, at a `date` or by its end, where `over` may say that
    assumptions about conduct vary; or the share of worlds in which somebody `signs`. With `absent`,
    how many states are not there.
    """
    name = section.text("scenario")
    set_, choices = dict(section.section("set").values), dict(section.section("choices").values)
    lens = section.one_of("lens", LENSES, "")
    scenario = load(name).with_changes(set=set_, choices=choices, where=section.where)
    if "signs" in section:
        who = scenario.facts.stakeholder(section.text("signs"), f"{section.where}: signs")

        def signs(worlds: Worlds) -> Sample:
            result = worlds.run(name, set_, choices, lens, conduct=False)
            return Sample(np.array([result.signed[who]]), SIMULATED[result.basis], is_share=True)

        return signs
    outcome = OUTCOMES[section.one_of("outcome", OUTCOMES)]
    parts = (
        _kinds(section) if outcome.by == "kind" else (section.one_of("part", outcome.parts, ALL),)
    )
    when = _day(section, scenario) if "date" in section else None
    absent = _is_absent(section, parts)
    varies = section.one_of("over", (OVER_ASSUMPTIONS,), "") == OVER_ASSUMPTIONS
    if varies and (when is not None or outcome.of_signing):
        raise section.wrong("over", "an outcome of conduct without a date beside it")

    def of_outcome(worlds: Worlds) -> Sample:
        result = worlds.run(name, set_, choices, lens, conduct=not outcome.of_signing)
        of_conduct = None if outcome.of_signing else (result, outcome.name, parts[0])
        if varies:
            points = result.over_assumptions[outcome.name, parts[0]]
            return Sample(points, SIMULATED[ASSUMED], is_range=True, of_conduct=of_conduct)
        numbers = _numbers(result, outcome.name, parts, when)
        numbers = len(result.scenario.facts.state_names) - numbers if absent else numbers
        basis = SIMULATED[result.basis if outcome.of_signing else ASSUMED]
        return Sample(numbers, basis, of_conduct=of_conduct)

    return of_outcome


def _day(section: Section, scenario: Scenario) -> date:
    """The `date`, a day within the run of *scenario*."""
    day, launch = section.day("date"), scenario.code.launch
    first, last = (
        end_of_round(launch, number) for number in (scenario.first_round, scenario.last_round)
    )
    if round_of_count(launch, day) not in range(scenario.first_round, scenario.last_round + 1):
        raise section.wrong("date", f"a date from {first} on, within the run, which ends on {last}")
    return day


def _numbers(run: Run, outcome: str, parts: tuple[str, ...], when: date | None) -> Array:
    """One number per world: the sum of *parts* of *outcome* on the day *when*, by default by the
    end.
    """
    if when is not None:
        scenario = run.scenario
        place = round_of_count(scenario.code.launch, when) - scenario.first_round
        columns = [OUTCOMES[outcome].parts.index(part) for part in parts]
        dated: Array = run.values(outcome)[:, place, columns].sum(axis=1)
        return dated
    if OUTCOMES[outcome].column:
        by_end: Array = np.sum([run.by_replicate[outcome, part] for part in parts], axis=0)
        return by_end
    return run.harm_by_replicate[outcome]


def _of_frontier(section: Section) -> Measure:
    """An outcome of conduct under the text at the scale `to` (0 asks for nothing, 1 is the text as
    it is, 2 asks for everything), less that at the scale `from`, with the members of the text as it
    is or with whoever would sign.
    """
    name = section.text("scenario")
    load(name)
    outcome = section.one_of("outcome", CONDUCT)
    part = section.one_of("part", CONDUCT[outcome], CONDUCT[outcome][-1])
    membership = (FIXED, FREE).index(section.one_of("membership", (FIXED, FREE)))
    first, last = (SCALES.index(section.whole(key, 0, len(SCALES) - 1)) for key in ("from", "to"))

    def of_frontier(worlds: Worlds) -> Sample:
        values = worlds.frontier(name).conduct[outcome, part]
        return Sample(
            values[membership, last] - values[membership, first], SIMULATED[ASSUMED], is_range=True
        )

    return of_frontier


def _of_talks(section: Section) -> Measure:
    """Of `talks` with other settings or without some seats: whether a text is adopted, what it
    keeps, or the slack.
    """
    name = section.text("talks")
    set_ = dict(section.section("set").values)
    without = section.words("without") if "without" in section else ()
    load_talks(name).with_changes(set_, without, where=section.where)
    measure = section.one_of("measure", (ADOPTED, KEPT, SLACK), ADOPTED)

    def of_talks(worlds: Worlds) -> Sample:
        negotiation = worlds.talks(name, set_, without)
        is_adopted = negotiation.drafts.is_adopted
        numbers = {
            ADOPTED: lambda: is_adopted.astype(np.float64),
            KEPT: lambda: np.where(is_adopted, negotiation.tabled_share, np.nan),
            SLACK: lambda: negotiation.slack,
        }[measure]()
        return Sample(numbers, SIMULATED[ASSUMED], is_share=measure == ADOPTED)

    return of_talks


def _of_classic(section: Section) -> Measure:
    """One side of the check number `check` of a `classic`: the known result, or the simulated
    one.
    """
    name = description_of(section.text("classic")).name
    set_ = dict(section.section("set").values)
    classic_values(name, set_, section.where)
    number = section.whole("check", 1, 99)
    side = section.one_of("side", (EXPECTED, AS_SIMULATED))

    def of_classic(worlds: Worlds) -> Sample:
        checks = worlds.classic(name, set_).checks
        if number > len(checks):
            raise InputError(
                f"{section.where}: check is {literal(number)}, expected one from 1 to {len(checks)}"
            )
        basis = PUBLISHED if side == EXPECTED else SIMULATED[ASSUMED]
        return Sample(np.array([float(getattr(checks[number - 1], side))]), basis)

    return of_classic


def _of_lens(section: Section) -> Measure:
    """How much likelier the register is under a `lens` than under the null lens, as a difference of
    log likelihoods.
    """
    names = (section.one_of("lens", LENSES), "null")
    scores = [sum(read_fit(shipped_weights(name), "log_likelihood").values()) for name in names]
    return lambda worlds: Sample(np.array([scores[0] - scores[1]]), SIMULATED[FITTED])


def _is_absent(section: Section, kinds: tuple[str, ...]) -> bool:
    """Whether those are counted who are not there, which only of states is known."""
    absent = section.truth("absent", False)
    if absent and (kinds != KINDS[:1] or "since" in section):
        raise section.wrong(
            "absent", 'who = "states" and no since beside it, as only states can all be counted'
        )
    return absent


def _kinds(section: Section) -> tuple[str, ...]:
    """The kinds that the key `who` counts: states, firms, NGOs or everybody, who is meant where it
    is missing.
    """
    who = section.one_of("who", COUNTED, EVERYBODY)
    return tuple(kind for kind in KINDS if who in (EVERYBODY, KIND_WORDS[kind]))


SOURCES: Mapping[str, Callable[[Section], Measure]] = {
    "register": _of_register,
    "homes": _of_homes,
    "record": _of_record,
    "run": _of_run,
    "frontier": _of_frontier,
    "talks": _of_talks,
    "classic": _of_classic,
    "lens": _of_lens,
}
KEYS: Mapping[str, tuple[str, ...]] = {  # of each source
    "register": ("who", "date", "since", "absent"),
    "homes": ("who", "home", "date"),
    "record": ("groups",),
    "run": (
        "scenario",
        "set",
        "choices",
        "lens",
        "signs",
        "outcome",
        "who",
        "part",
        "date",
        "over",
        "absent",
    ),
    "frontier": ("scenario", "outcome", "part", "membership", "from", "to"),
    "talks": ("talks", "set", "without", "measure"),
    "classic": ("classic", "set", "check", "side"),
    "lens": ("lens",),
}
