"""Publish a version of a draft text, and begin the next one with its words."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.drafts.models import DraftText, Paragraph
from consultations.drafts.refusals import DraftIsPublished, DraftNotReady, NextVersionBegun
from consultations.enums import PublicationStatus
from partnership.pages.languages import field_names
from partnership.pages.two_hands.locking import lock
from partnership.pages.wording import gate, slots
from partnership.serving import public_changed


def version_before(draft: DraftText) -> DraftText | None:
    """Return the version that this one follows; none for the first."""
    versions = DraftText.objects.filter(consultation=draft.consultation_id, number=draft.number)
    return versions.filter(version=draft.version - 1).first() if draft.number else None


def commented_before(draft: DraftText) -> dict[str, Paragraph]:
    """Return the paragraphs of the version before that readers commented, by their keys.

    Each has ``comments``: how many readers see.
    """
    before = version_before(draft)
    if before is None:
        return {}
    seen = Q(contributions__publication_status=PublicationStatus.PUBLISHED)
    standing = Paragraph.objects.filter(draft=before).standing()
    counted = standing.annotate(comments=Count("contributions", filter=seen))
    return {str(each.key): each for each in counted if each.comments}


def unanswered(draft: DraftText, answers: dict[str, bool]) -> Iterator[str]:
    """Yield a sentence for each commented paragraph whose comments find no answer.

    ``answers`` says of every paragraph of the version, by its key, whether it tells what became
    of the comments.
    """
    for key, paragraph in commented_before(draft).items():
        if answers.get(key):
            continue
        number: int = paragraph.comments
        words = ngettext(
            "%(paragraph)s has %(number)d comment: say what you changed and why, or tick that it "
            "is dropped and say why.",
            "%(paragraph)s has %(number)d comments: say what you changed and why, or tick that it "
            "is dropped and say why.",
            number,
        )
        yield words % {"paragraph": paragraph, "number": number}


def reasons_of(draft: DraftText) -> Iterator[str]:
    """Yield what is missing before readers can see it, in the active language."""
    for problem in gate.problems_in(slots.of_object(draft), draft.wording_so_far()):
        yield f"{problem.in_a_list}."
    rows: Iterable[Any] = draft.paragraphs.all()
    if not any(not each.is_dropped for each in rows):
        yield nothing_to_read()
    yield from unanswered(draft, {str(each.key): bool(each.became) for each in rows})


def nothing_to_read() -> str:
    """Return what is said of a version without a paragraph."""
    return _("Write a paragraph first.")


@transaction.atomic
def publish(draft: DraftText) -> DraftText:
    """Put the whole version before readers, with its paragraphs numbered.

    Locks the version. Raises DraftIsPublished, or DraftNotReady with every reason.
    """
    lock(DraftText, draft.pk)
    draft = DraftText.objects.get(pk=draft.pk)
    if draft.is_published:
        raise DraftIsPublished
    if reasons := list(reasons_of(draft)):
        raise DraftNotReady(reasons)
    draft.is_published, draft.published_at = True, timezone.now()
    draft.save(update_fields=("is_published", "published_at"))
    number_paragraphs(draft)
    public_changed()
    return draft


def number_paragraphs(draft: DraftText) -> None:
    """Give every paragraph the number readers know it by; a dropped one has none."""
    rows = list(Paragraph.objects.filter(draft=draft).standing())
    for number, row in enumerate(rows, 1):
        row.number = number
    Paragraph.objects.bulk_update(rows, ("number",))


@transaction.atomic
def begin_next_version(draft: DraftText) -> DraftText:
    """Return the next version: it begins with the words of this one, without what it dropped.

    Locks the version. Raises NextVersionBegun where somebody was first.
    """
    lock(DraftText, draft.pk)
    last = DraftText.objects.filter(pk=draft.pk).current().first()
    others = DraftText.objects.filter(consultation=draft.consultation_id, number=draft.number)
    if last is None or others.filter(is_published=False).exists():
        raise NextVersionBegun
    copy: Any = DraftText(
        consultation=last.consultation, number=last.number, version=last.version + 1
    )
    _copy(last, copy, "title", "introduction")
    copy.paragraphs = [
        _copy(row, Paragraph(sort_order=row.sort_order, key=row.key), "heading", "text")
        for row in Paragraph.objects.filter(draft=last).standing()
    ]
    copy.save()
    return cast(DraftText, copy)


def _copy(source: Any, copy: Any, *names: str) -> Any:
    """Give the copy these texts of the source in every language."""
    for column in (column for name in names for column in field_names(name)):
        setattr(copy, column, getattr(source, column))
    return copy
