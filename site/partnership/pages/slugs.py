"""A page's own part of its address: how it is made of a title, and how it is recognised."""

from anyascii import anyascii
from django.urls import register_converter
from django.urls.converters import StringConverter
from django.utils.text import slugify

from partnership.language_setting import is_written_in_latin
from partnership.pages.languages import own_name

#: So many signs has the column for it.
LONGEST = 255


class PageSlugConverter(StringConverter):
    """Recognises such a part in any script: ``<page_slug:slug>``; Django's ``slug`` is ASCII."""

    regex = r"[-\w]+"


register_converter(PageSlugConverter, "page_slug")


def keeps_its_script(code: str) -> bool:
    """Whether addresses in that language are written in other letters than Latin ones."""
    return not is_written_in_latin(own_name(code))


def slug_of(title: str, code: str) -> str:
    """Return what a title in that language becomes in an address; empty without a letter.

    Latin letters lose what they carry and none is lost: Łęgi is legi, Straße is strasse. Other
    scripts stay as they are.
    """
    words = title if keeps_its_script(code) else anyascii(title)
    return slugify(words, allow_unicode=keeps_its_script(code))[:LONGEST].rstrip("-_")


def numbered(slug: str, number: int) -> str:
    """Return the address with a number behind it, no longer than there is room."""
    ending = f"-{number}"
    return slug[: LONGEST - len(ending)] + ending
