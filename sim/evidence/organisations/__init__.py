"""The fit of the weights of firms and of NGOs: what it reads, the expected path, the objective."""
