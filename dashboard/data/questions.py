"""The long questions: whose signature moves most others, whom to approach, and what a sweep says;
their answers.

Each stands in the address as a query of its own, beside the view of which it is asked:

    ?lens=realist&worlds=30&pivots=most%3D20%26from%3D12&campaign=approaches%3D5

The first two are about signing under the fitted weights, so they may stand beside names; sweeps, of
which dashboard/data/sweep_questions.py tells, are by group, or about signing alone.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from urllib.parse import urlencode

import pandas as pd

import sim
from dashboard.data import other_fits, sweep_answers
from dashboard.data.pairs import has_other_fits
from dashboard.data.record import directory
from dashboard.data.suppositions import month_words, supposing
from dashboard.data.sweep_questions import sweep_question
from dashboard.data.tables import as_csv
from dashboard.data.words import what_if_and_why
from dashboard.results import Results
from dashboard.view import APPROACHED, View, keys_and_values, view_of, whole

CANDIDATES, MOST_CANDIDATES, MOST_NAMED = 20, 60, 20
APPROACHES, MOST_APPROACHES = 10, 20
MOST_TRIALS = 4000  # candidates times worlds
MOST_WORLDS = 100  # for a list to be chosen on; it is judged on twice as many
MONTHS = sim.approach("", 0, 99)["until"] + 1  # that an approach lasts
CONTRASTS = {
    "signs less stays out": "signs rather than stays out",
    "signs less as it is": "signs, beside the world as it is",
    "stays out less as it is": "stays out, beside the world as it is",
}
KINDS = ("pivots", "campaign", "sweep")
TABLES = ("pivots", "approached", "lists", *sweep_answers.TABLES)
FILES = {
    "pivots": "whose-signature",
    "approached": "whom-to-approach",
    "lists": "lists-of-approaches",
}
# Names of the library in words that a table needs no key for.
LISTS = {
    "greedy": "this list",
    "random": "as many at random",
    "region first": "one region after the other",
    "by size": "the most powerful first",
}
LEADS = {f"greedy_less{end}": f"lead_of_this_list{end}" for end in ("", "_low", "_high")}
LENSES = {"full": "all motives"}
NO_RESULTS = Results()

Progress = Callable[[int, int], None]
Row = Mapping[str, Any]


class Question(Protocol):
    """One of the three, about one view."""

    @property
    def view(self) -> View:
        """The view that is asked about."""

    @property
    def key(self) -> str:
        """A digest of the question: the same for the same question, and no other's, in any
        version.
        """

    @property
    def content(self) -> dict[str, str]:
        """The question as `question_from` reads it."""

    def answer(self, progress: Progress | None = None) -> dict[str, Any]:
        """The answer as plain JSON, with reports of progress; InputError where there is none."""

    def wording(self, answer: Row) -> dict[str, Any]:
        """What of an *answer* to the same question says it again, as this one spells it."""


@dataclass(frozen=True)
class PivotsQuestion:
    """Whose signature, from round *start* on, moves most others: of *who*, or of the *most* weighty
    at first sight.
    """

    view: View
    who: tuple[str, ...]
    most: int
    start: int

    @property
    def key(self) -> str:
        return _key(self.view, "pivots", self.who or self.most, self.start)

    @property
    def content(self) -> dict[str, str]:
        candidates = [("who", who) for who in self.who] or [("most", str(self.most))]
        return _content(self.view, "pivots", [*candidates, ("from", str(self.start))])

    def answer(self, progress: Progress | None = None) -> dict[str, Any]:
        candidates: dict[str, Any] = {"who": self.who} if self.who else {"most": self.most}
        part = _parts(progress, 2 if has_other_fits(self.view) else 1)
        pivots = sim.pivots(
            self.view.variant, from_round=self.start, **candidates, **_worlds(self.view, part(0))
        )
        tables = {
            contrast: _rows(_with_intervals_by_kind(pivots, contrast)) for contrast in CONTRASTS
        }
        who = [row["who"] for row in next(iter(tables.values()))]
        wider = other_fits.of_pivots(self.view, who, self.start, list(CONTRASTS), part(1))
        return _provenance(self.view, pivots) | {
            "from_round": self.start,
            "peers_low_end": pivots.arguments["peers_low_end"],
            "weights_on_signatures": pivots.weights_on_signatures,
            "pivots": {
                contrast: [
                    row | (wider[contrast][row["who"]] if wider else {other_fits.IN_WORDS: None})
                    for row in rows
                ]
                for contrast, rows in tables.items()
            },
        }

    def wording(self, answer: Row) -> dict[str, Any]:
        return {"query": self.view.query(), "file": stem_of(answer, "pivots")}


@dataclass(frozen=True)
class CampaignQuestion:
    """Where to spend so many *approaches*, beginning in round *start*."""

    view: View
    approaches: int
    start: int

    @property
    def key(self) -> str:
        return _key(self.view, "campaign", self.approaches, self.start)

    @property
    def content(self) -> dict[str, str]:
        return _content(
            self.view, "campaign", [("approaches", str(self.approaches)), ("from", str(self.start))]
        )

    def answer(self, progress: Progress | None = None) -> dict[str, Any]:
        outreach = sim.outreach(
            self.view.variant,
            approaches=self.approaches,
            from_round=self.start,
            **_worlds(self.view, progress),
        )
        return _provenance(self.view, outreach) | {
            "asked": outreach.arguments,
            **other_fits.of_approaches(
                self.view,
                outreach.events,
                outreach.arguments["judged_on"],
                outreach.arguments["seed_of_judgement"],
            ),
            "approached": _rows(outreach.approached),
            "lists": _rows(outreach.lists),
            "try": self.link([candidate.who for candidate in outreach.picks], outreach.events),
        }

    def wording(self, answer: Row) -> dict[str, Any]:
        picked = [row["who"] for row in answer["approached"]]
        event = sim.approach(picked, self.start, self.view.variant.last_round)
        link = answer["try"] and self.link(picked, [event])
        return {
            "query": self.view.query(), "file": stem_of(answer, "approached"), "try": link,
            "begins": month_words(self.view, self.start),
        }  # fmt: skip

    def link(self, chosen: Sequence[str], events: Sequence[Row]) -> str | None:
        """The query of the view in which the *chosen* are approached; None where an address cannot
        say these *events*.

        It cannot where the scenario approaches somebody as well, or where the view is as long as it
        may be.
        """
        if list(events) != [sim.approach(list(chosen), self.start, self.view.variant.last_round)]:
            return None
        branch = f"{self.start}:{','.join(chosen)}:{APPROACHED}"
        try:
            return view_of(replace(self.view, branch=(*self.view.branch, branch)).query()).query()
        except sim.InputError:
            return None


def question_from(
    content: Mapping[str, Any], results: Results = NO_RESULTS, folder: str | None = None
) -> Question:
    """The question in *content*: `kind`, one of KINDS, and `view` and `asked`, two queries.
    *results*: sweeps to name; *folder*: where the one lies that it names, for the process that
    answers.

    InputError, in one sentence, where there is none.
    """
    kind, query, own_query = (content.get(key) for key in ("kind", "view", "asked"))
    if not (isinstance(kind, str) and isinstance(query, str) and isinstance(own_query, str)):
        raise sim.InputError(
            "the question: found no kind, view and asked, expected a text for each"
        )
    if kind not in KINDS:
        raise sim.InputError(
            f"the question: kind is {kind[:40]!r}, expected one of {', '.join(KINDS)}"
        )
    if kind == "sweep":
        return sweep_question(query, own_query, results, folder)
    view = view_of(query)
    return _pivots(view, own_query) if kind == "pivots" else _campaign(view, own_query)


def _pivots(view: View, query: str) -> PivotsQuestion:
    values = _values("pivots", query, {"most": 1, "from": 1, "who": MOST_NAMED})
    who = tuple(sorted({_candidate(name, view.variant) for name in values.get("who", ())}))
    if who and "most" in values:
        raise sim.InputError("pivots: found most beside who, expected one of the two")
    with_a_name = sum(kind in view.variant.code.may_sign for kind in _kinds().values())
    usual = str(min(CANDIDATES, with_a_name))
    most = whole(
        "most", values.get("most", [usual])[0], 1, min(MOST_CANDIDATES, with_a_name), "pivots"
    )
    trials = (len(who) or most) * view.worlds
    if trials > MOST_TRIALS:
        raise sim.InputError(
            f"pivots: {len(who) or most} candidates in {view.worlds} worlds are {trials} trials,"
            f" expected at most {MOST_TRIALS}; take fewer of either"
        )
    return PivotsQuestion(
        view, who, most, _start("pivots", values, view.variant, view.variant.last_round)
    )


def _campaign(view: View, query: str) -> CampaignQuestion:
    values = _values("campaign", query, {"approaches": 1, "from": 1})
    number = whole(
        "approaches", values.get("approaches", [str(APPROACHES)])[0], 1, MOST_APPROACHES, "campaign"
    )
    if view.worlds > MOST_WORLDS:
        raise sim.InputError(
            f"campaign: worlds is {view.worlds}, expected at most {MOST_WORLDS} for this question"
        )
    if "state" not in view.variant.code.may_sign:
        raise sim.InputError(
            "campaign: states may not sign this code, expected one that they may sign"
        )
    last = view.variant.last_round - MONTHS + 1
    return CampaignQuestion(view, number, _start("campaign", values, view.variant, last))


def _values(kind: str, query: str, keys: Mapping[str, int]) -> dict[str, list[str]]:
    """The values in *query* by key, each as often as *keys* allow."""
    values: dict[str, list[str]] = {}
    for key, value in keys_and_values(query, kind):
        if key not in keys:
            raise sim.InputError(
                f"{kind}: found the key {key[:40]!r}, expected one of {', '.join(keys)}"
            )
        values.setdefault(key, []).append(value)
        if len(values[key]) > keys[key]:
            raise sim.InputError(
                f"{kind}: found {key} more than {keys[key]} times, expected at most as many"
            )
    return values


def _start(kind: str, values: Mapping[str, list[str]], scenario: sim.Scenario, last: int) -> int:
    return whole("from", values.get("from", ["0"])[0], scenario.first_round, last, kind)


def _candidate(name: str, scenario: sim.Scenario) -> str:
    """The id *name*; InputError where nobody with a name has it, or who has it may not sign."""
    kind = _kinds().get(name)
    if kind is None:
        raise sim.InputError(
            f"pivots: who is {name[:40]!r}, expected a state (USA), or a firm or an NGO with a name"
        )
    if kind not in scenario.code.may_sign:
        may = ", ".join(scenario.code.may_sign)
        raise sim.InputError(
            f"pivots: found {name}, expected one of those who may sign this code ({may})"
        )
    return name


@functools.cache
def _kinds() -> dict[str, str]:
    """id -> kind, of everybody with a name."""
    people = directory()
    return dict(zip(people["id"], people["kind"], strict=True))


def _key(view: View, *parts: Any) -> str:
    """A digest of the view and the *parts* of a question; the scenario is in it with all its dials
    and tables.
    """
    content = json.dumps([sim.__version__, view.variant.sha256, view.worlds, view.seed, *parts])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _content(view: View, kind: str, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {"kind": kind, "view": view.query(), "asked": urlencode(pairs)}


def _parts(progress: Progress | None, parts: int) -> Callable[[int], Progress | None]:
    """The progress of a part of the work, by its place among so many *parts* of equal size, as that
    of the whole.
    """

    def part(place: int) -> Progress | None:
        return (
            None
            if progress is None
            else lambda done, total: progress(place * total + done, parts * total)
        )

    return part


def _worlds(view: View, progress: Progress | None) -> dict[str, Any]:
    return {"replicates": view.worlds, "seed": view.seed, "progress": progress}


def _provenance(view: View, result: sim.Pivots | sim.Outreach) -> dict[str, Any]:
    scenario = view.variant
    return {
        "query": view.query(),
        "scenario": scenario.name,
        "title": scenario.title,
        "lens": scenario.lens,
        "worlds": result.replicates,
        "seed": result.seed,
        "version": sim.__version__,
        **what_if_and_why(scenario),
        "supposing": supposing(view),
        "assumes": result.assumes,
        "interval": result.interval,
    }


def _with_intervals_by_kind(pivots: sim.Pivots, contrast: str) -> pd.DataFrame:
    """The table of a *contrast*, with the interval of the mean of each kind beside it."""
    table, tidy = pivots.table(contrast), pivots.differences
    tidy = tidy[(tidy["contrast"] == contrast) & (tidy["peers"] == "estimate")].set_index(
        ["who", "others"]
    )
    for kind in sim.KINDS:
        for end in ("low", "high"):
            table[f"{kind}_{end}"] = [tidy.loc[(who, kind), end] for who in table["who"]]
    return table


def _rows(frame: Any) -> list[dict[str, Any]]:
    """The rows of *frame*, without what is the same in all of them."""
    return json.loads(
        frame.drop(columns=["basis", "assumes"]).to_json(orient="records", double_precision=10)
    )


def file_of(answer: Mapping[str, Any], name: str) -> str:
    """What that table is called as a download."""
    return (
        sweep_answers.file_of(answer, name) if "rows" in answer else f"{stem_of(answer, name)}.csv"
    )


def stem_of(answer: Mapping[str, Any], name: str) -> str:
    """What that table of the page Campaign is called, and a picture of it: of which scenario and of
    how many.
    """
    if name == "pivots":
        number = f"{len(next(iter(answer['pivots'].values())))}-candidates"
    else:
        number = f"{len(answer['approached'])}-states"
    return "-".join(
        [FILES[name], answer["scenario"], *(["what-if"] if answer["supposing"] else []), number]
    )


def table_of(answer: Mapping[str, Any], name: str) -> bytes | None:
    """One of TABLES of an *answer* as CSV, with what it takes to repeat it in every row; None where
    it has no such.
    """
    if "rows" in answer:
        return sweep_answers.table_of(answer, name)
    if name not in answer:
        return None
    rows: list[Row] = answer[name]
    if name == "pivots":
        rows = [
            {"contrast": CONTRASTS[contrast], **row}
            for contrast, pivots in answer[name].items()
            for row in pivots
        ]
        own = {"from_round": answer["from_round"]}
    else:
        rows = [
            {
                LEADS.get(key, key): LISTS[value] if key == "list" else value
                for key, value in row.items()
            }
            for row in rows
        ]
        own = {
            key: answer["asked"][key] for key in ("from_round", "months", "strength", "judged_on")
        }
        if name == "lists" and (ends := answer.get(other_fits.IN_NUMBERS)):
            rows = [{**row, **(ends if row["list"] == LISTS["greedy"] else {})} for row in rows]
    same = ("assumes", "interval", "scenario", "lens", "worlds", "seed", "version", "supposing")
    repeats = {key: answer[key] for key in same}
    repeats["lens"] = LENSES.get(answer["lens"], answer["lens"])
    return as_csv(
        rows, basis=answer["basis"].partition(":")[0], **repeats, view=answer["query"], **own
    )
