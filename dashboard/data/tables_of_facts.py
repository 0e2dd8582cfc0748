"""The tables of facts by titles, for pages that visitors read."""

from __future__ import annotations

import re
from collections.abc import Mapping

import sim
from sim import number_formats as formats

TITLES: Mapping[str, str] = {
    "states": "States of the United Nations",
    "other_homes": "Homes without a seat in the United Nations",
    "organisations": "Firms and NGOs by name",
    "paris_call_states": "States that support the Paris Call",
    "paris_call_organisations_by_country": "Firms, NGOs and authorities on the register, by country",
    "paris_call_organisation_reports": "Reports on who joined among firms and NGOs",
    "paris_call_milestones": "How many had signed, date by date",
    "positions": "Public statements",
    "paris_call_provisions": "The nine principles of the Paris Call",
    "gge_provisions": "What groups of the United Nations spoke of",
    "gge_seats": "Who sat in which group of governmental experts",
}
HEADING = re.compile(rf"^## ({'|'.join(TITLES)})\.csv$", re.MULTILINE)
FILE = re.compile(rf"`?\b(?:scenarios/data/)?({'|'.join(TITLES)})\.csv\b`?")


def with_titles(markdown: str) -> str:
    """The *markdown* of a document in which tables have titles in place of the names of their files; in headings each
    with its number of rows.
    """
    sizes = sim.sizes_of_tables()
    headed = HEADING.sub(lambda match: f"## {TITLES[match[1]]} ({formats.count(sizes[match[1]])} rows)", markdown)
    return FILE.sub(lambda match: f"“{TITLES[match[1]]}”", headed)
