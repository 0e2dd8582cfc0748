"""The pages. Each is one module, or a folder whose module `layout` is the page, and offers what
`Page` lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import dash

import sim
from dashboard.cache import Answers, Runs, Store
from dashboard.jobs import Jobs
from dashboard.results import Results
from dashboard.worker import Worker


@dataclass(frozen=True)
class Services:
    """What the routes of all pages share on one server: stores of answers and runs, of conduct,
    which waits in a line of its own, and of the runs beside which it stands; the table of jobs, and
    results of sweeps to show.
    """

    answers: Answers
    runs: Runs
    conduct: Answers
    baselines: Store[sim.Run]
    jobs: Jobs
    worker: Worker
    results: Results


class Page(Protocol):
    """A page: its address, its name in the navigation, what it shows, and its callbacks and routes
    on an app.
    """

    PATH: str
    NAME: str

    def layout(self) -> Any:
        """The components of the page."""

    def register(self, app: dash.Dash, services: Services) -> None:
        """The callbacks of the page on *app*, and its routes on the server of *app*."""
