"""The pictures of the classics as records that ship, since some take minutes: `make classics`
writes them anew.

Each lies beside the files of its classic, and holds its checks too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim import facts
from sim.arguments import SEED
from sim.classics.catalogue import description_of
from sim.classics.classic import Replication, classic, classic_values, module_of
from sim.classics.picture import Picture
from sim.reading import json_object
from sim.scenario.files import classics
from sim.version import __version__
from sim.writing import plain

FILE = "picture.json"
EXPECTED = "a record as `make classics` writes it"
REFERENCE = re.compile(r"^\*\*References\.\*\*\s+- (.+?)(?=\n- |\Z)", re.MULTILINE | re.DOTALL)


def classic_pictures() -> list[dict[str, Any]]:
    """Every classic, by name: its name, title, question, claim and reference (the first of its
    notes), its picture, its checks, and the seed, the replicates and the version of Parley that
    they are of.

    InputError, in one sentence, where a record is missing or torn.
    """
    return [
        {**_words(name), **json_object(path, facts.label_of(path), EXPECTED)}
        for name, path in _records()
    ]


def picture_of(name: str, set: Mapping[str, Any] | None = None, *, seed: int = SEED) -> Picture:
    """The picture of the classic called *name* in its own replicates, with these dials *set*, by
    default none.
    """
    description = description_of(name)
    parameters = classic_values(description.name, {} if set is None else set, "picture")
    picture: Picture = module_of(description.name).picture(
        parameters, Replication(seed, description.replicates)
    )
    return picture


def picture_with_words(
    name: str, set: Mapping[str, Any] | None = None, *, seed: int = SEED
) -> dict[str, Any]:
    """The picture of `picture_of`, simulated now, beside the name, the claim and the reference of
    its classic.
    """
    return {**_words(name), "picture": picture_of(name, set, seed=seed).as_json()}


def record_of(name: str) -> dict[str, Any]:
    """What ships of the classic called *name*."""
    result = classic(name)
    return dict(
        plain(
            {
                "picture": picture_of(name).as_json(),
                "checks": list(result.rows()),
                "seed": result.seed,
                "replicates": result.replicates,
                "version": __version__,
            }
        )
    )


def _records() -> Iterator[tuple[str, Path]]:
    for name, file in classics().items():
        yield name, file.with_name(FILE)


def _words(name: str) -> dict[str, str]:
    description = description_of(name)
    match = REFERENCE.search(description.notes)
    reference = " ".join(match[1].split()).replace("*", "") if match else ""
    return {
        "name": name,
        "title": description.title,
        "question": description.question,
        "claim": description.claim,
        "reference": reference,
    }


if __name__ == "__main__":
    for name, path in _records():
        path.write_text(
            json.dumps(record_of(name), ensure_ascii=False, separators=(",", ":")) + "\n",
            encoding="utf-8",
        )
