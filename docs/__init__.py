"""The documents, and what writes those that are generated: `make docs`."""
