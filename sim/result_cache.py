"""The cache of results of long work: a folder named by all that they depend on except their
arguments.

That is the version, the code that computes them (without docstrings and comments) and the data. So
a changed formula never reads results of the old one, nor one version those of another.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sim import facts, fingerprints
from sim.cache_folder import used_folder
from sim.version import __version__


def result_folder(kind: str, module: str) -> Path:
    """The folder for results of one *kind* that the imported *module* computes with all that it
    imports of Parley.

    It is removed after a month without use.
    """
    return used_folder(
        kind, fingerprints.fingerprint([__version__, fingerprints.of_module(module), _data()])
    )


@cache
def _data() -> str:
    """The fingerprint of all data and scenarios that are shipped, weights included."""
    paths = sorted(
        path for ending in ("toml", "csv") for path in facts.SCENARIOS.rglob(f"*.{ending}")
    )
    return fingerprints.fingerprint(
        part
        for path in paths
        for part in (path.name, *path.read_text(encoding="utf-8").splitlines())
    )
