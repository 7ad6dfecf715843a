"""Which acts of people count on the board, as rows of ``year, city`` and what is asked beside."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Sum, Value, When
from django.utils import timezone

from consultations.enums import Channel, Participation
from consultations.models import (
    AnsweredMark,
    ConsultationPage,
    Contribution,
    Response,
    Statement,
    Vote,
)
from events.enums import EventStatus
from events.models import EventPage
from events.querysets import EventQuerySet
from events.registrations.models import Registration
from home.parity.years import Years
from partnership.pages.access import open_to_all

CALLED_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)


@dataclass(frozen=True)
class Acts:
    """What was done on public pages, year by year."""

    years: Years

    @property
    def consultations(self) -> QuerySet:
        """Those that everybody may read."""
        return ConsultationPage.objects.live().filter(open_to_all()).order_by().values("pk")

    @property
    def votes(self) -> QuerySet:
        """On statements that readers see."""
        shown = Statement.objects.public().order_by().values("pk")
        return self._in_years(Vote.objects.filter(statement__in=shown), "created_at")

    @property
    def forms(self) -> QuerySet:
        """Filled forms; anonymous ones once nobody can be told by a figure that grows."""
        can_be_told = Q(is_anonymous=False) | Q(consultation__closes_at__lte=timezone.now())
        found = Response.objects.filter(can_be_told, consultation__in=self.consultations)
        return self._in_years(found, "created_at")

    @property
    def marks(self) -> QuerySet:
        """Who answered anonymously, in the year of the close: no other time is known."""
        closed = AnsweredMark.objects.filter(
            consultation__in=self.consultations, consultation__closes_at__lte=timezone.now()
        )
        return self._in_years(closed, "consultation__closes_at")

    @property
    def comments(self) -> QuerySet:
        """Those that readers see."""
        found = Contribution.objects.readable().filter(consultation__in=self.consultations)
        return self._in_years(found, "created_at")

    @property
    def statements(self) -> QuerySet:
        """Those that residents proposed, and readers see."""
        public: Any = Statement.objects.public().exclude(participant=None)
        # modeltranslation would order columns anew, and rows of several tables be mixed up.
        found = public.rewrite(mode=False)
        return self._in_years(found, "created_at")

    @property
    def events_held(self) -> QuerySet:
        """Events that are over and were not called off."""
        return self._in_years(_not_called_off().over(), "starts_at")

    @property
    def places(self) -> QuerySet:
        """Places that were taken, in the year of the event."""
        events = _not_called_off().order_by().values("pk")
        taken = Registration.objects.admitted().filter(event__in=events)
        return self._in_years(taken, "event__starts_at")

    def in_words(self) -> QuerySet:
        """Forms, comments and statements: kind, year, city, way, voice, number, people; one query.

        People are the participants told apart, and whoever has none for every row.
        """
        paper, session = Q(channel=Channel.PAPER), Q(event__isnull=False)
        forms = _grouped(self.forms, "forms", When(paper, then=Value(Channel.PAPER.value)))
        comments = _grouped(
            self.comments, "comments", When(session, then=Value(Channel.SESSION.value))
        )
        return forms.union(comments, _grouped(self.statements, "statements"), all=True)

    def votes_counted(self) -> QuerySet:
        """Votes: year, city, number, people."""
        rows = self.votes.values_list("year", "city_id")
        return rows.annotate(how_many=Count("pk"), people=Count("participant", distinct=True))

    def page_by_page(self) -> QuerySet:
        """Kind, event or consultation or statement, year, city, number, people; one query.

        Of what pages tell city by city: who had a place and who came, forms, votes.
        """
        came = Count("pk", filter=Q(arrived__gt=0))
        places = _of_pages(self.places, "places", "event", Sum("party_size"), Count("pk"))
        used = _of_pages(self.places, "places_used", "event", Sum("arrived"), came)
        forms = _of_pages(self.forms, "forms", "consultation", Count("pk"), Count("pk"))
        votes = _of_pages(self.votes, "votes", "statement", Count("pk"), Count("pk"))
        return places.union(used, forms, votes, all=True)

    def people(self) -> QuerySet:
        """Everybody who did anything, once for each year and city; sheets are people of their own.

        Rows are ``year, city, person``; a number below nought is that of a sheet.
        """
        on_paper = self.forms.filter(channel=Channel.PAPER).annotate(person=F("pk") * Value(-1))
        first, *others = (
            *(_persons(acts) for acts in self._of_participants()),
            on_paper.values_list("year", "city_id", "person"),
        )
        return first.union(*others)

    def _of_participants(self) -> Iterator[QuerySet]:
        acts = (self.votes, self.forms, self.marks, self.comments, self.statements, self.places)
        return (rows.exclude(participant=None) for rows in acts)

    def _in_years(self, rows: QuerySet, column: str) -> QuerySet:
        found = rows.order_by().annotate(year=self.years.of(column))
        return found.filter(
            **{
                f"{column}__gte": self.years.begins(self.years.first),
                f"{column}__lt": self.years.begins(self.years.last + 1),
            }
        )


def _not_called_off() -> EventQuerySet:
    found: EventQuerySet = EventPage.objects.public_events()
    return found.exclude(event_status__in=CALLED_OFF)


def _of_pages(rows: QuerySet, kind: str, page: str, number: Any, people: Any) -> QuerySet:
    named = rows.annotate(measure=Value(kind, CharField()), page=F(f"{page}_id"))
    grouped = named.values_list("measure", "page", "year", "city_id")
    return grouped.annotate(how_many=number, people=people)


def _persons(acts: QuerySet) -> QuerySet:
    return acts.annotate(person=F("participant_id")).values_list("year", "city_id", "person")


def _grouped(rows: QuerySet, kind: str, *ways: When) -> QuerySet:
    by_code = When(consultation__participation=Participation.VERIFIED, then=Value("code"))
    way: Any = Case(*ways, by_code, default=Value(Channel.WEB.value), output_field=CharField())
    by_nobody_known = Count("pk", filter=Q(participant=None))
    return (
        rows.annotate(measure=Value(kind, CharField()), way=way, voice=F("organisation_kind"))
        .values_list("measure", "year", "city_id", "way", "voice")
        .annotate(
            how_many=Count("pk"), people=Count("participant", distinct=True), others=by_nobody_known
        )
    )
