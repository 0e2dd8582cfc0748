"""Serves the pages at a port until its standard input ends: one process for all workers of a
session, which simulates a view once for all of them.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path

from dashboard import worker
from dashboard.app import create_app
from dashboard.connections import http_server
from dashboard.jobs import Jobs
from dashboard.view import View


def main(port: int) -> None:
    """Begins once the model is compiled, so that no browser waits for that."""
    worker.LOW_PRIORITY = 0  # other tests leave no processor idle, and a job of the lowest waits
    View(worlds=1).run()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(jobs=Jobs(Path(folder))).server
        server = http_server(app, host="127.0.0.1", port=port)
        threading.Thread(target=server.run, daemon=True).start()
        sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]))
