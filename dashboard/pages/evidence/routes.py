"""What the page Evidence asks for, as plain JSON and as tables: the register against the model at
its dates, the fit's own words on itself, what is assumed, and the record of evidence. Names stand
beside signing only.

The register lists one code, so all of this is the Paris Call as it was, under the view's lens,
worlds and seed. The record is computed once per version, under the lens of the default scenario.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import partial
from typing import Any

import flask
import pandas as pd

import sim
from dashboard.data.plain_words import plain_document
from dashboard.data.record import names
from dashboard.data.tables import as_csv
from dashboard.data.words import FITTED, FITTED_WORLDS, dial_words
from dashboard.pages import Services
from dashboard.requests import CSV, query, reply
from dashboard.view import SCENARIO, View, view_of

YEAR = 365  # days from the launch; early dates are those before the step at the first anniversary
LEFT_OUT = ("scenario", "set", "choose", "branch")  # of a link, by this page
UNSEEN = f"{FITTED}, states left out"
OTHER_TEXTS = "fitted to other instruments, families left out"
WAYS = ("leave_one_region_out", "leave_one_continent_out", "ten_fold")
SCORES = ("auc", "brier", "log_score")
UNCERTAIN = ("low", "median", "high")

Content = Mapping[str, Any]  # of the record of evidence


def register(server: flask.Flask, services: Services) -> None:
    """The routes on *server*, from *services*."""
    answers, runs = services.answers, services.runs

    def record() -> dict[str, Any]:
        """The record of evidence; a message where it cannot be read, so that the rest of the page
        is shown.
        """
        try:
            return dict(json.loads(answers.get("evidence record", record_on_page)))
        except sim.InputError as problem:
            return {"message": str(problem)}

    def evidence() -> dict[str, Any]:
        link = view_of(query())
        view = View(lens=link.lens, worlds=link.worlds, seed=link.seed)
        content = json.loads(
            answers.get(f"evidence?{view.query()}", lambda: evidence_of(view, runs.of(view)))
        )
        on_record = record()
        return {
            **with_uncertainty(content, on_record),
            "left_out": left_out_of(link),
            "record": on_record,
        }

    def summary() -> dict[str, Any]:
        """What the page says first; a message where the record cannot be read."""
        try:
            return dict(
                json.loads(
                    answers.get("evidence summary", lambda: sim.evidence_on_record().summary)
                )
            )
        except sim.InputError as problem:
            return {"message": str(problem)}

    def table(name: str) -> flask.Response:
        content = answers.get(
            f"evidence {name}", lambda: as_csv(TABLES[name](sim.evidence_on_record().content))
        )
        return reply(content, CSV, f"evidence-{name}.csv")

    @server.get("/data/evidence")
    def evidence_of_view() -> flask.Response:
        return reply(json.dumps(evidence(), separators=(",", ":")))

    @server.get("/data/evidence/summary")
    def summary_of_record() -> flask.Response:
        return reply(json.dumps(summary(), separators=(",", ":")))

    @server.get("/data/evidence.csv")
    def dates() -> flask.Response:
        return reply(dates_table(evidence()), CSV, "evidence.csv")

    @server.get("/data/evidence/record.json")
    def whole_record() -> flask.Response:
        content = answers.get("evidence record.json", lambda: sim.evidence_on_record().content)
        return reply(content, file="evidence.json")

    for name in TABLES:
        server.add_url_rule(f"/data/evidence/{name}.csv", f"evidence-{name}", partial(table, name))


def evidence_of(view: View, run: sim.Run) -> dict[str, Any]:
    """All that the page shows of *run*, the simulation of *view*."""
    scenario = view.variant
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
        "basis": FITTED_WORLDS,
        "milestones": {kind: _milestones(run.table(), kind) for kind in sim.KINDS},
        "deciles": _rows(run.deciles()),
        "misses": run.misses(),
        "scores": [{**row, "title": sim.LENSES[row["lens"]].title} for row in _rows(scores)],
        "verdict": sim.verdict(scores),
        "fitted": [_weight(weight) for weight in scenario.fitted()],
        "entangled": [
            {"pair": [_words(first), _words(second)], "correlation": correlation}
            for first, second, correlation in scenario.hard_to_tell_apart()
        ],
        "assumed": [
            {
                "dial": _words(dial.name),
                "value": scenario.settings[dial.name],
                **_about(dial),
                "source": dial.source,
            }
            for dial in sim.DIALS.values()
            if dial.role == "uncertainty"
        ],
    }


def record_on_page() -> dict[str, Any]:
    """The record of evidence without the parts that fill a file and not a page, with its `document`
    in plain words, its sentences as `said`, and as `made` how it was made.

    InputError where it cannot be read.
    """
    record = sim.evidence_on_record()
    content, conclusions = record.content, record.content["conclusions"]
    cell = ("conclusion", "assumption", "holds")
    return {
        **content,
        "manifest": {key: content["manifest"][key] for key in ("parley", "seed", "weights")},
        "backtest": _without(content["backtest"], "states"),
        "transfer": [
            _without(instrument, "states", "weights") for instrument in content["transfer"]
        ],
        "conclusions": {
            **conclusions,
            "cells": [{key: each[key] for key in cell} for each in conclusions["cells"]],
        },
        "said": record.sentences,
        "document": plain_document(record.document.as_json()),
        "made": record.document.blocks[0].as_json()["text"],
    }


def with_uncertainty(content: dict[str, Any], record: Content) -> dict[str, Any]:
    """*content* with a `wide` interval at each date, which holds the weights' uncertainty too.

    The *record* has it under its own lens alone; under any other, and without a record, it is None.
    """
    own = "in_sample" in record and content["lens"] == View().variant.lens
    wide = (
        {
            (row["kind"], row["date"]): row["with_uncertainty"]
            for row in record["in_sample"]["dates"]
        }
        if own
        else {}
    )
    milestones = {}
    for kind, of_kind in content["milestones"].items():
        rows = [{**row, "wide": wide.get((kind, row["date"]))} for row in of_kind["rows"]]
        inside = [
            row["wide"]["low"] <= row["registered"] <= row["wide"]["high"]
            for row in rows
            if row["wide"]
        ]
        milestones[kind] = {**of_kind, "rows": rows, "wide_inside": sum(inside) if inside else None}
    return {**content, "milestones": milestones}


def left_out_of(view: View) -> list[str]:
    """What *view* changes that this page leaves out."""
    defaults = {field.name: field.default for field in fields(View)}
    return [name for name in LEFT_OUT if getattr(view, name) != defaults[name]]


def dates_table(evidence: Content) -> bytes:
    """The register's dates in *evidence* as CSV: a row per kind and date."""
    rows = [
        {
            "kind": kind,
            **{key: row[key] for key in ("date", "registered", "median", "low", "high", "inside")},
            **{f"{end}_with_uncertainty": (row["wide"] or {}).get(end, "") for end in UNCERTAIN},
        }
        for kind, of_kind in evidence["milestones"].items()
        for row in of_kind["rows"]
    ]
    repeats = {key: evidence[key] for key in ("lens", "worlds", "seed", "version")}
    return as_csv(rows, basis=FITTED, scenario=SCENARIO, **repeats)


