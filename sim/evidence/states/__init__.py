"""The fit of the weights of states: data, expected path, objective."""
