"""Shared by all tests: the order of files, the server and the browser, outputs of commands, and
evidence.

Modules of sim and dashboard that take long to import are imported by the fixtures that need them,
so that one file of tests starts at once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import refits
from command_outputs import Commands
from hypothesis import settings
from playwright.sync_api import BrowserContext, BrowserType, Page, expect
from ports import free_port
from visits import FEW, PATIENCE, Visit, answer, opened

from sim.scenario import Scenario, load
from sim.scenario.weights import read_weights, shipped_weights

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from sim.evidence.organisations import OrganisationEvidence
    from sim.evidence.register import Register
    from sim.evidence.states import StateEvidence

ROOT = Path(__file__).resolve().parent.parent

# The same examples every time, so that a test fails for its author and not for the next person. A
# first call compiles, so there is no deadline.
settings.register_profile("parley", derandomize=True, deadline=None)
settings.load_profile("parley")

expect.set_options(timeout=PATIENCE)

# A runner in the background may ignore interruptions, and processes started by a test would inherit
# that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _chromium() -> str:
    """Path of the Chromium to drive; empty where there is none."""
    if os.name == "nt":
        return os.environ.get("CHROMIUM", "")
    finder = ROOT / ".ci" / "chromium"
    return subprocess.run([finder], capture_output=True, text=True, check=False).stdout.strip()


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds sim/, scenarios/ and dashboard/."""
    return ROOT


