"""Shares of simulated worlds in which each state and named organisation has signed, beside the
register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim import facts
from sim.engine.arrays import SIGNED
from sim.engine.outputs import Output
from sim.experiments.simulate import Setting, world_of
from sim.kinds_and_statuses import STATUSES
from sim.population import Population
from sim.request import Request

DECILES = 10
SOON = 3  # rounds after the launch: the weeks of the launch and their echo, before the long wait


def signed_shares(setting: Setting, output: Output) -> dict[str, float]:
    """iso3 or name -> share of simulated worlds signed by the end: all states, and the
    organisations with a name.
    """
    return _by_name(setting, output.status[:, 0, :] == SIGNED)


def signed_soon_shares(setting: Setting, output: Output) -> dict[str, float]:
    """As `signed_shares`, three months after the launch instead of at the end."""
    return signed_shares_at(setting, output, SOON)


def signed_shares_at(setting: Setting, output: Output, t: int) -> dict[str, float]:
    """As `signed_shares`, when round *t* is over instead of at the end."""
    signed = (output.signed_round[:, 0, :] <= t) & (output.left_round[:, 0, :] > t)
    return _by_name(setting, signed)


def courses(setting: Setting, output: Output, first_round: int) -> dict[str, pd.DataFrame]:
    """Share of simulated worlds in which each has *taken_up* the matter, and is *signed*, as each
    round ends.

    Each a frame with a row per round (index round) and a column per state or organisation with a
    name.
    """
    places = _places_with_names(setting.population)
    names = [setting.population.ids[place] for place in places]
    columns = _columns(setting, places)
    taken_up, signed, leaving = (
        array[:, 0, columns]
        for array in (output.taken_up_round, output.signed_round, output.left_round)
    )
    rounds = range(first_round, first_round + output.per_code.shape[1])
    shares = {
        "taken_up": [((taken_up <= t) | (signed <= t)).mean(axis=0) for t in rounds],
        "signed": [((signed <= t) & (leaving > t)).mean(axis=0) for t in rounds],
    }
    index = pd.Index(rounds, name="round")
    return {
        what: pd.DataFrame(np.array(rows), index=index, columns=names)
        for what, rows in shares.items()
    }


def listed_among(
    setting: Setting, output: Output, first_round: int, who: Iterable[str]
) -> NDArray[np.int64]:
    """[replicate, round] how many of *who*, states and organisations with a name, are on the public
    list.
    """
    names, ids = frozenset(who), setting.population.ids
    places = [place for place in _places_with_names(setting.population) if ids[place] in names]
    listed, left = (
        array[:, 0, _columns(setting, places)] for array in (output.listed_round, output.left_round)
    )
    rounds = range(first_round, first_round + output.per_code.shape[1])
    return np.stack([((listed <= t) & (left > t)).sum(axis=1) for t in rounds], axis=1)


def world_frame(request: Request, setting: Setting, number: int) -> pd.DataFrame:
    """A row per round (index round), a column per state and organisation with a name; each cell the
    word of one of STATUSES.

    *number* is one of the worlds of *request*, 1 for the first; InputError otherwise. The world is
    played again, with the same draws, as the run keeps dates alone and not who waits and who has
    declined.
    """
    world = world_of(request, setting, number, "world")
    places = _places_with_names(setting.population)
    words = np.array([status.word for status in STATUSES.values()], dtype=object)
    rows = []
    for t in world.rounds:
        world.play(t)
        rows.append(words[world.state.member.status[0, places]])
    names = [setting.population.ids[place] for place in places]
    return pd.DataFrame(rows, index=pd.Index(world.rounds, name="round"), columns=names)


def _by_name(setting: Setting, signed: NDArray[np.bool_]) -> dict[str, float]:
    places = _places_with_names(setting.population)
    shares = signed[:, _columns(setting, places)].mean(axis=0)
    return {
        setting.population.ids[place]: share
        for place, share in zip(places, shares.tolist(), strict=True)
    }


def _columns(setting: Setting, places: list[int]) -> NDArray[np.int64]:
    """The columns of *places* among those on record."""
    return np.asarray(np.searchsorted(setting.population_arrays.on_record, places))


def _places_with_names(population: Population) -> list[int]:
    """The places of all states and of the organisations with a name."""
    places: list[int] = np.flatnonzero(population.has_name).tolist()
    return places


def beside_the_register(signed: Mapping[str, float], names: Mapping[str, str]) -> pd.DataFrame:
    """All states, iso3 -> *names*: iso3, name, share of simulated worlds *signed*, on_register
    (True or False).
    """
    registered = facts.register_states().index
    return pd.DataFrame(
        {
            "iso3": list(names),
            "name": list(names.values()),
            "share": [signed[iso3] for iso3 in names],
            "on_register": [iso3 in registered for iso3 in names],
        }
    )


def by_decile(signed: Mapping[str, float], names: Mapping[str, str]) -> pd.DataFrame:
    """States, iso3 -> *names*, in tenths by their share of simulated worlds: decile, states (how
    many), lowest, highest and mean share (simulated), and the share of them that is on the register
    (observed). Fewer than ten states are a part each.
    """
    states = beside_the_register(signed, names).sort_values(["share", "iso3"], ignore_index=True)
    parts = min(DECILES, len(states))
    decile = parts * np.arange(len(states)) // len(states) + 1
    grouped = states.groupby(decile)
    return pd.DataFrame(
        {
            "decile": np.arange(1, parts + 1),
            "states": grouped.size().to_numpy(),
            "lowest": grouped["share"].min().to_numpy(),
            "highest": grouped["share"].max().to_numpy(),
            "simulated": grouped["share"].mean().to_numpy(),
            "observed": grouped["on_register"].mean().to_numpy(),
        }
    )


@dataclass(frozen=True)
class Miss:
    """A state by name, its share of simulated worlds, and whether it is on the register."""

    name: str
    share: float
    is_registered: bool


def largest_misses(
    signed: Mapping[str, float], names: Mapping[str, str], number: int = 5
) -> tuple[Miss, ...]:
    """The states, iso3 -> *names*, whose share lies farthest from what happened."""
    states = beside_the_register(signed, names)
    miss = (states["share"] - states["on_register"]).abs()
    worst = states.loc[miss.sort_values(ascending=False, kind="stable").index[:number]]
    columns = (worst[name].to_list() for name in ("name", "share", "on_register"))
    return tuple(Miss(*row) for row in zip(*columns, strict=True))
