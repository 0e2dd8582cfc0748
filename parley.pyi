# What type checkers know of parley.py; in the wheel it is parley-stubs, as a single file has no py.typed.
from sim import *
