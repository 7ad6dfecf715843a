"""Which consultations, statements, votes, comments."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, cast

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone
from wagtail.models import PageQuerySet

from consultations.conversation.querysets import city_told
from consultations.drafts.querysets import with_paragraphs
from consultations.enums import ConsultationState, ContributionKind, Order, PublicationStatus
from consultations.joined import Among
from consultations.translations.enums import TranslationStatus
from partnership.pages.access import open_to_all
from partnership.pages.languages import active, field_names
from partnership.pages.small_pictures import with_small_picture

if TYPE_CHECKING:
    from consultations.models import ConsultationPage, Contribution
    from partnership.people.models import Participant, Resident

#: As large as readers see a drawing.
DRAWING_SIZE = "max-640x640"
#: By what a conversation is ordered, and the sign of the largest first.
ORDERS = {
    Order.NEWEST: ("created_at", "-"),
    Order.OLDEST: ("created_at", ""),
    Order.SUPPORTED: ("support_score", "-"),
    Order.DISCUSSED: ("reply_count", "-"),
}


class ConsultationQuerySet(PageQuerySet):
    """Reads as a sentence: ``ConsultationPage.objects.live().open()``."""

    def open(self, at: datetime | None = None) -> Self:
        """Those that can be answered now, the one that closes first at the top."""
        now = at or timezone.now()
        return self.filter(opens_at__lte=now, closes_at__gt=now).order_by("closes_at", "pk")

    def forthcoming(self, at: datetime | None = None) -> Self:
        """Those that have not opened yet, the next one first."""
        return self.filter(opens_at__gt=at or timezone.now()).order_by("opens_at", "pk")

    def closed(self, at: datetime | None = None) -> Self:
        """Those past their last instant, answered or not, the latest first."""
        return self.filter(closes_at__lte=at or timezone.now()).order_by("-closes_at", "-pk")

    def answered(self) -> Self:
        """Those whose outcome was written."""
        return self.closed().filter(stored_state=ConsultationState.ANSWERED)

    def at(self, slug: str) -> Self:
        """Published ones whose address ends in this slug, in whatever language."""
        condition = Q(slug=slug)
        for name in field_names("local_slug"):
            condition |= Q(**{name: slug})
        return self.live().filter(condition, open_to_all())

    def with_answers_known(self) -> Self:
        """Add ``has_published_answers``, ``has_final_results`` and ``has_draft_texts``.

        A page without any need not ask for them.
        """
        sheets: Any = self.model._meta.get_field("answer_sheet").related_model
        published = sheets.objects.filter(consultation=OuterRef("pk"))
        frozen: Any = self.model._meta.get_field("snapshots").related_model
        drafts: Any = self.model._meta.get_field("draft_texts").related_model
        shown = drafts.objects.filter(consultation=OuterRef("pk"), is_published=True)
        return self.annotate(
            has_published_answers=Exists(published.exclude(published_at=None)),
            has_final_results=Exists(frozen.objects.filter(consultation=OuterRef("pk"))),
            has_draft_texts=Exists(shown),
        )

    def taken_part_in_by(self, participant: "Participant") -> Self:
        """Those this person has voted or answered in, or begun to answer while they are open."""
        own = self.model._default_manager.filter(people__participant=participant)
        begun = Q(pk__in=participant.drafts.values("consultation"), closes_at__gt=timezone.now())
        return self.filter(Q(pk__in=own.values("pk")) | begun)

    def with_part_of(self, participant: "Participant") -> Self:
        """Add ``own_votes`` (on how many statements), ``has_answered`` and ``has_draft``."""
        here = {"consultation": OuterRef("pk")}
        votes = participant.votes.order_by().filter(statement__consultation=OuterRef("pk"))
        counted = votes.values("statement__consultation").annotate(number=Count("pk"))
        answered = Exists(participant.responses.filter(**here))
        return self.annotate(
            own_votes=Coalesce(models.Subquery(counted.values("number")), 0),
            has_answered=answered | Exists(participant.answered_marks.filter(**here)),
            has_draft=Exists(participant.drafts.filter(**here)),
        )

    def of_moderator(self, resident: "Resident") -> Self:
        """Those whose contributions this person may moderate: of their cities, or joint ones."""
        if resident.is_superuser:
            return self
        own = Q(cities__in=resident.edits_for.all()) | Q(cities=None)
        return self.filter(own).distinct()


class TranslatedQuerySet(models.QuerySet):
    """What residents write in one language, and others put into the other ones."""

    def with_translation_into(self, code: str, *, suffix: str = "") -> Self:
        """Add the accepted translation into a language; no query more.

        It is ``translated_text``, ``translated_by`` (its origin) and ``translated_from`` (the
        digest of what it was made from), None where there is none. At most one row of each
        text and language is accepted, so nothing is doubled by the join.
        """
        name = f"translation{suffix}"
        accepted = Q(
            translations__language_code=code, translations__status=TranslationStatus.ACCEPTED
        )
        return self.annotate(
            **{name: FilteredRelation("translations", condition=accepted)}
        ).annotate(
            **{
                f"translated_text{suffix}": F(f"{name}__text"),
                f"translated_by{suffix}": F(f"{name}__origin"),
                f"translated_from{suffix}": F(f"{name}__source_digest"),
            }
        )


class StatementQuerySet(TranslatedQuerySet):
    """Statements of a consultation, in the order of their numbers."""

    def published(self) -> Self:
        """Those that readers see and vote on."""
        return self.filter(publication_status=PublicationStatus.PUBLISHED)

    def asked(self) -> Self:
        """Those that people are asked about; of several that say the same, the first one."""
        return self.published().filter(duplicate_of=None)

    def public(self) -> Self:
        """Those of consultations that everybody may open, in the order of their numbers."""
        found = self.published().filter(open_to_all("consultation__"), consultation__live=True)
        return found.order_by("consultation", "number")

    def pending(self) -> Self:
        """What residents proposed and nobody has decided about, the longest wait first."""
        waiting = self.filter(publication_status=PublicationStatus.PENDING)
        return waiting.order_by("created_at", "pk")

    def of_moderator(self, resident: "Resident") -> Self:
        """Those this person may moderate: of consultations of their cities, or joint ones."""
        return self.filter(_in_consultations_of(resident))

    def for_moderators(self) -> Self:
        """With what a moderator sees beside the words."""
        people = ("participant__resident", "participant__contact")
        return self.select_related("consultation", "city", "partner", *people)

    def for_cards(self) -> Self:
        """What a card and its figures show of each, in two queries however many there are."""
        cards = self.select_related("city", "board__event").prefetch_related("tallies")
        cards = cards.annotate(is_board_open=open_to_all("board__event__"))
        return cards.with_translation_into(active())

    def with_turns_in(self, city_id: int | None) -> Self:
        """Add ``before_them``: how many people of a city have it before them now."""
        turns: Any = self.model._meta.get_field("turns").related_model
        there = turns.objects.filter(statement=OuterRef("pk"), city=city_id).order_by()
        counted = there.values("statement").annotate(number=Count("pk")).values("number")
        return self.annotate(before_them=Coalesce(models.Subquery(counted), 0))

    def with_votes(self) -> Self:
        """Add ``votes_cast``: how many people of all cities have voted on each."""
        total = Coalesce(
            models.Sum(
                models.F("tallies__agree")
                + models.F("tallies__disagree")
                + models.F("tallies__passed")
            ),
            Value(0),
        )
        return self.annotate(votes_cast=total)


class VoteQuerySet(models.QuerySet):
    """Votes on statements."""

    def by(self, participant: "Participant | None") -> Self:
        """One person's votes; nobody has none."""
        return self.filter(participant=participant) if participant else self.none()

    def on_published(self) -> Self:
        """Votes on statements that readers still see."""
        return self.filter(statement__publication_status=PublicationStatus.PUBLISHED)


