"""Words of ambassadors that nobody has read for a week."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.ambassadors.models import Ambassador
from partnership.continuity import Check, Concern

READ_WITHIN = timedelta(days=7)


def unread(today: date) -> Iterator[Concern]:
    """Yield one concern for each, without a name; two queries."""
    waiting = Ambassador.objects.waiting_since(timezone.now() - READ_WITHIN)
    for each in waiting.prefetch_related("event__cities"):
        since = timezone.localdate(each.consented_at)
        words = _("What an ambassador wrote on %(day)s has not been read yet.")
        yield Concern(
            words=words % {"day": date_format(since)},
            edit_url=reverse("ambassadors:edit", args=(each.pk,)),
            due=since + READ_WITHIN,
            cities=tuple(each.event.cities.all()),
        )


CHECK = Check(name="ambassadors.read", heading=gettext_lazy("Ambassadors"), find=unread)
