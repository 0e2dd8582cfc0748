"""Levers on a decision: a file for each family, in the order of FAMILIES.

Each has `why_not`, which returns the reason why no change of the family is tried, or None; and
`ways`, the changes of the family, none where it does not concern this kind of stakeholder.
"""

from sim.explanation.levers import capacity, forum, outreach, signatures, text

FAMILIES = (text, forum, outreach, signatures, capacity)
