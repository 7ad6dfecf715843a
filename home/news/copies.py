"""The wish for news and the issues that were sent: in the copy, and under My participation."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from home.news.models import Letter, NewsWish
from home.own_part import own_part
from partnership.people.copies import Held
from partnership.people.models import Participant

HELD = (
    Held(model=NewsWish, told={"topics": lambda wish: ", ".join(wish.topic_labels)}),
    Held(model=Letter, is_trace=True),
)


def news(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """The wish, and where it is changed."""
    wish = getattr(own_part(participant), "news_wish", None)
    return {
        "title": _("News by mail"),
        "anchor": "news",
        "template": "news/my_news.html",
        "rows": [wish] if wish else [],
    }
