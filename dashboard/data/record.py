"""The record of a run, which the pages show: bands, counts and shares of worlds by round, as plain
JSON; signing only.

A run holds millions of numbers, a page some thousands. Nothing here joins a name to conduct, which
has routes of its own and is told by group.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

import sim
from dashboard.data.pairs import MOST, has_other_fits
from dashboard.data.suppositions import as_it_was, supposing
from dashboard.data.words import (
    ALL_AMBITIONS,
    AMBITION,
    ENDS,
    FITTED,
    ROLES,
    basis_and_why,
    role_words,
)
from dashboard.view import SCENARIO, View, range_on_pages
from sim import number_formats as formats

EDGES = {
    "low_90": 5,
    "low_50": 25,
    "median": 50,
    "high_50": 75,
    "high_90": 95,
}  # percentiles over the worlds
BY_KIND = ("listed", "taken_up", "waiting", "declined", "withdrawn")
LATER = "9999-12-31"  # than any date of a register
GREAT_POWERS = {
    "USA": "Washington",
    "CHN": "Beijing",
    "RUS": "Moscow",
}  # by the seat of the government
REGISTER = "register"  # whose a number is
TRAITS_OF_TEXT = {
    "text_openness": "openness",
    "text_public_rule": "public_rule",
}  # dial -> what it is near to
MONITORING = "monitoring"
RULES_ON_CONDUCT = (MONITORING, "sanctions", "joint_attribution")
RATIFICATION = "ratification_needed"  # 1 where the code is a treaty
GROUPS_OF_CONDUCT = ("Conduct", "Harm", "Attribution", "Response", "Learning")  # of dials
MOVE_SIGNERS = ("operation_base", "standing_loss")  # which, as far as they go, change who signs
ACTS_ON_CONDUCT = "Why: this acts on what is done, hardly on who signs."
MORE_STRIKES = " More of it brings more strikes in retaliation, which harm too (assumed)."
SWEEPS = {
    MONITORING: "monitoring",
    "sanctions": "attribution-and-sanctions",
}  # dial -> the sweep on it
MOST_APART = (
    3  # dials of one that moves several that are shown on their own where they alone are moved
)
MIDDLE = 0.5  # of openness: below it other weights hold for states


def record_of(view: View, run: sim.Run) -> dict[str, Any]:
    """All that the page Simulate shows of one view."""
    scenario = view.variant
    courses, dates, register = run.courses(), dates_of(run), register_of(run)
    own = replace(view, branch=()).variant.events
    supposed = [
        event for event in scenario.events if event not in own
    ]  # the page lists branches on their own
    known = directory().set_index("id")
    happened = (
        []
        if view != as_it_was(view)
        else what_happened(register["state"], dates[-scenario.first_round], known)
    )
    at_the_end = dict(zip(courses["signed"].columns, courses["signed"].to_numpy()[-1], strict=True))
    return {
        "query": view.query(),
        "scenario": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "look_at": look_at(view, register),
        "lens": scenario.lens,
        "weights": view.weights or "fitted",
        "may_sign": list(scenario.code.may_sign),
        "worlds": run.replicates,
        "seed": run.seed,
        "version": sim.__version__,
        **basis_and_why(scenario),
        "settings": settings_of(view),
        "chosen": {name: list(options) for name, options in scenario.answers.items()},
        "first_round": scenario.first_round,
        "dates": dates,
        "bands": {
            **{outcome: _bands_by_kind(run, outcome) for outcome in BY_KIND},
            "power_share": bands(run.values("power_share")[:, :, 0], digits=9),
        },
        "register": register,
        "happened": [list(part) for part in happened],
        "wrong_names": (
            wrong_names(at_the_end, known) if happened else {"expected": 0, "never": 0, "came": 0}
        ),
        "registered": {
            kind: [reading["count"] for reading in readings(points, dates)]
            for kind, points in register.items()
        },
        "names": list(courses["signed"].columns),
        "signed": _whole_numbers(courses["signed"].to_numpy(), run.replicates),
        "taken_up": _whole_numbers(courses["taken_up"].to_numpy(), run.replicates),
        "log": [
            {
                "round": event.round,
                "what": event.what,
                "words": sim.words.event_words(event, names()),
                "why": event.why,
            }
            for event in scenario.events
            if event not in supposed
        ],
        **dials_of(view, run),
    }


def look_at(view: View, register: Mapping[str, Sequence[Any]]) -> str:
    """What to look at: the notes of the scenario, or, where the view changes more than the answers
    to its own questions, what its chart holds then: its points are those of the *register*, if any.
    """
    if not (view.set or view.branch or view.convenor or view.may_sign):
        return view.variant.look_at
    bar = (
        "The bar to the right of them says how far that goes under other fits that the data allow."
    )
    points = any(register.values())
    return " ".join(
        filter(
            None,
            [
                (
                    "On the chart, set the blue line, which is the median of the simulated worlds,"
                    " beside the dashed one, which is the Paris Call as it was under the same luck:"
                    " what lies between the two is what the change does."
                ),
                bar if has_other_fits(view) else "",
                (
                    "The vermilion points are the register's dated counts, of the Call as it was."
                    if points
                    else (
                        "No counts of the register are shown, as it lists who supports the Paris"
                        " Call's own text, and this is another."
                    )
                ),
                (
                    "Among the numbers below, look at the harm prevented, which is assumed: more"
                    " who sign need not prevent more."
                ),
            ],
        )
    )


def what_happened(
    points: Sequence[Mapping[str, Any]], launch: str, people: Any
) -> list[tuple[str, str]]:
    """What really happened to the Paris Call, for the first page and its brief: a sentence without
    its full stop, in parts, each with REGISTER where it is a number of the register. It says how
    many states the dated *points* of the register have at the *launch*, a year later and at the
    end, and which of the great powers of *people* came late or never. Empty without points.
    """
    if not points:
        return []
    a_year_on, last = f"{int(launch[:4]) + 1}{launch[4:]}", points[-1]

    def by(day: str) -> tuple[str, str]:
        known = [point["count"] for point in points if point["date"] <= day]
        return formats.count(known[-1] if known else 0), REGISTER

    joined = {who: people["supporter_since"][who] for who in GREAT_POWERS}
    since = {who: day.isoformat() if day else "" for who, day in joined.items()}
    late = [
        f"{GREAT_POWERS[who]} only in {day[:4]}"
        for who, day in since.items()
        if launch < day <= last["date"]
    ]
    never = formats.listing(
        [GREAT_POWERS[who] for who, day in since.items() if not day or day > last["date"]]
    )
    powers = ", ".join([*late, *([f"{never} never"] if never else [])])
    return [
        by(launch), (" states joined at launch, ", ""), by(a_year_on), (" within a year, ", ""),
        by(last["date"]),
        (f" by {date.fromisoformat(last['date']):%B %Y}{f': {powers}' if powers else ''}", ""),
    ]  # fmt: skip


def names_apart(shares: Mapping[str, float], people: Any) -> tuple[list[str], list[str]]:
    """The states of *people* that are expected, as they sign in most worlds by their *shares* of
    them, and never came to the register, the likeliest first, and those that came and were not
    expected, the unlikeliest first.
    """
    came = {
        who: bool(people["supporter_since"][who])
        for who in shares
        if people["kind"][who] == "state"
    }
    never = [who for who, has_come in came.items() if not has_come and shares[who] > MOST]
    seldom = [who for who, has_come in came.items() if has_come and shares[who] <= MOST]
    return sorted(never, key=lambda who: -shares[who]), sorted(seldom, key=lambda who: shares[who])


def wrong_names(shares: Mapping[str, float], people: Any) -> dict[str, int]:
    """How many states are `expected`, how many of them `never` came, and how many `came` and were
    not expected.
    """
    never, came = names_apart(shares, people)
    expected = [
        who for who, share in shares.items() if people["kind"][who] == "state" and share > MOST
    ]
    return {"expected": len(expected), "never": len(never), "came": len(came)}


def dials_of(view: View, run: sim.Run) -> dict[str, Any]:
    """The dials of *view* that assets/dials.js shows first, those moved that are none of them nor
    beside the choices of the scenario, or that are a few of those that one of the first moves
    together, and why some do nothing.
    """
    base = _base_of(view)
    first = [first_dial(base, name) | _why(base, name, run) for name in base.first_dials]
    moved_in_view = [part.partition(":")[0] for part in view.set]
    together = {
        each
        for dial in first
        for each in dial["moves"]
        if not _is_apart(dial["moves"], moved_in_view)
    }
    names = [name for name in moved_in_view if name not in together]
    shown = sim.load(SCENARIO).dials
    moved = [first_dial(base, name) | _why(base, name, run) for name in names
             if name in base.dials and name in shown and shown[name].role in ROLES]  # fmt: skip
    return {"first": first, "moved_dials": moved, "idle": sim.words.why_idle(view.variant)}


def _is_apart(moves: Sequence[str], moved: Sequence[str]) -> bool:
    """Whether of several dials that one *moves* together only a few are *moved*, each to be seen on
    its own.
    """
    return len(moves) > 1 and 0 < len(set(moves) & set(moved)) <= MOST_APART


def first_dial(base: sim.Scenario, name: str) -> dict[str, Any]:
    """One of the dials of *base* to show first: its words, its ends and the dials that it moves,
    itself alone but for the ambition of all provisions.
    """
    moves = (
        [name]
        if name in base.dials
        else [each for each in base.dials if each.startswith(f"{name}_")]
    )
    dial = base.dials[moves[0]]
    is_one = moves == [name]
    return {
        "name": name,
        "label": dial.label if is_one else ALL_AMBITIONS,
        "meaning": dial.meaning if is_one else "how much the text asks for in all its provisions",
        "role": FITTED if dial.role == "fitted" else role_words(dial),
        "moves": moves,
        "unit": dial.unit,
        "low": range_on_pages(dial)[0],
        "high": range_on_pages(dial)[1],
        "whole": dial.whole,
        "ends": list(ENDS.get("ambition" if name.startswith(AMBITION) else name, ())),
    }


def _why(base: sim.Scenario, name: str, run: sim.Run) -> dict[str, Any]:
    """`why`: whom a move of the dial called *name* brings the text nearer to, and from which value
    on that holds, where it is a position of the text and nearness weighs for those who may sign;
    what the ambition of provisions costs; that a dial of conduct hardly moves who signs; empty
    elsewhere. `sweep`: where else its effect on harm is told.
    """
    nothing = {
        "why": "",
        "why_from": 0.0,
        "of_conduct": is_of_conduct(base, name),
        "sweep": SWEEPS.get(name),
    }
    if is_of_conduct(base, name):
        return nothing | {"why": ACTS_ON_CONDUCT + MORE_STRIKES * (name == MONITORING)}
    if f"{name}_".startswith(AMBITION):
        return nothing | {"why": _what_ambition_costs(base, run)}
    if name not in TRAITS_OF_TEXT:
        return nothing
    population, settings = run.setting.population, base.settings
    positions, value = population.traits[sim.TRAITS.index(TRAITS_OF_TEXT[name])], settings[name]
    shares = {
        kind: float((positions[population.kind == place] < value).mean())
        for place, kind in enumerate(sim.KINDS)
        if kind in run.scenario.code.may_sign and settings[f"{kind}_affinity"] > 0
    }
    if not shares:
        return nothing
    below = formats.listing(
        [f"{formats.percent(share)} of {sim.KIND_WORDS[kind]}" for kind, share in shares.items()]
    )
    record = name == "text_openness" and "state" in shares and settings["state_record"] > 0
    why = (
        "Why: the nearer a text is to one’s own position, the likelier one signs it. Below"
        f" {formats.setting(value)} stand {below}; these positions are our judgement."
        + (" States with commitments behind them like an open text besides." if record else "")
    )
    return nothing | {"why": why, "why_from": MIDDLE if name == "text_openness" else 0.0}


def is_treaty(scenario: sim.Scenario) -> bool:
    """Whether its code binds those alone that ratify it."""
    return bool(scenario.settings[RATIFICATION])


def is_of_conduct(base: sim.Scenario, name: str) -> bool:
    """Whether the dial of *base* called *name* acts on what is done, and hardly on who signs."""
    if name in RULES_ON_CONDUCT:
        return True
    return (
        name in base.dials
        and base.dials[name].group in GROUPS_OF_CONDUCT
        and name not in MOVE_SIGNERS
    )


def _what_ambition_costs(base: sim.Scenario, run: sim.Run) -> str:
    """Why a text that asks for more is signed by fewer, by the motives that weigh for those who may
    sign.
    """
    kinds, settings = run.scenario.code.may_sign, base.settings
    burdened = [sim.KIND_WORDS[kind] for kind in kinds if settings[f"{kind}_burden"] > 0]
    costs = ["restraint gives up offensive means of states"] * (
        "state" in kinds and settings["state_restraint"] > 0
    )
    costs += [f"effort needs means that some {formats.listing(burdened)} lack"] * bool(burdened)
    return (
        f"Why: the more a text asks for, the more it costs to sign it: {formats.listing(costs)}."
        if costs
        else ""
    )


def provenance(view: View) -> dict[str, Any]:
    """What it takes to repeat an answer on *view*, beside its query, and what the view supposes."""
    return {
        "scenario": view.scenario,
        "worlds": view.worlds,
        "seed": view.seed,
        "version": sim.__version__,
        "supposing": supposing(view),
    }


@functools.cache
def directory() -> pd.DataFrame:
    """Everybody with a name, in the default scenario; no other changes ids, names, kinds or
    homes.
    """
    return sim.run(replicates=1).directory()


@functools.cache
def names() -> Mapping[str, str]:
    """id -> name."""
    people = directory()
    return dict(zip(people["id"], people["name"], strict=True))


def people() -> list[dict[str, Any]]:
    """Everybody with a name: other names, kind, home, traits, groups, and the day on the
    register.
    """
    table = directory().copy()
    table["regional_group"] = [
        regional_group(*home) for home in zip(table["home"], table["region"], strict=True)
    ]
    table["other_names"] = [", ".join(sim.OTHER_NAMES.get(who, ())) for who in table["id"]]
    table["groups"] = table.pop("memberships").map(lambda groups: ", ".join(groups))
    table["supporter_since"] = table["supporter_since"].map(
        lambda day: day.isoformat() if day else None
    )
    rows: list[dict[str, Any]] = json.loads(table.to_json(orient="records"))
    return rows


def settings_of(view: View) -> dict[str, float]:
    """The value of every dial as the scenario, its lens and its choices have it, before any dial is
    moved.
    """
    return _base_of(view).settings


def _base_of(view: View) -> sim.Scenario:
    return View(scenario=view.scenario, lens=view.lens, choose=view.choose).variant


def dates_of(run: sim.Run) -> list[str]:
    """The last day of every round, as 2018-11-12."""
    return [day.isoformat() for day in run.dates]


def bands(values: np.ndarray, digits: int = 4) -> dict[str, list[float]]:
    """Percentiles over the worlds of *values* [world, round], by the name of the edge, with so many
    *digits* that no number reads otherwise than the percentile itself.
    """
    edges = np.percentile(values, list(EDGES.values()), axis=0).round(digits)
    return dict(zip(EDGES, edges.tolist(), strict=True))


def _bands_by_kind(run: sim.Run, outcome: str) -> dict[str, dict[str, list[float]]]:
    values = run.values(outcome)
    return {kind: bands(values[:, :, place]) for place, kind in enumerate(sim.KINDS)}


def register_of(run: sim.Run) -> dict[str, list[dict[str, Any]]]:
    """The register's dated counts by kind, where the code is the one that it lists."""
    counts: dict[str, list[dict[str, Any]]] = {kind: [] for kind in sim.KINDS}
    for row in run.table().itertuples():
        if isinstance(row.registered, (int, np.integer)):
            day: date = row.date  # type: ignore[assignment]
            counts[str(row.kind)].append({"date": day.isoformat(), "count": int(row.registered)})
    return counts


