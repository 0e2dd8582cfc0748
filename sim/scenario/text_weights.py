"""The weights that hold for a text: those fitted to a register on the side of its text, common ones
across the middle.

A register knows who signs texts like its own, and not what a text of the other side does; many
instruments of both sides do (sim/evidence/texts). So the file of a fit has two sets of weights for
states: [weights] hold for texts on its own text's side of openness, [common] across the middle.
Just beyond the middle, where motives that look at the side of a text are near 0 and both sets say
nearly the same, the weights pass from one to the other in a straight line.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sim.code_of_conduct import Code
from sim.errors import InputError
from sim.motives import OF_TEXT, WEIGHTS
from sim.scenario.weights import (
    FittedWeight,
    NoError,
    file_of_weights,
    read_fit,
    read_weights,
    with_later_motives,
)

MIDDLE = 0.5
BEYOND = 0.1  # of openness: in the middle itself both sets of weights say nearly the same


class TextFeatures(NamedTuple):
    """What motives look at in a text, each in [0, 1]."""

    openness: float
    public_rule: float
    restraint: float
    burden: float


def features_of(code: Code) -> TextFeatures:
    """The features of *code*, rounded as a file of weights has them."""
    features = (code.openness, code.public_rule, code.depth_restraint, code.depth_burden)
    return TextFeatures(*(round(feature, 6) for feature in features))


def share_of_common(openness: float, openness_of_register: float) -> float:
    """The share of the common weights for a text, in [0, 1]: 0 on the side of the middle where the
    register's text is, 1 from BEYOND across the middle on; in between as far as the text is on the
    way.
    """
    if openness_of_register == MIDDLE:
        return 0.0
    across = MIDDLE - openness if openness_of_register > MIDDLE else openness - MIDDLE
    return min(1.0, max(0.0, across / BEYOND))


def between(of_register: float, common: float, share: float) -> float:
    """The weight that holds for a text with this *share* of the common weight."""
    return of_register if share == 0.0 else (1 - share) * of_register + share * common


def share_for(code: Code, path: Path) -> float:
    """The share of the common weights in those that hold for *code*, by the fit in the file
    *path*.
    """
    of_register = read_text(path)
    return 0.0 if of_register is None else share_of_common(code.openness, of_register.openness)


def weights_for(code: Code, path: Path) -> dict[str, float]:
    """Dial -> weight for *code*, of the fit in the file *path*, and 0 for motives that the fit knew
    nothing of.
    """
    weights, share = with_later_motives(read_weights(path)), share_for(code, path)
    return weights | {
        dial: between(weights[dial], value, share) for dial, value in read_common(path).items()
    }


def common_weights(path: Path) -> list[FittedWeight]:
    """The common weights in the file *path*, in its order, with their uncertainty; empty where it
    has none.
    """
    numbers = ("common_standard_errors", "common_low", "common_high")
    errors, low, high = (read_fit(path, name) for name in numbers)
    weights = []
    for name, value in read_common(path).items():
        reason = None if name in errors else NoError.BOUND
        ends = errors.get(name), low.get(name), high.get(name)
        weights.append(FittedWeight(name, value, *ends, reason, OF_TEXT.get(name, "")))
    return weights


def read_common(path: Path) -> dict[str, float]:
    """Dial -> weight of states' motives that is common to many instruments; empty where the file
    *path* has none.

    InputError for anything else than a weight of states.
    """
    section = file_of_weights(path).section("common")
    for name in section:
        if name not in WEIGHTS or not name.startswith("state_"):
            raise InputError(
                f"{section.where}: found {name}, expected weights of states' motives only"
            )
    return {
        name: WEIGHTS[name].check(value, section.where) for name, value in section.values.items()
    }


def read_text(path: Path) -> TextFeatures | None:
    """The features of the text whose register the file *path* was fitted to; None where it has
    none.
    """
    section = file_of_weights(path).section("fit").section("text")
    if not section.values:
        return None
    section.only(TextFeatures._fields)
    return TextFeatures(*(section.number(name, 0, 1) for name in TextFeatures._fields))
