"""Partners that confirm who speaks for them."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.partners.models import Partner
from home.partners.voices.models import PartnerVoice
from partnership.interface import framing
from partnership.interface.context import cities, once
from partnership.pages.alphabet import alphabetical
from partnership.pages.languages import field_names
from partnership.people.organisations import folded


def partners_here(request: HttpRequest) -> "SimpleLazyObject":
    """The partners that whoever is signed in speaks for, by their names.

    Asked for when a form is shown, or such a choice is sent, and only where anybody speaks
    for a partner: one query then.
    """
    return SimpleLazyObject(lambda: once(request, _partners_of_reader))


def _partners_of_reader(request: HttpRequest) -> list[Partner]:
    knows_any = framing.is_known(once(request, cities), "has_partner_voices")
    if not knows_any or not request.user.is_authenticated:
        return []
    own = PartnerVoice.objects.speaking().filter(participant__resident=request.user)
    partners = [voice.partner for voice in own.select_related("partner")]
    return alphabetical(partners, by=str)


def partner_named(name: str) -> Partner | None:
    """The partner that confirms its voices and is called so in some language; one query."""
    speaking = PartnerVoice.objects.speaking().filter(partner=OuterRef("pk"))
    typed, columns = folded(name), field_names("name")
    for partner in Partner.objects.filter(Exists(speaking)):
        if typed in {folded(getattr(partner, column) or "") for column in columns}:
            return partner
    return None
