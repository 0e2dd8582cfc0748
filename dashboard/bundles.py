"""What a browser loads once: the bundles of the libraries, and all scripts and all styles of
`dashboard/assets` as one file each, since a browser asks for six files at a time, and a first visit
would wait for eighty.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable
from pathlib import Path

import flask
from cachetools import LRUCache

ASSETS, OWN = Path(__file__).parent / "assets", "/assets/bundle."
TYPES = {"js": "text/javascript", "css": "text/css"}
TAGS = {"js": '<script src="{}"></script>', "css": '<link rel="stylesheet" href="{}">'}

BUNDLES = ("/_dash-component-suites/", OWN)  # how their addresses begin
LATE_BUNDLES = (
    "/_dash-component-suites/plotly/package_data/plotly.min.js",
)  # which scripts load, not the frame
MOST_BUNDLES = 32  # more than there are; addresses can be made up


class CompressedBundles:
    """Compressed bundles by encoding and address, at most MOST_BUNDLES: four megabytes, which take
    0.3 s of processor time to compress.
    """

    def __init__(self) -> None:
        self._kept: LRUCache[str, bytes] = LRUCache(MOST_BUNDLES)
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """The content of *key* where it is kept."""
        with self._lock:
            return self._kept.get(key)

    def set(self, key: str, content: bytes) -> None:
        """Keeps *content* if *key* names a bundle."""
        if key.partition(";")[2].startswith(BUNDLES):
            with self._lock:
                self._kept[key] = content

    def __len__(self) -> int:
        return len(self._kept)


def all_assets(ending: str) -> bytes:
    """The assets with that *ending* (js or css) in the order of their names, each under its
    name.
    """
    parts = [
        f"/* {file.name} */\n{file.read_text(encoding='utf-8')}"
        for file in sorted(ASSETS.glob(f"*.{ending}"))
    ]
    return "\n".join(parts).encode()


def tag(ending: str) -> str:
    """What loads them in a page, with their version in the address."""
    version = hashlib.sha256(all_assets(ending)).hexdigest()[:16]
    return TAGS[ending].format(f"{OWN}{ending}?m={version}")


def register(server: flask.Flask) -> None:
    """Has the *server* serve both, beside the files that the styles name."""
    for ending, kind in TYPES.items():
        server.add_url_rule(f"{OWN}{ending}", f"bundle_{ending}", _serve(all_assets(ending), kind))


def _serve(content: bytes, kind: str) -> Callable[[], flask.Response]:
    return lambda: flask.Response(content, content_type=f"{kind}; charset=utf-8")


def addresses(page: str) -> list[str]:
    """Of the bundles that a *page* links, and of those that come later."""
    linked = re.findall(r'(?:src|href)="([^"?]+)', page)
    return [*(path for path in linked if path.startswith(BUNDLES)), *LATE_BUNDLES]
