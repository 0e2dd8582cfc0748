"""`parley list` and `parley parameters`: what there is to run, and what can be set."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.commands.options import Json
from sim.commands.printing import check_json_target, console, emit_json, table
from sim.scenario import available, load
from sim.scenario.files import DEFAULT


def scenarios(json: Json = None) -> None:
    """List the scenarios, each with its question."""
    check_json_target(json)
    rows = [{"name": name, "title": title, "question": question} for name, title, question in available()]
    if json:
        emit_json(json, rows)
    if json != "-":
        console().print(table("Scenarios", ("name", "title", "question"), [row.values() for row in rows], left=3))


def parameters(
    scenario: Annotated[
        str, typer.Argument(help="Whose values to show: a name, or the path of a scenario file.")
    ] = DEFAULT,
    json: Json = None,
) -> None:
    """List every dial with its value, range, unit, meaning and source."""
    check_json_target(json)
    loaded = load(scenario)
    rows = [
        {
            "name": dial.name, "group": dial.group, "role": dial.role, "value": loaded.settings[dial.name],
            "low": dial.between[0], "high": dial.between[1], "unit": dial.unit, "meaning": dial.meaning, "source": dial.source,
        }
        for dial in loaded.dials.values()
    ]  # fmt: skip
    if json:
        emit_json(json, rows)
    if json != "-":
        shown = [
            (
                row["name"],
                row["role"],
                f"{row['value']:g}",
                f"{row['low']:g} to {row['high']:g}",
                f"{row['meaning']} ({row['unit']})",
            )
            for row in rows
        ]
        console().print(table(loaded.title, ("name", "role", "value", "range", "meaning (unit)"), shown, left=5))
