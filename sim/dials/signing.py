"""How motives become a choice, and what population and ties they are weighed in (docs/odd.md,
section 7.2).
"""

from sim.dials.dial import LOGITS, REGISTER, Fitted, Lever, Resolution, Uncertainty


class Signing:
    title = "How they decide"

    rationality = Lever(
        1.0,
        label="how far motives decide",
        between=(0, 20),
        unit="multiple of the fitted precision",
        is_of_the_fit=True,
        source="McKelvey and Palfrey 1995; 1 in calibration",
        meaning=(
            "how far a choice follows the motives: 0 is a coin toss, more leaves less to chance"
        ),
    )
    security_club_share = Uncertainty(
        0.3,
        label="restraint kept for fellow signatories",
        between=(0, 1),
        plausible=(0.0, 0.6),
        plausible_as="ours: from a public good to mostly a club",
        unit="share",
        source="assumed; Barrett 1994 for the two ends",
        meaning="how far restraint is reserved for fellow signatories: 0 a public good, 1 a club",
        idle=({"state_security": 0, "firm_security": 0},),
    )

    capacity_wealth_share = Fitted(
        between=(0, 1),
        unit="share",
        source=REGISTER,
        structural=True,
        meaning="share of GDP per head in a state's capacity; the rest is population",
        label="share of wealth in capacity",
    )

    population_scale = Resolution(
        1.0,
        label="size of the population",
        between=(1, 500),
        unit="multiple",
        structural=True,
        source=(
            "1: some 1,300 potential firms and 700 potential NGOs, to which the weights were fitted"
        ),
        meaning=(
            "how many times as many potential firms and NGOs there are; 490 make a million"
            " stakeholders"
        ),
    )

    organisations_layer_share = Uncertainty(
        0.5,
        label="ties by shared organisations",
        between=(0, 1),
        plausible=(0.25, 0.75),
        unit="share",
        structural=True,
        source="assumed; the register does not tell the layers apart",
        meaning="weight among states' ties of shared organisations; the rest is the region",
        idle=({"state_peers": 0, "norm_rate": 0},),
    )
    sector_layer_share = Uncertainty(
        0.5,
        label="ties by sector",
        between=(0, 1),
        plausible=(0.25, 0.75),
        unit="share",
        structural=True,
        source="assumed; the register lists no sectors",
        meaning="weight among organisations' ties of the sector; the rest is the home country",
        of_kinds=("firm", "ngo"),
        idle=({"firm_peers": 0, "ngo_peers": 0, "norm_rate": 0},),
    )

    exit_attention = Uncertainty(
        0.005,
        label="how often signatories reconsider",
        between=(0, 1),
        plausible=(0.002, 0.02),
        plausible_as="ours: from once in forty years to once in four",
        unit="rate a month",
        source="assumed; no state has withdrawn in public",
        meaning="how often a signatory reconsiders",
    )
    exit_cost = Uncertainty(
        14.0,
        label="cost of leaving",
        between=(0, 40),
        plausible=(10, 18),
        plausible_as="ours: within five years a state withdraws in one world of three at most",
        unit=LOGITS,
        source="assumed; no state has withdrawn in public",
        meaning="what leaving costs before an audience; half of it before none",
        idle=({"exit_attention": 0},),
    )