class AdmissionQuerySet(models.QuerySet):
    """Who was let in by a code."""

    def of(self, consultation: "ConsultationPage", participant: "Participant") -> Self:
        """One person's admission to a consultation, if there is one."""
        return self.filter(consultation=consultation, participant=participant)


class PeopleQuerySet(models.QuerySet):
    """Who has voted or answered."""

    def by_city(self, consultation: "ConsultationPage") -> dict[int | None, int]:
        """Return how many people of each city have taken part; one query."""
        rows = self.filter(consultation=consultation).order_by().values_list("city_id")
        return dict(rows.annotate(people=Count("pk")))

    def by_consultation(
        self, consultations: Iterable["ConsultationPage"]
    ) -> dict[int, dict[int | None, int]]:
        """Return the same for every consultation of a list, by its number; one query."""
        rows = self.filter(consultation__in=list(consultations)).order_by()
        found: dict[int, dict[int | None, int]] = {}
        for consultation, city, people in rows.values_list("consultation_id", "city_id").annotate(
            people=Count("pk")
        ):
            found.setdefault(consultation, {})[city] = people
        return found

    def numbers(
        self, consultation: "ConsultationPage", also: Iterable[models.QuerySet] = ()
    ) -> tuple[dict[int | None, int], dict[tuple[str, int | None], int], list[Any]]:
        """Return the people by city, and how many conversations were begun for whom; one query.

        For whom is a kind of organisation, or nothing where somebody spoke for themselves; with
        it stands the city that readers are told. Rows of ``also`` (``ways_in``) are just returned.
        """
        columns = ("place", "voice", "size", "what", "way")
        nobody, nothing = Value(None, models.CharField()), Value("", models.CharField())
        plain = {"what": nothing, "way": nothing}
        own = self.filter(consultation=consultation).order_by()
        people = own.values(place=F("city_id")).annotate(voice=nobody, size=Count("pk"), **plain)
        shown = consultation.contributions.shown().in_conversation().order_by()
        threads = shown.values(place=city_told(), voice=F("organisation_kind"))
        threads = threads.annotate(size=Count("pk"), **plain)
        parts = (threads.values_list(*columns), *also)
        rows = list(people.values_list(*columns).union(*parts, all=True))
        known = [row[:3] for row in rows if not row[3]]
        return (
            {place: size for place, voice, size in known if voice is None},
            {(voice, place): size for place, voice, size in known if voice is not None},
            [row for row in rows if row[3]],
        )


