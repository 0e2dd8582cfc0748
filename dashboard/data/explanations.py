"""Why a stakeholder signs or stays out, and what would bring it in by a date or keep it out: the
question in an address and its answer.

Of the questions that most visitors ask first the answers ship (dashboard/data/ready_answers.py).
"""

from __future__ import annotations

import difflib
import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

import sim
from dashboard.cache import Runs
from dashboard.data.provision_words import asked_of
from dashboard.data.ready_answers import answers
from dashboard.data.record import dates_of, directory, names, provenance
from dashboard.data.tables import as_csv, signed_means
from dashboard.data.tried import tried
from dashboard.data.words import FAMILIES, basis_of_worlds
from dashboard.view import MOST_WORLDS, WHERE, View, at_most_one, split_query, view_of, whole

AIMS = {"in": "bring it in", "out": "keep it out"}
LONGEST_NAME = 100
COLUMNS_OF_CHANGES = (
    "family",
    "change",
    "share_before",
    "share_after",
    "low_90",
    "high_90",
    "other_fits_low_90",
    "other_fits_high_90",
    "other_fits_before_low_90",
    "other_fits_before_high_90",
    "verdict",
    "basis",
    "answer_may_rest_on_it",
    "price",
    "why_no_other_fits",
)


@dataclass(frozen=True)
class Question:
    """Why *who* (an id of somebody with a name) signs or stays out by the end of round *by* of a
    view, and what would bring it in by then, or keep it out: the *aim*, None for what follows from
    where it stands.
    """

    view: View
    who: str
    by: int
    aim: str | None

    @property
    def key(self) -> str:
        """The same for the same question, and no other's."""
        return f"{self.by}:{self.aim}:{self.who}?{self.view.query()}"

    @property
    def digest(self) -> str:
        """The same for the same question under the same version, and no other's."""
        return hashlib.sha256(f"explanation {sim.__version__} {self.key}".encode()).hexdigest()[:32]

    @property
    def ready(self) -> Mapping[str, Any] | None:
        """Its answer, where that ships: as it is asked without an aim, which is the same answer
        where that is its own.
        """
        found = answers().get(replace(self, aim=None).digest)
        if found is None or self.aim is None:
            return found
        changes = found["changes"]
        if changes["asked"]["aim"] != self.aim:
            return None
        return {**found, "changes": {**changes, "answer": {**changes["answer"], "why_asked": ""}}}

    def explanation(self, runs: Runs) -> sim.Explanation:
        """The explanation, from the worlds of the view."""
        return runs.explained.value(
            self.key, lambda: runs.of(self.view).explain(self.who, self.by, aim=self.aim)
        )


def question_of(query: str) -> Question:
    """The question of *query*: a view's link with who=, by= (by default round=, the month that
    other pages show, else the launch) and aim=. It is answered in as many worlds as a page may
    have.

    InputError, in one sentence, where it is none.
    """
    keys = {"who": "", "round": "0", "by": "", "aim": ""}
    of_view, values = split_query(query, *keys)
    view = view_of(of_view)
    who, number, by, aim = (at_most_one(key, values[key], default) for key, default in keys.items())
    if not values["who"]:
        raise sim.InputError(
            f"{WHERE}: found no who, expected a state (USA), or a firm or an NGO with a name"
        )
    if aim not in ("", *AIMS):
        raise sim.InputError(f"{WHERE}: aim is {aim[:40]!r}, expected one of {', '.join(AIMS)}")
    ends = view.variant.first_round, view.variant.last_round
    shown = whole("round", number, *ends)
    return _whole(view, _id_of(who), whole("by", by, *ends) if by else shown, aim or None)


def explained_at_hand(view: View, who: str, by: int) -> Mapping[str, Any] | None:
    """What the page says of *who* (an id) under *view*, where that ships; else None. `other_fits`:
    the range of the share that has signed by the end of round *by*, None where that does not ship.
    """
    ready, then = (_whole(view, who, month, None).ready for month in (0, by))
    if ready is None:
        return None
    return {
        **ready["explanation"],
        "other_fits": then and then["changes"]["answer"]["weights_before"],
    }


