"""What a team reads of the one whom it plays: public facts, and the aims that follow from its traits. Nothing in it is
from after the launch, and no position is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sim
from dashboard.classroom.seats import Seat
from dashboard.data.record import directory


@dataclass(frozen=True)
class Aim:
    """What follows for whoever has *much* or *little* of a trait: at least *high* or at most *low* of its rank in its
    kind, or of the trait itself where that is `absolute`.
    """

    trait: str
    much: str
    little: str
    high: float = 2 / 3
    low: float = 1 / 3
    absolute: bool = False


FREE, NOT_FREE = 0.7, 0.35  # of Freedom House's total score, about where it draws its lines

PRESS = {
    "public": ["You write for readers who have little time and who do not know the text."],
    "aims": [
        "Say in one headline what has happened, and what it means.",
        "Look for what others would rather not read: who stays out, who has left, and who is missing.",
        "Be fair: a headline that is not true costs you your readers.",
    ],
    "basis": "",
}
AIMS_OF_STATES = (
    Aim("openness", "The text asks for an open Internet, as you do at home: that speaks for it.",
        "The text asks for more openness than you want at home: look at what it would commit you to.",
        high=FREE, low=NOT_FREE, absolute=True),
    Aim("offence", "You have more to hold back than most, so the text asks more restraint of you than of others.",
        "You have little of your own to give up: restraint of the others serves you.", high=0.9),
    Aim("exposure", "Much of your life is online: attacks would hurt you, so you want others to hold back.",
        "Little of your life is online yet: attacks elsewhere hurt you less."),
    Aim("capacity", "You have the people to keep what the text asks for.",
        "You have few people for such matters: count what keeping the text would cost you."),
    Aim("audience", "Your public looks closely at what you sign, and whether you keep it.",
        "Few hold you to account in public for what you sign."),
    Aim("weight", "Others look at what you do: if you sign or stay out, some will follow.",
        "Alone you move little: look at what the large ones and your friends do.", high=0.85),
)  # fmt: skip
AIMS_OF_ORGANISATIONS = (
    Aim("openness", "You work from a country with an open Internet, and the text asks for one: that speaks for it.",
        "You work from a country that controls its Internet: ask what it would say to your signature.",
        high=FREE, low=NOT_FREE, absolute=True),
    Aim("public_rule", "Rules that states make would suit you: ask whether the text goes far enough.",
        "You would rather set your own rules than be given some: a text that all sign freely suits you."),
    Aim("audience", "Many people know your name: they look at what you sign, and whether you keep it.",
        "Few people outside of your trade look at what you sign.", high=0.6, low=0.4, absolute=True),
    Aim("weight", "You are one of the large ones: if you sign or stay out, some will follow.",
        "Alone you move little: look at what the large ones do."),
)  # fmt: skip
OF_THE_CONVENOR = "You have written the text and open it: each signature makes it worth more to you."
IN_COMMON = "Ask what you gain if many sign, and what you risk if you sign and others do not keep it."
BASIS_OF_STATES = (
    "The figures are public. The aims follow from the traits that the model computes from such figures, where these "
    "are high or low."
)
BASIS_OF_ORGANISATIONS = (
    "The aims follow from traits that are assumed: those of its home country and of its trade or type. Nobody has "
    "measured them for it alone."
)
OF_STATES = {
    "eu": "the European Union", "nato": "NATO", "oecd": "the OECD", "council_of_europe": "the Council of Europe",
    "francophonie": "the Francophonie", "commonwealth": "the Commonwealth", "african_union": "the African Union",
    "oas": "the Organization of American States", "asean": "ASEAN",
    "sco": "the Shanghai Cooperation Organisation", "csto": "the Collective Security Treaty Organization",
    "cis": "the Commonwealth of Independent States", "brics": "BRICS", "g7": "the G7", "g20": "the G20",
    "five_eyes": "the Five Eyes", "freedom_online_coalition": "the Freedom Online Coalition",
    "budapest_party": "the Budapest Convention on cybercrime",
}  # fmt: skip


def text_of(scenario: sim.Scenario) -> list[str]:
    """What signing means in *scenario*, what its text asks for, and who may sign, in a sentence each."""
    code = scenario.code
    if scenario.settings["ratification_needed"]:
        force = "A state that signs has to ratify it before it is bound by law."
    else:
        force = "It is a promise before everybody: no law obliges whoever signs, and no court asks."
    asks = "; ".join(each.short_name for each in code.provisions if each.ambition > 0)
    signers = _listing([sim.KIND_WORDS[kind] for kind in code.may_sign])
    return [
        f"Whoever signs the {code.name} says in public that it will keep to it. {force}",
        f"Its principles: {asks}." if asks else "It asks for nothing in particular.",
        f"{signers[0].upper()}{signers[1:]} may sign, each for itself.",
    ]


def briefing(scenario: sim.Scenario, seat: Seat) -> dict[str, Any]:
    """The briefing of *seat* in *scenario*."""
    about = {"name": seat.name, "kind": seat.kind}
    if seat.is_press:
        return about | PRESS
    people = directory()
    own = people.set_index("id").loc[seat.id]
    of_the_convenor = [OF_THE_CONVENOR] if seat.id == scenario.code.convenor else []
    return about | {
        "public": [*_facts(scenario, seat, own), *_statements(scenario, seat)],
        "aims": [*of_the_convenor, *_aims(people[people["kind"] == seat.kind], own), IN_COMMON],
        "basis": BASIS_OF_STATES if seat.kind == "state" else BASIS_OF_ORGANISATIONS,
    }


def _facts(scenario: sim.Scenario, seat: Seat, own: Any) -> list[str]:
    homes = scenario.facts.home_names
    count, percent = sim.number_formats.count, sim.number_formats.percent
    if seat.kind == "state":
        figures: Any = scenario.facts.states().loc[seat.id]
        groups = [OF_STATES[group] for group in own["memberships"] if group in OF_STATES]
        return [
            f"In 2017 it had {count(figures['population_m_2017'])} million people, of whom "
            f"{percent(figures['internet_users_pct_2017'] / 100)} were online.",
            f"Freedom House gave it {count(figures['freedom_2017'])} points of 100 for the freedom of its people.",
            f"It belongs to {_listing(groups)}." if groups else "It belongs to none of the large alliances.",
        ]
    sort = "a firm" if seat.kind == "firm" else "a non-governmental organisation"
    return [f"It is {sort}. Its home: {homes[own['home']]}."]


def _statements(scenario: sim.Scenario, seat: Seat) -> list[str]:
    """What it had said in public before the launch."""
    launch, day = scenario.code.launch, sim.number_formats.day
    return [
        f"On {day(each.date)}: {each.said} ({each.source})"
        for each in scenario.facts.positions() if each.who == seat.id and each.date < launch
    ]  # fmt: skip


def _aims(alike: Any, own: Any) -> list[str]:
    """The aims that follow from the traits of *own*, of which all *alike* have more or less."""
    aims = []
    for aim in AIMS_OF_STATES if own["kind"] == "state" else AIMS_OF_ORGANISATIONS:
        value, others = own[aim.trait], alike[aim.trait]
        place = float(value if aim.absolute else ((others < value).mean() + (others <= value).mean()) / 2)
        if place >= aim.high or place <= aim.low:
            aims.append(aim.much if place >= aim.high else aim.little)
    return aims


def _listing(words: list[str]) -> str:
    return " and ".join([*([", ".join(words[:-1])] if len(words) > 1 else []), words[-1]])
