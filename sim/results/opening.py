"""The text with which a code opens in each world: that of the scenario, one that is fixed, or what
talks agree on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.engine.arrays import CodeArrays
from sim.engine.build import code_arrays, draw_rows
from sim.errors import InputError
from sim.experiments.simulate import Setting
from sim.negotiation.files import talks_of
from sim.parameters import AT, DIALS, Fitted, Values
from sim.reading import as_number, literal
from sim.request import Request
from sim.results.negotiate import Negotiation, negotiate
from sim.scenario import Scenario
from sim.scenario.code import AMBITION, OPENNESS
from sim.scenario.text_talks import KEY, NEGOTIATED, TABLED
from sim.scenario.text_weights import weights_for
from sim.theory.bargaining import openness_of_text

Array = np.ndarray[Any, Any]
DECIMALS = 9  # of openness, which is summed up


def with_text(scenario: Scenario, text: str | Sequence[float], where: str = "text") -> Scenario:
    """*scenario* whose code opens with this *text*: NEGOTIATED, TABLED, or a level for each
    provision, of which the openness follows (`openness_of_text`). InputError that begins with
    *where* for anything else, or where the scenario says nothing of talks.
    """
    if scenario.talks is None:
        raise InputError(
            f"{where}: {scenario.name} has no talks over its text, expected a table [{KEY}] in its"
            " file"
        )
    provisions = scenario.code.provisions
    if isinstance(text, str):
        if text not in (NEGOTIATED, TABLED):
            expected = f"{NEGOTIATED}, {TABLED}, or {len(provisions)} levels from 0 to 1"
            raise InputError(f"{where} is {literal(text)}, expected {expected}")
        return scenario.with_table({KEY: {"text": text}}, where)
    levels = _levels(text, len(provisions), where)
    openness = (
        {OPENNESS: _openness(scenario, levels)}
        if _openness(scenario, levels) != scenario.code.openness
        else {}
    )
    ambitions = {
        f"{AMBITION}{one.principle}": level
        for one, level in zip(provisions, levels.tolist(), strict=True)
    }
    return scenario.with_table(
        {"parameters": {**ambitions, **openness}, KEY: {"text": TABLED}}, where
    )


def _levels(text: Any, count: int, where: str) -> Array:
    """*text* as [count] levels in [0, 1]."""
    try:
        levels = np.array([as_number(level) for level in text])
    except TypeError:
        levels = np.empty(0)
    if levels.shape != (count,) or not ((levels >= 0) & (levels <= 1)).all():
        raise InputError(
            f"{where} is {literal(text)}, expected {NEGOTIATED}, {TABLED}, or {count} levels from 0"
            " to 1"
        )
    return levels


def _openness(scenario: Scenario, levels: Array) -> float:
    """The openness of the text of *scenario* at these *levels* of its provisions."""
    provisions = scenario.code.provisions
    positions, tabled = np.array([[one.position, one.ambition] for one in provisions]).T
    if np.array_equal(tabled, levels):
        return scenario.code.openness
    return round(
        float(openness_of_text(scenario.code.openness, positions, tabled, levels)), DECIMALS
    )


def open_code(request: Request) -> tuple[Setting, Negotiation | None]:
    """The setting of what *request* asks for, with the text on which talks agree in each of its
    replicates, or no code where they fail, and these talks, None where they do not decide.
    """
    scenario, replicates = request.scenario, request.replicates
    setting = Setting.from_scenario(scenario, with_talks=True)
    if scenario.talks is None:
        return setting, None
    talks = talks_of(scenario)
    if not scenario.talks.decides:
        return setting, None
    if scenario.open_rival is not None:
        raise InputError(
            f"{scenario.name}: found talks that decide on its text, [{KEY}], beside a second code,"
            f" expected one of the two, or text = {TABLED!r}"
        )
    negotiation = negotiate(talks, replicates=replicates, seed=request.seed)
    drafts = negotiation.drafts
    texts: list[CodeArrays | None] = []
    rows = np.full((replicates, len(DIALS)), np.nan)
    for number, (levels, is_adopted) in enumerate(
        zip(drafts.final_texts, drafts.is_adopted, strict=True)
    ):
        if not is_adopted:
            texts.append(None)
            continue
        world = _under_text(scenario, levels)
        texts.append(code_arrays(setting.population, (world.code,)))
        rows[number] = _row(world, scenario, number)
    return setting._replace(texts=tuple(texts), draws=rows), negotiation


def _under_text(scenario: Scenario, levels: Array) -> Scenario:
    """*scenario* with its text at these *levels*, and the fitted weights that hold for such a
    text.
    """
    code = replace(
        scenario.code,
        openness=_openness(scenario, levels),
        provisions=tuple(
            replace(one, ambition=level)
            for one, level in zip(scenario.code.provisions, levels.tolist(), strict=True)
        ),
    )
    before, now = (weights_for(each, scenario.weights_file) for each in (scenario.code, code))
    fitted = {
        name: now[name] for name, weight in before.items() if scenario.parameters[name] == weight
    }
    return replace(scenario, code=code, parameters=Values(DIALS, {**scenario.parameters, **fitted}))


def _row(world: Scenario, scenario: Scenario, number: int) -> Array:
    """[dials] the weights of *world* where they are not those of *scenario*, and those of one draw
    where it has draws; nan for all others, and for dials that an event sets.
    """
    of_events = {event.name for event in scenario.events if event.what == "dial"}
    row = np.full(len(DIALS), np.nan)
    for name, dial in DIALS.items():
        if (
            isinstance(dial, Fitted)
            and name not in of_events
            and world.parameters[name] != scenario.parameters[name]
        ):
            row[getattr(AT, name)] = world.parameters[name]
    draws = draw_rows(world)
    if len(draws) == 0:
        return row
    draw = draws[number % len(draws)]
    return np.where(np.isnan(draw), row, draw)