@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Commands:
    """The outputs of commands, which all workers of a session share."""
    folder = tmp_path_factory.getbasetemp()
    return Commands((folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "commands")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """A client of a server of one's own, without a network."""
    from dashboard.app import create_app

    return create_app().server.test_client()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the browser: the system's Chromium, never a downloaded one."""
    chromium = _chromium()
    assert chromium, "there is no Chromium"
    return {"executable_path": chromium, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def profile(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[BrowserContext]:
    """A browser with a profile on the disk, as a visitor's, where it keeps files and compiled
    scripts: a page after the second takes half of the time.
    """
    with TemporaryDirectory(prefix="parley-profile-") as folder:
        context = browser_type.launch_persistent_context(folder, **browser_type_launch_args)
        context.set_default_timeout(PATIENCE)
        yield context
        context.close()


@pytest.fixture
def page(profile: BrowserContext, address: str) -> Iterator[Page]:
    """A page that remembers nothing of any other, neither a choice nor a permission."""
    others = set(profile.pages)  # of tests that share a visit
    page = profile.new_page()
    yield page
    storage = {"origin": address, "storageTypes": "cookies,local_storage,indexeddb"}
    profile.new_cdp_session(page).send("Storage.clearDataForOrigin", storage)
    profile.clear_permissions()
    for each in set(profile.pages) - others:
        each.close()


@pytest.fixture
def open_page(page: Page, address: str) -> Iterator[Callable[..., Visit]]:
    """Opens the page at a path; until the test ends nothing may go wrong there or leave the
    host.
    """
    visits: list[Visit] = []

    def visit(
        path: str = "", scheme: str = "light", width: int = 1440, motion: str = "reduce"
    ) -> Visit:
        visits.append(Visit(page, address, path, scheme, width, motion))
        return visits[-1]

    yield visit
    assert [problem for visit in visits for problem in visit.wrong] == []


@pytest.fixture(scope="session")
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the pages, which one process serves for all workers of the session."""
    shared = getattr(request.config, "workerinput", {}).get("port")
    server = None if shared else _server_of_pages()
    port = shared or server.args[-1]
    url = f"http://127.0.0.1:{port}/"
    until = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            answer(url, "health").close()
            break
        except OSError:
            assert time.monotonic() < until, "the pages are not served"
            time.sleep(0.1)
    yield url
    if server is not None:
        server.communicate()


def _server_of_pages() -> subprocess.Popen[bytes]:
    """A process that serves the pages, at the port that is its last argument."""
    script = ROOT / "tests" / "server_of_pages.py"
    command = [sys.executable, str(script), str(free_port())]
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": paths.rstrip(os.pathsep)}
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, env=environment)


@pytest.fixture(scope="module")
def visit(profile: BrowserContext, address: str) -> Iterator[Visit]:
    """The first page, opened once for the tests that follow, which run in this order."""
    with opened(profile, address, f"?{FEW}") as visit:
        expect(visit.page.locator("#story")).to_contain_text("The simulation ends")
        yield visit


class Failures:
    """Names a test at once when it fails, since a session may be ended before its summary."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")  # workers have none
        if report.failed and terminal is not None:
            terminal.write_line(f"{report.when} failed: {report.nodeid}")


def pytest_configure(config: pytest.Config) -> None:
    """Ignores a warning about a fixture of pytest-playwright."""
    config.addinivalue_line(
        "filterwarnings", "ignore:Session-scoped fixtures defined as instance methods"
    )
    config.pluginmanager.register(Failures(config))


SERVER = pytest.StashKey[subprocess.Popen[bytes]]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compiles the model, and starts the server of the pages, once for all workers."""
    if getattr(session.config.option, "numprocesses", None):  # a worker has no workers of its own
        subprocess.run(
            [sys.executable, "-c", "import sim; sim.run(replicates=1)"], cwd=ROOT, check=True
        )
        session.config.stash[SERVER] = _server_of_pages()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tells a worker the port of the server."""
    node.workerinput["port"] = node.config.stash[SERVER].args[-1]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Ends the server of the pages; notes with which inputs all fits have passed."""
    config = session.config
    if SERVER in config.stash:
        config.stash[SERVER].communicate()
    is_worker = hasattr(config, "workerinput")
    if config.getoption("--refits") and exitstatus == pytest.ExitCode.OK and not is_worker:
        refits.NOTE.write_text(f"{refits.hash_of_inputs()}\n", encoding="utf-8")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the fits where what they rest on is what they last passed with.

    Puts the files with most browser tests first, since they take longest and several workers share
    the files. Skips the browser tests where there is no Chromium; under CI=true they run, and fail.
    """
    fits = [item for item in items if item.get_closest_marker("refit")]
    if fits and not config.getoption("--refits"):
        noted = refits.NOTE.read_text(encoding="utf-8").strip() if refits.NOTE.exists() else ""
        if noted == refits.hash_of_inputs():
            items[:] = [item for item in items if item not in fits]
            config.hook.pytest_deselected(items=fits)
    in_browser = Counter(item.path for item in items if item.get_closest_marker("browser"))
    items.sort(key=lambda item: -in_browser[item.path])
    if in_browser and not _chromium() and os.environ.get("CI") != "true":
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="there is no Chromium"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of `make golden` and `make refits`."""
    parser.addoption("--refresh-golden", action="store_true", help="write the golden records anew")
    parser.addoption("--refits", action="store_true", help="run all fits, and note their inputs")


@pytest.fixture
def refresh_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the golden records are to be written anew."""
    return bool(request.config.getoption("--refresh-golden"))


@pytest.fixture(scope="session")
def paris_call() -> Scenario:
    """The default scenario without hindsight, as backtests use it."""
    return load("paris-call-2018").without_hindsight()


@pytest.fixture(scope="session")
def full_register(paris_call: Scenario) -> Register:
    """All of the register, in rounds."""
    from sim.evidence.register import register

    return register(paris_call)


@pytest.fixture(scope="session")
def states(paris_call: Scenario, full_register: Register) -> StateEvidence:
    """The data of the fit of states."""
    from sim.evidence.states import state_evidence

    return state_evidence(paris_call, full_register)


@pytest.fixture(scope="session")
def weights() -> dict[str, float]:
    """The weights that ship."""
    return read_weights(shipped_weights("full"))


@pytest.fixture(scope="session", params=["firm", "ngo"])
def organisations(
    request: pytest.FixtureRequest,
    paris_call: Scenario,
    full_register: Register,
    weights: dict[str, float],
) -> OrganisationEvidence:
    """The data of the fit of firms, and of NGOs."""
    from sim.evidence.organisations import organisation_evidence

    return organisation_evidence(
        request.param, paris_call, full_register, weights["capacity_wealth_share"]
    )
