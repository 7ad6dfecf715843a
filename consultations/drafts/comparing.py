"""What a version of a draft text says otherwise than the one before, paragraph by paragraph."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.drafts.models import Paragraph
from partnership.pages.wording.differences import Change, plain_changes
from partnership.pages.wording.parts import Part, ReadDifference, texts_of, to_read

TEXTS = ("heading", "text")


def differences(
    before: Iterable[Paragraph], after: Iterable[Paragraph]
) -> dict[str, ReadDifference]:
    """Return what somebody sees who reads the active language, by the keys of the paragraphs."""
    found = to_read(_parts(before), _parts(after), label_of=_label_of)
    return {each.key: each for each in found}


def marked(was: Paragraph | None, now: Paragraph) -> list[Change]:
    """Return the words of a paragraph with what changed in its place; nothing where none did."""
    if was is None or was.text == now.text:
        return []
    return plain_changes(was.text, now.text)


def _parts(paragraphs: Iterable[Paragraph]) -> list[Part]:
    return [
        Part(str(each.key), each.sign, {name: texts_of(each, name) for name in TEXTS})
        for each in paragraphs
        if not each.is_dropped
    ]


def _label_of(name: str) -> str:
    return capfirst({"heading": _("heading"), "text": _("text")}[name])
