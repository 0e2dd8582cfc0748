"""What a team reads of the one whom it plays: public facts, and the aims that follow from its
traits. Nothing in it is from after the launch, and no position is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sim
from dashboard.classroom.catalogue import ENGLISH, LANGUAGES, Language, id_of
from dashboard.classroom.refusals import BAD, ClassError
from dashboard.classroom.seats import Seat
from dashboard.data.record import directory


@dataclass(frozen=True)
class Aim:
    """A trait from which an aim follows for whoever has much or little of it: at least *high* or at
    most *low* of its rank in its kind, or of the trait itself where that is `absolute`. The
    catalogue has its sentences.
    """

    trait: str
    high: float = 2 / 3
    low: float = 1 / 3
    absolute: bool = False


FREE, NOT_FREE = 0.7, 0.35  # of Freedom House's total score, about where it draws its lines
OPENNESS = Aim("openness", high=FREE, low=NOT_FREE, absolute=True)
AIMS_OF_STATES = (
    OPENNESS,
    Aim("offence", high=0.9),
    Aim("exposure"),
    Aim("capacity"),
    Aim("audience"),
    Aim("weight", high=0.85),
)
AIMS_OF_ORGANISATIONS = (
    OPENNESS, Aim("public_rule"), Aim("audience", high=0.6, low=0.4, absolute=True), Aim("weight"),
)  # fmt: skip
OF_THE_PRESS = ("press-headline", "press-look", "press-fair")


def language_of(code: object) -> Language:
    """The language of that *code*; ClassError where there is none."""
    if not isinstance(code, str) or code not in LANGUAGES:
        raise ClassError(BAD, "refusal-language", languages=" or ".join(LANGUAGES))
    return LANGUAGES[code]


def text_of(scenario: sim.Scenario, language: Language = ENGLISH) -> list[str]:
    """What signing means in *scenario*, what its text asks for, and who may sign, in a sentence
    each.
    """
    code, say = scenario.code, language.say
    force = say("text-ratified" if scenario.settings["ratification_needed"] else "text-voluntary")
    asks = say("text-between").join(
        language.word(each.short_name) for each in code.provisions if each.ambition > 0
    )
    signers = language.listed([language.word(sim.KIND_WORDS[kind]) for kind in code.may_sign])
    return [
        say("text-promise", code=language.word(code.name), force=force),
        say("text-asks", principles=asks) if asks else say("text-nothing"),
        say("text-signers", signers=f"{signers[0].upper()}{signers[1:]}"),
    ]


def briefing(scenario: sim.Scenario, seat: Seat, language: Language = ENGLISH) -> dict[str, Any]:
    """The briefing of *seat* in *scenario*, in that *language*."""
    about, say = {"name": language.word(seat.name), "kind": seat.kind}, language.say
    if seat.is_press:
        return about | {
            "public": [say("press-readers")],
            "aims": [say(key) for key in OF_THE_PRESS],
            "basis": "",
        }
    people = directory()
    own = people.set_index("id").loc[seat.id]
    wrote = seat.id == scenario.code.convenor
    aims = _aims(people[people["kind"] == seat.kind], own, language)
    return about | {
        "public": [
            *([say("convenor")] if wrote else []),
            *_facts(scenario, seat, own, language),
            *_statements(scenario, seat, language),
        ],
        "aims": [*([say("aim-convenor")] if wrote else []), *aims, say("aim-common")],
        "basis": say("basis-state" if seat.kind == "state" else "basis-organisation"),
    }


def on_a_phone(scenario: sim.Scenario, seat: Seat, language: Language) -> dict[str, Any]:
    """The briefing of *seat* with what the text asks, the words around both, and what else it may
    be read in.
    """
    say, content = language.say, briefing(scenario, seat, language)
    return content | {
        "text": text_of(scenario, language),
        "words": {
            "head": say("briefing-head", name=content["name"]), "read": say("briefing-read"),
            "text": say("card-text"), "public": say("card-public"),
            "aims": say("card-aims-press" if seat.is_press else "card-aims"),
        },
        "others": [
            {"code": other.code, "words": other.say("briefing-in-this-language")}
            for other in LANGUAGES.values() if other != language
        ],
    }  # fmt: skip


def _facts(scenario: sim.Scenario, seat: Seat, own: Any, language: Language) -> list[str]:
    say, count = language.say, sim.number_formats.count
    if seat.kind != "state":
        home = say(f"{seat.kind}-home", home=language.word(scenario.facts.home_names[own["home"]]))
        return [home, *(_trade(scenario, seat, language) if seat.kind == "firm" else [])]
    figures: Any = scenario.facts.states().loc[seat.id]
    groups = [language.word(group) for group in own["memberships"] if ENGLISH.has(id_of(group))]
    return [
        say("state-people", people=language.count(figures["population_m_2017"]),
            online=sim.number_formats.percent(figures["internet_users_pct_2017"] / 100)),
        say("state-freedom", points=count(figures["freedom_2017"])),
        say("state-groups", groups=language.listed(groups)) if groups else say("state-no-groups"),
    ]  # fmt: skip


def _trade(scenario: sim.Scenario, firm: Seat, language: Language) -> list[str]:
    """What the *firm* sells, and to whom."""
    organisations: Any = scenario.facts.organisations().set_index("name")
    row = organisations.loc[firm.id]
    buyers = "firm-public" if row["consumer_facing"] else "firm-firms"
    return [language.say("firm-trade", trade=language.word(row["sector"])), language.say(buyers)]


def _statements(scenario: sim.Scenario, seat: Seat, language: Language) -> list[str]:
    """What it had said in public before the launch."""
    return [
        language.say("said", day=language.day(each.date), words=each.said, source=each.source)
        for each in scenario.facts.positions()
        if each.who == seat.id and each.date < scenario.code.launch
    ]


def _aims(alike: Any, own: Any, language: Language) -> list[str]:
    """The aims that follow from the traits of *own*, of which all *alike* have more or less."""
    of_states, aims = own["kind"] == "state", []
    for aim in AIMS_OF_STATES if of_states else AIMS_OF_ORGANISATIONS:
        value, others = own[aim.trait], alike[aim.trait]
        place = float(
            value if aim.absolute else ((others < value).mean() + (others <= value).mean()) / 2
        )
        if place >= aim.high or place <= aim.low:
            whose, much = (
                "state" if of_states else "organisation",
                "much" if place >= aim.high else "little",
            )
            aims.append(language.say(f"{whose}-{aim.trait}-{much}"))
    return aims