def _milestones(table: pd.DataFrame, kind: str) -> dict[str, Any]:
    """The register's dates of one *kind*, and the model beside them."""
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
    kind = next((kind for kind in sim.KINDS if weight.name.startswith(f"{kind}_")), "state")
    return {
        "kind": kind,
        "dial": _words(weight.name.removeprefix(f"{kind}_")),
        "value": weight.value,
        "standard_error": weight.standard_error,
        "reason": weight.reason,
        "remark": _words(sim.words.remark(weight)),
        **_about(sim.DIALS[weight.name]),
    }


def _about(dial: Any) -> dict[str, Any]:
    return {"unit": dial.unit, "meaning": dial.meaning, "between": list(dial.between)}


def _words(name: str) -> str:
    return dial_words(name).replace("ngo ", "NGO ")


def _without(content: Content, *parts: str) -> dict[str, Any]:
    return {name: part for name, part in content.items() if name not in parts}


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=6))
    return rows


# The numbers behind the figures of the record, as tables.


def states_table(content: Content) -> pd.DataFrame:
    """A row per state: the share of worlds in which it signs while its region is hidden, and
    whether it did.
    """
    backtest = content["backtest"]
    table = pd.DataFrame(backtest["states"]).assign(
        left_out=WAYS[0], worlds=backtest["worlds"]["a_fold"]
    )
    table.insert(1, "name", table["iso3"].map(names()))
    return _with_basis(table, content, UNSEEN)


