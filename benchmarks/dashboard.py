"""How long a visitor waits, in a real browser at the real server: medians of several visits, each
beside its bar.

    python -m benchmarks.dashboard
"""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.serving import ROOT, judged, served

VISITS, CHANGES = 5, 7
TURNS = 20_000_000  # of a loop, by which the speed of the computer is told
ASKED = (
    "TUR",
    "VNM",
    "ARG",
    "EGY",
    "SAU",
)  # about each of these the page of a stakeholder is asked once
READY = "USA"  # about whom the answer ships
BY = 13  # the month by which it would sign, at the end of 2019
BARS = {
    "first paint, cold": (0.5, "s"),
    "first chart, cold": (2.5, "s"),
    "first chart, warm": (1.5, "s"),
    "usable, cold": (2.5, "s"),
    "usable, warm": (1.5, "s"),
    "dial to new result, 20 worlds": (0.3, "s"),
    "dial to new result, 50 worlds": (0.6, "s"),
    "what would bring in the USA": (1.5, "s"),
    "what would bring a state in, first answer": (1.5, "s"),
    "what would bring a state in": (3.0, "s"),
    "slider of a text to its first answer": (0.3, "s"),
    "slider of a text to who joins, 20 worlds": (0.6, "s"),
    "frontier, first answer": (3.0, "s"),
    "frontier": (8.0, "s"),
    "frame of playback": (40.0, "ms"),
    "sent, cold": (2.7, "MB"),
    "sent, warm": (60.0, "kB"),
}

# milliseconds between two changes, in which the page tells all of the first, other fits included
PAUSE = 4_000

# Seen from inside the page, when it is on the screen: asked from outside, a busy machine adds half
# a second. When its curves are drawn, when they are there with all they offer, and how long after a
# round began it is on the screen. The task that notes the time comes before all others that wait,
# as a frame is on the screen before what follows it runs.
WATCH = """
  window.painted = then => requestAnimationFrame(() => {
    scheduler.postTask(() => then(performance.now()), {priority: "user-blocking"});
  });
  window.seen = selector => new Promise(done => {
    const look = () =>
      document.querySelector(selector) ? painted(done) : requestAnimationFrame(look);
    look();
  });
  window.frames_taken = [];
  document.addEventListener("parley:round", () => {
    const begun = performance.now();
    painted(now => frames_taken.push(now - begun));
  });
  const look = () => {
    const now = performance.now();
    if (document.querySelector(".is-large :is(.sketch, .trace)")) window.drawn ??= now;
    if (document.querySelectorAll(".graph .point").length >= 39) window.usable = now;
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
"""
SEEN = "async selector => await seen(selector) / 1000"

# From a change to what follows from it on the screen: the curve of the large panel, and who joins
# under a text. There the first worlds answer while the slider moves, and all once it has rested for
# 0.22 s, which are counted.
MOVE = """async value => {
  const begun = performance.now();
  const heard = new Promise(done => document.addEventListener("parley:record", done, {once: true}));
  parley.view.set.monitoring = value;
  parley.ask();
  await heard;
  const changes = {attributeFilter: ["d"], childList: true, subtree: true};
  await new Promise(done => new MutationObserver((_, watcher) => { watcher.disconnect(); done(); })
    .observe(document.querySelector(".is-large"), changes));
  return (await new Promise(painted) - begun) / 1000;
}"""
SLIDE = """async value => {
  const begun = performance.now();
  const since = () => new Promise(painted).then(now => (now - begun) / 1000);
  const answer = document.getElementById("design-answer");
  const state = document.getElementById("design-computing");
  let first = null;
  const shown = new Promise(done => new MutationObserver((_, watcher) => {
    if (state.textContent.startsWith("From ")) first ??= since();
    if (answer.getAttribute("aria-busy") === "false") { watcher.disconnect(); done(); }
  }).observe(answer,
    {attributeFilter: ["aria-busy"], childList: true, characterData: true, subtree: true}));
  const slider = document.querySelector("[data-of=ambition_7]");
  slider.value = value;
  slider.dispatchEvent(new Event("input"));
  await shown;
  return [await first, await since()];
}"""


