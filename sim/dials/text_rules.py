"""Rules of the code of conduct; the levers of its text, its position and ambitions, are declared
with it.
"""

from sim.dials.conduct import NO_TRACE
from sim.dials.dial import Lever, Uncertainty


class TextRules:
    title = "Rules of the code"

    monitoring = Lever(
        0.0,
        label="monitoring",
        between=(0, 1),
        unit="share",
        source="the Paris Call provides for none",
        meaning="how far signatory firms and NGOs watch for breaches on the code's behalf",
        idle=({"attribution_quality": 1},),
    )
    sanctions = Lever(
        0.0,
        label="sanctions",
        between=(0, 2),
        unit="index",
        source="the Paris Call provides for none",
        meaning="what a named violator expects to lose where all signatories sanction it",
        idle=(
            {"deterrence": 0},
            {"baseline_share": 1},
            {"attribution_quality": 0, "monitoring": 0},
        ),
    )
    joint_attribution = Lever(
        0.0,
        label="joint attribution",
        between=(0, 1),
        unit="share",
        source=(
            "the Paris Call provides for none; joint statements on NotPetya in 2018 show that it"
            " happens"
        ),
        meaning="how far signatories that are friends of a victim name its attacker with it",
        idle=({"naming_friends": 0}, NO_TRACE),
    )
    bloc_votes = Lever(
        1,
        label="the EU decides as one",
        between=(0, 1),
        whole=True,
        unit="0 or 1",
        source="all 28 members supported the Call on launch day",
        meaning="whether the European Union deliberates as one (1) or each member alone (0)",
        of_kinds=("state",),
    )
    ratification_needed = Lever(
        0,
        label="a treaty, to be ratified",
        between=(0, 1),
        whole=True,
        unit="0 or 1",
        source="the Paris Call is a declaration",
        meaning=(
            "whether the code is a treaty (1): it binds once it is in force, and of states those"
            " that ratified"
        ),
    )
    ratifications_for_force = Lever(
        5,
        label="ratifications until it is in force",
        between=(0, 193),
        whole=True,
        unit="states",
        source=(
            "Convention on Cybercrime (Budapest, 2001), article 36, less its rule on the Council of"
            " Europe"
        ),
        meaning="how many states have to ratify a treaty before it is in force",
        idle=({"ratification_needed": 0},),
    )
    ratification_rate = Uncertainty(
        0.03,
        label="pace of ratification",
        between=(0, 1),
        plausible=(0.015, 0.06),
        plausible_as="ours: half and twice the pace of the Budapest Convention",
        unit="rate a month",
        source=(
            "by eye: half of the thirty first-day signatories of the Budapest Convention had"
            " ratified it after six and a half years (Council of Europe, chart of signatures and"
            " ratifications of treaty 185)"
        ),
        meaning=(
            "how often a state with full capacity that has signed a treaty takes up its"
            " ratification"
        ),
        idle=({"ratification_needed": 0},),
    )
