"""Participation by depth: who signs a code as its text becomes deeper, and which texts lose
signatures if deepened.

How deep an agreement is matters beside who joins it and who keeps it (Downs, Rocke and Barsoom
1996, *Is the good news about compliance good news about cooperation?*): a text that asks for little
is signed and kept by many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.arguments import DEFAULTS, SEED, as_scenario
from sim.code_of_conduct import Code, Provision
from sim.engine import rounds as engine
from sim.engine.build import codes_beside
from sim.errors import InputError
from sim.experiments.basis import basis_of_signing
from sim.experiments.outcomes import PERCENTILES, Array, summaries
from sim.experiments.participation import (
    EDGES,
    EFFORT_FIRST,
    RESTRAINT_FIRST,
    SHOWN,
    TOGETHER,
    WAYS,
    participation_findings,
)
from sim.experiments.simulate import AllOutputs, Setting, worlds_of
from sim.reading import as_list, literal
from sim.request import Request
from sim.results.run import run_of
from sim.scenario import Scenario
from sim.scenario.files import DEFAULT
from sim.threads import Progress, in_threads
from sim.words.participation import ParticipationWords, words_of_participation

REPLICATES = DEFAULTS[
    "worlds of a frontier"
].page  # two dozen texts: some seconds on two processors
STEPS = (-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Draft:
    """One text: the way on which it lies, the *scenario* with it, and whether it is the scenario's
    own (*present*).
    """

    way: str
    present: bool
    scenario: Scenario

    def row(self) -> dict[str, object]:
        """The text's way, basis, depths and ambitions, as a row of a table."""
        code = self.scenario.code
        depths = {
            "depth": code.depth,
            "depth_restraint": code.depth_restraint,
            "depth_burden": code.depth_burden,
        }
        ambitions = {f"ambition_{p.principle}": p.ambition for p in code.provisions}
        basis = basis_of_signing(self.scenario)
        return {"way": self.way, "present": self.present, "basis": basis, **depths, **ambitions}


def drafts(scenario: Scenario, ways: Sequence[str] = WAYS) -> list[Draft]:
    """Texts between one of ambition 0 throughout and one of ambition 1 throughout, each once, on
    these *ways*.

    On the way *together* the ambitions of all provisions go the same share of the way to 0, or to
    1; the text of *scenario* is on it. On the other ways one provision after another goes from
    ambition 0 to 1: first those with the largest share of restraint (or of effort) in their depth.
    """
    provisions = scenario.code.provisions
    steps = STEPS if TOGETHER in ways else ()
    texts = [Draft(TOGETHER, step == 0.0, text_at_step(scenario, step)) for step in steps]
    by_restraint = sorted(
        provisions, key=lambda p: (-_restraint_share(scenario.code, p), p.principle)
    )
    for way, order in ((RESTRAINT_FIRST, by_restraint), (EFFORT_FIRST, by_restraint[::-1])):
        for number in range(1, len(order)) if way in ways else ():
            ambitions = {p.principle: float(p in order[:number]) for p in order}
            texts.append(Draft(way, False, _under(scenario, ambitions)))
    return texts


