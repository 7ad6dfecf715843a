"""Voices of partners that have run out, or whose partner has left."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.partners.voices.models import PartnerVoice
from partnership.continuity import Check, Concern


def run_out(today: date) -> Iterator[Concern]:
    """Yield one concern for each, without a name; one query."""
    for voice in PartnerVoice.objects.run_out(today).select_related("partner__city"):
        partner = voice.partner
        words = _("%(partner)s: a voice has run out. Prolong or end it.")
        ahead = _("%(partner)s: a voice runs out. Prolong or end it.")
        if partner.is_former_on(today) or not partner.is_published:
            words = _("%(partner)s is no partner any more: end its voice.")
            ahead = _("%(partner)s leaves the partners: end its voice.")
        last_days = [day for day in (voice.valid_until, partner.ends_on) if day]
        yield Concern(
            words=words % {"partner": partner},
            ahead=ahead % {"partner": partner},
            edit_url=reverse("partner_voices:edit", args=(voice.pk,)),
            due=min(last_days, default=None),
            cities=(partner.city,) if partner.city else (),
        )


CHECK = Check(name="partners.voices", heading=gettext_lazy("Voices of partners"), find=run_out)
