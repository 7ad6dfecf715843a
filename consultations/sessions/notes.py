"""One note of a session, as whoever held the session hands it over."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNote:
    """Words in the language they were written in, and perhaps a drawing.

    ``key`` is the note's own for ever: by it the note is found again and counted once.
    An empty ``language_code`` is told from the text.
    """

    key: UUID
    text: str
    written_at: datetime
    language_code: str = ""
    city_id: int | None = None
    drawing_id: int | None = None
