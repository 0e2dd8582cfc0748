"""The facts of one world: the tables that ship, or a user's own in place of some of them, checked
against each other.

A table of one's own is the whole of it. The register of the Paris Call is none of these tables:
weights are fitted to it, whatever the world.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.errors import InputError, nearest
from sim.facts import shipped
from sim.facts.columns import MEMBERSHIPS, NGO_TYPES, SECTORS, TABLES
from sim.facts.other_names import OTHER_NAMES, spelling
from sim.facts.table import FilledTable, Row, fill_empty_cells
from sim.reading import literal

if TYPE_CHECKING:
    import pandas as pd

UNION = "EU"  # makes statements for its members, and is not a stakeholder
EVERY = "every "  # begins "every firm", by which an event means a kind
POTENTIAL = re.compile(
    r"(firm|ngo) ([A-Z]{3})-(\d{3,})"
)  # an organisation without a name, as in "firm DEU-017"
FEWEST_STATES = 2


@dataclass(frozen=True)
class Position:
    """A public statement: who made it (iso3, a name of organisations.csv, or EU), when, its content
    in our words, and where it can be read.
    """

    who: str
    date: date
    said: str
    source: str
    url: str

    def as_json(self) -> dict[str, Any]:
        """The statement as `parley explain --json` writes it."""
        return asdict(self)


class OrganisationReport(NamedTuple):
    """What a report says of a firm or NGO: the last day on which it had not joined the Paris Call,
    and the first on which it had, each None where no report says so; who reports it, and where it
    can be read.
    """

    name: str
    not_yet_on: date | None
    signed_by: date | None
    source: str
    url: str


class Registration(NamedTuple):
    """What is known of a stakeholder's joining the Paris Call: the day *by* which it had joined,
    None where it is not known to have; *after*: the last day on which it is known not to have, None
    where that is unknown; whether it joined at the launch; source and url: who reports it, of
    organisations, and where.
    """

    by: date | None
    after: date | None
    at_launch: bool = False
    source: str = ""
    url: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether it joined on that day, or not long before it. Others may have joined at the
        launch.
        """
        return self.by is not None and (self.at_launch or self.after is not None)


