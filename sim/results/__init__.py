"""What users hold: runs, comparisons, frontiers, talks and explanations, over the plain results of
the rooms below and the words for them.
"""
