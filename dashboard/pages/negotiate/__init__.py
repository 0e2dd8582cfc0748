"""The page Negotiate: talks over a text, draft by draft, and the visitor in the chair."""
