"""The fit of the weights of states: what it reads, the expected path, the objective."""
