"""The answer that a sweep gives, as the page Sweeps draws it: sentences, the tables behind the
figures, and points.

All of it is what `parley.analyse` returns, less what would put a name beside conduct: where points
differ by what somebody with a name does, or where the scenario is one that differs from the default
one by what one or two do, numbers on conduct are left out and only those on signing are told.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

import sim
from dashboard.data.record import directory
from dashboard.data.sweep_columns import SETTINGS, columns_of, labels_of
from dashboard.data.sweep_from_here import from_here
from dashboard.data.sweep_headlines import with_headlines
from dashboard.data.sweep_signing import on_signing
from dashboard.data.tables import as_csv, file_name
from dashboard.data.words import GROUPS
from dashboard.view import LENS, SCENARIO, View, default_beside

ASSUMED, ALL = "assumed", "all"  # a basis, a part
OF_FIGURES = ("effects", "regions", "sensitivity", "scores", "boxes", "tips", "map", "convergence")
OVER_ALL = ("mean", "p5", "p95")  # of an outcome, over all settings
TABLES = (*OF_FIGURES, "points", "columns")  # that can be downloaded
MOST_CELLS = 8_000  # values of axes in the points that are shown
MOST_POINTS, MOST_OUTCOMES = 600, 6
MOST_CASES = 400
MOST_LINK_AXES = 50
MOST_LINK_WORLDS = 100
DIGITS = 6  # of a mean
SHARES_OF_WORLDS = {
    "worlds": "share_of_worlds",
    "worlds_elsewhere": "share_of_worlds_elsewhere",
}  # in a table
DIAL, CHOICE, LENSES, SCENARIOS = (
    "dial",
    "choice",
    "lens",
    "scenario",
)  # kinds of axes that an address can say
OWN_LUCK = "its points do not share their luck, so an address cannot name their worlds"
NO_ADDRESS = "an address cannot say its scenario"
WITHHELD = (
    "The signature or choice of somebody by name is told here, so conduct is not: what changes in"
    " it would be theirs."
)
WITHHELD_SCENARIO = (
    "The scenario differs from the Paris Call by what one or two do, so their groups' conduct is"
    " not told here."
)

Row = dict[str, Any]
Progress = Callable[[int, int], None]


def answer_of(result: sim.SweepResult, base: View | None = None) -> dict[str, Any]:
    """All that the page shows of *result*, whose scenario is that of the view *base*, or one that
    ships.

    InputError where no point is whole, or where nothing may be told.
    """
    analysis = sim.analyse(result)
    content = analysis.as_json()
    base = base or _base_of(result)
    told, why = _tellable(result, base)
    asked = [name for name in content["outcomes_asked"] if name in told]
    if not asked:
        raise sim.InputError(f"{why[:-1]}; ask for an outcome of signing")
    columns: dict[str, Row] = {
        row["name"]: row
        for row in json.loads(result.columns.to_json(orient="records"))
        if row["name"] in told
    }
    shown, because = _columns_to_show(asked, columns), analysis.study.answer.get("because", "")
    means = {row["outcome"]: {key: row[key] for key in OVER_ALL} for row in content["outcomes"]}
    frame = result.means(shown)
    points, axes = _thin(frame, len(result.axes)), {axis["name"] for axis in result.axes}
    answer = {
        "name": content["name"],
        "title": content["title"],
        "question": content["question"],
        "scenario": _titles(result),
        "sha256": content["sha256"],
        "hash": content["hash"],
        "points": content["points"],
        "replicates": content["replicates"],
        "runs": content["runs"],
        "done": content["done"],
        "seed": content["seed"],
        "version": content["parley"],
        "common": content["common_random_numbers"],
        "intervals": content["intervals"],
        "basis": _worst(columns[name]["basis"] for name in asked),
        "why": "",
        "because": because,
        "notes": [*(note for note in content["notes"] if note != because), *([why] if why else [])],
        "sentences": [
            _without_badge(each) for each in content["sentences"] if each["outcome"] in told
        ],
        "outcomes": [_outcome(columns[name], name in asked, means.get(name, {})) for name in shown],
        "axes": [_axis(axis, result, base) for axis in content["axes"]],
        "lever": content["lever"],
        "by": content["by"],
        **{name: [row for row in content[name] if row["outcome"] in told] for name in OF_FIGURES},
        "cases": _cases(analysis, told),
        "rows": {name: _listed(points[name], name in axes) for name in points},
        "rows_of": len(frame),
        "link": _link(result, base),
    }
    answer |= on_signing(answer)
    answer["sentences"] = with_headlines(answer)
    return answer | from_here(answer, analysis)


def simulated_answer(
    sweep: sim.Sweep, progress: Progress | None, base: View | None = None
) -> dict[str, Any]:
    """The answer of *sweep*, simulated here, of which nothing is kept."""
    if progress is not None:
        progress(0, sweep.runs)
    return answer_of(sim.sweep(sweep, progress=progress), base)


def key_of(*parts: Any) -> str:
    """A digest of a question about a sweep, by the *parts* on which its answer depends."""
    content = json.dumps(["sweep", sim.__version__, *parts])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def names_of_conduct(outcomes: Iterable[str]) -> list[str]:
    """Those of *outcomes* that are about conduct."""
    return [name for name in outcomes if sim.OUTCOMES[name].basis == ASSUMED]


@functools.lru_cache(maxsize=64)
def _parts_withheld(query_of: tuple[Any, ...], view: View) -> Callable[[str], frozenset[str]]:
    few = replace(view, worlds=3, branch=())
    return sim.Comparison(default_beside(few).run(), few.run()).untold.of


def parts_withheld(view: View, outcome: str) -> frozenset[str]:
    """The groups of which an *outcome* of conduct under *view* would be one stakeholder's, as the
    view differs from the default scenario by what one or two do (sim.results.disclosure).
    """
    if view.scenario == SCENARIO and not view.choose:
        return frozenset()
    return _parts_withheld((view.scenario, view.lens, view.set, view.choose), view)(outcome)


def _tellable(result: sim.SweepResult, base: View | None) -> tuple[set[str], str]:
    """The columns that may be told, and why others may not."""
    rows = result.columns.to_dict("records")
    names = {str(row["name"]) for row in rows}
    conduct = {
        str(row["name"]): (str(row["outcome"]), str(row["part"]))
        for row in rows
        if row["basis"] == ASSUMED
    }
    if _has_names(result):
        return names - set(conduct), WITHHELD if conduct else ""
    out = {
        name
        for name, (outcome, part) in conduct.items()
        if base is not None and part in parts_withheld(base, outcome)
    }
    return names - out, WITHHELD_SCENARIO if out else ""


def _has_names(result: sim.SweepResult) -> bool:
    """Whether points differ by somebody with a name, or somebody's signature is kept of each."""
    ids = set(directory()["id"])
    options = {
        part
        for axis in result.axes
        if axis["kind"] == CHOICE
        for value in axis.get("values", ())
        for part in str(value).split(",")
    }
    return bool(options & ids) or bool(result.description["sweep"].get("signers"))


