"""In what a scenario is unlike the register to which its weights were fitted, so that who signs is
extrapolated: its world, its population, its text, its convenor, talks over it, or weights that
somebody has set. Values alone, which sim/words/suppositions.py says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sim.code_of_conduct import Code
from sim.facts import Facts
from sim.parameters import DIALS, Fitted
from sim.scenario.code import Stated
from sim.scenario.event import Event
from sim.scenario.rival import RIVAL, Rival
from sim.scenario.text_talks import TextTalks
from sim.scenario.text_weights import (
    TextFeatures,
    features_of,
    read_common,
    read_text,
    share_of_common,
)
from sim.scenario.weights import file_of_weights

# What may be unlike the register's.
UNLIKE = WORLD, POPULATION, CONVENOR, TEXT, NEGOTIATION, WEIGHTS, BESIDE = (
    "world", "population", "convenor", "text", "negotiation", "weights", RIVAL,
)  # fmt: skip
LIKE = 0.2  # of each feature: as far apart as two careful readers may code the same text
ROUNDING = 1e-9  # of the difference of two features


@dataclass(frozen=True)
class Unlike:
    """That something is unlike the register's; a subclass has what there is to tell of it."""


@dataclass(frozen=True)
class UnlikePopulation(Unlike):
    """There are *scale* times as many potential firms and NGOs."""

    scale: float


class FeaturePair(NamedTuple):
    """A feature of the text, one of the fields of `TextFeatures`: its value *here* and that of the
    register's text (*there*), each in [0, 1].
    """

    feature: str
    here: float
    there: float


@dataclass(frozen=True)
class UnlikeText(Unlike):
    """The features in which the text is unlike the register's, and the share of the common weights
    in those that hold for it, in [0, 1].
    """

    features: tuple[FeaturePair, ...]
    share_of_common: float


class Convenor(NamedTuple):
    """Who convenes a code: the name of a state, None for nobody, and its club, empty for none."""

    state: str | None
    club: str


class Reading(NamedTuple):
    """The openness that a text has beside a state, in [0, 1], and the state's name, None for
    nobody.
    """

    openness: float
    state: str | None


@dataclass(frozen=True)
class UnlikeConvenor(Unlike):
    """Who convenes *here*, and who the text of the register (*there*). Where the text is read
    otherwise since it changed its convenor: how it was *stated*, and how it is read *now*.
    """

    here: Convenor
    there: Convenor
    stated: Reading | None
    now: Reading | None


@dataclass(frozen=True)
class UnlikeWeights(Unlike):
    """The dials whose weights are fitted no longer."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class BesideAnother(Unlike):
    """A second code is open, with the name *code*."""

    code: str


@dataclass(frozen=True)
class Recorded(Unlike):
    """What a manifest says in *words*, of weights of a user's own: it does not hold to what they
    were fitted.
    """

    words: str


def extrapolations(
    facts: Facts,
    code: Code,
    path: Path,
    fitted: Mapping[str, float],
    values: Mapping[str, float],
    events: Iterable[Event],
    stated: Stated | None = None,
    talks: TextTalks | None = None,
    rival: Rival | None = None,
) -> dict[str, Unlike]:
    """What is unlike the register of the file of weights *path* -> how; empty where nothing is.
    *fitted* and *values* are the weights of the fit for *code*, and those that hold at the start;
    *stated* is the openness of the text beside an earlier convenor, *talks* are those over the
    text.
    """
    scale = values["population_scale"]
    reasons = {
        WORLD: Unlike() if facts.own else None,
        POPULATION: None if scale == 1.0 else UnlikePopulation(scale),
        CONVENOR: unlike_convenor(code, path, stated, facts.state_names),
        TEXT: unlike_text(code, path),
        NEGOTIATION: Unlike() if talks is not None and talks.decides else None,
        WEIGHTS: unlike_weights(fitted, values, events),
        BESIDE: None if rival is None or not rival.is_open else BesideAnother(rival.code.name),
    }
    return {what: unlike for what, unlike in reasons.items() if unlike is not None}


def unlike_text(code: Code, path: Path) -> UnlikeText | None:
    """The features in which *code* is unlike the text whose register the file *path* was fitted to;
    None where it has none, and where the file names no text, as it counts as fitted to *code*.
    """
    of_register = read_text(path)
    if of_register is None:
        return None
    pairs = zip(TextFeatures._fields, features_of(code), of_register, strict=True)
    unlike = tuple(FeaturePair(*pair) for pair in pairs if abs(pair[1] - pair[2]) > LIKE + ROUNDING)
    if not unlike:
        return None
    share = share_of_common(code.openness, of_register.openness) if read_common(path) else 0.0
    return UnlikeText(unlike, round(share, 6))


def unlike_convenor(
    code: Code, path: Path, stated: Stated | None, names: Mapping[str, str]
) -> UnlikeConvenor | None:
    """The convenors where *code* has another one, or another club, than the text of the register,
    or is read otherwise than it was *stated*, with the *names* of states by iso3; None where
    neither is so, or where the file *path* names no convenor.
    """

    def name(state: str | None) -> str | None:
        return names.get(state, state) if state else None

    fit = file_of_weights(path).section("fit")
    convenor, club = fit.text("convenor", ""), fit.text("convenor_club", "")
    same = convenor in ("", code.convenor) and (
        "convenor_club" not in fit or club == (code.convenor_club or "")
    )
    if same and stated is None:
        return None
    return UnlikeConvenor(
        Convenor(name(code.convenor), code.convenor_club or ""),
        Convenor(name(convenor), club),
        stated and Reading(stated.openness, name(stated.convenor)),
        stated and Reading(code.openness, name(code.convenor)),
    )


def unlike_weights(
    fitted: Mapping[str, float], values: Mapping[str, float], events: Iterable[Event]
) -> UnlikeWeights | None:
    """Which weights of the fit are *fitted* no longer, by *values* that somebody has set or by an
    event; None where all are.
    """
    at_start = [
        name
        for name, weight in fitted.items()
        if isinstance(DIALS[name], Fitted) and values[name] != weight
    ]
    later = [
        event.name
        for event in events
        if event.what == "dial" and isinstance(DIALS.get(event.name), Fitted)
    ]
    names = tuple(dict.fromkeys([*at_start, *later]))
    return UnlikeWeights(names) if names else None