def readings(points: Sequence[Mapping[str, Any]], dates: Sequence[str]) -> list[Mapping[str, Any]]:
    """The register's reading, of its dated *points*, beside the rounds that end on *dates*: the
    latest before the next round ends, as in `sim.Run.table`; its date and count, None before all.
    """
    nothing: Mapping[str, Any] = {"date": None, "count": None}
    ends = [*dates[1:], LATER]
    return [
        next((point for point in reversed(points) if point["date"] < end), nothing) for end in ends
    ]


def _whole_numbers(shares: np.ndarray, worlds: int) -> list[list[int]]:
    """[round][stakeholder] in how many of the worlds."""
    counts: list[list[int]] = np.rint(shares * worlds).astype(int).tolist()
    return counts


# The regional groups of the United Nations, after the list of its Department for General Assembly
# and Conference Management (https://www.un.org/dgacm/en/content/regional-groups). They follow the
# sub-regions of the statistical division but for the exceptions. The United States is an observer
# of the group of Western European and other states and counts as one of them; Türkiye takes part in
# two groups and is counted where it stands for election.
AFRICAN, ASIAN, EASTERN = "African", "Asia-Pacific", "Eastern European"
LATIN_AMERICAN, WESTERN = "Latin American and Caribbean", "Western European and others"

