"""The analysis of a sweep, as `parley.analyse` returns it: an answer in a sentence, what matters,
where, and numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.analysis.bootstrap import METHOD
from sim.analysis.effects import over_sets, pairs
from sim.analysis.findings import ANSWER, KINDS, MATTERS, TABLES, Findings, Sentence
from sim.analysis.lever_ranking import rank_levers
from sim.analysis.of_axes import analyse_axes
from sim.analysis.of_levers import analyse_levers
from sim.analysis.of_worlds import analyse_worlds
from sim.analysis.peak import peak_of
from sim.analysis.plain import Gain
from sim.analysis.question import Question, question
from sim.analysis.sentences import level_sentence
from sim.analysis.study import Column, Study, study_of
from sim.analysis.words import form
from sim.experiments.conduct_ranges import COMPARISONS
from sim.findings import Finding
from sim.output_folder import OutputFolder, writer
from sim.sweeps.answer import BECAUSE, NOTE
from sim.sweeps.sweep_result import SweepResult, open_sweep
from sim.version import __version__
from sim.words.analysis import sentence
from sim.writing import FORMATS, json_text, known_formats, records, write_into

LONG = ("cases",)  # tables of as many rows as there are points, written in the first format alone


class Analysis:
    """What was found about *study* by asking *asked*: `sentences`, `tables`, a page, and all of it
    as JSON.
    """

    def __init__(self, study: Study, query: Question) -> None:
        self.study, self.query = study, query
        findings = Findings(lambda finding, column: sentence(finding, form(column, study.words_of)))
        for column in query.columns:
            main = analyse_levers(study, query, column, findings)
            self._rank(column, findings)
            analyse_axes(study, column, main, findings)
            if not any(
                each.kind == ANSWER and each.outcome == column.name for each in findings.sentences
            ):
                (row,) = findings.rows("outcomes", outcome=column.name)
                findings.say(
                    ANSWER, column, level_sentence(column, row, column.outcome in COMPARISONS)
                )
                findings.turn_into(MATTERS, ANSWER, column)
            analyse_worlds(study, query, column, main, findings)
        self._findings = findings

    def _rank(self, column: Column, findings: Findings) -> None:
        """Add which of several levers moves *column* most, which answers the question, and where
        inside its range the one lever has a peak.
        """
        study, query = self.study, self.query
        if query.rivals and (ranking := rank_levers(study, column, query.rivals)):
            findings.turn_into(ANSWER, MATTERS, column)
            findings.find(ANSWER, column, ranking)
        if query.lever:
            over = (*study.levers.names, *query.rivals)
            cases = [over_sets(each, over) for each in pairs(study, column, query.lever)]
            if peak := peak_of(study, column, cases):
                findings.find(MATTERS if query.rivals else ANSWER, column, peak)

    def __repr__(self) -> str:
        return f"Analysis({self.study.name}: {self.answer})"

    @property
    def answer(self) -> str:
        """The answer to the sweep's question: a sentence for each outcome that it is about."""
        return " ".join(self._findings.texts(ANSWER))

    @property
    def sentences(self) -> list[Sentence]:
        """All sentences, the answer first."""
        return sorted(self._findings.sentences, key=lambda each: KINDS.index(each.kind))

    @property
    def findings(self) -> list[Finding]:
        """What is found, in values: which of several levers moves each outcome most, peaks inside
        the range of one, the share of luck, and groups of worlds.
        """
        return list(self._findings.values)

    @property
    def gain(self) -> Gain | None:
        """What the answer says is gained at a price that the question names; None where it names
        none.
        """
        return self._findings.gain

    @property
    def notes(self) -> list[str]:
        """Whether the sweep is not finished, what its file says beside the answer, and what is left
        out, and why.
        """
        study = self.study
        own = []
        if study.runs_complete < study.runs:
            own.append(
                f"The sweep is not finished: {study.runs_complete} of {study.runs} runs are done,"
                " and only those count."
            )
        own += [study.answer[key] for key in (BECAUSE, NOTE) if key in study.answer]
        return [*own, *dict.fromkeys(self._findings.notes)]

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tidy tables by name, those that have rows; each has columns `outcome` and `basis`."""
        return self._findings.frames()

    def records(self, table: str) -> list[dict[str, Any]]:
        """The rows of the *table* of that name in the types of JSON; none where it has none."""
        return records(self.tables[table]) if table in self.tables else []

    def as_json(self) -> dict[str, Any]:
        """All of it in the types of JSON (docs/json.md)."""
        study = self.study
        return {
            **self._sweep(),
            "answer": self.answer,
            "sentences": [each._asdict() for each in self.sentences],
            "notes": self.notes,
            "intervals": METHOD,
            "outcomes_asked": [column.name for column in self.query.columns],
            "findings": [each.as_json() for each in self.findings],
            "lever": self.query.lever or None,
            "rivals": list(self.query.rivals),
            "by": self.query.by or None,
            "where": None if self.query.where is None else str(self.query.where),
            "axes": [
                {**axis.as_json(), **study.words_of(axis.name).as_json()}
                for axis in study.axes.values()
            ],
            **{name: self.records(name) for name in TABLES if name not in LONG},
        }

    def _manifest(self) -> dict[str, Any]:
        """What `manifest.json` says: of which sweep this is the analysis, as `parley verify` reads
        it.
        """
        study = self.study
        of = {
            "scenario": {"name": study.name, "sha256": study.sha256},
            "seed": study.seed,
            "replicates": study.replicates,
            "parley": __version__,
        }
        return {
            "parley": __version__,
            "analysis": self._sweep(),
            "answer": self.answer,
            "made_from": {study.name: of},
        }

    def _sweep(self) -> dict[str, Any]:
        study = self.study
        return {
            "parley": __version__,
            "name": study.name,
            "title": study.title,
            "question": study.question,
            "sha256": study.sha256,
            "hash": study.hash,
            "points": study.levers.size * study.uncertainties.size,
            "replicates": study.replicates,
            "runs": study.runs,
            "done": study.runs_complete,
            "seed": study.seed,
            "common_random_numbers": study.common_luck,
        }

    def save(
        self,
        folder: str | Path | OutputFolder,
        formats: Iterable[str] = FORMATS,
        pages: Mapping[str, str] | None = None,
    ) -> list[Path]:
        """Write the tables in each of *formats*, `analysis.json`, *pages* by the names of their
        files, and a manifest into *folder*; the paths of the files.
        """
        suffixes = known_formats(formats)
        with writer(folder) as place:
            for name, frame in self.tables.items():
                for suffix in suffixes[:1] if name in LONG else suffixes:
                    with place.file(f"{name}.{suffix}") as path:
                        write_into(path, frame)
            place.add("analysis.json", json_text(self.as_json()))
            for name, text in (pages or {}).items():
                place.add(name, text)
            return place.commit(self._manifest())


def analyse(
    sweep: str | Path | SweepResult | Study,
    *,
    outcome: str | list[str] | None = None,
    lever: str | Sequence[str] | None = None,
    by: str | None = None,
    where: str | None = None,
) -> Analysis:
    """Analyse *sweep*: the folder that `parley sweep` wrote, or as much of it as is done.

    outcome: a column that the sweep keeps, or several. lever: an axis on a grid, whose values are
    compared in the same worlds; several are ranked by how far each moves the outcome. by: the axis
    by which its effect is told apart. where: the worlds to look for, such as "harm_prevented < 5".
    In place of these the sweep file's [answer] counts, then what its design suggests: of several
    levers on a grid, their ranking. The same sweep has the same analysis, to the bit. InputError,
    in one sentence, for whatever does not fit.
    """
    study = (
        sweep
        if isinstance(sweep, Study)
        else study_of(sweep if isinstance(sweep, SweepResult) else open_sweep(sweep))
    )
    return Analysis(study, question(study, outcome, lever, by, where))