def participation(
    scenario: str | Path | Scenario = DEFAULT,
    *,
    ways: Sequence[str] | None = None,
    replicates: int = REPLICATES,
    seed: int = SEED,
    workers: int | None = None,
    progress: Progress | None = None,
    earlier: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Simulate *scenario* under each of its `drafts` that lies on one of the *ways* (all of them by
    default), all with the same draws: a row per text. On signing alone.

    Columns: way, present, basis (fitted, or extrapolated where the text is unlike the register's),
    depth, depth_restraint, depth_burden, the ambition of each provision; then for the signatories
    of each kind and their power_share at the end the median over the worlds, the ends of 90 % of
    them (…_low, …_high), and whether the text is `on_frontier` among those simulated (…_frontier).
    `attrs["of"]` is how many texts there are on all ways. *earlier* is an answer to the same
    question on some of the ways, whose texts are not simulated again. InputError for what does not
    fit.
    """
    request = Request(as_scenario(scenario), replicates, seed, workers, progress)
    some = list(WAYS) if ways is None else as_list(ways, "ways", f"some of {', '.join(WAYS)}")
    if TOGETHER not in some or not all(way in WAYS for way in some):
        expected = (
            f"{TOGETHER!r}, which has both ends, and perhaps {RESTRAINT_FIRST!r} and"
            f" {EFFORT_FIRST!r}"
        )
        raise InputError(f"ways is {literal(some)}, expected {expected}")
    own = request.scenario
    question = f"{own.sha256}, {request.replicates} worlds, seed {request.seed}"
    if earlier is not None and earlier.attrs.get("question") != question:
        raise InputError(
            "earlier is an answer to another question, expected one on this scenario, its worlds"
            " and seed"
        )
    before = (
        [] if earlier is None else [way for way in dict.fromkeys(earlier["way"]) if way in some]
    )
    anew = drafts(own, [way for way in some if way not in before])
    rows = pd.DataFrame(_simulated(request, anew))
    parts = [rows] if earlier is None else [earlier[earlier["way"].isin(before)], rows]
    frame = pd.concat([part for part in parts if len(part)], ignore_index=True)
    frame = frame.sort_values(
        "way", key=lambda column: column.map(WAYS.index), kind="stable", ignore_index=True
    )
    way, depth = frame["way"].to_list(), frame["depth"].to_numpy()
    edge = {f"{name}_frontier": on_frontier(way, depth, frame[name].to_numpy()) for name in SHOWN}
    of_signing = [f"{name}{what}" for name in SHOWN for what in ("", *EDGES[::2], "_frontier")]
    frame = frame.assign(**edge)[[*(name for name in frame if name not in of_signing), *of_signing]]
    one_by_one = len(own.code.provisions) - 1
    frame.attrs |= {"of": len(STEPS) + 2 * one_by_one, "question": question}
    return frame


def participation_words(texts: pd.DataFrame) -> dict[str, ParticipationWords]:
    """What a deeper text costs in signatories, by the measure of *texts*, a table of
    `participation`: a headline, its numbers, and the direction far outside the data.
    """
    rows = texts.to_dict("records")
    return {name: words_of_participation(participation_findings(rows, name)) for name in SHOWN}


def _simulated(request: Request, texts: Sequence[Draft]) -> list[dict[str, object]]:
    """A row for each of these *texts* of a scenario: on signing alone, of which nothing depends on
    practices and harm.

    All of a scenario but its texts is built once; one text after the other is played by each of the
    workers.
    """
    own = request.scenario
    alone = replace(request, workers=1, progress=None)
    decides = own.talks is not None and own.talks.decides
    setting = None if decides else Setting.from_scenario(own)
    observe = AllOutputs(engine.DATES_STAGES, with_dates=False)

    def row(draft: Draft) -> dict[str, object]:
        if setting is None:  # talks decide on the text of each world
            numbers = run_of(alone.of(draft.scenario), conduct=False).by_replicate
        else:
            under_text = setting._replace(codes=codes_beside(setting.population, draft.scenario))
            output = worlds_of(alone, under_text, observe)
            numbers = summaries(output, setting.group_sizes, setting.first_round)
        ends = {name: np.percentile(numbers[key], PERCENTILES) for name, key in SHOWN.items()}
        of_worlds = {
            f"{name}{edge}": end
            for name in SHOWN
            for edge, end in zip(EDGES, ends[name], strict=True)
        }
        return draft.row() | of_worlds

    jobs = [partial(row, draft) for draft in texts]
    return in_threads(jobs, request.workers, request.progress, [request.replicates] * len(jobs))


def on_frontier(way: Sequence[str], depth: Array, signatories: Array) -> NDArray[np.bool_]:
    """[text] whether no *way*, interpolated between its texts, has more signatories at the depth of
    this text.

    All ways begin with the shallowest text and end with the deepest.
    """
    ends = [int(np.argmin(depth)), int(np.argmax(depth))]
    most = np.array(signatories, dtype=np.float64)
    for one in dict.fromkeys(way):
        on_it = sorted(
            {*(place for place, name in enumerate(way) if name == one), *ends},
            key=lambda k: depth[k],
        )
        most = np.maximum(most, np.interp(depth, depth[on_it], signatories[on_it]))
    highest: NDArray[np.bool_] = signatories >= most
    return highest


def text_at_step(scenario: Scenario, step: float) -> Scenario:
    """*scenario* with the ambition of each provision moved by the share -*step* of the way to 0, or
    by the share *step* of the way to 1; *step* is from -1 to 1, and 0 is the scenario itself.
    """
    if step == 0.0:
        return scenario
    return _under(
        scenario, {p.principle: _at_step(p.ambition, step) for p in scenario.code.provisions}
    )


def _under(scenario: Scenario, ambitions: Mapping[int, float]) -> Scenario:
    return scenario.with_changes(
        set={f"ambition_{principle}": value for principle, value in ambitions.items()}
    )


def _at_step(ambition: float, step: float) -> float:
    """*ambition* moved by the share -step of the way to 0, or by the share *step* of the way to
    1.
    """
    return ambition * (1.0 + step) if step < 0.0 else ambition + step * (1.0 - ambition)


def _restraint_share(code: Code, provision: Provision) -> float:
    """The share of restraint in what *provision* adds to the depth, in [0, 1]; 0 where it adds
    nothing.
    """
    restraint, burden = (
        loading / total if total else 0.0
        for loading, total in (
            (provision.restraint, sum(p.restraint for p in code.provisions)),
            (provision.burden, sum(p.burden for p in code.provisions)),
        )
    )
    return restraint / (restraint + burden) if restraint + burden else 0.0
