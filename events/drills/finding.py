"""What drills showed, and what is corrected after them, as the search finds it."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from events.drills.models import Observation
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized


def observations(language: str) -> QuerySet:
    """Observations of published reviews, one for each action it led to, the latest drill first."""
    text = localized("text", language)
    action = f"actions__{text}"
    spoken = Observation.objects.public().annotate(
        words=words_in(text, action), done=F(action), action=F("actions__pk")
    )
    return spoken.order_by("-review__held_on", "review", "sort_order", "pk", "action")


def tell(observation: Any) -> Told:
    """What is done, and why; the observation alone where nothing has to be done."""
    drill = observation.review.drill
    anchor = f"action-{observation.action}" if observation.action else "review"
    return Told(
        title=observation.done or observation.text,
        url=f"{drill.get_url()}#{anchor}",
        text=observation.text if observation.done else "",
        within=drill.title,
        day=observation.review.held_on,
    )


REVIEWS = Source(name="reviews", heading=_("What drills showed"), rows=observations, tell=tell)
