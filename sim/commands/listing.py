"""`parley list` and `parley parameters`: what there is to run, and what can be set."""

from __future__ import annotations

from sim.classics.shelf import available_classics, described
from sim.commands import options
from sim.commands.printing import Target, console, table
from sim.parameters import Dial
from sim.scenario import available, load
from sim.scenario.files import DEFAULT, is_classic


def scenarios(json: options.Json = None) -> None:
    """List the scenarios, each with its question, then the classics of the literature."""
    target = Target(json)
    columns, groups = ("name", "title", "question"), {"scenarios": available(), "classics": available_classics()}
    target.emit(
        lambda: [
            {**dict(zip(columns, row, strict=True)), "group": group} for group, rows in groups.items() for row in rows
        ]
    )
    if target.prints:
        for group, rows in groups.items():
            console().print(table(group.capitalize(), columns, rows, left=3), "")


def parameters(scenario: options.NamedOrDefault = None, json: options.Json = None) -> None:
    """List every dial with its value in a scenario or a classic, range, unit, meaning and source."""
    target = Target(json)
    title, dials = _of_classic(scenario) if scenario and is_classic(scenario) else _of_scenario(scenario or DEFAULT)
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
        console().print(table(title, ("name", "role", "value", "range", "meaning (unit)"), rows, left=5))


def _of_scenario(name: str) -> tuple[str, list[tuple[float, Dial]]]:
    loaded = load(name)
    return loaded.title, [(loaded.settings[dial.name], dial) for dial in loaded.dials.values()]


def _of_classic(name: str) -> tuple[str, list[tuple[float, Dial]]]:
    title = described(name).title

    from sim.classics.classic import classic_dials

    return title, [(dial.default or 0.0, dial) for dial in classic_dials(name).values()]
