"""Negotiation of a text before it opens for signature: who sits at the table, how drafts are made
and voted on, who blocks (docs/negotiation.md).
"""
