"""A view: the scenario, lens, dials, choices, branches, worlds and seed that an address names.

    ?scenario=great-powers-sign&choose=who:USA,CHN&lens=realist&set=monitoring:0.5&branch=12:BRA:signs&worlds=50&seed=3

The position of the text and the ambition of a provision are dials (set=text_openness:0.2,
set=ambition_8:0); may_sign=states,ngos opens the code to those alone, and convenor=CHE has another
state open it. weights=draws gives each world one draw of the weights. A branch may also raise a
capacity (branch=0:KEN:capacity=0.6), or add a rate of attention for three months
(branch=0:KEN:outreach=0.4) or until a round (branch=0:KEN:outreach=0.4,62).

A link holds what differs from the scenario, so the same link shows the same thing to everybody.
Every part is checked, and what one visitor can ask for is bounded.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode

import sim
from dashboard.requests import go_on
from sim import number_formats as formats

KEYS = (
    "scenario",
    "lens",
    "weights",
    "convenor",
    "set",
    "may_sign",
    "choose",
    "branch",
    "worlds",
    "seed",
)
REPEATED = ("set", "choose", "branch")
SCENARIO, LENS, WORLDS, SEED = (
    sim.DEFAULTS["scenario"].page,
    "",
    sim.DEFAULTS["worlds"].page,
    sim.DEFAULTS["seed"].page,
)
DRAWS = "draws"  # of the weights: each world has those of one draw
LONGEST_NAME = 100
MOST_SCALE = 4  # of the population on a page: some 8,000 stakeholders
MOST_WORLDS, MOST_PARTS, MOST_BRANCHES, LONGEST = 200, 60, 12, 4000
SIGNS, STAYS_OUT, APPROACHED = "signs", "stays-out", "approached"
CAPACITY, OUTREACH = "capacity", "outreach"  # as in capacity=0.6
WHERE = "the link"


@dataclass(frozen=True)
class View:
    """What an address names. `set`, `choose` and `branch` hold texts as in the link, in its order;
    `may_sign` and `convenor` (an iso3) are empty where the scenario says who; `weights` is empty,
    or DRAWS. `variant` is the scenario with all that the view changes.
    """

    scenario: str = SCENARIO
    lens: str = LENS
    weights: str = ""
    convenor: str = ""
    set: tuple[str, ...] = ()
    may_sign: str = ""
    choose: tuple[str, ...] = ()
    branch: tuple[str, ...] = ()
    worlds: int = WORLDS
    seed: int = SEED
    variant: sim.Scenario = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "variant", _variant(self))

    def query(self) -> str:
        """The query of the link, without defaults."""
        defaults = View.__dataclass_fields__
        pairs: list[tuple[str, Any]] = []
        for key in KEYS:
            value = getattr(self, key)
            if key in REPEATED:
                pairs += [(key, part) for part in value]
            elif value != defaults[key].default:
                pairs.append((key, value))
        return urlencode(pairs, safe=":,")

    def run(self) -> sim.Run:
        """The view simulated, signing alone; GoneError or BusyError where that serves nobody any
        more.
        """
        return sim.run(
            self.variant, replicates=self.worlds, seed=self.seed, progress=go_on, conduct=False
        )


@functools.lru_cache(maxsize=256)
def view_of(query: str) -> View:
    """The view that *query* describes, without its question mark; InputError, in one sentence,
    where it is none.
    """
    values: dict[str, Any] = {}
    for key, value in keys_and_values(query, WHERE):
        if key not in KEYS:
            raise sim.InputError(
                f"{WHERE}: found the key {key[:40]!r}, expected one of {', '.join(KEYS)}"
            )
        if key in REPEATED:
            values[key] = (*values.get(key, ()), value)
        elif key in values:
            raise sim.InputError(f"{WHERE}: found {key} twice, expected it once")
        else:
            values[key] = value
    for key, low, high in (("worlds", 1, MOST_WORLDS), ("seed", 0, 2**63 - 1)):
        if key in values:
            values[key] = whole(key, values[key], low, high)
    return View(**values)


def split_query(query: str, *keys: str, longest: int = LONGEST) -> tuple[str, dict[str, list[str]]]:
    """The part of *query* that describes a view, and the values of *keys*, which stand beside
    it.
    """
    _check_length(query, longest, WHERE)
    of_view: list[str] = []
    values: dict[str, list[str]] = {key: [] for key in keys}
    for part in query.split("&") if query else ():
        key, _, value = part.partition("=")
        if key in values:
            values[key].append(unquote_plus(value))
        else:
            of_view.append(part)
    return "&".join(of_view), values


def at_most_one(key: str, values: list[str], default: str = "") -> str:
    """The one of *values*, the *default* where there is none; InputError where there are more."""
    if len(values) > 1:
        raise sim.InputError(f"{WHERE}: found {key} twice, expected it once")
    return values[0] if values else default


def view_and_value(query: str, key: str) -> tuple[View, str]:
    """The view that *query* describes, and the one value of *key* beside it; InputError where there
    is not one.
    """
    of_view, values = split_query(query, key)
    if len(values[key]) != 1:
        raise sim.InputError(f"{WHERE}: found {key} {len(values[key])} times, expected it once")
    return view_of(of_view), values[key][0]


def default_beside(view: View) -> View:
    """The default scenario under the lens, the luck and the dials of *view*, as far as it has these
    dials.
    """
    dials = _loaded(SCENARIO).dials
    own = tuple(part for part in view.set if part.partition(":")[0] in dials)
    return View(lens=view.lens, set=own, worlds=view.worlds, seed=view.seed)


def view_and_round(query: str) -> tuple[View, int]:
    """The view that *query* describes, and its `round`, by default the last."""
    of_view, values = split_query(query, "round")
    text = at_most_one("round", values["round"])
    view = view_of(of_view)
    first, last = view.variant.first_round, view.variant.last_round
    return view, whole("round", text, first, last) if values["round"] else last


@functools.lru_cache(
    maxsize=256
)  # one answer asks several times for the view without one of its changes
def _variant(view: View) -> sim.Scenario:
    """The scenario with all that *view* changes of it. Only scenarios that ship can be named."""
    shipped = _shipped()
    if view.scenario not in shipped:
        raise sim.InputError(
            f"{WHERE}: there is no scenario {view.scenario[:40]!r};"
            f" {_hint(view.scenario, shipped, 'the page Simulate lists those that there are')}"
        )
    scenario = _loaded(view.scenario)
    if view.lens:
        if view.lens not in sim.LENSES:
            raise sim.InputError(
                f"{WHERE}: there is no theory {view.lens[:40]!r};"
                f" {_hint(view.lens, sim.LENSES, 'the page Simulate lists those that there are')}"
            )
        scenario = scenario.with_lens(view.lens)
    # before the dials, so that an openness in the link is that of the text as this convenor has it
    if view.convenor:
        scenario = scenario.with_table({"code": {"convenor": view.convenor}}, where=WHERE)
    dials = {name: number_of(name, value) for name, value in pairs_of("set", view.set)}
    for name in dials:
        _check_dial(name, scenario)
    choices = dict(pairs_of("choose", view.choose))
    scenario = scenario.with_changes(set=dials, choices=choices, where=WHERE)
    if len(view.branch) > MOST_BRANCHES:
        raise sim.InputError(
            f"{WHERE}: found {len(view.branch)} branches, expected at most {MOST_BRANCHES}"
        )
    if view.may_sign:
        scenario = scenario.with_table(
            {"code": {"may_sign": view.may_sign.split(",")}}, where=WHERE
        )
    if view.weights:
        if view.weights != DRAWS:
            raise sim.InputError(f"{WHERE}: weights is {view.weights[:40]!r}, expected {DRAWS}")
        scenario = scenario.with_draws()
    for branch in view.branch:
        scenario = scenario.with_changes(events=[event_of(branch, scenario)], where=WHERE)
    _check_scale(scenario.parameters.population_scale, view.worlds)
    return scenario


def _check_scale(scale: float, worlds: int) -> None:
    """InputError for a population that is too large for a page, or for so many worlds of it: work
    and memory grow with both.
    """
    if scale > MOST_SCALE:
        raise sim.InputError(
            f"{WHERE}: population_scale is {formats.setting(scale)}, expected at most {MOST_SCALE}"
            " on a page; larger ones are for `parley run --set`"
        )
    most = int(MOST_WORLDS / scale)
    if worlds > most:
        expected = f"at most {most} with population_scale {formats.setting(scale)}"
        raise sim.InputError(f"{WHERE}: worlds is {worlds}, expected {expected}")


def range_on_pages(dial: Any) -> tuple[float, float]:
    """The least and the most that a view may set *dial* to."""
    low, high = dial.between
    return (low, min(high, MOST_SCALE)) if dial.name == "population_scale" else (low, high)


@functools.cache
def _shipped() -> tuple[str, ...]:
    """The names of the scenarios that ship, which stay as they are while the process lives."""
    return tuple(name for name, _, _ in sim.available())


@functools.cache
def _loaded(name: str) -> sim.Scenario:
    """A scenario that ships; changes are made on copies."""
    return sim.load(name)


def event_of(branch: str, scenario: sim.Scenario) -> dict[str, Any]:
    """12:BRA:signs, 12:BRA,IND:stays-out, 12:BRA,KEN:approached, 12:KEN:capacity=0.6,
    12:KEN:outreach=0.4 or 12:monitoring:0.5 as an event of a scenario file.
    """
    parts = branch.split(":")
    if len(parts) != 3:
        forms = (
            f"ROUND:WHO,…:{SIGNS}, ROUND:WHO,…:{STAYS_OUT}, ROUND:WHO,…:{APPROACHED},"
            f" ROUND:WHO:{CAPACITY}=VALUE, ROUND:WHO,…:{OUTREACH}=RATE or ROUND:DIAL:VALUE"
        )
        raise sim.InputError(f"{WHERE}: branch is {branch[:40]!r}, expected {forms}")
    number = whole("branch", parts[0], scenario.first_round, scenario.last_round)
    who, (action, equals, value) = parts[1].split(","), parts[2].partition("=")
    if action in (SIGNS, STAYS_OUT) and not equals:
        return {"round": number, "who": who, "signs": action == SIGNS}
    if action == APPROACHED and not equals:
        return sim.approach(who, number, scenario.last_round)
    if action == CAPACITY and equals:
        return {"round": number, "who": who, "trait": CAPACITY, "value": number_of(CAPACITY, value)}
    if action == OUTREACH and equals:
        rate, comma, last = value.partition(",")
        event = sim.approach(who, number, scenario.last_round)
        until = (
            whole(f"{OUTREACH} until", last, number, scenario.last_round)
            if comma
            else event["until"]
        )
        return event | {"outreach": number_of(OUTREACH, rate), "until": until}
    if parts[1] not in scenario.dials and not _is_number(parts[2]):
        raise sim.InputError(_unknown_deed(who, parts[2], scenario))
    _check_dial(parts[1], scenario)
    return {"round": number, "dial": parts[1], "value": number_of(parts[1], parts[2])}


def _check_dial(name: str, scenario: sim.Scenario) -> None:
    """InputError, in words for whom has a page and no command line, where *scenario* has no dial
    called *name*.
    """
    if name not in scenario.dials:
        elsewhere = "the page Simulate lists the dials and what each does"
        raise sim.InputError(
            f"{WHERE}: this scenario has no dial {name[:40]!r};"
            f" {_hint(name, scenario.dials, elsewhere)}"
        )


def _hint(name: str, names: Iterable[str], elsewhere: str) -> str:
    """The one of *names* that is close to *name*, else where a visitor finds them all."""
    close = difflib.get_close_matches(name, list(names), n=1)
    return f"did you mean {close[0]!r}?" if close else elsewhere


def _unknown_deed(who: list[str], deed: str, scenario: sim.Scenario) -> str:
    """That the link asks of *who* a *deed* that there is none of, for somebody who has mistyped
    it.
    """
    names = scenario.facts.home_names
    said = formats.listing([sim.with_article(names.get(each, each[:40])) for each in who], 3)
    return (
        f"{WHERE}: it asks that {said} {deed[:40]!r}, expected {SIGNS}, {STAYS_OUT} or"
        f" {APPROACHED}, or one of {CAPACITY} and {OUTREACH} with a value, as in {CAPACITY}=0.6"
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def pairs_of(key: str, parts: Iterable[str]) -> list[tuple[str, str]]:
    """The name and the value in each of *parts*, the values of *key*; InputError where one is none
    or comes twice.
    """
    pairs: list[tuple[str, str]] = []
    for part in parts:
        name, colon, value = part.partition(":")
        if not (name and colon and value) or len(name) > LONGEST_NAME:
            raise sim.InputError(f"{WHERE}: {key} is {part[:40]!r}, expected NAME:VALUE")
        if name in dict(pairs):
            raise sim.InputError(f"{WHERE}: found {key} of {name[:40]} twice, expected it once")
        pairs.append((name, value))
    return pairs


def number_of(name: str, text: str) -> float:
    """The number that *text* is, the value of *name*; InputError where it is none."""
    try:
        if text != text.strip():
            raise ValueError(text)
        return float(text)
    except ValueError:
        raise sim.InputError(f"{WHERE}: {name[:40]} is {text[:40]!r}, expected a number") from None


def whole(key: str, text: str, low: int, high: int, where: str = WHERE) -> int:
    """The whole number from *low* to *high* that *text* is; InputError that begins with *where*
    otherwise.
    """
    plain = text.removeprefix("-")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 20 and low <= int(text) <= high):
        raise sim.InputError(
            f"{where}: {key} is {text[:40]!r}, expected a whole number from {low} to {high}"
        )
    return int(text)


def keys_and_values(query: str, where: str) -> list[tuple[str, str]]:
    """Each key of *query* with its value, in their order; InputError that begins with *where* for
    anything else.
    """
    _check_length(query, LONGEST, where)
    parts = query.split("&") if query else []
    if len(parts) > MOST_PARTS:
        raise sim.InputError(f"{where}: it has {len(parts)} parts, expected at most {MOST_PARTS}")
    for part in parts:
        if "=" not in part:
            found = unquote_plus(part)[:40]
            raise sim.InputError(
                f"{where}: found {found!r}, expected a key and its value, as in seed=2"
            )
    return parse_qsl(query, keep_blank_values=True)


def _check_length(query: str, longest: int, where: str) -> None:
    if len(query) > longest:
        raise sim.InputError(f"{where}: it has {len(query)} characters, expected at most {longest}")
