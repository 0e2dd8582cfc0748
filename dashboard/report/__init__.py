"""The report of an analysed sweep: one page of HTML that needs nothing else."""
