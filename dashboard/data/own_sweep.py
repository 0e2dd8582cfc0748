"""A small sweep of one's own: what its form says, checked field by field, and the sweep file that
says the same.

    lever=sanctions:0,1,2&lever=monitoring:0 to 1 in 5&uncertainty=temptation
    &points=24&worlds=10&outcome=harm_prevented

Its base is the view of the address, less what a sweep file cannot say. A dial that is swept has no
value in the base.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import sim
from dashboard.data.sweep_answers import (
    Progress,
    key_of,
    link_query,
    names_of_conduct,
    parts_withheld,
    simulated_answer,
)
from dashboard.data.words import dial_words
from dashboard.view import SEED, View, keys_and_values, view_of, whole
from sim import number_formats as formats

WHERE = "the sweep"
MOST_RUNS = 3_000
MOST_LEVERS, MOST_UNCERTAINTIES, MOST_OUTCOMES, MOST_VALUES = 2, 8, 3, 20
POINTS, LEAST_POINTS, MOST_POINTS = 24, 4, 200
WORLDS, LEAST_WORLDS, MOST_WORLDS = (
    sim.DEFAULTS["worlds of a sweep, at each point"].page,
    2,
    100,
)  # at each point
OUTCOME = "harm_prevented"
KEYS = {
    "lever": MOST_LEVERS,
    "uncertainty": MOST_UNCERTAINTIES,
    "outcome": MOST_OUTCOMES,
    "points": 1,
    "worlds": 1,
}
STEPS = re.compile(r"\s*(\S+)\s+to\s+(\S+)\s+in\s+(\d{1,4})(?:\s+steps)?\s*")
TWO_WORLDS = {
    name for name, outcome in sim.OUTCOMES.items() if not outcome.column
}  # they compare with another world
SECONDS_OF_A_RUN = {"two": 0.0065, "conduct": 0.0036, "signing": 0.0027}  # docs/sweeps.md
SECONDS_OF_ANALYSIS = 4.0  # for each outcome


class FieldError(sim.InputError):
    """Something wrong in the *field* of the form: lever, lever-2, uncertainty, points, worlds,
    outcome or scenario.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class OwnSweep:
    """A small sweep: *levers* with their values as written, *uncertainties* over their plausible
    ranges in *points* points, *worlds* at each; *view* is its base, without what is swept.
    """

    view: View
    levers: tuple[tuple[str, str], ...]
    uncertainties: tuple[str, ...]
    outcomes: tuple[str, ...]
    points: int
    worlds: int

    @functools.cached_property
    def table(self) -> dict[str, Any]:
        """The sweep as a sweep file has it, but for its scenario."""
        levers = {
            name: values_of(name, text, place) for place, (name, text) in enumerate(self.levers)
        }
        axes = [dial_words(name) for name, _ in self.levers] or [
            dial_words(name) for name in self.uncertainties
        ]
        number = len(self.uncertainties)
        assumptions = "one assumption" if number == 1 else f"{number} assumptions"
        over = f", over {assumptions}" if self.levers and self.uncertainties else ""
        table: dict[str, Any] = {
            "title": f"{_sentence_case(formats.listing(axes, 3))}",
            "question": f"What comes of {formats.listing(axes, 3)}{over}?",
            "scenario": self.view.scenario,
            **({"lens": self.view.lens} if self.view.lens else {}),
            "outcomes": list(self.outcomes),
            "replicates": self.worlds,
            **({"seed": self.view.seed} if self.view.seed != SEED else {}),
            **{
                key: dict(part.split(":", 1) for part in parts)
                for key, parts in (("parameters", self.view.set), ("choices", self.view.choose))
                if parts
            },
            **({"levers": levers} if levers else {}),
        }
        if "parameters" in table:
            table["parameters"] = {
                name: float(value) for name, value in table["parameters"].items()
            }
        if self.uncertainties:
            ranges = dict.fromkeys(self.uncertainties, "plausible")
            table["uncertainties"] = {"design": "latin hypercube", "points": self.points, **ranges}
        lever = {"lever": self.levers[0][0]} if self.levers else {}
        return table | {"answer": {"outcome": list(self.outcomes), **lever}}

    @functools.cached_property
    def sweep(self) -> sim.Sweep:
        """It as `parley.sweep` takes it; InputError for whatever does not fit."""
        return self._sweep_of({})

    @functools.cached_property
    def spelled_out(self) -> sim.Sweep:
        """The same sweep with each value of its levers written out, however they are spelled: that
        which is simulated, so that a question has one answer.
        """
        values = {axis.name: list(axis.grid()) for axis in self.sweep.levers.axes}
        return self._sweep_of({"levers": values} if values else {})

    def _sweep_of(self, changes: Mapping[str, Any]) -> sim.Sweep:
        shared = (
            "scenario",
            "lens",
            "parameters",
            "choices",
        )  # which the view's scenario has already
        own = {key: value for key, value in self.table.items() if key not in shared}
        return sim.load_sweep({**own, **changes, "scenario": self.view.variant})

    @property
    def key(self) -> str:
        """A digest of all on which its answer depends."""
        return key_of(
            "own", self.spelled_out.sha256, self.outcomes, [name for name, _ in self.levers]
        )

    @property
    def content(self) -> dict[str, str]:
        """The question as `sweep_question` reads it."""
        return {"kind": "sweep", "view": self.view.query(), "asked": self.asked}

    @property
    def asked(self) -> str:
        """The query of the form."""
        pairs = [("lever", f"{name}:{text}") for name, text in self.levers]
        pairs += [("uncertainty", name) for name in self.uncertainties]
        pairs += [("outcome", name) for name in self.outcomes]
        pairs += [("points", str(self.points))] if self.uncertainties else []
        return urlencode([*pairs, ("worlds", str(self.worlds))], safe=":,")

    @property
    def toml(self) -> str:
        """The sweep file."""
        return toml_of(self.table)

    @property
    def command(self) -> str:
        """What repeats it, and the analysis, on the command line."""
        return "parley sweep mine.toml --out mine\nparley analyse mine"

    def seconds(self) -> float:
        """About how long it takes on this machine when nobody else asks anything."""
        basis = [sim.OUTCOMES[name].basis for name in self.outcomes]
        which = (
            "two"
            if TWO_WORLDS & set(self.outcomes)
            else "conduct"
            if "assumed" in basis
            else "signing"
        )
        played = self.sweep.runs * SECONDS_OF_A_RUN[which] / (os.cpu_count() or 1)
        return (
            4 + played + SECONDS_OF_ANALYSIS * len(self.outcomes) * (0.3 + self.sweep.points / 300)
        )

    def answer(self, progress: Progress | None = None) -> dict[str, Any]:
        """Simulates and analyses it."""
        return simulated_answer(self.spelled_out, progress, self.view) | {
            "whole": None, "command": self.command, "toml": self.toml,
        }  # fmt: skip

    def wording(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """What of an *answer* to the same question says it again, as this one spells it."""
        link = answer["link"]
        own = {} if link["query"] is None else {"link": {**link, "query": link_query(self.view)}}
        return {"command": self.command, "toml": self.toml, "sha256": self.sweep.sha256, **own}


def own_sweep(query: str, pairs: Sequence[tuple[str, str]]) -> OwnSweep:
    """One's own sweep, of the *pairs* of its form; FieldError, in one sentence, for whatever does
    not fit.
    """
    values: dict[str, list[str]] = {key: [] for key in KEYS}
    for key, value in pairs:
        if key not in KEYS:
            expected = ", ".join(KEYS)
            raise sim.InputError(f"{WHERE}: found the key {key[:40]!r}, expected one of {expected}")
        values[key].append(value)
        if len(values[key]) > KEYS[key]:
            field = "lever-2" if key == "lever" else key
            raise FieldError(
                field, f"{WHERE}: found more than {KEYS[key]} of {key}, expected at most as many"
            )
    view = view_of(query)
    levers = [_lever(text, place) for place, text in enumerate(values["lever"])]
    axes = [name for name, _ in levers] + [
        _uncertainty(name, view) for name in values["uncertainty"]
    ]
    for place, name in enumerate(axes):
        if name in axes[:place]:
            field = "lever-2" if place < len(levers) else "uncertainty"
            raise FieldError(field, f"{dial_words(name)} is chosen twice, expected each dial once")
    if not axes:
        raise FieldError(
            "lever",
            "nothing differs yet: choose a dial to compare, or an assumption that is uncertain",
        )
    outcomes = tuple(dict.fromkeys(_outcome(name) for name in values["outcome"] or [OUTCOME]))
    question = OwnSweep(
        view=_base_of(view, axes),
        levers=tuple(levers),
        uncertainties=tuple(
            sorted(values["uncertainty"])
        ),  # their order decides on the points, and is no question
        outcomes=outcomes,
        points=_number("points", values["points"], POINTS, LEAST_POINTS, MOST_POINTS),
        worlds=_number("worlds", values["worlds"], WORLDS, LEAST_WORLDS, MOST_WORLDS),
    )
    _check(question)
    return question


def _check(question: OwnSweep) -> None:
    """FieldError where the sweep is none, is too large for a page, or would tell one stakeholder's
    conduct.
    """
    for place, (name, text) in enumerate(question.levers):
        dial = question.view.variant.dials.get(name)
        if dial is None or dial.role == "fitted":
            raise FieldError(
                _field(place),
                f"found {name[:40]!r}, expected a lever or an uncertainty of this scenario",
            )
        _check_values(dial, values_of(name, text, place), place)
    try:
        sweep = question.sweep
    except FieldError:
        raise
    except sim.InputError as problem:
        raise FieldError(_field_of(question, str(problem)), str(problem)) from None
    if sweep.runs > MOST_RUNS:
        raise FieldError(
            "worlds",
            f"{sweep.points} points of {sweep.replicates} worlds are {formats.count(sweep.runs)}"
            f" worlds, expected at most {formats.count(MOST_RUNS)} here; take fewer values, points"
            " or worlds, or the command line, which takes any number",
        )
    if any(parts_withheld(question.view, name) for name in names_of_conduct(question.outcomes)):
        raise FieldError(
            "outcome",
            "this scenario differs from the Paris Call by what one or two do, so that conduct in it"
            " would be theirs; choose outcomes of signing",
        )


def _check_values(dial: Any, values: Any, place: int) -> None:
    low, high = dial.between
    ends = [values["from"], values["to"]] if isinstance(values, dict) else values
    for value in ends:
        if not low <= value <= high:
            found = f"{dial_words(dial.name)} is {formats.setting(value)}"
            span = formats.interval(low, high, formats.setting, formats.TO)
            raise FieldError(_field(place), f"{found}, expected a number from {span} ({dial.unit})")
    if isinstance(values, dict) and not values["from"] < values["to"]:
        first, last = (formats.setting(values[end]) for end in ("from", "to"))
        raise FieldError(_field(place), f"found from {first} to {last}, expected the lower first")


def _field(place: int) -> str:
    return "lever" if place == 0 else "lever-2"


def _field_of(question: OwnSweep, sentence: str) -> str:
    """The field that a *sentence* of `parley.load_sweep` is about."""
    for place, (name, _) in enumerate(question.levers):
        if name in sentence:
            return _field(place)
    return "uncertainty" if "uncertaint" in sentence else "lever"


def _lever(text: str, place: int) -> tuple[str, str]:
    name, colon, values = text.partition(":")
    if not (name and colon) or len(text) > 300:
        raise FieldError(
            _field(place),
            f"found {text[:40]!r}, expected a dial and its values, such as sanctions:0,1,2",
        )
    values_of(name, values, place)
    return name, " ".join(values.split())


def values_of(name: str, text: str, place: int) -> Any:
    """The values of a lever as a sweep file has them: of "0, 1, 2" a list, of "0 to 2 in 5" a range
    with steps.
    """
    expected = 'values such as "0, 0.5, 1" or "0 to 1 in 5"'
    if steps := STEPS.fullmatch(text):
        low, high = (_value(part, place, expected) for part in steps.groups()[:2])
        number = int(steps[3])
        if not 2 <= number <= MOST_VALUES:
            raise FieldError(_field(place), f"found {number} steps, expected 2 to {MOST_VALUES}")
        return {"from": low, "to": high, "steps": number}
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    values = [_value(part, place, expected) for part in parts]
    if len(set(values)) != len(values) or not 2 <= len(values) <= MOST_VALUES:
        raise FieldError(
            _field(place), f"found {text[:60]!r}, expected 2 to {MOST_VALUES} different {expected}"
        )
    return values


def _value(text: str, place: int, expected: str) -> float:
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?", text, re.ASCII):
        raise FieldError(_field(place), f"found {text[:40]!r}, expected {expected}")
    return float(text)


def _uncertainty(name: str, view: View) -> str:
    dial = view.variant.dials.get(name)
    if dial is None or dial.role != "uncertainty":
        raise FieldError(
            "uncertainty", f"found {name[:40]!r}, expected an uncertainty that the form offers"
        )
    return name


def _outcome(name: str) -> str:
    if name not in sim.OUTCOMES:
        raise FieldError(
            "outcome", f"found {name[:40]!r}, expected an outcome that the form offers"
        )
    return name


def _number(field: str, values: Sequence[str], default: int, low: int, high: int) -> int:
    try:
        return whole(field, values[0], low, high, WHERE) if values else default
    except sim.InputError as problem:
        raise FieldError(field, str(problem)) from None


def _base_of(view: View, axes: Sequence[str]) -> View:
    """The *view* as a sweep file can say it, without the *axes*; FieldError where it has more."""
    has_more = [
        words
        for words, there in (
            ("branches", view.branch),
            ("another list of who may sign", view.may_sign),
            ("draws of the weights", view.weights),
        )
        if there
    ]
    if has_more:
        raise FieldError(
            "scenario",
            f"the view has {' and '.join(has_more)}, which a sweep file cannot say; drop them",
        )
    dials = tuple(part for part in view.set if part.partition(":")[0] not in axes)
    return View(
        scenario=view.scenario, lens=view.lens, set=dials, choose=view.choose, seed=view.seed
    )


def plan_of(query: str, asked: str) -> dict[str, Any]:
    """What one's own sweep would be: how many points and worlds, how long, its file and its
    command; or what is wrong, and in which field.
    """
    try:
        question = own_sweep(query, keys_and_values(asked, WHERE))
    except FieldError as problem:
        return {"problem": {"field": problem.field, "message": str(problem)}}
    except sim.InputError as problem:
        return {"problem": {"field": "scenario", "message": str(problem)}}
    return {
        "problem": None,
        "points": question.sweep.points,
        "runs": question.sweep.runs,
        "worlds": question.worlds,
        "seconds": round(question.seconds()),
        "toml": question.toml,
        "command": question.command,
    }


def toml_of(table: Mapping[str, Any]) -> str:
    """*table* as a TOML file: keys first, then its tables."""
    plain = [
        f"{key} = {_toml(value)}" for key, value in table.items() if not isinstance(value, Mapping)
    ]
    parts = ["\n".join(plain)]
    for name, inner in table.items():
        if isinstance(inner, Mapping):
            parts.append(
                "\n".join(
                    [f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in inner.items())]
                )
            )
    return "\n\n".join(parts) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_toml(part)}' for key, part in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(_toml(part) for part in value)}]"
    if isinstance(value, float):
        return f"{int(value)}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    return json.dumps(value, ensure_ascii=False)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
