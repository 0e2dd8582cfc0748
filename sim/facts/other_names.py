"""Other names by which people look for a state: older ones, longer ones, and those of its
government's seat.

They are spellings that are read; whatever is written has the common short name of the United
Nations.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from sim.reading import check_text

OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "ARE": ("UAE", "Emirates"),
    "BOL": ("Plurinational State of Bolivia",),
    "BRN": ("Brunei",),
    "CHN": ("PRC", "People's Republic of China", "Beijing"),
    "CIV": ("Ivory Coast",),
    "COD": ("Democratic Republic of the Congo", "DRC", "Congo-Kinshasa", "Zaire"),
    "COG": ("Republic of the Congo", "Congo-Brazzaville"),
    "CPV": ("Cape Verde",),
    "CZE": ("Czech Republic",),
    "FSM": ("Micronesia", "Federated States of Micronesia"),
    "GBR": ("UK", "Britain", "Great Britain", "London"),
    "IRN": ("Islamic Republic of Iran", "Tehran"),
    "KOR": ("Republic of Korea", "Korea", "Seoul"),
    "LAO": ("Lao PDR",),
    "MDA": ("Republic of Moldova",),
    "MKD": ("Macedonia",),
    "MMR": ("Burma",),
    "NLD": ("Holland", "The Hague"),
    "PRK": ("DPRK", "Democratic People's Republic of Korea", "Pyongyang"),
    "RUS": ("Russian Federation", "Moscow"),
    "KNA": ("Saint Kitts and Nevis",),
    "LCA": ("Saint Lucia",),
    "SWZ": ("Swaziland",),
    "SYR": ("Syrian Arab Republic",),
    "TLS": ("East Timor",),
    "TUR": ("Turkey", "Ankara"),
    "TZA": ("United Republic of Tanzania",),
    "USA": ("US", "U.S.", "America", "United States of America", "Washington"),
    "VCT": ("Saint Vincent and the Grenadines",),
    "VEN": ("Bolivarian Republic of Venezuela",),
    "VNM": ("Viet Nam",),
}


def spelling(name: str) -> str:
    """*name* in small letters without accents, so that Turkiye finds Türkiye. InputError where it
    is no text.
    """
    decomposed = unicodedata.normalize("NFKD", check_text(name, "name").casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
