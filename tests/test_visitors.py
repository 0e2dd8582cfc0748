"""Many visitors at once: each gets its own answers, and the server keeps few of them."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest

from benchmarks.visitors import crowd, foreign_numbers
from dashboard import cache
from dashboard.app import create_app, http_server


@pytest.mark.long
def test_no_visitor_gets_an_error_or_somebody_elses_worlds(monkeypatch):
    stores: list[cache.Answers | cache.Runs] = []
    for store in (cache.Answers, cache.Runs):
        begin = store.__init__

        def told(self, *given, begin=begin, **more) -> None:
            begin(self, *given, **more)
            stores.append(self)

        monkeypatch.setattr(store, "__init__", told)
    server = http_server(create_app().server, host="127.0.0.1", port=0)

    def serve() -> None:
        with suppress(OSError):  # closing shuts the socket under the loop that waits on it
            server.run()

    threading.Thread(target=serve, daemon=True).start()
    heard = crowd(f"http://127.0.0.1:{server.effective_port}/", visitors=12, seconds=15, every=1, worlds=2)
    server.close()
    assert heard.errors == []
    assert heard.foreign == []
    assert len(heard.medians) > 24
    assert foreign_numbers(heard) == []
    assert all(len(store) <= cache.ROOM for store in stores)
