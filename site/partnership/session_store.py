"""Sessions in the database, as Django keeps them, whose key changes in the statement that saves.

Django writes the row anew and looks for the old one at once, five statements more for everybody
who signs in or confirms an address; and when the page then fails, their browser has no session.
"""

from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.utils.crypto import get_random_string

SIGNS = 32  # as many as Django's


class SessionStore(DjangosStore):
    """What ``SESSION_ENGINE`` names."""

    #: The key under which the row still stands.
    _left: str | None = None

    def cycle_key(self) -> None:
        """Be called otherwise from now on; a session without a key gets its first when saved."""
        self.keys()  # once it is read, a key that somebody made up is none
        self.modified = True
        if self.session_key:
            self._left = self._left or self.session_key
            self._session_key = get_random_string(SIGNS, VALID_KEY_CHARS)

    def save(self, must_create: bool = False) -> None:
        """Save it; under its new key, if it has one, in the place of the old row.

        Where that is gone, as when the same form was sent twice at once, there is one of its own.
        """
        left, self._left = self._left, None
        if left is None:
            super().save(must_create)
        elif not self._renamed(left):
            super().save(must_create=True)

    def _renamed(self, left: str) -> bool:
        kept = self.create_model_instance(dict(self.items()))
        new = {name: getattr(kept, name) for name in ("session_key", "session_data", "expire_date")}
        return self.model.objects.filter(session_key=left).update(**new) == 1

    def delete(self, session_key: str | None = None) -> None:
        """Delete it, under whichever key it stands."""
        if session_key is None and self._left:
            session_key, self._left = self._left, None
        super().delete(session_key)
