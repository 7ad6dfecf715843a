"""What every service raises when it must say no."""

from typing import Any

from django.core.exceptions import ValidationError


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A sentence the reader can act on, in the reader's language.

    ``str(refusal)`` is that sentence; ``code`` names the reason for tests and logs and
    ``field`` the form field it belongs to, None when it concerns the whole form.
    """

    code = "refused"
    field: str | None = None

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if field is not None:
            self.field = field

    def __str__(self) -> str:
        return str(self.message)


def sentences_of(refusal: Refused | ValidationError) -> list[str]:
    """Return what to tell the reader, whether a service or a model said no."""
    return list(refusal.messages) if isinstance(refusal, ValidationError) else [str(refusal)]
