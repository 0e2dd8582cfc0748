"""Several views under the same random streams: what each changes beside one of them, world by
world, as plain JSON.

    ?lens=realist&with=scenario%3Dgreat-powers-sign&with=lens%3Dnull

Each `with` holds the query of another view, or its scenario alone. The one beside which the others
are set is the first, or the one that the first is a change of (`reference_of`). Signing is compared
by name, conduct by group and as ranges alone.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from textwrap import shorten
from typing import Any
from unicodedata import normalize
from urllib.parse import urlencode

import numpy as np

import sim
from dashboard.cache import Answers, Runs
from dashboard.data.beside import views_beside
from dashboard.data.brief_pairs import OTHER_FITS, SHORTLY, Change, in_other_fits
from dashboard.data.pairs import (
    choosers,
    coalitions_of,
    middle_and_ends,
    moves,
    reference_of,
    supposed,
    turns,
    under_other_fits,
)
from dashboard.data.record import bands, dates_of, register_of
from dashboard.data.view_names import choosers_named, condition_of, labels_of, name_of
from dashboard.data.words import (
    ASSUMED_RANGES,
    GROUPS,
    KINDS,
    basis_and_why,
    basis_of,
    basis_of_worlds,
    worlds_of,
)
from dashboard.requests import go_on
from dashboard.view import LONGEST, SIGNS, STAYS_OUT, WHERE, View, split_query, view_of

WITH = "with"
MOST_VIEWS = 4
LETTERS = "ABCD"
SHOWN = ("query", "name", "label", "scenario", "lens", "dates", "listed", "register")  # of a side
MOST_MOVED = 10  # names on the page, where nobody moves far
CONDUCT_WORLDS = 30
LONGEST_FILE = 53  # characters of a name, as of a picture: systems cut longer ones
PAIRS = (
    "pairs_more",
    "pairs_fewer",
)  # in how many pairs of worlds there are more, and in how many fewer


@dataclass(frozen=True)
class Measure:
    """A row of the table of differences: its key in `at_the_end` of a side, its words and its
    unit.
    """

    key: str
    label: str
    unit: str


MEASURES = (
    *(
        Measure(f"listed-{kind}", f"{words} on the public list", "stakeholders")
        for kind, words in KINDS.items()
    ),
    *(
        Measure(f"signatories-{kind}", f"{words} that have signed", "stakeholders")
        for kind, words in KINDS.items()
    ),
    Measure("power_share", "Material power held by signatory states", "share"),
    *(
        Measure(f"not_taken_up-{kind}", f"{words} that never took it up", "stakeholders")
        for kind, words in KINDS.items()
    ),
)


def views_of(query: str) -> list[View]:
    """The views that *query* asks for, the page's own first, all with its worlds and its seed.

    InputError, in one sentence, where one of them is none or where they are more than MOST_VIEWS.
    """
    of_view, values = split_query(query, WITH, longest=MOST_VIEWS * LONGEST)
    others = values[WITH]
    if len(others) >= MOST_VIEWS:
        raise sim.InputError(
            f"{WHERE}: found {len(others) + 1} views, expected at most {MOST_VIEWS}"
        )
    first = view_of(of_view)
    return [
        first,
        *(replace(view, worlds=first.worlds, seed=first.seed) for view in views_beside(others)),
    ]


def query_of(views: Sequence[View]) -> str:
    """The query that asks for *views*; empty for none."""
    if not views:
        return ""
    first, *others = views
    return "&".join(
        filter(None, [first.query(), urlencode([(WITH, other.query()) for other in others])])
    )


def key_of(views: Sequence[View]) -> str:
    """The key of a comparison of *views*."""
    return urlencode([("view", view.query()) for view in views])


def sides_of(views: Sequence[View], answers: Answers, runs: Runs) -> list[dict[str, Any]]:
    """The sides of a comparison of *views*. Each is kept by itself, so that one more view costs one
    more run.

    They are computed one after the other and outside of any turn: waiting for a turn while holding
    one would never end.
    """
    who = choosers(views)
    key = " ".join(["side", *who])
    return [
        json.loads(answers.get(f"{key}?{view.query()}", partial(_side, view, runs, who)))
        for view in views
    ]


def _side(view: View, runs: Runs, who: Sequence[str]) -> dict[str, Any]:
    return side_of(view, runs.of(view), who)


def side_of(view: View, run: sim.Run, who: Sequence[str] = ()) -> dict[str, Any]:
    """All of one view that a comparison needs; of each of *who*, in which worlds it is on the list
    at the end.
    """
    sizes = run.setting.group_sizes
    by_kind = dict(zip(sim.KINDS, (sizes[:3].sum(), *sizes[3:]), strict=True))
    at_the_end = {
        f"signatories-{kind}": run.by_replicate["signatories", kind] for kind in sim.KINDS
    }
    at_the_end["power_share"] = run.by_replicate["power_share", "all"]
    for kind, number in by_kind.items():
        at_the_end[f"not_taken_up-{kind}"] = number - run.by_replicate["taken_up", kind]
    scenario, people = view.variant, run.directory()
    listed = run.values("listed")[:, -scenario.first_round :]
    of_worlds = {
        kind: listed[:, :, place].astype(int).tolist() for place, kind in enumerate(sim.KINDS)
    }
    at_the_end |= {f"listed-{kind}": listed[:, -1, place] for place, kind in enumerate(sim.KINDS)}
    return {
        "query": view.query(),
        "name": name_of(view),
        "scenario": scenario.name,
        "lens": scenario.lens,
        "dates": dates_of(run)[-scenario.first_round :],
        "listed": {kind: bands(listed[:, :, place]) for place, kind in enumerate(sim.KINDS)},
        "of_worlds": of_worlds,
        "register": register_of(run),
        "at_the_end": {key: numbers.tolist() for key, numbers in at_the_end.items()},
        "signed": run.signed,
        "of_each": {each: run.listed_among([each])[:, -1].tolist() for each in who},
        "people": dict(
            zip(people["id"], zip(people["name"], people["kind"], strict=True), strict=True)
        ),
        "weight": dict(zip(people["id"], people["weight"].tolist(), strict=True)),
    }


def comparison_of(
    sides: Sequence[dict[str, Any]], views: Sequence[View], reference: int = 0
) -> dict[str, Any]:
    """What the page Compare shows of *sides*, in the order of *views*: curves, and of each other
    side beside the one at the place *reference* the paired differences and the movers. `other_fits`
    is the query of the same views under other fits that the data allow, empty where one of them has
    none.
    """
    first, scenarios = sides[reference], [view.variant for view in views]
    kinds = {who: kind for who, (_, kind) in first["people"].items()}
    return {
        "worlds": views[0].worlds,
        "seed": views[0].seed,
        "version": sim.__version__,
        "basis": basis_of_worlds(*scenarios),
        "of_worlds": worlds_of(*scenarios),
        "why": why_of(scenarios),
        "weights": [view.weights for view in views],
        "other_fits": query_of(under_other_fits(*views)),
        "file": file_of([*map(str, labels_of(views, with_numbers=True))], reference),
        "reference": reference,
        "views": [
            {
                "letter": letter,
                "basis": basis_of(scenario),
                "may_sign": list(scenario.code.may_sign),
                "condition": condition_of(view, label),
                "called": str(called),
                "choosers_named": choosers_named(view),
                **{key: (side | {"label": str(label)})[key] for key in SHOWN},
            }
            for letter, side, label, called, view, scenario in zip(
                LETTERS,
                sides,
                labels_of(views),
                labels_of(views, with_numbers=True),
                views,
                scenarios,
                strict=False,
            )
        ],
        "pairs": [
            {
                "letter": LETTERS[place],
                "beside": LETTERS[reference],
                "place": place,
                **basis_and_why(scenarios[place], scenarios[reference]),
                "convenor": convenor_that_leaves(first, side, scenarios[place].code.convenor),
                **_pair(
                    first,
                    side,
                    supposed(views[reference], views[place], kinds),
                    set(scenarios[reference].code.may_sign) & set(scenarios[place].code.may_sign),
                    among_several=len(sides) > 2,
                ),
            }
            for place, side in enumerate(sides)
            if place != reference
        ],
    }


def _pair(
    first: dict[str, Any],
    second: dict[str, Any],
    told: Mapping[str, dict[str, Any]],
    kinds: Set[str],
    *,
    among_several: bool,
) -> dict[str, Any]:
    """What *second* changes beside *first*, where the choice of some is *told* and *kinds* may sign
    in both; `in_other_fits` says it as of other fits, in a sentence, *among_several* a shorter one.
    """
    rows, others = differences(first, second), beyond(first, second, told)
    changes = {
        kind: Change(row, others.get(kind, row), others[kind]["words"] if kind in others else "")
        for kind in sim.KINDS
        if kind in kinds
        for row in rows
        if row["key"] == f"listed-{kind}"
    }
    return {
        "differences": rows,
        "supposed": others,
        "in_other_fits": in_other_fits(
            changes, next(iter(changes), ""), SHORTLY if among_several else OTHER_FITS
        ),
        "anyway": anyway(first, second, told),
        "agreement": agreement(first, second, told),
        "by_month": by_month(first, second),
        **_most_moved(movers(first, second), told, kinds, first["weight"]),
    }


def file_of(titles: Sequence[str], reference: int = 0) -> str:
    """What a file of a comparison is called: the *titles* of its views, the one at the place
    *reference* first.
    """
    first, others = (
        titles[reference],
        [title for place, title in enumerate(titles) if place != reference],
    )
    plain = (
        normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        for title in (first, *others)
    )
    words = "-vs-".join(
        "-".join(re.findall(r"[a-z0-9]+", title.removeprefix("the "))) for title in plain
    )
    return shorten(f"compare {words.replace('-', ' ')}", LONGEST_FILE, placeholder="").replace(
        " ", "-"
    )


def why_of(scenarios: Sequence[sim.Scenario]) -> str:
    """Why some of the *scenarios* compared are no fit to the register, by their letters, a line
    each; empty where all are.
    """
    letters: dict[str, list[str]] = {}
    for letter, scenario in zip(LETTERS, scenarios, strict=False):
        if why := sim.why_not_fitted(scenario):
            letters.setdefault(why, []).append(letter)
    return "\n".join(f"{' and '.join(some)}: {why}" for why, some in letters.items())


def differences(first: dict[str, Any], second: dict[str, Any]) -> list[dict[str, Any]]:
    """First and second at the end, and second less first in pairs of worlds of the same random
    streams, as `middle_and_ends`. Of the levels their medians and their means, and the mean of the
    differences, which is the difference of the means.
    """
    rows = []
    for measure in MEASURES:
        a, b = (np.array(side["at_the_end"][measure.key]) for side in (first, second))
        rows.append(
            {
                **vars(measure),
                "first_median": float(np.median(a)),
                "second_median": float(np.median(b)),
                "first": float(a.mean()),
                "second": float(b.mean()),
                "difference": float((b - a).mean()),
                **middle_and_ends(a, b),
                **_pairs(a, b),
            }
        )
    return rows


def _pairs(first: np.ndarray, second: np.ndarray) -> dict[str, int]:
    """In how many pairs *second* is more than *first*, and in how many it is less."""
    return dict(zip(PAIRS, (int((second > first).sum()), int((second < first).sum())), strict=True))


def by_month(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Second less first on the public list, by kind, in the months that both have: `dates`, and of
    each kind the `middle_and_ends` of the pairs.
    """
    dates = sorted(set(first["dates"]) & set(second["dates"]))

    def in_worlds(side: dict[str, Any], kind: str) -> np.ndarray:
        return np.array(side["of_worlds"][kind])[:, [side["dates"].index(day) for day in dates]]

    if not dates:
        return {"dates": []}
    of_kinds = {
        kind: middle_and_ends(in_worlds(first, kind), in_worlds(second, kind)) for kind in KINDS
    }
    return {"dates": dates, **of_kinds}


