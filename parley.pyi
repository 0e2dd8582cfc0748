# What type checkers know of parley.py; parley-stubs in the wheel, as one file has no py.typed.
from sim import *  # noqa: F403
