"""Whom the server answers to: names of this computer, pages of its own host, programs; and no pages
of other sites.
"""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from dashboard.admission import LOOPBACK, OTHER_SITE
from dashboard.app import create_app
from dashboard.limits import PUBLIC


def message(response) -> str:
    return json.loads(response.text)["message"]


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8050", "127.0.0.1:8050", "127.0.0.2", "[::1]", "[::1]:8050"]
)
def test_ones_own_server_answers_to_the_names_of_this_computer(client, host):
    assert client.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8050",
        "192.0.2.1",
        "localhost.evil.example",
        "[2001:db8::1]",
        "127.0.0.1.evil.example",
        "",
    ],
)
def test_ones_own_server_answers_to_no_other_name(client, stranger, host):
    for path in ("/", "/health", "/data/run", "/assets/parley.css"):
        response = client.get(path, headers={"Host": host})
        assert response.status_code == 403
        assert LOOPBACK in message(response)
    forged = {
        "Host": "evil.example",
        "Origin": "http://evil.example",
        "Sec-Fetch-Site": "same-origin",
    }
    assert client.post("/data/jobs", json={}, headers=forged).status_code == 403
    if host:
        assert stranger.get("/health", headers={"Host": host}).status_code == 200


@pytest.fixture(scope="module")
def stranger() -> FlaskClient:
    """A client of a public server."""
    return create_app(PUBLIC).server.test_client()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_sites_page_gets_no_data_and_starts_no_work(client, stranger, headers):
    for visitor in (client, stranger):
        for path in ("/data/run", "/data/people", "/data/jobs/0", "/brief"):
            response = visitor.get(path, headers=headers)
            assert (response.status_code, message(response)) == (403, OTHER_SITE)
        with visitor.get("/assets/parley.css", headers=headers) as response:
            assert response.status_code == 200


def test_what_is_no_browser_and_what_is_typed_is_answered(client):
    for headers in (
        {},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://localhost"},
    ):
        assert client.get("/data/people", headers=headers).status_code == 200
    from_a_mail = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert client.get("/brief?worlds=1", headers=from_a_mail).status_code == 200
    assert client.get("/data/run.csv?worlds=1", headers=from_a_mail).status_code == 403


def test_phones_reach_a_class_where_the_server_serves_others(client, stranger):
    at_school, choices = {"Host": "192.168.1.20:8050"}, "/class/api/choices"
    assert client.get(choices).get_json()["phones"] is False
    assert client.get(choices, headers=at_school).status_code == 403
    assert stranger.get(choices, headers=at_school).get_json()["phones"] is True
