"""The commands of `parley`, a file each; sim.cli puts them together."""
