"""The steps of what is in force, as the search finds them."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.protocols.models import ProtocolStep, ProtocolVersion
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized

TEXTS = ("what", "who", "when")


def steps(language: str) -> QuerySet:
    """The steps of every version in force that every reader may see, in their order."""
    followed = ProtocolVersion.objects.readable().in_force(timezone.localdate())
    spoken = ProtocolStep.objects.filter(version__in=followed.values("pk")).annotate(
        words=words_in(*(localized(name, language) for name in TEXTS))
    )
    found = spoken.select_related("version__protocol")
    return found.order_by("version__protocol", "sort_order", "pk")


def tell(step: Any) -> Told:
    """What is done, by whom, and in which protocol."""
    return Told(
        title=step.what,
        url=f"{step.version.get_absolute_url()}#step-{step.pk}",
        text=step.who,
        within=str(step.version),
        day=step.version.in_force_from,
    )


STEPS = Source(name="steps", heading=_("Steps of protocols"), rows=steps, tell=tell)
