"""The texts of a population, each made when somebody asks for it: a million of them would take a
hundred megabytes.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from sim.facts.facts import POTENTIAL

NAME_OF = {"firm": "Firm", "ngo": "NGO"}


MOST_ALIKE = 1_000  # among which the nearest is looked for


def potential_id(kind: str, iso3: str, rank: int) -> str:
    """The id of the organisation without a name that has this *rank* in size in its home."""
    return f"{kind} {iso3}-{rank:03d}"


class Texts(Sequence[str]):
    """N texts, equal to any sequence of the same texts."""

    @abstractmethod
    def text(self, place: int) -> str:
        """The text at *place*, from 0 to N - 1."""

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...

    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        places = range(len(self))[place]
        return (
            self.text(places)
            if isinstance(places, int)
            else tuple(self.text(each) for each in places)
        )

    def __iter__(self) -> Iterator[str]:
        return (self.text(place) for place in range(len(self)))

    def __eq__(self, other: Any) -> bool:
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(here == there for here, there in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, eq=False)
class Words(Texts):
    """Texts of which there are few: at each place one of *words*, by its number in *codes* [N]."""

    words: tuple[str, ...]
    codes: NDArray[Any]

    def __len__(self) -> int:
        return len(self.codes)

    def text(self, place: int) -> str:
        """The word there."""
        return self.words[self.codes[place]]

    def is_one(self, word: str) -> NDArray[np.bool_]:
        """[N] where the text is *word*."""
        number = self.words.index(word) if word in self.words else -1
        return np.asarray(self.codes == number)


@dataclass(frozen=True, eq=False)
class Ids(Texts):
    """The ids of stakeholders: of *states* their iso3; of organisations, in blocks of one kind and
    home, by rank, the *names* that some have, by place, and of all others one such as "firm
    DEU-017".
    """

    states: tuple[str, ...]
    blocks: Mapping[
        tuple[str, str], range
    ]  # (kind, iso3) -> the places of these organisations; in rising order
    rank: NDArray[np.uint32]  # [organisations] in size, from 1 on
    names: Mapping[int, str]

    def __len__(self) -> int:
        return len(self.states) + len(self.rank)

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.array([places.start for places in self.blocks.values()], np.int64)

    @cached_property
    def _kinds_and_homes(self) -> list[tuple[str, str]]:
        return list(self.blocks)

    @cached_property
    def _places(self) -> dict[str, int]:
        """Of states and of organisations with a name."""
        return {**{iso3: place for place, iso3 in enumerate(self.states)},
                **{name: place for place, name in self.names.items()}}  # fmt: skip

    def block_of(self, place: int) -> tuple[str, str]:
        """Kind and home of the organisation at *place*."""
        return self._kinds_and_homes[int(np.searchsorted(self._starts, place, side="right")) - 1]

    def text(self, place: int) -> str:
        """The id there."""
        if place < len(self.states):
            return self.states[place]
        if place in self.names:
            return self.names[place]
        return potential_id(*self.block_of(place), int(self.rank[place - len(self.states)]))

    def __iter__(self) -> Iterator[str]:
        organisations = (
            self.names.get(place)
            or potential_id(kind, iso3, int(self.rank[place - len(self.states)]))
            for (kind, iso3), places in self.blocks.items()
            for place in places
        )
        return chain(self.states, organisations)

    def __contains__(self, who: object) -> bool:
        return isinstance(who, str) and self._place(who) is not None

    def index(self, who: str, start: int = 0, stop: int | None = None) -> int:
        """The place of *who*; ValueError where there is nobody of this id."""
        place = self._place(who)
        if place is None or place not in range(len(self))[start:stop]:
            raise ValueError(f"{who!r} is not in the population")
        return place

    def _place(self, who: str) -> int | None:
        potential = POTENTIAL.fullmatch(who)
        if potential is None:
            return self._places.get(who)
        places = self.blocks.get((potential[1], potential[2]), range(0))
        rank = int(potential[3])
        if not 1 <= rank <= len(places):
            return None
        place = places[rank - 1]
        return place if self.text(place) == who else None

    def alike(self, who: str) -> list[str]:
        """The ids among which *who*, a wrong one, may be meant: those of the same kind and home
        where it has any, else those of states and of organisations with a name.
        """
        potential = POTENTIAL.fullmatch(who)
        places = self.blocks.get((potential[1], potential[2]), range(0)) if potential else range(0)
        return [self.text(place) for place in places[-MOST_ALIKE:]] or list(self._places)


@dataclass(frozen=True, eq=False)
class Names(Texts):
    """The names of all who have *ids*: of states those in *of_homes*, iso3 -> name; of
    organisations their own, or one such as "Firm 17 of Germany".
    """

    ids: Ids
    of_homes: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.ids)

    def text(self, place: int) -> str:
        """The name there."""
        if place < len(self.ids.states):
            return self.of_homes[self.ids.states[place]]
        if place in self.ids.names:
            return self.ids.names[place]
        kind, iso3 = self.ids.block_of(place)
        return (
            f"{NAME_OF[kind]} {self.ids.rank[place - len(self.ids.states)]} of"
            f" {self.of_homes[iso3]}"
        )
