"""The wish for news and the issues that were sent: in the copy, and under My participation."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from home.news.models import Letter, NewsWish
from partnership.people.copies import Held
from partnership.people.models import Participant

HELD = (
    Held(model=NewsWish, told={"topics": lambda wish: ", ".join(wish.topic_labels)}),
    Held(model=Letter, is_trace=True),
)


def news(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """The wish, and where it is changed; one query."""
    return {
        "title": _("News by mail"),
        "anchor": "news",
        "template": "news/my_news.html",
        "rows": list(NewsWish.objects.filter(participant=participant).select_related("city")),
    }
