"""A machine translator: the small interface, and one that is spoken to over HTTP."""

import json
import time
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.exceptions import ValidationError

from consultations.translations.models import LONGEST_TRANSLATION
from partnership.people.text_fields import plain

#: Seconds without a byte, and for the whole answer.
PATIENCE, PATIENCE_IN_ALL = 4, 8
LARGEST_ANSWER = 64 * 1024
PIECE = 8 * 1024
#: Answers that say something about the text; all others are about the translator.
ABOUT_THE_TEXT = frozenset(
    {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}
)


class TranslatorUnavailable(Exception):  # noqa: N818 - what happened, not a fault of ours
    """The translator cannot be used now; trying another text would not help."""


class NothingTranslated(Exception):  # noqa: N818 - what happened, not a fault of ours
    """The translator made nothing usable of this text; another one may go well."""


class Translator(Protocol):
    """Whatever can put a text into another language."""

    def translate(self, text: str, *, source: str, target: str) -> str:
        """Return the text in the target language, clean enough to be shown.

        Raises TranslatorUnavailable and NothingTranslated.
        """


def translator() -> Translator | None:
    """Return the translator this site was given; None, the default, when there is none."""
    if not settings.TRANSLATOR_URL:
        return None
    return LibreTranslate(settings.TRANSLATOR_URL, settings.TRANSLATOR_KEY)


class LibreTranslate:
    """A server that speaks as LibreTranslate does."""

    def __init__(self, url: str, key: str = "") -> None:
        self.address = f"{url.rstrip('/')}/translate"
        self.key = key

    def translate(self, text: str, *, source: str, target: str) -> str:
        asked: dict[str, Any] = {
            "q": text,
            "source": tag(source),
            "target": tag(target),
            "format": "text",
        }
        if self.key:
            asked["api_key"] = self.key
        return usable(self._answer(json.dumps(asked).encode()), text)

    def _answer(self, body: bytes) -> bytes:
        request = Request(  # noqa: S310 - the settings take http and https only
            self.address, data=body, headers={"Content-Type": "application/json"}
        )
        ends_at = time.monotonic() + PATIENCE_IN_ALL
        try:
            with build_opener(_NoRedirect).open(request, timeout=PATIENCE) as response:
                return _read(response, ends_at)
        except HTTPError as error:
            error.close()
            if error.code in ABOUT_THE_TEXT:
                raise NothingTranslated(f"{error.code}") from error
            raise TranslatorUnavailable(f"{error.code}") from error
        except (URLError, HTTPException, OSError) as error:
            raise TranslatorUnavailable(type(error).__name__) from error


class _NoRedirect(HTTPRedirectHandler):
    """Residents' words go to the address in the settings and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _read(response: Any, ends_at: float) -> bytes:
    """The whole answer, unless it is too large or drips for too long."""
    pieces, size = [], 0
    while piece := response.read1(PIECE):
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise NothingTranslated("The answer is too large.")
        if time.monotonic() > ends_at:
            raise TranslatorUnavailable("The answer takes too long.")
        pieces.append(piece)
    return b"".join(pieces)


def usable(answer: bytes, original: str) -> str:
    """Return the translated text of an answer; NothingTranslated when there is none."""
    try:
        said = json.loads(answer)
        text = plain(said["translatedText"], lines=True).strip()
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError) as error:
        raise NothingTranslated(type(error).__name__) from error
    if not text or len(text) > LONGEST_TRANSLATION or text.split() == original.split():
        raise NothingTranslated("Empty, too long, or the original again.")
    return text


def tag(code: str) -> str:
    """Return the code as translators write it: ``pt-br`` is pt-BR, ``zh-hans`` zh-Hans."""
    language, *parts = code.split("-")
    return "-".join([language, *(p.upper() if len(p) == 2 else p.title() for p in parts)])
