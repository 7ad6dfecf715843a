"""What every service raises when it must say no."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString


class Linked(SafeString):
    """HTML that stays so when Wagtail puts the name of a field, or nothing, before it."""

    def __radd__(self, before: str) -> SafeString:
        return format_html("{}{}", before, self)


def linked(sentence: str, address: str, words: Any) -> Linked:
    """Return a sentence with a link behind it, for a form or a message on a screen."""
    link = '{} <a class="w-text-current w-underline" href="{}">{}</a>'  # on red, too
    return Linked(format_html(link, sentence, address, words))


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A sentence the reader can act on, in the reader's language.

    ``str(refusal)`` is that sentence; ``code`` names the reason for tests and logs and
    ``field`` the form field it belongs to, None when it concerns the whole form. ``link`` is
    where something can be done about it: an address and its words.
    """

    code = "refused"
    field: str | None = None
    link: tuple[str, Any] | None = None

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if field is not None:
            self.field = field

    def __str__(self) -> str:
        return str(self.message)

    @property
    def on_screen(self) -> str:
        """The sentence with the link behind it, for a page; elsewhere it is ``str(refusal)``."""
        if self.link is None:
            return str(self)
        return linked(str(self), *self.link)


def sentences_of(refusal: Refused | ValidationError) -> list[str]:
    """Return what to tell the reader, whether a service or a model said no."""
    return list(refusal.messages) if isinstance(refusal, ValidationError) else [refusal.on_screen]
