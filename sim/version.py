"""The version of this copy of Parley; the only place that says it to the program."""

__version__ = "0.3.0"
