"""Where results of long work are kept: in a folder named by all that they depend on but what was asked.

That is the version, the code that computes them (no docstring, no comment) and the data. A changed formula therefore
never finds what another one left, and results of other versions lie where nobody looks for them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sim import facts, fingerprints
from sim.compiled import used_folder
from sim.version import __version__


def result_folder(kind: str, module: str) -> Path:
    """The folder for results of one *kind* that the imported *module* computes with all that it imports of Parley.

    It is removed when nobody has asked for it for a month.
    """
    return used_folder(kind, fingerprints.fingerprint([__version__, fingerprints.of_module(module), _data()]))


@cache
def _data() -> str:
    """The fingerprint of all data and scenarios that are shipped, weights included."""
    paths = sorted(path for ending in ("toml", "csv") for path in facts.SCENARIOS.rglob(f"*.{ending}"))
    return fingerprints.fingerprint(
        part for path in paths for part in (path.name, *path.read_text(encoding="utf-8").splitlines())
    )
