"""Which events. Every method reads as part of a sentence."""

from datetime import datetime
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import PageQuerySet

from events.enums import EventKind, EventStatus
from partnership.pages.access import open_to_all
from partnership.pages.languages import field_names, localized

#: What belongs to an event and is shown on its card.
ON_CARDS = ("venues", "cover_photo__renditions")


class EventQuerySet(PageQuerySet):
    """Reads as a sentence: ``EventPage.objects.upcoming().of_kind("festival")``."""

    def upcoming(self) -> Self:
        """Published events that are not over yet, the next one first."""
        return self.public_events().ahead()

    def past(self) -> Self:
        """Published events that are over, the latest one first."""
        return self.public_events().over()

    def ahead(self) -> Self:
        """Not over yet, the next one first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def over(self) -> Self:
        """Over, the latest one first."""
        return self.filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-pk")

    def public_events(self) -> Self:
        """Everything readers may open."""
        return self.live().filter(open_to_all())

    def at(self, slug: str) -> Self:
        """Whatever answers to this slug, in whichever language."""
        answers = Q(slug=slug)
        for name in field_names("local_slug"):
            answers |= Q(**{name: slug})
        return self.filter(answers)

    def in_language_at(self, slug: str, code: str) -> Self:
        """Whatever answers to this slug in that language."""
        name = localized("local_slug", code)
        unset = Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
        return self.filter(Q(**{name: slug}) | (Q(slug=slug) & unset))

    def for_page(self) -> Self:
        """What the page of one event shows of its own row."""
        boards = self.model._meta.get_field("boards").related_model.objects.published()
        known = ("consultation", "cover_photo", "report__consultation", "debrief", "question_time")
        return (
            self.with_places_taken()
            .knowing_hosts()
            .select_related(*known)
            .annotate(
                has_boards=Exists(boards.filter(event=OuterRef("pk")).order_by()),
                is_origin_open=open_to_all("consultation__"),
            )
        )

    def of_kind(self, kind: str | None) -> Self:
        """Only exchanges, only festivals and so on; all of them for None."""
        return self.filter(kind=EventKind(kind)) if kind else self

    def in_city(self, code: str | None) -> Self:
        """Events at a place in that city, of it, or of all cities at no place; all for None."""
        if not code:
            return self
        found = self.model.objects.filter(
            Q(venues__city__code=code) | Q(cities__code=code) | Q(venues=None, cities=None)
        )
        return self.filter(pk__in=found.order_by().values("pk"))

    def own_of(self, editor: Any) -> Self:
        """Of a city the editor works for, or joint; all for superusers."""
        if editor.is_superuser:
            return self
        own = Q(cities__in=editor.edits_for.all()) | Q(cities=None)
        return self.filter(pk__in=self.model.objects.filter(own).order_by().values("pk"))

    def held_in(self, code: str | None) -> Self:
        """Events held in that language, or in all of them; all events for None."""
        if not code:
            return self
        return self.filter(Q(languages="") | Q(languages__contains=f",{code},"))

    def overlapping(self, since: datetime, until: datetime) -> Self:
        """On between two instants, the first one first."""
        found = self.filter(ends_at__gt=since, starts_at__lt=until)
        return found.order_by("starts_at", "pk")

    def taking_people(self) -> Self:
        """Events one can still join: happening, the sign-up not closed, with places left."""
        now = timezone.now()
        is_open = Q(sign_up_closes_at__gt=now) | Q(sign_up_closes_at=None, starts_at__gt=now)
        called_off = (EventStatus.CANCELLED, EventStatus.POSTPONED)
        found = self.filter(Q(takes_sign_up=False) | is_open, ends_at__gt=now)
        return found.exclude(event_status__in=called_off).with_places_left()

    def spoken_at(self) -> Self:
        """Events whose notes stand in a consultation; the relation belongs to consultations."""
        return self.filter(contributions__isnull=False).distinct()

    def for_calendars(self) -> Self:
        """What a calendar of them tells, in a number of queries that never grows."""
        return self.order_by("starts_at", "pk").prefetch_related("venues__city").knowing_hosts()

    def knowing_hosts(self) -> Self:
        """Add ``has_hosting``: whether partners host it, so that others are not asked for any."""
        hosts: Any = self.model._meta.get_field("hosting")
        rows = hosts.remote_field.through.objects.filter(eventpage=OuterRef("pk"))
        return self.annotate(has_hosting=Exists(rows))

    def with_places_taken(self) -> Self:
        """Add ``places_taken``, ``has_quotas`` and ``queued_for``: one query for all events.

        Places given from those kept back do not count: nobody can sign up for them. Waiting
        people are in no figure; but while they queue, nothing is free for others.
        """
        registrations = self.model._meta.get_field("registrations").related_model.objects
        here = registrations.filter(event=OuterRef("pk"))
        taken = (
            here.active()
            .signed_up()
            .order_by()
            .values("event")
            .annotate(places=Sum("party_size"))
            .values("places")
        )
        quotas = self.model._meta.get_field("quotas").related_model.objects
        held = Q(quotas_release_at=None) | Q(quotas_release_at__gt=timezone.now())
        return self.annotate(
            places_taken=Coalesce(Subquery(taken), 0),
            has_quotas=Exists(quotas.filter(event=OuterRef("pk"))) & held,
            queued_for=Exists(here.waiting()) & Q(has_quotas=False),
        )

    def with_places_left(self) -> Self:
        """Only events that can still take somebody; no capacity means no limit."""
        has_room = Q(capacity=None) | Q(capacity__gt=F("places_taken") + F("reserved_places"))
        return self.with_places_taken().filter(has_room, queued_for=False)

    def for_cards(self) -> Self:
        """What a list of cards shows of each event, in a number of queries that never grows."""
        return self.with_places_taken().select_related("cover_photo").prefetch_related(*ON_CARDS)
