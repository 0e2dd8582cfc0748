"""Dials, and the values of all dials in one run.

A dial is declared once, as a class attribute of a group in one of the other files of this folder.
Its slider, its name for `--set`, its sweep axis, its row in the documentation and its column in the
array for compiled code all follow from that declaration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sim.errors import InputError, nearest
from sim.reading import as_number, literal

REGISTER = "fitted to the register of supporters"  # the source of weights
INSTRUMENTS = "fitted to other instruments"  # of those that no single text can tell
LOGITS = "logits"  # the unit of what decides a chance


@dataclass
class Dial:
    """One number of the model, with its unit and its range (*between*, both ends included).

    `default` is None for a fitted weight: its value comes from a file of weights. A *structural*
    dial shapes the population or the ties, so it holds for a whole run and no event may change it.
    An uncertainty has a *plausible* range within that of its values, and says *plausible_as* of
    what: a source, or that the range is ours.

    `label` is its name as people read it, in the middle of a sentence; where none is given it is
    the name with spaces. `idle` has conditions, each other dials with values: wherever they have
    these, moving this dial changes nothing, to the bit. So it is too where none of its *of_kinds*
    may sign, if it names any. A lever that *is_of_the_fit* is how much there is of what is fitted:
    1 fits the register, and nobody decides on it.
    """

    role: ClassVar[str] = ""

    default: float | None = None
    between: tuple[float, float] = (0.0, 1.0)
    unit: str = ""
    meaning: str = ""
    source: str = ""
    structural: bool = False
    whole: bool = False
    plausible: tuple[float, float] | None = None
    plausible_as: str = "ours"
    label: str = ""
    idle: tuple[Mapping[str, float], ...] = ()
    of_kinds: tuple[str, ...] = ()
    is_of_the_fit: bool = False
    name: str = field(default="", init=False)
    group: str = field(default="", init=False)
    group_title: str = field(default="", init=False)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.group = owner.__name__
        self.group_title = getattr(owner, "title", "") or self.group
        self.label = self.label or name.replace("_", " ")
        low, high = self.between
        if self.default is not None and not low <= self.default <= high:
            raise ValueError(
                f"dial {name}: its default {self.default} lies outside {low} to {high}"
            )
        if self.plausible is not None and self.default is not None:
            least, most = self.plausible
            if not low <= least <= self.default <= most <= high or least == most:
                raise ValueError(
                    f"dial {name}: {least} to {most} is plausible, expected a range around its"
                    " default"
                )

    @property
    def is_switch(self) -> bool:
        """Whether it is off or on."""
        return self.whole and self.between == (0, 1)

    @property
    def is_decided(self) -> bool:
        """Whether somebody could decide on it."""
        return self.role == "lever" and not self.is_of_the_fit

    def check(self, value: Any, where: str) -> float:
        """*value* as a float, or an InputError that begins with *where*."""
        low, high = self.between
        kind = "a whole number" if self.whole else "a number"
        expected = f"{kind} from {low:g} to {high:g} ({self.unit})"
        if isinstance(value, bool) and self.whole:
            value = int(value)
        number = as_number(value)
        if not low <= number <= high or (self.whole and number != int(number)):
            raise InputError(f"{where}: {self.name} is {literal(value)}, expected {expected}")
        return number


class Lever(Dial):
    """A dial that somebody could decide on."""

    role: ClassVar[str] = "lever"


class Uncertainty(Dial):
    """A dial whose value nobody has measured."""

    role: ClassVar[str] = "uncertainty"


class Resolution(Dial):
    """A dial that says how finely the world is drawn; shares do not depend on it, but for luck."""

    role: ClassVar[str] = "resolution"


class Fitted(Dial):
    """A weight estimated from the register."""

    role: ClassVar[str] = "fitted"


def dials_of(*groups: type) -> dict[str, Dial]:
    """All dials of *groups*, by name, in the order of their declaration."""
    dials: dict[str, Dial] = {}
    for group in groups:
        for name, value in vars(group).items():
            if isinstance(value, Dial):
                if name in dials:
                    raise ValueError(f"dial {name} is declared twice")
                dials[name] = value
    return dials


def dial_named(name: Any, dials: Mapping[str, Dial], where: str) -> Dial:
    """The dial called *name*; an InputError with the nearest valid name where there is none."""
    if not isinstance(name, str) or name not in dials:
        raise InputError(
            f"{where}: there is no dial {literal(name)}, expected one that `parley parameters`"
            f" lists{nearest(name, dials)}"
        )
    return dials[name]


class Values(Mapping[str, float]):
    """The value of every dial in one run: a frozen mapping, also readable by attribute, in which
    every value lies in its dial's range.
    """

    def __init__(
        self, dials: Mapping[str, Dial], values: Mapping[str, Any], where: str = "parameters"
    ) -> None:
        for name in values:
            dial_named(name, dials, where)
        missing = [name for name in dials if name not in values]
        if missing:
            raise InputError(f"{where}: {missing[0]} has no value, expected one for each dial")
        floats = {name: dial.check(values[name], where) for name, dial in dials.items()}
        object.__setattr__(self, "_dials", dials)
        object.__setattr__(self, "_values", floats)

    _dials: Mapping[str, Dial]
    _values: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __getattr__(self, name: str) -> float:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(
                f"there is no dial {name!r}{nearest(name, self._values)}"
            ) from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("the values of a run are frozen; use with_values()")

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(tuple(self._values.values()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and dict(self._values) == dict(other._values)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._dials, dict(self._values)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self)} dials)"

    def with_values(self, changes: Mapping[str, Any], where: str = "parameters") -> Values:
        """A copy with *changes*, dial → value; InputError that begins with *where* for an unknown
        name or a value out of range.
        """
        return type(self)(self._dials, {**self._values, **changes}, where)
