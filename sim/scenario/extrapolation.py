"""In what a scenario is unlike the register to which its weights were fitted, so that who signs is extrapolated: its
world, its text, its convenor, or weights that somebody has set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sim.code_of_conduct import Code
from sim.facts import Facts
from sim.parameters import DIALS, Fitted
from sim.scenario.event import Event
from sim.scenario.text_weights import features_of, read_common, read_text, share_of_common
from sim.scenario.weights import file_of_weights

UNLIKE = WORLD, TEXT, CONVENOR, WEIGHTS = "world", "text", "convenor", "weights"  # what may be unlike the register's
LIKE = 0.2  # of each feature: as far apart as two careful readers may code the same text
ROUNDING = 1e-9  # of the difference of two features
FEATURES = {"openness": "openness", "public_rule": "public rule", "restraint": "restraint", "burden": "effort"}
OTHER_WORLD = "The weights were fitted in the world of the register, and these facts are of another."
MOST_WEIGHTS = 3  # named in one sentence


def extrapolations(
    facts: Facts, code: Code, path: Path, fitted: Mapping[str, float], values: Mapping[str, float],
    events: Iterable[Event],
) -> dict[str, str]:  # fmt: skip
    """What is unlike the register of the file of weights *path* -> what that means, in short sentences; empty where
    nothing is. *fitted* and *values* are the weights of the fit for *code*, and those that hold at the start.
    """
    reasons = {
        WORLD: OTHER_WORLD if facts.own else "",
        TEXT: unlike_text(code, path),
        CONVENOR: unlike_convenor(code, path),
        WEIGHTS: unlike_weights(fitted, values, events),
    }
    return {what: words for what, words in reasons.items() if words}


def unlike_features(code: Code, path: Path) -> dict[str, tuple[float, float]]:
    """The features, in words, in which *code* is unlike the text whose register the file *path* was fitted to, each
    with its value in *code* and in that text; none where the file names no text, as it counts as fitted to *code*.
    """
    of_register = read_text(path)
    if of_register is None:
        return {}
    pairs = zip(FEATURES.values(), features_of(code), of_register, strict=True)
    return {words: (here, there) for words, here, there in pairs if abs(here - there) > LIKE + ROUNDING}


def unlike_text(code: Code, path: Path) -> str:
    """What it means that *code* has `unlike_features`, in three short sentences; empty where it has none."""
    differences = [
        f"{words} {here:.2g}, there {there:.2g}" for words, (here, there) in unlike_features(code, path).items()
    ]
    of_register = read_text(path)
    if not differences or of_register is None:
        return ""
    share = round(share_of_common(code.openness, of_register.openness), 6) if read_common(path) else 0.0
    if share == 0.0:
        weights = "The weights are the register's own, which holds no such text"
    elif share == 1.0:
        weights = "It stands across the middle, where states have weights fitted to many instruments"
    else:
        weights = f"Across the middle, states' weights are {100 * share:.0f} % those fitted to many instruments"
    return (
        f"This text is unlike the one whose register the weights were fitted to: {'; '.join(differences)}. {weights}. "
        "Who signs before whom is told better than how many sign."
    )


def unlike_convenor(code: Code, path: Path) -> str:
    """What it means that *code* has another convenor than the text of the register; empty where it has the same, or
    where the file *path* names none.
    """
    of_register = file_of_weights(path).section("fit").text("convenor", "")
    if of_register in ("", code.convenor):
        return ""
    return (
        f"It is convened by {code.convenor or 'nobody'}, the text of the register by {of_register}. What a convenor "
        "moves is hardly told apart from what texts say. Assumed: a text whose convenor alone is changed is read with "
        "that state in mind, its openness two thirds of the way nearer to it; stated beside the convenor, it counts as "
        "stated."
    )


def unlike_weights(fitted: Mapping[str, float], values: Mapping[str, float], events: Iterable[Event]) -> str:
    """Which weights of the fit are *fitted* no longer, by *values* that somebody has set or by an event."""
    at_start = [name for name, weight in fitted.items() if isinstance(DIALS[name], Fitted) and values[name] != weight]
    later = [event.name for event in events if event.what == "dial" and isinstance(DIALS.get(event.name), Fitted)]
    names = list(dict.fromkeys([*at_start, *later]))
    if not names:
        return ""
    more = len(names) - MOST_WEIGHTS
    words = ", ".join([*names[:MOST_WEIGHTS], *([f"{more} more"] if more > 0 else [])])
    return f"Not every weight is as it was fitted: {words}."
