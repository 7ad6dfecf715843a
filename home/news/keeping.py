"""Whose address is kept for the news, and whether there is any."""

from django.db.models import Exists, Q, QuerySet

from consultations.models import ConsultationPage
from events.models import EventPage
from home.models import StoryPage
from home.news.models import NewsWish


def readers() -> QuerySet:
    """Guests who asked for news."""
    return NewsWish.objects.filter(participant__resident=None).values("participant")


def accounts() -> QuerySet:
    """Accounts that asked for news."""
    asked = NewsWish.objects.filter(participant__resident__isnull=False)
    return asked.values("participant__resident")


def something_to_tell() -> Q:
    """Whether the site has what news are made of."""
    pages = Exists(EventPage.objects.live().order_by()), Exists(StoryPage.objects.live())
    return Q(*pages, Exists(ConsultationPage.objects.live()), _connector=Q.OR)
