"""What a scenario supposes, in plain words: in what it is unlike the register of the fit, in what
it departs from the Paris Call as it was, what its events do, why a dial does nothing in it, and why
a weight has no error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sim.experiments.basis import basis_of_signing
from sim.kinds_and_statuses import KIND_WORDS
from sim.parameters import DIALS
from sim.scenario import Event, Scenario
from sim.scenario.departure import (
    Departure,
    Happening,
    Happenings,
    MovedDials,
    MovedText,
    OtherCode,
    OtherProvisions,
    OtherSigners,
    OtherStart,
    Sighting,
    departures,
    sighting,
)
from sim.scenario.dials_in_use import Idle, NoSigner, WhileAt
from sim.scenario.event import is_real
from sim.scenario.extrapolation import (
    BesideAnother,
    Convenor,
    Recorded,
    Unlike,
    UnlikeConvenor,
    UnlikePopulation,
    UnlikeText,
    UnlikeWeights,
)
from sim.scenario.weights import TIED, FittedWeight
from sim.words.language import say

MOST_WEIGHTS = 3  # named in one sentence

Say = Callable[..., str]  # as `say`; a manifest is in English whatever the environment asks for


def why_not_fitted(*scenarios: Scenario) -> str:
    """Why numbers on signing are not fitted to the register, in a few sentences: the reason of the
    first of *scenarios* that is as far from it as all; empty where they are fitted.
    """
    basis = basis_of_signing(*scenarios)
    far = next((each for each in scenarios if basis_of_signing(each) == basis), None)
    return "" if far is None else why_extrapolated(far) or why_what_if(far)


def why_extrapolated(scenario: Scenario) -> str:
    """All that is unlike the register, in a few sentences; empty where nothing is."""
    return " ".join(extrapolation_words(scenario).values())


def extrapolation_words(scenario: Scenario, say: Say = say) -> dict[str, str]:
    """What is unlike the register -> what that means, in short sentences."""
    return {what: unlike_words(what, how, say) for what, how in scenario.extrapolations.items()}


def unlike_words(what: str, unlike: Unlike, say: Say = say) -> str:
    """What it means that *what*, one of UNLIKE, is *unlike* the register's."""
    key = f"unlike-{what}"
    match unlike:
        case Recorded(words):
            return words
        case UnlikePopulation(scale):
            return say(key, scale=scale)
        case UnlikeConvenor(here, there, stated, now):
            readings: dict[str, object] = {}
            if stated is not None and now is not None:
                readings = {
                    "then": stated.openness,
                    "author": _convenor(Convenor(stated.state, ""), say),
                    "now": now.openness,
                    "convenor": _convenor(Convenor(now.state, ""), say),
                }
            ends = {"here": _convenor(here, say), "there": _convenor(there, say)}
            return say(key, anew=stated is not None, **ends, **readings)
        case UnlikeText(features, share):
            parts = [
                say("unlike-text-feature", first=number == 0, **pair._asdict())
                for number, pair in enumerate(features)
            ]
            weights = {0.0: "own", 1.0: "common"}.get(share, "mixed")
            return say(key, features=parts, weights=weights, share=share)
        case UnlikeWeights(names):
            labels = [DIALS[name].label for name in names]
            return say(key, dials=labels[:MOST_WEIGHTS], more=len(labels[MOST_WEIGHTS:]))
        case BesideAnother(code):
            return say(key, code=code)
        case _:
            return say(key)


def _convenor(convenor: Convenor, say: Say) -> str:
    return say("unlike-convenor-who", state=convenor.state, club=convenor.club or None)


def why_what_if(scenario: Scenario) -> str:
    """All in which *scenario* departs from the Paris Call as it was, and what the register has seen
    of it, in two sentences; empty where nothing departs.
    """
    unlike = departures(scenario)
    if not unlike:
        return ""
    parts = [departure_words(each) for each in unlike.values()]
    return say("what-if", departures=parts, observed=_observed(sighting(scenario, unlike)))


