"""Class sessions: a teacher opens one from a scenario, students join by a code, teams take seats,
and the model plays everybody else.
"""
