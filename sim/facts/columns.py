"""The columns of each table in scenarios/data, with the values that each may hold; SOURCES.md has
their sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sim.code_of_conduct import CONDUCTS
from sim.facts.table import Column, address, day, flag, iso3, number, one_of, text, whole

MEMBERSHIPS = (
    "eu",
    "nato",
    "oecd",
    "council_of_europe",
    "francophonie",
    "commonwealth",
    "african_union",
    "oas",
    "asean",
    "sco",
    "csto",
    "cis",
    "brics",
    "g7",
    "g20",
    "five_eyes",
    "freedom_online_coalition",
    "budapest_party",
)
SECTORS = (
    "platform",
    "software",
    "security",
    "telecom",
    "finance",
    "utility",
    "defence",
    "industry",
    "services",
)
NGO_TYPES = ("advocacy", "association", "university", "think tank")
VOTES = ("yes", "no", "abstain", "absent")
GGE_LEVELS = (  # of texts of the United Nations, in their order
    "tabled_2005",
    "level_2010",
    "level_2013",
    "level_2015",
    "tabled_2017",
    "tabled_oewg_2021",
    "level_2021",
)


@dataclass(frozen=True)
class Table:
    """The columns of one table, those that identify a row (*key*), and whether a run reads the
    table, so that it is in the hash of the data (talks at a table have a hash of their own).
    """

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    simulated: bool = True


def _figures(year: int) -> tuple[Column, ...]:
    return (
        number(f"internet_users_pct_{year}", 0, 100, may_be_empty=True),
        number(f"gdp_usd_bn_{year}", 0.001, 1e6, may_be_empty=True),
        number(f"population_m_{year}", 0.0001, 1e4),
    )


_HOME = (
    iso3("iso3"),
    text("name"),
    text("region"),
    number("freedom_2017", -4, 100, may_be_empty=True),
    *_figures(2017),
    whole("sponsored_operations_to_2018", 0, 10_000),
)

PROVISIONS = Table(
    columns=(
        whole("principle", 1, 99),
        text("short_name"),
        text("binds"),
        number("restraint", 0, 1),
        number("burden", 0, 1),
        number("position", -1, 1),
        number("ambition", 0, 1),
        text("breaking_it_is"),
        replace(one_of("conduct", *CONDUCTS), may_be_absent=True),
    ),
    key=("principle",),
)

TABLES: Mapping[str, Table] = {
    "states": Table(
        columns=(
            *_HOME,
            number("idealpoint_2017", -10, 10),
            number("gci_2017", 0, 1),
            number("power_cinc_2018", 0, 1),
            *(flag(name) for name in MEMBERSHIPS),
            number("freedom_2018", -4, 100),
            number("gci_2018", 0, 1, may_be_empty=True),
            *_figures(2018),
            one_of("unga_73_27_oewg", *VOTES),
            one_of("unga_73_266_gge", *VOTES),
        ),
        key=("iso3",),
    ),
    "other_homes": Table(
        columns=(
            *_HOME,
            flag("council_of_europe"),
            flag("freedom_online_coalition"),
            flag("budapest_party"),
        ),
        key=("iso3",),
    ),
    "organisations": Table(
        columns=(
            text("name"),
            one_of("kind", "firm", "ngo"),
            iso3("iso3"),
            one_of("sector", *SECTORS, *NGO_TYPES),
            flag("consumer_facing"),
            whole("size_rank", 1, 1000),
        ),
        key=("name",),
    ),
    "paris_call_states": Table(
        columns=(
            iso3("iso3"),
            day("not_yet_on", may_be_empty=True),
            day("signed_by"),
            text("basis"),
        ),
        key=("iso3",),
    ),
    "paris_call_organisations_by_country": Table(
        columns=(
            one_of("kind", "firm", "ngo", "public_authority"),
            iso3("iso3"),
            day("listed_by"),
            whole("organisations", 1, 10_000),
        ),
        key=("kind", "iso3", "listed_by"),
    ),
    "paris_call_milestones": Table(
        columns=(
            day("date"),
            whole("states", 0, 193),
            whole("firms", 0, 100_000),
            whole("ngos", 0, 100_000),
            whole("public_authorities", 0, 100_000, may_be_empty=True),
            text("basis"),
        ),
        key=("date",),
    ),
    "paris_call_organisation_reports": Table(
        columns=(
            text("name"),
            day("not_yet_on", may_be_empty=True),
            day("signed_by", may_be_empty=True),
            text("source"),
            address("url"),
        ),
        key=("name",),
        simulated=False,
    ),
    "paris_call_provisions": PROVISIONS,
    "positions": Table(
        columns=(text("who"), day("date"), text("said"), text("source"), address("url")),
        key=("who", "date"),
        simulated=False,
    ),
    "gge_provisions": Table(
        columns=(
            text("provision"),
            number("restraint", 0, 1),
            number("burden", 0, 1),
            number("position", -1, 1),
            *(number(level, 0, 1) for level in GGE_LEVELS),
        ),
        key=("provision",),
        simulated=False,
    ),
    "gge_seats": Table(
        columns=(
            text("group"),
            one_of("outcome", "report", "failure"),
            iso3("iso3"),
            text("basis"),
        ),
        key=("group", "iso3"),
        simulated=False,
    ),
}
