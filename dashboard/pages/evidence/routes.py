"""What the page Evidence asks for: the register against the model at its dates, the fit's own words on itself, what was
assumed, and the record of evidence; as plain JSON and as tables. Names stand beside signing only.

The register lists one code, so all of this is the Paris Call as it was, under the view's lens, worlds and seed. The
record was computed once, under the lens of that scenario, and speaks for itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any

import flask
import pandas as pd

import sim
from dashboard.cache import Answers, Runs
from dashboard.data.record import FITTED
from dashboard.data.tables import as_csv
from dashboard.requests import CSV, JSON, query, reply
from dashboard.view import SCENARIO, View, view_of

YEAR = 365  # days from the launch; the fit is told apart before the step at the first anniversary
OTHERWISE = ("scenario", "set", "choose", "branch")


def as_it_was(view: View) -> View:
    """The default scenario with nothing changed, under the lens, the worlds and the seed of *view*."""
    return View(lens=view.lens, worlds=view.worlds, seed=view.seed)


def evidence_of(view: View, run: sim.Run) -> dict[str, Any]:
    """All that the page shows of *run*, the simulation of *view*."""
    scenario = view.asked
    scores = sim.log_scores()
    lens = sim.LENSES.get(scenario.lens)
    return {
        "query": view.query(),
        "title": scenario.title,
        "lens": scenario.lens,
        "lens_title": lens.title if lens else "",
        "worlds": run.replicates,
        "seed": run.seed,
        "version": sim.__version__,
        "basis": FITTED,
        "milestones": {kind: _milestones(run.table(), kind) for kind in sim.KINDS},
        "deciles": _rows(run.deciles()),
        "misses": run.misses(),
        "scores": [{**row, "title": sim.LENSES[row["lens"]].title} for row in _rows(scores)],
        "verdict": sim.verdict(scores),
        "fitted": [_weight(weight) for weight in scenario.fitted()],
        "entangled": [
            {"pair": [_in_words(first), _in_words(second)], "correlation": correlation}
            for first, second, correlation in scenario.hard_to_tell_apart()
        ],
        "assumed": [
            {"dial": _in_words(dial.name), "value": scenario.settings[dial.name], **_said(dial), "source": dial.source}
            for dial in sim.DIALS.values()
            if dial.role == "uncertainty"
        ],
    }


def record_on_page() -> dict[str, Any]:
    """What the page shows of the record of evidence, without what fills a file and not a page, and as `said` what it
    comes to in words; InputError where there is none to be read.
    """
    record = sim.evidence_on_record()
    content, conclusions = record.content, record.content["conclusions"]
    cell = ("conclusion", "assumption", "holds")
    return {
        **content,
        "manifest": {key: content["manifest"][key] for key in ("parley", "seed", "weights")},
        "backtest": _without(content["backtest"], "states"),
        "transfer": [_without(instrument, "states", "weights") for instrument in content["transfer"]],
        "conclusions": {**conclusions, "cells": [{key: each[key] for key in cell} for each in conclusions["cells"]]},
        "said": record.said,
    }


def with_uncertainty(told: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """*told* with the interval at each date that holds the weights' uncertainty too, `wide`, which the *record* has
    under its own lens alone; under any other, and without a record, it is None.
    """
    own = "in_sample" in record and told["lens"] == View().asked.lens
    known = {(row["kind"], row["date"]): row["with_uncertainty"] for row in record["in_sample"]["dates"]} if own else {}
    milestones = {}
    for kind, of_kind in told["milestones"].items():
        rows = [{**row, "wide": known.get((kind, row["date"]))} for row in of_kind["rows"]]
        inside = [row["wide"]["low"] <= row["registered"] <= row["wide"]["high"] for row in rows if row["wide"]]
        milestones[kind] = {**of_kind, "rows": rows, "wide_inside": sum(inside) if inside else None}
    return {**told, "milestones": milestones}


def changes_of(view: View) -> list[str]:
    """What *view* says that this page leaves out."""
    usual = {field.name: field.default for field in fields(View)}
    return [name for name in OTHERWISE if getattr(view, name) != usual[name]]


def dates_of(evidence: dict[str, Any]) -> str:
    """The register's dates in *evidence* as CSV: a row per kind and date, with what it takes to repeat it."""
    columns = ("date", "registered", "median", "low", "high", "inside")
    wide = ("low", "median", "high")
    names = [*columns, *(f"{name}_with_uncertainty" for name in wide)]
    rows = [f"kind,{','.join(names)},basis,scenario,lens,worlds,seed,version"]
    repeats = ("fitted to the register", SCENARIO, *(evidence[key] for key in ("lens", "worlds", "seed", "version")))
    for kind, told in evidence["milestones"].items():
        for row in told["rows"]:
            uncertain = row["wide"] or dict.fromkeys(wide, "")
            cells = (kind, *(row[key] for key in columns), *(uncertain[key] for key in wide), *repeats)
            rows.append(",".join(str(cell) for cell in cells))
    return "\n".join(rows) + "\n"


def _milestones(table: pd.DataFrame, kind: str) -> dict[str, Any]:
    """The register's dates of one *kind*, and how the model stands to them."""
    rows = table.loc[(table["kind"] == kind) & table["registered"].notna()].copy()
    rows["inside"] = (rows["low"] <= rows["registered"]) & (rows["registered"] <= rows["high"])
    rows["error"] = (rows["median"] - rows["registered"]).astype(float)
    days = [(day - rows["date"].iloc[0]).days for day in rows["date"]]
    early = rows[[count < YEAR for count in days]]
    worst = rows.iloc[int(rows["error"].abs().to_numpy().argmax())]
    return {
        "rows": _rows(rows.drop(columns="kind").astype({"date": str})),
        "inside": int(rows["inside"].sum()),
        "of": len(rows),
        "early_inside": int(early["inside"].sum()),
        "early_of": len(early),
        "mean_error": float(rows["error"].abs().mean()),
        "largest_error": float(worst["error"]),
        "largest_on": str(worst["date"]),
    }


