"""The text of the code: the ambition of one provision, or of all of them, or its position on
governance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np

from sim.code_of_conduct import Code, Provision
from sim.engine.build import codes_beside
from sim.experiments.outcomes import Array
from sim.explanation.change import RUNGS, Change, Way
from sim.explanation.decision import SOONER_SIGNS, Decision
from sim.kinds_and_statuses import TRAITS
from sim.motives.affinity import governance_distance
from sim.number_formats import count, setting
from sim.parameters import AT
from sim.scenario.code import AMBITION, OPENNESS, PUBLIC_RULE
from sim.scenario.text_weights import weights_for

FAMILY = "text"
MOST_OF_SCALE = "of 1 at most"  # of ambition, openness and public rule


def why_not(decision: Decision) -> str | None:
    """No change is tried for a stakeholder that only has to be reached."""
    return None if decision.motives_matter else SOONER_SIGNS


def ways(decision: Decision) -> list[Way]:
    """Each provision down to ambition 0 and up to 1; all of them at once, which is the most that a
    text can do; the position towards the deciders' own, or away from it.
    """
    code = decision.scenario.code
    ends = [
        (provision, end)
        for provision in code.provisions
        for end in (0.0, 1.0)
        if provision.ambition != end
    ]
    return [
        *(_ambition(decision, provision, end) for provision, end in ends),
        *_whole_text(decision),
        _position(decision),
    ]


def contributions(decision: Decision, code: Code) -> Array:
    """[worlds, motives] under another text and the weights that hold for it, all else unchanged."""
    codes = codes_beside(decision.moment.setting.population, decision.scenario, code)
    return decision.with_terms(decision.moment.terms(codes, _dials_for(decision, code)))


def _dials_for(decision: Decision, code: Code) -> Array:
    """The dials of the round, with the weights that hold for *code* where the scenario has those of
    its own text.
    """
    file, dials = decision.scenario.weights_file, decision.moment.dials.copy()
    before = decision.weights
    for name, weight in weights_for(code, file).items():
        if dials[getattr(AT, name)] == before[name]:
            dials[getattr(AT, name)] = weight
    return dials


def _ambition(decision: Decision, provision: Provision, end: float) -> Way:
    before, number = provision.ambition, provision.principle

    def to(rung: int) -> float:
        return end if rung == RUNGS else round(before + (end - before) * rung / RUNGS, 6)

    def change(rung: int) -> Change:
        return Change(
            FAMILY,
            f"the text asks {_asks(before, to(rung))} on “{provision.short_name}” (provision"
            f" {number}, ambition from {setting(before)} to {setting(to(rung))}, {MOST_OF_SCALE})",
            lever=f"provision {number} {'raised' if end else 'lowered'}",
            size=round(abs(to(rung) - before), 6),
            unit="ambition",
            range_used=rung / RUNGS,
            change={"parameters": {f"{AMBITION}{number}": to(rung)}},
        )

    return _way(
        decision, change, lambda rung: decision.scenario.code.with_ambition(number, to(rung))
    )


def _whole_text(decision: Decision) -> list[Way]:
    """The text that asks for nothing, and the one that asks for all it can, each where the code is
    another; none of a code of one provision, whose own way goes as far. Both are the whole range
    and have no rungs, so that a change of one provision that is enough comes before them.
    """
    code = decision.scenario.code
    numbers = [provision.principle for provision in code.provisions]
    ends = [end for end in (0.0, 1.0) if any(each.ambition != end for each in code.provisions)]
    return [_all_at(decision, numbers, end) for end in ends] if len(numbers) > 1 else []


def _all_at(decision: Decision, numbers: list[int], end: float) -> Way:
    code = decision.scenario.code
    for number in numbers:
        code = code.with_ambition(number, end)
    before = [provision.ambition for provision in decision.scenario.code.provisions]
    asks, word = ("all it can on every", "raised") if end else ("nothing on any", "lowered")
    change = Change(
        FAMILY,
        f"the text asks {asks} provision (all {count(len(numbers))}, of ambition"
        f" {setting(min(before))} to {setting(max(before))}, at {setting(end)}, {MOST_OF_SCALE})",
        lever=f"all provisions {word}",
        size=round(sum(abs(end - each) for each in before) / len(before), 6),
        unit="ambition",
        range_used=1.0,
        change={"parameters": {f"{AMBITION}{number}": end for number in numbers}},
    )
    weighed = contributions(decision, code)
    return Way(
        1,
        lambda rung: change,
        lambda rung: weighed,
        lambda rung: decision.target.has_chance(decision.chance(weighed)),
        matter_of_degree=False,
    )


def _asks(before: float, after: float) -> str:
    return "nothing" if after == 0 else "more" if after > before else "less"


def _position(decision: Decision) -> Way:
    """Along the straight line to the deciders' own view of governance, or to the corner farthest
    from it.
    """
    code = decision.scenario.code
    traits = decision.moment.state.traits[:, list(decision.moment.deciders)].mean(axis=1)
    own = float(traits[TRAITS.index("openness")]), float(traits[TRAITS.index("public_rule")])
    goal = tuple(float(here < 0.5) for here in own) if decision.keeps_out else own

    def to(rung: int) -> Code:
        ends = zip((code.openness, code.public_rule), goal, strict=True)
        openness, public_rule = (
            round(float(np.clip(a + (b - a) * rung / RUNGS, 0, 1)), 2) for a, b in ends
        )
        return replace(code, openness=openness, public_rule=public_rule)

    def change(rung: int) -> Change:
        new = to(rung)
        return Change(
            FAMILY,
            f"the text moves towards {_direction(code, new)}"
            f" ({'away from' if decision.keeps_out else 'nearer to'} its view of governance:"
            f" openness from {setting(code.openness)} to {setting(new.openness)}, public rule from"
            f" {setting(code.public_rule)} to {setting(new.public_rule)}, {MOST_OF_SCALE})",
            lever="position of the text",
            size=round(
                governance_distance(code.openness, code.public_rule, new.openness, new.public_rule),
                6,
            ),
            unit="distance in governance",
            range_used=rung / RUNGS,
            change={"parameters": {OPENNESS: new.openness, PUBLIC_RULE: new.public_rule}},
        )

    return _way(decision, change, to)


def _direction(before: Code, after: Code) -> str:
    """What the position moves towards, in words."""
    words = []
    if after.openness != before.openness:
        words.append("openness" if after.openness > before.openness else "state control")
    if after.public_rule != before.public_rule:
        words.append(
            "public rule" if after.public_rule > before.public_rule else "private self-rule"
        )
    return " and ".join(words)


def _way(decision: Decision, change: Callable[[int], Change], code: Callable[[int], Code]) -> Way:
    """The way of texts *code*, each weighed once."""
    weighed = cache(lambda rung: contributions(decision, code(rung)))

    def turns(rung: int) -> bool:
        return decision.target.has_chance(decision.chance(weighed(rung)))

    return Way(RUNGS, change, weighed, turns)
