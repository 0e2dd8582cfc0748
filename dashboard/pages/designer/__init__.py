"""The code designer."""