def _whole(view: View, who: str, by: int, aim: str | None) -> Question:
    """The question on *view* in as many worlds as a page may have."""
    most = int(MOST_WORLDS / view.variant.parameters.population_scale)
    return Question(replace(view, worlds=most), who, by, aim)


def explanation_of(question: Question, runs: Runs) -> dict[str, Any]:
    """The explanation without its changes, its shares of the worlds by round, the traits, whether
    it `ships`, as its changes then do too, and its name in a sentence (`said`).
    """
    ready = question.ready
    content = simulated_explanation(question, runs) if ready is None else ready["explanation"]
    people = directory().set_index("id")
    name, is_state = names()[question.who], people["kind"][question.who] == "state"
    said = sim.with_article(name) if is_state else name
    return {**content, "ships": ready is not None, "said": said}


def changes_of(question: Question, runs: Runs) -> dict[str, Any]:
    """What would turn its decision: a change for each family of levers, what a provision that it
    moves then asks, in words, and the query of the view of which it is a part, null where an
    address cannot hold it.
    """
    ready = question.ready
    return simulated_changes(question, runs) if ready is None else ready["changes"]


def first_changes_of(question: Question, runs: Runs) -> dict[str, Any]:
    """A first estimate of `changes_of`, before other worlds judge it (`is_estimate`); all of it
    where that ships, and where nothing is sought.
    """
    estimate = None if question.ready else question.explanation(runs).first_estimate_as_json()
    if estimate is None:
        return {**changes_of(question, runs), "is_estimate": False}
    for change in estimate["changes"]:
        change.update(tried=None, asks=asked_of(change["change"], question.view.variant))
    return {**estimate, "is_estimate": True} | provenance(question.view)


def simulated_explanation(question: Question, runs: Runs) -> dict[str, Any]:
    """As `explanation_of`, of a question that is simulated anew."""
    run = runs.of(question.view)
    person = run.directory().set_index("id").loc[question.who].to_dict()
    explanation = question.explanation(runs)
    content = explanation.as_json(changes=False)
    del content["manifest"]
    traits = {trait: round(float(person[trait]), 3) for trait in sim.TRAITS}
    since = person["supporter_since"].isoformat() if person["supporter_since"] else None
    shares = {name: parts.tolist() for name, parts in _shares(run, question.who).items()}
    record = {"supporter_since": since, "supporter_is_dated": bool(person["supporter_is_dated"])}
    return content | {"traits": traits, **record, "shares": shares} | provenance(question.view)


def simulated_changes(question: Question, runs: Runs) -> dict[str, Any]:
    """As `changes_of`, of a question that is simulated anew."""
    explanation = question.explanation(runs)
    content = explanation.changes_as_json()
    shown = replace(question.view, worlds=View.worlds)  # the worlds of this page are its own
    for change, lever in zip(content["changes"], explanation.changes, strict=True):
        view = tried(shown, lever.change) if lever.change else None
        change["tried"] = view.query() if view else None
        change["asks"] = asked_of(lever.change, question.view.variant)
    return content | provenance(question.view)


def motives_table(question: Question, runs: Runs) -> bytes:
    """What each motive adds, as CSV."""
    run, table = runs.of(question.view), question.explanation(runs).table()
    day = dates_of(run)[question.by - run.scenario.first_round]
    named = table.drop(columns="motive").rename(columns={"meaning": "motive"})
    return _csv(named.assign(unit="log odds of signing", round=question.by, date=day), question)


def _shares(run: sim.Run, who: str) -> dict[str, np.ndarray]:
    """Status -> [rounds] the share of worlds that show it."""
    courses = run.courses()
    signed, taken_up = (courses[name][who].to_numpy() for name in ("signed", "taken_up"))
    shares = {"signed": signed, "considered": taken_up - signed, "not_taken_up": 1 - taken_up}
    return {name: each.round(6) for name, each in shares.items()}


