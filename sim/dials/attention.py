"""When a stakeholder takes the matter up, and when its signature becomes public (docs/odd.md,
section 7.2).
"""

from sim.dials.dial import REGISTER, Fitted, Lever, Uncertainty

RATE = "rate a month"


class Attention:
    title = "Who hears of it"

    state_attention_base = Fitted(
        between=(0, 5), unit=RATE, source=REGISTER, meaning="states' attention at any time",
        label="states' attention at any time",
    )  # fmt: skip
    state_attention_campaign = Fitted(
        between=(0, 5),
        unit=RATE,
        source=REGISTER,
        meaning="added to states' attention before the launch",
        label="states' attention before the launch",
    )
    state_attention_launch = Fitted(
        between=(0, 40),
        unit=RATE,
        source=REGISTER,
        meaning="added to states' attention at the launch",
        label="states' attention at the launch",
    )
    state_attention_launch_decay = Fitted(
        between=(0.05, 10),
        unit="per month",
        source=REGISTER,
        meaning="how fast the launch is forgotten among states",
        label="fading of the launch among states",
    )
    state_attention_anniversary = Fitted(
        between=(0, 40),
        unit=RATE,
        source=REGISTER,
        meaning="added to states' attention at the first anniversary",
        label="states' attention at the anniversary",
    )
    state_attention_anniversary_decay = Fitted(
        between=(0.05, 10), unit="per month", source=REGISTER,
        meaning="how fast the anniversary is forgotten among states",
        label="fading of the anniversary among states",
    )  # fmt: skip

    state_attention_club = Fitted(
        between=(0, 1),
        unit="share",
        source=REGISTER,
        meaning=(
            "how far meeting the convenor in its club stands in for the capacity to take the"
            " matter up"
        ),
        label="states' attention through the convenor's club",
    )

    firm_attention_base = Fitted(
        between=(0, 5), unit=RATE, source=REGISTER, meaning="firms' attention at any time",
        label="firms' attention at any time",
    )  # fmt: skip
    firm_attention_campaign = Fitted(
        between=(0, 5),
        unit=RATE,
        source=REGISTER,
        meaning="added to firms' attention before the launch",
        label="firms' attention before the launch",
    )
    firm_attention_launch = Fitted(
        between=(0, 40),
        unit=RATE,
        source=REGISTER,
        meaning="added to firms' attention at the launch",
        label="firms' attention at the launch",
    )
    firm_attention_launch_decay = Fitted(
        between=(0.05, 10),
        unit="per month",
        source=REGISTER,
        meaning="how fast the launch is forgotten among firms",
        label="fading of the launch among firms",
    )
    firm_attention_anniversary = Fitted(
        between=(0, 40),
        unit=RATE,
        source=REGISTER,
        meaning="added to firms' attention at the first anniversary",
        label="firms' attention at the anniversary",
    )
    firm_attention_anniversary_decay = Fitted(
        between=(0.05, 10), unit="per month", source=REGISTER,
        meaning="how fast the anniversary is forgotten among firms",
        label="fading of the anniversary among firms",
    )  # fmt: skip

    ngo_attention_base = Fitted(
        between=(0, 5), unit=RATE, source=REGISTER, meaning="NGOs' attention at any time",
        label="NGOs' attention at any time",
    )  # fmt: skip
    ngo_attention_campaign = Fitted(
        between=(0, 5),
        unit=RATE,
        source=REGISTER,
        meaning="added to NGOs' attention before the launch",
        label="NGOs' attention before the launch",
    )
    ngo_attention_launch = Fitted(
        between=(0, 40),
        unit=RATE,
        source=REGISTER,
        meaning="added to NGOs' attention at the launch",
        label="NGOs' attention at the launch",
    )
    ngo_attention_launch_decay = Fitted(
        between=(0.05, 10),
        unit="per month",
        source=REGISTER,
        meaning="how fast the launch is forgotten among NGOs",
        label="fading of the launch among NGOs",
    )
    ngo_attention_anniversary = Fitted(
        between=(0, 40),
        unit=RATE,
        source=REGISTER,
        meaning="added to NGOs' attention at the first anniversary",
        label="NGOs' attention at the anniversary",
    )
    ngo_attention_anniversary_decay = Fitted(
        between=(0.05, 10), unit="per month", source=REGISTER,
        meaning="how fast the anniversary is forgotten among NGOs",
        label="fading of the anniversary among NGOs",
    )  # fmt: skip

    state_attention_shock = Uncertainty(
        0.0,
        label="luck in states' attention",
        between=(0, 1),
        plausible=(0.0, 0.1),
        plausible_as="ours: above it the states' intervals are far too wide",
        unit="log points, standard deviation",
        source="0: any shock makes the states' intervals too wide",
        meaning="luck of a whole world in states' attention",
        of_kinds=("state",),
    )
    firm_attention_shock = Uncertainty(
        0.2,
        label="luck in firms' attention",
        between=(0, 1),
        plausible=(0.1, 0.3),
        plausible_as="ours: about what covers the register's totals",
        unit="log points, standard deviation",
        source="chosen for the coverage of the register's totals",
        meaning="luck of a whole world in firms' attention",
        of_kinds=("firm",),
    )
    ngo_attention_shock = Uncertainty(
        0.2,
        label="luck in NGOs' attention",
        between=(0, 1),
        plausible=(0.1, 0.3),
        plausible_as="ours: about what covers the register's totals",
        unit="log points, standard deviation",
        source="chosen for the coverage of the register's totals",
        meaning="luck of a whole world in NGOs' attention",
        of_kinds=("ngo",),
    )
    state_attention_gradient = Uncertainty(
        8.0,
        label="states without means hear less",
        between=(0, 20),
        plausible=(6, 10),
        plausible_as="ours: halved with each tenth of capacity, give or take a quarter",
        unit="log points",
        source=(
            "assumed: the register can hardly tell who was not reached from who was not persuaded"
        ),
        meaning=(
            "how steeply states' attention falls with lacking capacity (7: halved with each tenth)"
        ),
        of_kinds=("state",),
    )
    organisations_attention_gradient = Uncertainty(
        1.2,
        label="firms and NGOs without means hear less",
        between=(0, 20),
        plausible=(0.6, 2.4),
        unit="log points",
        source="assumed: the register lists no organisation that was not reached",
        meaning="how steeply firms' and NGOs' attention falls with lacking capacity",
        of_kinds=("firm", "ngo"),
    )
    attention_scale = Lever(
        1.0,
        label="loudness of the campaign",
        between=(0, 4),
        unit="multiple",
        source="1: the campaign as it was",
        meaning="how much louder the launch, its campaign and its anniversary are than they were",
    )

    firm_backlog_share = Uncertainty(
        0.5,
        label="firms published late",
        between=(0, 1),
        plausible=(0.25, 0.75),
        unit="share",
        source="assumed; the register does not identify it",
        meaning=(
            "share of the firms that signed in rounds 3 to 11 whose names were published in round"
            " 12 only"
        ),
        of_kinds=("firm",),
    )
    ngo_backlog_share = Uncertainty(
        0.43,
        label="NGOs published late",
        between=(0, 1),
        plausible=(0.2, 0.65),
        unit="share",
        source="assumed; the register does not identify it",
        meaning=(
            "share of the NGOs that signed in rounds 3 to 11 whose names were published in round 12"
            " only"
        ),
        of_kinds=("ngo",),
    )
