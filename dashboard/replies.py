"""How a route answers: kept by the browser for a while, as a file where it has a name.

A question that makes no sense is an InputError, whoever finds it; dashboard/faults.py makes one sentence of it.
"""

from __future__ import annotations

import flask

KEPT = "private, max-age=600"
JSON, CSV = "application/json", "text/csv"


def query() -> str:
    """The query of this request as it was sent; what is not ASCII is replaced, and then refused by whoever reads it."""
    return flask.request.query_string.decode("ascii", "replace")


def reply(content: bytes | str, mimetype: str = JSON, file: str = "") -> flask.Response:
    """*content*, to be saved as parley-*file* where it has a name."""
    response = flask.Response(content, mimetype=mimetype)
    response.headers["Cache-Control"] = KEPT
    if file:
        response.headers["Content-Disposition"] = f"attachment; filename=parley-{file}"
    return response
