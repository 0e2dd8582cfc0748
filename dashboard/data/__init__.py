"""What the pages show, computed from runs: each module one kind of answer, as plain JSON or tables."""
