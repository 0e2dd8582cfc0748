"""What several pages, or a page and the worker, compute from runs: plain JSON, tables, and the
words beside them.
"""
