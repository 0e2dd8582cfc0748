"""Other instruments on cyberspace: the text of each as a scenario, and which states joined it,
refused, or were asked.

An instrument is a folder with a scenario.toml, whose table [instrument] says what kind of
instrument it is, and a table of states, members.csv. Texts of nearly the same content, put to
nearly the same states, are of one family.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim import facts
from sim.errors import InputError
from sim.evidence.signers import Signers, state_column
from sim.facts.table import Column, day, one_of, read_table, text, whole
from sim.reading import Section
from sim.scenario import Scenario, load
from sim.scenario.files import other_instruments

FILE = "members.csv"
KEYS = ("kind", "joined_by", "family", "others", "scored")
JOINED, OUTSIDE, NOT_ASKED = 1, 0, -1  # answers

# What each stance means, by the kind of an instrument; of a treaty, by what joins it. An abstention
# is no support.
KINDS = ("declaration", "coalition", "treaty", "vote")
_REFUSED = {"outside": OUTSIDE, "against": OUTSIDE, "abstain": OUTSIDE, "absent": NOT_ASKED}
STANCES: Mapping[str, Mapping[str, int]] = {
    "signature": {"sign": JOINED, "ratify": JOINED, **_REFUSED},
    "ratification": {"ratify": JOINED, "sign": OUTSIDE, **_REFUSED},
    "vote": {"for": JOINED, "against": OUTSIDE, "abstain": OUTSIDE, "absent": NOT_ASKED},
}
OTHERS = {"outside": OUTSIDE, "not asked": NOT_ASKED}


@dataclass(frozen=True, eq=False)
class Instrument:
    """One instrument, and the answer of each of the 193 states.

    name      of its folder
    scenario  its text: launch, convenor, position, depths
    kind      declaration, coalition (one joins by invitation), treaty, or vote (recorded)
    joined_by signature, ratification or vote
    family    texts of one family are left out of a fit together
    scored    whether it is fitted and scored; if not, its notes say why
    members   a row for each state with one in members.csv, by iso3: stance, joined (the day, or
              None), confidence (3 sure, 2 fair, 1 weak), note
    answers   [193] JOINED, OUTSIDE or NOT_ASKED; those asked are its risk set
    """

    name: str
    scenario: Scenario
    kind: str
    joined_by: str
    family: str
    scored: bool
    members: pd.DataFrame
    answers: NDArray[np.int8]

    def __repr__(self) -> str:
        return (
            f"Instrument({self.name}, {self.kind}, {self.joined} of {self.at_risk} states joined)"
        )

    @property
    def at_risk(self) -> int:
        """How many states are in its risk set."""
        return int((self.answers != NOT_ASKED).sum())

    @property
    def joined(self) -> int:
        """How many states joined."""
        return int((self.answers == JOINED).sum())

    @property
    def signers(self) -> Signers:
        """The states that joined, by iso3, with the day where it is known.

        InputError where not every state was asked: who was absent has not refused.
        """
        if self.at_risk < len(self.answers):
            raise InputError(
                f"{self.scenario.name}: found {len(self.answers) - self.at_risk} states that were"
                " not asked, expected all to have been; `parley backtest --instruments` scores it"
                " among those that were"
            )
        have_joined = dict(zip(facts.state_names(), self.answers == JOINED, strict=True))
        days = self.members["joined"].to_dict()
        return {iso3: days[iso3] for iso3, has in have_joined.items() if has}


def members_beside(scenario: Scenario) -> Path | None:
    """The file members.csv in the folder of *scenario*; None where none is, as it is no
    instrument.
    """
    file = None if scenario.path is None else scenario.path.with_name(FILE)
    return file if file is not None and file.is_file() else None


def instruments() -> tuple[Instrument, ...]:
    """All instruments that ship, by the day on which they opened."""
    loaded = [instrument(name) for name in other_instruments()]
    return tuple(sorted(loaded, key=lambda each: (each.scenario.code.launch, each.name)))


def instrument(name_or_path: str | Path) -> Instrument:
    """The shipped instrument of that name, such as "instruments/dfi", or the one in the folder at
    that path.

    InputError, in one sentence, where there is none or its content is wrong.
    """
    scenario = load(name_or_path)
    file = members_beside(scenario)
    if file is None:
        raise InputError(
            f"{scenario.name}: found no {FILE} beside it, expected a table of states and their"
            " stances"
        )
    section = _section(scenario)
    section.only(KEYS)
    kind = section.one_of("kind", KINDS)
    joined_by = _joined_by(section, kind)
    others = section.one_of("others", OTHERS)
    family = section.text("family", scenario.name)
    scored = section.truth("scored", True)
    if "state" not in scenario.code.may_sign:
        raise InputError(
            f"{scenario.name}: states may not sign, expected an instrument that states may join"
        )
    members = read_members(file, joined_by, scenario.code.launch)
    answers = np.full(len(facts.state_names()), OTHERS[others], dtype=np.int8)
    place = {iso3: number for number, iso3 in enumerate(facts.state_names())}
    for iso3, stance in members["stance"].items():
        answers[place[str(iso3)]] = STANCES[joined_by][stance]
    for answer, words in ((JOINED, "joined"), (OUTSIDE, "was asked and did not join")):
        if not (answers == answer).any():
            raise InputError(
                f"{facts.label_of(file)}: found no state that {words}, expected at least one"
            )
    return Instrument(scenario.name, scenario, kind, joined_by, family, scored, members, answers)


def read_members(file: Path, joined_by: str, launch: date) -> pd.DataFrame:
    """The rows of members.csv, by iso3; *joined_by* says which stances there are.

    InputError, naming file, line and column, for a state that is none or comes twice, a stance that
    there is not, a day of joining before the *launch* or of a state that did not join, or a
    confidence other than 1 to 3.
    """
    columns: tuple[Column, ...] = (
        state_column(),
        one_of("stance", *STANCES[joined_by]),
        day("joined", may_be_empty=True),
        whole("confidence", 1, 3),
        replace(text("note"), may_be_empty=True, may_be_absent=True),
    )
    label = facts.label_of(file)
    rows = read_table(file, label, columns, key=("iso3",))
    for line, row in enumerate(rows, start=2):
        joined = row["joined"]
        where = f"{label}, line {line}, column joined: found {joined}"
        if joined is not None and joined < launch:
            raise InputError(f"{where}, expected no day before the launch on {launch}")
        if (
            joined is not None
            and STANCES[joined_by][row["stance"]] != JOINED
            and row["stance"] != "sign"
        ):
            raise InputError(f"{where}, expected an empty cell, as the stance is {row['stance']!r}")
    table = pd.DataFrame(rows).set_index("iso3")
    return table.assign(note=table["note"].fillna("") if "note" in table else "")


def _section(scenario: Scenario) -> Section:
    layer = scenario.layers[-1].section()
    if "instrument" not in layer:
        raise InputError(
            f"{scenario.layers[-1].where}: the table [instrument] is missing, expected kind and"
            " others"
        )
    return layer.section("instrument")


def _joined_by(section: Section, kind: str) -> str:
    """What joins an instrument of this *kind*; only for a treaty does the file say it."""
    if kind == "treaty":
        return section.one_of("joined_by", ("signature", "ratification"))
    if "joined_by" in section:
        raise section.wrong(
            "joined_by", f"no such key, as the kind is {kind!r} and only a treaty has it"
        )
    return "vote" if kind == "vote" else "signature"
