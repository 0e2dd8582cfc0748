"""Codes of sessions, and tokens: both drawn from the system's random source; tokens are stored as
their hash alone.
"""

from __future__ import annotations

import hashlib
import re
import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0, O, 1, I and L, which look alike
LENGTH = 6
TEACHER, STUDENT, SCREEN = "teacher", "student", "screen"
FIRST = {TEACHER: "t", STUDENT: "s", SCREEN: "v"}  # letter of a token
BYTES = 24  # of a token: 192 random bits
LONGEST_TOKEN = 64


def new_code() -> str:
    """A code, such as K7M2QX."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def as_code(text: str) -> str:
    """*text* as a code is written: in capitals, without spaces and hyphens. Empty where it can be
    none.
    """
    code = "".join(text.split()).replace("-", "").upper()
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def new_token(role: str) -> str:
    """A token of somebody in that *role*."""
    return FIRST[role] + secrets.token_urlsafe(BYTES)


def is_drawn(token: object, role: str) -> bool:
    """Whether *token* is as long and as written as one of that *role*, wherever it was drawn."""
    form = f"{FIRST[role]}[A-Za-z0-9_-]{{{len(secrets.token_urlsafe(BYTES))}}}"
    return isinstance(token, str) and re.fullmatch(form, token) is not None


def role_of(token: str) -> str:
    """The role that *token* would have; empty where it is no token."""
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return ""
    return next((role for role, letter in FIRST.items() if token.startswith(letter)), "")


def hash_of(token: str) -> str:
    """What the store has of *token*."""
    return hashlib.sha256(token.encode()).hexdigest()