def models_table(content: Content) -> pd.DataFrame:
    """A row per way of leaving out, what was known, and model: its scores, and what Parley's are
    less them; then the same for each variant of the headline, which leaves out the convenor's club,
    the Union's states, or both.
    """
    backtest = content["backtest"]
    rows = []
    for known, part in (("strict", backtest), ("structural", backtest["structural"])):
        for way in (way for way in WAYS if way in part):
            differences = backtest["differences"][way] if known == "strict" else {}
            for model, scores in part[way].items():
                own = {name: scores[name] for name in SCORES}
                rows.append(
                    {
                        "left_out": way,
                        "known": known,
                        "model": model,
                        **own,
                        **_less(differences.get(model)),
                    }
                )
    for variant, part in backtest["robustness"].items():
        of_variant = {"left_out": WAYS[0], "known": "strict", "variant": variant}
        for model, scores in part["scores"].items():
            own = {name: scores[name] for name in SCORES}
            rows.append(
                {**of_variant, "model": model, **own, **_less(part["differences"].get(model))}
            )
    return _with_basis(pd.DataFrame(rows), content, UNSEEN)


def calibration_table(content: Content) -> pd.DataFrame:
    """A row per way of leaving out and group of states: their shares, and where a perfect model's
    would lie.
    """
    ways = content["backtest"]["against_perfection"]
    rows = [
        {"left_out": way, **group} for way, part in ways.items() for group in part["calibration"]
    ]
    return _with_basis(pd.DataFrame(rows), content, UNSEEN)


def instruments_table(content: Content) -> pd.DataFrame:
    """A row per instrument: its family, kind and camp, who joined, and the AUC of Parley and of
    other models.
    """
    rows = [
        {
            "instrument": name,
            **{
                key: each[key]
                for key in ("title", "family", "kind", "camp", "launch", "n", "joined", "auc")
            },
            **{f"auc_{end}": each["interval"][end] for end in ("low", "high")},
            "auc_of_paris_weights": each["paris"],
            "brier": each["brier"],
            **{f"auc_of_{model}": value for model, value in each["baselines"].items()},
        }
        for name, each in content["instruments"]["instruments"].items()
    ]
    return _with_basis(pd.DataFrame(rows), content, OTHER_TEXTS)


def later_table(content: Content) -> pd.DataFrame:
    """A row per day, kind, later date and interval: those under the fitted weights, and with their
    uncertainty.
    """
    days = content["backtest"]["time_split"]
    rows = [
        {"known_by": day, **row}
        for day, part in days.items()
        for row in _by_interval(part["dates"])
    ]
    return _with_basis(pd.DataFrame(rows), content, f"{FITTED} as it was known by then")


def conclusions_table(content: Content) -> pd.DataFrame:
    """A row per conclusion and assumption; nobody by name."""
    conclusions = content["conclusions"]
    sentences = {each["name"]: each["sentence"] for each in conclusions["conclusions"]}
    cells = pd.DataFrame(conclusions["cells"]).assign(
        worlds=conclusions["replicates"], seed=conclusions["seed"]
    )
    return cells.assign(sentence=cells["conclusion"].map(sentences))


TABLES: Mapping[str, Callable[[Content], pd.DataFrame]] = {
    "states": states_table,
    "models": models_table,
    "calibration": calibration_table,
    "instruments": instruments_table,
    "later": later_table,
    "conclusions": conclusions_table,
}


def _less(by_score: Mapping[str, Mapping[str, float]] | None) -> dict[str, float | None]:
    ends = ("value", "low", "high")
    return {
        f"{name}_less_{end}": by_score[name][end] if by_score else None
        for name in SCORES
        for end in ends
    }


def _by_interval(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        for interval in ("fitted", "with_uncertainty"):
            yield {
                **{key: row[key] for key in ("kind", "date", "registered")},
                "interval": interval,
                **row[interval],
            }


def _with_basis(table: pd.DataFrame, content: Content, basis: str) -> pd.DataFrame:
    manifest = content["manifest"]
    return table.assign(basis=basis, seed=manifest["seed"], version=manifest["parley"])
