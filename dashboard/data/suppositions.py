"""What a view supposes: all in which it departs from the Paris Call as it was, in plain words, each
with what takes it away again; and the view beside it without any of that, its baseline.

The chips under the top of every page, exports and the brief have their words from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import flask

import sim
from dashboard.data.words import ALL_AMBITIONS, AMBITION, basis_of, branch_words, dial_words
from dashboard.requests import query, reply
from dashboard.view import DRAWS, LENS, SCENARIO, View, split_query, view_of
from sim import number_formats as formats

POSITIONS = {"text_openness": "openness of the text", "text_public_rule": "public rule in the text"}
MOST_DIALS = 3  # each with words of its own; more are counted
MOST_LETTERS = (
    90  # of what the events of a scenario do, in its chip; what is longer, the page lists in full
)


@dataclass(frozen=True)
class Supposition:
    """One thing that a view supposes: its *name* in words, and the parts of the address that *drop*
    takes away: for set, choose and branch a list of names or entries, for any other key an empty
    one. *more* says it at length, where the name counts. *happens*: what happens in a scenario that
    is named, which stands after it. *at_once*: as *more*, with what several changes share said
    once.
    """

    name: str
    drop: Mapping[str, list[str]]
    more: str = ""
    happens: str = ""
    at_once: str = ""

    def __str__(self) -> str:
        return self.more or ": ".join(filter(None, [self.name, self.happens]))

    @property
    def words(self) -> str:
        """As a chip has it, which counts what it cannot name."""
        return self.name if self.more else str(self)

    def as_json(self) -> dict[str, Any]:
        """For assets/suppose.js."""
        return {
            "words": self.words,
            "drop": dict(self.drop),
            "more": self.more,
            "name": self.name,
            "happens": self.happens,
        }


def register(server: flask.Flask) -> None:
    """The route of the chips on *server*."""

    @server.get("/data/suppositions")
    def suppositions() -> flask.Response:
        of_view, _ = split_query(query())
        view = view_of(of_view)
        return reply(
            flask.json.dumps(
                {
                    "suppositions": [each.as_json() for each in suppositions_of(view)],
                    "basis": basis_of(view.variant), "why": sim.why_not_fitted(view.variant),
                    "worlds": view.worlds, "seed": view.seed, "version": sim.__version__,
                }
            )
        )  # fmt: skip


def suppositions_of(view: View) -> list[Supposition]:
    """All that *view* supposes, in the order: scenario, lens, choices, who convenes, who may sign,
    text, dials, branches.
    """
    return [
        *_scenario(view),
        *_choices(view),
        *_convenor(view),
        *_signers(view),
        *_dials(view),
        *_branches(view),
    ]


def supposing(view: View) -> str:
    """All that *view* supposes, in one line for tables and pictures; empty where it supposes
    nothing.
    """
    return "; ".join(map(str, suppositions_of(view)))


def as_it_was(view: View) -> View:
    """The Paris Call as it was, under the lens, the weights and the luck of *view*."""
    return View(lens=view.lens, weights=view.weights, worlds=view.worlds, seed=view.seed)


def baseline_of(view: View) -> View | None:
    """The view without its suppositions: the Paris Call as it was, under the same weights and luck;
    where *view* is of a code with other months, its own scenario as it ships. None where that is
    *view* itself.
    """
    paris = as_it_was(view)
    baseline = paris if _months(paris) == _months(view) else replace(paris, scenario=view.scenario)
    return None if baseline == view else baseline


def without_words(view: View) -> str:
    """What the baseline of *view* is called beside it."""
    baseline = baseline_of(view)
    if baseline is None:
        return ""
    return (
        "the Paris Call as it was" if baseline.scenario == SCENARIO else "without the supposition"
    )


def month_words(view: View, month: int | str) -> str:
    """The month of a round, as November 2018."""
    launch = view.variant.code.launch
    since = 12 * launch.year + launch.month - 1 + int(month)
    return f"{date(since // 12, since % 12 + 1, 1):%B %Y}"


def months_words(view: View, months: Iterable[int | str]) -> str:
    """The month of the first of the rounds *months*, and that of the last where it ends: October
    2019 to December 2019.
    """
    return " to ".join(month_words(view, month) for month in months)


def _months(view: View) -> tuple[date, int, int]:
    return view.variant.code.launch, view.variant.first_round, view.variant.last_round


def _scenario(view: View) -> list[Supposition]:
    parts = []
    if view.scenario != SCENARIO:
        paris = View(lens=view.lens).variant
        unknown = [
            name
            for name in (part.partition(":")[0] for part in view.set)
            if name not in paris.dials
        ]
        chosen = [part.partition(":")[0] for part in view.choose]
        drop = {"scenario": [], "choose": chosen, "set": unknown}
        name = f"scenario “{view.variant.title}”"
        parts.append(Supposition(name, drop, happens=_events(view)))
    if view.lens != LENS:
        parts.append(Supposition(f"weights of the lens {view.lens}", {"lens": []}))
    if view.weights == DRAWS:
        parts.append(Supposition("weights drawn anew in each world", {"weights": []}))
    return parts


def _events(view: View) -> str:
    """What the events of the scenario do, and from when; empty without any, and where they are
    many.
    """
    scenario = replace(view, branch=()).variant  # branches have chips of their own
    names = scenario.facts.home_names
    events = [
        f"from {months_words(view, _months_of(event))}"
        f" {sim.words.event_words(event, names, with_end=False)}"
        for event in scenario.events
    ]
    words = formats.listing(events)
    return words if len(words) <= MOST_LETTERS else ""


def _months_of(event: sim.Event) -> list[int]:
    return [event.round] if event.until is None else [event.round, event.until]


def _choices(view: View) -> list[Supposition]:
    """The answers that are other than those that the scenario ships with."""
    scenario, named = view.variant, {part.partition(":")[0] for part in view.choose}
    parts = []
    for name, choice in scenario.choices.items():
        if name in named and scenario.answers[name] != tuple(choice.default):
            titles = [
                option.title for option in choice.options if option.name in scenario.answers[name]
            ]
            parts.append(Supposition(f"{choice.question} {', '.join(titles)}", {"choose": [name]}))
    return parts


def _convenor(view: View) -> list[Supposition]:
    """Another convenor, and at length what comes of the club and of how the text is read."""
    if not view.convenor:
        return []
    shipped = View(scenario=view.scenario, lens=view.lens, choose=view.choose).variant.code
    code, names = view.variant.code, view.variant.facts.home_names
    if (code.convenor, code.convenor_club) == (shipped.convenor, shipped.convenor_club):
        return []
    before = sim.with_article(names[shipped.convenor]) if shipped.convenor else "nobody"
    words = f"{sim.with_article(names[view.convenor])} convenes instead of {before}"
    more = [words]
    if code.convenor_club != shipped.convenor_club:
        more.append(
            f"with the club {code.convenor_club}"
            if code.convenor_club
            else "with no club to bring along"
        )
    if view.variant.stated is not None:
        read = (
            f"openness {formats.decimal(code.openness)} instead of"
            f" {formats.decimal(view.variant.stated.openness)}"
        )
        more.append(f"the text is read as its own, at {read}")
    return [Supposition(words, {"convenor": []}, ", ".join(more))]


def _signers(view: View) -> list[Supposition]:
    if not view.may_sign:
        return []
    kinds = [sim.KIND_WORDS[kind] for kind in view.variant.code.may_sign]
    return [Supposition(f"only {' and '.join(kinds)} may sign", {"may_sign": []})]


def _dials(view: View) -> list[Supposition]:
    """The levers of the text, then other dials: a few by name, of many how many there are. What all
    provisions are moved to alike is one, as it is one dial of the page.
    """
    before = View(scenario=view.scenario, lens=view.lens, choose=view.choose).variant.settings
    dials = view.variant.dials
    moved: dict[bool, dict[str, str]] = {True: {}, False: {}}  # of the text, or other
    ambitions = {}
    parts = [] if (alike := _all_provisions(view, before)) is None else [alike]
    are_told = {name for each in parts for name in each.drop["set"]}
    for part in view.set:
        name, _, value = part.partition(":")
        if name in are_told:
            continue
        of_text = name in POSITIONS or name.startswith(AMBITION)
        words = POSITIONS.get(name) or dial_words(name)
        provision = ""
        if name.startswith(AMBITION):
            provision = f"“{dials[name].meaning.partition(': ')[2]}”"
            words = f"ambition of {provision}"
        fitted = name in dials and dials[name].role == "fitted"
        was = formats.significant(before[name], 2) if fitted else formats.setting(before[name])
        step = f"{formats.setting(float(value))} instead of {was}"
        moved[of_text][name] = f"{words} {step}"
        if provision:
            ambitions[name] = f"{provision} {step}"
    for of_text, all_ in moved.items():
        if len(all_) > MOST_DIALS:
            words = f"another text, {len(all_)} changes" if of_text else f"{len(all_)} dials moved"
            others = [told for name, told in all_.items() if name not in ambitions]
            at_once = (
                [*others, f"ambition of {', '.join(ambitions.values())}"]
                if of_text and len(ambitions) > 1
                else all_.values()
            )
            parts.append(
                Supposition(
                    words,
                    {"set": list(all_)},
                    more="; ".join(all_.values()),
                    at_once="; ".join(at_once),
                )
            )
        else:
            parts += [Supposition(words, {"set": [name]}) for name, words in all_.items()]
    return parts


def _all_provisions(view: View, before: Mapping[str, float]) -> Supposition | None:
    """The ambition that several provisions are moved to so that all have the same, as one
    supposition: *before* they had what is named beside it, in the mean. None where they differ.
    """
    after = view.variant.settings
    levels, names = (
        ambitions_of(after),
        [part.partition(":")[0] for part in view.set if part.startswith(AMBITION)],
    )
    if len(names) < 2 or len(set(levels)) != 1:
        return None
    earlier = ambitions_of(before)
    mean = round(sum(earlier) / len(earlier), 2)  # as the dial of the page shows it
    words = f"{ALL_AMBITIONS} {formats.setting(levels[0])} instead of {formats.setting(mean)}"
    return Supposition(words, {"set": names})


def ambitions_of(settings: Mapping[str, float]) -> list[float]:
    """The ambition of each provision of a text, by the *settings* of its dials."""
    return [value for name, value in settings.items() if name.startswith(AMBITION)]


def _branches(view: View) -> list[Supposition]:
    parts = []
    for entry in view.branch:
        months, words = branch_words(entry, view.variant.facts.home_names)
        parts.append(Supposition(f"{words} from {months_words(view, months)}", {"branch": [entry]}))
    return parts
