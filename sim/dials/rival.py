"""What two codes that are open at once do to each other: dials of a scenario that has a second code
([rival]).
"""

from sim.dials.dial import LOGITS, Lever, Uncertainty


class Rival:
    title = "The second code"

    rival_open = Lever(
        1,
        label="the second code is open",
        between=(0, 1),
        whole=True,
        unit="0 or 1",
        source="1: the scenario has a second code",
        meaning="whether the second code is open beside the first (1) or the first is alone (0)",
    )
    overlap_substitution = Uncertainty(
        1.0,
        label="one code replaces the other",
        between=(-10, 10),
        plausible=(-1.0, 3.0),
        plausible_as=(
            "ours: from one commitment paving the way to the next, to forums among which parties"
            " shop"
        ),
        unit=LOGITS,
        source=(
            "assumed; Alter and Meunier 2009 for substitutes, Pierson 2000 for commitments that"
            " lead to others"
        ),
        meaning=(
            "what the signature of one code takes from the value of signing another with the same"
            " text"
        ),
        idle=({"rival_open": 0},),
    )
    overlap_side_cost = Uncertainty(
        1.0,
        label="cost of signing both sides",
        between=(0, 40),
        plausible=(0.0, 4.0),
        plausible_as="ours: for the Paris Call and resolution 73/27 from nothing to one logit",
        unit=LOGITS,
        source=(
            "by eye, beside the substitution: about as few sign both as supported the Call and"
            " voted for resolution 73/27, though a vote is no signature; Morse and Keohane 2014 for"
            " codes that are made against one another"
        ),
        meaning=(
            "what the signature of one code takes from the value of signing another at the other"
            " end of openness"
        ),
        idle=({"rival_open": 0},),
    )
    attention_division = Uncertainty(
        0.5,
        label="attention shared by two codes",
        between=(0, 1),
        plausible=(0.0, 1.0),
        plausible_as="ours: the whole range",
        unit="share",
        source="assumed; Hilgartner and Bosk 1988 for attention that is scarce",
        meaning="how far two codes share one agenda: 0 each keeps its attention, 1 both divide it",
        idle=({"rival_open": 0},),
    )
