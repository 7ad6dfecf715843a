"""The comments of a consultation or a statement: ten conversations to a page, in four orders.

Of a consultation also those alone that somebody asks for (``narrowing.py``).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.urls import reverse

from consultations import answered
from consultations.drafts.links import BESIDE_PARAMETER, address_of_paragraph, links_to_answer
from consultations.enums import Back, Order
from consultations.models import ConsultationPage, Contribution
from consultations.outcomes import Outcome
from consultations.presenting.narrowing import EVERYTHING, NOT_COUNTED, Asked, Begun
from consultations.presenting.quoting import board_address, quoted
from consultations.presenting.reader import Reader
from consultations.presenting.votes import links_to, statement_address
from consultations.querysets import DRAWING_SIZE
from consultations.translations.reading import reading_of
from partnership.pages.languages import active
from partnership.pages.small_pictures import small_picture

PER_PAGE = 10
REPLIES_AT_FIRST = 3
REPLIES_PER_PAGE = 20
PAGE_PARAMETER = "comments"
BACK_PARAMETER = "back"
#: Where a text may be read in another language beside one's own.
OF_TEXTS = frozenset((Back.DRAFT, Back.PARAGRAPH))


@dataclass(frozen=True, slots=True)
class Pressed:
    """Where a button at a comment is pressed, so that what it leads to leads back there."""

    back: Back
    asked: Asked

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """What the address says; what is unknown there counts as not said."""
        asked, named = Asked.to_lead_back(query), query.get(BACK_PARAMETER, "")
        back = Back(named if named in Back.values else "")
        return cls(back, asked if back in OF_TEXTS else replace(asked, beside=""))

    @property
    def values(self) -> dict[str, str]:
        """What its address says, by name; nothing for what everybody sees first."""
        back = {BACK_PARAMETER: self.back.value} if self.back else {}
        return {**back, **self.asked.values}

    @property
    def query(self) -> str:
        """The same as a query, with its mark; empty for nothing."""
        return f"?{urlencode(self.values)}" if self.values else ""


#: On the consultation's own page, as everybody sees it first.
THERE = Pressed(Back.CONVERSATION, EVERYTHING)


def conversation(
    consultation: ConsultationPage,
    query: Mapping[str, str],
    outcomes: Mapping[str, Sequence[Outcome]],
    *,
    reader: Reader,
    total: int = 0,
    begun: Begun = NOT_COUNTED,
    **about: Any,
) -> dict[str, Any]:
    """Return one page of conversations with the first replies to each; one query.

    ``total`` is how many there are; where readers may choose, ``begun`` says how many of what.
    With ``statement``, for example, they are those about it.
    """
    asked, every = Asked.of(query, begun), total or begun.total
    shown = consultation.contributions.shown().in_conversation()
    threads = asked.narrow(shown.filter(**about), consultation)
    total = asked.number(threads, begun) if asked.is_narrow else every
    page = _page_of(threads.in_order(asked.order), total, query.get(PAGE_PARAMETER))
    by_parent = _spoken(consultation, page.object_list, reader) if total else defaultdict(list)
    answers = _answers(consultation, by_parent)
    outcomes = together(outcomes, answers.outcomes)
    slug, pressed = consultation.slug_in(active()), Pressed(Back(next(iter(about), "")), asked)
    answers_to = told_once(answers)

    def entry(comment: Contribution) -> dict[str, Any]:
        return entry_of(comment, outcomes, slug, reader, pressed) | {"answers": answers_to(comment)}

    return {
        "page": page,
        "is_begun": bool(every),
        **asked.offered(begun),
        "answers_url": answers.url,
        "outcomes": outcomes,
        "threads": _with_replies(by_parent, asked.order, slug, entry),
    }


def _page_of(threads: Any, total: int, number: str | None) -> Page:
    """One page of them, without counting again how many there are."""
    paginator = Paginator(threads, PER_PAGE)
    paginator.count = total
    return paginator.get_page(number)


def _with_replies(
    by_parent: dict[int | None, list[Contribution]],
    order: Order,
    slug: str,
    entry: Callable[[Contribution], dict[str, Any]],
) -> list[dict[str, Any]]:
    """Each comment of the page with the first replies, and how many more there are where."""
    return [
        {
            **entry(thread),
            "replies": [entry(reply) for reply in by_parent[thread.pk]],
            "more": max(0, thread.reply_count - len(by_parent[thread.pk])),
            "more_url": reverse("consultation_thread", args=(slug, thread.pk)),
        }
        for thread in _sorted(by_parent.pop(None, []), order)
    ]


def _spoken(
    consultation: ConsultationPage, threads: Any, reader: Reader
) -> dict[int | None, list[Contribution]]:
    """The comments of one page under None, and the first replies to each under its key."""
    by_parent: dict[int | None, list[Contribution]] = defaultdict(list)
    spoken = consultation.contributions.with_first_replies(threads, most=REPLIES_AT_FIRST)
    told = spoken.with_authors().with_translation_into(active())
    comments = list(told.with_answer_of(reader.participant))
    # Asked for only where the page of a session is shown: who took no side there.
    sessions = [each.event for each in comments if each.event and each.names_session]
    prefetch_related_objects(sessions, "hosting")
    for comment in comments:
        by_parent[comment.parent_id].append(comment)
    return by_parent


def _answers(
    consultation: ConsultationPage, by_parent: Mapping[int | None, Sequence[Contribution]]
) -> answered.Answered:
    """What the cities answered, to the comments of one page above all."""
    keys = [comment.pk for comments in by_parent.values() for comment in comments]
    return answered.on_page(consultation, keys)


def told_once(found: answered.Answered) -> Callable[[Contribution], answered.Answers]:
    """Return what gives the answers to a comment; those that the page has told already say so.

    It is asked comment by comment, in the order of the page.
    """
    told: set[int] = set()

    def answers_to(comment: Contribution) -> answered.Answers:
        answers = found.to_comments.get(comment.pk, [])
        own = [{**answer, "is_told_above": answer["key"] in told} for answer in answers]
        told.update(answer["key"] for answer in answers)
        return own

    return answers_to


def together(
    outcomes: Mapping[str, Sequence[Outcome]], answers: Mapping[str, Sequence[Outcome]]
) -> dict[str, list[Outcome]]:
    """The promises and the answers that go back to each thing that was said."""
    anchors = dict.fromkeys((*outcomes, *answers))
    return {anchor: [*outcomes.get(anchor, ()), *answers.get(anchor, ())] for anchor in anchors}


def _sorted(threads: list[Contribution], order: Order) -> list[Contribution]:
    """The few of one page, as the database sorted all of them."""
    keys = {
        Order.NEWEST: lambda entry: (entry.created_at, entry.pk),
        Order.OLDEST: lambda entry: (entry.created_at, entry.pk),
        Order.SUPPORTED: lambda entry: (entry.support_score, entry.pk),
        Order.DISCUSSED: lambda entry: (entry.reply_count, entry.pk),
    }
    return sorted(threads, key=keys[order], reverse=order != Order.OLDEST)


def page_number_of(thread: Contribution, asked: Asked, **about: Any) -> int:
    """Return the page on which a shown comment stands, among those that were asked for.

    With ``statement``, for example, it is the page among those about it.
    """
    threads = thread.consultation.contributions.shown().in_conversation().filter(**about)
    threads = asked.narrow(threads, thread.consultation)
    return threads.before(thread, asked.order).count() // PER_PAGE + 1


def place_in_thread(reply: Contribution) -> int:
    """How many published replies stand before this one under the same comment."""
    replies = Contribution.objects.published().filter(parent_id=reply.parent_id)
    return replies.before(reply, Order.OLDEST).count()


def entry_of(
    comment: Contribution,
    outcomes: Mapping[str, Sequence[Outcome]],
    slug: str,
    reader: Reader,
    pressed: Pressed = THERE,
) -> dict[str, Any]:
    """One comment as its component wants it, with what this reader may do with it."""
    reading = reading_of(comment)
    can_be_better = reading.can_be_better
    return {
        "comment": comment,
        "reading": reading,
        "translate_url": reverse("translate_comment", args=(slug, comment.pk))
        if can_be_better
        else "",
        "author": comment.author_name,
        "is_staff": comment.is_by_staff,
        "session": session_of(comment),
        "drawing": small_picture(comment, "drawing", DRAWING_SIZE),
        "became": [
            *links_to(outcomes.get(comment.anchor, ())),
            *links_to_answer(slug, comment),
        ],
        "acts": _acts(comment, slug, reader, pressed),
    }


def _acts(comment: Any, slug: str, reader: Reader, pressed: Pressed) -> dict[str, Any]:
    """What this reader may do with it and where, each address leading back to where it stands."""
    is_own = reader.participant is not None and comment.participant_id == reader.participant.pk
    return {
        "is_own": is_own,
        "is_editable": is_own and comment.is_editable,
        "said": getattr(comment, "said", None),
        "is_reported": getattr(comment, "is_reported", False),
        "is_signed_in": reader.is_signed_in,
        "statement_url": statement_address(slug, comment.statement),
        "board_url": board_address(comment),
        "quote": quoted(comment, pressed.back),
        "paragraph_url": address_of_paragraph(slug, comment),
        "edit": reverse("consultation_edit", args=(slug, comment.pk)),
        **{
            name: f"{reverse(f'consultation_{name}', args=(slug, comment.pk))}{pressed.query}"
            for name in ("support", "report")
        },
        "reply": _leading_back(pressed),
    }


def _leading_back(pressed: Pressed) -> str:
    """What the address of a form for a reply says about where it was begun."""
    beside = pressed.asked.beside
    values = {BACK_PARAMETER: pressed.back.value, BESIDE_PARAMETER: beside}
    return "".join(f"&{name}={value}" for name, value in values.items() if value)


def session_of(comment: Any) -> dict[str, Any] | None:
    """The event whose people wrote it together, the way back to it, its conveners if at hand."""
    event = comment.event
    if event is None:
        return None
    if not comment.names_session:
        return {"title": "", "url": ""}
    is_known = "hosting" in getattr(event, "_prefetched_objects_cache", {})
    conveners = event.hosting_conveners if is_known else []
    return {"title": event.title, "url": event.get_url(), "conveners": conveners}


def whole_thread(
    consultation: ConsultationPage, thread: Contribution, number: str | None, reader: Reader
) -> dict[str, Any]:
    """Return one comment with a page of all replies to it, in the order they were said."""
    published = consultation.contributions.published().filter(parent=thread)
    told = published.in_order(Order.OLDEST).with_authors().with_translation_into(active())
    paginator = Paginator(told.with_answer_of(reader.participant), REPLIES_PER_PAGE)
    paginator.count = thread.reply_count
    page = paginator.get_page(number)
    replies = list(page.object_list)
    answers = _answers(consultation, {None: [thread, *replies]})
    slug = consultation.slug_in(active())
    pressed = THERE if thread.is_idea else replace(THERE, back=Back.THREAD)
    answers_to = told_once(answers)

    def entry(comment: Contribution) -> dict[str, Any]:
        return {**entry_of(comment, {}, slug, reader, pressed), "answers": answers_to(comment)}

    return {
        "page": page,
        "entry": {
            **entry(thread),
            "replies": [entry(reply) for reply in replies],
            "more": 0,
        },
    }
