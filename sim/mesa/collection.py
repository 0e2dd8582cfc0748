"""The DataCollector of a ParleyModel: Mesa's own, but for the model's outcomes, which it takes all
at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import mesa

ROUND = "round"


def outcome_of(model: Any, name: str) -> float:
    """The outcome *name* of the last round that *model* played."""
    return float(model.outcomes[name])


class OutcomeCollector(mesa.DataCollector):
    """A DataCollector with a reporter for the round and for each of the outcomes *names*.

    Reporters of one's own may be added, changed and left out as in any other; they are called after
    each round.

    Mesa calls every reporter, and copies what it returns in depth; outcomes are numbers, which are
    noted as they are.
    """

    model_reporters: dict[str, Any]

    def __init__(
        self, names: Iterable[str], agent_reporters: Mapping[str, str] | None = None
    ) -> None:
        outcomes = {name: partial(outcome_of, name=name) for name in names}
        self._rows: list[
            Mapping[str, float]
        ] = []  # outcomes after each step since somebody read the columns
        self._collects = False
        self._sorted: list[tuple[str, Any]] = []
        self._outcomes: dict[str, str] = {}  # column -> outcome
        self._others: dict[str, Any] = {}  # column -> reporter
        super().__init__(
            model_reporters={ROUND: ROUND, **outcomes}, agent_reporters=agent_reporters
        )

    @property
    def model_vars(self) -> dict[str, list[Any]]:
        """Column -> its values after each step."""
        if not self._collects:
            self._fill_columns()
        return self._columns

    @model_vars.setter
    def model_vars(self, columns: dict[str, list[Any]]) -> None:
        self._columns = columns

    def _fill_columns(self) -> None:
        """Put the rows of outcomes into their columns."""
        for column, name in self._outcomes.items():
            self._columns[column].extend(row[name] for row in self._rows)
        self._rows.clear()

    def _sort(self) -> None:
        """Tell reporters of outcomes from others, anew where any has changed."""
        reporters = list(self.model_reporters.items())
        if reporters != self._sorted:
            self._fill_columns()  # while it is known of which outcome each is
            self._sorted = reporters
            self._outcomes = {
                column: r.keywords["name"] for column, r in reporters if _is_of_an_outcome(r)
            }
            self._others = {column: r for column, r in reporters if column not in self._outcomes}

    def collect(self, model: Any) -> None:
        """Note what there is to note of *model* after a step."""
        self._sort()
        every = self.model_reporters
        self.model_reporters = self._others or every  # by any of which Mesa notes that it collected
        self._collects = True
        try:
            super().collect(model)
        finally:
            self.model_reporters, self._collects = every, False
        if self._others:
            self._rows.append(model.outcomes)
        self._number_from_zero(model.steps)

    def _number_from_zero(self, step: int) -> None:
        """Keep agents' records, and the steps that were collected, under *step* - 1 where
        `mesa.batch_run` looks for them. It numbers steps from 0 but for Mesa 3.5, whatever a
        collector does, and would join agents of one round to outcomes of another, and leave out the
        last round.
        """
        for records in (self._agent_records, self._agenttype_records):
            if step in records:
                records[step - 1] = records.pop(step)
        if getattr(self, "_collection_steps", None):
            self._collection_steps[-1] = step - 1


def _is_of_an_outcome(reporter: Any) -> bool:
    return isinstance(reporter, partial) and reporter.func is outcome_of
