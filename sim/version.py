"""The version of this copy of Parley, the only place that says it to the program; and those of what
it is computed with.
"""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

__version__ = "0.3.0"


def made_with() -> dict[str, str]:
    """Versions of Python and of the packages that compute, and the platform."""
    versions = {
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
    }
    for package in ("numpy", "numba", "pandas"):
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "unknown"
    return versions