def history_table(question: Question, runs: Runs) -> bytes:
    """Shares of the simulated worlds by round, as CSV."""
    run = runs.of(question.view)
    dates, first = dates_of(run), run.scenario.first_round
    rounds = range(first, first + len(dates))
    table = pd.DataFrame({"round": rounds, "date": dates} | _shares(run, question.who))
    return _csv(table.assign(signed_means=[signed_means(month) for month in rounds]), question)


def changes_table(question: Question, runs: Runs) -> bytes:
    """What each change yields, as CSV: a row per change that was tried, those without effect
    too.
    """
    content = changes_of(question, runs)
    answer, asked = content["answer"], content["asked"]
    tried_ones = [
        change for change in content["changes"] if change["change"] or change["without_effect"]
    ]
    rows = [
        {
            "family": FAMILIES[change["family"]],
            "change": change["without_effect"] or change["what"],
            "share_before": change["share_before"],
            "share_after": change["share_after"],
            "low_90": change["low"],
            "high_90": change["high"],
            **_ends("other_fits", change["of_weights"]),
            **_ends("other_fits_before", answer["weights_before"]),
            "verdict": change["verdict_in_words"],
            "basis": sim.BASES[change["basis"]],
            "answer_may_rest_on_it": change["borne"] and change["told_from_zero"],
            "price": change["price"]
            or ("not counted" if change["without_effect"] else "nobody in far fewer worlds"),
            "why_no_other_fits": _why_no_other_fits(change, answer),
        }
        for change in tried_ones
    ]
    aim = "" if content["aim"] is None else AIMS[asked["aim"]]
    return _csv(pd.DataFrame(rows, columns=COLUMNS_OF_CHANGES), question, aim=aim, by=asked["day"])


def _why_no_other_fits(change: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """Why the columns of other fits are empty, where they are."""
    if change["of_weights"]:
        return ""
    is_drawn = answer["weights_before"] is not None
    return (
        "not looked for, as it is not shown to move the share far"
        if is_drawn
        else "no other fits of these weights"
    )


def _ends(name: str, ends: Sequence[float] | None) -> dict[str, float | None]:
    """The lower and the upper end of 90 % of something, as columns."""
    low, high = ends or (None, None)
    return {f"{name}_low_90": low, f"{name}_high_90": high}


def _csv(table: pd.DataFrame, question: Question, **more: str) -> bytes:
    """*table*, whose rows may say what each rests on, with what it takes to repeat it and
    *more*.
    """
    view = question.view
    repeats = {**provenance(view), "view": view.query()}
    if "basis" not in table:
        repeats = {"basis": basis_of_worlds(view.variant), **repeats}
    return as_csv(table, who=question.who, name=names()[question.who], **more, **repeats)


def _id_of(text: str) -> str:
    """The id of whom *text* names: a state by iso3 or name, a firm or an NGO by name."""
    spellings = _spellings()
    own = sim.spelling(text[:LONGEST_NAME])
    if len(text) <= LONGEST_NAME and own in spellings:
        return spellings[own][0]
    close = difflib.get_close_matches(own, list(spellings), n=1)
    near = f"; did you mean {spellings[close[0]][1]!r}?" if close else ""
    kinds = "neither a state (USA) nor a firm or an NGO with a name"
    raise sim.InputError(f"{WHERE}: nobody is called {text[:40]!r}, {kinds}{near}")


@functools.cache
def _spellings() -> dict[str, tuple[str, str]]:
    """Every name and id as `parley.spelling` has it -> id, and the name as it should be written."""
    people = directory()
    own = [
        *zip(people["id"], people["name"], strict=True),
        *zip(people["id"], people["id"], strict=True),
    ]
    others = [(who, name) for who in people["id"] for name in sim.OTHER_NAMES.get(who, ())]
    return {sim.spelling(name): (who, name) for who, name in [*others, *own]}
