"""Conduct, attribution, response and learning: all assumed, none fitted (docs/odd.md, sections 7.3
to 7.6).
"""

from sim.dials.dial import LOGITS, Uncertainty

ASSUMED = "assumed; nobody has measured it"
PROBABILITY = "probability"

# Where no operation is ever traced, and where nobody strikes back: what hangs on these does nothing
# there.
NO_TRACE = {"attribution_quality": 0, "monitoring": 0, "wrongful_trace": 0}
NO_BLOW = {"strike_back": 0, "firm_strike_back": 0}


class Conduct:
    title = "Operations and practices"

    operation_base = Uncertainty(
        -4.0,
        label="readiness to operate",
        between=(-10, 2),
        plausible=(-4.7, -3.3),
        plausible_as="ours: half to twice as many operations",
        unit=LOGITS,
        source="assumed; about two disclosed operations a year per capable state",
        meaning="readiness to operate without any temptation, per provision and month",
    )
    temptation = Uncertainty(
        1.5,
        label="temptation",
        between=(0, 5),
        plausible=(1.0, 2.0),
        unit=LOGITS,
        source=ASSUMED,
        meaning="weight of offensive means in the choice to operate",
    )
    deterrence = Uncertainty(
        6.0,
        label="deterrence",
        between=(0, 20),
        plausible=(3.0, 9.0),
        unit=LOGITS,
        source=ASSUMED,
        meaning="weight of expected shame and sanction in the choice to operate",
        idle=({"attribution_quality": 0, "monitoring": 0},),
    )
    baseline_share = Uncertainty(
        0.5,
        label="restraint without any code",
        between=(0, 1),
        plausible=(0.25, 0.75),
        unit="share",
        source=ASSUMED,
        meaning=(
            "b0: share of shame and sanction that binds everyone, code or no code (general law,"
            " earlier norms)"
        ),
        idle=({"deterrence": 0, "firm_strike_back": 0},),
    )
    norm_weight = Uncertainty(
        1.0,
        label="weight of norms",
        between=(0, 5),
        plausible=(0.5, 2.0),
        unit=LOGITS,
        source=ASSUMED,
        meaning="weight of an internalised norm in the choice to operate",
        idle=({"norm_rate": 0},),
    )
    lapse_base = Uncertainty(
        0.6,
        label="neglect of practices",
        between=(0, 1),
        plausible=(0.4, 0.8),
        unit=PROBABILITY,
        source=ASSUMED,
        meaning="chance that one without capacity or pledge neglects a practice in a month",
    )
    lapse_capacity = Uncertainty(
        0.6,
        label="neglect that capacity prevents",
        between=(0, 1),
        plausible=(0.4, 0.8),
        unit="share",
        source=ASSUMED,
        meaning="share of neglect that full capacity prevents",
        idle=({"lapse_base": 0},),
    )
    lapse_pledge = Uncertainty(
        0.3,
        label="neglect that a pledge prevents",
        between=(0, 1),
        plausible=(0.1, 0.5),
        unit="share",
        source=ASSUMED,
        meaning="share of neglect that a signature on a fully ambitious provision prevents",
        idle=({"lapse_base": 0},),
    )


class Harm:
    title = "Harm and protection"

    target_rivalry = Uncertainty(
        1.0,
        label="targeting of rivals",
        between=(0, 10),
        plausible=(0.0, 3.0),
        plausible_as=(
            "ours: up to four times as often; disputes are of rivals (Valeriano and Maness 2014)"
        ),
        unit="multiple",
        source=ASSUMED,
        meaning="how much more a state of the opposite governance position is targeted",
    )
    protection_strength = Uncertainty(
        0.5,
        label="strength of protection",
        between=(0, 1),
        plausible=(0.3, 0.7),
        unit="share",
        source=ASSUMED,
        meaning="harm that full hygiene and secure products would avert",
    )
    supplier_share = Uncertainty(
        0.5,
        label="protection by suppliers",
        between=(0, 1),
        plausible=(0.25, 0.75),
        unit="share",
        source=ASSUMED,
        meaning="share of one's protection that lies with suppliers",
        idle=({"protection_strength": 0},),
    )
    criminal_share = Uncertainty(
        0.5,
        label="share of crime in harm",
        between=(0, 0.95),
        plausible=(0.3, 0.7),
        unit="share",
        source=ASSUMED,
        meaning="share of all harm that is crime, bound by no code",
    )
    diligence_strength = Uncertainty(
        0.2,
        label="crime averted by hosts",
        between=(0, 1),
        plausible=(0.1, 0.4),
        unit="share",
        source=ASSUMED,
        meaning="crime that hosts' full due diligence would avert",
    )


