"""The fit of the weights of firms and of NGOs: data, expected path, objective."""
