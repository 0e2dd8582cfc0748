"""The tables of the store, version VERSION of their form. Decisions are only ever added, and no id
is given twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from dashboard.classroom.refusals import EXPIRED, ClassError

VERSION = 4
METADATA = MetaData()


def _of_session() -> Column[int]:
    return Column(
        "session", ForeignKey("session.id", ondelete="CASCADE"), nullable=False, index=True
    )


SESSION = Table(
    "session", METADATA,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("secret", Text, nullable=False, unique=True),  # hashed, as are all tokens
    Column("scenario", Text, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("plan", Text, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("rule", Text, nullable=False),  # by which talks adopt a text, where the plan has any
    Column("begun", Float, nullable=False),
    Column("expires", Float, nullable=False),
    Column("step", Integer, nullable=False),
    Column("ends", Float),  # of the step; None where it has no end, or is paused
    Column("left", Float),  # seconds, of a step that is paused
    Column("part", Integer, nullable=False),  # of the debrief
    Column("released", Text, nullable=False),  # seats that the teacher gave to the model, as JSON
    Column("locked", Boolean, nullable=False),  # whether nobody joins any more
    Column("open_until", Float, nullable=False),  # by then more of one address come in at once
    Column("over", Float),  # when the teacher ended it
    Column("version", Integer, nullable=False),  # one more with each change that somebody may see
    sqlite_autoincrement=True,
)  # fmt: skip
STUDENT = Table(
    "student", METADATA,
    Column("id", Integer, primary_key=True),
    _of_session(),
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),  # the name as it is compared
    Column("token", Text, nullable=False, unique=True),
    Column("seat", Text),
    Column("last_seat", Text),
    Column("waits", Boolean, nullable=False),  # until the teacher lets it in
    Column("joined", Float, nullable=False),
    Column("seen", Float, nullable=False),
    UniqueConstraint("session", "number"),
    UniqueConstraint("session", "key"),
    sqlite_autoincrement=True,
)  # fmt: skip
SCREEN = Table(
    "screen", METADATA,
    Column("id", Integer, primary_key=True),
    _of_session(),
    Column("token", Text, nullable=False, unique=True),
    sqlite_autoincrement=True,
)  # fmt: skip
STEP = Table(
    "step", METADATA,
    Column("id", Integer, primary_key=True),
    _of_session(),
    Column("number", Integer, nullable=False),
    Column("at", Float, nullable=False),
    Column("why", Text, nullable=False),
    UniqueConstraint("session", "number"),  # no step is played twice
    sqlite_autoincrement=True,
)  # fmt: skip
DECISION = Table(
    "decision", METADATA,
    Column("id", Integer, primary_key=True),
    _of_session(),
    Column("step", Integer, nullable=False),
    Column("seat", Text),  # None where it is the student's own
    Column("student", Integer, nullable=False),
    Column("value", Text, nullable=False),  # as JSON
    Column("at", Float, nullable=False),
    UniqueConstraint("session", "step", "seat"),
    sqlite_autoincrement=True,
)  # fmt: skip
Index(
    "own_decision", DECISION.c.session, DECISION.c.step, DECISION.c.student,
    unique=True, sqlite_where=DECISION.c.seat.is_(None),
)  # fmt: skip
CONFIRMATION = Table(
    "confirmation", METADATA,
    Column("id", Integer, primary_key=True),
    _of_session(),
    Column("step", Integer, nullable=False),
    Column("seat", Text, nullable=False),
    Column("student", Integer, nullable=False),
    Column("at", Float, nullable=False),
    UniqueConstraint("session", "step", "student"),
    sqlite_autoincrement=True,
)  # fmt: skip
HEADLINE = Table(
    "headline", METADATA,
    Column("id", Integer, primary_key=True),
    _of_session(),
    Column("step", Integer, nullable=False),
    Column("seat", Text, nullable=False),
    Column("student", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Float, nullable=False),
    UniqueConstraint("session", "step", "seat"),
    sqlite_autoincrement=True,
)  # fmt: skip
HAPPENING = Table(
    "happening", METADATA,
    Column("id", Integer, primary_key=True),
    _of_session(),
    Column("step", Integer, nullable=False),
    Column("what", Text, nullable=False),
    Column("at", Float, nullable=False),
    UniqueConstraint("session", "step"),
    sqlite_autoincrement=True,
)  # fmt: skip

SPOILT = "refusal-session-spoilt"  # message


def check_row(of: Table, row: Mapping[Any, Any], prefix: str = "") -> None:
    """ClassError where *row*, whose columns begin with *prefix*, has what no column of the table
    *of* holds: somebody else has written it, or the disk is damaged.
    """
    for column in of.columns:
        name = prefix + column.name
        if name in row:
            is_nothing = row[name] is None and bool(column.nullable)
            check_that(is_nothing or isinstance(row[name], column.type.python_type))


def check_that(holds: bool) -> None:
    """ClassError where it does not hold that what is stored of a session can be."""
    if not holds:
        raise ClassError(EXPIRED, SPOILT)


ONLY_ADDED = """
CREATE TRIGGER IF NOT EXISTS {table}_stands BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'a {table} stands'); END
"""
TRIGGERS = tuple(
    ONLY_ADDED.format(table=table.name) for table in (DECISION, CONFIRMATION, HEADLINE)
)
