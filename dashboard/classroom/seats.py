"""The seats that teams take: stakeholders of the scenario, in the order in which a larger class
adds them, and seats of the press.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sim
from dashboard.data.record import directory

PRESS = "press"
SIZES = (6, 12, 20, 30)
MOST_IN_A_TEAM = 4
# A class of six has a seat of the press, as has every larger one; one of twenty has two.
ORDER = (
    "USA",
    "CHN",
    "FRA",
    "Microsoft",
    "Access Now",
    "press-1",
    "RUS",
    "IND",
    "Siemens",
    "BRA",
    "Google",
    "KEN",
    "GBR",
    "JPN",
    "Huawei",
    "NGA",
    "Kaspersky",
    "Reporters Without Borders",
    "press-2",
    "EST",
    "ZAF",
    "MEX",
    "IDN",
    "ISR",
    "Airbus",
    "Samsung",
    "Internet Society",
    "KICTANet",
    "SAU",
    "AUS",
    "DEU",
    "KOR",
    "CAN",
    "SGP",
    "Cisco",
    "Orange",
    "NLD",
    "Chaos Computer Club",
    "TUR",
    "ARG",
    "ESP",
    "ITA",
    "POL",
    "EGY",
    "VNM",
    "SWE",
    "CHE",
    "NOR",
    "COL",
    "MAR",
)
NAMES_OF_THE_PRESS = {"press-1": "The press", "press-2": "A second newspaper"}


@dataclass(frozen=True)
class Seat:
    """One seat: the id of its stakeholder in the scenario, or press-1, its name, and its kind."""

    id: str
    name: str
    kind: str

    @property
    def is_press(self) -> bool:
        """Whether it writes headlines, and signs nothing."""
        return self.kind == PRESS


@functools.lru_cache(maxsize=128)
def seats_of(scenario: sim.Scenario, number: int) -> tuple[Seat, ...]:
    """*number* seats of *scenario*: stakeholders who may sign its code, none whose choice it
    settles itself.
    """
    people = directory().set_index("id")
    taken = settled(scenario)
    seats = []
    for who in ORDER:
        if who in NAMES_OF_THE_PRESS:
            seats.append(Seat(who, NAMES_OF_THE_PRESS[who], PRESS))
        elif (
            who in people.index
            and people.at[who, "kind"] in scenario.code.may_sign
            and who not in taken
        ):
            seats.append(Seat(who, str(people.at[who, "name"]), str(people.at[who, "kind"])))
    return tuple(seats[:number])


def settled(scenario: sim.Scenario) -> frozenset[str]:
    """The ids of those whose choice *scenario* settles."""
    return frozenset(
        who for event in scenario.events if event.what == "choice" for who in event.who
    )


def offered(
    seats: Sequence[Seat], students: Mapping[str, int], released: Collection[str], late: bool
) -> frozenset[str]:
    """The ids of those of *seats* that somebody without a seat may take, by how many *students*
    each has.

    In the lobby each with room that is not *released* to the model. Whoever is *late* takes one
    with the fewest students, so that nobody who comes late picks the team into which to look; of
    empty seats one that the model plays, which none of the press is.
    """
    free = [
        each
        for each in seats
        if each.id not in released and students.get(each.id, 0) < MOST_IN_A_TEAM
    ]
    if not late or not free:
        return frozenset(each.id for each in free)

    def rank(seat: Seat) -> tuple[int, bool]:
        number = students.get(seat.id, 0)
        return number, seat.is_press and number == 0

    first = min(map(rank, free))
    return frozenset(each.id for each in free if rank(each) == first)
