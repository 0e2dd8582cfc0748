"""Levers of the code of conduct itself, beside the ambition of its provisions (declared by the text: `ambition_1` …).
"""

from sim.parameters.declaration import Lever


class TextRules:
    monitoring = Lever(
        0.0,
        between=(0, 1),
        unit="share",
        source="the Paris Call provides for none",
        meaning="how far signatory firms and NGOs watch for breaches on the code's behalf",
    )
    sanctions = Lever(
        0.0,
        between=(0, 2),
        unit="index",
        source="the Paris Call provides for none",
        meaning="what a named violator expects to lose where all signatories sanction it",
    )
    joint_attribution = Lever(
        0.0,
        between=(0, 1),
        unit="share",
        source="the Paris Call provides for none; joint statements on NotPetya in 2018 show that it happens",
        meaning="how far signatories that are friends of a victim name its attacker with it",
    )
    bloc_votes = Lever(
        1,
        between=(0, 1),
        whole=True,
        unit="0 or 1",
        source="all 28 members supported the Call on launch day",
        meaning="whether the European Union deliberates as one (1) or each member alone (0)",
    )