def _weight(weight: Any) -> dict[str, Any]:
    dial = sim.DIALS[weight.name]
    kind = next((kind for kind in sim.KINDS if weight.name.startswith(f"{kind}_")), "state")
    return {
        "kind": kind,
        "dial": _in_words(weight.name.removeprefix(f"{kind}_")),
        "value": weight.value,
        "standard_error": weight.standard_error,
        "remark": _in_words(weight.remark),
        **_said(dial),
    }


def _said(dial: Any) -> dict[str, Any]:
    return {"unit": dial.unit, "meaning": dial.meaning, "between": list(dial.between)}


def _in_words(name: str) -> str:
    """The name of a dial as people read it."""
    return name.replace("_", " ").replace("ngo ", "NGO ")


def _without(content: dict[str, Any], *left_out: str) -> dict[str, Any]:
    return {name: part for name, part in content.items() if name not in left_out}


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=6))
    return rows


Content = Mapping[str, Any]
UNSEEN = "fitted to the register, states left out"
WAYS = ("leave_one_region_out", "leave_one_continent_out", "ten_fold")
SCORES = ("auc", "brier", "log_score")


def models(content: Content) -> pd.DataFrame:
    """A row per way of leaving out, what was known, and model: its scores, and what Parley's are less them."""
    backtest = content["backtest"]
    rows = []
    for known, told in (("strict", backtest), ("structural", backtest["structural"])):
        for way in (way for way in WAYS if way in told):
            gaps = backtest["differences"][way] if known == "strict" else {}
            for model, scores in told[way].items():
                scored = {name: scores[name] for name in SCORES}
                rows.append({"left_out": way, "known": known, "model": model, **scored, **_gaps(gaps.get(model))})
    return _with_basis(pd.DataFrame(rows), content, UNSEEN)


def calibration(content: Content) -> pd.DataFrame:
    """A row per way of leaving out and group of states: their shares, and where a perfect model's would lie."""
    told = content["backtest"]["against_perfection"]
    rows = [{"left_out": way, **group} for way, found in told.items() for group in found["calibration"]]
    return _with_basis(pd.DataFrame(rows), content, UNSEEN)


def later(content: Content) -> pd.DataFrame:
    """A row per day, kind, later date and interval: those under the fitted weights, and with their uncertainty."""
    days = content["backtest"]["time_split"]
    rows = [{"known_by": day, **row} for day, found in days.items() for row in _by_interval(found["dates"])]
    return _with_basis(pd.DataFrame(rows), content, "fitted to the register as it was known by then")


def conclusions(content: Content) -> pd.DataFrame:
    """A row per conclusion and assumption; nobody by name."""
    told = content["conclusions"]
    sentences = {each["name"]: each["sentence"] for each in told["conclusions"]}
    cells = pd.DataFrame(told["cells"]).assign(worlds=told["replicates"], seed=told["seed"])
    return cells.assign(sentence=cells["conclusion"].map(sentences))


TABLES: Mapping[str, Callable[[Content], pd.DataFrame]] = {
    "models": models,
    "calibration": calibration,
    "later": later,
    "conclusions": conclusions,
}


def _gaps(by_score: Mapping[str, Mapping[str, float]] | None) -> dict[str, float | None]:
    ends = ("value", "low", "high")
    return {f"{name}_less_{end}": by_score[name][end] if by_score else None for name in SCORES for end in ends}


def _by_interval(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        for interval in ("fitted", "with_uncertainty"):
            dated = {key: row[key] for key in ("kind", "date", "registered")}
            yield {**dated, "interval": interval, **row[interval]}


def _with_basis(table: pd.DataFrame, content: Content, basis: str) -> pd.DataFrame:
    manifest = content["manifest"]
    return table.assign(basis=basis, seed=manifest["seed"], version=manifest["parley"])


def register(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The routes, on *server*, from *answers* and *runs* where they are there."""

    def recorded() -> dict[str, Any]:
        """The record of evidence; where it cannot be read, a message, and the rest of the page does without."""
        try:
            return dict(json.loads(answers.get("evidence record", record_on_page)))
        except sim.InputError as problem:
            return {"message": str(problem)}

    def told() -> dict[str, Any]:
        asked = view_of(query())
        view = as_it_was(asked)
        found = json.loads(answers.get(f"evidence?{view.query()}", lambda: evidence_of(view, runs.of(view))))
        record = recorded()
        return {**with_uncertainty(found, record), "left_out": changes_of(asked), "record": record}

    @server.get("/data/evidence")
    def evidence() -> flask.Response:
        return reply(json.dumps(told(), separators=(",", ":")))

    @server.get("/data/evidence.csv")
    def dates() -> flask.Response:
        return reply(dates_of(told()), CSV, "evidence.csv")

    @server.get("/data/evidence/record.json")
    def record() -> flask.Response:
        whole = answers.get("evidence record.json", lambda: sim.evidence_on_record().content)
        return reply(whole, JSON, "evidence.json")

    def offer(name: str) -> None:
        def table() -> flask.Response:
            made = answers.get(f"evidence {name}", lambda: as_csv(TABLES[name](sim.evidence_on_record().content)))
            return reply(made, CSV, f"evidence-{name}.csv")

        server.add_url_rule(f"/data/evidence/{name}.csv", f"evidence-{name}", table)

    for name in TABLES:
        offer(name)