@dataclass(frozen=True)
class Facts:
    """The tables of a world. `own` holds those that replace shipped ones, `label` is what a
    manifest calls it, `labels` what messages call the tables of one's own. Equal are those with the
    same rows.
    """

    label: str = field(default="shipped", compare=False)
    own: Mapping[str, tuple[Row, ...]] = field(default_factory=dict, repr=False)
    labels: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __reduce__(self) -> tuple[Any, ...]:
        return Facts, (self.label, self.own, self.labels)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables of one's own, in alphabetical order; none where all are those
        that ship.
        """
        return tuple(sorted(self.own))

    def rows_of(self, table: str) -> tuple[Row, ...]:
        """The rows of *table*, one of TABLES: typed, empty cells as None. Do not change them."""
        return self.own[table] if table in self.own else shipped.rows_of(table)

    def label_of(self, table: str) -> str:
        """The name of *table* in messages."""
        return self.labels.get(table, shipped.label_of(shipped.path_of(table)))

    def frame_of(self, table: str) -> pd.DataFrame:
        """*table* as it stands in its file, empty cells as missing values; it may be changed and
        given to `parley.run`.
        """
        import pandas as pd

        return pd.DataFrame(
            self.rows_of(table), columns=[column.name for column in TABLES[table].columns]
        )

    def states(self) -> pd.DataFrame:
        """The states: index iso3 in alphabetical order, columns as in states.csv, empty cells
        filled by the rule of `fill_empty_cells`.
        """
        return _frame("states", self._filled_states[0])

    def other_homes(self) -> pd.DataFrame:
        """Homes of firms and NGOs without a seat: index iso3, columns as in other_homes.csv."""
        return _frame("other_homes", self._filled_other_homes[0])

    def filled_cells(self) -> tuple[tuple[str, str], ...]:
        """(iso3, column) of each cell of `states` and `other_homes` for which no source has a
        value.
        """
        return self._filled_states[1] + self._filled_other_homes[1]

    def organisations(self) -> pd.DataFrame:
        """Firms and NGOs known by name, sorted by kind, home and size: columns as in
        organisations.csv.
        """
        import pandas as pd

        return pd.DataFrame(
            self._organisations, columns=[column.name for column in TABLES["organisations"].columns]
        )

    def positions(self) -> tuple[Position, ...]:
        """Public statements of stakeholders, sorted by who and date. They appear beside an
        explanation; no simulation reads them.

        Shipped statements of those who are not in a world of one's own are left out.
        """
        table, is_own = "positions", "positions" in self.own
        speakers = [*self.state_names, *self.organisation_kinds, UNION]
        rows = [
            row for row in self.rows_of(table) if row["who"] in speakers or is_own or not self.own
        ]
        for row in rows:
            if row["who"] not in speakers:
                where = f"{self.label_of(table)}, row {row['who']} {row['date']}, column who"
                expected = f"the iso3 of a state, a name of organisations.csv, or {UNION}"
                raise InputError(
                    f"{where}: found {row['who']!r}, expected"
                    f" {expected}{nearest(row['who'], speakers)}"
                )
        statements = (Position(**row) for row in rows)
        return tuple(sorted(statements, key=lambda position: (position.who, position.date)))

    @cached_property
    def state_names(self) -> Mapping[str, str]:
        """iso3 -> name of each state, in alphabetical order of iso3."""
        return dict(sorted((row["iso3"], row["name"]) for row in self.rows_of("states")))

    @cached_property
    def home_names(self) -> Mapping[str, str]:
        """iso3 -> name of every home: the states, then the homes without a seat."""
        return {
            **self.state_names,
            **{row["iso3"]: row["name"] for row in self.rows_of("other_homes")},
        }

    @cached_property
    def organisation_kinds(self) -> Mapping[str, str]:
        """Name -> kind ("firm" or "ngo") of everybody in organisations.csv."""
        return {row["name"]: row["kind"] for row in self._organisations}

    def members(self, group: str, where: str) -> tuple[str, ...]:
        """iso3 of the states in *group*, a column of states.csv; InputError beginning with *where*
        for another name, or where nobody is in it.
        """
        if not isinstance(group, str) or group not in MEMBERSHIPS:
            expected = f"one of {', '.join(MEMBERSHIPS)}{nearest(group, MEMBERSHIPS)}"
            raise InputError(f"{where}: there is no group {literal(group)}, expected {expected}")
        names = tuple(sorted(row["iso3"] for row in self.rows_of("states") if row[group]))
        if not names:
            raise InputError(
                f"{where}: no state is in the group {group!r}, expected a group with members"
            )
        return names

    def id_of(self, name: str) -> str | None:
        """The id of the stakeholder *name*: a state by iso3 or a name of its, a firm or NGO by
        name, or one such as "firm DEU-017"; None where there is no such stakeholder.
        """
        potential = POTENTIAL.fullmatch(name)
        if potential:
            return name if potential[2] in self.home_names else None
        return self._ids.get(spelling(name))

    def stakeholder(self, name: str, where: str) -> str:
        """As `id_of`; InputError that begins with *where* and has the nearest name where there is
        no such stakeholder.
        """
        who = self.id_of(name) if isinstance(name, str) else None
        if who is None:
            expected = f"{EXPECTED}{self.nearest(name)}"
            raise InputError(
                f"{where}: there is no stakeholder {literal(name)}, expected {expected}"
            )
        return who

    def nearest(self, name: str) -> str:
        """The hint at the stakeholder whose name is closest to *name*."""
        return nearest(
            name, [*self.state_names, *self.state_names.values(), *self.organisation_kinds]
        )

    @cached_property
    def has_registered_states(self) -> bool:
        """Whether all states on the register of the Paris Call are states of this world."""
        return all(row["iso3"] in self.state_names for row in shipped.rows_of("paris_call_states"))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the content of all tables that a simulation reads; line ends do not matter,
        nor, in tables of one's own, the order of rows and columns and how numbers are written.
        """
        digest = hashlib.sha256()
        for table in sorted(name for name, declaration in TABLES.items() if declaration.simulated):
            lines = (
                _canonical(self.own[table])
                if table in self.own
                else shipped.text_of(table).splitlines()
            )
            digest.update("\n".join([table, *lines, ""]).encode())
        return digest.hexdigest()

    def differences(self, other: Facts) -> frozenset[str]:
        """The iso3 of homes and the names of organisations of which these facts say something else
        than *other*.
        """
        if self == other:
            return frozenset()
        return frozenset(
            name
            for table, key in (
                ("states", "iso3"),
                ("other_homes", "iso3"),
                ("organisations", "name"),
            )
            for name in _keys_that_differ(self.rows_of(table), other.rows_of(table), key)
        )

    def check(self) -> None:
        """InputError where the tables do not fit each other."""
        states = self.label_of("states")
        if len(self.state_names) < FEWEST_STATES:
            raise InputError(
                f"{states}: found {len(self.state_names)} state, expected at least {FEWEST_STATES}"
            )
        for row in self.rows_of("other_homes"):
            if row["iso3"] in self.state_names:
                where = f"{self.label_of('other_homes')}, column iso3"
                raise InputError(
                    f"{where}: found {row['iso3']}, expected none that is in states.csv"
                )
        self.filled_cells()
        self._check_names()
        self.positions()

    def _check_names(self) -> None:
        """InputError where two stakeholders answer to one name, or where a name means something
        else.
        """
        names = {iso3.casefold(): iso3 for iso3 in self.state_names}
        for table, ids in (
            ("states", self.state_names),
            ("organisations", {name: name for name in self._names}),
        ):
            for who, name in ids.items():
                where = f"{self.label_of(table)}, row {who}, column name"
                if names.setdefault(name.casefold(), who) != who or name == UNION:
                    raise InputError(
                        f"{where}: found {name!r} a second time, expected each name to mean one"
                    )
                if name.startswith(EVERY) or POTENTIAL.fullmatch(name):
                    raise InputError(
                        f"{where}: found {name!r}, expected a name that scenario files do not use"
                    )

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(row["name"] for row in self._organisations)

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """Every `spelling` of a state or of an organisation known by name -> its id; its own name
        goes first.
        """
        ids = {
            spelling(name): iso3 for iso3 in self.state_names for name in OTHER_NAMES.get(iso3, ())
        }
        ids |= {spelling(name): name for name in self.organisation_kinds}
        ids |= {spelling(name): iso3 for iso3, name in self.state_names.items()}
        return ids | {spelling(iso3): iso3 for iso3 in self.state_names}

    @cached_property
    def openness(self) -> dict[str, float]:
        """iso3 -> openness of each state, in [0, 1]: Freedom House's total score of 2017 as a share
        of 100.
        """
        return {
            row["iso3"]: min(1.0, max(0.0, row["freedom_2017"] / 100))
            for row in self._filled_states[0]
        }

    @cached_property
    def _filled_states(self) -> FilledTable:
        return fill_empty_cells(
            self.rows_of("states"), self.rows_of("states"), self.label_of("states")
        )

    @cached_property
    def _filled_other_homes(self) -> FilledTable:
        return fill_empty_cells(
            self.rows_of("other_homes"), self.rows_of("states"), self.label_of("other_homes")
        )

    @cached_property
    def _organisations(self) -> tuple[Row, ...]:
        """The rows of organisations.csv, sorted by kind, home and rank, after the checks that
        concern several cells.
        """
        label = self.label_of("organisations")
        self.check_homes("organisations", self.home_names, "of states.csv or other_homes.csv")
        rows = sorted(
            self.rows_of("organisations"),
            key=lambda row: (row["kind"], row["iso3"], row["size_rank"]),
        )
        for row in rows:
            expected = SECTORS if row["kind"] == "firm" else NGO_TYPES
            if row["sector"] not in expected:
                where = f"{label}, row {row['name']}, column sector"
                raise InputError(
                    f"{where}: found {row['sector']!r}, expected one of {', '.join(expected)}"
                )
        for (kind, iso3), group in groupby(rows, key=lambda row: (row["kind"], row["iso3"])):
            ranks = [row["size_rank"] for row in group]
            if ranks != list(range(1, len(ranks) + 1)):
                where = f"{label}, {kind}s of {iso3}, column size_rank"
                numbers = ", ".join(map(str, ranks))
                raise InputError(
                    f"{where}: found {numbers}, expected each from 1 to {len(ranks)} once"
                )
        return tuple(rows)

    def check_homes(self, table: str, homes: Mapping[str, str], expected: str) -> None:
        """InputError where a row of *table* names a home that is not among *homes*."""
        for row in self.rows_of(table):
            if row["iso3"] not in homes:
                where = f"{self.label_of(table)}, column iso3"
                own = (
                    f"; states of one's own need {table} of their own"
                    if "states" in self.own
                    else ""
                )
                problem = f"there is no home {row['iso3']!r}, expected one {expected}"
                raise InputError(f"{where}: {problem}{own}{nearest(row['iso3'], homes)}")


EXPECTED = "a state (USA), a firm or an NGO of organisations.csv, or one such as 'firm DEU-017'"
SHIPPED = Facts()


def _keys_that_differ(rows: tuple[Row, ...], others: tuple[Row, ...], key: str) -> set[str]:
    here, there = ({row[key]: row for row in each} for each in (rows, others))
    return {name for name in here.keys() | there.keys() if here.get(name) != there.get(name)}


def _canonical(rows: tuple[Row, ...]) -> list[str]:
    """A line for each of *rows*, in their order."""
    return [json.dumps(row, sort_keys=True, default=str) for row in rows]


def _frame(table: str, rows: tuple[Row, ...]) -> pd.DataFrame:
    import pandas as pd

    columns = [column.name for column in TABLES[table].columns]
    return pd.DataFrame(rows, columns=columns).set_index("iso3").sort_index()
