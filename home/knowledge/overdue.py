"""Gaps between the cities' rules whose next step should have been taken."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.knowledge.models import HarmonisedRulePage
from partnership import continuity


def find(today: date) -> Iterable[continuity.Concern]:
    """Yield a concern for each, on the city that leads the step."""
    waiting = HarmonisedRulePage.objects.overdue(today).select_related("lead_city")
    for rule in waiting.order_by("next_step_on", "pk"):
        yield continuity.Concern(
            words=_("The next step of “%(rule)s” is overdue.") % {"rule": rule.title},
            ahead=_("The next step of “%(rule)s” is due.") % {"rule": rule.title},
            edit_url=reverse("wagtailadmin_pages:edit", args=(rule.pk,)),
            due=rule.next_step_on,
            cities=(rule.lead_city,) if rule.lead_city else (),
        )


CHECK = continuity.Check(
    name="rules.next_step", heading=gettext_lazy("Rules side by side"), find=find
)
