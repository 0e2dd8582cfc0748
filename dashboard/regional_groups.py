"""The regional groups of the United Nations, after the list of its Department for General Assembly and Conference
Management (https://www.un.org/dgacm/en/content/regional-groups).

They follow the sub-regions of the statistical division but for those named here. The United States is an observer of
the group of Western European and other states and counts as one of them; Türkiye takes part in two groups and is
counted where it stands for election.
"""

from __future__ import annotations

AFRICAN, ASIAN, EASTERN = "African", "Asia-Pacific", "Eastern European"
LATIN_AMERICAN, WESTERN = "Latin American and Caribbean", "Western European and others"
GROUPS = (AFRICAN, ASIAN, EASTERN, LATIN_AMERICAN, WESTERN)

_BY_REGION = {
    "Eastern Africa": AFRICAN, "Middle Africa": AFRICAN, "Northern Africa": AFRICAN, "Southern Africa": AFRICAN,
    "Western Africa": AFRICAN,
    "Caribbean": LATIN_AMERICAN, "Central America": LATIN_AMERICAN, "South America": LATIN_AMERICAN,
    "Central Asia": ASIAN, "Eastern Asia": ASIAN, "Melanesia": ASIAN, "Micronesia": ASIAN, "Polynesia": ASIAN,
    "South-eastern Asia": ASIAN, "Southern Asia": ASIAN, "Western Asia": ASIAN,
    "Eastern Europe": EASTERN,
    "Australia and New Zealand": WESTERN, "Northern America": WESTERN, "Northern Europe": WESTERN,
    "Southern Europe": WESTERN, "Western Europe": WESTERN,
}  # fmt: skip
_OTHERWISE = {
    **dict.fromkeys(("ALB", "BIH", "HRV", "MKD", "MNE", "SRB", "SVN"), EASTERN),
    **dict.fromkeys(("ARM", "AZE", "EST", "GEO", "LTU", "LVA"), EASTERN),
    **dict.fromkeys(("ISR", "TUR"), WESTERN),
}  # fmt: skip


def regional_group(iso3: str, region: str) -> str:
    """The group of the member state *iso3* in *region*, a sub-region of the statistical division; "" for others."""
    return _OTHERWISE.get(iso3) or _BY_REGION.get(region, "")