class ContributionQuerySet(TranslatedQuerySet):
    """Comments and ideas."""

    def published(self) -> Self:
        """Those that readers see."""
        return self.filter(publication_status=PublicationStatus.PUBLISHED)

    def pending(self) -> Self:
        """Those that wait for a moderator, the one that has waited longest first."""
        return self.filter(publication_status=PublicationStatus.PENDING).order_by(
            "created_at", "pk"
        )

    def shown(self) -> Self:
        """Those that have a place on the page: published, or taken back and replied to."""
        taken_back = Q(publication_status=PublicationStatus.WITHDRAWN, reply_count__gt=0)
        return self.filter(Q(publication_status=PublicationStatus.PUBLISHED) | taken_back)

    def reachable(self) -> Self:
        """Those on the page: of replies those whose comment has a place there, too."""
        comments: Any = self.model
        return self.shown().filter(Q(parent=None) | Q(parent__in=comments.objects.shown()))

    def readable(self) -> Self:
        """Those whose words readers find on the page: no reply to what is hidden."""
        return self.reachable().published()

    def public(self) -> Self:
        """Those of consultations that everybody may open."""
        return self.readable().filter(open_to_all("consultation__"), consultation__live=True)

    def threads(self) -> Self:
        """Comments that answer no other comment."""
        return self.filter(parent=None)

    def ideas(self) -> Self:
        """What residents wrote as an idea, and what people noted in a session."""
        return self.filter(kind=ContributionKind.IDEA)

    def of_residents(self) -> Self:
        """Those that no session left."""
        return self.filter(event=None)

    def in_conversation(self) -> Self:
        """Threads that stand on the consultation's page: residents' ideas have their own."""
        return self.threads().exclude(kind=ContributionKind.IDEA, event=None)

    def in_order(self, order: str) -> Self:
        """Sorted for a reader; of equals the later one comes first, and last for oldest."""
        field, sign = ORDERS[Order(order)]
        return self.order_by(f"{sign}{field}", f"{sign}pk")

    def before(self, contribution: "Contribution", order: str) -> Self:
        """Those that stand before this one in that order."""
        field, sign = ORDERS[Order(order)]
        value, beyond = getattr(contribution, field), "gt" if sign else "lt"
        equal = Q(**{field: value, f"pk__{beyond}": contribution.pk})
        return self.filter(Q(**{f"{field}__{beyond}": value}) | equal)

    def with_first_replies(self, threads: models.QuerySet, *, most: int) -> Self:
        """These comments and first replies to each, as they were said; numbered by keys alone."""
        chosen = threads.values("pk").query
        replies = Q(Among(F("parent_id"), chosen), publication_status=PublicationStatus.PUBLISHED)
        turn = Window(RowNumber(), partition_by=F("parent"), order_by=("created_at", "pk"))
        numbered = self.filter(Q(Among(F("pk"), chosen)) | replies).annotate(turn=turn)
        first = numbered.filter(Q(parent=None) | Q(turn__lte=most)).values("pk").query
        return self.filter(Among(F("pk"), first)).order_by("created_at", "pk")

    def with_answer_of(self, participant: "Participant | None") -> Self:
        """Add ``said``, whether this person supports each or neither, and ``is_reported``."""
        if participant is None:
            return self
        own, meta = Q(contribution=OuterRef("pk"), participant=participant), self.model._meta
        rows: Any = (meta.get_field(name).related_model for name in ("support_rows", "reports"))
        said, told = (each.objects.filter(own) for each in rows)
        said = models.Subquery(said.values("supports"))
        return self.annotate(said=said, is_reported=Exists(told))

    def of_session(self, event_id: int) -> Self:
        """What the people at an event wrote and drew together."""
        return self.filter(event=event_id)

    def reported(self) -> Self:
        """Those reported that nobody has looked at since; published, or hidden by reports."""
        there = (PublicationStatus.PUBLISHED, PublicationStatus.PENDING)
        waiting = Q(reports__isnull=False, reports__settled_at=None)
        return self.filter(waiting, publication_status__in=there).distinct()

    def for_moderators(self) -> Self:
        """With what a moderator sees beside the words, and whether there is more to see."""
        people = ("city", "participant__resident", "participant__contact", "moderated_by")
        about = ("consultation", "parent", "statement", "event", "partner")
        return with_paragraphs(self.select_related(*about, *people)).annotate(
            has_reports=self._has("reports", settled_at=None),
            has_earlier_wordings=self._has("earlier_wordings"),
        )

    def _has(self, relation: str, **conditions: Any) -> Exists:
        rows: Any = self.model._meta.get_field(relation).related_model
        return Exists(rows.objects.filter(contribution=OuterRef("pk"), **conditions))

    def to_decide(self) -> Self:
        """What waits for a moderator: the comment itself, or new words for it."""
        waits = Q(publication_status=PublicationStatus.PENDING)
        new_words = Q(publication_status=PublicationStatus.PUBLISHED) & ~Q(waiting_text="")
        return self.filter(waits | new_words)

    def with_authors(self) -> Self:
        """With what is shown beside the words: who or which session, of which city."""
        people = ("participant__resident", "city", "event", "partner")
        authors = self.select_related(*people, "statement", "board__event").annotate(
            is_board_open=open_to_all("board__event__"), is_session_open=open_to_all("event__")
        )
        return cast("Self", with_small_picture(with_paragraphs(authors), "drawing", DRAWING_SIZE))

    def of_moderator(self, resident: "Resident") -> Self:
        """Those this person may moderate: of consultations of their cities, or joint ones."""
        return self.filter(_in_consultations_of(resident))


def _in_consultations_of(resident: "Resident") -> Q:
    if resident.is_superuser:
        return Q()
    pages: Any = apps.get_model("consultations", "ConsultationPage")
    # No join: what it would repeat, DISTINCT would have to sort, and every comment for one page.
    return Q(consultation__in=pages.objects.of_moderator(resident).order_by().values("pk"))


class AnswerQuerySet(models.QuerySet):
    """Answers to questions."""

    def received_until(self, instant: datetime) -> Self:
        """Those that came in until an instant after the close.

        Anonymous ones know no hour, only noon of a day that quiet days are put together with.
        They all came before the close, and nobody is told of them for an instant before it.
        """
        in_time = Q(response__changed_at__lte=instant)
        return self.filter(in_time | Q(response__is_anonymous=True))


class SpentAddressQuerySet(models.QuerySet):
    """Addresses whose people erased themselves."""

    def over(self) -> Self:
        """Those of consultations that have closed: nothing can be said there twice."""
        return self.filter(consultation__closes_at__lte=timezone.now())
