"""The links by which a view is taken along; assets/view.js keeps their questions up to date."""

from __future__ import annotations

from dash import html

FILES = {"data/run.csv": "CSV", "data/run.parquet": "Parquet", "data/manifest.json": "Manifest"}
WHAT = {"CSV": "Download the data (CSV)", "Parquet": "Download them as Parquet",
        "Manifest": "Download the manifest, which repeats this run to the bit"}  # fmt: skip


def downloads() -> html.P:
    """The data of the view, its manifest, and its brief."""
    links = [html.A(words, href=path, **{"data-holds-view": "yes", "aria-label": WHAT[words]})
             for path, words in FILES.items()]  # fmt: skip
    brief = html.A("Brief", href="brief", **{"data-holds-view": "round", "aria-label": "Brief: this view on one page"})
    return html.P(["Data: ", *links, brief], className="downloads")
