"""What readers see of a draft text: each paragraph, what is said of it, and what became of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.drafts.comparing import differences, marked
from consultations.drafts.links import beside_asked_for, link_to_answer, with_beside
from consultations.drafts.models import DraftText, Paragraph
from consultations.enums import Back, PublicationStatus
from consultations.models import ConsultationPage, Contribution
from consultations.presenting.conversation import THERE, Pressed, conversation, entry_of
from consultations.presenting.reader import Reader
from partnership.interface.templatetags.looks import language_name
from partnership.pages.languages import CODES, active, localized

#: So many comments stand under each paragraph; the others have a page.
COMMENTS_AT_FIRST = 3


@dataclass
class Shown:
    """A version that is read, with those before and after it, and everybody's paragraphs."""

    draft: DraftText
    versions: list[DraftText]
    paragraphs: dict[int, list[Paragraph]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def find(cls, consultation: ConsultationPage, number: int, version: int) -> "Shown | None":
        """Return the version that everybody may read; None for no such. Two queries."""
        versions = list(consultation.draft_texts.published().filter(number=number))
        for each in versions:
            each.consultation = consultation
        draft = next((each for each in versions if each.version == version), None)
        if draft is None:
            return None
        found = cls(draft, versions)
        near = {each.pk: each for each in (found.before, draft, found.after) if each}
        rows = Paragraph.objects.filter(draft__in=near)
        for row in rows.order_by("sort_order", "pk"):
            row.draft = near[row.draft_id]
            found.paragraphs[row.draft_id].append(row)
        return found

    @property
    def before(self) -> DraftText | None:
        """The version it follows."""
        return self._version(self.draft.version - 1)

    @property
    def after(self) -> DraftText | None:
        """The version that follows it."""
        return self._version(self.draft.version + 1)

    def _version(self, number: int) -> DraftText | None:
        return next((each for each in self.versions if each.version == number), None)

    def of(self, draft: DraftText | None) -> dict[str, Paragraph]:
        """The paragraphs of one of the three, by their keys; dropped ones among them."""
        rows = self.paragraphs[draft.pk] if draft else []
        return {str(each.key): each for each in rows}

    @property
    def standing(self) -> list[Paragraph]:
        """The paragraphs of the version itself."""
        return [each for each in self.paragraphs[self.draft.pk] if not each.is_dropped]

    def answer_to(self, paragraph: Paragraph) -> dict[str, str] | None:
        """The link to what became of the comments on one of its paragraphs."""
        answer = self.of(self.after).get(str(paragraph.key))
        if answer is None or not answer.became:
            return None
        draft = self.draft
        slug = draft.consultation.slug_in(active())
        return link_to_answer(slug, draft.number, draft.version, paragraph)


def draft_context(shown: Shown, reader: Reader, query: Mapping[str, str]) -> dict[str, Any]:
    """Everything on the page of a version; a few queries, however long it is."""
    draft, beside = shown.draft, beside_asked_for(query)
    counts = _counts(shown)
    threads, waiting = _first_threads(draft, reader, beside), _own_waiting(draft, reader)
    before = shown.of(shown.before)
    changed = differences(before.values(), shown.standing) if shown.before else {}
    return {
        "draft": draft,
        "before": shown.before,
        "newest": shown.versions[-1],
        "is_over": draft != shown.versions[-1],
        "versions": versions_of(shown),
        "others": [
            {"name": language_name(code), "code": code, "is_chosen": code == beside}
            for code in CODES
            if code != active()
        ],
        "in_other_language": _in(beside, draft, "title", "introduction"),
        "rows": [
            {
                "paragraph": each,
                "url": with_beside(each.get_absolute_url(), beside),
                "beside": _in(beside, each, "heading", "text"),
                "difference": changed.get(str(each.key)),
                "marked": marked(before.get(str(each.key)), each),
                "answer": _answer(each, before, counts, beside),
                "answered": shown.answer_to(each),
                "total": counts[each.pk],
                "threads": threads[each.pk],
                "waiting": waiting[each.pk],
            }
            for each in shown.standing
        ],
        "dropped": [
            _answer(each, before, counts, beside)
            for each in shown.paragraphs[draft.pk]
            if each.is_dropped and str(each.key) in before
        ],
    }


def versions_of(shown: Shown) -> list[dict[str, Any]]:
    """The versions as links side by side, the newest first; none where there is one only."""
    if len(shown.versions) == 1:
        return []
    return [
        {
            "title": _("Version %(number)s") % {"number": each.version},
            "url": each.get_absolute_url(),
            "current": each == shown.draft,
        }
        for each in reversed(shown.versions)
    ]


def _in(code: str, thing: Any, *names: str) -> dict[str, str]:
    """Texts of the thing in another language, with its ``code``; nothing without one."""
    if not code:
        return {}
    return {"code": code, **{name: getattr(thing, localized(name, code)) or "" for name in names}}


def _answer(
    paragraph: Paragraph, before: Mapping[str, Paragraph], counts: Mapping[int, int], beside: str
) -> dict[str, Any] | None:
    """What became of the comments on a paragraph of the version before; None for a new one."""
    was = before.get(str(paragraph.key))
    if was is None:
        return None
    return {
        "was": was,
        "became": paragraph.became,
        "beside": _in(beside, paragraph, "became"),
        "total": counts[was.pk],
    }


def _counts(shown: Shown) -> Mapping[int, int]:
    """How many conversations were begun about each paragraph; one query."""
    drafts = [each.pk for each in (shown.before, shown.draft) if each]
    said = shown.draft.consultation.contributions.shown().threads().order_by()
    rows = said.filter(paragraph__draft__in=drafts).values_list("paragraph")
    return defaultdict(int, rows.annotate(number=Count("pk")))


def _own_waiting(draft: DraftText, reader: Reader) -> Mapping[int, int]:
    """How many of the reader's own comments on each paragraph wait for a moderator.

    Who replied comes back to the paragraph, far below what is told at the top; one query.
    """
    if reader.participant is None:
        return defaultdict(int)
    own = reader.participant.contributions.filter(paragraph__draft=draft).order_by()
    rows = own.filter(publication_status=PublicationStatus.PENDING).values_list("paragraph")
    return defaultdict(int, rows.annotate(number=Count("pk")))


def _first_threads(
    draft: DraftText, reader: Reader, beside: str
) -> Mapping[int, list[dict[str, Any]]]:
    """The latest few comments on every paragraph; one query."""
    turn = Window(RowNumber(), partition_by=F("paragraph"), order_by=("-created_at", "-pk"))
    said = draft.consultation.contributions.shown().threads().filter(paragraph__draft=draft)
    few = said.annotate(turn=turn).filter(turn__lte=COMMENTS_AT_FIRST)
    told = few.with_authors().with_translation_into(active()).with_answer_of(reader.participant)
    slug = draft.consultation.slug_in(active())
    pressed = Pressed(Back.DRAFT, replace(THERE.asked, beside=beside))
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for comment in told.order_by("-created_at", "-pk"):
        found[comment.paragraph_id].append(_thread(comment, slug, reader, pressed))
    return found


def _thread(comment: Contribution, slug: str, reader: Reader, pressed: Pressed) -> dict[str, Any]:
    """One comment; the replies to it are read on a page of their own."""
    return {
        **entry_of(comment, {}, slug, reader, pressed),
        "replies": [],
        "more": comment.reply_count,
        "more_url": reverse("consultation_thread", args=(slug, comment.pk)),
    }


def paragraph_context(
    shown: Shown, paragraph: Paragraph, reader: Reader, query: Mapping[str, str]
) -> dict[str, Any]:
    """One paragraph with everything that is said about it."""
    consultation = shown.draft.consultation
    total = consultation.contributions.shown().threads().filter(paragraph=paragraph).count()
    talk = conversation(consultation, query, {}, total=total, reader=reader, paragraph=paragraph)
    beside = beside_asked_for(query)
    return {
        "draft": shown.draft,
        "draft_url": with_beside(shown.draft.get_absolute_url(), beside),
        "paragraph": paragraph,
        "beside": _in(beside, paragraph, "heading", "text"),
        "newest": shown.versions[-1],
        "is_over": shown.draft != shown.versions[-1],
        "answered": shown.answer_to(paragraph),
        "conversation": talk,
    }


def panel_rows(consultation: ConsultationPage) -> Sequence[DraftText]:
    """The texts that a consultation puts before readers; no query where it has none."""
    if not consultation.pk or not getattr(consultation, "has_draft_texts", True):
        return []
    drafts = list(consultation.draft_texts.current())
    for draft in drafts:
        draft.consultation = consultation
    return drafts
