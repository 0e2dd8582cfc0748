"""The entry of the command `parley`, which ends in one sentence from the first moment on, while its
parts load.
"""

from __future__ import annotations

import sys

from sim.errors import INTERRUPTED


def main() -> None:
    """Run the command line."""
    try:
        from dashboard.cli import main as run

        run()
    except KeyboardInterrupt:
        print("parley: interrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
