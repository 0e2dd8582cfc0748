"""The secret key of each session: from it come the luck of conduct, the invented names and the
cipher of what is decided in secret. It is on no page and in no table.

Keys lie in a folder beside the store, a file each, for the server's user alone. A copy of the store
without them tells nothing of what was decided in secret; nor does it once a session is wiped, and
its key with it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from dashboard.classroom.refusals import NO_STORE, ClassError
from dashboard.database import OWN_FILE, OWN_FOLDER

BYTES = 32
LENGTH = 128  # letters of a value before it is enciphered, so that all of them are of one length


@dataclass(frozen=True)
class Key:
    """The key of one session, of BYTES random bytes."""

    content: bytes

    def digest(self, purpose: str) -> bytes:
        """32 bytes for one *purpose*, from which neither the key nor other digests follow."""
        return hmac.digest(self.content, purpose.encode(), hashlib.sha256)

    @property
    def conduct_seed(self) -> int:
        """The seed of the luck of conduct: 0 to 2**63 - 1."""
        return int.from_bytes(self.digest("conduct")[:8], "big") >> 1

    def toss(self, purpose: str) -> bool:
        """A coin for one *purpose*."""
        return self.digest(purpose)[0] % 2 == 1

    def encipher(self, value: Any) -> str:
        """A *value*, such as JSON has, as nobody reads it without the key."""
        text = json.dumps(value, sort_keys=True).ljust(LENGTH)
        return self._cipher.encrypt(text.encode()).decode()

    def decipher(self, text: str) -> Any:
        """The value that was enciphered as *text*; ClassError for what this key has not
        enciphered.
        """
        try:
            return json.loads(self._cipher.decrypt(text))
        except InvalidToken as problem:
            raise ClassError(NO_STORE, "refusal-no-key") from problem

    @property
    def _cipher(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self.digest("decisions")))


class Keys:
    """The keys in *folder*, each by the name of its session: the hash of the teacher's secret."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, name: str) -> None:
        """Draws the key of the session *name*; it is on the disk once this returns."""
        try:
            self._folder.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
            file = os.open(self._folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWN_FILE)
            with os.fdopen(file, "wb") as writer:
                writer.write(secrets.token_bytes(BYTES))
                writer.flush()
                os.fsync(writer.fileno())
        except OSError as problem:
            raise ClassError(NO_STORE, "refusal-store-unwritable") from problem

    def of(self, name: str) -> Key:
        """The key of the session *name*; ClassError where it is lost."""
        try:
            content = (self._folder / name).read_bytes()
        except OSError as problem:
            raise ClassError(NO_STORE, "refusal-no-key") from problem
        if len(content) != BYTES:
            raise ClassError(NO_STORE, "refusal-no-key")
        return Key(content)

    def keep(self, names: Collection[str]) -> None:
        """Removes the keys of all sessions but those of these *names*."""
        with suppress(OSError):  # a folder that is not there holds no key
            for each in self._folder.iterdir():
                if each.name not in names:
                    each.unlink(missing_ok=True)