def departure_words(departure: Departure, say: Say = say) -> str:
    """What is other than in the Paris Call as it was, in few words."""
    match departure:
        case OtherCode(name, launch):
            return say("departure-code", name=name, launch=launch)
        case OtherProvisions(number):
            return say("departure-provisions", provisions=number)
        case OtherSigners(kinds):
            return say("departure-signers", kinds=[KIND_WORDS[kind] for kind in kinds])
        case MovedText(moves, provisions):
            levers = [
                say(
                    "departure-lever",
                    lever=move.name,
                    provision=provisions.get(move.name),
                    value=move.value,
                    was=move.was,
                )
                for move in moves
            ]
            return say("departure-text", levers=levers)
        case OtherStart(first_round):
            return say("departure-start", round=first_round)
        case MovedDials(moves):
            dials = [
                say(
                    "departure-dial",
                    dial=DIALS[move.name].label,
                    on=DIALS[move.name].is_switch and move.value == 1,
                    value=move.value,
                    was=move.was,
                )
                for move in moves
            ]
            return say("departure-dials", dials=dials)
        case Happenings(each):
            events = dict.fromkeys(happening_words(one, say) for one in each)
            return say("departure-events", events=list(events))


def _observed(sighted: Sighting) -> str:
    """What the register has seen of what is supposed."""
    if not sighted.signatures:
        return say("observed-nothing")
    signatures = [
        say("observed-signature", name=name, day=day, past=not sighted.is_all)
        for name, day in sighted.signatures
    ]
    key = "observed-signatures" if sighted.is_all else "observed-except"
    return say(key, signatures=signatures, early=sighted.is_early)


def happening_words(happening: Happening, say: Say = say) -> str:
    """What an event does, and from which month on, from which to which, or in which alone."""
    event, last = happening.event, happening.end
    return say(
        "event-in-months",
        event=event_words(event, happening.names, say, with_end=False),
        begin=happening.begin,
        end=None if last is None else "same" if event.until == event.round else "later",
        last=last,
    )


def event_words(
    event: Event,
    names: Mapping[str, str] = MappingProxyType({}),
    say: Say = say,
    with_end: bool = True,
) -> str:
    """What *event* does, in plain words; *names* are those of ids. *with_end*: and the month until
    which it does, where it ends.
    """
    if event.what == "dial":
        return say("event-dial", dial=event.name.replace("_", " "), value=event.value)
    is_every = event.kind is not None
    is_hidden = event.what == "conduct"  # of whoever has a real name
    who = [
        say("event-somebody") if is_hidden and is_real(each) else names.get(each, each)
        for each in event.who
    ]
    who = list(dict.fromkeys(who))
    values: dict[str, object] = {"who": who, "one": is_every or len(who) == 1}
    match event.what:
        case "choice":
            values |= {"signs": event.value == 1, "earnest": event.earnest}
        case "conduct":
            values["keeps"] = event.value == 1
        case "trait":
            values |= {"trait": event.name.replace("_", " "), "value": event.value}
        case _:
            values["value"] = event.value
    words = say(f"event-{event.what}", **values)
    return say("event", words=words, every=is_every, until=event.until if with_end else None)


def why_idle(scenario: Scenario) -> dict[str, str]:
    """The dials whose moving changes nothing in *scenario*, and why, as the rest of a sentence."""
    return {name: idle_words(idle) for name, idle in scenario.idle_dials.items()}


def idle_words(idle: Idle) -> str:
    """Why a dial does nothing, as the rest of a sentence."""
    match idle:
        case NoSigner(kinds):
            return say("idle-signer", kinds=[KIND_WORDS[kind] for kind in kinds])
        case WhileAt(values):
            dials = [say("idle-value", dial=dial, value=value) for dial, value in values]
            return say("idle-while", dials=dials)
        case _:
            return say("idle-weight")


def remark(weight: FittedWeight) -> str:
    """Why *weight* has no standard error, in words; empty where it has one."""
    return say("no-error", reason=weight.reason, other=TIED.get(weight.name))
