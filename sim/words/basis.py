"""What numbers rest on, in words, as badges have them."""

from __future__ import annotations

from collections.abc import Mapping

from sim.findings import BASES as KEYS
from sim.words.language import say

# From what was observed to what nobody has measured.
BASES: Mapping[str, str] = {basis: say(f"basis-{basis.replace('_', '-')}") for basis in KEYS}
