"""The table of lenses in docs/lenses.md, from their weights; `python -m sim.lens_table docs/lenses.md` writes it."""

from __future__ import annotations

import sys
from pathlib import Path

from sim.experiments.compare_lenses import log_scores, verdict
from sim.lenses import LENSES
from sim.parameter_table import with_table
from sim.textfile import file_text
from sim.writing import records, write_text

NAME = "log scores"
HEADINGS = ("lens", "motives beside inclination", "source", "weights above 0", "states", "firms", "NGOs", "total")


def lens_table() -> str:
    """A table in Markdown, the best lens first, and the verdict on the null lens in words."""
    rows = [HEADINGS, ("---",) * len(HEADINGS)]
    for score in records(log_scores()):
        lens = LENSES[score["lens"]]
        motives = "all" if lens.name == "full" else ", ".join(sorted(lens.motives)) or "none"
        numbers = (f"{score[column]:.1f}" for column in ("state", "firm", "ngo", "total"))
        rows.append((f"`{lens.name}`", motives, lens.source or "–", f"{score['motives']}", *numbers))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n\n" + verdict(log_scores())


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        document = with_table(file_text(Path(argument), argument, "a document"), argument, NAME, lens_table())
        write_text(Path(argument), document)
