"""What is counted each round, and where: two tables, one per code and one for the whole world."""

from __future__ import annotations

from collections import namedtuple

KINDS = ("state", "firm", "ngo")
GROUPS = ("state_high", "state_middle", "state_low", "firm", "ngo")


def _columns(per_kind: tuple[str, ...], per_group: tuple[str, ...], single: tuple[str, ...]) -> list[str]:
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
