"""The two long questions, whose signature moves most others and whom to approach: what they ask, and their answers.

Each stands in the address as a query of its own, beside the view of which it is asked:

    ?lens=realist&worlds=30&pivots=most%3D20%26from%3D12&campaign=approaches%3D5

All of it is about signing under the fitted weights, so it may stand beside names; nothing here knows of conduct.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

import sim
from dashboard.data.record import FITTED
from dashboard.view import APPROACHED, LONGEST, MOST_PARTS, View, view_of, whole

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

Progress = Callable[[int, int], None]
Row = Mapping[str, Any]


class Question(Protocol):
    """One of the two, about one view."""

    @property
    def key(self) -> str:
        """What tells it from any other question, in any version."""

    @property
    def said(self) -> dict[str, str]:
        """The question as `question_from` reads it."""

    def simulated(self, progress: Progress | None = None) -> dict[str, Any]:
        """The answer, as JSON knows it, with reports of progress; InputError where there is none."""


@dataclass(frozen=True)
class PivotsQuestion:
    """Whose signature, from round *start* on, moves most others: of *who*, or of the *most* weighty at first sight."""

    view: View
    who: tuple[str, ...]
    most: int
    start: int

    @property
    def key(self) -> str:
        return _key(self.view, "pivots", self.who or self.most, self.start)

    @property
    def said(self) -> dict[str, str]:
        candidates = [("who", who) for who in self.who] or [("most", str(self.most))]
        return _said(self.view, "pivots", [*candidates, ("from", str(self.start))])

    def simulated(self, progress: Progress | None = None) -> dict[str, Any]:
        whom: dict[str, Any] = {"who": self.who} if self.who else {"most": self.most}
        done = sim.pivots(self.view.asked, from_round=self.start, **whom, **_luck(self.view, progress))
        return _provenance(self.view, done) | {
            "from_round": self.start,
            "peers_low_end": done.asked["peers_low_end"],
            "pivots": {contrast: _rows(done.table(contrast)) for contrast in CONTRASTS},
        }


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
    def said(self) -> dict[str, str]:
        return _said(self.view, "campaign", [("approaches", str(self.approaches)), ("from", str(self.start))])

    def simulated(self, progress: Progress | None = None) -> dict[str, Any]:
        done = sim.outreach(
            self.view.asked, approaches=self.approaches, from_round=self.start, **_luck(self.view, progress)
        )
        return _provenance(self.view, done) | {
            "asked": done.asked,
            "approached": _rows(done.approached),
            "lists": _rows(done.lists),
            "try": self._link([candidate.who for candidate in done.chosen], done.events),
        }

    def _link(self, chosen: Sequence[str], events: Sequence[Row]) -> str | None:
        """The query of the view in which the *chosen* are approached; None where an address cannot say these *events*.

        It cannot where somebody is approached by the scenario as well, or where the view is as long as it may be.
        """
        if list(events) != [sim.approach(list(chosen), self.start, self.view.asked.last_round)]:
            return None
        branch = f"{self.start}:{','.join(chosen)}:{APPROACHED}"
        try:
            return view_of(replace(self.view, branch=(*self.view.branch, branch)).query()).query()
        except sim.InputError:
            return None


def question_from(said: Mapping[str, Any]) -> PivotsQuestion | CampaignQuestion:
    """The question that *said* holds: `kind` (pivots or campaign), `view` and `asked`, two queries.

    InputError, in one sentence, where it is none.
    """
    kind, query, asked = (said.get(key) for key in ("kind", "view", "asked"))
    if not (isinstance(kind, str) and isinstance(query, str) and isinstance(asked, str)):
        raise sim.InputError("the question: found no kind, view and asked, expected a text for each")
    if kind not in ("pivots", "campaign"):
        raise sim.InputError(f"the question: kind is {kind[:40]!r}, expected pivots or campaign")
    view = view_of(query)
    return _pivots(view, asked) if kind == "pivots" else _campaign(view, asked)


def _pivots(view: View, query: str) -> PivotsQuestion:
    said = _read("pivots", query, {"most": 1, "from": 1, "who": MOST_NAMED})
    who = tuple(sorted({_candidate(name, view.asked) for name in said.get("who", ())}))
    if who and "most" in said:
        raise sim.InputError("pivots: found most beside who, expected one of the two")
    most = whole("most", said.get("most", [str(CANDIDATES)])[0], 1, MOST_CANDIDATES, "pivots")
    trials = (len(who) or most) * view.worlds
    if trials > MOST_TRIALS:
        raise sim.InputError(
            f"pivots: {len(who) or most} candidates in {view.worlds} worlds are {trials} trials, expected at most "
            f"{MOST_TRIALS}; take fewer of either"
        )
    return PivotsQuestion(view, who, most, _start("pivots", said, view.asked, view.asked.last_round))


def _campaign(view: View, query: str) -> CampaignQuestion:
    said = _read("campaign", query, {"approaches": 1, "from": 1})
    number = whole("approaches", said.get("approaches", [str(APPROACHES)])[0], 1, MOST_APPROACHES, "campaign")
    if view.worlds > MOST_WORLDS:
        raise sim.InputError(f"campaign: worlds is {view.worlds}, expected at most {MOST_WORLDS} for this question")
    return CampaignQuestion(view, number, _start("campaign", said, view.asked, view.asked.last_round - MONTHS + 1))


def _read(kind: str, query: str, keys: Mapping[str, int]) -> dict[str, list[str]]:
    """The values in *query* by key, each as often as *keys* allow."""
    if len(query) > LONGEST:
        raise sim.InputError(f"{kind}: it has {len(query)} characters, expected at most {LONGEST}")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query), max_num_fields=MOST_PARTS)
    except ValueError:
        raise sim.InputError(f"{kind}: found no list of key=value, expected them with & between") from None
    said: dict[str, list[str]] = {}
    for key, value in pairs:
        if key not in keys:
            raise sim.InputError(f"{kind}: found the key {key[:40]!r}, expected one of {', '.join(keys)}")
        said.setdefault(key, []).append(value)
        if len(said[key]) > keys[key]:
            raise sim.InputError(f"{kind}: found {key} more than {keys[key]} times, expected at most as many")
    return said


def _start(kind: str, said: Mapping[str, list[str]], scenario: sim.Scenario, last: int) -> int:
    return whole("from", said.get("from", ["0"])[0], scenario.first_round, last, kind)


def _candidate(name: str, scenario: sim.Scenario) -> str:
    """The id *name*, if somebody with a name has it who may sign."""
    kind = _kinds().get(name)
    if kind is None:
        raise sim.InputError(f"pivots: who is {name[:40]!r}, expected a state (USA), or a firm or an NGO with a name")
    if kind not in scenario.code.may_sign:
        may = ", ".join(scenario.code.may_sign)
        raise sim.InputError(f"pivots: found {name}, expected one of those who may sign this code ({may})")
    return name


@functools.cache
def _kinds() -> dict[str, str]:
    """Whoever has a name, by id, and their kind."""
    people = sim.run(replicates=1).directory()
    return dict(zip(people["id"], people["kind"], strict=True))


def _key(view: View, *asked: Any) -> str:
    """A digest of the question; the scenario is in it with all its dials and tables."""
    content = json.dumps([sim.__version__, view.asked.sha256, view.worlds, view.seed, *asked])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _said(view: View, kind: str, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {"kind": kind, "view": view.query(), "asked": urlencode(pairs)}


def _luck(view: View, progress: Progress | None) -> dict[str, Any]:
    return {"replicates": view.worlds, "seed": view.seed, "progress": progress}


def _provenance(view: View, done: sim.Pivots | sim.Outreach) -> dict[str, Any]:
    scenario = view.asked
    return {
        "query": view.query(), "scenario": scenario.name, "title": scenario.title, "lens": scenario.lens,
        "worlds": done.replicates, "seed": done.seed, "version": sim.__version__, "basis": FITTED,
        "assumes": done.assumes, "interval": done.interval,
    }  # fmt: skip


def _rows(frame: Any) -> list[dict[str, Any]]:
    """The rows of *frame*, but for what is the same in all of them."""
    return json.loads(frame.drop(columns=["basis", "assumes"]).to_json(orient="records", double_precision=10))


TABLES = ("pivots", "approached", "lists")


def table_of(result: Mapping[str, Any], name: str) -> str | None:
    """One of TABLES of an answer as CSV, with what it takes to repeat it in every row; None where it has no such."""
    if name not in result:
        return None
    rows: list[Row] = result[name]
    if name == "pivots":
        rows = [{"contrast": contrast, **row} for contrast, found in result[name].items() for row in found]
    shared = {
        "basis": "fitted to the register", "assumes": result["assumes"], "interval": result["interval"],
        "scenario": result["scenario"], "lens": result["lens"], "worlds": result["worlds"], "seed": result["seed"],
        "version": result["version"], "view": result["query"],
    }  # fmt: skip
    if name == "pivots":
        shared["from_round"] = result["from_round"]
    else:
        shared |= {key: result["asked"][key] for key in ("from_round", "months", "strength", "judged_on")}
    text = io.StringIO()
    writer = csv.DictWriter(text, [*rows[0], *shared], lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, **shared} for row in rows)
    return text.getvalue()
