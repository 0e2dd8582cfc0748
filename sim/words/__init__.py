"""Words: what findings say to a reader. The sentences stand in folders by language (`en`), as
messages of Project Fluent; a module for each subject says which of them a finding takes.
"""

from sim.words.language import ENGLISH, FRENCH, LANGUAGES, Language, say
from sim.words.suppositions import event_words, remark, why_idle

__all__ = [
    "ENGLISH",
    "FRENCH",
    "LANGUAGES",
    "Language",
    "event_words",
    "remark",
    "say",
    "why_idle",
]
