"""`parley list` and `parley parameters`: what there is to run, and what can be set."""

from __future__ import annotations

from sim.commands import options
from sim.commands.printing import Target, console, table
from sim.scenario import available, load
from sim.scenario.files import DEFAULT


def scenarios(json: options.Json = None) -> None:
    """List the scenarios, each with its question."""
    target = Target(json)
    rows = [{"name": name, "title": title, "question": question} for name, title, question in available()]
    target.emit(lambda: rows)
    if target.prints:
        console().print(table("Scenarios", ("name", "title", "question"), [row.values() for row in rows], left=3))


def parameters(scenario: options.NamedOrDefault = None, json: options.Json = None) -> None:
    """List every dial with its value in a scenario, range, unit, meaning and source."""
    target = Target(json)
    loaded = load(scenario or DEFAULT)
    dials = [(loaded.settings[dial.name], dial) for dial in loaded.dials.values()]
    target.emit(
        lambda: [
            {
                "name": dial.name, "group": dial.group, "role": dial.role, "value": value, "low": dial.between[0],
                "high": dial.between[1], "unit": dial.unit, "meaning": dial.meaning, "source": dial.source,
            }
            for value, dial in dials
        ]
    )  # fmt: skip
    if target.prints:
        rows = [
            (dial.name, dial.role, f"{value:g}", "{:g} to {:g}".format(*dial.between), f"{dial.meaning} ({dial.unit})")
            for value, dial in dials
        ]
        console().print(table(loaded.title, ("name", "role", "value", "range", "meaning (unit)"), rows, left=5))
