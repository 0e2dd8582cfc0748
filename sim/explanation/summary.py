"""Summary of a stakeholder's decision in simulated worlds: shares by status, dates, and one
sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from sim.engine.arrays import NEVER
from sim.experiments.milestones import has_register
from sim.experiments.outcomes import PERCENTILES
from sim.explanation.decision import Subject
from sim.explanation.question import MOST
from sim.explanation.registration import had_joined, registration
from sim.explanation.weighing import Contribution
from sim.facts.names_in_sentences import with_article
from sim.kinds_and_statuses import KIND_WORDS, SINGULAR_WORDS, STATUSES
from sim.number_formats import NO_BREAK, count, day, of_worlds, percent, percent_interval
from sim.scenario import Event, Scenario
from sim.scenario.calendar import end_of_round

VOTES = "convenor_votes"
INCLINATION = "inclination"
OF_CONVENOR = (VOTES, "convenor_bloc", "convenor_club")  # motives that look at who convenes


def status_shares(status: np.ndarray[Any, Any]) -> dict[str, float]:
    """Each of STATUSES -> the share of worlds with this *status* [worlds]."""
    return {name: float(np.mean(status == each.number)) for name, each in STATUSES.items()}


def dates_of(rounds: np.ndarray[Any, Any], launch: date) -> dict[str, Any] | None:
    """The 5th, 50th and 95th percentile of *rounds* [worlds] among worlds in which it happens, each
    with its date.

    None where it happens in no world.
    """
    occurrences = rounds[rounds != NEVER]
    if not occurrences.size:
        return None
    percentiles = (
        np.percentile(occurrences, PERCENTILES, method="inverted_cdf").astype(int).tolist()
    )
    return {
        name: {"round": t, "date": end_of_round(launch, t)}
        for name, t in zip(("low", "median", "high"), percentiles, strict=True)
    }


def summary_of_worlds(
    subject: Subject, by_end: Mapping[str, float], worlds: int, last_day: date
) -> str:
    """A sentence on the most frequent status at the end, by the shares *by_end* of so many
    *worlds*, on *last_day*.
    """
    usual = max(by_end, key=lambda name: by_end[name])
    name, share = with_article(subject.name), percent(by_end["signed"])
    simulated = f"{count(worlds)} simulated worlds"
    if usual == "signed":
        return _sentence(
            subject, f"{name} has signed in {share} of the {simulated} by {day(last_day)}"
        )
    most = f"{name} {STATUSES[usual].label} in {percent(by_end[usual])} of the {simulated}"
    return _sentence(subject, f"{most}, and has signed in {share}, by {day(last_day)}")


def summary_of_event(subject: Subject, event: Event, launch: date) -> str:
    """A sentence on the *event* that decides for it, in the round that is explained or later;
    *launch*: of the code.
    """
    since = day(end_of_round(launch, event.round))
    decision = f"{'signs' if event.value == 1 else 'stays out'} from {since} on"
    return _sentence(subject, f"{with_article(subject.name)} {decision}, as that is supposed")


def summary_of_no_decision(subject: Subject, may_sign: tuple[str, ...]) -> str:
    """A sentence for a stakeholder whose kind may not sign."""
    only = " and ".join(KIND_WORDS[kind] for kind in may_sign)
    reason = f"as {KIND_WORDS[subject.kind]} may not sign under this scenario, only {only}"
    return _sentence(subject, f"{with_article(subject.name)} has nothing to decide, {reason}")


def _sentence(subject: Subject, finding: str) -> str:
    return (
        f"In this model {finding}; this is no evidence of the {SINGULAR_WORDS[subject.kind]}'s"
        " reasons."
    )


def capital(words: str) -> str:
    """*words* with a capital letter at the beginning."""
    return words[:1].upper() + words[1:]


def of_ten(share: float) -> str:
    """A share of worlds as people count: in 3 of 10 worlds."""
    if share in (0.0, 1.0):
        return "in no world" if share == 0 else "in every world"
    if share < 0.05 or share > 0.95:
        return f"in {'fewer than 1' if share < 0.05 else 'more than 19'} of 20 worlds"
    return f"in {count(share * 10)} of 10 worlds"


def in_worlds(
    subject: Subject,
    scenario: Scenario,
    until: date,
    worlds: int,
    share_by: Callable[[date], float],
    supposed: str,
) -> str:
    """In how many of so many *worlds* it has signed *until* then, with what is *supposed*, and,
    where it is known to have joined by another day, by that; where it is not known to have joined,
    or the model has it out although it had, by the end: *share_by* has the share by a day. Before
    the launch nobody can sign, so it has decided to.
    """
    launch = scenario.code.launch
    has = "has signed" if until >= launch else "has decided to sign"
    entry, share = registration(subject, scenario), share_by(until)
    start = f"In this model{', as supposed,' if supposed else ''} it {has} by"
    model = f"{start} {day(until)} in {_of_worlds(share, worlds)}"
    if supposed:  # the answer, or the shares month by month, tell the end
        return f"{model}."
    end = end_of_round(launch, scenario.last_round)
    by_the_end = f"{model}, and by the end, {day(end)}, in {_share(share_by(end))}"
    if entry is None or entry.by is None:
        return f"{by_the_end}." if has_register(scenario) and until < end else f"{model}."
    is_known = had_joined(subject, scenario, until) is not None
    if entry.by <= launch or not is_known:
        return f"{by_the_end}." if is_known and share <= MOST and until < end else f"{model}."
    then, fact = (
        share_by(entry.by),
        "when it really joined" if entry.is_dated else "when the register first names it",
    )
    if entry.by < until:
        in_fact = _of_worlds(then, worlds)
        if then == 1:
            return f"{start} {day(entry.by)} in {in_fact}."
        return (
            f"{start} {day(entry.by)}, {fact}, in {in_fact}, and by {day(until)} in"
            f" {_share(share)}."
        )
    return f"{model}, and by {day(entry.by)}, {fact}, in {_share(then)}."


def _of_worlds(share: float, worlds: int) -> str:
    """A *share* of so many *worlds*, in percent as all others on the page of a stakeholder: 27 % of
    200 worlds.
    """
    return (
        f"{percent(share)} of {count(worlds)} worlds" if 0 < share < 1 else of_worlds(share, worlds)
    )


def _share(share: float) -> str:
    """A *share* after another one of the same worlds: 27 %."""
    return "none" if share == 0 else "all" if share == 1 else percent(share)


def because(
    kind: str,
    contributions: Sequence[Contribution],
    by_round: Mapping[str, float],
    is_together: bool,
    convenes: bool,
    convenor: str,
) -> str:
    """Why one of a *kind* is in, or out, in the model: the largest of the *contributions* on that
    side, beside the largest on the other; and where most worlds do not reach it, that.
    *is_together*: it decides with others, on their mean. *convenes*: what draws others to the
    *convenor* is then that it is the convenor, or one of those who decide.
    """
    against, for_ = (pick(contributions, key=lambda each: each.together) for pick in (min, max))
    is_in, words = by_round["signed"] > MOST, []
    if for_.together > 0:
        draws = (
            _own_call(for_, is_together, convenor) if convenes else _plainly(for_, kind, convenor)
        )
        words.append(f"what speaks most for signing is {draws}")
    if against.together < 0:
        words.append(f"what holds it back most is {_plainly(against, kind, convenor)}")
    reason = ", and ".join(words if is_in else words[::-1])
    if reason and is_together:
        reason += (
            ". These are averages over the European Union, as the model lets its members decide"
            " as one"
        )
    if not is_in and by_round["not_taken_up"] > MOST:
        reason = (
            f"it has not taken the matter up by then in {percent(by_round['not_taken_up'])} of"
            f" worlds; {reason}"
        )
    return f"Why, in the model: {reason}." if reason else ""


def _own_call(contribution: Contribution, is_together: bool, convenor: str) -> str:
    """The meaning of a *contribution* to the value of signing for the *convenor* itself, or for the
    Union with it.
    """
    if contribution.motive not in OF_CONVENOR:
        return contribution.meaning
    return (
        f"that one of the Union's members, {convenor}, is the convenor"
        if is_together
        else "that it is the convenor"
    )


def _plainly(contribution: Contribution, kind: str, convenor: str) -> str:
    """The meaning of a *contribution* in a sentence: the constant of a *kind* is no motive that
    anybody could name, and likeness in votes is a matter of degree, so a state far from the
    *convenor* has some too.
    """
    if contribution.motive == INCLINATION:
        leaning = "reluctance" if contribution.together < 0 else "willingness"
        return f"a general {leaning} of {KIND_WORDS[kind]}, whose cause the model does not know"
    if contribution.motive == VOTES and convenor:
        return f"what its votes in the UN have in common with those of {convenor}, which convenes"
    return contribution.meaning


def on_each_occasion(chance: float, when: date, signed: float) -> str:
    """How often it signs when it takes the matter up in the month to *when*, by its *chance*, and
    why the share of worlds in which it has *signed* is another number, unless that can grow no
    more.
    """
    once = (
        f"Each time it takes the matter up in the month to {day(when)}, it signs {of_ten(chance)}"
    )
    if signed == 1:
        return f"{once}."
    return (
        f"{once}; as the matter comes up again, the share of worlds in which it has signed grows."
    )


def despite(chance: float, by_round: Mapping[str, float]) -> str:
    """Why the share of worlds in which it has signed is on the other side of one half than its
    *chance* on each occasion; empty where both are on one side.
    """
    signed, taken_up = by_round["signed"], 1 - by_round["not_taken_up"]
    if (chance > MOST) == (signed > MOST):
        return ""
    each = f"Each time it takes the matter up it signs with a chance of {_in_ten(chance)}"
    if signed > MOST:
        return (
            f"{each}; as the matter comes up often, by then it has done so in {percent(signed)} of"
            " worlds."
        )
    come_up = f"the matter has come up in {percent(taken_up)} of worlds"
    return f"{each}; but by then {come_up}, and it has signed in {percent(signed)}."


def _in_ten(chance: float) -> str:
    """A *chance* as people count: 3 in 10."""
    if chance < 0.05 or chance > 0.95:
        return "less than 1 in 20" if chance < 0.05 else "more than 19 in 20"
    return f"{count(chance * 10)} in 10"


def sentences(*words: str) -> str:
    """Each of *words* as a sentence."""
    return " ".join(f"{each.removesuffix('.')}." for each in words)


def span_words(low: float | None, high: float | None) -> str:
    """An interval of shares: 17 to 92 %."""
    return percent_interval(low, high, between=f"{NO_BREAK}to{NO_BREAK}")