class Visitor:
    """One browser, as empty as a new one, which counts what it is sent."""

    def __init__(self, browser: Browser) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 1440, "height": 900},
            reduced_motion="reduce",  # nothing plays by itself
        )
        self.page: Page = self.context.new_page()
        self.page.add_init_script(WATCH)
        self.bytes = 0
        heard = self.context.new_cdp_session(self.page)
        heard.send("Network.enable")
        heard.on("Network.loadingFinished", self._count)

    def _count(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def open(self, address: str) -> dict[str, float]:
        """Seconds to the first paint and until the curves are there, and the bytes that it took."""
        self.bytes = 0
        self.page.goto(address)
        self.page.wait_for_function("() => window.usable", timeout=120_000)
        self.page.wait_for_load_state("networkidle")
        paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
        return {
            "paint": self.page.evaluate(paint), "drawn": self.page.evaluate("window.drawn / 1000"),
            "usable": self.page.evaluate("window.usable / 1000"), "bytes": float(self.bytes),
        }  # fmt: skip


def measured(browser: Browser, address: str) -> dict[str, float]:
    """What BARS names, each a median."""
    cold, warm = [], []
    for _ in range(VISITS):
        visitor = Visitor(browser)
        cold.append(visitor.open(address))
        warm.append(visitor.open(address))
        visitor.context.close()
    visitor, changes = Visitor(browser), {}
    for worlds in (50, 20):
        visitor.open(f"{address}?worlds={worlds}")
        moved = []
        for place in range(CHANGES):
            visitor.page.wait_for_timeout(PAUSE)
            moved.append(visitor.page.evaluate(MOVE, round(0.1 + place / 100, 2)))
        changes[f"dial to new result, {worlds} worlds"] = statistics.median(moved)
    visitor.page.evaluate("window.frames_taken.length = 0")
    visitor.page.locator("#play").click()
    visitor.page.wait_for_function(
        "() => document.getElementById('play').textContent === 'Play'", timeout=120_000
    )
    frames = visitor.page.evaluate("window.frames_taken")
    visitor.context.close()

    def median(visits: list[dict[str, float]], what: str) -> float:
        return statistics.median(visit[what] for visit in visits)

    return {
        "first paint, cold": median(cold, "paint"), "first chart, cold": median(cold, "drawn"),
        "first chart, warm": median(warm, "drawn"), "usable, cold": median(cold, "usable"),
        "usable, warm": median(warm, "usable"), **changes,
        "frame of playback": statistics.median(frames), "sent, cold": median(cold, "bytes") / 1e6,
        "sent, warm": median(warm, "bytes") / 1e3,
    }  # fmt: skip


def designed(browser: Browser, address: str) -> dict[str, float]:
    """The same of the page Code designer, from the address to the frontier, and from a slider to
    its answer.
    """
    visitor = Visitor(browser)
    visitor.page.goto(f"{address}designer?worlds=20")
    waits = [
        visitor.page.evaluate(SEEN, there)
        for there in ("#frontier .trace", "#frontier-waiting[hidden]")
    ]
    visitor.page.wait_for_selector("[data-slow=no]", state="attached", timeout=120_000)
    changes = [visitor.page.evaluate(SLIDE, round(0.6 + place / 20, 2)) for place in range(CHANGES)]
    visitor.context.close()
    return {
        "frontier, first answer": waits[0],
        "frontier": waits[1],
        "slider of a text to its first answer": statistics.median(first for first, _ in changes),
        "slider of a text to who joins, 20 worlds": statistics.median(
            whole for _, whole in changes
        ),
    }


def explained(browser: Browser, address: str) -> dict[str, float]:
    """The same of the page of a stakeholder, from the address to the first answer, and to the whole
    one, which of one state ships.
    """
    visitor, waits = Visitor(browser), []
    for who in (READY, *ASKED):
        visitor.page.goto(f"{address}stakeholder?round=0&by={BY}&who={who}")
        waits.append(
            [
                visitor.page.evaluate(SEEN, there)
                for there in ("#answer:not(:empty)", "#turn-state:empty")
            ]
        )
    visitor.context.close()
    (_, ready), *asked = waits
    first, whole = (statistics.median(each) for each in zip(*asked, strict=True))
    return {
        "what would bring in the USA": ready,
        "what would bring a state in, first answer": first,
        "what would bring a state in": whole,
    }


def chromium() -> str:
    """Path of the browser."""
    return subprocess.run(
        [ROOT / ".ci" / "chromium"], capture_output=True, text=True, check=True
    ).stdout.strip()


def speed() -> float:
    """Seconds that a plain loop takes now: what else a computer does makes it two times faster or
    slower, and with it all that is measured.
    """
    begun, total = time.perf_counter(), 0
    for turn in range(TURNS):
        total += turn
    return time.perf_counter() - begun


def main(say: Callable[[str], None] = print) -> None:
    """Serves, visits, and says how long it took, and how fast the computer is before and after."""
    before = speed()
    with served() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        found = (
            measured(browser, address) | designed(browser, address) | explained(browser, address)
        )
        browser.close()
    for what, (bar, unit) in BARS.items():
        say(judged(what, found[what], bar, unit))
    say(
        f"{TURNS // 1_000_000} million turns of a loop took {before:.2f} s before, {speed():.2f} s"
        " after"
    )


if __name__ == "__main__":
    main()
