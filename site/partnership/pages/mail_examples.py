"""The mails a page will cause, as residents would get them: shown beside its previews."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.text import format_lazy

from partnership.outbox import letters
from partnership.pages.languages import CODES, own_name

if TYPE_CHECKING:
    from partnership.pages.models import BasePage

#: Mails have their looks in the markup; the page that shows one runs and loads nothing.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class Example:
    """A kind of mail that pages of one type cause."""

    page_model: str
    kind: str
    label: Any
    #: Called with the page and a language code; returns the arguments of ``outbox.post``.
    arguments: Callable[[Any, str], dict[str, Any]]


_examples: list[Example] = []


def register(page_model: str, kind: str, label: Any, arguments: Callable[..., Any]) -> None:
    """Offer a mail among the previews of a page type and of those made from it.

    ``arguments`` is best the very function the real mail is written with, given an example
    that is never stored: then the preview cannot differ from the mail.
    """
    _examples.append(Example(page_model, kind, label, arguments))


def modes_of(page: "BasePage") -> list[tuple[str, Any]]:
    """Return a preview mode for every mail in every language, the languages together."""
    return [
        (_mode(example, code), format_lazy("{} ({})", example.label, own_name(code)))
        for example in _of(page)
        for code in CODES
    ]


def letter_of(page: "BasePage", mode: str) -> HttpResponse | None:
    """Return the mail of that preview mode; None when the mode is none of ours."""
    for example in _of(page):
        for code in CODES:
            if mode == _mode(example, code):
                return shown(example.kind, example.arguments(page, code), code)
    return None


def _of(page: "BasePage") -> list[Example]:
    kinds = {parent._meta.label_lower for parent in type(page).__mro__ if hasattr(parent, "_meta")}
    return [example for example in _examples if example.page_model in kinds]


def _mode(example: Example, code: str) -> str:
    return f"mail:{example.kind}:{code}"


def shown(kind: str, arguments: dict[str, Any], code: str) -> HttpResponse:
    """Show a mail of that kind, given what ``outbox.post`` would be given; nothing is stored."""
    letter = letters.write(
        arguments.get("template") or kind, language_code=code, context=arguments["context"]
    )
    files = [name for name, _content, _type in arguments.get("attachments", ())]
    context = {"letter": letter, "language_code": code, "files": files}
    return HttpResponse(
        render_to_string("emails/example.html", context),
        headers={"Content-Security-Policy": POLICY},
    )
