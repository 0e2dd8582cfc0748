"""What the pages Evidence and Method ask the server for: the evidence on a view, and the quick classics, run."""

from __future__ import annotations

import json
from typing import Any

import flask

import sim
from dashboard.answers import Answers
from dashboard.evidence import as_it_was, changes_of, dates_of, evidence_of, record_on_page, with_uncertainty
from dashboard.record_tables import TABLES
from dashboard.replies import CSV, JSON, query, reply
from dashboard.runs import Runs
from dashboard.tables import as_csv
from dashboard.view import SCENARIO, WHERE, view_of

# Those that answer within seconds; the others are for the command line.
QUICK = ("granovetter-1978", "barrett-1994", "centola-macy-2007", "repeated-prisoners-dilemma", "escalation")


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

    @server.get("/data/dials")
    def dials() -> flask.Response:
        return reply(answers.get("dials", all_dials))

    @server.get("/data/classic")
    def classic() -> flask.Response:
        name = flask.request.args.get("name", "")
        if name not in QUICK:
            raise sim.InputError(f"{WHERE}: name is {name[:40]!r}, expected one of {', '.join(QUICK)}")
        return reply(answers.get(f"classic?{name}", lambda: classic_of(name), slow=True))


def all_dials() -> list[dict[str, Any]]:
    """Every dial of the default scenario as it stands there, the ambitions of its provisions included."""
    scenario = sim.load(SCENARIO)
    return [
        {
            "name": name,
            "role": dial.role,
            "structural": dial.structural,
            "value": scenario.settings[name],
            "between": dial.between,
            "unit": dial.unit,
            "meaning": dial.meaning,
            "source": dial.source,
        }
        for name, dial in scenario.dials.items()
    ]


def classic_of(name: str) -> dict[str, Any]:
    """The classic called *name*, run as it ships: each check with what is expected and what came out, and remarks."""
    done = sim.classic(name)
    return {
        "name": name,
        "checks": list(done.rows()),
        "within": done.within,
        "remarks": list(done.remarks),
        "replicates": done.replicates,
        "seed": done.seed,
        "version": sim.__version__,
    }
