"""Colours, fonts and the template of every figure, in one place.

The hues are those of Okabe and Ito (2008), *Color universal design*, adjusted until any two of them
stay apart under the three kinds of colour blindness: blue is what was simulated, vermilion what the
register says. Where several views are compared, the first is blue, the others amber, plum and the
colour of the text. In talks plum is a refusal. How a state stands has four of its own; grey and sky
are pale on white, so whatever has them is outlined and labelled. Shares of worlds go from near the
ground, where nobody has signed, to what stands out most from it, in five steps of one hue:
lightness alone tells them apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Palette:
    """The colours of one scheme, as CSS writes them."""

    simulated: str
    most_worlds: str
    half_the_worlds: str
    register: str
    register_text: str
    second: str
    third: str
    signed: str
    waiting: str
    declined: str
    not_taken_up: str
    share_0: str
    share_1: str
    share_2: str
    share_3: str
    share_4: str
    no_change: str
    text: str
    dimmed: str
    grid: str
    card: str
    page: str


PALETTES = {
    "light": Palette(
        simulated="#0072B2",
        most_worlds="#D9EBF6",
        half_the_worlds="#A5D0EA",
        register="#D55E00",
        register_text="#AD4A00",
        second="#A87400",
        third="#A0206B",
        signed="#0072B2",
        waiting="#56B4E9",
        declined="#D55E00",
        not_taken_up="#BFC5CC",
        share_0="#E3EDF4",
        share_1="#AFD0E6",
        share_2="#62A5CF",
        share_3="#1F6BA5",
        share_4="#062B52",
        no_change="#F7F8FA",
        text="#1B2026",
        dimmed="#5C636A",
        grid="#E9ECEF",
        card="#FFFFFF",
        page="#F7F8FA",
    ),
    "dark": Palette(
        simulated="#8ACBF5",
        most_worlds="#1F3A50",
        half_the_worlds="#1C5F92",
        register="#E8793A",
        register_text="#F08A50",
        second="#F0C04A",
        third="#D94F9E",
        signed="#1F7FD1",
        waiting="#8ACBF5",
        declined="#E8793A",
        not_taken_up="#6B7076",
        share_0="#25323D",
        share_1="#2A4A63",
        share_2="#33688F",
        share_3="#4B8FC0",
        share_4="#8ACBF5",
        no_change="#3A424B",
        text="#E6E9ED",
        dimmed="#A3ABB3",
        grid="#2B3138",
        card="#1A1E23",
        page="#121519",
    ),
}

# From pale to deep, as Mantine wants a colour: the fifth is what dark shows, the eighth what light
# shows.
_BLUES = [
    "#EDF6FC",
    "#D9EBF6",
    "#B5D9EF",
    "#8ACBF5",
    "#6BB5E5",
    "#56B4E9",
    "#1F7FD1",
    "#0072B2",
    "#005F95",
    "#004A75",
]

# What Mantine draws in the dark, from text to ground: controls have the hue of the cards that they
# lie on.
_GREYS = [
    "#E6E9ED",
    "#C3C9CF",
    "#A3ABB3",
    "#7C858E",
    "#434B54",
    "#373F48",
    "#272D34",
    "#20252B",
    "#161A1E",
    "#121519",
]

MANTINE = {
    "primaryColor": "okabe",
    "primaryShade": {"light": 7, "dark": 5},
    "colors": {"okabe": _BLUES, "dark": _GREYS},
    "fontFamily": FONT,
    "headings": {"fontFamily": FONT, "fontWeight": "650"},
    "defaultRadius": "md",
}


# What Mantine calls three of our colours.
MANTINE_NAMES = {"body": "page", "text": "text", "dimmed": "dimmed"}


def variables() -> str:
    """The palettes as CSS variables, one block for each scheme, so that style sheets restate no
    colour.
    """
    blocks = []
    for scheme, palette in PALETTES.items():
        names = _names(palette)
        mantine = "".join(
            f"--mantine-color-{theirs}:var(--{ours});" for theirs, ours in MANTINE_NAMES.items()
        )
        blocks.append(
            f":root[data-mantine-color-scheme={scheme}]{{color-scheme:{scheme};{names}{mantine}}}"
        )
    return "".join(blocks)


def variables_by_system() -> str:
    """The palettes as CSS variables for pages without a switch, whose scheme is the system's."""
    light, dark = (f":root{{{_names(palette)}}}" for palette in PALETTES.values())
    return f":root{{color-scheme:light dark}}{light}@media (prefers-color-scheme:dark){{{dark}}}"


def _names(palette: Palette) -> str:
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in vars(palette).items())


def template(palette: Palette) -> go.layout.Template:
    """What all figures share: transparent, without a frame, horizontal rules only, tabular hover
    labels.
    """
    axis = {
        "fixedrange": True,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": True,
        "gridcolor": palette.grid,
        "tickfont": {"color": palette.dimmed, "size": 12},
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "color": palette.text, "size": 13},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 0, "r": 4, "t": 12, "b": 0},
            "showlegend": False,
            "dragmode": False,
            "hovermode": "x",
            "hoverlabel": {
                "bgcolor": palette.card,
                "bordercolor": palette.dimmed,
                "align": "left",
                "font": {"family": FONT, "color": palette.text, "size": 13},
            },
            "xaxis": {
                **axis,
                "showgrid": False,
                "showspikes": True,
                "spikemode": "across",
                "spikethickness": 1,
                "spikedash": "solid",
                "spikecolor": palette.dimmed,
            },
            "yaxis": {
                **axis,
                "zeroline": True,
                "zerolinewidth": 1,
                "zerolinecolor": palette.grid,
                "rangemode": "tozero",
                "nticks": 6,
            },
        }
    )
