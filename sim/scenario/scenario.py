"""A scenario, composed of layers: the files of its base, its own file, then changes. A later layer
overrides an earlier one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sim import facts
from sim.code_of_conduct import Code
from sim.dials import RIVAL_DIALS
from sim.dials.negotiation import DIALS as TALKS_DIALS
from sim.facts import Facts, Ties, read_facts, read_ties
from sim.lenses import LENSES
from sim.parameters import CONDUCT_DIALS, DIALS, Dial, Values, content_of
from sim.reading import Section, check_table, toml_table
from sim.scenario.calendar import EARLIEST_ROUND, LATEST_ROUND
from sim.scenario.choice import Choice, option_names, read_choices, substitute
from sim.scenario.code import (
    OPENNESS,
    Stated,
    as_read,
    check_convenor,
    club_kept,
    content_of_code,
    levers_of_text,
    read_code,
    values_of_levers,
)
from sim.scenario.dials_in_use import Idle, first_dials, why_idle
from sim.scenario.draws import draws_for
from sim.scenario.event import Event, read_events, tables_of
from sim.scenario.extrapolation import WEIGHTS, Unlike, extrapolations
from sim.scenario.parameters import all_values, uncertain_dials, with_parameters
from sim.scenario.rival import RIVAL, Rival, read_rival
from sim.scenario.text_talks import TextTalks, read_text_talks
from sim.scenario.text_weights import common_weights, weights_for
from sim.scenario.weights import (
    FittedWeight,
    fitted_weights,
    hard_to_tell_apart,
    named_weights,
    shipped_weights,
)

KEYS = (
    "base",
    "title",
    "question",
    "first_round",
    "last_round",
    "weights",
    "lens",
    "parameters",
    "code",
    "events",
    "choices",
    "instrument",
    "draws",
    "uncertain",
    "negotiation",
    RIVAL,
)
FIRST_ROUND, LAST_ROUND = -10, 62  # where no layer has others
FULL = "full"  # the lens where no layer has another
LOOK_AT = re.compile(
    r"^\*\*What to look at\.\*\*(.*?)(?=^\*\*|\Z)", re.MULTILINE | re.DOTALL
)  # in notes.md


@dataclass(frozen=True)
class Layer:
    """One file or one set of changes: its name in messages (*where*), the folder where its paths
    start, its table.

    InputError where the table is none, has keys that are no texts, or is nested too deep.
    """

    where: str
    folder: Path
    table: Mapping[str, Any]

    def __post_init__(self) -> None:
        check_table(self.table, self.where)

    def section(self) -> Section:
        """The table of the layer; InputError where it has an unknown key."""
        section = Section(self.table, self.where)
        section.only(KEYS)
        return section

    def without_hindsight(self) -> Layer:
        """The same layer without the events marked as hindsight."""
        events = [
            event.values
            for event in self.section().sections("events")
            if event.values.get("hindsight") is not True
        ]
        return replace(self, table={**self.table, "events": events})


def layer_of(file: Path) -> Layer:
    """The layer in the TOML file *file*; InputError where it is no file, empty, no text, or no
    TOML.
    """
    label = facts.label_of(file)
    return Layer(label, file.parent, toml_table(file, label))


@dataclass(frozen=True, eq=False)
class Scenario:
    """A code, the value of every dial, and events by round, in a run from *first_round* to
    *last_round*, both included.

    `base`: the names of the scenarios that it builds on, the nearest first. `choices` are left to
    the user, and `answers` names the options that hold. `lens` is the theory of its weights, empty
    where the weights are a user's own. `extrapolations` has what of it (its world, text, convenor
    or weights) is unlike the register to which the weights were fitted, and how; it is empty where
    nothing is. `stated` is the openness that its text was given beside an earlier
    convenor, where it is read at another one since. With `draws` each world has the weights of one
    draw (sim/scenario/draws.py). `own_dials` have a value that a file, a lens or a user gave them,
    be it the default one, and are not called uncertain beside it: ranges of conduct hold them.
    `talks` are those over its text, None where it says nothing of any. It is composed of `layers`.
    `facts` are those of its world, and `ties` are given where they are a user's own. `rival` is a
    second code.
    """

    name: str
    title: str
    question: str
    notes: str
    base: tuple[str, ...]
    path: Path | None
    code: Code
    parameters: Values
    events: tuple[Event, ...]
    weights_file: Path
    lens: str
    first_round: int
    last_round: int
    choices: Mapping[str, Choice]
    answers: Mapping[str, tuple[str, ...]]
    layers: tuple[Layer, ...]
    draws: bool
    own_dials: frozenset[str]
    talks: TextTalks | None
    extrapolations: Mapping[str, Unlike]
    stated: Stated | None
    facts: Facts
    ties: Ties | None
    rival: Rival | None = None

    def __repr__(self) -> str:
        weights = self.lens or self.weights_file.name
        rounds = f"rounds {self.first_round} to {self.last_round}"
        own = f", facts {self.facts.label}" if self.facts.own else ""
        return f"Scenario({self.name}, weights {weights}, {rounds}, {len(self.events)} events{own})"

    @property
    def dials(self) -> dict[str, Dial]:
        """Everything that `set` may change, by name: the dials of the model, the levers of the
        text, which are its position and the ambition of each provision, and where there are talks
        over it, or a second code, their dials.
        """
        of_talks, of_rival = TALKS_DIALS if self.talks else {}, RIVAL_DIALS if self.rival else {}
        return {**DIALS, **levers_of_text(self.code), **of_talks, **of_rival}

    @property
    def settings(self) -> dict[str, float]:
        """The value of each of `dials`."""
        of_talks = {name: self.talks.values[name] for name in TALKS_DIALS} if self.talks else {}
        of_rival = self.rival.values if self.rival else {}
        return {**self.parameters, **values_of_levers(self.code), **of_talks, **of_rival}

    @property
    def idle_dials(self) -> dict[str, Idle]:
        """The dials whose moving changes nothing here, to the bit, and why."""
        reasons = {name: why_idle(self, dial) for name, dial in self.dials.items()}
        return {name: why for name, why in reasons.items() if why is not None}

    @property
    def first_dials(self) -> list[str]:
        """The names of the six dials to show first; `ambition` is that of all provisions at
        once.
        """
        return first_dials(self)

    @property
    def open_rival(self) -> Rival | None:
        """The second code where it is open, None where the first is alone."""
        return self.rival if self.rival and self.rival.is_open else None

    @property
    def is_extrapolated(self) -> bool:
        """Whether something is unlike the register of the fit, so that who signs is extrapolated
        from it.
        """
        return bool(self.extrapolations)

    def with_changes(
        self,
        set: Mapping[str, Any] | None = None,
        events: Iterable[Event | Mapping[str, Any]] = (),
        choices: Mapping[str, Any] | None = None,
        where: str = "changes",
    ) -> Scenario:
        """This scenario with other values of `dials` (*set*), more events, as in a scenario file,
        and other options of `choices`. InputError that begins with *where* for whatever does not
        fit.
        """
        tables = tables_of(events, where)
        parameters, answers = {} if set is None else set, {} if choices is None else choices
        check_table(parameters, f"{where}: set")
        check_table(answers, f"{where}: choices")
        change = Layer(where, Path(), {"parameters": parameters, "events": tables})
        if not (parameters or tables or answers):
            return self
        layers = (*self.layers, change) if parameters or tables else self.layers
        return self._recomposed(layers, {**self.answers, **answers}, where)

    def with_table(self, table: Mapping[str, Any], where: str = "changes") -> Scenario:
        """This scenario with one more layer, *table*, in the keys of a scenario file; InputError as
        for a file.
        """
        return self._recomposed((*self.layers, Layer(where, Path(), table)), self.answers, where)

    def with_choices(self, choices: Mapping[str, Any], where: str = "choices") -> Scenario:
        """This scenario with other options: choice -> the name of one, or of several as a list or
        with commas.
        """
        return self.with_changes(choices=choices, where=where)

    def with_lens(self, name: str, where: str = "lens") -> Scenario:
        """This scenario under the weights and dials of the lens *name*; InputError that begins with
        *where* where there is no such lens.
        """
        return self.with_table({"lens": name}, where)

    @property
    def look_at(self) -> str:
        """What its notes say to look at, in plain words; empty where they do not say."""
        part = LOOK_AT.search(self.notes)
        return " ".join(re.sub(r"[*`]", "", part[1]).split()) if part else ""

    @property
    def weights_words(self) -> str:
        """What the worlds' weights are, in words."""
        fitted = "draws of the fitted weights" if self.draws else "the fitted weights"
        return f"{fitted}, some of them set by hand" if WEIGHTS in self.extrapolations else fitted

    def with_draws(self) -> Scenario:
        """This scenario with the weights of one draw in each world."""
        return self.with_table({"draws": True}, "weights")

    @cached_property
    def draws_of_weights(self) -> Mapping[str, Sequence[float]]:
        """Dial -> one value per draw, of the weights that are drawn: none that somebody has set.
        Empty without draws. InputError where the file of draws does not fit.
        """
        if not self.draws:
            return {}
        weights = weights_for(self.code, self.weights_file)
        draws = draws_for(self.code, self.weights_file)
        return {
            dial: values for dial, values in draws.items() if self.parameters[dial] == weights[dial]
        }

    def with_facts(self, facts: Any = None, ties: Any = None) -> Scenario:
        """This scenario in a world of one's own: *facts* as `sim.facts.read_facts` takes them,
        *ties* as `read_ties`; None leaves either as it is. InputError for what does not fit.
        """
        of = self.facts if facts is None else read_facts(facts)
        own = self.ties if ties is None else read_ties(ties, of)
        return compose(
            self.name,
            self.layers,
            self.base,
            self.path,
            self.notes,
            self.answers,
            facts=of,
            ties=own,
        )

    def without_hindsight(self) -> Scenario:
        """This scenario without the events that use knowledge from after the launch, as backtests
        need it.
        """
        return self._recomposed(
            tuple(each.without_hindsight() for each in self.layers), self.answers, "choices"
        )

    def _recomposed(
        self, layers: tuple[Layer, ...], answers: Mapping[str, Any], where: str
    ) -> Scenario:
        return compose(
            self.name,
            layers,
            self.base,
            self.path,
            self.notes,
            answers,
            where,
            facts=self.facts,
            ties=self.ties,
        )

    def fitted(self) -> list[FittedWeight]:
        """The fitted weights as in their file, whatever the values of dials, with their standard
        errors.
        """
        return fitted_weights(self.weights_file, self.lens)

    def common(self) -> list[FittedWeight]:
        """The weights of states, in the same file, that hold for texts of the other side than the
        register's, as they are common to many instruments. None where its lens looks at no text.
        """
        return common_weights(self.weights_file)

    def hard_to_tell_apart(self) -> list[tuple[str, str, float]]:
        """Pairs of fitted weights that the register can hardly tell apart, and the correlation of
        their estimates.
        """
        return hard_to_tell_apart(self.weights_file)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of all that affects a result, the same on every computer: text, dials, events,
        rounds, data.
        """
        own = self.own_dials & CONDUCT_DIALS.keys()
        other = {name for name in CONDUCT_DIALS if self.parameters[name] != DIALS[name].default}
        content = {
            **content_of_code(self.code),
            "parameters": content_of(self.parameters),
            "events": [
                [e.round, e.what, e.who, e.value, e.name, e.earnest, e.until] for e in self.events
            ],
            "rounds": [self.first_round, self.last_round],
            "data": self.facts.sha256,
            **({} if self.ties is None else {"ties": self.ties.sha256}),
            **({"draws": dict(self.draws_of_weights)} if self.draws else {}),
            **({} if own == other else {"own_dials": sorted(own)}),
            **({} if self.talks is None else self.talks.content),
            **({} if self.open_rival is None else {RIVAL: self.open_rival.content}),
        }
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(canonical.encode()).hexdigest()


def compose(
    name: str,
    layers: tuple[Layer, ...],
    base: tuple[str, ...],
    path: Path | None,
    notes: str,
    answers: Mapping[str, Any] | None = None,
    where: str = "choices",
    *,
    facts: Facts | None = None,
    ties: Ties | None = None,
    stated: Stated | None = None,
) -> Scenario:
    """The scenario that *layers* make, a later one overriding an earlier one, with *answers* to its
    choices, in the world of *facts* (None: those that ship) with *ties* (None: those that follow
    from these). *stated* is the openness of its text before it changed its convenor, where the
    layers have it as read since.
    """
    of = read_facts(facts)
    choices: dict[str, Choice] = {}
    for layer in layers:
        choices |= read_choices(layer.section().section("choices"))
    options = option_names(choices, answers or {}, where)
    values = {name: choice.value(options[name]) for name, choice in choices.items()}
    sections = [
        Section(
            {
                k: substitute(v, values, layer.where)
                for k, v in layer.table.items()
                if k != "choices"
            },
            layer.where,
        )
        for layer in layers
    ]

    title = question = ""
    first_round, last_round, lens, weights_file = (
        FIRST_ROUND,
        LAST_ROUND,
        FULL,
        shipped_weights(FULL),
    )
    code: Code | None = None
    author = author_of_club = None  # the convenors beside whom openness and club are stated
    draws = False
    dials: dict[str, float] = {}
    uncertain: set[str] = set()
    for layer, section in zip(layers, sections, strict=True):
        title = section.text("title", title) if title else section.text("title")
        question = section.text("question", question) if question else section.text("question")
        first_round = section.whole("first_round", EARLIEST_ROUND, 0, first_round)
        last_round = section.whole("last_round", 1, LATEST_ROUND, last_round)
        draws = section.truth("draws", draws)
        if "weights" in section:
            lens, weights_file = "", named_weights(section, layer.folder)
        if "lens" in section:
            if "weights" in section:
                raise section.wrong("lens", "either a lens or weights")
            lens, weights_file = (
                section.one_of("lens", LENSES),
                shipped_weights(section.text("lens")),
            )
            dials |= LENSES[lens].dials
            uncertain -= LENSES[lens].dials.keys()
        states = {
            key: code is None or key in section.section("code")
            for key in ("openness", "convenor_club")
        }
        if "code" in section or code is None:
            code = read_code(section.section("code"), code, layer.folder)
        code = with_parameters(section.section("parameters"), code, dials)
        uncertain = uncertain - set(section.section("parameters")) | uncertain_dials(section)
        if states["openness"] or OPENNESS in section.section("parameters"):
            author = code.convenor
        if states["convenor_club"]:
            author_of_club = code.convenor
    assert code is not None
    check_convenor([section.section("code") for section in sections], code, of.state_names)
    if author_of_club != code.convenor:
        code = replace(code, convenor_club=club_kept(code, of))
    read = as_read(code, author, of.openness)
    if read != code and author is not None:
        stated = Stated(code.openness, author)
    code = read
    rival = read_rival(
        sections, [layer.folder for layer in layers], code, (first_round, last_round), of, dials
    )
    fitted = weights_for(code, weights_file)
    parameters = all_values(dials, fitted, weights_file)
    events = _events(sections, code, first_round, last_round, of)
    talks = read_text_talks(sections)
    return Scenario(
        name=name,
        title=title,
        question=question,
        notes=notes,
        base=base,
        path=path,
        code=code,
        parameters=parameters,
        events=events,
        weights_file=weights_file,
        lens=lens,
        first_round=first_round,
        last_round=last_round,
        choices=choices,
        answers=options,
        layers=layers,
        draws=draws,
        own_dials=frozenset(dials) - uncertain,
        talks=talks,
        extrapolations=extrapolations(
            of, code, weights_file, fitted, parameters, events, stated, talks, rival
        ),
        stated=stated,
        facts=of,
        ties=ties,
        rival=rival,
    )


def _events(
    sections: list[Section], code: Code, first_round: int, last_round: int, facts: Facts
) -> tuple[Event, ...]:
    """The events of all layers by round; within a round, those of a later layer come later and so
    override others.
    """
    events: list[Event] = []
    for section in sections:
        events += read_events(section.sections("events"), code, first_round, last_round, facts)
    return tuple(sorted(events, key=lambda event: event.round))
