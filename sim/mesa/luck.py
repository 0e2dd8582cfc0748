"""Whose luck a model has: a seed and the number of a replicate, from what users of Mesa give.

Mesa takes whatever seeds a generator, and `mesa.batch_run` tells a model neither its iteration nor
a seed of its own.
"""

from __future__ import annotations

import inspect
from collections.abc import Sized
from types import FrameType
from typing import Any, NamedTuple

import numpy as np

from sim.arguments import LARGEST_SEED, MOST_REPLICATES, SEED, check_seed
from sim.errors import InputError
from sim.reading import as_whole, check_whole, literal


class Luck(NamedTuple):
    """What all draws of a world are keyed by, as `parley.run` numbers them."""

    seed: int
    replicate: int  # 1 for the first


class Unsaid:
    """The seed of a model for which nobody names one: SEED, which whoever names a 1 has not left
    unsaid.
    """

    def __repr__(self) -> str:
        return str(SEED)


UNSAID = Unsaid()


def seed_of(rng: Any, name: str) -> int:
    """The seed that *rng* stands for: a whole number itself, else a number drawn from the generator
    that NumPy makes of it. None is fresh luck. InputError that begins with *name* for whatever
    seeds no generator.
    """
    if isinstance(rng, (bool, np.bool_)) or as_whole(rng) is not None:
        return check_seed(rng, name)
    try:
        if isinstance(rng, (str, bytes)) or _is_empty(rng):  # which NumPy takes for a seed
            raise TypeError
        return int(np.random.default_rng(rng).integers(LARGEST_SEED, endpoint=True))
    except (TypeError, ValueError):
        raise InputError(
            f"{name} is {literal(rng)}, expected a whole number from 0 to {LARGEST_SEED}, a"
            " generator of numpy.random, a SeedSequence, or None for fresh luck"
        ) from None


def _is_empty(rng: Any) -> bool:
    """Whether *rng* is a list, or an array, of no numbers."""
    return isinstance(rng, Sized) and len(rng) == 0


class Iteration(NamedTuple):
    """Where in `mesa.batch_run` a model is made."""

    number: int  # 0 for the first
    takes_seeds: bool  # whether this version of Mesa hands over a seed for each iteration


def current_iteration() -> Iteration | None:
    """The iteration of `mesa.batch_run` that is under way, in whichever process; None outside of
    one.

    Mesa keeps it in a variable of the function that makes the model, and hands it to nobody.
    """
    frame: FrameType | None = inspect.currentframe()
    while frame is not None:
        if (
            frame.f_code.co_name == "_model_run_func"
            and frame.f_globals.get("__name__") == "mesa.batchrunner"
        ):
            parameters = inspect.signature(frame.f_globals["batch_run"]).parameters
            return Iteration(int(frame.f_locals["iteration"]), "rng" in parameters)
        frame = frame.f_back
    return None


def luck_of(rng: Any, seed: Any, replicate: Any) -> Luck:
    """The luck of a model with these arguments; *rng* is UNSAID, *seed* and *replicate* are None,
    where they are not given.

    Iteration i of `mesa.batch_run` is replicate i + 1, where it has no seed of its own. InputError
    where two arguments, or two iterations, contradict or repeat one another.
    """
    if seed is not None and rng is not UNSAID:
        raise InputError(
            f"seed: found rng ({literal(rng)}) beside it, expected one of the two, which mean the"
            " same"
        )
    iteration = current_iteration()
    has_own_seed = iteration is not None and iteration.takes_seeds and seed is not None
    number = 1 if iteration is None or has_own_seed else iteration.number + 1
    if replicate is not None:
        if number > 1:
            raise InputError(
                f"replicate is {literal(replicate)} in every iteration of mesa.batch_run, expected"
                " either iterations, of which number i is replicate i + 1, or several numbers for"
                " replicate"
            )
        number = check_whole(replicate, 1, MOST_REPLICATES, "replicate")
    if seed is not None:
        return Luck(seed_of(seed, "seed"), number)
    return Luck(SEED if rng is UNSAID else seed_of(rng, "rng"), number)
