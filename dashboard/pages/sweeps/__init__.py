"""The page Sweeps: a question over many worlds, its answer, and the figures behind it."""
