"""What a class session refuses, as one sentence of the catalogue with its HTTP status."""

from __future__ import annotations

from dashboard.classroom.catalogue import ENGLISH

BAD, UNKNOWN_TOKEN, NOT_YOURS, NO_SUCH_CODE, TOO_LATE = 400, 401, 403, 404, 409
EXPIRED, TOO_LARGE, TOO_OFTEN, NO_STORE = 410, 413, 429, 503


class ClassError(Exception):
    """A request that a session does not take, with the HTTP *status* of its answer and the message
    *key*, which has *values* in its gaps.
    """

    def __init__(self, status: int, key: str, **values: str) -> None:
        super().__init__(ENGLISH.say(key, **values))
        self.status = status