def _columns_to_show(asked: Sequence[str], columns: Mapping[str, Row]) -> list[str]:
    """The columns of which each point has its mean: those asked about, then those of everybody,
    then signatories.
    """
    others = [
        name
        for name, row in columns.items()
        if row["part"] == ALL or row["outcome"] == "signatories"
    ]
    return list(dict.fromkeys([*asked, *others]))[: max(MOST_OUTCOMES, len(asked))]


def _thin(frame: pd.DataFrame, axes: int) -> pd.DataFrame:
    """At most as many rows of *frame* as a page can hold, evenly chosen."""
    most = max(min(MOST_POINTS, MOST_CELLS // max(axes, 1)), 20)
    if len(frame) <= most:
        return frame
    return frame.iloc[np.unique(np.linspace(0, len(frame) - 1, most).round().astype(int))]


def _listed(values: pd.Series, is_axis: bool) -> list[Any]:
    """A column in the types of JSON; means have DIGITS digits, and axes all that they have, as a
    link needs them.
    """
    if is_axis or not pd.api.types.is_float_dtype(values):
        return [
            value.item() if isinstance(value, np.generic) else value for value in values.tolist()
        ]
    return [_short(value) for value in values.tolist()]


def _short(value: float) -> float | None:
    return None if np.isnan(value) else float(f"{value:.{DIGITS}g}")


def _outcome(row: Mapping[str, Any], asked: bool, over_all: Mapping[str, Any]) -> Row:
    """An outcome with its words, and what it is *over_all* settings."""
    outcome = row["outcome"]
    label = sim.words.outcome_title(outcome) if outcome in sim.OUTCOMES else row["label"]
    part = str(row["part"])
    of = "" if part == ALL else f": {sim.KIND_WORDS.get(part) or GROUPS[part]}"
    return {
        "name": row["name"],
        "label": f"{label}{of}",
        "unit": row["unit"],
        "basis": row["basis"],
        "asked": asked,
        **over_all,
    }


def _axis(axis: Mapping[str, Any], result: sim.SweepResult, base: View | None) -> Row:
    """An axis with its words, its unit, whether it is a lever, and where it stands `now`, in the
    view *base*.
    """
    levers = [each["name"] for each in result.description["sweep"]["levers"]["axes"]]
    dial = sim.load(SCENARIO).dials.get(next(iter(axis.get("moves", [axis["name"]]))))
    return {
        "name": axis["name"],
        "label": axis["label"],
        "titles": axis["titles"],
        "kind": axis["kind"],
        "unit": dial.unit if dial is not None else "",
        "between": list(dial.between) if dial is not None else [],
        "meaning": dial.meaning if dial is not None and "moves" not in axis else "",
        "moves": axis.get("moves", []),
        "lever": axis["name"] in levers,
        "decided": axis["decided"],
        "now": (
            base.variant.settings.get(axis["name"])
            if base is not None and "moves" not in axis
            else None
        ),
    }


def _cases(analysis: sim.Analysis, told: set[str]) -> list[Row]:
    """The cases that were searched for boxes, at the axes of the box alone."""
    boxes = [row for row in analysis.records("boxes") if row["outcome"] in told]
    cases: list[Row] = []
    for outcome in dict.fromkeys(row["outcome"] for row in boxes):
        axes = [row["axis"] for row in boxes if row["outcome"] == outcome][:2]
        own = [row for row in analysis.records("cases") if row["outcome"] == outcome]
        step = max(len(own) // MOST_CASES, 1)
        cases += [
            {
                "outcome": outcome,
                **{axis: row[axis] for axis in axes},
                "of_interest": row["of_interest"],
                "value": None if row["value"] is None else _short(row["value"]),
            }
            for row in own[::step]
        ]
    return cases


def _titles(result: sim.SweepResult) -> str:
    """What the scenarios are called."""
    titles = [
        str(made["scenario"]["table"]["title"]) for made in result.description["made_from"].values()
    ]
    return ", ".join(titles)


def _worst(bases: Iterable[str]) -> str:
    """The basis that promises least, in the words of a badge."""
    found = set(bases)
    return sim.BASES[next(basis for basis in reversed(list(sim.BASES)) if basis in found)]


def _without_badge(sentence: Row) -> Row:
    """A *sentence* whose texts do not end in their basis, which stands in a badge."""
    badge = f" [{sim.BASES[sentence['basis']]}]"
    texts = {
        key: sentence[key].removesuffix(badge)
        for key in ("text", "without_ranges")
        if sentence[key]
    }
    return {**sentence, **texts}


def _link(result: sim.SweepResult, base: View | None) -> Row:
    """How the page makes a link of a point: what comes before its axes, and how many worlds; or why
    there is none.

    Replicate 7 of a point is world 7 of the view with its dials and the sweep's seed.
    """
    spec = result.description["sweep"]
    kinds = {axis["kind"] for axis in result.axes}
    why = ""
    if not spec["common_random_numbers"]:
        why = OWN_LUCK
    elif (
        base is None
        or not kinds <= {DIAL, CHOICE, LENSES, SCENARIOS}
        or len(result.axes) > MOST_LINK_AXES
    ):
        why = NO_ADDRESS
    if why or base is None:
        return {"query": None, "worlds": 0, "seed": spec["seed"], "why": why}
    worlds = min(result.replicates, MOST_LINK_WORLDS)
    return {"query": link_query(base), "worlds": worlds, "seed": spec["seed"], "why": ""}


def link_query(base: View) -> str:
    """What comes before the axes in the link of a point: the view *base*, without worlds and seed,
    which are the sweep's.
    """
    return replace(base, worlds=View.worlds, seed=View.seed).query()


def _base_of(result: sim.SweepResult) -> View | None:
    """The view of the scenario of *result*, by its hash; None where an address cannot say it."""
    spec, made = result.description["sweep"], result.description["made_from"]
    names = list(spec["scenarios"])
    views = [_view_of(name, made.get(name), spec["scenarios"][name], result) for name in names]
    if len(views) == 1:
        return views[0]
    plain = [
        view for view in views if view is not None and not (view.lens or view.set or view.choose)
    ]
    return View() if len(plain) == len(views) else None


def _view_of(name: str, made: Any, sha256: str, result: sim.SweepResult) -> View | None:
    try:
        view = View(scenario=name)
        if view.variant.sha256 == sha256:
            return view
        table = made["scenario"]["table"]
        lens = table.get("lens", LENS)
        view = View(scenario=name, lens="" if lens == sim.load(name).lens else lens)
        axes = {axis["name"] for axis in result.axes}
        settings = view.variant.settings
        moved = tuple(
            f"{dial}:{value!r}"
            for dial, value in table["parameters"].items()
            if dial in settings and settings[dial] != value and dial not in axes
        )
        view = replace(view, set=moved)
        return view if view.variant.sha256 == sha256 else None
    except (sim.InputError, KeyError, TypeError, AttributeError):
        return None


def file_of(answer: Mapping[str, Any], name: str) -> str:
    """What the download of one of TABLES of an *answer* is called: after its question, so that none
    is another's.
    """
    return file_name("sweep", answer["name"], SETTINGS if name == "points" else name)


def table_of(answer: Mapping[str, Any], name: str) -> bytes | None:
    """One of TABLES of an *answer* as CSV, with what it takes to repeat it in every row; None where
    it has no rows.
    """
    repeats = {key: answer[key] for key in ("scenario", "seed", "version")}
    repeats |= {
        "sweep": answer["name"],
        "settings": answer["points"],
        "worlds_each": answer["replicates"],
    }
    repeats |= {"worlds": answer["done"], "sha256": answer["sha256"]}
    if name == "columns":
        tables = {
            SETTINGS if each == "points" else each: pd.read_csv(io.BytesIO(text)).columns.to_list()
            for each in TABLES[:-1]
            if (text := table_of(answer, each)) is not None
        }
        return as_csv(columns_of(answer, tables), **repeats)
    if name == "points":
        settings = pd.DataFrame(answer["rows"])
        bases = {f"{each['name']}_basis": sim.BASES[each["basis"]] for each in answer["outcomes"]}
        return as_csv(
            settings, **bases, basis=answer["basis"], **repeats, settings_in_this_file=len(settings)
        )
    rows = [
        _in_full(answer, name, {**row, "basis": sim.BASES[row["basis"]]})
        for row in answer.get(name, ())
    ]
    return as_csv(rows, **repeats) if rows else None


def _in_full(answer: Mapping[str, Any], name: str, row: Row) -> Row:
    """A *row* of the table called *name* with its dial in words, and of an effect with its unit and
    how far it goes with other fits, where an *answer* tells that of its last one.
    """
    if name == "boxes":
        row = {SHARES_OF_WORLDS.get(key, key): value for key, value in row.items()}
    if "axis" in row:
        return {**row, "label": labels_of(answer)[row["axis"]]}
    if name != "effects":
        return row
    outcome = row["outcome"]
    (unit,) = (each["unit"] for each in answer["outcomes"] if each["name"] == outcome)
    fits = answer["how_sure"].get(outcome, {}).get("other_fits") or (None, None)
    last = [each for each in answer["effects"] if each["outcome"] == outcome and each["asked"]][-1:]
    is_last = [(each["before"], each["after"]) for each in last] == [(row["before"], row["after"])]
    low, high = fits if is_last else (None, None)
    return {
        **row,
        "unit": row["unit"] or unit,
        "other_fits_low_90": low,
        "other_fits_high_90": high,
    }
