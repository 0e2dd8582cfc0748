"""The motives of signing, one file each; `MOTIVES` is their order wherever contributions are kept."""

from collections import namedtuple

NAMES = (
    "inclination",
    "affinity",
    "convenor_votes",
    "convenor_club",
    "convenor_bloc",
    "record",
    "peers",
    "home",
    "patron",
    "security",
    "restraint",
    "burden",
)
MOTIVES = namedtuple("MOTIVES", NAMES)(*range(len(NAMES)))
