"""Words: what findings say to a reader. The sentences stand in folders by language (`en`), as
messages of Project Fluent; a module for each subject says which of them a finding takes.
"""

from sim.words.language import ENGLISH, FRENCH, LANGUAGES, Language, say
from sim.words.outcomes import outcome_label, outcome_title, outcome_unit

__all__ = [
    "ENGLISH",
    "FRENCH",
    "LANGUAGES",
    "Language",
    "outcome_label",
    "outcome_title",
    "outcome_unit",
    "say",
]
