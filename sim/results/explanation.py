"""The explanation of one stakeholder's decision, as `parley.explain` returns and `parley explain`
prints it.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim import facts
from sim.arguments import as_scenario, check_round, column_of
from sim.experiments.basis import basis_of_signing
from sim.experiments.outcomes import PERCENTILES
from sim.explanation.answer import AnswerFindings, answer_to, first_estimate, no_answer
from sim.explanation.decision import Decision, Target, target_decision
from sim.explanation.levers import Change
from sim.explanation.question import (
    Question,
    Subject,
    check_aim,
    check_by,
    question,
    subject_of,
)
from sim.explanation.search import AllChanges
from sim.explanation.standing import (
    Standing,
    choices_for,
    dates_of,
    had_joined,
    positions_of,
    status_shares,
)
from sim.explanation.trial import Trial, signings_of
from sim.explanation.weighing import (
    Contribution,
    Moment,
    Weighing,
    contributions,
    moment_of,
    sum_of_terms,
    weigh,
)
from sim.number_formats import difference
from sim.population import build
from sim.scenario import Event, Scenario
from sim.scenario.calendar import end_of_round, round_of_count
from sim.scenario.event import stakeholder_named
from sim.threads import Progress
from sim.words import explanation as words
from sim.writing import plain

if TYPE_CHECKING:
    from sim.results.run import Run


def explain_run(
    run: Run, who: str, round: int | str | date | None = None, by: int | str | date | None = None,
    aim: str | None = None,
) -> Explanation:  # fmt: skip
    """The explanation of *who* in the simulated worlds of a *run*, for `Run.explain`."""
    number = check_round(run.scenario, round)
    until, purpose = check_by(run.scenario, by, number), check_aim(aim)
    population, name = run.setting.population, stakeholder_named(who, "explain", run.scenario.facts)
    subject = subject_of(population, name, number, "explain")
    column_of(run.setting.population_arrays.on_record, population, name, "explain")
    return Explanation(run, subject, until, purpose)


@dataclass(frozen=True, eq=False)
class Explanation:
    """The motives of one stakeholder in one round, and the changes that would turn its decision.

    All of it is about signing in simulated worlds under the fitted weights. Parts that need more
    simulation are computed at their first use. `by`: the round at whose end a signature counts;
    `aim`: what is asked, None for what follows from where it stands then.
    """

    run: Run
    subject: Subject
    by: int
    aim: str | None = None

    def __repr__(self) -> str:
        return f"Explanation({self.subject.name}, round={self.subject.round}, {self.run})"

    @property
    def basis(self) -> str:
        """What it rests on, as its run: `fitted`, `what_if` or `extrapolated`."""
        return basis_of_signing(self.run.scenario)

    @property
    def may_sign(self) -> bool:
        """Whether its kind may sign under the scenario."""
        return self.subject.kind in self.run.scenario.code.may_sign

    @cached_property
    def moment(self) -> Moment:
        """The parts of the round that are the same in all worlds."""
        return moment_of(
            self.run.setting, self.subject.index, self.subject.round, self.run.seed, self.run.rule
        )

    @cached_property
    def weighing(self) -> Weighing:
        """Its contributions and its value of signing, world by world."""
        return weigh(self.moment, self.run)

    @cached_property
    def event(self) -> Event | None:
        """The event of the scenario that decides for it, in this round or else later on; None where
        it is free.
        """
        deciding = choices_for(self.subject, self.run.scenario)
        by_now = [event for event in deciding if event.round <= self.subject.round]
        return by_now[-1] if by_now else next(iter(deciding), None)

    @property
    def is_free(self) -> bool:
        """Whether it decides for itself in this round."""
        return self.may_sign and (self.event is None or self.event.round > self.subject.round)

    @cached_property
    def reading(self) -> str:
        """The verdict in one sentence, and that it is no evidence of anybody's reasons."""
        scenario = self.run.scenario
        if not self.may_sign:
            return words.reading_of_nobody(self.subject, scenario.code.may_sign)
        last = scenario.last_round if self.event is None else self.event.round
        day = end_of_round(scenario.code.launch, last)
        return words.reading(self.subject, self.by_end, self.run.replicates, day, self.event)

    @cached_property
    def contributions(self) -> list[Contribution]:
        """The contribution of each motive, the largest first; none where it may not sign."""
        return contributions(self.subject.kind, self.weighing) if self.may_sign else []

    @property
    def value(self) -> float:
        """Its value of signing in logits: the sum of the mean contributions, in the order of
        MOTIVES.
        """
        return float(sum_of_terms(self.weighing.means))

    @property
    def value_interval(self) -> tuple[float, float]:
        """The 5th and 95th percentile over the worlds of its value of signing, in logits."""
        low, high = (
            float(np.percentile(self.weighing.own_value, q))
            for q in (PERCENTILES[0], PERCENTILES[-1])
        )
        return low, high

    @property
    def decided_with(self) -> tuple[str, ...]:
        """Names of all who decide together with it, itself included; empty where it decides
        alone.
        """
        deciders = self.moment.deciders
        return (
            tuple(self.run.setting.population.names[i] for i in deciders)
            if len(deciders) > 1
            else ()
        )

    @property
    def value_together(self) -> float:
        """As `value`, for the mean of all who decide together."""
        return float(sum_of_terms(self.weighing.means_together))

    @cached_property
    def chance(self) -> float | None:
        """The chance that it signs when it takes the matter up in this round; None where it does
        not decide.
        """
        return self.moment.chance(self.weighing.value) if self.is_free else None

    @property
    def by_round(self) -> dict[str, float]:
        """Status -> share of worlds when the round is over."""
        return status_shares(self.weighing.status)

    @property
    def _column(self) -> int:
        setting = self.run.setting
        return column_of(
            setting.population_arrays.on_record, setting.population, self.subject.who, "explain"
        )

    @property
    def by_end(self) -> dict[str, float]:
        """Status -> share of worlds at the end."""
        return status_shares(self.run.output.status[:, 0, self._column])

    @property
    def signs_in(self) -> dict[str, Any] | None:
        """low, median and high (5th, 50th, 95th percentile): round and date of its signature, where
        it signs.
        """
        return dates_of(
            self.run.output.signed_round[:, 0, self._column], self.run.scenario.code.launch
        )

    @property
    def listed_in(self) -> dict[str, Any] | None:
        """As `signs_in`, for the day on which the signature appears on the public list."""
        return dates_of(
            self.run.output.listed_round[:, 0, self._column], self.run.scenario.code.launch
        )

    @cached_property
    def signed_by(self) -> float:
        """The share of worlds in which it is a signatory at the end of round `by`."""
        return self._share_by(self.by)

    def _share_by(self, by: int) -> float:
        """The same at the end of another round."""
        output, column = self.run.output, self._column
        return float(
            np.mean(
                (output.signed_round[:, 0, column] <= by) & (output.left_round[:, 0, column] > by)
            )
        )

    @cached_property
    def question(self) -> Question:
        """What a change has to bring about, and by when."""
        scenario = self.run.scenario
        in_fact = had_joined(self.subject, scenario, end_of_round(scenario.code.launch, self.by))
        return question(scenario, self.by, self.aim, self.signed_by, in_fact)

    @cached_property
    def standing(self) -> Standing:
        """How it stands before any change, and what is supposed."""
        return Standing(
            self.subject, self.question, Trial(signings_of(self.run, self.by), self.subject.who)
        )

    @property
    def happened(self) -> str:
        """What really happened, from the register; empty where it is of another code or world."""
        return words.happened(self.subject, self.run.scenario)

    @property
    def in_words(self) -> str:
        """What the model has of it beside what really happened, in words; empty where it has
        nothing to decide.
        """
        if not self.may_sign or self.event is not None:
            return ""
        launch = self.run.scenario.code.launch
        return words.in_worlds(
            self.standing, lambda day: self._share_by(round_of_count(launch, day))
        )

    @cached_property
    def at_the_date(self) -> Explanation:
        """The explanation of how it deliberates in the round by whose end it is asked about."""
        return (
            self
            if self.subject.round == self.by
            else replace(self, subject=replace(self.subject, round=self.by))
        )

    @property
    def because(self) -> str:
        """Why it is in by the date, or out, in the model, in a sentence; empty where it has nothing
        to decide.
        """
        if not self.may_sign or self.event is not None:
            return ""
        then, scenario = self.at_the_date, self.run.scenario
        convenor = scenario.code.convenor
        return words.because(
            then.contributions,
            then.by_round,
            scenario.facts.state_names[convenor] if convenor else "",
            is_together=bool(then.decided_with),
            convenes=self.standing.convenes,
        )

    @property
    def occasion(self) -> str:
        """How often it signs on each occasion in the round that is explained, in words; empty where
        it has none.
        """
        if self.chance is None or self.event is not None:
            return ""
        day = end_of_round(self.run.scenario.code.launch, self.subject.round)
        return words.occasion(self.chance, day, self.by_round["signed"])

    @property
    def despite(self) -> str:
        """Why it is in, or out, against what it leans to in the round that is explained; empty
        where it is not.
        """
        if self.chance is None or self.event is not None:
            return ""
        return words.despite(self.chance, self.by_round)

    @cached_property
    def target(self) -> Target | None:
        """The target of a change, by the date alone, whichever round is explained; None where it
        decides nothing then, where an event decides in the end, and where nearly all worlds show it
        already.
        """
        run, then = self.run, self.at_the_date
        if then.chance is None or then.event is not None:
            return None
        return target_decision(
            then.moment,
            self.question,
            self.signed_by,
            then.chance,
            run.request,
        )

    @property
    def changes(self) -> list[Change]:
        """For each family of levers the smallest change that turns the decision, or the largest
        feasible one.

        Those that turn it come first, by the share of their feasible range that they use.
        """
        return [] if self._all_changes is None else self._all_changes.whole

    def find_changes(self, progress: Progress | None = None) -> list[Change]:
        """`changes`, with reports of progress while each is simulated."""
        if self._all_changes is not None:
            self._all_changes.choose(progress)
        return self.changes

    @cached_property
    def first_estimate(self) -> AnswerFindings | None:
        """What the worlds in which a change is looked for say, before others judge it: about half
        of the work of the `answer`, which goes on from there. None where nothing is sought.
        """
        if self._all_changes is None:
            return None
        return first_estimate(self._all_changes, self.standing, self.aim is not None)

    @cached_property
    def _all_changes(self) -> AllChanges | None:
        return None if self._decision is None else AllChanges(self._decision)

    @cached_property
    def _decision(self) -> Decision | None:
        if self.target is None:
            return None
        run, then = self.run, self.at_the_date
        return Decision(
            scenario=run.scenario,
            moment=then.moment,
            subject=then.subject,
            question=self.question,
            weighing=then.weighing,
            target=self.target,
            trial=self.standing.trial,
            taken_up_round=run.output.taken_up_round[:, 0, self._column],
        )

    @cached_property
    def findings(self) -> AnswerFindings:
        """What is found about the question, as values, and the changes that the answer names."""
        decision = self._decision
        if decision is None:
            return no_answer(self.standing, self.aim is not None)
        return answer_to(decision, self.standing, self.changes, self.aim is not None)

    @cached_property
    def answer(self) -> words.Answer:
        """The answer to the question in words."""
        return words.answer(self.findings)

    @property
    def smallest_change(self) -> Change | None:
        """The one change that is told apart as the smallest; None where none turns the decision, or
        several tie.
        """
        return self.findings.first

    @property
    def said_in_public(self) -> list[facts.Position]:
        """Public statements by it, or by the Union while it was a member. No part of the model."""
        member = (
            self.subject.kind == "state"
            and self.run.setting.population.bloc[self.subject.index] >= 0
        )
        return positions_of(self.subject.who, self.run.scenario.facts, of_union=bool(member))

    def table(self) -> pd.DataFrame:
        """The contributions: motive, meaning, value, low, high (5th and 95th percentile of the
        worlds), together.
        """
        rows = [self._contribution_as_json(each) for each in self.contributions]
        return pd.DataFrame(rows, columns=["motive", "meaning", "value", "low", "high", "together"])

    def _contribution_as_json(self, contribution: Contribution) -> dict[str, Any]:
        return {
            "motive": contribution.motive,
            "meaning": words.meaning(contribution),
            "value": contribution.value,
            "low": contribution.low,
            "high": contribution.high,
            "together": contribution.together,
            "speaks": contribution.speaks,
        }

    def as_json(self, *, changes: bool = True) -> dict[str, Any]:
        """What `parley explain --json` writes (docs/json.md).

        Not *changes*: without them, and without the target that they seek, as both take more
        simulation.
        """
        weighing = {
            "contributions": [self._contribution_as_json(each) for each in self.contributions],
            "value": self.value,
            "value_low": self.value_interval[0],
            "value_high": self.value_interval[1],
            "chance": self.chance,
            "decided_with": list(self.decided_with),
            "value_together": self.value_together,
            "by_round": self.by_round,
            "by_end": self.by_end,
            "signed_by": self.signed_by,
            "signs_in": self.signs_in,
            "listed_in": self.listed_in,
        }
        nothing: dict[str, Any] = dict.fromkeys(weighing) | {
            "contributions": [],
            "decided_with": [],
        }
        content = {
            **self._question_as_json(),
            "kind": self.subject.kind,
            **words.register_as_json(self.subject, self.run.scenario),
            "convenes": self.standing.convenes,
            "in_words": self.in_words,
            "because": self.because,
            "occasion": self.occasion,
            "despite": self.despite,
            "reading": self.reading,
            "may_sign": self.may_sign,
            "event": None if self.event is None else self.event.table(),
            **(weighing if self.may_sign else nothing),
            **(self.changes_as_json() if changes else {}),
            "said_in_public": [position.as_json() for position in self.said_in_public],
            "manifest": self.run.manifest,
        }
        return dict(plain(content))

    def changes_as_json(self) -> dict[str, Any]:
        """The part of `as_json` that seeks changes, with what is asked and of whom."""
        return self._sought_as_json(self.findings, self.answer.as_json())

    def first_estimate_as_json(self) -> dict[str, Any] | None:
        """The same of the `first_estimate`, and in how many worlds it was made; None where nothing
        is sought.
        """
        findings = self.first_estimate
        if findings is None:
            return None
        content = self._sought_as_json(findings, words.estimate_as_json(findings))
        return content | {"search_worlds": findings.worlds}

    def _sought_as_json(
        self, findings: AnswerFindings, answer: Mapping[str, Any]
    ) -> dict[str, Any]:
        changes = [words.change_as_json(each, findings) for each in findings.changes]
        return dict(plain({
            **self._question_as_json(), "signed_by": self.signed_by if self.may_sign else None,
            "aim": self.target and self.target.as_json(), "answer": answer, "changes": changes,
        }))  # fmt: skip

    def _question_as_json(self) -> dict[str, Any]:
        """What is asked, of whom, and what the answer rests on."""
        subject = self.subject
        return {
            "who": subject.who, "name": subject.name, "round": subject.round,
            "date": end_of_round(self.run.scenario.code.launch, subject.round),
            "asked": self.question.as_json(), "basis": self.basis,
        }  # fmt: skip

    def _repr_html_(self) -> str:
        """How a notebook shows an explanation."""
        logits = partial(difference, places=2)
        table = (
            self.table().to_html(index=False, float_format=logits, border=0)
            if self.may_sign
            else ""
        )
        return f"<p>{html.escape(self.reading)}</p>{table}"


def what_happened(scenario: str | Path | Scenario, who: str) -> str:
    """What really happened with *who*, from the register of the Paris Call, in a sentence; empty
    where the code or the world of *scenario* is another. Nothing is simulated.
    """
    loaded = as_scenario(scenario)
    population = build(loaded.parameters, of=loaded.facts)
    return words.happened(
        subject_of(population, stakeholder_named(who, "what_happened", loaded.facts)), loaded
    )
