"""Who sits at the table: the traits of each seat from the public facts, and from them what it wants
of the text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import population
from sim.errors import InputError
from sim.facts import SHIPPED, Facts
from sim.negotiation.table import DECIMALS, Floats, Table, standard_normals, table_of
from sim.negotiation.talks import Talks
from sim.population.states import about_the_median
from sim.scenario import load
from sim.scenario.files import DEFAULT
from sim.theory import bargaining, interest


class SeatTraits(NamedTuple):
    """The traits of N seats, in the order of the talks."""

    places: NDArray[np.int64]  # in the population
    names: tuple[str, ...]
    openness: Floats  # [N], as all below, in [0, 1]
    exposure: Floats
    offence: Floats
    capacity: Floats
    power: Floats
    # in [-1, 1] about the median state; that of the home of firms and NGOs, 0 without a seat there
    un_votes: Floats


@lru_cache(maxsize=16)
def seats_named(ids: tuple[str, ...], of: Facts = SHIPPED) -> SeatTraits:
    """The seats of these stakeholders of the world *of*, states by iso3, firms and NGOs by name;
    InputError where one is none.
    """
    people = population.build(load(DEFAULT).parameters, of=of)
    for who in ids:
        if who not in people.ids:
            raise InputError(
                f"seats: there is no stakeholder {who!r}, expected one that its home is large"
                " enough for"
            )
    places = np.array([people.ids.index(who) for who in ids], dtype=np.int64)
    votes, home = about_the_median(people.un_votes), people.home[places]
    traits = {
        name: people.trait(name)[places] for name in ("openness", "exposure", "offence", "capacity")
    }
    return SeatTraits(
        places=places,
        names=tuple(people.names[number] for number in places),
        power=people.trait("weight")[places],
        un_votes=np.where(home >= 0, votes[home], 0.0),
        **traits,
    )


def table_for(talks: Talks, replicates: int, seed: int) -> Table:
    """The table of *talks* in each of its *replicates*."""
    seats, values = seats_named(talks.seats, talks.facts), talks.values
    rows = [
        (s.position, s.restraint, s.burden, s.in_force, s.tabled, s.ambiguity)
        for s in talks.subjects
    ]
    position, restraint, burden, in_force, tabled, ambiguity = np.array(rows).T.copy()
    side = interest.governance_position(seats.openness, seats.un_votes, values["ideal_point_share"])
    wants = interest.interest(
        side[:, None],
        seats.exposure[:, None],
        seats.offence[:, None],
        seats.capacity[:, None],
        position,
        restraint,
        burden,
    )
    of_ideals, of_saliences = standard_normals(seed, replicates, seats.places, len(position))
    return table_of(
        np.round(interest.ideal(wants, values["position_noise"], of_ideals), DECIMALS),
        np.round(
            interest.salience(
                wants, values["salience_floor"], values["salience_noise"], of_saliences
            ),
            DECIMALS,
        ),
        weights=bargaining.weight(seats.power, values["power_share"]),
        positions=side,
        in_force=in_force,
        tabled=tabled,
        failing_cost=values["failing_cost"],
        club_reach=values["club_reach"],
        votes=np.array([seat not in talks.voice for seat in talks.seats]),
        ambiguity=ambiguity,
        reservations=int(values["reservations"]),
        reservation_cost=values["reservation_cost"],
        transfer_efficiency=values["transfer_efficiency"],
    )
