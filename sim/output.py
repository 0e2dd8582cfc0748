"""Where a run's replicates are written: Q replicates, C codes, N stakeholders, R rounds."""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from sim.tallies import CODE_COLUMNS, WORLD_COLUMNS

Output = namedtuple(
    "Output",
    [
        "per_code",  # [Q, R, C, code columns]
        "worldwide",  # [Q, R, world columns]
        "taken_up_round",
        "signed_round",
        "listed_round",
        "left_round",  # [Q, C, N], state.NEVER until it happens
        "status",  # [Q, C, N]
    ],
)
Shadow = namedtuple("Shadow", ["signed", "left"])  # [Q, C, N]

Signatures = namedtuple(
    "Signatures",
    [
        "status",
        "signed_round",
        "left_round",  # [Q, N], of the one code there is
        "states_signed",  # [Q, R] how many states are signatories when each round is over
    ],
)

NO_SHADOW = Shadow(np.zeros((0, 0, 0), np.int16), np.zeros((0, 0, 0), np.int16))


def empty_output(replicates: int, rounds: int, codes: int, people: int) -> Output:
    """Zeroed arrays for so many replicates."""

    def dates() -> np.ndarray:
        return np.zeros((replicates, codes, people), np.int16)

    return Output(
        per_code=np.zeros((replicates, rounds, codes, len(CODE_COLUMNS))),
        worldwide=np.zeros((replicates, rounds, len(WORLD_COLUMNS))),
        taken_up_round=dates(),
        signed_round=dates(),
        listed_round=dates(),
        left_round=dates(),
        status=np.zeros((replicates, codes, people), np.uint8),
    )


def empty_signatures(replicates: int, rounds: int, people: int) -> Signatures:
    """Zeroed arrays for so many replicates."""
    return Signatures(
        status=np.zeros((replicates, people), np.uint8),
        signed_round=np.zeros((replicates, people), np.int16),
        left_round=np.zeros((replicates, people), np.int16),
        states_signed=np.zeros((replicates, rounds), np.int16),
    )
