"""The commands of `parley`, a file each; dashboard/cli.py puts them together."""