def agreement(
    first: dict[str, Any], second: dict[str, Any], told: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    """By kind, in how many pairs more and in how many fewer are on the public list, beyond those
    whose choice is *told*.
    """
    return {
        kind: _pairs(*_listed_beyond(first, second, kind, told.get(kind, {"who": ()})["who"]))
        for kind in KINDS
    }


def _listed_beyond(
    first: dict[str, Any], second: dict[str, Any], kind: str, who: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """How many of *kind* but *who* are on the public list at the end of each world of the two
    sides.
    """
    own = [
        sum((np.array(side["of_each"][each]) for each in who), np.zeros(1))
        for side in (first, second)
    ]
    a, b = (np.array(side["at_the_end"][f"listed-{kind}"]) - theirs
            for side, theirs in zip((first, second), own, strict=True))  # fmt: skip
    return a, b


def beyond(
    first: dict[str, Any], second: dict[str, Any], told: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    """By kind, whose choice is *told* and what differs on the public list beyond them, as
    `middle_and_ends`.
    """
    return {
        kind: theirs | middle_and_ends(*_listed_beyond(first, second, kind, theirs["who"]))
        for kind, theirs in told.items()
    }


def anyway(
    first: dict[str, Any], second: dict[str, Any], told: Mapping[str, dict[str, Any]]
) -> dict[str, Any] | None:
    """In how many worlds of *first* those supposed to sign, or to stay out, are on the list at the
    end without that supposition. Where it is one alone, also what *second* changes in the worlds
    where the supposition turns its choice, by kind, as `beyond`. None where nothing of the kind is
    supposed.
    """
    choices = {theirs["choice"] for theirs in told.values()}
    if choices not in ({SIGNS}, {STAYS_OUT}):
        return None
    who = [each for theirs in told.values() for each in theirs["who"]]
    signs = choices == {SIGNS}
    content: dict[str, Any] = {
        "signs": signs,
        "who": [
            {
                "said": _in_a_sentence(*first["people"][each]),
                "worlds": int(sum(first["of_each"][each])),
            }
            for each in who
        ],
    }
    if len(who) == 1:
        turned = np.array(first["of_each"][who[0]], dtype=bool) != signs
        content["turned"] = {
            kind: middle_and_ends(a[turned], b[turned])
            for kind in KINDS
            for a, b in [_listed_beyond(first, second, kind, told.get(kind, {"who": ()})["who"])]
            if turned.any()
        }
    return content


def _in_a_sentence(name: str, kind: str) -> str:
    """A *name* within a sentence."""
    return sim.with_article(name) if kind == "state" else name


def movers(first: dict[str, Any], second: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Everybody whose share of worlds signed differs, up and down, the largest difference first; of
    those that move as far, states come first, by material power, then firms and NGOs by size.
    """
    rows: list[dict[str, Any]] = []
    for who, share in first["signed"].items():
        other = second["signed"].get(who)
        if other is not None and who in first["people"] and other != share:
            name, kind = first["people"][who]
            rows.append(
                {
                    "id": who,
                    "name": name,
                    "said": _in_a_sentence(name, kind),
                    "kind": kind,
                    "first": share,
                    "second": other,
                }
            )
    rows.sort(key=partial(_by_distance, first["weight"]))
    return {
        "up": [row for row in rows if row["second"] > row["first"]],
        "down": [row for row in rows if row["second"] < row["first"]],
    }


def convenor_that_leaves(
    first: dict[str, Any], second: dict[str, Any], convenor: str | None
) -> dict[str, Any] | None:
    """The *convenor* of *second*, as a row of `movers`, where it signs its own code no more; else
    None.
    """
    return next(
        (
            row
            for row in movers(first, second)["down"]
            if row["id"] == convenor and turns(row["first"], row["second"])
        ),
        None,
    )


def _most_moved(
    rows: Mapping[str, list[dict[str, Any]]], told: Mapping[str, dict[str, Any]], kinds: Set[str],
    weight: Mapping[str, float],
) -> dict[str, Any]:  # fmt: skip
    """Of `movers`, those of *kinds* that move far, and how many those are: where none does, the
    first MOST_MOVED by distance and *weight*. Those whose choice is *told* are no finding, and
    stand apart with what is supposed of them. `turns` is how many join or leave, and `coalitions`
    who does where many states do both.
    """
    choices = {
        who: {"choice": theirs["choice"], "supposed": theirs["words"]}
        for theirs in told.values()
        for who in theirs["who"]
    }
    some = [one for way in rows.values() for one in way]
    others = {way: [one for one in each if one["id"] not in choices and one["kind"] in kinds]
              for way, each in rows.items()}  # fmt: skip
    far = {
        way: [one for one in each if moves(one["first"], one["second"])]
        for way, each in others.items()
    }
    nearest = sorted(
        (one for each in others.values() for one in each), key=partial(_by_distance, weight)
    )[:MOST_MOVED]
    near = {way: [one for one in each if one in nearest] for way, each in others.items()}
    return {
        **(far if any(far.values()) else near),
        "moved": {way: len(each) for way, each in far.items()},
        "turns": sum(turns(one["first"], one["second"]) for each in far.values() for one in each),
        "coalitions": coalitions_of(others, weight),
        "chosen": [one | choices[one["id"]] for one in some if one["id"] in choices],
    }


def _by_distance(
    weight: Mapping[str, float], row: Mapping[str, Any]
) -> tuple[float, bool, float, str]:
    """The key by which who moves most comes first, and of those who move as far, the state of most
    *weight*.
    """
    distance = round(abs(row["second"] - row["first"]), 9)
    return -distance, row["kind"] != "state", -weight[row["id"]], row["name"]


def conduct_of(views: Sequence[View]) -> dict[str, Any]:
    """What each view changes in conduct beside the one of `reference_of`, by group: a range over
    the assumptions, and no name; `was` is the range of that one itself. The range has worlds of its
    own, one for each set of assumptions, whatever the worlds of the *views*.
    """
    worlds, reference = min(views[0].worlds, CONDUCT_WORLDS), reference_of(views)
    others = [replace(view, worlds=worlds).run() for view in views]
    first, letters = others.pop(reference), list(LETTERS[: len(views)])
    beside = letters.pop(reference)
    rows = [
        row | {"was": row["ranges"][0], "ranges": row["ranges"][1:]}
        for row in conduct_rows(
            [first, *others], [first, *(sim.Comparison(first, other) for other in others)]
        )
    ]
    return {
        "letters": letters, "beside": beside, "points": points_of(first), "seed": first.seed,
        "basis": ASSUMED_RANGES, "version": sim.__version__, "rows": rows,
    }  # fmt: skip


def conduct_rows(
    runs: Sequence[sim.Run], results: Sequence[sim.Run | sim.Comparison]
) -> list[dict[str, Any]]:
    """A row per outcome of conduct and group, with a range for each of the *results*, which rest on
    *runs*.
    """
    for run in runs:
        run.simulate_assumptions(progress=go_on)
    tables = [result.outcomes for result in results]
    return [
        {
            "outcome": row.outcome,
            "label": row.label,
            "group": GROUPS[str(row.part)],
            "unit": row.unit,
            "ranges": [
                [_or_none(table.low[place]), _or_none(table.high[place])] for table in tables
            ],
        }
        for place, row in enumerate(tables[0].itertuples() if tables else ())
        if row.basis == "assumed"
    ]


def points_of(run: sim.Run) -> int:
    """How many points the sample of assumptions has over which the ranges of *run* go."""
    return len(run.over_assumptions["harm_prevented", "all"])


def _or_none(value: float) -> float | None:
    """*value*, None where it is not a number."""
    return None if math.isnan(value) else float(value)
