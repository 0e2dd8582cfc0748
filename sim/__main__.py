"""The entry of the command `parley`, which ends in one sentence from the first moment on, while its
parts load.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import Any

from sim.errors import INTERRUPTED

PARLEY = Path(__file__).resolve().parent.parent


class OwnDashboard(MetaPathFinder):
    """Finds the dashboard beside sim, and never one in the folder where the command starts."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        return PathFinder.find_spec(name, [str(PARLEY)]) if name == "dashboard" else None


def main() -> None:
    """Run the command line."""
    sys.meta_path.insert(0, OwnDashboard())
    try:
        from sim.cli import main as run

        run()
    except KeyboardInterrupt:
        print("parley: interrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
