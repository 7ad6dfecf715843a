"""Draft texts for tests: of an open consultation, with paragraphs in every language."""

import re
from typing import Any

from django.http import HttpResponse

from consultations.drafts.groups import ensure_groups
from consultations.drafts.models import DraftText, Paragraph
from consultations.drafts.services import begin_next_version, publish
from consultations.models import ConsultationPage, Contribution
from partnership.cities.models import City
from partnership.people.models import Resident
from tests.factories.consultations import ContributionFactory, in_every_language, make_consultation
from tests.factories.groups import make_groups
from tests.factories.official import editor_of as signer_of


def editor_of(*cities: City, **fields: Any) -> Resident:
    """Somebody who writes draft texts for these cities."""
    editor = signer_of(*cities, **fields)
    make_groups(ensure_groups, last="add_drafttext")
    return editor


def write_draft(
    *texts: str, consultation: ConsultationPage | None = None, **fields: Any
) -> DraftText:
    """A first version that nobody sees yet, with these paragraphs."""
    draft = DraftText.objects.create(
        consultation=consultation or make_consultation(),
        **{**in_every_language("title", "Charter"), **fields},
    )
    for place, text in enumerate(texts or ("Dogs on a lead.", "Music until ten.")):
        Paragraph.objects.create(draft=draft, sort_order=place, **in_every_language("text", text))
    return draft


def make_draft(*texts: str, **fields: Any) -> DraftText:
    """The same, put before readers."""
    return publish(write_draft(*texts, **fields))


def change(draft: DraftText, place: int, **fields: Any) -> Paragraph:
    """Change the paragraph at that place, from 1 on; texts are the same in every language."""
    paragraph = list(draft.paragraphs.order_by("sort_order"))[place - 1]
    for name, value in fields.items():
        texts = {name: value} if name == "is_dropped" else in_every_language(name, value)
        for column, text in texts.items():
            setattr(paragraph, column, text)
    paragraph.save()
    return paragraph


def next_version(draft: DraftText, *changes: dict[str, Any]) -> DraftText:
    """The next version, published with these changes (see ``change``)."""
    begun = begin_next_version(draft)
    for each in changes:
        change(begun, each.pop("place"), **each)
    return publish(DraftText.objects.get(pk=begun.pk))


def paragraph(draft: DraftText, number: int = 1) -> Paragraph:
    """The paragraph with that number."""
    return Paragraph.objects.get(draft=draft, number=number)


def comment_on(paragraph: Paragraph, **fields: Any) -> Contribution:
    """What somebody says about a paragraph."""
    consultation = paragraph.draft.consultation
    return ContributionFactory(consultation=consultation, paragraph=paragraph, **fields)


def text_of(response: HttpResponse) -> str:
    """The words of a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
