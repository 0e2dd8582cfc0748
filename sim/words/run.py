"""What a run says of itself: its subject, what was changed, who is on the public list, and how far
its worlds may be trusted. A module for the words of a comparison is `sim.words.compare`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sim.experiments.basis import why_not_fitted
from sim.findings import Level
from sim.kinds_and_statuses import KIND_WORDS, SINGULAR_WORDS
from sim.number_formats import rounded, setting
from sim.scenario.departure import SIGNERS
from sim.scenario.extrapolation import BESIDE
from sim.scenario.scenario import FULL, Scenario
from sim.words.language import say

if TYPE_CHECKING:
    from sim.experiments.shares import Miss

MOST_DIALS = 5


def subject(title: str, worlds: int, seed: int) -> str:
    """What was simulated."""
    return say("run-subject", title=title, worlds=worlds, seed=str(seed))


def run_in_a_line(scenario: Scenario, worlds: int, seed: int) -> str:
    """How *scenario* was simulated, and why who signs is no fit to the register if so."""
    line = say("run-in-a-line", worlds=worlds, weights=scenario.weights_words, seed=str(seed))
    return " ".join(filter(None, (line, why_not_fitted(scenario))))


def changes(scenario: Scenario, where: str, dials: Mapping[str, float] | None = None) -> str:
    """The lens, the options, the *dials*, and the facts and ties of one's own, in one line; empty
    where there are none. *dials* are by default those of the layers from *where*.
    """
    here = [layer.table for layer in scenario.layers if layer.where == where]
    if dials is None:
        set_here = [table.get("parameters", {}) for table in here]
        dials = {name: value for values in set_here for name, value in values.items()}
    of_code = [pair for table in here for pair in table.get("code", {}).items()]
    values = [(name, ", ".join(options)) for name, options in scenario.answers.items()]
    values += [
        (name, ", ".join(value) if isinstance(value, list) else str(value))
        for name, value in of_code
    ]
    values += [(name, setting(value)) for name, value in dials.items()]
    lens = scenario.lens if scenario.lens not in ("", FULL) else ""
    parts = [say("changes-lens", lens=lens)] if lens else []
    parts += [say("changes-value", name=name, value=value) for name, value in values]
    if scenario.facts.own:
        own = {"label": scenario.facts.label, "tables": ", ".join(scenario.facts.tables)}
        parts.append(say("changes-facts", **own))
    if (ties := scenario.ties) is not None:
        parts.append(say("changes-ties", label=ties.label, sources=len(ties.sources)))
    return say("changes", changes="; ".join(parts)) if parts else ""


def about_run(scenario: Scenario) -> tuple[str, ...]:
    """What worlds these are, and what an interval over them holds."""
    return (
        say("run-worlds", weights=scenario.weights_words),
        say("run-interval", fits=bool(scenario.draws)),
    )


def run_headline(listed: Level, day: date) -> str:
    """How many of one kind are on the public list on *day*, its last, and how far luck moves
    that.
    """
    kind = listed.part or ""
    return say(
        "run-headline",
        verdict=listed.verdict,
        number=int(rounded(listed.estimate)),
        who=KIND_WORDS[kind],
        one=SINGULAR_WORDS[kind],
        day=day,
        ends=listed.ends,
    )


def miss_sentence(miss: Miss) -> str:
    """A state whose share of worlds lies far from what happened."""
    return say("run-miss", name=miss.name, share=miss.share, registered=miss.is_registered)


def without_register(unlike: str) -> tuple[str, ...]:
    """Why nobody is held against the register, by what `unlike_the_register` says, and against what
    they may be.
    """
    why = say("run-no-register", unlike=unlike)
    return (why,) if unlike in (SIGNERS, BESIDE) else (why, say("run-own-list"))


def talks_before(scenario: Scenario, agreed: float | None) -> tuple[str, ...]:
    """What talks over its text come to, *agreed* in a share of worlds, None where its text is
    fixed; empty of a scenario without talks.
    """
    if agreed is None:
        return (say("run-text-fixed"),) if scenario.talks is not None else ()
    texts = () if agreed == 1 else (say("run-no-text", some=agreed > 0),)
    return *texts, say("run-talks-more", scenario=scenario.name)


def what_matters(assumptions: Iterable[Mapping[str, Any]], points: int) -> tuple[str, ...]:
    """Over what the ranges of conduct go, and on which assumptions the harm prevented depends
    most, from the rows of `Run.assumptions`.
    """
    varied = [row for row in assumptions if row["low"] != row["high"]]
    clear = [
        say("run-matter", dial=row["dial"], more=row["effect"] > 0)
        for row in varied
        if row["clear"]
    ]
    ranges = say("run-ranges", points=points, dials=len(varied))
    return (ranges, say("run-matters", dials=clear[:MOST_DIALS])) if clear else (ranges,)
