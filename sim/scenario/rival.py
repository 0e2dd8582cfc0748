"""The second code of a scenario, open beside its own: the table [rival], in the keys of [code], and
its dials.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.code_of_conduct import Code
from sim.dials import RIVAL_DIALS
from sim.dials.dial import Values
from sim.errors import InputError
from sim.facts import Facts
from sim.reading import Section
from sim.scenario.calendar import dates_within, round_within
from sim.scenario.code import as_read, check_convenor, club_kept, content_of_code, read_code
from sim.scenario.draws import draws_for
from sim.scenario.event import Event, read_events
from sim.scenario.text_weights import weights_for

EVENTS = "events"
RIVAL = "rival"  # the table, and what is unlike the register where it is open


@dataclass(frozen=True)
class Rival:
    """A second *code*, the *values* of the dials that say whether it is open and what two codes do
    to each other (sim/dials/rival.py), and the *events* by which somebody signs it, stays out or is
    approached. `own_dials` have a value that a file or a user gave them, be it the default one:
    ranges over assumptions hold them.
    """

    code: Code
    values: Values
    events: tuple[Event, ...]
    own_dials: frozenset[str]

    @property
    def is_open(self) -> bool:
        """Whether it is open for signature; if not, the first code is alone."""
        return self.values.rival_open == 1

    @property
    def content(self) -> dict[str, Any]:
        """All of it that affects a result, for a hash."""
        events = [[e.round, e.what, e.who, e.value, e.earnest, e.until] for e in self.events]
        dials = {"dials": dict(self.values), "own_dials": sorted(self.own_dials)}
        return {**content_of_code(self.code), **dials, "events": events}

    @property
    def plausible_ranges(self) -> dict[str, tuple[float, float]]:
        """Dial -> its plausible range, of what two codes do to each other that nobody has given a
        value.
        """
        dials = {
            name: dial.plausible for name, dial in RIVAL_DIALS.items() if name not in self.own_dials
        }
        return {name: plausible for name, plausible in dials.items() if plausible is not None}

    def own_weights(self, first: Code, weights: Path) -> dict[str, float]:
        """Dial -> the weight that it has for itself, of the fit in the file *weights*: where other
        weights hold for its text than for that of the *first* code. A value that somebody gives to
        such a weight is of the first code alone.
        """
        of_first = weights_for(first, weights)
        return {
            dial: weight
            for dial, weight in weights_for(self.code, weights).items()
            if weight != of_first[dial]
        }

    def own_draws(self, first: Code, weights: Path) -> dict[str, list[float]]:
        """Dial -> one value per draw, of `own_weights`."""
        own = self.own_weights(first, weights)
        return {
            dial: values for dial, values in draws_for(self.code, weights).items() if dial in own
        }


def read_rival(
    sections: Sequence[Section],
    folders: Sequence[Path],
    code: Code,
    rounds: tuple[int, int],
    facts: Facts,
    dials: dict[str, float],
) -> Rival | None:
    """The second code that *sections* describe, those of a scenario's layers, a later one
    overriding an earlier one; None where none has [rival]. Paths start in the layer's of *folders*.
    Its dials are taken out of *dials*.

    InputError where it does not fit, has the name of the first *code*, or opens outside of the
    first and last *rounds*.
    """
    values = {name: dials.pop(name) for name in RIVAL_DIALS if name in dials}
    rival: Code | None = None
    author = author_of_club = None  # the convenors beside whom openness and club are stated
    tables = []
    for section, folder in zip(sections, folders, strict=True):
        for name in RIVAL_DIALS:
            if rival is None and RIVAL not in section and name in section.section("parameters"):
                raise InputError(
                    f"{section.where}: found {name}, expected it only beside a second code,"
                    f" [{RIVAL}]"
                )
        if RIVAL not in section:
            continue
        table = section.section(RIVAL)
        first = rival is None
        rival = read_code(_without_events(table), rival, folder)
        author = rival.convenor if first or "openness" in table else author
        author_of_club = rival.convenor if first or "convenor_club" in table else author_of_club
        tables.append(table)
    if rival is None:
        return None
    check_convenor(tables, rival, facts.state_names)
    _check_beside(tables, rival, code, *rounds)
    if author_of_club != rival.convenor:
        rival = replace(rival, convenor_club=club_kept(rival, facts))
    defaults = {name: dial.default for name, dial in RIVAL_DIALS.items()}
    rival = as_read(rival, author, facts.openness)
    events = _events(tables, replace(rival, launch=code.launch), *rounds, facts)
    return Rival(rival, Values(RIVAL_DIALS, {**defaults, **values}), events, frozenset(values))


def _without_events(table: Section) -> Section:
    return Section(
        {key: value for key, value in table.values.items() if key != EVENTS}, table.file, table.name
    )


def _events(
    tables: Sequence[Section], code: Code, first_round: int, last_round: int, facts: Facts
) -> tuple[Event, ...]:
    """The events of all *tables* by round, in rounds of the first code, whose launch *code* has
    here; those of a later one override others of the round. InputError for a change of a dial or a
    trait, which is of all codes, or for conduct, which is decided for the first.
    """
    events: list[Event] = []
    for table in tables:
        for section in table.sections(EVENTS):
            for key in ("dial", "trait"):
                if key in section:
                    raise section.wrong(
                        key,
                        "signs or outreach, as dials and traits are of both codes: in [[events]]",
                    )
            if "keeps" in section:
                raise section.wrong(
                    "keeps", "signs or outreach, as conduct is of the first code: in [[events]]"
                )
        events += read_events(table.sections(EVENTS), code, first_round, last_round, facts)
    return tuple(sorted(events, key=lambda event: event.round))


def _check_beside(
    tables: Sequence[Section], rival: Code, code: Code, first_round: int, last_round: int
) -> None:
    """InputError, naming the last of *tables* that has the key, where *rival* cannot be open beside
    *code*.
    """
    if rival.name == code.name:
        raise _last(tables, "name").wrong(
            "name", "another name than that of the first code, [code]"
        )
    if round_within(code.launch, rival.launch, first_round, last_round) is None:
        dates = dates_within(code.launch, first_round, last_round)
        raise _last(tables, "launch").wrong(
            "launch", f"a date {dates}, in rounds {first_round} to {last_round}"
        )


def _last(tables: Sequence[Section], key: str) -> Section:
    return next(table for table in reversed(tables) if key in table)
