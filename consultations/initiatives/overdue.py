"""Programmes and campaigns of which nobody knows what they change."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.initiatives.models import InitiativePage
from consultations.initiatives.querysets import InitiativeQuerySet
from partnership import continuity
from partnership.continuity import Concern
from partnership.ledger.kinds import cities_of_page

#: How long after its last day a campaign may wait for a reading.
AFTER_THE_END = timedelta(days=60)
#: How long a programme may run without one.
A_YEAR = timedelta(days=365)


def register() -> None:
    """Ask this whenever somebody asks what is overdue; called when the site starts."""
    checks = (
        ("campaigns.measured", gettext_lazy("Campaigns that nobody measured"), unmeasured),
        ("programmes.measured", gettext_lazy("Programmes that nobody measures"), neglected),
    )
    for order, (name, heading, find) in enumerate(checks, start=64):
        check = continuity.Check(name=name, heading=heading, find=find)
        continuity.register(check, order=order)


def unmeasured(today: date) -> Iterator[Concern]:
    """Campaigns that ended more than 60 days ago and have no reading of a later day."""
    over = InitiativePage.objects.campaigns().ended_before(today - AFTER_THE_END)
    found = over.with_last_reading().filter(
        Q(last_read_on=None) | Q(last_read_on__lte=F("ends_on"))
    )
    words = _("“%(initiative)s” is over, and nobody has measured since what it changed.")
    ahead = _("Measure what “%(initiative)s” changed.")
    return _about(found, words, ahead, lambda page: page.ends_on + AFTER_THE_END)


def neglected(today: date) -> Iterator[Concern]:
    """Programmes that run, and of which nobody has measured anything for a year."""
    running = InitiativePage.objects.programmes().running_on(today).with_last_reading()
    known = running.annotate(known_on=Coalesce("last_read_on", "starts_on"))
    words = _("“%(initiative)s” runs, and nobody has measured anything for a year.")
    found = known.filter(known_on__lt=today - A_YEAR)
    ahead = _("Measure what “%(initiative)s” changes.")
    return _about(found, words, ahead, lambda page: page.known_on + A_YEAR)


def _about(found: InitiativeQuerySet, words: str, ahead: str, due: Any) -> Iterator[Concern]:
    everybody = continuity.every_city()
    for page in found.live().prefetch_related("cities").order_by("ends_on", "path"):
        yield Concern(
            words=words % {"initiative": page.title},
            ahead=ahead % {"initiative": page.title},
            edit_url=reverse("wagtailadmin_pages:edit", args=(page.pk,)),
            due=due(page),
            cities=tuple(cities_of_page(page, everybody)),
        )
