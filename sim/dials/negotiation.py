"""The dials of a negotiation, apart from those of a run, as no signature depends on them
(docs/odd.md, section 7.9).
"""

from __future__ import annotations

from sim.dials.dial import Lever, Uncertainty, dials_of

JUDGEMENT = "our judgement; nobody has measured it"
TWICE = "ours: half to twice the default"
PATIENCE = "ours: ten offers later, a deal is worth a tenth to nine tenths of what it was"
SHARE, UTILITY = "share", "utility"


class Seats:
    ideal_point_share = Uncertainty(
        0.25,
        between=(0, 1),
        plausible=(0, 0.5),
        plausible_as="ours: from the freedom score alone to half of each",
        label="share of votes in a state's side",
        unit=SHARE,
        source=f"{JUDGEMENT}; chosen as it gives the blockers on record in 2017",
        meaning=(
            "how far a state's side is told by its votes in the General Assembly, and not by its"
            " freedom score"
        ),
    )
    position_noise = Uncertainty(
        0.08,
        between=(0, 0.5),
        plausible=(0.04, 0.16),
        plausible_as=TWICE,
        label="luck in what seats want",
        unit="levels",
        source=JUDGEMENT,
        meaning="standard deviation of what a seat wants of a provision",
    )
    salience_floor = Uncertainty(
        0.25,
        between=(0.01, 2),
        plausible=(0.125, 0.5),
        plausible_as=TWICE,
        label="least attention to a provision",
        unit="interest",
        source=JUDGEMENT,
        meaning="attention to a provision in which a seat has no interest",
    )
    salience_noise = Uncertainty(
        0.3,
        between=(0, 1),
        plausible=(0.15, 0.6),
        plausible_as=TWICE,
        label="luck in attention",
        unit="log",
        source=JUDGEMENT,
        meaning="standard deviation of a seat's attention to a provision",
    )
    power_share = Uncertainty(
        0.5,
        between=(0, 1),
        plausible=(0.25, 0.75),
        plausible_as="ours: neither equality nor power alone decides",
        label="share of power in weight",
        unit=SHARE,
        source="Steinberg 2002; the share is ours",
        meaning="how far seats weigh by power; with 0 all alike",
    )
    failing_cost = Uncertainty(
        0.02,
        between=(-0.2, 0.5),
        plausible=(0.01, 0.04),
        plausible_as=TWICE,
        label="cost of failing",
        unit=UTILITY,
        source=JUDGEMENT,
        meaning="what it costs a seat that the talks fail",
    )
    club_reach = Uncertainty(
        1.0,
        between=(0, 1),
        plausible=(0.5, 1),
        plausible_as="ours: from half to all of it, which is the default",
        label="reach of clubs",
        unit=SHARE,
        source="Victor 2011; the share is ours",
        meaning=(
            "how far a text of the like-minded alone does what one of all would; with 0 there are"
            " no clubs"
        ),
    )


class Procedure:
    growth = Lever(
        1.0,
        between=(0.01, 5),
        unit="log",
        source=(
            "Arora, Hazan and Kale 2012; the number is ours, as with it a zone of agreement is met"
            " within 40 drafts"
        ),
        meaning=(
            "how much more whoever objects most weighs in the next draft; it shrinks with the root"
            " of their number"
        ),
    )
    transfer_efficiency = Lever(
        0.0,
        between=(0, 1),
        unit=SHARE,
        source="Sebenius 1983",
        meaning="share of a side offer that arrives; with 0 there are none",
    )
    reservations = Lever(
        0.0,
        between=(0, 13),
        whole=True,
        unit="provisions",
        source="Helfer 2006",
        meaning="how many provisions a seat may reserve its position on",
    )
    reservation_cost = Uncertainty(
        0.01,
        between=(0, 0.2),
        plausible=(0.005, 0.02),
        plausible_as=TWICE,
        label="cost of a reservation",
        unit=UTILITY,
        source=JUDGEMENT,
        meaning="what a reservation costs in standing",
        idle=({"reservations": 0},),
    )
    quota_number = Lever(
        0.5,
        between=(0.5, 1),
        unit=SHARE,
        source="rules of procedure of the General Assembly, rules 85 and 86",
        meaning="share of the seats that carries a vote, under a majority rule; never half or less",
    )
    quota_weight = Lever(
        0.0,
        between=(0, 1),
        unit=SHARE,
        source="as the Council of the European Union, which counts states and people",
        meaning="share of the weight that carries a vote, under a majority rule",
    )
    patience_first = Uncertainty(
        0.95,
        between=(0, 0.9999),
        plausible=(0.8, 0.99),
        plausible_as=PATIENCE,
        unit="discount factor",
        source="Rubinstein 1982",
        meaning="worth of an agreement one offer later to the first seat, where two alternate",
    )
    patience_second = Uncertainty(
        0.95,
        between=(0, 0.9999),
        plausible=(0.8, 0.99),
        plausible_as=PATIENCE,
        unit="discount factor",
        source="Rubinstein 1982",
        meaning="worth of an agreement one offer later to the second seat, where two alternate",
    )


DIALS = dials_of(Seats, Procedure)
PATIENCE_DIALS = ("patience_first", "patience_second")  # which alternating offers alone ask for
DEFAULTS = {name: dial.default for name, dial in DIALS.items() if dial.default is not None}
