"""What somebody could do about a decision: a family of levers a file each, in the order of FAMILIES.

Each has `why_not`, which says in words why no change of the family is sought, or None; and `ways`, all that the family
could do, none where it has no say with this kind of stakeholder.
"""

from sim.explanation.levers import capacity, forum, outreach, signatures, text

FAMILIES = (text, forum, outreach, signatures, capacity)