_BY_REGION = {
    "Eastern Africa": AFRICAN,
    "Middle Africa": AFRICAN,
    "Northern Africa": AFRICAN,
    "Southern Africa": AFRICAN,
    "Western Africa": AFRICAN,
    "Caribbean": LATIN_AMERICAN,
    "Central America": LATIN_AMERICAN,
    "South America": LATIN_AMERICAN,
    "Central Asia": ASIAN,
    "Eastern Asia": ASIAN,
    "Melanesia": ASIAN,
    "Micronesia": ASIAN,
    "Polynesia": ASIAN,
    "South-eastern Asia": ASIAN,
    "Southern Asia": ASIAN,
    "Western Asia": ASIAN,
    "Eastern Europe": EASTERN,
    "Australia and New Zealand": WESTERN,
    "Northern America": WESTERN,
    "Northern Europe": WESTERN,
    "Southern Europe": WESTERN,
    "Western Europe": WESTERN,
}
_EXCEPTIONS = {
    **dict.fromkeys(("ALB", "BIH", "HRV", "MKD", "MNE", "SRB", "SVN"), EASTERN),
    **dict.fromkeys(("ARM", "AZE", "EST", "GEO", "LTU", "LVA"), EASTERN),
    **dict.fromkeys(("ISR", "TUR"), WESTERN),
}  # fmt: skip


def regional_group(iso3: str, region: str) -> str:
    """The group of the member state *iso3* in *region*, a sub-region of the statistical division;
    "" for others.
    """
    return _EXCEPTIONS.get(iso3) or _BY_REGION.get(region, "")
