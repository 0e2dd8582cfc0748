"""The peer: Parley's model as good Mesa and plain Python write it, without NumPy, numba or any
formula of sim.

It stands beside the engine for two ends. `make bench` says how many times faster the engine is;
tests hold the outcomes of both against each other, as it is written anew from docs/odd.md. The luck
is `random`'s, so they agree in distribution only. Public facts, ties, texts, dials and events come
from a `sim.experiments.simulate.Setting`.

It covers one code: events of all kinds, the Union as a bloc, leaving, treaties, and all six stages.
It does not cover several codes at once, nor a decision rule of one's own.
"""
