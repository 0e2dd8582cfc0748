"""Outputs of a run: the columns counted each round, in one table per code and one for the whole
world, and the arrays of Q replicates, C codes, N stakeholders and R rounds that hold them.

The dates of everybody take nine bytes for each in each replicate: two gigabytes in 200 worlds of a
million. Of a scaled population those of the K on record (`PopulationArrays.on_record`) are kept,
and none where nobody reads them.
"""

from __future__ import annotations

from collections import namedtuple
from typing import NamedTuple

import numpy as np

from sim.kinds_and_statuses import GROUPS, KINDS
from sim.struct_of_arrays import struct_of_arrays


def _columns(
    per_kind: tuple[str, ...], per_group: tuple[str, ...], single: tuple[str, ...]
) -> list[str]:
    return [
        *(f"{name}_{kind}" for name in per_kind for kind in KINDS),
        *(f"{name}_{group}" for name in per_group for group in GROUPS),
        *single,
    ]


CODE_COLUMNS = _columns(
    ("signed", "listed", "taken_up", "waiting", "declined", "left"),
    ("acted_against", "members_with_means", "members_keeping", "members_seen_keeping"),
    ("power_share", "offence_share", "confidence", "norm", "ratified", "in_force"),
)
WORLD_COLUMNS = _columns(
    (),
    ("operations", "named", "wrongly_blamed", "lapses", "standing"),
    (
        "traced",
        "strikes",
        "chains",
        "runaway",
        "harm_gross",
        "harm_saved",
        "strike_harm_gross",
        "strike_harm_saved",
        "crime_let_through",
        "harm_by_members",
        "harm_by_others",
        "members_with_means",
        "others_with_means",
    ),
)
CODE = namedtuple("CODE", CODE_COLUMNS)(*range(len(CODE_COLUMNS)))  # type: ignore[misc]
WORLD = namedtuple("WORLD", WORLD_COLUMNS)(*range(len(WORLD_COLUMNS)))  # type: ignore[misc]


@struct_of_arrays
class Output(NamedTuple):
    """What `play` fills."""

    per_code: np.ndarray  # [Q, R, C, code columns]; not filled where it has no rounds
    worldwide: np.ndarray  # [Q, R, world columns], filled where practices take place
    states_signed: (
        np.ndarray
    )  # [Q, R] states that are signatories of the first code after each round; likewise
    taken_up_round: np.ndarray
    signed_round: np.ndarray
    listed_round: np.ndarray
    left_round: np.ndarray  # [Q, C, N or K], arrays.NEVER until it happens
    status: np.ndarray  # [Q, C, N or K]
    members: (
        np.ndarray
    )  # [Q, R, N] BOUND or IN_NAME, 0 for all others, by the first code after each round; likewise
    public: np.ndarray  # [Q, R, N] 1 for those on its public list; likewise
    operations_of: np.ndarray  # [Q, R, N] operations that each undertakes in it; likewise
    practices_of: np.ndarray  # [Q, R, N] practices that each keeps in it; likewise
    undertaken: np.ndarray  # [Q, K] operations of each on record in all rounds; or [Q, 0]
    lapses: np.ndarray  # [Q, K] practices that each neglects from the launch on; likewise


@struct_of_arrays
class Shadow(NamedTuple):
    """Dates of signing from another run, [Q, C, N], or [Q, C, K] of those on record."""

    signed: np.ndarray
    left: np.ndarray


Signatures = namedtuple(
    "Signatures",
    [
        "status",
        "signed_round",
        "left_round",  # [Q, N], of the first code
        "states_signed",  # [Q, R] as in Output
    ],
)

BOUND, IN_NAME = 1, 2  # in earnest; in name only
OF_EVERYBODY = ("members", "public", "operations_of", "practices_of")
NO_SHADOW = Shadow(np.zeros((0, 0, 0), np.int16), np.zeros((0, 0, 0), np.int16))


def empty_output(replicates: int, rounds: int, codes: int, people: int, authors: int = 0) -> Output:
    """Zeroed arrays for so many replicates. What says the same of everybody, or of states alone,
    has no rounds; operations and lapses of so many *authors*, those on record, are counted.
    """

    def dates() -> np.ndarray:
        return np.zeros((replicates, codes, people), np.int16)

    return Output(
        per_code=np.zeros((replicates, rounds, codes, len(CODE_COLUMNS))),
        worldwide=np.zeros((replicates, rounds, len(WORLD_COLUMNS))),
        states_signed=np.zeros((replicates, 0), np.int16),
        taken_up_round=dates(),
        signed_round=dates(),
        listed_round=dates(),
        left_round=dates(),
        status=np.zeros((replicates, codes, people), np.uint8),
        **{name: np.zeros((replicates, 0, 0), np.uint8) for name in OF_EVERYBODY},
        undertaken=np.zeros((replicates, authors), np.uint32),
        lapses=np.zeros((replicates, authors), np.uint32),
    )


def empty_signatures(replicates: int, rounds: int, people: int) -> Signatures:
    """Zeroed arrays for so many replicates."""
    return Signatures(
        status=np.zeros((replicates, people), np.uint8),
        signed_round=np.zeros((replicates, people), np.int16),
        left_round=np.zeros((replicates, people), np.int16),
        states_signed=np.zeros((replicates, rounds), np.int16),
    )


def without_counts(signatures: Signatures) -> Output:
    """An Output that fills *signatures*; of its two tables only the worldwide one has rounds, for
    blows exchanged.
    """
    replicates, rounds = signatures.states_signed.shape
    people = signatures.status.shape[1]
    return empty_output(replicates, rounds, 1, people)._replace(
        per_code=np.zeros((replicates, 0, 1, len(CODE_COLUMNS))),
        states_signed=signatures.states_signed,
        signed_round=signatures.signed_round[:, None],
        left_round=signatures.left_round[:, None],
        status=signatures.status[:, None],
    )
