"""One file per page: what it shows, and what it answers to."""
