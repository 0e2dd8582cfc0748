"""The weight of each motive of signing, per kind of stakeholder: fitted to the register (docs/odd.md, section 7.2)."""

from sim.dials.dial import Fitted, Lever, Uncertainty

REGISTER = "fitted to the register of supporters"
LOGITS = "logits"


class Motives:
    rationality = Lever(
        1.0,
        between=(0, 20),
        unit="multiple of the fitted precision",
        source="McKelvey and Palfrey 1995; 1 in calibration",
        meaning="how closely a choice follows its value: 0 a coin flip, large the best response",
    )
    security_club_share = Uncertainty(
        0.3,
        between=(0, 1),
        unit="share",
        source="assumed; Barrett 1994 for the two ends",
        meaning="how far restraint is reserved for fellow signatories: 0 a public good, 1 a club",
        shown_by="state_security",
    )

    state_inclination = Fitted(
        between=(-20, 20), unit=LOGITS, source=REGISTER, meaning="what no named motive of states explains"
    )
    state_affinity = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of nearness to the text's governance position"
    )
    state_convenor_votes = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of closeness to the convenor in UN votes"
    )
    state_convenor_club = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of membership in the convenor's club"
    )
    state_convenor_bloc = Fitted(
        between=(0, 20),
        unit=LOGITS,
        source=REGISTER,
        meaning="weight of a seat beside the convenor in its bloc",
        shown_by="state_restraint",
    )
    state_record = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of a state's prior commitments"
    )
    state_peers = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of the example of states one is tied to"
    )
    state_home = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of one's own firms and NGOs that have signed"
    )
    state_patron = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of the allied great power's signature"
    )
    state_security = Fitted(
        between=(0, 20),
        unit=LOGITS,
        source=REGISTER,
        meaning="weight of the safety that signatories' restraint promises",
    )
    state_restraint = Fitted(
        between=(0, 40),
        unit=LOGITS,
        source=REGISTER,
        meaning="weight of the offensive means that restraint would give up",
    )
    state_burden = Fitted(
        between=(0, 40), unit=LOGITS, source=REGISTER, meaning="weight of the means that taking part would need"
    )
    capacity_wealth_share = Fitted(
        between=(0, 1),
        unit="share",
        source=REGISTER,
        structural=True,
        meaning="share of GDP per head in a state's capacity; the rest is population",
    )

    firm_inclination = Fitted(
        between=(-20, 20), unit=LOGITS, source=REGISTER, meaning="what no named motive of firms explains"
    )
    firm_affinity = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of nearness to the text's governance position"
    )
    firm_peers = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of the example of neighbours and competitors"
    )
    firm_home = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of the home state's public signature"
    )
    firm_security = Fitted(
        between=(0, 20),
        unit=LOGITS,
        source=REGISTER,
        meaning="weight of the safety that signatories' restraint promises",
    )
    firm_burden = Fitted(
        between=(0, 40), unit=LOGITS, source=REGISTER, meaning="weight of the means that compliance would need"
    )

    ngo_inclination = Fitted(
        between=(-20, 20), unit=LOGITS, source=REGISTER, meaning="what no named motive of NGOs explains"
    )
    ngo_affinity = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of nearness to the text's governance position"
    )
    ngo_record = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of the home state's prior commitments"
    )
    ngo_peers = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of the example of neighbouring NGOs"
    )
    ngo_home = Fitted(
        between=(0, 20), unit=LOGITS, source=REGISTER, meaning="weight of the home state's public signature"
    )
    ngo_burden = Fitted(
        between=(0, 40), unit=LOGITS, source=REGISTER, meaning="weight of the means that compliance would need"
    )

    organisations_layer_share = Uncertainty(
        0.5,
        between=(0, 1),
        unit="share",
        structural=True,
        source="assumed; the register does not tell the layers apart",
        meaning="weight among states' ties of shared organisations; the rest is the region",
        shown_by="state_peers",
    )
    sector_layer_share = Uncertainty(
        0.5,
        between=(0, 1),
        unit="share",
        structural=True,
        source="assumed; the register lists no sectors",
        meaning="weight among organisations' ties of the sector; the rest is the home country",
        shown_by="firm_peers",
    )

    exit_attention = Uncertainty(
        0.005,
        between=(0, 1),
        unit="rate a month",
        source="assumed; no state has withdrawn in public",
        meaning="how often a signatory reconsiders",
    )
    exit_cost = Uncertainty(
        14.0,
        between=(0, 40),
        unit=LOGITS,
        source="assumed; no state has withdrawn in public",
        meaning="what leaving costs before an audience; half of it before none",
    )