class Attribution:
    title = "Tracing and naming"

    attribution_quality = Uncertainty(
        0.3,
        label="attribution quality",
        between=(0, 1),
        plausible=(0.1, 0.6),
        unit=PROBABILITY,
        source=ASSUMED,
        meaning="chance that an operation is traced to its author when nobody watches",
    )
    wrongful_trace = Uncertainty(
        0.02,
        label="wrongful traces",
        between=(0, 1),
        plausible=(0.0, 0.05),
        unit=PROBABILITY,
        source=ASSUMED,
        meaning="chance that an operation not traced to its author is traced to somebody else",
        idle=({"attribution_quality": 1},),
    )
    naming_base = Uncertainty(
        1.6,
        label="readiness to name",
        between=(-5, 5),
        plausible=(0.6, 2.6),
        unit=LOGITS,
        source=ASSUMED,
        meaning="readiness of a victim to name in public",
        idle=(NO_TRACE,),
    )
    naming_weight = Uncertainty(
        1.5,
        label="boldness of the mighty",
        between=(0, 5),
        plausible=(0.75, 3.0),
        unit=LOGITS,
        source=ASSUMED,
        meaning="how far a victim's own weight emboldens it",
        idle=(NO_TRACE,),
    )
    naming_friends = Uncertainty(
        0.8,
        label="boldness through friends",
        between=(0, 5),
        plausible=(0.4, 1.6),
        unit=LOGITS,
        source=ASSUMED,
        meaning="how far a victim's friends embolden it",
        idle=(NO_TRACE,),
    )
    naming_dependence = Uncertainty(
        1.0,
        label="silence of the dependent",
        between=(0, 5),
        plausible=(0.5, 2.0),
        unit=LOGITS,
        source=ASSUMED,
        meaning="how far dependence on the accused silences a victim",
        idle=(NO_TRACE,),
    )


class Response:
    title = "Retaliation and standing"

    strike_back = Uncertainty(
        0.5,
        label="states strike back",
        between=(0, 1),
        plausible=(0.2, 0.7),
        plausible_as="ours; simulations and surveys find restraint (Jensen and Valeriano 2019)",
        unit=PROBABILITY,
        source="assumed; the record and war games show restraint",
        meaning="chance that a state with means strikes back at whom it holds responsible",
        idle=(NO_TRACE,),
    )
    firm_strike_back = Uncertainty(
        0.1,
        label="firms strike back",
        between=(0, 1),
        plausible=(0.0, 0.2),
        unit=PROBABILITY,
        source=ASSUMED,
        meaning="chance that a firm strikes back where no provision forbids it",
        idle=(NO_TRACE,),
    )
    firebreak = Uncertainty(
        0.3,
        label="retaliation called off",
        between=(0, 1),
        plausible=(0.1, 0.5),
        plausible_as="ours; simulations and surveys find restraint (Jensen and Valeriano 2019)",
        unit=PROBABILITY,
        source="assumed; the record and war games show restraint",
        meaning="chance that a retaliation is called off",
        idle=(NO_BLOW, NO_TRACE),
    )
    leave_cyberspace = Uncertainty(
        0.1,
        label="retaliation by other means",
        between=(0, 1),
        plausible=(0.0, 0.2),
        unit=PROBABILITY,
        source=ASSUMED,
        meaning="chance that a retaliation is carried on by other means, which ends the chain here",
        idle=(NO_BLOW, NO_TRACE),
    )
    allies_join = Uncertainty(
        0.0,
        label="allies join in",
        between=(0, 1),
        plausible=(0.0, 0.2),
        unit=PROBABILITY,
        source="0 by default: chains of retaliation have stayed short",
        meaning="chance that an ally joins a retaliation, which doubles it",
        idle=(NO_BLOW, NO_TRACE),
    )
    standing_loss = Uncertainty(
        0.25,
        label="standing lost when named",
        between=(0, 1),
        plausible=(0.1, 0.5),
        unit="share",
        source=ASSUMED,
        meaning="standing lost when named",
        idle=(NO_TRACE,),
    )
    standing_recovery = Uncertainty(
        0.05,
        label="standing regained",
        between=(0, 1),
        plausible=(0.025, 0.1),
        plausible_as="ours: half of it regained within two years, or within half a year",
        unit="share a month",
        source=ASSUMED,
        meaning="lost standing regained in a month",
        idle=({"standing_loss": 0}, NO_TRACE),
    )


class Learning:
    title = "Confidence and norms"

    confidence_start = Uncertainty(
        0.7,
        label="confidence at the start",
        between=(0, 1),
        plausible=(0.5, 0.9),
        unit="share",
        source=ASSUMED,
        meaning="confidence in signatories' compliance at the start",
    )
    confidence_rate = Uncertainty(
        0.1,
        label="pace of confidence",
        between=(0, 1),
        plausible=(0.05, 0.2),
        unit="share a month",
        source=ASSUMED,
        meaning="how fast confidence moves to what is observed",
    )
    bayesian_learning = Uncertainty(
        0,
        label="observers allow for the unseen",
        between=(0, 1),
        plausible=(0, 1),
        plausible_as="ours: either",
        whole=True,
        unit="0 or 1",
        source="0: people take what they see for what there is",
        meaning="whether observers allow for what attribution misses (1) or not (0)",
        idle=({"confidence_rate": 0},),
    )
    norm_rate = Uncertainty(
        0.02,
        label="pace of norms",
        between=(0, 1),
        plausible=(0.01, 0.04),
        unit="share a month",
        source=ASSUMED,
        meaning="how fast keeping the code turns it into a norm",
    )
    norm_erosion = Uncertainty(
        0.03,
        label="erosion of norms",
        between=(0, 1),
        plausible=(0.015, 0.06),
        unit="share a month",
        source=ASSUMED,
        meaning="how fast a norm erodes when peers get away with breaking it",
        idle=({"norm_rate": 0},),
    )
    norm_outsiders = Uncertainty(
        0.25,
        label="norms of outsiders",
        between=(0, 1),
        plausible=(0.0, 0.5),
        unit="multiple",
        source=ASSUMED,
        meaning="pace of both among those who have not signed",
        idle=({"norm_rate": 0},),
    )
