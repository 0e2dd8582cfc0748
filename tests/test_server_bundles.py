"""What a browser loads once comes whole, in order, and is compressed before anybody asks."""

from __future__ import annotations

import re

import pytest

from dashboard import app, bundles
from dashboard.bundles import ASSETS, CompressedBundles


def test_compressed_bundles_are_few():
    kept = CompressedBundles()
    for number in range(1000):
        kept.set(f"br;/_dash-component-suites/{number}.js", b"")
        kept.set(f"br;/{number}", b"")
    assert len(kept) == 32
    assert kept.get("br;/999") is None


@pytest.mark.parametrize(
    ("ending", "tag"), [("js", "<script src"), ("css", '<link rel="stylesheet" href')]
)
def test_all_scripts_and_styles_come_as_one_file_each_in_the_order_of_their_names(ending, tag):
    visitor = app.create_app().server.test_client()
    [address] = re.findall(f'{tag}="(/assets/[^"]+)"', visitor.get("/").text)
    answer = visitor.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    files = sorted(ASSETS.glob(f"*.{ending}"))
    assert len(files) > 10
    places = [answer.text.index(file.read_text(encoding="utf-8")) for file in files]
    assert places == sorted(places)


def test_the_address_of_the_scripts_changes_with_them(monkeypatch, tmp_path):
    (tmp_path / "page.js").write_text("one()", encoding="utf-8")
    monkeypatch.setattr(bundles, "ASSETS", tmp_path)
    before = bundles.tag("js")
    assert bundles.tag("js") == before
    (tmp_path / "page.js").write_text("two()", encoding="utf-8")
    assert bundles.tag("js") != before


def test_the_first_visitor_waits_for_no_compression(monkeypatch):
    kept = CompressedBundles()
    monkeypatch.setattr(bundles, "CompressedBundles", lambda: kept)
    visitor = app.server().test_client()
    linked = re.findall(r'(?:src|href)="([^"?]+[.](?:js|css))[?"]', visitor.get("/").text)
    assert len(linked) > 10
    assert [path for path in linked if kept.get(f"br;{path}") is None] == []
