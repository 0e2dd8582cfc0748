"""One round as its stages, and a run as its rounds, in compiled code over arrays."""
