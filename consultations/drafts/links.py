"""The ways from a comment to the paragraph it is about, and to what became of it."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partnership.pages.languages import CODES, active

#: In addresses: the language in which a text is read beside one's own.
BESIDE_PARAMETER = "beside"


def beside_asked_for(query: Mapping[str, str]) -> str:
    """The language to read beside one's own; empty for none."""
    asked = query.get(BESIDE_PARAMETER, "")
    return asked if asked in CODES and asked != active() else ""


def with_beside(address: str, beside: str) -> str:
    """The address of a text or a paragraph, read with that language beside; it has no query."""
    if not (address and beside):
        return address
    page, mark, place = address.partition("#")
    return f"{page}?{BESIDE_PARAMETER}={beside}{mark}{place}"


def address_of_paragraph(slug: str, comment: Any) -> str:
    """Where the paragraph of a comment ``with_paragraphs()`` is read; empty for other comments."""
    if getattr(comment, "paragraph_number", None) is None:
        return ""
    places = (slug, comment.draft_number, comment.draft_version)
    return f"{reverse('consultation_draft', args=places)}#paragraph-{comment.paragraph_number}"


def address_of_talk(slug: str, comment: Any) -> str:
    """The page of that paragraph with everything said about it; empty for other comments."""
    if getattr(comment, "paragraph_number", None) is None:
        return ""
    places = (slug, comment.draft_number, comment.draft_version, comment.paragraph_number)
    return reverse("consultation_paragraph", args=places)


def links_to_answer(slug: str, comment: Any) -> list[dict[str, str]]:
    """The link to what became of the comments on a paragraph, once the next version says it."""
    if not getattr(comment, "is_answered", False):
        return []
    return [link_to_answer(slug, comment.draft_number, comment.draft_version, comment)]


def link_to_answer(slug: str, number: int, version: int, asked: Any) -> dict[str, str]:
    """That link, for a comment or a paragraph of a version."""
    places = (slug, number, version + 1)
    place = getattr(asked, "paragraph_number", None) or asked.number
    return {
        "url": f"{reverse('consultation_draft', args=places)}#answer-{place}",
        "label": _("Answered in version %(number)s") % {"number": version + 1},
    }
