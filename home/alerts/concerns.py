"""Channels that nobody tested for 90 days."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.alerts.models import Channel
from partnership.continuity import Check, Concern


def untested_channels(today: date) -> Iterator[Concern]:
    """Yield one concern for each of them, that of the longest untested first; two queries."""
    channels = Channel.objects.untested(today).prefetch_related("offices__city")
    for channel in channels.order_by("untested_since", "pk"):
        yield Concern(
            words=_words(channel),
            ahead=_("The channel “%(channel)s” is to be tested.") % {"channel": channel},
            edit_url=reverse("channels:edit", args=(channel.pk,)),
            due=channel.to_be_tested_on,
            cities=tuple(office.city for office in channel.offices.all()),
        )


def _words(channel: Channel) -> str:
    last = channel.last_tested_on
    if last is None:
        return _("The channel “%(channel)s” has never been tested.") % {"channel": channel}
    told = {"channel": channel, "day": formats.date_format(last)}
    return _("The channel “%(channel)s” was last tested on %(day)s.") % told


CHANNELS = Check(
    name="channels.tested", heading=gettext_lazy("Emergency channels"), find=untested_channels
)
